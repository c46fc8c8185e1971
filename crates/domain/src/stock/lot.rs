//! The facts of one lot folded into what is known of it.

use crate::fact::{
    Body, FactRef, IssueKind, ItemKind, Logged, LossKind, LotBlocked, LotChange, LotRegistered,
    StockCounted, StockIssued, StockLost, StockReceived,
};
use crate::person::{Field, On};
use std::collections::HashSet;
use tram_defs::Definitions;
use tram_kernel::{Date, LotId, Moment, Shard, UnitId, UserId};

/// A quantity that came or went.
#[derive(Debug, Clone, PartialEq)]
pub enum Moved {
    Received(StockReceived),
    Issued(StockIssued),
    Lost(StockLost),
    Counted(StockCounted),
}

impl Moved {
    /// In smallest parts; negative when it left.
    pub fn quantity(&self) -> i64 {
        match self {
            Self::Received(body) => i64::from(body.quantity),
            Self::Issued(body) => -i64::from(body.quantity),
            Self::Lost(body) => -i64::from(body.quantity),
            Self::Counted(body) => i64::from(body.counted) - body.book,
        }
    }

    /// The column of the monthly report it belongs to.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Received(_) => "received",
            Self::Issued(StockIssued { kind: IssueKind::Transfer, .. }) => "transfer",
            Self::Issued(StockIssued { kind: IssueKind::Return, .. }) => "return",
            Self::Lost(StockLost { kind: LossKind::Wasted, .. }) => "wasted",
            Self::Lost(StockLost { kind: LossKind::Destroyed, .. }) => "destroyed",
            Self::Counted(_) => "counted",
        }
    }
}

/// A movement with its day, and who wrote it down when.
#[derive(Debug, Clone, PartialEq)]
pub struct Movement {
    pub at: FactRef,
    pub day: Date,
    pub recorded_at: Moment,
    pub by: Option<UserId>,
    pub what: Moved,
}

/// Vials that were opened; closed when what was left has been written off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenVial {
    pub at: FactRef,
    pub day: Date,
    pub minute: Option<u16>,
    pub vials: u16,
    pub closed: bool,
}

impl OpenVial {
    /// Until when it may be used, by the rule of the day it was opened; without a time of opening, or
    /// without a limit in hours, until the end of that day.
    pub fn use_until(&self, defs: &Definitions, vaccine: &str) -> Moment {
        let storage = defs.storage_on(self.day);
        let limit = defs.vial(vaccine).and_then(|vial| storage.open_minutes(vial.form));
        let end = Moment::end_of(self.day);
        match (self.minute, limit) {
            (Some(minute), Some(limit)) => {
                let opened = Moment::at(self.day, minute);
                Moment::from_ms(opened.ms() + i64::from(limit) * 60_000).min(end)
            }
            _ => end,
        }
    }
}

/// What is known of one lot at one unit.
#[derive(Debug, Clone, PartialEq)]
pub struct Lot {
    pub id: LotId,
    pub shard: Shard,
    pub unit: UnitId,
    pub kind: ItemKind,
    pub item: String,
    /// As printed on the box.
    pub lot: String,
    pub expires: Field<Option<Date>>,
    pub maker: Field<Option<String>>,
    pub per_pack: Field<Option<u16>>,
    /// By day, then as written down.
    pub movements: Vec<Movement>,
    pub vials: Vec<OpenVial>,
    /// Blocks that stand.
    pub blocks: Vec<On<LotBlocked>>,
    /// The last look at the vaccine vial monitor.
    pub vvm: Option<(Date, u8)>,
    pub retracted: HashSet<FactRef>,
}

impl Lot {
    /// Folds the facts about one lot; `None` without a registration, or when all that was ever written
    /// of it was taken back.
    pub fn fold(id: LotId, facts: &[Logged]) -> Option<Self> {
        let mut sorted: Vec<&Logged> = facts.iter().collect();
        sorted.sort_by_key(|known| known.order());
        let retracted: HashSet<FactRef> = sorted
            .iter()
            .filter_map(|known| match &known.fact.body {
                Body::FactRetracted(body) => Some(body.what),
                _ => None,
            })
            .collect();
        let is_name = |known: &Logged| matches!(known.fact.body, Body::LotRegistered(_));
        let stands = |known: &&Logged| {
            let is_taking_back = matches!(known.fact.body, Body::FactRetracted(_));
            !is_taking_back && !retracted.contains(&known.at)
        };
        if !sorted.iter().any(stands) {
            return None;
        }
        // What names the lot stays even when its paper is taken back.
        sorted.retain(|known| is_name(known) || !retracted.contains(&known.at));
        let (opened, body) = sorted.iter().find_map(|known| match &known.fact.body {
            Body::LotRegistered(body) => Some((*known, body)),
            _ => None,
        })?;
        let mut lot = Self {
            id,
            shard: opened.fact.shard,
            unit: body.unit,
            kind: body.kind,
            item: body.item.clone(),
            lot: body.lot.clone(),
            expires: Field::new(opened.at, body.expires),
            maker: Field::new(opened.at, body.maker.clone()),
            per_pack: Field::new(opened.at, body.per_pack),
            movements: Vec::new(),
            vials: Vec::new(),
            blocks: Vec::new(),
            vvm: None,
            retracted,
        };
        let mut lifted = HashSet::new();
        for known in sorted {
            lot.apply(known, opened.at, &mut lifted);
        }
        lot.settle(&lifted);
        Some(lot)
    }

