//! The stock book of each station in the last year, the fridge in the last two months, two adverse events.
//!
//! ```text
//! all deeds of the lives ─► doses each station gives, by lot and session ─► deliveries that cover them,
//!                                                                          what opened vials leave over
//! ```
//!
//! Nothing is drawn from the streams of the lives: they tell the same story with or without a store.

use super::calendar::{Day, date};
use super::chance::Chance;
use super::deed::{Act, Deed, Giver, PlannedDose, Who, lot};
use super::network::Place;
use std::collections::{BTreeMap, BTreeSet};
use tram_defs::Definitions;
use tram_domain::fact::{
    FridgeRegistered, ItemKind, LossKind, LotRegistered, ReadingSlot, StockLost, StockReceived,
    TemperatureRead,
};
use tram_domain::stock::{Delivery, Wish, lot_id};
use tram_kernel::day::{add_months, day_number};
use tram_kernel::{Date, FridgeId, Moment, PersonId};

/// The book goes back about this far; lots change in even months, so it opens in one.
const MONTHS: i32 = 12;
/// Days of readings of the fridge.
const READ_DAYS: Day = 61;
/// Vials kept beyond what is planned, of the lots in use.
const RESERVE: u32 = 3;
const MAKERS: [&str; 4] = ["IVAC", "VABIOTECH", "POLYVAC", "Serum Institute of India"];

/// Doses of one lot by the day of the session.
type Sessions = BTreeMap<Day, u32>;

/// A station whose book is told.
struct Station<'a> {
    place: &'a Place,
    nurse: Who,
    defs: &'a Definitions,
    chance: Chance,
    opened: Day,
    today: Day,
    deeds: Vec<Deed>,
}

/// The first day of the book: of an even month, a year ago or less.
fn opening(today: Date) -> Day {
    let mut month = add_months(today.first_of_month(), -MONTHS);
    if month.month() % 2 == 1 {
        month = add_months(month, 1);
    }
    day_number(month)
}

/// The deeds of a station, whose lives are told by `deeds`.
pub(super) fn keep(
    place: &Place,
    defs: &Definitions,
    (seed, today): (u64, Date),
    deeds: &[Deed],
) -> Vec<Deed> {
    let (opened, nurse) = (opening(today), Some(place.number as u16 * 2));
    let chance = Chance::new(seed, u64::MAX - 16 - u64::from(place.number));
    let (today, told) = (day_number(today), Vec::new());
    let mut station = Station { place, nurse, defs, chance, opened, today, deeds: told };
    station.lots(&given(deeds, place, opened));
    station.fridge();
    match place.number {
        0 => station.event(deeds, false),
        1 => station.event(deeds, true),
        _ => {}
    }
    station.deeds
}

/// Doses a station gives from its own lots since the book was opened: vaccine, first day of its lot, days.
fn given(deeds: &[Deed], place: &Place, opened: Day) -> BTreeMap<u16, Sessions> {
    let staff = [Some(place.number as u16 * 2), Some(place.number as u16 * 2 + 1)];
    let mut found: BTreeMap<u16, Sessions> = BTreeMap::new();
    for deed in deeds.iter().filter(|deed| staff.contains(&deed.by)) {
        let Act::Doses(_, visits) = &deed.act else { continue };
        for visit in visits.iter().filter(|visit| visit.on >= opened) {
            for dose in visit.doses.iter().filter(|dose| is_ours(dose)) {
                *found.entry(dose.vaccine).or_default().entry(visit.on).or_default() += 1;
            }
        }
    }
    found
}

fn is_ours(dose: &PlannedDose) -> bool {
    dose.has_lot && dose.giver == Giver::Station
}

