//! The log on both engines: appended, folded, verified, rebuilt; nothing is lost and nothing is twice.

use std::sync::Arc;
use tram_domain::fact::{
    AreaEntrusted, AreaRegistered, Body, DoseGiven, Draft, Fact, PersonAmended, PersonChange,
    PersonRegistered, ResidenceKind, ResidenceStarted, Subject, UnitKind, UnitRegistered,
};
use tram_domain::person::Person;
use tram_kernel::{AreaId, BirthDate, Date, Moment, PersonId, Sex, Shard, UnitId};
use tram_store::log::{BadWhat, verify};
use tram_store::trial::{ENGINES, Trial, shipped};
use tram_store::{Db, Engine, StoreError, Val, dump, rebuild};

fn day(text: &str) -> Date {
    text.parse().expect("a date")
}

fn now() -> Moment {
    Moment::at(day("2026-01-16"), 480)
}

fn shard() -> Shard {
    "04303".parse().expect("a code")
}

fn fact(subject: impl Into<Subject>, on: &str, body: impl Into<Body>) -> Fact {
    Fact::new(subject.into(), shard(), day(on), body.into())
}

fn draft(at: Moment, facts: Vec<Fact>) -> Draft {
    Draft {
        action: "test",
        user: None,
        role: None,
        unit: None,
        recorded_at: at,
        reason: None,
        acknowledged: vec![],
        facts,
    }
}

const AREA: AreaId = AreaId::from_u128(0xA);
const UNIT: UnitId = UnitId::from_u128(0xB);

fn network() -> Vec<Fact> {
    let unit = UnitRegistered {
        name: "Trạm Y tế xã Lục Yên".into(),
        kind: UnitKind::Station,
        commune: Some(shard()),
        facility_code: None,
    };
    let area = AreaRegistered { name: "Khe Pháo".into(), kind: "thôn".into(), commune: shard() };
    vec![
        fact(UNIT, "2017-01-01", unit),
        fact(AREA, "2017-01-01", area),
        fact(AREA, "2017-01-01", AreaEntrusted { unit: UNIT }),
    ]
}

fn child(id: u128, born: &str) -> Vec<Fact> {
    let id = PersonId::from_u128(id);
    let body = PersonRegistered {
        name: "Lò Văn Thưởng".into(),
        sex: Sex::Male,
        born: BirthDate::exact(day(born)),
        born_minute: None,
        ethnicity: Some("02".into()),
        occupation: None,
        phone: None,
        mother: None,
        mother_name: Some("Lò Thị Mai".into()),
    };
    let lives = ResidenceStarted {
        area: AREA,
        kind: ResidenceKind::Permanent,
        reason: "birth".into(),
        from_place: None,
    };
    vec![fact(id, "2026-01-16", body), fact(id, born, lives)]
}

fn dose(id: u128, vaccine: &str, on: &str) -> Vec<Fact> {
    let body = DoseGiven {
        vaccine: vaccine.into(),
        minute: None,
        lot: None,
        site: None,
        giver: Some(UNIT),
        elsewhere: None,
        screened: true,
        temperature: None,
    };
    vec![fact(PersonId::from_u128(id), on, body)]
}

fn append(db: &Db, facts: Vec<Fact>) {
    let appended: Result<_, StoreError> =
        db.write(now(), |tx| tx.append(&draft(now(), facts.clone())).map(|_| ()));
    appended.expect("appended");
}

fn filled(engine: Engine) -> (Trial, Db) {
    let (trial, db) = Trial::open(engine, now());
    append(&db, network());
    for id in 1..=5 {
        append(&db, child(id, "2025-09-13"));
        append(&db, dose(id, "BCG", "2025-09-14"));
    }
    append(&db, dose(1, "SII", "2025-11-15"));
    append(&db, dose(2, "SII", "2025-11-01"));
    (trial, db)
}

fn digest(db: &Db) -> Vec<dump::TableDigest> {
    db.read(dump::digest).expect("a digest")
}

#[test]
fn every_statement_is_right_on_both_engines() {
    for engine in ENGINES {
        let (_trial, db) = Trial::open(engine, now());
        let checked: Result<(), StoreError> = db.read(|sql| {
            for statement in tram_store::every_statement() {
                sql.check(statement)
                    .map_err(|e| StoreError::Engine(format!("{engine:?}: {e}\n{statement}")))?;
            }
            Ok(())
        });
        checked.unwrap();
    }
}

