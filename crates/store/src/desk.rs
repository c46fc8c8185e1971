//! What lies on somebody's desk: drafts of forms, saves that may still be taken back; and who signed in on
//! a computer lately. Nothing here is a fact.

use crate::error::Result;
use crate::sql::{Row, Sql};
use crate::vals;
use tram_domain::fact::Subject;
use tram_kernel::{Moment, UserId};

crate::statements! {
    KEEP = "INSERT INTO draft (user_id, form, body, seen, at) VALUES (?1, ?2, ?3, ?4, ?5)
            ON CONFLICT (user_id, form) DO UPDATE SET body = excluded.body, seen = excluded.seen,
            at = excluded.at";
    KEPT = "SELECT form, body, seen, at FROM draft WHERE user_id = ?1 AND form = ?2";
    ALL_KEPT = "SELECT form, body, seen, at FROM draft WHERE user_id = ?1 ORDER BY at DESC, form";
    DROP_ONE = "DELETE FROM draft WHERE user_id = ?1 AND form = ?2";
    DROP_OLD = "DELETE FROM draft WHERE at < ?1";
    NOTE = "INSERT INTO recent_save (user_id, node, epoch, seq, subject, action, at)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (user_id, node, epoch, seq) DO NOTHING";
    RECENT = "SELECT r.node, r.epoch, r.seq, s.kind, s.id, r.action, r.at FROM recent_save r
              JOIN subject s ON s.subject = r.subject
              WHERE r.user_id = ?1 AND r.at >= ?2 ORDER BY r.at DESC, r.seq DESC LIMIT 200";
    TAKE = "DELETE FROM recent_save WHERE user_id = ?1 AND node = ?2 AND epoch = ?3 AND seq = ?4
            AND at >= ?5";
    FORGET_SAVES = "DELETE FROM recent_save WHERE at < ?1";
    SUBJECTS_OF_SET = "SELECT DISTINCT s.kind, s.id, s.subject FROM change_set c
                       JOIN fact f ON f.change_set = c.change_set
                       JOIN subject s ON s.subject = f.subject
                       WHERE c.node = ?1 AND c.epoch = ?2 AND c.seq = ?3 ORDER BY s.subject";
    MEET = "INSERT INTO computer (computer, user_id, at) VALUES (?1, ?2, ?3)
            ON CONFLICT (computer, user_id) DO UPDATE SET at = excluded.at";
    MET = "SELECT u.login, u.name FROM computer c JOIN subject s ON s.id = c.user_id
           JOIN app_user u ON u.user_key = s.subject
           WHERE c.computer = ?1 AND c.at >= ?2 AND u.closed_on IS NULL ORDER BY c.at DESC LIMIT 12";
    FORGET_COMPUTER = "DELETE FROM computer WHERE computer = ?1";
    FORGET_OLD_COMPUTERS = "DELETE FROM computer WHERE at < ?1";
}

/// A form as far as it was filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    pub form: String,
    /// What the page said of its fields.
    pub body: String,
    /// The version of the record the form was drawn from.
    pub seen: String,
    pub at: Moment,
}

fn read_kept(row: &mut Row) -> Result<Kept> {
    Ok(Kept {
        form: row.text()?,
        body: row.text()?,
        seen: row.text()?,
        at: Moment::from_ms(row.int()?),
    })
}

pub fn keep(sql: &mut dyn Sql, user: UserId, kept: &Kept) -> Result<()> {
    sql.exec(KEEP, &vals![user.to_bytes(), &kept.form, &kept.body, &kept.seen, kept.at.ms()])?;
    Ok(())
}

pub fn kept(sql: &mut dyn Sql, user: UserId, form: &str) -> Result<Option<Kept>> {
    sql.one(KEPT, &vals![user.to_bytes(), form], read_kept)
}

/// All of a user, the newest first.
pub fn all_kept(sql: &mut dyn Sql, user: UserId) -> Result<Vec<Kept>> {
    sql.all(ALL_KEPT, &vals![user.to_bytes()], read_kept)
}

