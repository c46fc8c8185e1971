//! Finding a rule in a checked set: by its code, or as it holds on a day.

use crate::aefi::AefiRule;
use crate::breakdown::Breakdown;
use crate::calendar::CalendarYear;
use crate::cold_chain::{Storage, Vial};
use crate::immunisation::{FullSet, Schedule, Series, Vaccine};
use crate::indicator::Indicator;
use crate::list::List;
use crate::pregnancy::Dating;
use crate::provenance::in_force;
use crate::role::Role;
use crate::screening::Screening;
use crate::set::Definitions;
use crate::tetanus::Tetanus;
use tram_kernel::Date;

impl Definitions {
    pub fn indicator(&self, code: &str) -> Option<&Indicator> {
        self.indicators.iter().find(|i| i.code == code)
    }

    pub fn role(&self, code: &str) -> Option<&Role> {
        self.roles.iter().find(|r| r.code == code)
    }

    pub fn list(&self, code: &str) -> Option<&List> {
        self.lists.iter().find(|l| l.code == code)
    }

    pub fn breakdown(&self, code: &str) -> Option<&Breakdown> {
        self.breakdowns.iter().find(|b| b.code == code)
    }

    /// The calendar of a year; `None` when nobody has written it yet.
    pub fn calendar_of(&self, year: i16) -> Option<&CalendarYear> {
        self.calendar.iter().find(|known| known.year == year)
    }

    pub fn vaccine(&self, code: &str) -> Option<&Vaccine> {
        self.vaccines.iter().find(|v| v.code == code)
    }

    /// The schedule in force on a day; before the first one known, the first one ("tạm dùng").
    pub fn schedule_on(&self, day: Date) -> &Schedule {
        in_force(&self.schedules, day, |s| &s.provenance)
            .or_else(|| self.schedules.iter().rev().find(|s| s.provenance.valid_from <= day))
            .unwrap_or(&self.schedules[0])
    }

    /// The rule by which a dose of a series given on a day is judged: the schedule of that day, or the
    /// earliest later one that has the series (it was given privately before the programme took it
    /// in), or the last earlier one (the programme has dropped it).
    pub fn series_on(&self, day: Date, code: &str) -> Option<&Series> {
        let later = self.schedules.iter().filter(|s| s.provenance.valid_from > day);
        let earlier = self.schedules.iter().rev().filter(|s| s.provenance.valid_from <= day);
        let mut in_order = std::iter::once(self.schedule_on(day)).chain(later).chain(earlier);
        in_order
            .find_map(|schedule| schedule.find(code))
            .or_else(|| self.beyond.as_ref().and_then(|beyond| beyond.find(code)))
            .or_else(|| self.tetanus_on(day).map(|rule| &rule.series).filter(|s| s.code == code))
    }

    /// Every series: of the schedules, beyond them, of women.
    pub fn all_series(&self) -> impl Iterator<Item = &Series> {
        let of_schedules = self.schedules.iter().chain(&self.beyond).flat_map(|s| &s.series);
        of_schedules.chain(self.tetanus.iter().map(|rule| &rule.series))
    }

    /// Whether a series is that of women by history.
    pub fn is_of_women(&self, code: &str) -> bool {
        self.tetanus.iter().any(|rule| rule.series.code == code)
    }

    /// A series by its code, as it is known now: of the newest schedule, or beyond it.
    pub fn series(&self, code: &str) -> Option<&Series> {
        let newest = self.newest_schedule();
        newest.find(code).or_else(|| self.series_on(newest.provenance.valid_from, code))
    }

    /// The rule for women on a day; before the first one known, the first one ("tạm dùng").
    pub fn tetanus_on(&self, day: Date) -> Option<&Tetanus> {
        in_force(&self.tetanus, day, |rule| &rule.provenance).or_else(|| self.tetanus.first())
    }

    /// How a pregnancy is dated on a day; before the first rule, by it.
    pub fn dating_on(&self, day: Date) -> Option<&Dating> {
        in_force(&self.datings, day, |rule| &rule.provenance).or_else(|| self.datings.first())
    }

    pub fn newest_schedule(&self) -> &Schedule {
        self.schedules.last().expect("a checked set has a schedule")
    }

    /// When a child is put off at screening.
    pub fn screening(&self) -> &Screening {
        self.screening.as_ref().expect("a checked set has a screening rule")
    }

    /// How vaccines are kept on a day; before the first rule known, by the first one ("tạm dùng").
    pub fn storage_on(&self, day: Date) -> &Storage {
        in_force(&self.storages, day, |s| &s.provenance)
            .or_else(|| self.storages.iter().rev().find(|s| s.provenance.valid_from <= day))
            .unwrap_or(&self.storages[0])
    }

    /// In what vials a vaccine comes, when it is known.
    pub fn vial(&self, vaccine: &str) -> Option<&Vial> {
        self.vials.iter().find(|vial| vial.vaccine == vaccine)
    }

    /// When and to whom an adverse event is reported.
    pub fn aefi(&self) -> &AefiRule {
        self.aefi.as_ref().expect("a checked set has a rule of reporting")
    }

    pub fn full_set_on(&self, day: Date) -> Option<&FullSet> {
        in_force(&self.full_sets, day, |s| &s.provenance)
    }
}