#[test]
fn tables_folded_again_are_the_same() {
    for engine in ENGINES {
        let (_trial, db) = filled(engine);
        let before = digest(&db);
        let rebuilt: Result<u64, StoreError> =
            db.write_plain(now(), |sql| rebuild::rebuild(sql, &shipped()));
        assert_eq!(rebuilt.unwrap(), 7);
        assert_eq!(digest(&db), before);
        let rows = |name: &str| before.iter().find(|t| t.table == name).map(|t| t.rows);
        assert_eq!(rows("person"), Some(5));
        assert_eq!(rows("dose"), Some(7));
        assert!(rows("due") > Some(0));
    }
}

#[test]
fn both_engines_fold_the_same_tables() {
    let digests = ENGINES.map(|engine| digest(&filled(engine).1));
    assert_eq!(digests[0], digests[1]);
}

#[test]
fn a_whole_log_verifies() {
    for engine in ENGINES {
        let (_trial, db) = filled(engine);
        let verified = db.read(verify).unwrap();
        assert_eq!((verified.change_sets, verified.facts), (13, 20));
        assert_eq!(verified.bad, []);
    }
}

/// Runs one statement behind the program's back.
fn tamper(db: &Db, statement: &str, params: &[Val]) {
    let changed: Result<u64, StoreError> = db.write_plain(now(), |sql| sql.exec(statement, params));
    assert_eq!(changed.expect("a statement"), 1);
}

#[test]
fn one_flipped_bit_of_a_stored_fact_is_named() {
    for engine in ENGINES {
        let (_trial, db) = filled(engine);
        let read: Result<_, StoreError> = db.read(|sql| {
            sql.one(
                "SELECT c.change_set, f.body FROM fact f JOIN change_set c
                 ON c.change_set = f.change_set WHERE c.seq = 4 AND f.ordinal = 0",
                &[],
                |row| Ok((row.int()?, row.blob()?)),
            )
        });
        let (change_set, mut body) = read.unwrap().expect("the fourth change-set");
        let last = body.len() - 1;
        body[last] ^= 1;
        let statement = "UPDATE fact SET body = ?1 WHERE change_set = ?2 AND ordinal = 0";
        tamper(&db, statement, &[body.into(), change_set.into()]);
        let bad = db.read(verify).unwrap().bad;
        assert_eq!(bad.len(), 1);
        assert_eq!((bad[0].seq, bad[0].what), (4, BadWhat::Altered));
    }
}

#[test]
fn a_removed_or_cut_log_is_named() {
    for (statement, seq, what) in [
        ("DELETE FROM change_set WHERE seq = 5", 5, BadWhat::Gap),
        ("DELETE FROM change_set WHERE seq = 13", 13, BadWhat::Truncated),
        ("UPDATE chain SET signature = hash WHERE seq = 13", 13, BadWhat::Signature),
    ] {
        let (_trial, db) = filled(Engine::Sqlite);
        tamper(&db, statement, &[]);
        let bad = db.read(verify).unwrap().bad;
        assert_eq!((bad[0].seq, bad[0].what), (seq, what), "{statement}");
    }
}

#[test]
fn a_fact_moved_to_another_record_commune_or_compartment_is_named() {
    let other = "(SELECT max(subject) FROM subject WHERE kind = 0)";
    for engine in ENGINES {
        for (column, value) in [("subject", other), ("shard", "4304"), ("compartment", "1")] {
            let (_trial, db) = filled(engine);
            let statement = format!(
                "UPDATE fact SET {column} = {value} WHERE ordinal = 0 AND change_set =
                 (SELECT change_set FROM change_set WHERE seq = 4)"
            );
            tamper(&db, &statement, &[]);
            let bad = db.read(verify).unwrap().bad;
            let named: Vec<_> = bad.iter().map(|b| (b.seq, b.what)).collect();
            assert_eq!(named, [(4, BadWhat::Misplaced)], "{engine:?} {column}");
        }
    }
}

#[test]
fn a_chain_without_its_head_or_its_node_is_named() {
    for engine in ENGINES {
        for table in ["chain", "node"] {
            let (_trial, db) = filled(engine);
            let seq = "(SELECT node FROM change_set WHERE seq = 4)";
            tamper(&db, &format!("DELETE FROM {table} WHERE node = {seq}"), &[]);
            let verified = db.read(verify).unwrap();
            let named: Vec<_> = verified.bad.iter().map(|b| (b.seq, b.what)).collect();
            assert_eq!(named, [(1, BadWhat::Headless)], "{engine:?} {table}");
            assert_eq!(verified.change_sets, 13, "{engine:?} {table}");
        }
    }
}

