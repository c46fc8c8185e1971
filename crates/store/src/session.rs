//! Passwords, sessions and failed sign-ins. Nothing here is a fact.

use crate::error::Result;
use crate::sql::{Row, Sql};
use crate::vals;
use tram_kernel::{Date, Moment, UnitId, UserId};

crate::statements! {
    BY_LOGIN = "SELECT s.id FROM app_user u JOIN subject s ON s.subject = u.user_key
                WHERE u.login = ?1 AND u.closed_on IS NULL";
    NAME = "SELECT u.name FROM app_user u JOIN subject s ON s.subject = u.user_key WHERE s.id = ?1";
    PASSWORD = "SELECT hash FROM credential WHERE user_id = ?1";
    SET_PASSWORD = "INSERT INTO credential (user_id, hash, changed_at) VALUES (?1, ?2, ?3)
                    ON CONFLICT (user_id) DO UPDATE SET hash = excluded.hash,
                    changed_at = excluded.changed_at";
    FAILURES = "SELECT n, last_at FROM login_failure WHERE login = ?1";
    FAIL = "INSERT INTO login_failure (login, n, last_at) VALUES (?1, 1, ?2)
            ON CONFLICT (login) DO UPDATE SET n = login_failure.n + 1, last_at = excluded.last_at";
    FORGIVE = "DELETE FROM login_failure WHERE login = ?1";
    START = "INSERT INTO session (token, user_id, role, unit, form_token, language, started_at, seen_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7)";
    FIND = "SELECT user_id, role, unit, form_token, language, started_at, seen_at FROM session
            WHERE token = ?1";
    SEEN = "UPDATE session SET seen_at = ?2 WHERE token = ?1";
    SWITCH = "UPDATE session SET role = ?2, unit = ?3 WHERE token = ?1";
    LANGUAGE = "UPDATE session SET language = ?2 WHERE token = ?1";
    SEEK = "UPDATE session SET seeking = ?2 WHERE token = ?1";
    SOUGHT = "SELECT seeking FROM session WHERE token = ?1";
    COUNT = "SELECT count(*) FROM session";
    END = "DELETE FROM session WHERE token = ?1";
    END_ALL = "DELETE FROM session WHERE user_id = ?1";
    END_OTHERS = "DELETE FROM session WHERE user_id = ?1 AND token <> ?2";
    EXPIRE = "DELETE FROM session WHERE started_at < ?1 OR seen_at < ?2";
    USERS = "SELECT s.id, u.login, u.name, u.closed_on, g.role, un.name, us.id, g.from_on, g.to_on
             FROM role_grant g JOIN app_user u ON u.user_key = g.user_key
             JOIN subject s ON s.subject = u.user_key JOIN unit un ON un.unit = g.unit
             JOIN subject us ON us.subject = g.unit
             WHERE g.unit IN (SELECT r.unit FROM unit_reach r WHERE r.top = ?1 AND r.reach = ?2
             AND r.from_on <= ?3 AND (r.to_on IS NULL OR r.to_on > ?3))
             ORDER BY un.name, u.login, g.n";
}

/// A session as stored; the token itself is known only to the browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    pub user: UserId,
    pub role: String,
    pub unit: UnitId,
    pub form_token: Vec<u8>,
    pub language: String,
    pub started_at: Moment,
    pub seen_at: Moment,
}

/// Sessions that have not ended.
pub fn count(sql: &mut dyn Sql) -> Result<i64> {
    sql.number(COUNT, &[])
}

/// Remembers what was last searched for in a session.
pub fn seek(sql: &mut dyn Sql, token: &[u8; 32], typed: &str) -> Result<()> {
    sql.exec(SEEK, &vals![*token, typed])?;
    Ok(())
}

pub fn sought(sql: &mut dyn Sql, token: &[u8; 32]) -> Result<Option<String>> {
    Ok(sql.one(SOUGHT, &vals![*token], Row::text_or_null)?.flatten())
}

pub fn user_by_login(sql: &mut dyn Sql, login: &str) -> Result<Option<UserId>> {
    Ok(sql.one(BY_LOGIN, &vals![login], Row::id)?.map(UserId::from_u128))
}

pub fn user_name(sql: &mut dyn Sql, user: UserId) -> Result<Option<String>> {
    sql.one(NAME, &vals![user.to_bytes()], Row::text)
}

pub fn password_hash(sql: &mut dyn Sql, user: UserId) -> Result<Option<String>> {
    sql.one(PASSWORD, &vals![user.to_bytes()], Row::text)
}

