//! The stock book: what a unit received, handed on, used, lost and counted of each lot. Vaccines first;
//! drugs and supplies are the same book with other items.
//!
//! ```text
//! facts of one lot at one unit ─► Lot: words, movements, opened vials, blocks
//! balance = sum of the movements − doses given of that lot (counted from the records of people)
//! ```
//!
//! **Only movements.** A balance is never written, so two machines of one unit that worked apart add up.
//! It may be negative: that is a discrepancy to be looked into, never clamped to nought.

mod card;
mod lot;
mod record;
mod said;
mod take;
#[cfg(test)]
mod tests;

pub use card::{CardLine, card};
pub use lot::{Lot, Moved, Movement, OpenVial};
pub use record::{Book, Wish, act};
pub use said::{Refusal, Warning};
pub use take::{Delivery, block, receive};

use crate::fact::{Fact, ItemKind};
use sha2::{Digest, Sha256};
use tram_kernel::{Date, LotId, Message, UnitId};

/// What was decided: the facts to append, and the warnings that travel with them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Decided {
    pub facts: Vec<Fact>,
    pub warnings: Vec<Warning>,
}

/// A lot as it is compared: capitals, without spaces. `25f 012` and `25F012` are one lot.
pub fn lot_key(lot: &str) -> String {
    lot.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_uppercase).collect()
}

/// The id of a lot at a unit, made of what it is: two machines that both take in the same lot write about
/// one subject without having met. (UUID of version 8: the rest is a SHA-256.)
pub fn lot_id(unit: UnitId, kind: ItemKind, item: &str, lot: &str) -> LotId {
    let mut hasher = Sha256::new();
    hasher.update(unit.to_bytes());
    for part in [kind.code(), item, &lot_key(lot)] {
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part.as_bytes());
    }
    let digest: [u8; 32] = hasher.finalize().into();
    let mut id = [0; 16];
    id.copy_from_slice(&digest[..16]);
    id[6] = 0x80 | (id[6] & 0x0F);
    id[8] = 0x80 | (id[8] & 0x3F);
    LotId::from_bytes(id)
}

/// What is known of a lot when a dose of it is written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LotState<'l> {
    pub lot: &'l str,
    pub expires: Option<Date>,
    /// The first day of a block that stands.
    pub blocked_since: Option<Date>,
}

impl LotState<'_> {
    /// What must be said of a dose of this lot given on a day.
    pub fn said_of_dose(&self, on: Date) -> Vec<Message> {
        let mut said = Vec::new();
        if let Some(last) = self.expires.filter(|last| *last < on) {
            let message = Message::new("warn-dose-lot-expired").with("lot", self.lot);
            said.push(message.with("day", last));
        }
        if let Some(since) = self.blocked_since.filter(|since| *since <= on) {
            let message = Message::new("warn-dose-lot-blocked").with("lot", self.lot);
            said.push(message.with("day", since));
        }
        said
    }
}