#[test]
fn two_writers_with_stale_pages_are_both_kept() {
    for engine in ENGINES {
        let (_trial, db) = filled(engine);
        let id = PersonId::from_u128(1);
        let load = || -> Person {
            let facts: Result<_, StoreError> =
                db.read(|sql| tram_store::person::facts(sql, &db.nodes(), id.into(), None));
            Person::fold(id, &facts.unwrap()).expect("registered")
        };
        let seen = load().name.seen();
        for name in ["Lò Văn Thường", "Lò Văn Thương"] {
            let change = PersonChange::Name(name.into());
            let body = PersonAmended { change, seen: seen.clone(), reason: None };
            append(&db, vec![fact(id, "2026-01-16", body)]);
        }
        let person = load();
        assert_eq!(person.conflicts(), ["name"]);
        assert_eq!(person.name.heads().len(), 2);
        let conflicts: Result<_, StoreError> =
            db.read(|sql| sql.number("SELECT conflicts FROM person WHERE conflicts > 0", &[]));
        assert_eq!(conflicts.expect("a number"), 1);
    }
}

#[test]
fn concurrent_writes_to_one_person_lose_nothing() {
    for engine in ENGINES {
        let (_trial, db) = filled(engine);
        let db = Arc::new(db);
        let threads: Vec<_> = (0..4)
            .map(|t| {
                let db = Arc::clone(&db);
                std::thread::spawn(move || {
                    for n in 0..10 {
                        let on = format!("2025-12-{:02}", t * 7 + n % 7 + 1);
                        append(&db, dose(3, "BOPV", &on));
                    }
                })
            })
            .collect();
        for thread in threads {
            thread.join().expect("a writer ends well");
        }
        let before = digest(&db);
        let rebuilt: Result<u64, StoreError> =
            db.write_plain(now(), |sql| rebuild::rebuild(sql, &shipped()));
        rebuilt.unwrap();
        assert_eq!(digest(&db), before, "{engine:?}");
        assert_eq!(db.read(verify).unwrap().bad, []);
        let facts: Result<_, StoreError> = db.read(|sql| {
            tram_store::person::facts(sql, &db.nodes(), PersonId::from_u128(3).into(), None)
        });
        assert_eq!(facts.unwrap().len(), 3 + 40);
    }
}

#[test]
fn what_was_learned_later_was_not_known_before() {
    for engine in ENGINES {
        let (_trial, db) = filled(engine);
        let later = Moment::at(day("2026-02-20"), 480);
        let appended: Result<_, StoreError> = db
            .write(later, |tx| tx.append(&draft(later, dose(1, "SII", "2025-12-20"))).map(|_| ()));
        appended.unwrap();
        let count = |known_at| {
            let facts: Result<_, StoreError> = db.read(|sql| {
                let id = PersonId::from_u128(1).into();
                tram_store::person::facts(sql, &db.nodes(), id, known_at)
            });
            facts.unwrap().len()
        };
        assert_eq!((count(Some(Moment::end_of(day("2026-01-31")))), count(None)), (4, 5));
    }
}

#[test]
fn a_database_restored_from_a_copy_begins_a_new_epoch() {
    let (trial, db) = filled(Engine::Sqlite);
    drop(db);
    let path = trial.folder.join("tram.db");
    let copy = std::fs::read(&path).expect("a checkpointed file");
    // One more start after the copy was made: the token moves on.
    let db = trial.reopen(Arc::new(shipped()), now()).unwrap();
    append(&db, dose(4, "SII", "2025-11-15"));
    drop(db);
    for suffix in ["-wal", "-shm"] {
        let _gone = std::fs::remove_file(trial.folder.join(format!("tram.db{suffix}")));
    }
    std::fs::write(&path, copy).expect("restored");
    let db = trial.reopen(Arc::new(shipped()), now()).unwrap();
    assert_eq!(db.identity, tram_store::node::Identity::Restored);
    append(&db, dose(4, "SII", "2025-11-16"));
    let verified = db.read(verify).unwrap();
    assert_eq!((verified.chains, verified.bad.len()), (2, 0));
}

#[test]
fn only_one_program_writes_to_a_file() {
    let (trial, db) = filled(Engine::Sqlite);
    let second = trial.reopen(Arc::new(shipped()), now());
    match second.err() {
        Some(StoreError::Locked { holder }) => assert!(holder.contains("trial"), "{holder}"),
        other => panic!("not locked: {other:?}"),
    }
    drop(db);
    assert!(trial.reopen(Arc::new(shipped()), now()).is_ok());
}