pub fn drop_kept(sql: &mut dyn Sql, user: UserId, form: &str) -> Result<()> {
    sql.exec(DROP_ONE, &vals![user.to_bytes(), form])?;
    Ok(())
}

/// Forgets drafts older than a moment.
pub fn expire_kept(sql: &mut dyn Sql, before: Moment) -> Result<()> {
    sql.exec(DROP_OLD, &vals![before.ms()])?;
    Ok(())
}

/// The place of a change-set in the log of this database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    pub node: i64,
    pub epoch: u32,
    pub seq: u64,
}

/// A save of the last minutes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecentSave {
    pub place: Place,
    /// The first one it was about.
    pub subject: Subject,
    pub action: String,
    pub at: Moment,
}

/// Notes a save whose author may take it back for a while; forgets those older than `before`.
pub fn note(
    sql: &mut dyn Sql,
    user: UserId,
    (place, subject): (Place, i64),
    action: &str,
    (now, before): (Moment, Moment),
) -> Result<()> {
    let Place { node, epoch, seq } = place;
    sql.exec(FORGET_SAVES, &vals![before.ms()])?;
    sql.exec(NOTE, &vals![user.to_bytes(), node, epoch, seq, subject, action, now.ms()])?;
    Ok(())
}

/// The saves of a user since a moment, the newest first.
pub fn recent(sql: &mut dyn Sql, user: UserId, since: Moment) -> Result<Vec<RecentSave>> {
    let found = sql.all(RECENT, &vals![user.to_bytes(), since.ms()], |row| {
        let (node, epoch, seq) = (row.int()?, row.int()? as u32, row.int()? as u64);
        let subject = Subject::from_parts(row.int()?, row.id()?);
        let (action, at) = (row.text()?, Moment::from_ms(row.int()?));
        let place = Place { node, epoch, seq };
        Ok(subject.map(|subject| RecentSave { place, subject, action, at }))
    })?;
    Ok(found.into_iter().flatten().collect())
}

/// Takes a save off the list; false when it is not there, or too old.
pub fn take(sql: &mut dyn Sql, user: UserId, place: Place, since: Moment) -> Result<bool> {
    let Place { node, epoch, seq } = place;
    Ok(sql.exec(TAKE, &vals![user.to_bytes(), node, epoch, seq, since.ms()])? > 0)
}

/// Whom a change-set is about, with their local keys.
pub fn subjects_of(sql: &mut dyn Sql, place: Place) -> Result<Vec<(Subject, i64)>> {
    let Place { node, epoch, seq } = place;
    let found = sql.all(SUBJECTS_OF_SET, &vals![node, epoch, seq], |row| {
        let subject = Subject::from_parts(row.int()?, row.id()?);
        Ok((subject, row.int()?))
    })?;
    Ok(found.into_iter().filter_map(|(subject, key)| Some((subject?, key))).collect())
}

/// Somebody signed in on a computer.
pub fn meet(sql: &mut dyn Sql, computer: &[u8; 32], user: UserId, now: Moment) -> Result<()> {
    sql.exec(MEET, &vals![*computer, user.to_bytes(), now.ms()])?;
    Ok(())
}

/// Login and name of those who signed in on a computer since a moment, the latest first.
pub fn met(sql: &mut dyn Sql, computer: &[u8; 32], since: Moment) -> Result<Vec<(String, String)>> {
    sql.all(MET, &vals![*computer, since.ms()], |row| Ok((row.text()?, row.text()?)))
}

pub fn forget_computer(sql: &mut dyn Sql, computer: &[u8; 32]) -> Result<()> {
    sql.exec(FORGET_COMPUTER, &vals![*computer])?;
    Ok(())
}

/// Forgets sign-ins on computers before a moment.
pub fn forget_old_computers(sql: &mut dyn Sql, before: Moment) -> Result<()> {
    sql.exec(FORGET_OLD_COMPUTERS, &vals![before.ms()])?;
    Ok(())
}
