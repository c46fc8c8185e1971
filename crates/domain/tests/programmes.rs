//! Forms and programmes by the shipped definitions: one line per situation, readable by the nurse.

#![expect(clippy::disallowed_methods, reason = "a test may read the files it checks")]

use std::path::Path;
use tram_defs::form::{Form, form_on};
use tram_defs::{Definitions, SourceFile};
use tram_domain::fact::{
    Answer, Body, DueDateBasis, Fact, FactRef, FactRetracted, FormRecorded, Logged, PersonAmended,
    PersonChange, PersonRegistered, PregnancyEnded, PregnancyNoted, PregnancyOutcome,
    ProgrammeEnrolled, Value,
};
use tram_domain::form::answer;
use tram_domain::indicator::{Days, History};
use tram_domain::person::Person;
use tram_domain::programme::{Care, Enrolment, EntryWish, Leaving, enrol, leave, record};
use tram_kernel::{BirthDate, Date, Moment, NodeId, Period, PersonId, Sex, day};

fn shipped() -> Definitions {
    fn walk(root: &Path, folder: &Path, files: &mut Vec<SourceFile>) {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                walk(root, &path, files);
            } else {
                let relative = path.strip_prefix(root).expect("below the root");
                let text = std::fs::read_to_string(&path).expect("UTF-8");
                let path = relative.display().to_string().into();
                files.push(SourceFile { path, text: text.into() });
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../definitions");
    let mut files = Vec::new();
    walk(&root, &root, &mut files);
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Definitions::load(&files).expect("no findings")
}

fn date(text: &str) -> Date {
    text.parse().expect("a date")
}

#[path = "programmes/growth.rs"]
mod growth;

/// The log of one person; unless something else is said of a woman born on 2 March 1957.
struct Log {
    id: PersonId,
    facts: Vec<Logged>,
}

impl Log {
    fn new() -> Self {
        Self::of(Sex::Female, BirthDate::exact(date("1957-03-02")), "2026-01-01")
    }

    fn of(sex: Sex, born: BirthDate, since: &str) -> Self {
        let id = PersonId::from_u128(0x0192_0000_0000_7000_8000_0000_0000_0001);
        let body = PersonRegistered {
            name: "Hoàng Thị Sính".into(),
            sex,
            born,
            born_minute: None,
            ethnicity: None,
            occupation: None,
            phone: None,
            mother: None,
            mother_name: None,
        };
        let mut log = Self { id, facts: Vec::new() };
        log.add(date(since), body);
        log
    }

    /// A fact of the next minute.
    fn push(&mut self, fact: Fact) -> FactRef {
        let seq = self.facts.len() as u64 + 1;
        let node = NodeId::from_u128(7);
        let at = FactRef { node, epoch: 1, seq, ordinal: 0 };
        let recorded_at = Moment::at(fact.happened_on, 8 * 60 + seq as u16);
        self.facts.push(Logged { at, recorded_at, by: None, unit: None, fact });
        at
    }

    fn add(&mut self, on: Date, body: impl Into<Body>) -> FactRef {
        let shard = "04303".parse().expect("a code");
        self.push(Fact::new(self.id.into(), shard, on, body.into()))
    }

    fn person(&self) -> Person {
        Person::fold(self.id, &self.facts).expect("registered")
    }

    fn visit(&mut self, defs: &Definitions, on: &str, sbp: i64, dbp: i64) -> FactRef {
        let wish = visit(on, sbp, dbp, None);
        let decided = record(defs, &self.person(), &wish, date(on)).expect("an entry");
        self.push(decided.facts.into_iter().next().expect("a fact"))
    }
}

fn number(field: &str, value: i64) -> Answer {
    Answer { field: field.into(), value: Value::Number(value * 1000) }
}

fn code(field: &str, value: &str) -> Answer {
    Answer { field: field.into(), value: Value::Code(value.into()) }
}

fn visit(on: &str, sbp: i64, dbp: i64, replaces: Option<FactRef>) -> EntryWish {
    EntryWish {
        form: "hypertension_visit".into(),
        programme: Some("hypertension".into()),
        answers: vec![number("sbp", sbp), number("dbp", dbp), code("plan", "continue")],
        on: date(on),
        replaces,
    }
}

fn enrolled(defs: &Definitions) -> Log {
    let mut log = Log::new();
    let wish = Enrolment {
        programme: "hypertension".into(),
        source: Some("screening".into()),
        note: None,
        on: date("2026-01-16"),
        answers: vec![
            Answer { field: "diagnosed_on".into(), value: Value::Day(date("2026-01-16")) },
            code("diagnosed_at", "station"),
            code("icd", "I10"),
            number("sbp", 165),
            number("dbp", 95),
        ],
    };
    let decided = enrol(defs, &log.person(), &wish, date("2026-01-16")).expect("taken in");
    decided.facts.into_iter().for_each(|fact| {
        log.push(fact);
    });
    log
}

/// The day on which a kind of visit is due.
fn due(defs: &Definitions, log: &Log, visit: &str) -> Option<String> {
    let person = log.person();
    let care = Care::of(defs, &person);
    let found = care.due.iter().find(|due| due.visit.as_deref() == Some(visit))?;
    Some(day::show(found.due))
}

#[test]
fn visits_follow_what_was_found_last() {
    let defs = shipped();
    let mut log = enrolled(&defs);
    assert_eq!(due(&defs, &log, "follow_up").as_deref(), Some("15/02/2026"), "30 days after");
    log.visit(&defs, "2026-02-12", 132, 84);
    assert_eq!(due(&defs, &log, "follow_up").as_deref(), Some("14/03/2026"), "at target");
    log.visit(&defs, "2026-03-16", 152, 90);
    assert_eq!(due(&defs, &log, "follow_up").as_deref(), Some("30/03/2026"), "not at target");
}

#[test]
fn the_day_agreed_with_the_patient_counts_before_the_rule() {
    let defs = shipped();
    let mut log = enrolled(&defs);
    let mut wish = visit("2026-02-12", 132, 84, None);
    let on = Value::Day(date("2026-04-01"));
    wish.answers.push(Answer { field: "next_on".into(), value: on });
    let decided = record(&defs, &log.person(), &wish, date("2026-02-12")).expect("an entry");
    decided.facts.into_iter().for_each(|fact| {
        log.push(fact);
    });
    assert_eq!(due(&defs, &log, "follow_up").as_deref(), Some("01/04/2026"));
}

#[test]
fn who_left_or_died_has_no_visits_and_who_left_may_come_back() {
    let defs = shipped();
    let mut log = enrolled(&defs);
    let wish = Leaving {
        programme: "hypertension".into(),
        outcome: "dropped_out".into(),
        note: None,
        on: date("2026-05-01"),
    };
    let decided = leave(&defs, &log.person(), &wish, date("2026-05-01")).expect("left");
    decided.facts.into_iter().for_each(|fact| {
        log.push(fact);
    });
    assert_eq!(due(&defs, &log, "follow_up"), None);
    let person = log.person();
    let care = Care::of(&defs, &person);
    assert!(care.open("hypertension", date("2026-04-30")).is_some());
    assert!(care.open("hypertension", date("2026-05-01")).is_none());
    assert!(leave(&defs, &person, &wish, date("2026-05-01")).is_err(), "left already");
}

#[test]
fn a_visit_outside_of_the_programme_is_kept_and_said() {
    let defs = shipped();
    let log = Log::new();
    let wish = visit("2026-02-12", 132, 84, None);
    let decided = record(&defs, &log.person(), &wish, date("2026-02-12")).expect("kept");
    let said: Vec<&str> = decided.warnings.iter().map(|warning| warning.code).collect();
    assert_eq!((decided.facts.len(), said), (1, vec!["form-not-enrolled"]));
    let inside = record(&defs, &enrolled(&defs).person(), &wish, date("2026-02-12"));
    assert!(inside.expect("kept").warnings.is_empty());
}

#[test]
fn what_happened_counts_each_time_and_a_mistake_never() {
    let defs = shipped();
    let mut log = enrolled(&defs);
    let period: Period = "2026-H1".parse().expect("a period");
    let days = Days::of(period, date("2026-06-30")).expect("begun");
    let count = |log: &Log, code: &str| {
        let history = History::of(&defs, &log.person());
        let tally = &defs.indicator(code).expect("shipped").numerator;
        history.happened(tally, Sex::Female, date("1957-03-02"), &days).len()
    };
    assert_eq!((count(&log, "THA_MOI"), count(&log, "THA_RA_BO")), (1, 0));
    let leave_with = |log: &mut Log, outcome: &str, on: &str| {
        let (programme, outcome) = ("hypertension".into(), outcome.into());
        let wish = Leaving { programme, outcome, note: None, on: date(on) };
        let decided = leave(&defs, &log.person(), &wish, date(on)).expect("left");
        decided.facts.into_iter().for_each(|fact| {
            log.push(fact);
        });
    };
    leave_with(&mut log, "dropped_out", "2026-03-01");
    assert_eq!((count(&log, "THA_MOI"), count(&log, "THA_RA_BO")), (1, 1));
    let mut mistaken = enrolled(&defs);
    leave_with(&mut mistaken, "wrong", "2026-03-01");
    assert_eq!((count(&mistaken, "THA_MOI"), count(&mistaken, "THA_RA_BO")), (0, 0));
}

#[test]
fn a_corrected_entry_no_longer_counts_and_two_corrections_are_both_kept() {
    let defs = shipped();
    let mut log = enrolled(&defs);
    let first = log.visit(&defs, "2026-02-12", 152, 90);
    let one = visit("2026-02-12", 132, 84, Some(first));
    let other = visit("2026-02-12", 142, 84, Some(first));
    // Both were decided on the same page, neither having seen the other.
    let person = log.person();
    for wish in [one, other] {
        let decided = record(&defs, &person, &wish, date("2026-02-13")).expect("a correction");
        decided.facts.into_iter().for_each(|fact| {
            log.push(fact);
        });
    }
    let person = log.person();
    let visits: Vec<_> =
        person.followed.entries.iter().filter(|e| e.what.form == "hypertension_visit").collect();
    assert_eq!(visits.len(), 2);
    assert!(visits.iter().all(|entry| entry.contested), "somebody must decide");
    // One of them is taken back: the other stands alone.
    let what = visits[1].at;
    log.add(date("2026-02-14"), FactRetracted { what, reason: "ghi nhầm".into() });
    let person = log.person();
    let visits: Vec<_> =
        person.followed.entries.iter().filter(|e| e.what.form == "hypertension_visit").collect();
    assert_eq!((visits.len(), visits[0].contested), (1, false));
}

#[test]
fn entries_fold_alike_whatever_order_they_arrive_in() {
    let defs = shipped();
    let mut log = enrolled(&defs);
    log.visit(&defs, "2026-02-12", 132, 84);
    log.visit(&defs, "2026-03-16", 152, 90);
    let person = log.person();
    log.facts.reverse();
    let turned = log.person();
    assert_eq!(person.followed, turned.followed);
    assert_eq!(Care::of(&defs, &person).due, Care::of(&defs, &turned).due);
}

#[test]
fn an_unknown_form_of_a_newer_set_is_kept_and_counts_for_nothing() {
    let defs = shipped();
    let mut log = enrolled(&defs);
    let body = FormRecorded {
        form: "of_tomorrow".into(),
        programme: None,
        answers: vec![number("x", 1)],
        replaces: None,
    };
    log.add(date("2026-02-01"), body);
    let person = log.person();
    let care = Care::of(&defs, &person);
    let kept = care.entries.iter().find(|f| f.entry.what.form == "of_tomorrow").expect("kept");
    assert!(kept.measures.is_empty());
}

fn form(defs: &Definitions) -> &Form {
    form_on(&defs.forms, "hypertension_visit", date("2026-01-16")).expect("shipped")
}

#[track_caller]
fn read(defs: &Definitions, field: &str, typed: &str) -> Result<Option<Value>, &'static str> {
    let field = form(defs).field(field).expect("a field");
    answer::read(defs, field, &[typed], date("2026-01-16")).map_err(|message| message.code)
}

