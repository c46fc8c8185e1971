//! Disks that take nothing more: really small ones, files that may not grow, media that become read-only.
//! What was said to be saved stays, nothing is half saved, reading goes on, and saving goes on by itself
//! once there is room.

mod common;

use common::crash::{
    Said, assert_tables_follow, begin, lost, open_at, registration, report, say, someone, times,
};
use common::{Station, TODAY, at_work};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use std::path::Path;
use tram_app::{App, Failure, Location, Purpose, StoreError};
use tram_kernel::PersonId;
use tram_store::Disk;
use tram_store::sql::Engine;
use tram_store::trial::{ENGINES, Trial};

/// Saves until the disk says no. Answers who was saved, and that the no was the disk's.
fn save_until_refused(app: &App, most: usize) -> (Vec<PersonId>, bool) {
    let (nurse, area) = someone(app);
    let mut saved = Vec::new();
    for n in 0..most {
        match app.register_person(&nurse, &registration(area, n), None) {
            Ok(done) => {
                say(done.value);
                saved.push(done.value);
            }
            Err(Failure::Broken(StoreError::Disk(_))) => {
                // Reading goes on in the same process, and the banner stands.
                assert!(app.storage_trouble().is_some(), "nobody would be told");
                if let Some(id) = saved.last() {
                    assert!(app.person_page(&nurse, *id).is_ok(), "what was saved cannot be read");
                }
                return (saved, true);
            }
            Err(other) => panic!("{other:?}"),
        }
    }
    (saved, false)
}

/// Not a test of its own: fills a small disk, is refused, makes room and goes on, twice.
#[test]
fn on_a_small_disk() {
    let Ok(folder) = std::env::var("TRAM_SMALL_DISK") else { return };
    let folder = Path::new(&folder);
    let location = Location::Sqlite(folder.join("tram.db"));
    begin(&location, folder);
    let mut all = Vec::new();
    for round in 0..2 {
        let ballast = folder.join("ballast");
        std::fs::write(&ballast, vec![7; 3_000_000]).expect("room for the ballast");
        let app = open_at(&location, folder).expect("open");
        let (saved, refused) = save_until_refused(&app, 20_000);
        assert!(refused, "round {round}: the disk was never full");
        all.extend(saved);
        std::fs::remove_file(&ballast).expect("room is made");
        let (saved, _) = save_until_refused(&app, 20);
        assert_eq!(saved.len(), 20, "round {round}: saving does not go on");
        assert!(app.storage_trouble().is_none(), "the banner stays");
        all.extend(saved);
        lost(&app, &all, &format!("round {round}"));
        drop(app);
        let app = open_at(&location, folder).expect("opened again");
        lost(&app, &all, &format!("round {round}, opened again"));
    }
    say("whole");
}

#[test]
fn a_full_disk_loses_nothing_and_goes_on_when_there_is_room() {
    let mut random = ChaCha8Rng::seed_from_u64(common::seed());
    let (rounds, mut acknowledged) = (times("TRAM_FULL_DISKS", 3), 0);
    for round in 0..rounds {
        let folder = tempfile::tempdir().expect("a folder");
        let kilobytes = 6_500 + random.next_u32() % 3_000;
        let at = folder.path().display().to_string();
        // A disk of its own, seen by this process only; no rights of the machine are needed for it.
        let mount =
            format!("mount -t tmpfs -o size={kilobytes}k tmpfs '{at}' && exec \"$0\" \"$@\"");
        let wrap = ["unshare", "--map-root-user", "--mount", "sh", "-c", &mount];
        let (mut child, lines) =
            Said::start("on_a_small_disk", &wrap, &[("TRAM_SMALL_DISK", &at)]).split();
        let said: Vec<String> = lines.collect();
        assert!(child.wait().expect("ended").success(), "round {round}, {kilobytes} KB: {said:?}");
        assert_eq!(said.last().map(String::as_str), Some("whole"), "round {round}");
        acknowledged += said.len() - 1;
    }
    report("full disk, freed, went on, Sqlite", rounds, acknowledged, 0);
}

