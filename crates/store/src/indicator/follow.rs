//! What is asked about forms and programmes, in SQL.

use super::{Builder, sign};
use tram_defs::phrase::Follow;
use tram_domain::indicator::{Days, stretch};

pub(super) fn condition(b: &mut Builder, follow: &Follow, days: &Days) {
    let episode = "EXISTS (SELECT 1 FROM episode e WHERE e.person = x.person AND e.programme =";
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
        Follow::Entry { form, during, given } => {
            let (from, to) = stretch(*during, days);
            let (form, from, to) = (b.bind(form.as_str()), b.bind(from), b.bind(to));
            let not = if *given { "" } else { "NOT " };
            b.and(&format!(
                "{not}EXISTS (SELECT 1 FROM entry e WHERE e.person = x.person \
                 AND e.form = {form} AND e.on_day BETWEEN {from} AND {to})"
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
            // A yes is stored as the number 1.
            let yes = codes.iter().any(|code| code == "yes");
            let no = codes.iter().any(|code| code == "no");
            let column = if yes || no { "number" } else { "word" };
            let last = last(b, column, measure, stretch(*during, days));
            if yes || no {
                let wanted = if yes && no {
                    "0, 1"
                } else if yes {
                    "1"
                } else {
                    "0"
                };
                b.and(&format!("{last} IN ({wanted})"));
            } else {
                let codes: Vec<String> = codes.iter().map(|code| b.bind(code.as_str())).collect();
                b.and(&format!("{last} IN ({})", codes.join(", ")));
            }
        }
        Follow::LastNumber { measure, compare, than, during } => {
            let last = last(b, "number", measure, stretch(*during, days));
            b.and(&format!("{last} {} {than}", sign(*compare)));
        }
    }
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
