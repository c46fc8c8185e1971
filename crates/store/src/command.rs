//! Commands already carried out, by the key their asker chose.

use crate::error::Result;
use crate::sql::Sql;
use crate::vals;
use tram_kernel::Moment;

crate::statements! {
    FIND = "SELECT request, answer FROM command WHERE command = ?1";
    /// Whoever comes second with the same key waits here until the first one's transaction is over.
    CLAIM = "INSERT INTO command (command, request, answer, at) VALUES (?1, ?2, '', ?3)
             ON CONFLICT (command) DO NOTHING";
    REMEMBER = "UPDATE command SET answer = ?2 WHERE command = ?1";
    FORGET = "DELETE FROM command WHERE at < ?1";
}

/// Takes a key for this transaction, or says which request and answer it was given before.
pub fn claim(
    sql: &mut dyn Sql,
    key: &[u8; 32],
    request: &[u8; 32],
    now: Moment,
) -> Result<Option<(Vec<u8>, String)>> {
    if sql.exec(CLAIM, &vals![*key, *request, now.ms()])? == 1 {
        return Ok(None);
    }
    sql.one(FIND, &vals![*key], |row| Ok((row.blob()?, row.text()?)))
}

/// Whether a command with this key was carried out.
pub fn is_known(sql: &mut dyn Sql, key: &[u8; 32]) -> Result<bool> {
    Ok(sql.one(FIND, &vals![*key], |row| row.blob())?.is_some())
}

/// Keeps the answer under a key this transaction has claimed.
pub fn remember(sql: &mut dyn Sql, key: &[u8; 32], answer: &str) -> Result<()> {
    sql.exec(REMEMBER, &vals![*key, answer])?;
    Ok(())
}

/// Forgets commands older than a moment.
pub fn forget(sql: &mut dyn Sql, before: Moment) -> Result<u64> {
    sql.exec(FORGET, &vals![before.ms()])
}