/// Not a test of its own: its files may not grow beyond a limit.
#[test]
fn with_a_limit() {
    let Ok(folder) = std::env::var("TRAM_LIMITED") else { return };
    let folder = Path::new(&folder);
    match open_at(&Location::Sqlite(folder.join("tram.db")), folder) {
        Ok(app) => {
            let (_, refused) = save_until_refused(&app, 20_000);
            say(if refused { "refused" } else { "never refused" });
        }
        Err(StoreError::Disk(_)) => say("refused"),
        Err(other) => panic!("{other:?}"),
    }
}

#[test]
fn a_write_cut_at_any_byte_is_not_half_saved() {
    let mut random = ChaCha8Rng::seed_from_u64(common::seed() + 7);
    let (rounds, mut all, mut gone) = (times("TRAM_FULL_DISKS", 10), Vec::new(), 0);
    let trial = Trial::empty(Engine::Sqlite);
    begin(&trial.location, &trial.folder);
    let Location::Sqlite(path) = &trial.location else { panic!("a file") };
    for round in 0..rounds {
        let size = std::fs::metadata(path).expect("a file").len();
        // In blocks of 512 bytes, beyond what stands in the file.
        let blocks = size / 512 + 200 + u64::from(random.next_u32() % 3_000);
        let limit = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"");
        let folder = trial.folder.display().to_string();
        let (mut child, lines) =
            Said::start("with_a_limit", &["sh", "-c", &limit], &[("TRAM_LIMITED", &folder)])
                .split();
        let said: Vec<String> = lines.collect();
        let ended = child.wait().expect("ended");
        assert!(ended.success(), "round {round}, {blocks} blocks: {said:?}");
        assert_eq!(said.last().map(String::as_str), Some("refused"), "round {round}");
        all.extend(said.iter().filter_map(|id| id.parse::<PersonId>().ok()));
        let app = open_at(&trial.location, &trial.folder).expect("opened again");
        gone += lost(&app, &all, &format!("round {round}"));
    }
    let app = open_at(&trial.location, &trial.folder).expect("opened again");
    assert_tables_follow(&app, "after all limits");
    report("write cut by a limit, Sqlite", rounds, all.len(), gone);
    assert!(all.len() > rounds, "hardly anything was written");
}

#[test]
fn too_little_room_pauses_facts_and_nothing_else() {
    for engine in ENGINES {
        let station = Station::new(engine);
        let (app, area) = (&station.app, station.area_key(0));
        let save = |n| app.register_person(&station.head, &registration(area, n), None);
        let before = save(0).expect("saved").value;
        app.keep_free(u64::MAX);
        let Some(trouble) = app.storage_trouble() else {
            // The server of the tests may keep its data where this process cannot look.
            assert_eq!(engine, Engine::Postgres);
            continue;
        };
        assert_eq!(trouble.code, "disk-low");
        let refused = save(1).map(|done| done.value);
        let Err(Failure::Broken(StoreError::Disk(Disk::Low { keep, .. }))) = refused else {
            panic!("{engine:?}: {refused:?}");
        };
        assert_eq!(keep, u64::MAX);
        let said = Failure::Broken(StoreError::Disk(Disk::Low { free: 0, keep })).for_forms();
        assert!(matches!(said, Failure::Refused { message, .. } if message.code == "disk-low"));
        // Signing in, reading and the audit go on.
        assert!(app.sign_in("lan", common::PASSWORD, "vi").is_ok());
        assert!(app.person_page(&station.head, before).is_ok());
        app.flush_audit().expect("the audit is written");
        assert!(app.count_ahead(&|| true).is_ok());
        app.keep_free(0);
        assert_eq!(app.storage_trouble(), None);
        save(2).expect("saving goes on by itself");
        lost(app, &[before], &format!("{engine:?}"));
    }
}

