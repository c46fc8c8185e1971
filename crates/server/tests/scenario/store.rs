//! The stock book, the fridge and adverse events in a story: what is written, and what the station sees.

use super::act::minute;
use super::stage::{Ending, Stage, date};
use serde::Deserialize;
use tram_app::aefi::AefiForm;
use tram_app::cold_chain::Reading;
use tram_app::stock::{LotLine, Sent};
use tram_domain::cold_chain;
use tram_domain::fact::{
    AefiConcluded, AefiFollowed, AefiRecorded, AefiReported, ColdIncident, ColdIncidentDecided,
    FridgeRegistered, IssueKind, ItemKind, LossKind, LotBlocked, LotRegistered, ReadingSlot,
    StockIssued, StockLost, StockReceived, TemperatureRead,
};
use tram_domain::immunisation::AefiWish;
use tram_domain::stock::{Delivery, Wish, lot_id};
use tram_kernel::day::show;
use tram_kernel::{FridgeId, LotId, number};

/// A line of a delivery.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Receive {
    pub vaccine: String,
    pub lot: String,
    pub vials: u32,
    pub per_vial: u16,
    pub expires: String,
    pub vvm: Option<u8>,
    /// The day it came, when it is typed later.
    pub on: Option<String>,
}

/// What happened to a lot: `wasted`, `destroyed`, `transfer`, `return`, `counted`, `blocked`, `unblocked`, `vvm`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LotEvent {
    pub vaccine: String,
    pub lot: String,
    pub what: String,
    #[serde(default)]
    pub doses: u32,
    #[serde(default)]
    pub reason: String,
}

/// A reaction to all doses of the last day.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Aefi {
    pub who: String,
    pub on: String,
    #[serde(default)]
    pub severe: bool,
    pub signs: Vec<String>,
    pub noticed: String,
    pub at: String,
}

/// What came later of the last reaction: `sent`, `followed`, `concluded`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AefiLater {
    pub who: String,
    pub what: String,
    pub code: String,
    pub at: Option<String>,
}

/// Readings of one day of the one fridge: `sáng` and `chiều`, as typed.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fridge {
    pub on: String,
    pub morning: Option<i16>,
    pub afternoon: Option<i16>,
}

/// It was too warm or too cold: highest and lowest in tenths, what was decided.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Incident {
    pub on: String,
    pub told: String,
    pub lowest: Option<i16>,
    pub decision: Option<String>,
}

impl Stage {
    fn lot(&self, vaccine: &str, lot: &str) -> LotId {
        lot_id(self.unit, ItemKind::Vaccine, vaccine, lot)
    }

    pub(super) fn receive(&self, what: &Receive) -> Ending {
        let named = LotRegistered {
            unit: self.unit,
            kind: ItemKind::Vaccine,
            item: what.vaccine.clone(),
            lot: what.lot.clone(),
            expires: Some(date(&what.expires)),
            maker: None,
            per_pack: Some(what.per_vial),
        };
        let body = StockReceived {
            quantity: what.vials * u32::from(what.per_vial),
            from: Some("Trung tâm Y tế khu vực".into()),
            document: None,
            vvm: what.vvm,
            temperature: None,
            note: None,
        };
        let lines = [Delivery { named, body }];
        let on = what.on.as_deref().map_or(self.today, date);
        let done = self.twice(|accepted| {
            let sent = Sent { accepted, command: None };
            self.app.receive_stock(&self.head, self.unit, &lines, on, &sent)
        })?;
        Ok(done.warnings)
    }

    pub(super) fn lot_event(&self, what: &LotEvent) -> Ending {
        let (quantity, reason) = (what.doses, what.reason.clone());
        let lost = |kind| {
            Wish::Lose(StockLost {
                quantity,
                kind,
                reason: reason.clone(),
                document: None,
                note: None,
                vial: None,
            })
        };
        let left = |kind| {
            let (to, document, note) = (None, None, None);
            Wish::Issue(StockIssued { quantity, kind, to, document, note })
        };
        let wish = match what.what.as_str() {
            "wasted" => lost(LossKind::Wasted),
            "destroyed" => lost(LossKind::Destroyed),
            "transfer" => left(IssueKind::Transfer),
            "return" => left(IssueKind::Return),
            "counted" => Wish::Count(quantity, Some(reason).filter(|r| !r.is_empty())),
            "blocked" => Wish::Block(LotBlocked { reason, note: None }),
            "unblocked" => Wish::Unblock(reason),
            "vvm" => Wish::Vvm(quantity as u8),
            other => panic!("{other} does not happen to lots"),
        };
        let (id, on) = (self.lot(&what.vaccine, &what.lot), self.today);
        let done = self.twice(|accepted| {
            let sent = Sent { accepted, command: None };
            self.app.change_lot(&self.head, id, &wish, on, &sent)
        })?;
        Ok(done.warnings)
    }

