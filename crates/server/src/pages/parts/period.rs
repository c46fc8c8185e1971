//! Periods in words, and the choice of one.

use crate::words::Words;
use maud::{Markup, html};
use tram_kernel::period::Length;
use tram_kernel::{Date, Period};

/// `Tháng 10/2026`, `Quý I/2026`, `6 tháng đầu năm 2026`, `Năm 2026`.
pub fn period_name(words: &Words, period: Period) -> String {
    let year = ("year", period.year().to_string().into());
    let roman = ["I", "II", "III", "IV"];
    let at = usize::try_from(period.index() - 1).unwrap_or_default();
    match period.length() {
        Length::Month => {
            words.with("period-month", [("n", period.index().to_string().into()), year])
        }
        Length::Quarter => words.with("period-quarter", [("n", roman[at].into()), year]),
        Length::Half if at == 0 => words.with("period-half-1", [year]),
        Length::Half => words.with("period-half-2", [year]),
        Length::Year => words.with("period-year", [year]),
    }
}

/// How many periods of each length are offered, the running one included.
const OFFERED: [(Length, i32); 4] =
    [(Length::Month, 13), (Length::Quarter, 8), (Length::Half, 4), (Length::Year, 5)];

/// A choice of recent periods by length; the chosen one is always among them.
pub fn period_field(words: &Words, id: &str, chosen: Period, today: Date) -> Markup {
    let offered = |length: Length, n: i32| -> Vec<Period> {
        let mut periods: Vec<Period> =
            (0..n).map(|back| Period::of(today, length).step(-back)).collect();
        if chosen.length() == length && !periods.contains(&chosen) {
            periods.push(chosen);
        }
        periods
    };
    html! {
        div.field {
            label for=(id) { (words.say("period-label")) }
            select id=(id) name=(id) {
                @for (length, n) in OFFERED {
                    optgroup label=(words.say(&format!("period-of-{}", length.code()))) {
                        @for period in offered(length, n) {
                            option value=(period) selected[period == chosen] { (period_name(words, period)) }
                        }
                    }
                }
            }
        }
    }
}