#[test]
fn numbers_are_read_by_what_is_possible() {
    let defs = shipped();
    let number = |n| Ok(Some(Value::Number(n)));
    assert_eq!(read(&defs, "sbp", "152"), number(152_000));
    assert_eq!(read(&defs, "sbp", "152 mmHg"), number(152_000));
    assert_eq!(read(&defs, "sbp", " "), Ok(None));
    assert_eq!(read(&defs, "sbp", "152,5"), Err("form-decimals"));
    assert_eq!(read(&defs, "sbp", "1520"), Err("form-impossible"));
    assert_eq!(read(&defs, "sbp", "cao"), Err("form-not-a-number"));
    // 3 250 kg cannot be; 3,25 kg can.
    assert_eq!(read(&defs, "weight", "3.250"), number(3_250));
    assert_eq!(read(&defs, "weight", "52,5"), number(52_500));
    assert_eq!(read(&defs, "weight", "52.5"), number(52_500));
}

#[test]
fn words_choices_and_days_are_read_as_people_write_them() {
    let defs = shipped();
    assert_eq!(read(&defs, "diabetes", "có"), Ok(Some(Value::Yes(true))));
    assert_eq!(read(&defs, "diabetes", "Khong"), Ok(Some(Value::Yes(false))));
    assert_eq!(read(&defs, "diabetes", "có lẽ"), Err("form-yes-or-no"));
    let plan = |code: &str| Ok(Some(Value::Code(code.into())));
    assert_eq!(read(&defs, "plan", "refer"), plan("refer"));
    assert_eq!(read(&defs, "plan", "chuyen tuyen"), plan("refer"));
    assert_eq!(read(&defs, "plan", "đổi"), plan("change"));
    assert_eq!(read(&defs, "plan", "mổ"), Err("form-choose"));
    let signs = Value::Codes(vec!["headache".into(), "oedema".into()]);
    assert_eq!(read(&defs, "signs", "Đau đầu dữ dội; phù"), Ok(Some(signs)));
    assert_eq!(read(&defs, "next_on", "15/01/2026"), Err("form-day-before"));
    let on = Value::Day(date("2026-02-16"));
    assert_eq!(read(&defs, "next_on", "16/2"), Ok(Some(on)));
}

