//! Adoption: which set is used, that its tables stand with it, that others notice.

use super::*;
use crate::clock::Clock;
use crate::opening::{Purpose, migrate};
use crate::unit::NewUnit;
use tram_domain::fact::{Draft, UnitKind};
use tram_kernel::UnitId;
use tram_store::settings;
use tram_store::sql::Engine;
use tram_store::trial::{ENGINES, Trial};

fn day(text: &str) -> Date {
    text.parse().expect("a date")
}

fn open(trial: &Trial) -> App {
    let clock = Clock::on(day("2026-01-16"));
    App::open(&trial.location, Purpose::Write("test"), clock, &trial.folder).expect("open")
}

fn station(engine: Engine) -> (Trial, App, Actor) {
    let trial = Trial::empty(engine);
    migrate(&trial.location, Clock::on(day("2026-01-16"))).expect("migrated");
    let app = open(&trial);
    let actor = app.operator(found(&app, "Trạm Y tế xã Lục Yên")).expect("an operator");
    (trial, app, actor)
}

fn found(app: &App, name: &str) -> UnitId {
    let unit = NewUnit {
        name: name.into(),
        kind: UnitKind::Station,
        commune: None,
        facility_code: None,
        since: day("2017-01-01"),
        under: Vec::new(),
    };
    app.found(&[unit], &[]).expect("a station").0[0]
}

/// The built-in set with another word in it.
fn changed(word: &str) -> Vec<SourceFile> {
    let mut files = built_in_files();
    let roles = files.iter_mut().find(|f| f.path == "roles.toml").expect("shipped");
    roles.text = format!("# {word}\n{}", roles.text).into();
    files
}

fn adopt(app: &App, actor: &Actor, files: &[SourceFile]) -> [u8; 32] {
    app.adopt_definitions(actor, "thử", files).expect("adopted").expect("right")
}

fn folded(app: &App) -> Option<String> {
    app.db.read(rebuild::folded_with).expect("a setting")
}

#[test]
fn the_set_that_holds_from_the_latest_day_is_used() {
    let (trial, app, actor) = station(Engine::Sqlite);
    let newest = adopt(&app, &actor, &changed("mới"));
    // Recorded later, but it holds from an earlier day; and one that does not hold yet.
    for (word, on) in [("cũ", "2025-06-01"), ("mai sau", "2027-01-01")] {
        let files = changed(word);
        let sha256 = Definitions::load(&files).expect("right").sha256;
        let body = DefinitionsAdopted { sha256: sha256.into(), name: word.into() };
        let id = FileId::from_u128(app.new_id());
        let fact = Fact::new(id.into(), rebuild::nowhere(), day(on), body.into());
        let recorded_at = Moment::from_ms(app.now().ms() + 60_000);
        let draft = app.draft(&actor, "definitions.adopt", vec![fact], &[], None);
        let draft = Draft { recorded_at, ..draft };
        let write = app.db.write(app.now(), |tx| {
            attachment::put(tx.sql(), &bundle(&files), "text/x-tram-definitions", 0)?;
            tx.append(&draft)
        });
        write.expect("written");
    }
    drop(app);
    assert_eq!(open(&trial).definitions().sha256, newest);
}

#[test]
fn tables_of_other_definitions_are_folded_again_at_opening() {
    for engine in ENGINES {
        let (trial, app, actor) = station(engine);
        let newest = adopt(&app, &actor, &changed("mới"));
        assert_eq!(folded(&app), Some(hex(&newest)), "{engine:?}");
        let lines = "SELECT count(*) FROM audit WHERE action = 'definitions.adopt'";
        let audited = app.db.read(|sql| sql.number(lines, &[])).expect("a number");
        assert_eq!(audited, 1, "{engine:?}: the adoption stands in the audit");
        let forget = |sql: &mut dyn Sql| settings::put(sql, settings::DEFINITIONS, "another set");
        app.db.write_plain(app.now(), forget).expect("written");
        drop(app);
        let app = open(&trial);
        assert_eq!(folded(&app), Some(hex(&newest)), "{engine:?}");
        assert_eq!(app.definitions().sha256, newest, "{engine:?}");
    }
}

