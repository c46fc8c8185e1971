//! Every kind of fact: what happened to one subject, in the form that is hashed, signed and synced.
//!
//! ```text
//! one user action ─► Draft (ordered facts) ─► store appends a change-set: header + facts, one hash
//! ```
//!
//! **Architecture invariant:** the types of this module are the only ones of the inner crates with a
//! wire form. Variant and field numbers are append-only: a number is never reused, a field is never
//! removed, a new field is optional. Golden bytes in the tests hold this.
//!
//! **Unknown facts are kept.** The bytes are the truth; a fact this version cannot read decodes to
//! [`Body::Unknown`] and is stored and forwarded unchanged.

mod aefi;
mod body;
mod cold_chain;
mod dose;
mod form;
mod household;
mod office;
mod person;
mod plan;
mod session;
mod stock;
mod subject;
mod unit;
mod user;

pub use aefi::*;
pub use body::*;
pub use cold_chain::*;
pub use dose::*;
pub use form::*;
pub use household::*;
pub use office::*;
pub use person::*;
pub use plan::*;
pub use session::*;
pub use stock::*;
pub use subject::Subject;
pub use unit::*;
pub use user::*;

use minicbor::data::Token;
use minicbor::{Decode, Encode};
use tram_kernel::{Compartment, Date, Moment, NodeId, Shard, UnitId, UserId};
use tram_kernel::{day, text};

/// Where a fact stands in the log: the one name it has on every node, for ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(array)]
pub struct FactRef {
    #[n(0)]
    pub node: NodeId,
    #[n(1)]
    pub epoch: u32,
    #[n(2)]
    pub seq: u64,
    #[n(3)]
    pub ordinal: u16,
}

/// One event about one subject.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    pub subject: Subject,
    /// Where the subject's record was first written; never changes.
    pub shard: Shard,
    pub happened_on: Date,
    pub compartment: Compartment,
    pub body: Body,
}

impl Fact {
    pub fn new(subject: Subject, shard: Shard, happened_on: Date, body: Body) -> Self {
        let compartment = match body {
            Body::UserRegistered(_)
            | Body::RoleGranted(_)
            | Body::RoleRevoked(_)
            | Body::CompartmentOpened(_)
            | Body::CompartmentClosed(_)
            | Body::UserClosed(_) => Compartment::Staff,
            _ => Compartment::General,
        };
        Self { subject, shard, happened_on, compartment, body }
    }

    /// The bytes that are hashed: an array of subject, shard, day, compartment and body.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut e = minicbor::Encoder::new(Vec::with_capacity(96));
        let written: Result<(), minicbor::encode::Error<std::convert::Infallible>> = (|| {
            e.array(5)?;
            e.encode(self.subject)?.encode(self.shard)?;
            e.i32(day::day_number(self.happened_on))?.encode(self.compartment)?;
            match &self.body {
                Body::Unknown(raw) => {
                    e.writer_mut().extend_from_slice(raw);
                    Ok(())
                }
                known => e.encode(known)?.ok(),
            }
        })();
        written.expect("writing to memory does not fail");
        e.into_writer()
    }

    /// Reads only whom a fact is about and where it belongs: what is also kept in columns beside it.
    pub fn place_from_bytes(
        bytes: &[u8],
    ) -> Result<(Subject, Shard, Compartment), minicbor::decode::Error> {
        let mut d = minicbor::Decoder::new(bytes);
        d.array()?;
        let (subject, shard) = (d.decode()?, d.decode()?);
        d.skip()?;
        Ok((subject, shard, d.decode()?))
    }

    /// Reads a fact. A body of a kind or shape this version does not know is kept as raw bytes.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, minicbor::decode::Error> {
        let mut d = minicbor::Decoder::new(bytes);
        d.array()?;
        let (subject, shard) = (d.decode()?, d.decode()?);
        let happened_on = day::from_day_number(d.i32()?)
            .ok_or_else(|| minicbor::decode::Error::message("a day out of range"))?;
        let compartment = d.decode()?;
        let raw = &bytes[d.position()..];
        let body = minicbor::decode(raw).unwrap_or_else(|_| Body::Unknown(raw.to_vec()));
        Ok(Self { subject, shard, happened_on, compartment, body })
    }
}

/// A fact as it stands in the log: who recorded it, when, and under which name.
#[derive(Debug, Clone, PartialEq)]
pub struct Logged {
    pub at: FactRef,
    pub recorded_at: Moment,
    pub by: Option<UserId>,
    pub unit: Option<UnitId>,
    pub fact: Fact,
}

impl Logged {
    /// The order in which facts are folded: the same on every node, whatever order they arrived in.
    pub fn order(&self) -> (Moment, FactRef) {
        (self.recorded_at, self.at)
    }
}

/// What precedes the facts of a change-set in its hash: who did what, when, in which role.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(array)]
pub struct Header {
    #[n(0)]
    pub version: u8,
    #[n(1)]
    pub recorded_at: Moment,
    /// Code of the use case, `immunisation.record`.
    #[n(2)]
    pub action: String,
    #[n(3)]
    pub user: Option<UserId>,
    #[n(4)]
    pub role: Option<String>,
    #[n(5)]
    pub unit: Option<UnitId>,
    #[n(6)]
    pub reason: Option<String>,
    /// Codes of the warnings the person saw and accepted.
    #[n(7)]
    pub acknowledged: Vec<String>,
    #[n(8)]
    pub facts: u16,
}

/// A change-set before it has its place in the log: one user action.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    pub action: &'static str,
    pub user: Option<UserId>,
    pub role: Option<String>,
    pub unit: Option<UnitId>,
    pub recorded_at: Moment,
    pub reason: Option<String>,
    pub acknowledged: Vec<String>,
    pub facts: Vec<Fact>,
}

impl Draft {
    /// Whether a text of this user action holds characters nobody can see. Every text was cleaned where
    /// it was read; this is asked once more at the door, of texts of every kind.
    pub fn hides_text(&self) -> bool {
        let facts = self.facts.iter().map(Fact::to_bytes);
        let header = minicbor::to_vec(self.header()).expect("writing to memory does not fail");
        facts.chain([header]).any(|bytes| {
            let mut decoder = minicbor::Decoder::new(&bytes);
            let hides = |token| match token {
                Ok(Token::String(text)) => text::has_hidden(text),
                Ok(_) => false,
                Err(_) => true,
            };
            decoder.tokens().any(hides)
        })
    }

    pub fn header(&self) -> Header {
        Header {
            version: 1,
            recorded_at: self.recorded_at,
            action: self.action.into(),
            user: self.user,
            role: self.role.clone(),
            unit: self.unit,
            reason: self.reason.clone(),
            acknowledged: self.acknowledged.clone(),
            facts: u16::try_from(self.facts.len()).expect("a user action has few facts"),
        }
    }
}

#[cfg(test)]
mod tests;
