//! Programmes: their rules, how each stands, their registers and the visits due.

use super::SCHEMA;
use super::condition::{Condition, all};
use super::form::{Choice, choices};
use super::person::{Person, Visit};
use super::value::{Answered, Length, Source, day_of};
use serde::Serialize;
use tram_app::programme::{DuePerson, Register, RegisterRow, Standings};
use tram_defs::programme as defs;
use tram_kernel::Date;
use utoipa::ToSchema;

/// The programmes that are there for the asker, with their numbers.
#[derive(Debug, Serialize, ToSchema)]
pub struct Programmes {
    schema: u8,
    #[schema(format = Date)]
    today: String,
    programmes: Vec<ProgrammeLine>,
}

#[derive(Debug, Serialize, ToSchema)]
struct ProgrammeLine {
    code: String,
    name: String,
    followed: i64,
    /// Due within a week, the late ones among them.
    due: i64,
    overdue: i64,
    lost: i64,
    /// To be looked at for it.
    proposed: i64,
}

impl From<Standings> for Programmes {
    fn from(found: Standings) -> Self {
        let programmes = found.programmes.into_iter().map(|(code, name, n)| ProgrammeLine {
            code,
            name,
            followed: n.followed,
            due: n.due,
            overdue: n.overdue,
            lost: n.lost,
            proposed: n.proposed,
        });
        let today = day_of(found.today);
        Self { schema: SCHEMA, today, programmes: programmes.collect() }
    }
}

/// One programme: whom it takes in, which visits it asks for, how somebody leaves.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProgrammeDefinition {
    schema: u8,
    code: String,
    name: String,
    short: String,
    compartment: &'static str,
    /// The form filled in when somebody is taken in.
    enrol_form: Option<String>,
    whom: Vec<Condition>,
    propose: Vec<Propose>,
    /// It takes in by itself whom this happens to: `delivery`, `loss`, `birth`.
    begins: Option<Begins>,
    /// It lets go by itself.
    ends: Vec<Ends>,
    sources: Vec<Choice>,
    visits: Vec<VisitRule>,
    outcomes: Vec<Choice>,
    lost_after: Length,
    /// Measures its register shows.
    shows: Vec<String>,
    goal: Option<Goal>,
    #[serde(flatten)]
    source: Source,
}

#[derive(Debug, Serialize, ToSchema)]
struct Begins {
    on: &'static str,
    lasts: Length,
    outcome: String,
}

#[derive(Debug, Serialize, ToSchema)]
struct Ends {
    on: &'static str,
    outcome: String,
}

#[derive(Debug, Serialize, ToSchema)]
struct Propose {
    when: Vec<Condition>,
    within: Length,
    why: String,
}

#[derive(Debug, Serialize, ToSchema)]
struct Goal {
    name: String,
    when: Vec<Condition>,
}

#[derive(Debug, Serialize, ToSchema)]
struct VisitRule {
    code: String,
    name: String,
    form: String,
    /// Days are counted from this measure, from the first day of `gestation`, or from the enrolment.
    from: Option<String>,
    timing: Timing,
    grace: Length,
    early: Length,
    /// The field that holds the day agreed with the person.
    appointment: Option<String>,
    when: Vec<Condition>,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(tag = "repeats", rename_all = "snake_case")]
enum Timing {
    /// Again and again, by the first case that fits.
    Every { first: Length, usual: Length, cases: Vec<Case> },
    /// Each once.
    At { after: Vec<Length> },
    /// At this age the person leaves, and nothing else is asked from then on.
    AtAge { age: Length },
}

#[derive(Debug, Serialize, ToSchema)]
struct Case {
    when: Vec<Condition>,
    every: Length,
}

impl From<&defs::Programme> for ProgrammeDefinition {
    fn from(rule: &defs::Programme) -> Self {
        let propose = |p: &defs::Propose| Propose {
            when: all(&p.when),
            within: p.within.into(),
            why: p.why.clone(),
        };
        let ends = |(on, outcome): &(defs::Occasion, String)| Ends {
            on: on.code(),
            outcome: outcome.clone(),
        };
        let goal = |goal: &defs::Goal| Goal { name: goal.name.clone(), when: all(&goal.when) };
        Self {
            schema: SCHEMA,
            code: rule.code.clone(),
            name: rule.name.clone(),
            short: rule.short.clone(),
            compartment: rule.compartment.code(),
            enrol_form: rule.enrol_form.clone(),
            whom: all(&rule.whom),
            propose: rule.propose.iter().map(propose).collect(),
            begins: rule.begins.as_ref().map(|begins| Begins {
                on: begins.on.code(),
                lasts: begins.lasts.into(),
                outcome: begins.outcome.clone(),
            }),
            ends: rule.ends.iter().map(ends).collect(),
            sources: choices(&rule.sources),
            visits: rule.visits.iter().map(VisitRule::from).collect(),
            outcomes: choices(&rule.outcomes),
            lost_after: rule.lost_after.into(),
            shows: rule.shows.clone(),
            goal: rule.goal.as_ref().map(goal),
            source: Source::from(&rule.provenance),
        }
    }
}

