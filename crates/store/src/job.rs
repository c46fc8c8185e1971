//! Background work and messages to other systems: rows that survive a restart.

use crate::error::Result;
use crate::sql::{Row, Sql};
use crate::vals;
use tram_kernel::{Moment, Shard};

crate::statements! {
    ADD = "INSERT INTO job (job, kind, body, state, run_at, tries) VALUES (?1, ?2, ?3, 'waiting', ?4, 0)";
    DUE = "SELECT job, kind, body, tries FROM job WHERE state = 'waiting' AND run_at <= ?1
           ORDER BY run_at, job LIMIT 1";
    /// Taken only by the one whose update found it still waiting.
    CLAIM = "UPDATE job SET state = 'running', holder = ?2, tries = tries + 1
             WHERE job = ?1 AND state = 'waiting'";
    DONE = "UPDATE job SET state = 'done', said = ?2 WHERE job = ?1";
    AGAIN = "UPDATE job SET state = 'waiting', run_at = ?2, said = ?3 WHERE job = ?1";
    ABANDONED = "UPDATE job SET state = 'waiting' WHERE state = 'running' AND holder = ?1";
    LOST = "UPDATE job SET state = 'waiting' WHERE state = 'running' AND run_at < ?1";
    OPEN = "SELECT count(*) FROM job WHERE kind = ?1 AND state <> 'done'";
    BY_STATE = "SELECT state, count(*) FROM job GROUP BY state ORDER BY state";
    POST = "INSERT INTO outbox (message, shard, destination, dedup, body, state, at, tries)
            SELECT ?1, ?2, ?3, ?4, ?5, 'waiting', ?6, 0 WHERE NOT EXISTS
            (SELECT 1 FROM outbox WHERE destination = ?3 AND dedup = ?4)";
    WAITING = "SELECT message, body, tries FROM outbox WHERE destination = ?1 AND state = 'waiting'
               ORDER BY message LIMIT ?2";
    SENT = "UPDATE outbox SET state = 'sent' WHERE message = ?1";
    TRIED = "UPDATE outbox SET tries = tries + 1 WHERE message = ?1";
}

/// A job that was claimed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    pub key: i64,
    pub kind: String,
    pub body: String,
    pub tries: i64,
}

pub fn add(sql: &mut dyn Sql, key: i64, kind: &str, body: &str, run_at: Moment) -> Result<()> {
    sql.exec(ADD, &vals![key, kind, body, run_at.ms()])?;
    Ok(())
}

/// Takes the next job that is due; two processes never take the same one.
pub fn claim(sql: &mut dyn Sql, holder: &str, now: Moment) -> Result<Option<Job>> {
    let found = sql.one(DUE, &vals![now.ms()], |row| {
        Ok(Job { key: row.int()?, kind: row.text()?, body: row.text()?, tries: row.int()? })
    })?;
    let Some(job) = found else { return Ok(None) };
    let taken = sql.exec(CLAIM, &vals![job.key, holder])? == 1;
    Ok(taken.then_some(job))
}

pub fn done(sql: &mut dyn Sql, key: i64, said: &str) -> Result<()> {
    sql.exec(DONE, &vals![key, said])?;
    Ok(())
}

/// Puts a job back to be tried later.
pub fn again(sql: &mut dyn Sql, key: i64, run_at: Moment, said: &str) -> Result<()> {
    sql.exec(AGAIN, &vals![key, run_at.ms(), said])?;
    Ok(())
}

/// Jobs a holder left running when it went away wait again.
pub fn take_back(sql: &mut dyn Sql, holder: &str) -> Result<u64> {
    sql.exec(ABANDONED, &vals![holder])
}

/// Jobs that were due before a moment and are still running wait again: whoever ran them is gone.
pub fn take_lost(sql: &mut dyn Sql, before: Moment) -> Result<u64> {
    sql.exec(LOST, &vals![before.ms()])
}

/// Jobs of a kind that are not done.
pub fn open(sql: &mut dyn Sql, kind: &str) -> Result<i64> {
    sql.number(OPEN, &vals![kind])
}

/// How many jobs there are in each state.
pub fn by_state(sql: &mut dyn Sql) -> Result<Vec<(String, i64)>> {
    sql.all(BY_STATE, &[], |row| Ok((row.text()?, row.int()?)))
}

/// Puts a message in the outbox once, whatever how often it is posted.
pub fn post(
    sql: &mut dyn Sql,
    key: i64,
    shard: Shard,
    destination: &str,
    dedup: &[u8],
    body: &[u8],
    now: Moment,
) -> Result<bool> {
    let params = vals![key, shard.number(), destination, dedup, body, now.ms()];
    Ok(sql.exec(POST, &params)? == 1)
}

/// Messages that wait for a destination: key, body, tries so far.
pub fn waiting(
    sql: &mut dyn Sql,
    destination: &str,
    limit: i64,
) -> Result<Vec<(i64, Vec<u8>, i64)>> {
    sql.all(WAITING, &vals![destination, limit], |row: &mut Row| {
        Ok((row.int()?, row.blob()?, row.int()?))
    })
}

pub fn sent(sql: &mut dyn Sql, message: i64) -> Result<()> {
    sql.exec(SENT, &vals![message])?;
    Ok(())
}

pub fn tried(sql: &mut dyn Sql, message: i64) -> Result<()> {
    sql.exec(TRIED, &vals![message])?;
    Ok(())
}
