//! Counting ahead: the periods that pages ask for are counted while nobody waits, so that the first page
//! after an import or in the morning answers at once.

use crate::failure::Failure;
use crate::opening::App;
use tram_kernel::Period;
use tram_kernel::period::Length;
use tram_store::cell;

/// Months before this one that lists and trends show.
const MONTHS: i32 = 13;

impl App {
    /// A number that rises whenever somebody's record changes what is counted.
    pub fn changes_counted(&self) -> Result<i64, Failure> {
        Ok(self.db.read(cell::changes)?)
    }

    /// Counts every indicator for the villages of the home unit, newest period first, each period in a
    /// transaction of its own. Stops between two of them when `goes_on` says so.
    pub fn count_ahead(&self, goes_on: &dyn Fn() -> bool) -> Result<(), Failure> {
        let Some(home) = self.home()? else { return Ok(()) };
        let operator = self.operator(home)?;
        for period in ahead(Period::month_of(self.today())) {
            if !goes_on() {
                break;
            }
            self.board(&operator, self.own_question(&operator, period), &[])?;
        }
        Ok(())
    }
}

/// This month, this year, the months before and last year.
fn ahead(month: Period) -> Vec<Period> {
    let year = Period::new(month.first().year(), Length::Year, 1).ok();
    let mut periods = vec![month];
    periods.extend(year);
    periods.extend((1..=MONTHS).map(|back| month.step(-back)));
    periods.extend(year.map(|year| year.step(-1)));
    periods
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_periods_come_first() {
        let month: Period = "2026-02".parse().expect("a month");
        let periods: Vec<String> = ahead(month).iter().map(Period::to_string).collect();
        assert_eq!(periods[..4], ["2026-02", "2026", "2026-01", "2025-12"]);
        assert_eq!(periods.last().map(String::as_str), Some("2025"));
        assert_eq!(periods.len(), 16);
    }
}