impl From<&defs::VisitRule> for VisitRule {
    fn from(visit: &defs::VisitRule) -> Self {
        let timing = match &visit.timing {
            defs::Timing::Every { first, usual, cases } => {
                let cases = cases
                    .iter()
                    .map(|(when, every)| Case { when: all(when), every: (*every).into() });
                let (first, usual) = ((*first).into(), (*usual).into());
                Timing::Every { first, usual, cases: cases.collect() }
            }
            defs::Timing::At(times) => {
                Timing::At { after: times.iter().map(|time| (*time).into()).collect() }
            }
            defs::Timing::AtAge(age) => Timing::AtAge { age: (*age).into() },
        };
        Self {
            code: visit.code.clone(),
            name: visit.name.clone(),
            form: visit.form.clone(),
            from: match &visit.from {
                defs::Since::Enrolment => None,
                defs::Since::Gestation => Some("gestation".to_owned()),
                defs::Since::Measure(measure) => Some(measure.clone()),
            },
            timing,
            grace: visit.grace.into(),
            early: visit.early.into(),
            appointment: visit.appointment.clone(),
            when: all(&visit.when),
        }
    }
}

/// Everybody who is or was in a programme.
#[derive(Debug, Serialize, ToSchema)]
pub struct RegisterList {
    schema: u8,
    programme: String,
    #[schema(format = Date)]
    today: String,
    people: Vec<Followed>,
}

#[derive(Debug, Serialize, ToSchema)]
struct Followed {
    person: Person,
    #[schema(format = Date)]
    from: String,
    /// The first day on which it no longer is.
    #[schema(format = Date)]
    to: Option<String>,
    /// A code of the outcomes, or `died`.
    outcome: Option<String>,
    source: Option<String>,
    measures: Vec<LastMeasure>,
    /// What is due next, while it is followed.
    next: Option<Visit>,
}

/// The last value of a measure the programme shows.
#[derive(Debug, Serialize, ToSchema)]
struct LastMeasure {
    code: String,
    #[schema(format = Date)]
    on: String,
    value: Answered,
}

impl RegisterList {
    pub fn of(rule: &defs::Programme, register: Register) -> Self {
        let people = register.rows.iter().map(|row| Followed::of(rule, row)).collect();
        let (programme, today) = (rule.code.clone(), day_of(register.today));
        Self { schema: SCHEMA, programme, today, people }
    }
}

impl Followed {
    fn of(rule: &defs::Programme, row: &RegisterRow) -> Self {
        let measures = rule.shows.iter().zip(&row.measures).filter_map(|(code, found)| {
            let (on, value) = found.as_ref()?;
            Some(LastMeasure { code: code.clone(), on: day_of(*on), value: value.into() })
        });
        Self {
            person: Person::from(&row.line.person),
            from: day_of(row.line.from),
            to: row.line.to.map(day_of),
            outcome: row.line.outcome.clone(),
            source: row.line.source.clone(),
            measures: measures.collect(),
            next: row.next.as_ref().map(Visit::from),
        }
    }
}

/// Who may or should come up to a day.
#[derive(Debug, Serialize, ToSchema)]
pub struct DueList {
    schema: u8,
    #[schema(format = Date)]
    today: String,
    days: i32,
    people: Vec<DueOf>,
}

#[derive(Debug, Serialize, ToSchema)]
struct DueOf {
    person: Person,
    visits: Vec<Visit>,
}

impl DueList {
    pub fn of(today: Date, days: i32, people: &[DuePerson]) -> Self {
        let of = |due: &DuePerson| DueOf {
            person: Person::from(&due.person),
            visits: due.visits.iter().map(Visit::from).collect(),
        };
        let people = people.iter().map(of).collect();
        Self { schema: SCHEMA, today: day_of(today), days, people }
    }
}
