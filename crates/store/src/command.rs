//! Commands already carried out, by the key their asker chose.

use crate::error::Result;
use crate::sql::Sql;
use crate::vals;
use tram_kernel::Moment;

crate::statements! {
    FIND = "SELECT request, answer FROM command WHERE command = ?1";
    REMEMBER = "INSERT INTO command (command, request, answer, at) VALUES (?1, ?2, ?3, ?4)";
    FORGET = "DELETE FROM command WHERE at < ?1";
}

/// The request and the answer given under a key.
pub fn find(sql: &mut dyn Sql, key: &[u8; 32]) -> Result<Option<(Vec<u8>, String)>> {
    sql.one(FIND, &vals![*key], |row| Ok((row.blob()?, row.text()?)))
}

pub fn remember(
    sql: &mut dyn Sql,
    key: &[u8; 32],
    request: &[u8; 32],
    answer: &str,
    now: Moment,
) -> Result<()> {
    sql.exec(REMEMBER, &vals![*key, *request, answer, now.ms()])?;
    Ok(())
}

/// Forgets commands older than a moment.
pub fn forget(sql: &mut dyn Sql, before: Moment) -> Result<u64> {
    sql.exec(FORGET, &vals![before.ms()])
}