#[test]
fn every_shipped_form_reads_back_what_it_shows() {
    let defs = shipped();
    for form in &defs.forms {
        for field in form.fields() {
            use tram_defs::form::Kind;
            let (Kind::Choice(choices) | Kind::Choices(choices)) = &field.kind else { continue };
            for choice in choices {
                let typed = [choice.name.as_str()];
                let read = answer::read(&defs, field, &typed, date("2026-01-16"));
                let code = match read {
                    Ok(Some(Value::Code(code))) => code,
                    Ok(Some(Value::Codes(codes))) => codes.join(" "),
                    other => panic!("{} {}: {other:?}", form.code, choice.name),
                };
                assert_eq!(code, choice.code, "{} {}", form.code, field.code);
            }
        }
    }
}

/// What a woman with child is asked for, told in one line: `visit day` by day, `?` for a proposal.
fn asked(defs: &Definitions, log: &Log, today: &str) -> String {
    let person = log.person();
    let care = Care::of(defs, &person);
    let asked = care.due.iter().filter(|due| due.is_asked_on(date(today)));
    let told = asked.map(|due| format!("{} {}", due.visit.as_deref().unwrap_or("?"), due.due));
    told.collect::<Vec<_>>().join(", ")
}

#[test]
fn the_record_begins_and_ends_the_care_of_mothers() {
    let defs = shipped();
    let mut log = Log::new();
    let first = PersonAmended {
        change: PersonChange::Born(BirthDate::exact(date("1998-03-02")), None),
        seen: vec![log.facts[0].at],
        reason: None,
    };
    log.add(date("2025-01-01"), first);
    let noted = PregnancyNoted::of(date("2026-02-05"), DueDateBasis::Stated);
    log.add(date("2025-07-10"), noted.clone());
    // Weeks count from 01/05/2025; nobody is asked for before she was taken in.
    assert_eq!(asked(&defs, &log, "2025-07-10"), "? 2025-07-10");
    let enrolled = |programme: &str| ProgrammeEnrolled {
        programme: programme.into(),
        source: None,
        note: None,
    };
    log.add(date("2025-07-10"), enrolled("pregnancy"));
    assert_eq!(asked(&defs, &log, "2025-07-10"), "antenatal 2025-07-24");
    // Eleven days later by ultrasound: everything moves with it.
    log.add(date("2025-07-12"), PregnancyNoted { expected: date("2026-02-16"), ..noted });
    assert_eq!(asked(&defs, &log, "2025-07-12"), "antenatal 2025-08-04");
    let birth = PregnancyEnded { outcome: PregnancyOutcome::Birth };
    let birth = log.add(date("2026-02-10"), birth);
    let after = "delivery 2026-02-10, first_week 2026-02-11, six_weeks 2026-03-10";
    assert_eq!(asked(&defs, &log, "2026-02-10"), after);
    assert_eq!(asked(&defs, &log, "2026-03-24"), after, "day 42");
    assert_eq!(asked(&defs, &log, "2026-03-25"), "");
    let person = log.person();
    let care = Care::of(&defs, &person);
    let stays: Vec<(&str, Option<&str>)> =
        care.episodes.iter().map(|e| (e.programme.as_str(), e.outcome.as_deref())).collect();
    assert_eq!(stays, [("postnatal", Some("completed")), ("pregnancy", Some("delivered"))]);
    assert!(care.open("postnatal", date("2026-03-24")).is_some());
    assert!(care.open("pregnancy", date("2026-02-10")).is_none());
    // The next child: the care after the first one asks for nothing more.
    let mut again = Log { id: log.id, facts: log.facts.clone() };
    again.add(date("2027-03-01"), PregnancyEnded { outcome: PregnancyOutcome::Birth });
    let next = "delivery 2027-03-01, first_week 2027-03-02, six_weeks 2027-03-29";
    assert_eq!(asked(&defs, &again, "2027-03-02"), next);
    // A birth written down by mistake and taken back never was.
    log.add(date("2026-02-11"), FactRetracted { what: birth, reason: "nhầm".into() });
    assert_eq!(asked(&defs, &log, "2026-02-11"), "antenatal 2025-08-04");
}

#[test]
fn a_pregnancy_that_ended_early_closes_its_register_and_asks_for_nothing() {
    let defs = shipped();
    let mut log = Log::new();
    log.add(date("2026-03-01"), PregnancyNoted::of(date("2026-10-22"), DueDateBasis::Stated));
    let programme = "pregnancy".to_owned();
    log.add(date("2026-03-01"), ProgrammeEnrolled { programme, source: None, note: None });
    log.add(date("2026-03-20"), PregnancyEnded { outcome: PregnancyOutcome::Loss });
    assert_eq!(asked(&defs, &log, "2026-03-20"), "");
    let person = log.person();
    let care = Care::of(&defs, &person);
    let ended = care.episodes.iter().map(|e| (e.to, e.outcome.as_deref()));
    assert_eq!(ended.collect::<Vec<_>>(), [(Some(date("2026-03-20")), Some("ended"))]);
}
