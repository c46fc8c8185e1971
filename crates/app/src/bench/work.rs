//! One thing at a time, as a nurse works: a search, a dose, a number.

use super::{Figure, Goal, Unit, ms, p95};
use crate::actor::Actor;
use crate::failure::Failure;
use crate::immunisation::DoseForm;
use crate::indicator::{Side, Which};
use crate::opening::App;
use std::time::Instant;
use tram_defs::Definitions;
use tram_domain::fact::DoseGiven;
use tram_kernel::{Period, PersonId, UnitId, text};
use tram_store::floor;

/// How many searches, and how many doses.
const TIMES: usize = 300;

fn names(app: &App, actor: &Actor, most: usize) -> Result<Vec<String>, Failure> {
    let year = Period::year_of(app.today());
    let question = app.own_question(actor, year);
    let found = app.people_behind(
        actor,
        question,
        "DAN_SO",
        Side::Numerator,
        &Which { limit: most, ..Which::default() },
    )?;
    Ok(found.0.into_iter().map(|line| line.name).collect())
}

/// Searches from the top of the demo, over everybody: full names without marks, two words, initials.
pub fn search(app: &App) -> Result<Figure, Failure> {
    let home = app.home()?.ok_or(Failure::NotFound)?;
    let actor = app.operator(home)?;
    let names = names(app, &actor, 20_000)?;
    let step = (names.len() / TIMES).max(1);
    let typed: Vec<String> = names.iter().step_by(step).map(|name| text::fold(name)).collect();
    let mut times = Vec::new();
    let mut floors = Vec::new();
    for (n, name) in typed.iter().enumerate() {
        let words: Vec<&str> = name.split(' ').collect();
        let initials: String = words.iter().filter_map(|word| word.chars().next()).collect();
        let text = match n % 3 {
            0 => name.clone(),
            1 => words[words.len().saturating_sub(2)..].join(" "),
            _ => initials,
        };
        let started = Instant::now();
        app.search(&actor, &text, None)?;
        times.push(started.elapsed());
        let started = Instant::now();
        app.db.read(|sql| floor::search(sql, (actor.unit_key, actor.reach), name))?;
        floors.push(started.elapsed());
    }
    let figure = Figure::new("bench-search", p95(times), Unit::Milliseconds);
    Ok(figure.beside(p95(floors)).goal(Goal::AtMost(50.0)))
}

/// All indicators of one station for a month: counted for the first time, then from kept cells.
pub fn board(app: &App, station: UnitId) -> Result<Vec<Figure>, Failure> {
    let actor = app.operator(station)?;
    let month = Period::month_of(app.today()).step(-1);
    let question = app.own_question(&actor, month);
    let started = Instant::now();
    app.board(&actor, question, &[])?;
    let first = started.elapsed();
    let mut kept = Vec::new();
    let mut floors = Vec::new();
    for _ in 0..30 {
        let started = Instant::now();
        app.board(&actor, question, &[])?;
        kept.push(started.elapsed());
        let started = Instant::now();
        app.db.read(|sql| floor::cells(sql, &month.to_string()))?;
        floors.push(started.elapsed());
    }
    let kept = Figure::new("bench-board", p95(kept), Unit::Milliseconds).beside(p95(floors));
    Ok(vec![
        Figure::new("bench-board-first", ms(first), Unit::Milliseconds),
        kept.goal(Goal::AtMost(100.0)),
    ])
}

/// Doses for children who are owed one: saved with a full commit each, and the time until the
/// indicator of the year shows it. `by_hand` is a small commit without the program.
pub fn doses(app: &App, station: UnitId, by_hand: Option<f64>) -> Result<Vec<Figure>, Failure> {
    let actor = app.operator(station)?;
    let defs = app.definitions();
    let wanted = owed(app, &actor, &defs)?;
    let question = app.own_question(&actor, Period::year_of(app.today()));
    app.board(&actor, question, &["TCDD"])?;
    let mut saved = Vec::new();
    let mut shown = Vec::new();
    for (n, (person, vaccine)) in wanted.into_iter().enumerate() {
        let form = form(app, station, person, vaccine);
        let started = Instant::now();
        app.record_doses(&actor, &form, None)?;
        saved.push(started.elapsed());
        if n % 10 == 0 {
            app.board(&actor, question, &["TCDD"])?;
            shown.push(started.elapsed());
        }
    }
    let mut saved = Figure::new("bench-dose", p95(saved), Unit::Milliseconds);
    saved.floor = by_hand;
    let shown = Figure::new("bench-shown", p95(shown), Unit::Milliseconds);
    Ok(vec![saved.goal(Goal::AtMost(50.0)), shown.goal(Goal::AtMost(1000.0))])
}

/// Children and a vaccine each of them is owed.
fn owed(app: &App, actor: &Actor, defs: &Definitions) -> Result<Vec<(PersonId, String)>, Failure> {
    let children = app.worklist(actor, None, 0)?.children;
    let one = |child: &tram_store::immunisation::OwedChild| {
        let series = &child.doses.first()?.series;
        let vaccine = defs.vaccines.iter().find(|vaccine| vaccine.series.contains(series))?;
        Some((child.person.id, vaccine.code.clone()))
    };
    Ok(children.iter().filter_map(one).take(TIMES).collect())
}

fn form(app: &App, station: UnitId, person: PersonId, vaccine: String) -> DoseForm {
    let dose = DoseGiven {
        vaccine,
        minute: None,
        lot: Some("BENCH".into()),
        site: None,
        giver: Some(station),
        elsewhere: None,
        screened: true,
        temperature: None,
    };
    let codes = ["too-early", "out-of-order", "live", "extra", "contraindicated"];
    let accepted = codes.iter().map(|code| format!("warn-dose-{code}")).collect();
    DoseForm { person, doses: vec![dose], on: app.today(), accepted }
}
