//! Women with child: what they say of tetanus doses before, and the doses of this pregnancy.

use super::calendar::{Day, date};
use super::chance::Chance;
use super::deed::{Act, Deed, Giver, PlannedDose, Visit};
use super::soul::Commune;
use tram_defs::Definitions;
use tram_domain::fact::TetanusTold;
use tram_kernel::Moment;

/// A pregnancy that became known.
#[derive(Debug, Clone, Copy)]
pub(super) struct Expecting {
    pub mother: usize,
    pub noted: Day,
    pub delivery: Day,
}

/// The product the stations use, and the streams of its chance.
const VACCINE: &str = "TD";
const STREAMS: u64 = u64::MAX - 1_000_000;
/// Share of those asked who come, for each dose.
const COMES: f64 = 0.93;

impl Commune<'_> {
    /// Tells the tetanus doses of every pregnancy, with chance of its own: nothing else is told otherwise.
    pub fn protect_women(&mut self, defs: &Definitions, seed: u64) {
        let Some(vaccine) = defs.vaccines.iter().position(|v| v.code == VACCINE) else { return };
        let mut chance = Chance::new(seed, STREAMS - u64::from(self.place.number));
        for expecting in std::mem::take(&mut self.expecting) {
            self.protect(expecting, vaccine as u16, &mut chance);
        }
    }

    fn protect(&mut self, one: Expecting, vaccine: u16, chance: &mut Chance) {
        let mother = &self.souls[one.mother];
        let children = mother.children.iter().filter(|born| **born < one.noted).count();
        let id = mother.id;
        let last = self.today().min(mother.until.saturating_sub(1)).min(one.delivery - 1);
        // Children before this one: she was asked then as well.
        let before = (2 * children).min(5) as u8;
        let mut day = one.noted + 1;
        if day > last {
            return;
        }
        if before > 0 {
            let told = one.noted - 365 * 3;
            let body =
                TetanusTold { as_child: 0, doses: before, last: Some(date(told)), on_paper: true };
            let minute = 7 * 60 + 30 + chance.below(180) as u16;
            let moment = Moment::at(date(day), minute);
            self.deeds.push(Deed { at: moment, by: self.nurse, act: Act::Told(id, day, body) });
        }
        let wanted = match before {
            0 => 2,
            5 => 0,
            _ => 1,
        };
        for _ in 0..wanted {
            day += chance.between(1, 9);
            if day > last || !chance.is(COMES) {
                return;
            }
            let minute = 7 * 60 + 30 + chance.below(180) as u16;
            let dose =
                PlannedDose { vaccine, minute: Some(minute), has_lot: true, giver: Giver::Station };
            let act = Act::Doses(id, vec![Visit { on: day, doses: vec![dose] }]);
            let moment = Moment::at(date(day), minute + 10);
            self.deeds.push(Deed { at: moment, by: self.nurse, act });
            day += 31;
        }
    }
}
