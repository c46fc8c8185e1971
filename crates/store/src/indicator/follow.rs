//! What is asked of people about forms and programmes, in SQL. What happened is judged by `history`.

use super::{Builder, sign};
use tram_defs::phrase::Follow;
use tram_defs::programme::MISTAKE;
use tram_domain::indicator::{Days, stretch};

pub(super) fn condition(b: &mut Builder, follow: &Follow, days: &Days) {
    let episode = &format!(
        "EXISTS (SELECT 1 FROM episode e WHERE e.person = x.person \
         AND coalesce(e.outcome, '') <> '{MISTAKE}' AND e.programme ="
    );
    match follow {
        Follow::Enrolled { programme, at } => {
            let (code, on) = (b.bind(programme.as_str()), b.bind(days.at(*at)));
            b.and(&format!(
                "{episode} {code} AND e.from_on <= {on} AND (e.to_on IS NULL OR e.to_on > {on}))"
            ));
        }
        Follow::Joined { programme, within } => {
            let (from, to) = days.window(*within);
            let (code, from, to) = (b.bind(programme.as_str()), b.bind(from), b.bind(to));
            b.and(&format!("{episode} {code} AND e.from_on BETWEEN {from} AND {to})"));
        }
        Follow::Left { programme, outcomes, within } => {
            let (from, to) = days.window(*within);
            let (code, from, to) = (b.bind(programme.as_str()), b.bind(from), b.bind(to));
            let codes: Vec<String> = outcomes.iter().map(|code| b.bind(code.as_str())).collect();
            let with = match codes.is_empty() {
                true => String::new(),
                false => format!(" AND e.outcome IN ({})", codes.join(", ")),
            };
            b.and(&format!("{episode} {code} AND e.to_on BETWEEN {from} AND {to}{with})"));
        }
        Follow::Mistaken { programme, at, is } => {
            let (code, on) = (b.bind(programme.as_str()), b.bind(days.at(*at)));
            let not = if *is { "" } else { "NOT " };
            b.and(&format!(
                "{not}EXISTS (SELECT 1 FROM episode e WHERE e.person = x.person \
                 AND e.programme = {code} AND e.outcome = '{MISTAKE}' AND e.to_on <= {on} \
                 AND e.from_on <= {on} AND NOT EXISTS (SELECT 1 FROM episode o \
                 WHERE o.person = e.person AND o.programme = e.programme \
                 AND o.from_on <= {on} AND o.from_on > e.from_on))"
            ));
        }
        Follow::Entry { form, during, given } => {
            let (from, to) = stretch(*during, days);
            let (form, from, to) = (b.bind(form.as_str()), b.bind(from), b.bind(to));
            let not = if *given { "" } else { "NOT " };
            b.and(&format!(
                "{not}EXISTS (SELECT 1 FROM entry e WHERE e.person = x.person \
                 AND e.form = {form} AND e.on_day BETWEEN {from} AND {to})"
            ));
        }
        Follow::Entries { form, at_least, during } => {
            let (from, to) = stretch(*during, days);
            let (form, from, to) = (b.bind(form.as_str()), b.bind(from), b.bind(to));
            b.and(&format!(
                "(SELECT count(*) FROM entry e WHERE e.person = x.person \
                 AND e.form = {form} AND e.on_day BETWEEN {from} AND {to}) >= {at_least}"
            ));
        }
        Follow::Measured { measure, during } => {
            let (from, to) = stretch(*during, days);
            let (code, from, to) = (b.bind(measure.as_str()), b.bind(from), b.bind(to));
            b.and(&format!(
                "EXISTS (SELECT 1 FROM measure m WHERE m.person = x.person \
                 AND m.code = {code} AND m.on_day BETWEEN {from} AND {to})"
            ));
        }
        Follow::LastIs { measure, codes, during } => {
            let (column, wanted) = values(b, codes);
            let last = last(b, column, measure, stretch(*during, days));
            b.and(&format!("{last} IN ({wanted})"));
        }
        Follow::Had { measure, codes, during } => {
            let (column, wanted) = values(b, codes);
            let (from, to) = stretch(*during, days);
            let (code, from, to) = (b.bind(measure.as_str()), b.bind(from), b.bind(to));
            b.and(&format!(
                "EXISTS (SELECT 1 FROM measure m WHERE m.person = x.person \
                 AND m.code = {code} AND m.on_day BETWEEN {from} AND {to} \
                 AND m.{column} IN ({wanted}))"
            ));
        }
        Follow::LastNumber { measure, compare, than, during } => {
            let last = last(b, "number", measure, stretch(*during, days));
            b.and(&format!("{last} {} {than}", sign(*compare)));
        }
        // The definitions ask these of what happened only.
        Follow::Of { .. }
        | Follow::Into { .. }
        | Follow::OutOf { .. }
        | Follow::Followed { .. }
        | Follow::Answer { .. } => b.and("1 = 0"),
    }
}

/// Where values of a measure are stored, and how these codes stand there: a yes is the number 1.
fn values(b: &mut Builder, codes: &[String]) -> (&'static str, String) {
    let number = |code: &str| match code {
        "yes" => Some("1"),
        "no" => Some("0"),
        _ => None,
    };
    let numbers: Vec<&str> = codes.iter().filter_map(|code| number(code)).collect();
    if !numbers.is_empty() {
        return ("number", numbers.join(", "));
    }
    let words: Vec<String> = codes.iter().map(|code| b.bind(code.as_str())).collect();
    ("word", words.join(", "))
}

/// The last value of a measure among these days.
fn last(
    b: &mut Builder,
    column: &str,
    measure: &str,
    (from, to): (tram_kernel::Date, tram_kernel::Date),
) -> String {
    let (code, from, to) = (b.bind(measure), b.bind(from), b.bind(to));
    format!(
        "(SELECT m.{column} FROM measure m WHERE m.person = x.person AND m.code = {code} \
         AND m.on_day BETWEEN {from} AND {to} ORDER BY m.on_day DESC, m.n DESC LIMIT 1)"
    )
}
