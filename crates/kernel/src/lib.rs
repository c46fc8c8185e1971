//! The words every other crate uses, and nothing about any programme.
//!
//! ```text
//! typed text ─► parse ─► a value that is proof of being well formed (CitizenNumber, Day, Period …)
//! ```
//!
//! **Architecture invariant:** no I/O, no clock, no randomness, no logging, no sentence in any human
//! language. What must be said to a person leaves here as a [`Message`]: a code with arguments.

pub mod birth;
pub mod compartment;
pub mod day;
pub mod id;
pub mod identifier;
pub mod message;
pub mod moment;
pub mod number;
pub mod period;
pub mod place;
pub mod sex;
pub mod share;
pub mod text;

pub use birth::{BirthDate, Precision};
pub use compartment::Compartment;
pub use day::Date;
pub use id::{
    AreaId, CampaignId, FileId, FridgeId, HouseholdId, LotId, NodeId, PersonId, PlanId, SessionId,
    UnitId, UserId,
};
pub use message::{Arg, Finding, Message, Severity};
pub use moment::Moment;
pub use period::Period;
pub use place::{CommuneCode, ProvinceCode, Shard};
pub use sex::Sex;
pub use share::Share;
