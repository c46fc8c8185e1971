//! Codes by which somebody looks at their own record once. Nothing here is a fact, and of a code only its hash
//! is kept.

use crate::error::Result;
use crate::sql::{Row, Sql};
use crate::vals;
use tram_kernel::{Moment, PersonId, UnitId};

crate::statements! {
    MAKE = "INSERT INTO citizen_access (code, person, unit, made_at, wrong) VALUES (?1, ?2, ?3, ?4, 0)";
    OF_CODE = "SELECT person, made_at, wrong, opened_at FROM citizen_access WHERE code = ?1";
    WRONG = "UPDATE citizen_access SET wrong = wrong + 1 WHERE code = ?1";
    OPEN = "UPDATE citizen_access SET token = ?2, opened_at = ?3
            WHERE code = ?1 AND opened_at IS NULL";
    OF_TOKEN = "SELECT person, unit, opened_at FROM citizen_access WHERE token = ?1";
    CLOSE = "UPDATE citizen_access SET token = NULL WHERE token = ?1";
    WITHDRAW = "DELETE FROM citizen_access WHERE person = ?1";
    FORGET = "DELETE FROM citizen_access WHERE made_at < ?1";
}

/// A code as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Code {
    pub person: PersonId,
    pub made_at: Moment,
    /// How often it was given with a wrong year of birth.
    pub wrong: i64,
    pub is_spent: bool,
}

/// A record that was opened with a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opened {
    pub person: PersonId,
    /// The unit that gave out the code.
    pub unit: UnitId,
    pub opened_at: Moment,
}

/// Keeps a new code; those made before for the same person are good for nothing from now on.
pub fn make(
    sql: &mut dyn Sql,
    code: &[u8; 32],
    person: PersonId,
    unit: UnitId,
    now: Moment,
) -> Result<()> {
    sql.exec(WITHDRAW, &vals![person.to_bytes()])?;
    sql.exec(MAKE, &vals![*code, person.to_bytes(), unit.to_bytes(), now.ms()])?;
    Ok(())
}

pub fn of_code(sql: &mut dyn Sql, code: &[u8; 32]) -> Result<Option<Code>> {
    sql.one(OF_CODE, &vals![*code], |row| {
        Ok(Code {
            person: PersonId::from_u128(row.id()?),
            made_at: Moment::from_ms(row.int()?),
            wrong: row.int()?,
            is_spent: row.int_or_null()?.is_some(),
        })
    })
}

/// Counts a wrong year of birth.
pub fn note_wrong(sql: &mut dyn Sql, code: &[u8; 32]) -> Result<()> {
    sql.exec(WRONG, &vals![*code])?;
    Ok(())
}

/// Spends the code for a token. False when somebody else spent it meanwhile.
pub fn open(
    sql: &mut dyn Sql,
    code: &[u8; 32],
    token_hash: &[u8; 32],
    now: Moment,
) -> Result<bool> {
    Ok(sql.exec(OPEN, &vals![*code, *token_hash, now.ms()])? == 1)
}

pub fn opened(sql: &mut dyn Sql, token_hash: &[u8; 32]) -> Result<Option<Opened>> {
    sql.one(OF_TOKEN, &vals![*token_hash], |row: &mut Row| {
        Ok(Opened {
            person: PersonId::from_u128(row.id()?),
            unit: UnitId::from_u128(row.id()?),
            opened_at: Moment::from_ms(row.int()?),
        })
    })
}

pub fn close(sql: &mut dyn Sql, token_hash: &[u8; 32]) -> Result<()> {
    sql.exec(CLOSE, &vals![*token_hash])?;
    Ok(())
}

/// Forgets codes made before a moment.
pub fn forget(sql: &mut dyn Sql, before: Moment) -> Result<()> {
    sql.exec(FORGET, &vals![before.ms()])?;
    Ok(())
}