    pub(super) fn aefi(&mut self, what: &Aefi) -> Ending {
        let person = self.who(&what.who);
        let page = self.app.person_page(&self.head, person)?;
        let doses = &page.view.person.doses;
        let last = doses.last().map(|dose| dose.day);
        let refs = doses.iter().filter(|dose| Some(dose.day) == last).map(|dose| dose.at);
        let body = AefiRecorded {
            doses: refs.collect(),
            severe: what.severe,
            minute: None,
            signs: what.signs.clone(),
            told: None,
            degree: None,
            care: None,
            outcome: "watching".into(),
            noticed_on: date(&what.noticed),
            noticed_minute: minute(&what.at),
            unit: self.unit,
        };
        let form = AefiForm { person, body, on: date(&what.on) };
        let done = self.twice(|accepted| {
            self.app.record_aefi(&self.head, &form, &Sent { accepted, command: None })
        })?;
        if done.value > 0 {
            self.line(&format!("Khóa {} thẻ kho.", done.value));
        }
        Ok(done.warnings)
    }

    pub(super) fn aefi_later(&self, what: &AefiLater) -> Ending {
        let person = self.who(&what.who);
        let page = self.app.person_page(&self.head, person)?;
        let aefi = page.view.person.aefi.last().expect("an event").event.at;
        let code = what.code.clone();
        let wish = match what.what.as_str() {
            "sent" => AefiWish::Report(AefiReported {
                aefi,
                to: code,
                minute: what.at.as_deref().map_or(0, minute),
                by: None,
                document: None,
            }),
            "followed" => AefiWish::Follow(AefiFollowed { aefi, outcome: code, told: None }),
            "concluded" => {
                AefiWish::Conclude(AefiConcluded { aefi, cause: code, told: None, by: None })
            }
            other => panic!("{other} does not follow an event"),
        };
        self.app.follow_aefi(&self.head, person, &wish, self.today, None)?;
        Ok(Vec::new())
    }

    /// The only fridge; it is set up when it is first read.
    fn the_fridge(&self, since: &str) -> Result<FridgeId, tram_app::Failure> {
        let days = (date(since), self.today);
        let page = self.app.cold_chain(&self.head, None, days)?;
        if let Some(fridge) = page.fridges.first() {
            return Ok(fridge.id);
        }
        let body = FridgeRegistered { unit: self.unit, name: "Tủ lạnh 1".into(), model: None };
        self.app.add_fridge(&self.head, &body, date(since), None)
    }

    pub(super) fn fridge(&self, what: &Fridge) -> Ending {
        let fridge = self.the_fridge(&what.on)?;
        let on = date(&what.on);
        let slots =
            [(ReadingSlot::Morning, what.morning), (ReadingSlot::Afternoon, what.afternoon)];
        let readings: Vec<Reading> = slots
            .into_iter()
            .filter_map(|(slot, tenths)| {
                let what = TemperatureRead { slot, tenths: tenths?, minute: None, note: None };
                Some(Reading { fridge, on, what })
            })
            .collect();
        self.app.read_temperatures(&self.head, &readings, None)?;
        Ok(Vec::new())
    }

    pub(super) fn incident(&self, what: &Incident) -> Ending {
        let fridge = self.the_fridge(&what.on)?;
        let stock = self.app.stock(&self.head, None, ItemKind::Vaccine)?;
        let inside = stock.lots.iter().filter(|line| line.balance > 0);
        let body = ColdIncident {
            minute: None,
            until: Some(date(&what.on)),
            until_minute: None,
            lowest: what.lowest,
            highest: None,
            told: what.told.clone(),
            lots: inside.map(|line| line.row.id).collect(),
        };
        let (wish, on) = (cold_chain::Wish::Incident(body), date(&what.on));
        self.app.change_fridge(&self.head, fridge, &wish, on, None)?;
        if let Some(decision) = &what.decision {
            let page = self.app.fridge_page(&self.head, fridge)?;
            let incident = page.fridge.incidents.last().expect("an incident").told.at;
            let decision = decision.clone();
            let body = ColdIncidentDecided { incident, decision, told: None };
            let wish = cold_chain::Wish::Decide(body);
            self.app.change_fridge(&self.head, fridge, &wish, self.today, None)?;
        }
        Ok(Vec::new())
    }