#[test]
fn another_process_notices_an_adoption_and_never_writes_by_the_old_set() {
    let (trial, app, actor) = station(Engine::Postgres);
    let other = open(&trial);
    let before = other.definitions().sha256;
    let newest = adopt(&app, &actor, &changed("mới"));
    assert_eq!(other.definitions().sha256, before, "nothing was asked yet");
    // Without a use case that would notice: refused rather than written by the old set.
    let fact = |app: &App| {
        let body = DefinitionsAdopted { sha256: before.into(), name: "cũ".into() };
        let id = FileId::from_u128(app.new_id());
        Fact::new(id.into(), rebuild::nowhere(), day("2025-01-01"), body.into())
    };
    let draft = other.draft(&actor, "definitions.adopt", vec![fact(&other)], &[], None);
    let refused = other.db.write(other.now(), |tx| tx.append(&draft));
    assert!(matches!(refused, Err(StoreError::OtherDefinitions)), "{refused:?}");
    other.read_definitions(&actor).expect("read");
    assert_eq!(other.definitions().sha256, newest);
    other.db.write(other.now(), |tx| tx.append(&draft)).expect("written");
}

#[test]
fn an_overlay_stands_beside_the_national_rules_until_it_ends() {
    let (trial, app, actor) = station(Engine::Sqlite);
    let national = app.definitions();
    let text = |code: &str| {
        format!(
            r#"source = "Nghị quyết HĐND tỉnh"
valid_from = "2026-01-01"
confidence = "secondary"
[[indicator]]
code = "{code}"
name = "Trẻ dưới 2 tuổi"
unit = "count"
good = "higher"
explain = "Số trẻ dưới 2 tuổi."
numerator = {{ conditions = ["resident at_end", "age at_end < 24 months"] }}
"#
        )
    };
    let file = |code: &str| SourceFile {
        path: "indicators/population.toml".into(),
        text: text(code).into(),
    };
    let has = |app: &App, code: &str| app.definitions().indicator(code).is_some();
    let lay = |app: &App, name: &str, files: &[SourceFile]| app.adopt_overlay(&actor, name, files);
    lay(&app, "lao-cai", &[file("LC_2")]).expect("adopted").expect("right");
    lay(&app, "luc-yen", &[file("LY_2")]).expect("adopted").expect("right");
    assert!(has(&app, "LC_2") && has(&app, "LY_2") && has(&app, "CBR"));
    // One that is wrong, or has a name nobody could type, changes nothing.
    let findings = lay(&app, "lao-cai", &[file("CBR")]).expect("checked").expect_err("shadows");
    assert_eq!(findings[0].message.code, "def-shadows");
    assert_eq!(findings[0].file, "overlay/lao-cai/indicators/population.toml");
    assert!(matches!(lay(&app, "Lào Cai", &[]), Err(Failure::Refused { .. })));
    assert!(has(&app, "LC_2"));
    drop(app);
    let app = open(&trial);
    assert!(has(&app, "LC_2") && has(&app, "LY_2"));
    app.renew_definitions(&actor, "0.2").expect("adopted").expect("right");
    assert!(has(&app, "LC_2") && has(&app, "LY_2"));
    for name in ["lao-cai", "luc-yen"] {
        lay(&app, name, &[]).expect("adopted").expect("right");
    }
    assert_eq!(app.definitions().sha256, national.sha256);
    // Whoever adopted a set of their own keeps it under an overlay, until the rules are renewed.
    let own = adopt(&app, &actor, &changed("bộ riêng"));
    lay(&app, "lao-cai", &[file("LC_2")]).expect("adopted").expect("right");
    lay(&app, "lao-cai", &[]).expect("adopted").expect("right");
    assert_eq!(app.definitions().sha256, own);
    app.renew_definitions(&actor, "0.3").expect("adopted").expect("right");
    assert_eq!(app.definitions().sha256, national.sha256);
}