impl Station<'_> {
    fn at(&mut self, on: Day, minute: u16) -> Moment {
        let second = self.chance.below(60_000);
        Moment::from_ms(Moment::at(date(on), minute).ms() + i64::from(second))
    }

    fn tell(&mut self, on: Day, minute: u16, act: Act) {
        let (on, by) = (on.min(self.today), self.nurse);
        let at = self.at(on, minute);
        self.deeds.push(Deed { at, by, act });
    }

    /// First days of the runs of two months in which one lot of each vaccine is used.
    fn runs(&self) -> Vec<Day> {
        let mut starts = BTreeSet::new();
        let name = |on: Day| lot("", on, self.place.station);
        let mut last = String::new();
        for on in self.opened..=self.today {
            let now = name(on);
            if now != last {
                starts.insert(on);
                last = now;
            }
        }
        starts.into_iter().collect()
    }

    fn lots(&mut self, given: &BTreeMap<u16, Sessions>) {
        let runs = self.runs();
        let vaccines: Vec<u16> = (0..self.defs.vaccines.len() as u16)
            .filter(|at| self.defs.vaccines[usize::from(*at)].programme)
            .collect();
        for (n, start) in runs.iter().enumerate() {
            let end = runs.get(n + 1).copied().unwrap_or(Day::MAX);
            for vaccine in &vaccines {
                let sessions: Sessions = given
                    .get(vaccine)
                    .map(|days| days.range(*start..end).map(|(day, n)| (*day, *n)).collect())
                    .unwrap_or_default();
                let is_current = end == Day::MAX;
                if is_current || !sessions.is_empty() {
                    self.one_lot(*vaccine, *start, &sessions, is_current);
                }
            }
        }
    }

    /// A delivery that covers the sessions of its lot, and what the opened vials of each month leave over.
    fn one_lot(&mut self, vaccine: u16, start: Day, sessions: &Sessions, is_current: bool) {
        let product = &self.defs.vaccines[usize::from(vaccine)];
        let (code, name) = (product.code.clone(), lot(&product.code, start, self.place.station));
        let per_vial = u32::from(self.defs.vial(&code).map_or(1, |vial| vial.doses));
        let mut left_over: BTreeMap<(i16, i8), (Day, u32)> = BTreeMap::new();
        let mut vials = 0;
        for (day, doses) in sessions {
            let opened = doses.div_ceil(per_vial);
            vials += opened;
            let month = (date(*day).year(), date(*day).month());
            let rest = left_over.entry(month).or_insert((*day, 0));
            *rest = (*day, rest.1 + opened * per_vial - doses);
        }
        let spare = if is_current { RESERVE + self.chance.below(RESERVE) } else { 0 };
        let first = sessions.keys().next().copied().unwrap_or(start);
        let forgotten = self.place.number == 0 && code == "IPV" && !is_current;
        let named = self.named(&code, &name, start, per_vial);
        if !forgotten || sessions.len().is_multiple_of(2) {
            let quantity = (vials + spare) * per_vial;
            let body = StockReceived {
                quantity,
                from: Some(self.place.centre_name.clone()),
                document: Some(format!("PX-{}", 100 + self.chance.below(900))),
                vvm: (per_vial < 20).then_some(1),
                temperature: Some(20 + self.chance.below(50) as i16),
                note: None,
            };
            let delivery = Delivery { named: named.clone(), body };
            // Before the first session, and before its office hours.
            self.tell(start.min(first), 7 * 60 + 5, Act::Receive(Box::new(delivery)));
            let id = lot_id(named.unit, ItemKind::Vaccine, &code, &name);
            for (on, quantity) in left_over.into_values().filter(|(_, n)| *n > 0) {
                let reason = "opened";
                self.tell(on, 16 * 60 + 30, lost(id, quantity, LossKind::Wasted, reason));
            }
            if is_current && self.chance.is(0.15) {
                let reason = if self.chance.is(0.5) { "broken" } else { "vvm" };
                let on = (start + 9).min(self.today);
                self.tell(on, 10 * 60, lost(id, per_vial, LossKind::Destroyed, reason));
            }
        }
    }

    fn named(&mut self, code: &str, name: &str, start: Day, per_vial: u32) -> LotRegistered {
        let months = 10 + self.chance.below(14) as i32;
        LotRegistered {
            unit: self.place.station,
            kind: ItemKind::Vaccine,
            item: code.to_owned(),
            lot: name.to_owned(),
            expires: Some(add_months(date(start), months).last_of_month()),
            maker: self.chance.pick(&MAKERS).map(|maker| (*maker).to_owned()),
            per_pack: u16::try_from(per_vial).ok(),
        }
    }

    /// Read twice a day; now and then a reading is missing, once it was too warm.
    fn fridge(&mut self) {
        let since = self.today - READ_DAYS;
        let id = FridgeId::from_u128(self.chance.id(Moment::at(date(since), 0)));
        let body = FridgeRegistered {
            unit: self.place.station,
            name: "Tủ lạnh vắc xin".into(),
            model: Some("TCW 3000 AC".into()),
        };
        // Before its first reading.
        self.tell(since, 6 * 60 + 30, Act::Fridge(id, self.place.shard, body));
        let warm = since + 10 + self.chance.below(30) as Day;
        for on in since..=self.today {
            for (slot, hour) in [(ReadingSlot::Morning, 7), (ReadingSlot::Afternoon, 15)] {
                let (tenths, minute) = (30 + self.chance.below(38) as i16, self.chance.below(50));
                let is_missing = self.chance.is(0.02) && on < self.today;
                if is_missing || (on == self.today && slot == ReadingSlot::Afternoon) {
                    continue;
                }
                let is_warm = on == warm && slot == ReadingSlot::Afternoon;
                let tenths = if is_warm { 93 } else { tenths };
                let minute = hour * 60 + minute as u16;
                let what = TemperatureRead { slot, tenths, minute: Some(minute), note: None };
                self.tell(on, minute, Act::Reading(id, what));
            }
        }
    }

    /// The last child whose dose was typed some days ago has a reaction on the evening of that day.
    fn event(&mut self, deeds: &[Deed], severe: bool) {
        let (oldest, newest) = if severe { (40, 4) } else { (50, 10) };
        let days = self.today - oldest..=self.today - newest;
        let found: Option<(PersonId, Day)> = deeds
            .iter()
            .filter(|deed| deed.by == self.nurse)
            .filter_map(|deed| match &deed.act {
                Act::Doses(id, visits) => {
                    let visit = visits.last()?;
                    let typed = day_number(deed.at.day());
                    let ours = visits.len() == 1 && visit.doses.iter().all(is_ours);
                    let fits = ours && typed - visit.on <= 2 && days.contains(&typed);
                    fits.then_some((*id, visit.on, typed))
                }
                _ => None,
            })
            .max_by_key(|(id, on, _)| (*on, *id))
            .map(|(id, on, typed)| (id, on.max(typed - 2)));
        if let Some((person, on)) = found {
            self.tell(on + 3, 8 * 60, Act::Aefi(person, on, severe));
        }
    }
}

fn lost(id: tram_kernel::LotId, quantity: u32, kind: LossKind, reason: &str) -> Act {
    let reason = reason.to_owned();
    let body = StockLost { quantity, kind, reason, document: None, note: None, vial: None };
    Act::Lot(id, Box::new(Wish::Lose(body)))
}
