//! Backups: everything that cannot be made again, of one moment, in one file for either engine.
//!
//! ```text
//! "tram backup 1\n"
//! T  rows of one table, deflated CBOR  ┐ each part carries
//! T  …                                 │ SHA-256(digest of the part before ‖ kind ‖ its bytes)
//! M  manifest, JSON: counts, heads     ┘
//! ```
//!
//! The tables folded from facts are left out: they are folded again. Sessions and drafts are left out, and the tokens
//! by which a node recognises its own data: whoever writes to restored data begins a new epoch.

mod file;
mod load;
mod write;

pub use file::BackupReader;
pub use load::load;
pub use write::write;

use crate::error::Result;
use crate::sql::{Row, Sql};
use crate::table::{
    CITIZEN_ACCESS, COMPUTER, DRAFT, EMERGENCY_ACCESS, LOG, LOGIN_FAILURE, RECENT_SAVE, SESSION,
    Table,
};
use serde::{Deserialize, Serialize};
use tram_kernel::NodeId;

crate::statements! {
    SETTINGS = "SELECT name, value FROM setting ORDER BY name";
    NEXT_KEY = "SELECT next_key FROM key_block WHERE name = 'key'";
    SET_NEXT_KEY = "UPDATE key_block SET next_key = ?1 WHERE name = 'key'";
    HEADS = "SELECT n.id, c.epoch, c.seq, c.hash, count(s.seq) FROM chain c
             JOIN node n ON n.node = c.node AND n.epoch = c.epoch
             LEFT JOIN change_set s ON s.node = c.node AND s.epoch = c.epoch
             GROUP BY n.id, c.epoch, c.seq, c.hash ORDER BY n.id, c.epoch";
    FACTS_OF = "SELECT n.id, c.epoch, count(*) FROM fact f
                JOIN change_set c ON c.change_set = f.change_set
                JOIN node n ON n.node = c.node
                GROUP BY n.id, c.epoch ORDER BY n.id, c.epoch";
    LEARNED = "SELECT max(learned_at) FROM change_set";
    FIRST_NODE = "SELECT id FROM node ORDER BY since, node LIMIT 1";
}

/// The format this program writes.
pub const FORMAT: i64 = 1;
/// How file names end.
pub const ENDING: &str = "trambak";

/// Tables whose rows are of one running program only.
const LEFT_OUT: [&str; 7] = [
    SESSION.name,
    LOGIN_FAILURE.name,
    DRAFT.name,
    RECENT_SAVE.name,
    COMPUTER.name,
    CITIZEN_ACCESS.name,
    EMERGENCY_ACCESS.name,
];

/// The tables whose rows are kept, in the order in which they are written.
fn kept() -> impl Iterator<Item = &'static Table> {
    LOG.iter().filter(|table| !LEFT_OUT.contains(&table.name))
}

/// The name of the data through all its copies.
pub fn database(sql: &mut dyn Sql) -> Result<String> {
    let read = |row: &mut Row| Ok(NodeId::from_u128(row.id()?).to_string());
    Ok(sql.one(FIRST_NODE, &[], read)?.unwrap_or_default())
}

/// Rows of one table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    pub table: String,
    pub rows: u64,
}

/// The end of one chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChainHead {
    pub node: String,
    pub epoch: u32,
    pub seq: u64,
    pub hash: String,
    pub change_sets: u64,
    pub facts: u64,
}

/// The last page of a backup. Moments are milliseconds of UTC; nothing here is about a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    pub format: i64,
    /// Version of the program that made it.
    pub program: String,
    pub engine: String,
    pub schema: i64,
    /// Names the data through all its copies: the first node that ever wrote to it.
    pub database: String,
    pub made_at: i64,
    /// When the last change-set in it was learned; nothing later is in it.
    pub last_at: Option<i64>,
    pub change_sets: u64,
    pub facts: u64,
    pub tables: Vec<Counted>,
    pub chains: Vec<ChainHead>,
    /// The digest of the last part before this page, in hex: it binds all before it.
    pub sha256: String,
}
