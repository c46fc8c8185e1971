//! Images of a disk at the moment the power goes: the log of SQLite torn where it was not yet synced, the
//! main file with half of a checkpoint in it. What was said to be saved is there, the rest is whole.
//!
//! The model: a saved record is acknowledged after the log was synced up to its end (`synchronous=FULL`),
//! so every byte before that end is there. Bytes after it may be there, may be cut, may be zeros or old.
//! During a checkpoint, pages of the main file may be new or old in any mixture, while the log still
//! stands.

mod common;

use common::crash::{
    assert_tables_follow, begin, lost, open_at, registration, report, someone, times,
};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use std::path::{Path, PathBuf};
use tram_app::Location;
use tram_kernel::PersonId;
use tram_store::sql::Engine;
use tram_store::trial::Trial;

const SECTOR: usize = 512;
const SAVES: usize = 60;

fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

/// A run of a writer as the disk saw it.
struct Run {
    db: Vec<u8>,
    wal: Vec<u8>,
    node: Vec<u8>,
    /// After each save: how long the log was, and who was saved.
    acknowledged: Vec<(usize, PersonId)>,
}

fn run() -> Run {
    let trial = Trial::empty(Engine::Sqlite);
    begin(&trial.location, &trial.folder);
    let Location::Sqlite(path) = &trial.location else { panic!("a file") };
    let app = open_at(&trial.location, &trial.folder).expect("open");
    let (nurse, area) = someone(&app);
    let before = std::fs::read(path).expect("read");
    let wal = beside(path, "-wal");
    let mut acknowledged = Vec::new();
    for n in 0..SAVES {
        let id = app.register_person(&nurse, &registration(area, n), None).expect("saved").value;
        let length = std::fs::metadata(&wal).expect("a log").len() as usize;
        acknowledged.push((length, id));
    }
    let db = std::fs::read(path).expect("read");
    assert_eq!(db, before, "the log was put into the main file too early for this test");
    let node = std::fs::read(beside(path, ".node")).expect("read");
    Run { db, wal: std::fs::read(&wal).expect("read"), node, acknowledged }
}

/// Puts an image on a disk, opens it and answers how many of those said to be saved are gone.
fn open_image(run: &Run, db: &[u8], wal: &[u8], saved: usize, what: &str) -> usize {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("tram.db");
    std::fs::write(&path, db).expect("written");
    std::fs::write(beside(&path, "-wal"), wal).expect("written");
    std::fs::write(beside(&path, ".node"), &run.node).expect("written");
    std::fs::write(beside(&path, ".lock"), "cut off\n").expect("written");
    let app = open_at(&Location::Sqlite(path), folder.path()).expect("open");
    assert!(app.was_unclean() && !app.was_restored(), "{what}");
    let ids: Vec<PersonId> = run.acknowledged[..saved].iter().map(|(_, id)| *id).collect();
    let gone = lost(&app, &ids, what);
    assert_tables_follow(&app, what);
    // Life goes on after the cut.
    let (nurse, area) = someone(&app);
    app.register_person(&nurse, &registration(area, 1), None).expect("saved after the cut");
    gone
}

/// The log as it may stand after a cut behind byte `synced`.
fn torn(wal: &[u8], synced: usize, random: &mut ChaCha8Rng) -> Vec<u8> {
    let mut below = |n: usize| random.next_u32() as usize % n.max(1);
    let rest = wal.len() - synced;
    match below(4) {
        0 => wal[..synced].to_vec(),
        1 => wal[..synced + below(rest)].to_vec(),
        2 => {
            // Sectors of what was not synced arrive in any order, or not at all.
            let mut image = wal.to_vec();
            for sector in image[synced..].chunks_mut(SECTOR) {
                match below(3) {
                    0 => sector.fill(0),
                    1 => sector.iter_mut().for_each(|byte| *byte ^= 0x5A),
                    _ => {}
                }
            }
            image.truncate(synced + below(rest + 1));
            image
        }
        _ => {
            let mut image = wal[..synced].to_vec();
            image.extend((0..below(3 * 4_120)).map(|n| (n * 31 % 251) as u8));
            image
        }
    }
}

#[test]
fn a_torn_log_keeps_everything_that_was_said_to_be_saved() {
    let mut random = ChaCha8Rng::seed_from_u64(common::seed());
    let (rounds, run, mut said, mut gone) = (times("TRAM_POWER_CUTS", 40), run(), 0, 0);
    for round in 0..rounds {
        let saved = 1 + random.next_u32() as usize % SAVES;
        let (synced, _) = run.acknowledged[saved - 1];
        let wal = torn(&run.wal, synced, &mut random);
        gone += open_image(&run, &run.db, &wal, saved, &format!("round {round}, {saved} saved"));
        said += saved;
    }
    report("power cut, torn log, Sqlite", rounds, said, gone);
}

#[test]
fn half_a_checkpoint_keeps_everything_that_was_said_to_be_saved() {
    let mut random = ChaCha8Rng::seed_from_u64(common::seed() + 3);
    let (rounds, run, mut said, mut gone) = (times("TRAM_POWER_CUTS", 20), run(), 0, 0);
    let after = checkpointed(&run);
    assert_ne!(after, run.db, "nothing was put into the main file");
    for round in 0..rounds {
        let whole = run.db.len() + random.next_u32() as usize % (after.len() - run.db.len() + 1);
        let mut image = after[..whole].to_vec();
        for (at, sector) in image.chunks_mut(SECTOR).enumerate() {
            let old = run.db.get(at * SECTOR..at * SECTOR + sector.len());
            match (old, random.next_u32() % 2) {
                (Some(old), 0) => sector.copy_from_slice(old),
                (None, 0) => sector.fill(0),
                _ => {}
            }
        }
        gone += open_image(&run, &image, &run.wal, SAVES, &format!("checkpoint, round {round}"));
        said += SAVES;
    }
    report("power cut, half a checkpoint, Sqlite", rounds, said, gone);
}

/// The main file as it stands when the whole log has been put into it.
fn checkpointed(run: &Run) -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("tram.db");
    std::fs::write(&path, &run.db).expect("written");
    std::fs::write(beside(&path, "-wal"), &run.wal).expect("written");
    let conn = rusqlite::Connection::open(&path).expect("open");
    conn.query_row("PRAGMA wal_checkpoint(FULL)", [], |_| Ok(())).expect("checkpointed");
    std::fs::read(&path).expect("read")
}

/// The test must be able to fail: a cut into what was acknowledged is a loss.
#[test]
fn a_log_cut_before_what_was_acknowledged_is_noticed() {
    let run = run();
    let (synced, _) = run.acknowledged[SAVES / 2 - 1];
    let cut = run.wal[..synced].to_vec();
    let noticed = std::panic::catch_unwind(|| open_image(&run, &run.db, &cut, SAVES, "planted"));
    assert!(noticed.is_err());
}