    fn state(&self, line: &LotLine) -> &'static str {
        match (line.row.blocked_since.is_some(), line.expired, line.spent) {
            (true, ..) => ", đang khóa",
            (_, true, _) => ", hết hạn",
            (_, _, true) => ", VVM phải hủy",
            _ if line.soon => ", gần hết hạn",
            _ => "",
        }
    }

    /// What there is of each lot, and what does not add up.
    pub(super) fn stock(&mut self) {
        let page = self.app.stock(&self.head, None, ItemKind::Vaccine).expect("a stock book");
        let mut lines = vec!["Tồn kho:".to_owned()];
        for line in &page.lots {
            let last = line.row.expires.map_or_else(String::new, |d| format!(", hạn {}", show(d)));
            let state = self.state(line);
            lines.push(format!(
                "  {} lô {}{last}: còn {} liều{state}",
                line.row.item, line.row.lot, line.balance
            ));
        }
        for other in &page.strangers {
            let lot = if other.lot.is_empty() { "không ghi lô" } else { other.lot.as_str() };
            lines.push(format!("  chưa nhập: {} {lot}, đã tiêm {} liều", other.item, other.given));
        }
        self.lines(&lines);
    }

    /// The card of a lot: `BCG, 26A1`.
    pub(super) fn stock_card(&mut self, which: &str) {
        let (vaccine, lot) = which.split_once(", ").expect("a vaccine and a lot");
        let id = self.lot(vaccine, lot);
        let page = self.app.lot_page(&self.head, id).expect("a card");
        let mut lines = vec![format!("Thẻ kho {vaccine} lô {lot}:")];
        for line in &page.card {
            let code = line.moved.as_ref().map_or("given", |moved| moved.what.code());
            let what = self.words.say(&format!("moved-{code}"));
            let (came, left, balance) = (line.came, line.left, line.balance);
            lines.push(format!("  {}  {what}: +{came} −{left}, còn {balance}", show(line.day)));
        }
        self.lines(&lines);
    }

    pub(super) fn stock_month(&mut self, month: &str) {
        let period = month.parse().expect("a period");
        let report = self.app.stock_month(&self.head, None, period).expect("a report");
        let mut lines = vec![format!("Nhập, xuất, tồn {month}:")];
        for (item, row) in report.by_item() {
            let share = row.wastage();
            let rate = share.thousandths(100).map_or("–".into(), number::show_thousandths);
            lines.push(format!(
                "  {item}: đầu {}, nhập {}, tiêm {}, hao phí {}, hủy {}, trả {}, cấp {}, kiểm kê {}, cuối {}; hao phí {rate} % ({}/{})",
                row.opening, row.received, row.given, row.wasted, row.destroyed, row.returned,
                row.transferred, row.counted, row.closing, share.numerator, share.denominator
            ));
        }
        self.lines(&lines);
    }

    pub(super) fn events(&mut self) {
        let rows = self.app.adverse_events(&self.head).expect("events");
        let untold = self.app.untold_events(&self.head).expect("events").len();
        let mut lines =
            vec![format!("Phản ứng sau tiêm ({untold} tai biến nặng chưa báo cáo đủ):")];
        for row in &rows {
            let kind = if row.severe { "tai biến nặng" } else { "thông thường" };
            let until =
                row.report_until.map_or_else(String::new, |at| format!(", hạn {}", at.show()));
            let told = row.told_at.map_or_else(String::new, |at| format!(", đủ lúc {}", at.show()));
            let outcome = self.named("aefi_outcome", &row.outcome);
            let (name, on) = (&row.person.name, show(row.on));
            lines.push(format!("  {on} {name}: {kind}, {outcome}{until}{told}"));
        }
        self.lines(&lines);
    }

    /// The fridge from one day to another: `2026-03-01..2026-03-04`.
    pub(super) fn cold(&mut self, days: &str) {
        let (first, last) = days.split_once("..").expect("two days");
        let days = (date(first), date(last));
        let page = self.app.cold_chain(&self.head, None, days).expect("fridges");
        let mut lines = Vec::new();
        for fridge in &page.fridges {
            let missing = page.missing(fridge, self.today, 23 * 60);
            lines.push(format!("{}: thiếu {missing} lần ghi", fridge.name));
            for read in page.readings.iter().filter(|read| read.fridge == fridge.key) {
                let slot = self.words.say(&format!("slot-{}", read.slot.code()));
                let degrees = number::show_thousandths(i64::from(read.tenths) * 100);
                lines.push(format!("  {} {slot}: {degrees}", show(read.day)));
            }
        }
        self.lines(&lines);
    }
}
