//! Writing down what happened to a lot the book knows.

use super::{Decided, Lot, Refusal, Warning};
use crate::fact::{
    Body, Fact, FactRef, FactRetracted, IssueKind, LotAmended, LotBlocked, LotChange, LotUnblocked,
    StockCounted, StockIssued, StockLost, VialOpened, VvmRead,
};
use tram_defs::Definitions;
use tram_kernel::Date;

/// No station holds more of one lot than this.
const MOST: u32 = 10_000_000;

/// What the book says of a lot before something is written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Book {
    /// Movements minus doses given; may be negative.
    pub balance: i64,
    /// The first day of the book of this unit.
    pub opened: Option<Date>,
}

/// What somebody wants to write down of a lot.
#[derive(Debug, Clone, PartialEq)]
pub enum Wish {
    Issue(StockIssued),
    Lose(StockLost),
    /// Counted by hand, with why it differs.
    Count(u32, Option<String>),
    OpenVials(VialOpened),
    Block(LotBlocked),
    /// Lifts every block the asker sees, with the reason.
    Unblock(String),
    Vvm(u8),
    Amend(LotChange, String),
    /// Takes back a movement entered by mistake.
    Retract(FactRef, String),
}

pub(super) fn check_day(on: Date, today: Date) -> Result<(), Refusal> {
    if on > today { Err(Refusal::InFuture { on, today }) } else { Ok(()) }
}

pub(super) fn check_quantity(quantity: u32) -> Result<(), Refusal> {
    match quantity {
        0 => Err(Refusal::Nothing),
        n if n > MOST => Err(Refusal::TooMuch),
        _ => Ok(()),
    }
}

pub(super) fn is_listed(defs: &Definitions, list: &str, code: &str) -> bool {
    defs.list(list).is_some_and(|list| list.name(code).is_some())
}

/// Decides about a lot of the book. What leaves it to be used must be usable; what is lost, destroyed or
/// sent back is written down however bad it is.
pub fn act(
    defs: &Definitions,
    lot: &Lot,
    book: Book,
    wish: Wish,
    (on, today): (Date, Date),
) -> Result<Decided, Refusal> {
    check_day(on, today)?;
    let mut warnings = Vec::new();
    if let Some(opened) = book.opened.filter(|opened| on < *opened) {
        warnings.push(Warning::BeforeOpening { opened });
    }
    let body = match wish {
        Wish::Issue(body) => {
            check_quantity(body.quantity)?;
            if body.kind == IssueKind::Transfer {
                usable(lot, on)?;
            }
            beyond(lot, book, body.quantity, &mut warnings);
            body.into()
        }
        Wish::Lose(body) => {
            lose(defs, lot, &body)?;
            beyond(lot, book, body.quantity, &mut warnings);
            body.into()
        }
        Wish::Count(counted, reason) => {
            if counted > MOST {
                return Err(Refusal::TooMuch);
            }
            StockCounted { counted, book: book.balance, reason }.into()
        }
        Wish::OpenVials(body) => {
            check_quantity(body.vials.into())?;
            usable(lot, on)?;
            let doses = lot.per_pack.shown().map_or(1, u32::from);
            beyond(lot, book, u32::from(body.vials) * doses, &mut warnings);
            body.into()
        }
        other => of_the_lot(defs, lot, other, on)?,
    };
    Ok(Decided { facts: vec![Fact::new(lot.id.into(), lot.shard, on, body)], warnings })
}

/// What changes the lot itself and moves nothing.
fn of_the_lot(defs: &Definitions, lot: &Lot, wish: Wish, on: Date) -> Result<Body, Refusal> {
    Ok(match wish {
        Wish::Block(body) => {
            if !is_listed(defs, "lot_block_reason", &body.reason) {
                return Err(Refusal::UnknownReason { reason: body.reason });
            }
            body.into()
        }
        Wish::Unblock(reason) => {
            let seen: Vec<FactRef> = lot.blocks.iter().map(|block| block.at).collect();
            if seen.is_empty() {
                return Err(Refusal::NotBlocked);
            }
            needed(&reason)?;
            LotUnblocked { seen, reason }.into()
        }
        Wish::Vvm(stage) => {
            if !(1..=4).contains(&stage) {
                return Err(Refusal::BadVvm);
            }
            if lot.vvm == Some((on, stage)) {
                return Err(Refusal::NoChange);
            }
            VvmRead { stage }.into()
        }
        Wish::Amend(change, reason) => amend(lot, change, reason)?.into(),
        Wish::Retract(what, reason) => {
            let is_movement = lot.movements.iter().any(|moved| moved.at == what);
            let is_vial = lot.vials.iter().any(|vial| vial.at == what);
            if !is_movement && !is_vial {
                return Err(Refusal::NoChange);
            }
            needed(&reason)?;
            FactRetracted { what, reason }.into()
        }
        Wish::Issue(_) | Wish::Lose(_) | Wish::Count(..) | Wish::OpenVials(_) => {
            return Err(Refusal::NoChange);
        }
    })
}

fn needed(reason: &str) -> Result<(), Refusal> {
    if reason.trim().is_empty() { Err(Refusal::ReasonNeeded) } else { Ok(()) }
}

/// A planned use of what must not be used is refused; a dose that was given all the same is not asked here.
fn usable(lot: &Lot, on: Date) -> Result<(), Refusal> {
    if let Some(since) = lot.blocked_since() {
        return Err(Refusal::Blocked { since });
    }
    match lot.last_day().filter(|last| *last < on) {
        Some(last) => Err(Refusal::Expired { last }),
        None => Ok(()),
    }
}

fn beyond(lot: &Lot, book: Book, quantity: u32, warnings: &mut Vec<Warning>) {
    if i64::from(quantity) > book.balance {
        warnings.push(Warning::BeyondBook { lot: lot.lot.clone(), book: book.balance });
    }
}

fn lose(defs: &Definitions, lot: &Lot, body: &StockLost) -> Result<(), Refusal> {
    check_quantity(body.quantity)?;
    if !is_listed(defs, "stock_loss_reason", &body.reason) {
        return Err(Refusal::UnknownReason { reason: body.reason.clone() });
    }
    let is_open = |at: FactRef| lot.vials.iter().any(|vial| vial.at == at && !vial.closed);
    if body.vial.is_some_and(|at| !is_open(at)) {
        return Err(Refusal::NoSuchVial);
    }
    Ok(())
}

fn amend(lot: &Lot, change: LotChange, reason: String) -> Result<LotAmended, Refusal> {
    let (same, seen) = match &change {
        LotChange::Expires(last) => (lot.expires.shown() == last, &lot.expires.seen()),
        LotChange::Maker(maker) => (lot.maker.shown() == maker, &lot.maker.seen()),
        LotChange::PerPack(n) => (lot.per_pack.shown() == n, &lot.per_pack.seen()),
    };
    if same && seen.len() == 1 {
        return Err(Refusal::NoChange);
    }
    needed(&reason)?;
    Ok(LotAmended { change, seen: seen.clone(), reason: Some(reason) })
}
