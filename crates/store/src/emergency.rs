//! Records opened whole in an emergency. Nothing here is a fact; the audit keeps who did and why.

use crate::error::Result;
use crate::sql::Sql;
use crate::vals;
use tram_kernel::{Moment, PersonId, UserId};

crate::statements! {
    OPEN = "INSERT INTO emergency_access (user_id, person, opened_at, reason) VALUES (?1, ?2, ?3, ?4)
            ON CONFLICT (user_id, person) DO UPDATE SET opened_at = excluded.opened_at,
            reason = excluded.reason";
    OPENED = "SELECT opened_at, reason FROM emergency_access
              WHERE user_id = ?1 AND person = ?2 AND opened_at >= ?3";
    FORGET = "DELETE FROM emergency_access WHERE opened_at < ?1";
}

/// Opens a record for somebody from now on; what is over by `before` is forgotten.
pub fn open(
    sql: &mut dyn Sql,
    (user, person): (UserId, PersonId),
    reason: &str,
    (now, before): (Moment, Moment),
) -> Result<()> {
    sql.exec(FORGET, &vals![before.ms()])?;
    sql.exec(OPEN, &vals![user.to_bytes(), person.to_bytes(), now.ms(), reason])?;
    Ok(())
}

/// When somebody opened a record, and why, if that was not before a moment.
pub fn opened(
    sql: &mut dyn Sql,
    (user, person): (UserId, PersonId),
    since: Moment,
) -> Result<Option<(Moment, String)>> {
    let asked = vals![user.to_bytes(), person.to_bytes(), since.ms()];
    sql.one(OPENED, &asked, |row| Ok((Moment::from_ms(row.int()?), row.text()?)))
}
