//! When a dose is given: days after it is due, by the shares of `rates.toml`; and the dose against
//! hepatitis B on the day of birth, by the hour.

use super::calendar::{Day, date, first_of_year};
use super::deed::{Giver, PlannedDose};
use super::rates::DoseRate;
use super::soul::{BirthPlace, Commune};
use super::vaccine::Child;
use tram_defs::Definitions;
use tram_domain::immunisation::Line;
use tram_kernel::Date;
use tram_kernel::day::day_number;

/// The day chosen for a dose that is owed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wish {
    Never,
    Session(Day),
    /// Before the first day on which it counts.
    Early(Day),
    /// At another commune's station.
    Elsewhere(Day),
    /// At a clinic, for money.
    Service(Day),
}

impl Wish {
    pub fn day(self) -> Option<Day> {
        match self {
            Self::Never => None,
            Self::Session(day) | Self::Early(day) | Self::Elsewhere(day) | Self::Service(day) => {
                Some(day)
            }
        }
    }
}

/// Doses later than 90 days after they are due come within this many days.
const LATEST: f64 = 330.0;

/// Days after the due day for a draw from 0 to 1; `None` is never. The shares are of all children, the
/// draw is among those who have the dose before: `reached`.
fn delay(
    rate: &DoseRate,
    reached: f64,
    draw: f64,
    (never_factor, delay_factor): (f64, f64),
) -> Option<i32> {
    let of_reached = |share: f64| share / reached;
    let ever = 1.0 - (1.0 - of_reached(rate.ever)) * never_factor;
    if draw >= ever {
        return None;
    }
    let at = draw / ever * of_reached(rate.ever);
    let steps = [
        (0.0, 0.0),
        (of_reached(rate.within_7), 7.0),
        (of_reached(rate.within_30), 30.0),
        (of_reached(rate.within_90), 90.0),
        (of_reached(rate.ever), LATEST),
    ];
    let step = steps.windows(2).find(|step| at < step[1].0)?;
    let ((from, early), (to, late)) = (step[0], step[1]);
    let days = early + (at - from) / (to - from) * (late - early);
    Some((days * delay_factor) as i32)
}

