//! The plan of a child that is behind: which doses on which visits, until nothing is owed. It is the
//! course itself, walked through as if each dose were given on the first day it may be.

use super::record::not_yet;
use super::{Course, Line, Standing};
use crate::calendar::next_working;
use crate::fact::DoseGiven;
use crate::person::{On, Person};
use tram_defs::Definitions;
use tram_kernel::Date;

/// One visit: a working day and what is given on it, series and number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visit {
    pub on: Date,
    pub doses: Vec<(String, u8)>,
}

/// No card has more visits; a rule that never comes to an end stops here.
const MOST: usize = 24;

/// The visits from a day on. Nothing is planned without a full birth date, and nothing after the day
/// from which a dose is no longer offered.
pub fn catch_up(defs: &Definitions, person: &Person, from: Date) -> Vec<Visit> {
    let mut person = person.clone();
    let (mut visits, mut from): (Vec<Visit>, Date) = (Vec::new(), from);
    while visits.len() < MOST {
        let course = Course::of(defs, &person);
        let Some(on) = course.lines.iter().filter_map(|line| opens(line, from)).min() else {
            break;
        };
        let on = next_working(defs, on);
        let owed: Vec<(String, u8)> = course
            .lines
            .iter()
            .filter(|line| matches!(opens(line, from), Some(day) if day <= on))
            .map(|line| (line.series.code.clone(), line.number))
            .collect();
        if owed.is_empty() {
            break;
        }
        let known = person.doses.len();
        for (n, (series, _)) in owed.iter().enumerate() {
            if let Some(what) = as_given(defs, &person, series, on) {
                person.doses.push(On { at: not_yet((known + n) as u16), day: on, what });
            }
        }
        person.doses.sort_by_key(|dose| (dose.day, dose.what.minute, dose.at));
        visits.push(Visit { on, doses: owed });
        // What did not count although it was due would be asked for again for ever.
        from = tram_kernel::day::add_days(on, 1);
    }
    visits
}

/// The first day from `from` on which a line may be given.
fn opens(line: &Line<'_>, from: Date) -> Option<Date> {
    match &line.standing {
        Standing::Owed { due, until, .. } if !line.series.optional => {
            Some((*due).max(from)).filter(|day| day < until)
        }
        _ => None,
    }
}

/// A dose of a product of the programme for the series, unless one given on that day serves it too.
fn as_given(defs: &Definitions, person: &Person, series: &str, on: Date) -> Option<DoseGiven> {
    let serves =
        |code: &str| defs.vaccine(code).is_some_and(|v| v.series.iter().any(|s| s == series));
    if person.doses.iter().any(|dose| dose.day == on && serves(&dose.what.vaccine)) {
        return None;
    }
    let mut products =
        defs.vaccines.iter().filter(|v| v.series.first().is_some_and(|s| s == series));
    let vaccine = products
        .clone()
        .find(|v| v.programme)
        .or_else(|| products.next())
        .or_else(|| defs.vaccines.iter().find(|v| serves(&v.code)))?;
    Some(DoseGiven {
        vaccine: vaccine.code.clone(),
        minute: None,
        lot: None,
        site: None,
        giver: None,
        elsewhere: None,
        screened: false,
        temperature: None,
    })
}