    fn apply(&mut self, known: &Logged, first: FactRef, lifted: &mut HashSet<FactRef>) {
        let (at, day) = (known.at, known.fact.happened_on);
        match &known.fact.body {
            Body::LotRegistered(body) if at != first => self.named_again(at, body),
            Body::LotAmended(body) => match &body.change {
                LotChange::Expires(last) => self.expires.amend(at, *last, &body.seen),
                LotChange::Maker(maker) => self.maker.amend(at, maker.clone(), &body.seen),
                LotChange::PerPack(n) => self.per_pack.amend(at, *n, &body.seen),
            },
            Body::StockReceived(body) => {
                if let Some(stage) = body.vvm {
                    self.look(day, stage);
                }
                self.moved(known, Moved::Received(body.clone()));
            }
            Body::StockIssued(body) => self.moved(known, Moved::Issued(body.clone())),
            Body::StockLost(body) => self.moved(known, Moved::Lost(body.clone())),
            Body::StockCounted(body) => self.moved(known, Moved::Counted(body.clone())),
            Body::VialOpened(body) => {
                let (minute, vials) = (body.minute, body.vials);
                self.vials.push(OpenVial { at, day, minute, vials, closed: false });
            }
            Body::LotBlocked(body) => self.blocks.push(On { at, day, what: body.clone() }),
            Body::LotUnblocked(body) => lifted.extend(&body.seen),
            Body::VvmRead(body) => self.look(day, body.stage),
            _ => {}
        }
    }

    /// Another machine took in the same lot: what it read on the box stands beside, never instead.
    fn named_again(&mut self, at: FactRef, body: &LotRegistered) {
        if body.expires.is_some() {
            self.expires.amend(at, body.expires, &unknown(&self.expires));
        }
        if body.maker.is_some() {
            self.maker.amend(at, body.maker.clone(), &unknown(&self.maker));
        }
        if body.per_pack.is_some() {
            self.per_pack.amend(at, body.per_pack, &unknown(&self.per_pack));
        }
    }

    fn moved(&mut self, known: &Logged, what: Moved) {
        let (at, day) = (known.at, known.fact.happened_on);
        let (recorded_at, by) = (known.recorded_at, known.by);
        self.movements.push(Movement { at, day, recorded_at, by, what });
    }

    /// A monitor only ever gets darker; of two looks on one day the worse one counts.
    fn look(&mut self, day: Date, stage: u8) {
        self.vvm = self.vvm.max(Some((day, stage)));
    }

    fn settle(&mut self, lifted: &HashSet<FactRef>) {
        self.movements.sort_by_key(|moved| (moved.day, moved.recorded_at, moved.at));
        self.blocks.retain(|block| !lifted.contains(&block.at));
        self.blocks.sort_by_key(|block| (block.day, block.at));
        let written_off: HashSet<FactRef> = self
            .movements
            .iter()
            .filter_map(|moved| match &moved.what {
                Moved::Lost(body) => body.vial,
                _ => None,
            })
            .collect();
        for vial in &mut self.vials {
            vial.closed = written_off.contains(&vial.at);
        }
    }

    /// The sum of the movements, without the doses given to people.
    pub fn sum(&self) -> i64 {
        self.movements.iter().map(|moved| moved.what.quantity()).sum()
    }

    /// The last day of use; of several that stand the earliest, because it is the safe one.
    pub fn last_day(&self) -> Option<Date> {
        self.expires.heads().iter().filter_map(|(_, day)| *day).min()
    }

    pub fn is_expired_on(&self, day: Date) -> bool {
        self.last_day().is_some_and(|last| last < day)
    }

    /// The first day of a block that stands.
    pub fn blocked_since(&self) -> Option<Date> {
        self.blocks.first().map(|block| block.day)
    }

    /// Names of the fields that hold several values nobody has yet decided between.
    pub fn conflicts(&self) -> Vec<&'static str> {
        let held = [
            ("expires", self.expires.is_conflict()),
            ("maker", self.maker.is_conflict()),
            ("per_pack", self.per_pack.is_conflict()),
        ];
        held.into_iter().filter(|(_, conflict)| *conflict).map(|(name, _)| name).collect()
    }
}

/// Heads that say nothing: any value known takes their place.
fn unknown<T: Clone + PartialEq>(field: &Field<Option<T>>) -> Vec<FactRef> {
    let silent = field.heads().iter().filter(|(_, value)| value.is_none());
    silent.map(|(at, _)| *at).collect()
}