impl Commune<'_> {
    pub fn wish(
        &mut self,
        defs: &Definitions,
        child: &mut Child,
        line: &Line<'_>,
        due: Day,
    ) -> Wish {
        let rates = &self.world.rates.vaccination;
        let (code, number) = (line.series.code.as_str(), line.number);
        let is_oral = code == "OPV";
        let source = if is_oral { "DPT_HB_HIB" } else { code };
        let rate = rates.dose.iter().find(|r| r.series == source && r.dose == number);
        let Some(rate) = rate else { return Wish::Never };
        let before = rates.dose.iter().find(|r| r.series == source && r.dose + 1 == number);
        let reached = before.map_or(1.0, |before| before.ever);
        let is_five = source == "DPT_HB_HIB";
        let fresh = if self.chance.is(rates.household_correlation) {
            child.habit
        } else {
            self.chance.unit()
        };
        let draw = if is_five { *child.draws.entry(number).or_insert(fresh) } else { fresh };
        // A vaccine that came later is offered to the children born before.
        let due = if date(child.born).year() < rate.from_birth_year {
            due.max(first_of_year(rate.from_birth_year) + 181)
        } else {
            due
        };
        let factors = (child.never_factor, child.delay_factor);
        let Some(days) = delay(rate, reached, draw, factors) else { return Wish::Never };
        if is_five && !is_oral && child.is_service {
            return Wish::Service(due + days.min(30));
        }
        if let Some(early) = self.too_early(defs, child, line) {
            return early;
        }
        if self.chance.is(rates.recorded_elsewhere) {
            return Wish::Elsewhere(due + days);
        }
        let mut on = self.world.calendar.session_near(due + days, due, child.is_outreach);
        if is_oral && !self.chance.is(rates.same_day_opv_with_dpt) {
            on = self.world.calendar.session_after(on, child.is_outreach);
        }
        self.shortage(child, code, on)
    }

    /// Some doses are given a few days before they would count.
    fn too_early(&mut self, defs: &Definitions, child: &Child, line: &Line<'_>) -> Option<Wish> {
        let rates = &self.world.rates.vaccination;
        let dose = line.series.doses.get(usize::from(line.number) - 1)?;
        if line.series.code == "BCG" || !self.chance.is(rates.invalid_early_dose) {
            return None;
        }
        let by_age = day_number(dose.earliest.after(date(child.born)));
        let after = dose.after.as_ref();
        let last = after.and_then(|after| {
            let serves = |code: &str| {
                defs.vaccine(code).is_some_and(|vaccine| vaccine.series.contains(&after.series))
            };
            let given = child.person.doses.iter().rev().find(|given| serves(&given.what.vaccine));
            given.map(|given| given.day)
        });
        let by_interval = last.zip(after).map(|(day, after)| day_number(after.at_least.after(day)));
        let by_interval = by_interval.unwrap_or(by_age);
        let counts_from = by_age.max(by_interval);
        let range = rates.early_days.0.draw(&mut self.chance).copied().flatten();
        let (low, high) = range.unwrap_or((1, 1));
        let on = counts_from - self.chance.between(low, high);
        let after_last = last.is_none_or(|last| day_number(last) < on);
        (on > child.born + 40 && after_last).then_some(Wish::Early(on))
    }

    /// In months without vaccine a few children are served; the others wait for the end of it.
    fn shortage(&mut self, child: &Child, series: &str, on: Day) -> Wish {
        for out in self.world.rates.vaccination.stockout.iter().filter(|o| o.series == series) {
            let days = out.from.parse::<Date>().ok().zip(out.to.parse::<Date>().ok());
            let Some((from, to)) = days.map(|(from, to)| (day_number(from), day_number(to))) else {
                continue;
            };
            if (from..=to).contains(&on) && !self.chance.is(out.served_share) {
                let again = to + self.chance.between(1, 45);
                let session = self.world.calendar.session_near(again, to, child.is_outreach);
                return Wish::Session(session);
            }
        }
        Wish::Session(on)
    }

    /// Hepatitis B within 24 hours, within a week, or not at all, by the place of birth.
    pub fn birth_dose(&mut self, defs: &Definitions, child: &mut Child) {
        let rates = &self.world.rates.vaccination;
        let place = self.souls[child.soul].birth_place.unwrap_or(BirthPlace::Centre);
        let (where_, giver) = match place {
            BirthPlace::Centre => ("hospital", Giver::Centre),
            BirthPlace::OtherHospital => ("hospital", Giver::OtherHospital),
            BirthPlace::Station => ("commune_station", Giver::Station),
            BirthPlace::Home => ("home", Giver::Station),
        };
        let share = |shares: &std::collections::BTreeMap<String, f64>| {
            shares.get(where_).copied().unwrap_or_default()
        };
        let (soon, week) = (share(&rates.hepb0.within_24h), share(&rates.hepb0.day_2_7));
        let draw = self.chance.unit();
        let born_minute = self.souls[child.soul].minute;
        let (day, minute) = match born_minute {
            _ if draw >= soon + week => return,
            Some(minute) if draw < soon => {
                let median = rates.hepb0.hours_after_birth_median * 60.0;
                let late = self.chance.unit();
                let after = if self.chance.is(0.5) {
                    60.0 + late * (median - 60.0)
                } else {
                    median + late * late * (23.5 * 60.0 - median)
                };
                let total = i32::from(minute) + after as i32;
                (total / 1440, Some((total % 1440) as u16))
            }
            _ if draw < soon => (0, None),
            _ => (self.chance.between(2, 6), None),
        };
        let on = child.born + day;
        if on >= self.souls[child.soul].until || on > self.today() {
            return;
        }
        let serves = |v: &tram_defs::immunisation::Vaccine| v.series.iter().any(|s| s == "HEPB0");
        let Some(vaccine) = defs.vaccines.iter().position(serves) else { return };
        let vaccine = vaccine as u16;
        child.given(defs, on, PlannedDose { vaccine, minute, has_lot: true, giver });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delays_follow_the_shares() {
        let rates = crate::demo::rates::Rates::shipped();
        let rate = &rates.vaccination.dose[1];
        let of_all = |draw| delay(rate, 1.0, draw, (1.0, 1.0));
        assert_eq!(of_all(0.0), Some(0));
        assert_eq!(of_all(rate.within_30), Some(30));
        assert_eq!(of_all(0.99), None);
        let days = of_all(0.98).expect("late, but given");
        assert!((90..330).contains(&days), "{days}");
        assert_eq!(delay(rate, 1.0, rate.within_30, (1.0, 1.5)), Some(45));
        assert_eq!(delay(rate, 1.0, 0.97, (3.0, 1.0)), None);
        let second = &rates.vaccination.dose[2];
        assert!(delay(second, rate.ever, 0.985, (1.0, 1.0)).is_some(), "few drop out");
    }
}