pub fn set_password(sql: &mut dyn Sql, user: UserId, hash: &str, now: Moment) -> Result<()> {
    sql.exec(SET_PASSWORD, &vals![user.to_bytes(), hash, now.ms()])?;
    Ok(())
}

/// Failed attempts in a row and the moment of the last.
pub fn failures(sql: &mut dyn Sql, login: &str) -> Result<(i64, Moment)> {
    let found = sql.one(FAILURES, &vals![login], |row| Ok((row.int()?, row.int()?)))?;
    let (n, at) = found.unwrap_or_default();
    Ok((n, Moment::from_ms(at)))
}

pub fn fail(sql: &mut dyn Sql, login: &str, now: Moment) -> Result<()> {
    sql.exec(FAIL, &vals![login, now.ms()])?;
    Ok(())
}

pub fn forgive(sql: &mut dyn Sql, login: &str) -> Result<()> {
    sql.exec(FORGIVE, &vals![login])?;
    Ok(())
}

pub fn start(sql: &mut dyn Sql, token_hash: &[u8], session: &Session) -> Result<()> {
    let (user, unit) = (session.user.to_bytes(), session.unit.to_bytes());
    let (form, at) = (session.form_token.as_slice(), session.started_at.ms());
    sql.exec(START, &vals![token_hash, user, &session.role, unit, form, &session.language, at])?;
    Ok(())
}

pub fn find(sql: &mut dyn Sql, token_hash: &[u8]) -> Result<Option<Session>> {
    sql.one(FIND, &vals![token_hash], |row| {
        Ok(Session {
            user: UserId::from_u128(row.id()?),
            role: row.text()?,
            unit: UnitId::from_u128(row.id()?),
            form_token: row.blob()?,
            language: row.text()?,
            started_at: Moment::from_ms(row.int()?),
            seen_at: Moment::from_ms(row.int()?),
        })
    })
}

pub fn seen(sql: &mut dyn Sql, token_hash: &[u8], now: Moment) -> Result<()> {
    sql.exec(SEEN, &vals![token_hash, now.ms()])?;
    Ok(())
}

pub fn switch(sql: &mut dyn Sql, token_hash: &[u8], role: &str, unit: UnitId) -> Result<()> {
    sql.exec(SWITCH, &vals![token_hash, role, unit.to_bytes()])?;
    Ok(())
}

pub fn set_language(sql: &mut dyn Sql, token_hash: &[u8], language: &str) -> Result<()> {
    sql.exec(LANGUAGE, &vals![token_hash, language])?;
    Ok(())
}

pub fn end(sql: &mut dyn Sql, token_hash: &[u8]) -> Result<()> {
    sql.exec(END, &vals![token_hash])?;
    Ok(())
}

pub fn end_all(sql: &mut dyn Sql, user: UserId) -> Result<()> {
    sql.exec(END_ALL, &vals![user.to_bytes()])?;
    Ok(())
}

/// Ends every session of a user but one.
pub fn end_others(sql: &mut dyn Sql, user: UserId, token_hash: &[u8]) -> Result<()> {
    sql.exec(END_OTHERS, &vals![user.to_bytes(), token_hash])?;
    Ok(())
}

/// Forgets sessions started or last seen before these moments.
pub fn expire(sql: &mut dyn Sql, started: Moment, seen: Moment) -> Result<()> {
    sql.exec(EXPIRE, &vals![started.ms(), seen.ms()])?;
    Ok(())
}

/// A grant in the list of users.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GrantRow {
    pub user: UserId,
    pub login: String,
    pub name: String,
    pub closed_on: Option<tram_kernel::Date>,
    pub role: String,
    pub unit_name: String,
    pub unit: UnitId,
    pub from: tram_kernel::Date,
    pub to: Option<tram_kernel::Date>,
}

/// Users with a role at a unit that is reached on a day.
pub fn users(
    sql: &mut dyn Sql,
    top: i64,
    reach: tram_defs::role::Reach,
    on: Date,
) -> Result<Vec<GrantRow>> {
    sql.all(USERS, &vals![top, reach.number(), on], |row| {
        Ok(GrantRow {
            user: UserId::from_u128(row.id()?),
            login: row.text()?,
            name: row.text()?,
            closed_on: row.day_or_null()?,
            role: row.text()?,
            unit_name: row.text()?,
            unit: UnitId::from_u128(row.id()?),
            from: row.day()?,
            to: row.day_or_null()?,
        })
    })
}