#[test]
fn a_file_swapped_under_the_program_is_noticed_and_nothing_is_written_beside_it() {
    let trial = Trial::empty(Engine::Sqlite);
    begin(&trial.location, &trial.folder);
    let Location::Sqlite(path) = &trial.location else { panic!("a file") };
    let older = path.with_extension("older");
    std::fs::copy(path, &older).expect("a copy");
    let app = open_at(&trial.location, &trial.folder).expect("open");
    let (nurse, area) = someone(&app);
    let saved = app.register_person(&nurse, &registration(area, 0), None).expect("saved").value;
    let aside = path.with_extension("aside");
    std::fs::rename(path, &aside).expect("moved");
    std::fs::rename(&older, path).expect("swapped");
    assert_eq!(app.storage_trouble().map(|message| message.code), Some("disk-replaced"));
    let refused = app.register_person(&nurse, &registration(area, 1), None).map(|done| done.value);
    assert!(
        matches!(refused, Err(Failure::Broken(StoreError::Disk(Disk::Replaced)))),
        "{refused:?}"
    );
    assert!(app.person_page(&nurse, saved).is_err(), "two databases were read as one");
    std::fs::rename(&aside, path).expect("put back");
    assert!(app.person_page(&nurse, saved).is_ok());
    app.register_person(&nurse, &registration(area, 2), None).expect("saving goes on");
    lost(&app, &[saved], "put back");
}

#[test]
fn an_older_copy_put_in_its_place_begins_a_new_epoch_even_when_copied_while_open() {
    let trial = Trial::empty(Engine::Sqlite);
    begin(&trial.location, &trial.folder);
    let Location::Sqlite(path) = &trial.location else { panic!("a file") };
    let with = |suffix: &str| {
        let mut name = path.clone().into_os_string();
        name.push(suffix);
        std::path::PathBuf::from(name)
    };
    let app = open_at(&trial.location, &trial.folder).expect("open");
    let (nurse, area) = someone(&app);
    app.register_person(&nurse, &registration(area, 0), None).expect("saved");
    // A copy of the files as they stand while the program runs.
    let (db, wal) = (std::fs::read(path), std::fs::read(with("-wal")));
    app.register_person(&nurse, &registration(area, 1), None).expect("saved");
    drop(app);
    std::fs::write(path, db.expect("read")).expect("put back");
    std::fs::write(with("-wal"), wal.expect("read")).expect("put back");
    let app = open_at(&trial.location, &trial.folder).expect("open");
    assert!(app.was_restored(), "sequence numbers would be used twice");
    app.register_person(&nurse, &registration(area, 2), None).expect("saved");
    lost(&app, &[], "an older copy");
}

#[test]
fn a_medium_that_is_read_only_is_refused_in_words() {
    let Ok(folder) = std::env::var("TRAM_READ_ONLY") else {
        let folder = tempfile::tempdir().expect("a folder");
        begin(&Location::Sqlite(folder.path().join("tram.db")), folder.path());
        let at = folder.path().display().to_string();
        let mount = format!(
            "mount --bind '{at}' '{at}' && mount -o remount,bind,ro '{at}' && exec \"$0\" \"$@\""
        );
        let wrap = ["unshare", "--map-root-user", "--mount", "sh", "-c", &mount];
        let test = "a_medium_that_is_read_only_is_refused_in_words";
        let (mut child, lines) = Said::start(test, &wrap, &[("TRAM_READ_ONLY", &at)]).split();
        let said: Vec<String> = lines.collect();
        assert!(child.wait().expect("ended").success(), "{said:?}");
        assert_eq!(said, ["disk-read-only"]);
        return;
    };
    let folder = Path::new(&folder);
    let location = Location::Sqlite(folder.join("tram.db"));
    let opened = App::open(&location, Purpose::Write("usb"), at_work(TODAY), folder);
    let error = opened.err().expect("a read-only medium takes no writer");
    say(Failure::Broken(error).message().map_or("no words", |message| message.code));
}
