//! The end of a transaction: tables follow the facts, numbers go stale, the chain moves on.

use super::follow::Touched;
use super::{Tx, change_set_row};
use crate::error::{Result, StoreError};
use crate::node::{self, Writer};
use crate::sql::Val;
use crate::table::CHANGE_SET;
use crate::vals;
use std::collections::BTreeMap;
use tram_domain::fact::Subject;
use tram_kernel::{Date, Shard};

crate::statements! {
    FEED = "INSERT INTO feed_head (shard, n) VALUES (?1, ?2)
            ON CONFLICT (shard) DO UPDATE SET n = feed_head.n + excluded.n RETURNING n";
    STAMP = "INSERT INTO area_stamp (area, n) VALUES (?, ?)
             ON CONFLICT (area) DO UPDATE SET n = area_stamp.n + 1 RETURNING area, n";
    STALE = "INSERT INTO area_month (area, month, n) VALUES (?, ?, ?)
             ON CONFLICT (area, month) DO UPDATE SET n = excluded.n RETURNING n";
}

/// Months before this one are one heap: nobody asks for older numbers.
fn month(since: Date) -> String {
    let text = since.to_string();
    if since.year() < 2000 { "2000-01".into() } else { text[..7].into() }
}

impl Tx<'_> {
    /// Projects, stamps, numbers and signs. The transaction must be committed right after.
    pub(crate) fn finish(mut self) -> Result<Writer> {
        let is_place = |subject: &Subject| matches!(subject, Subject::Unit(_) | Subject::Area(_));
        let is_written = |subject: &Subject| !self.subjects[subject].added.is_empty();
        let network_changed = self.order.iter().any(|s| is_place(s) && is_written(s));
        let touched = self.follow()?;
        self.flush()?;
        self.stamp(&touched)?;
        self.number_and_sign()?;
        if network_changed {
            // Reads the facts just written, so their change-sets must stand.
            self.project_network()?;
        }
        Ok(self.writer)
    }

    fn stamp(&mut self, touched: &Touched) -> Result<()> {
        let areas: Vec<Vec<Val>> =
            touched.0.keys().map(|area| vals![*area, 1_i64].into()).collect();
        let mut stale = Vec::with_capacity(areas.len());
        self.sql.each_of_rows(STAMP, &areas, &mut |mut row| {
            let (area, n) = (row.int()?, row.int()?);
            let since = touched.0.get(&area).copied().unwrap_or(Date::MIN);
            stale.push(vals![area, month(since), n].into());
            Ok(())
        })?;
        self.sql.each_of_rows(STALE, &stale, &mut |_| Ok(()))
    }

    /// The rows written here must follow the definitions all others follow. Asked after the change-sets
    /// were inserted: an adoption keeps inserts waiting, so none can come in between.
    fn assert_definitions(&mut self) -> Result<()> {
        let ours = self.folded_with.unwrap_or(self.defs.sha256);
        let folded = crate::rebuild::folded_with(self.sql)?;
        if folded.is_some_and(|hash| hash != node::hex(&ours)) {
            return Err(StoreError::OtherDefinitions);
        }
        Ok(())
    }

    /// Feed numbers under the row lock of each shard, then the chain head with its signature.
    fn number_and_sign(&mut self) -> Result<()> {
        let mut count: BTreeMap<Shard, i64> = BTreeMap::new();
        for pending in &self.pending {
            *count.entry(pending.shard).or_default() += 1;
        }
        let mut next: BTreeMap<Shard, i64> = BTreeMap::new();
        for (shard, n) in count {
            let last = self.sql.number(FEED, &vals![shard.number(), n])?;
            next.insert(shard, last - n);
        }
        let mut rows = Vec::with_capacity(self.pending.len());
        for pending in &self.pending {
            let seq = next.get_mut(&pending.shard).expect("counted above");
            *seq += 1;
            rows.push(change_set_row(pending, &self.writer, self.now, *seq));
        }
        self.sql.insert_many(&CHANGE_SET, &rows)?;
        let before = self.writer.seq - self.pending.len() as u64;
        if !self.pending.is_empty() {
            node::advance(self.sql, before, &self.writer)?;
            self.assert_definitions()?;
        }
        Ok(())
    }
}
