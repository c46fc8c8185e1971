//! Local integer keys in blocks: short in every index, never leaving the database.

use crate::error::Result;
use crate::sql::{Row, Sql};
use crate::vals;

crate::statements! {
    /// Takes the next block; the row lock gives each asker a block of its own.
    TAKE = "UPDATE key_block SET next_key = next_key + ?1 WHERE name = 'key' RETURNING next_key";
}

/// Keys this process may hand out.
#[derive(Debug, Default)]
pub struct KeyBlock {
    next: i64,
    end: i64,
}

impl KeyBlock {
    pub const fn left(&self) -> i64 {
        self.end - self.next
    }

    /// Takes a new block. Must run in a transaction of its own: keys of a block that was rolled back
    /// would be handed out twice.
    pub fn refill(&mut self, sql: &mut dyn Sql, size: i64) -> Result<()> {
        let end = sql.one(TAKE, &vals![size], Row::int)?.unwrap_or(size);
        self.next = end - size;
        self.end = end;
        Ok(())
    }

    /// The next key. Callers refill before a transaction so that the block is long enough.
    pub fn take(&mut self) -> i64 {
        assert!(self.next < self.end, "a transaction took more keys than were reserved");
        self.next += 1;
        self.next
    }
}
