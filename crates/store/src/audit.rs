//! Who read and wrote what: appended, chained by hash, never changed.

use crate::error::Result;
use crate::sql::{Row, Sql, Val};
use crate::vals;
use sha2::{Digest, Sha256};
use tram_kernel::{Date, Moment, UserId};

crate::statements! {
    LAST = "SELECT seq, hash FROM audit WHERE node = ?1 ORDER BY seq DESC LIMIT 1";
    INSERT = "INSERT INTO audit (node, seq, at, by, role, unit, action, outcome, subject, detail, hash)
              VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
    NODES = "SELECT DISTINCT node FROM audit ORDER BY node";
    CHAIN = "SELECT seq, at, by, role, unit, action, outcome, subject, detail, hash FROM audit
             WHERE node = ?1 ORDER BY seq";
    RECENT = "SELECT a.at, u.name, a.role, a.action, a.outcome, s.kind, s.id, p.name, a.detail
              FROM audit a LEFT JOIN subject us ON us.id = a.by
              LEFT JOIN app_user u ON u.user_key = us.subject
              LEFT JOIN subject s ON s.subject = a.subject
              LEFT JOIN person p ON p.person = a.subject
              WHERE a.unit IN (SELECT r.unit FROM unit_reach r WHERE r.top = ?1 AND r.reach = ?2
              AND r.from_on <= ?5 AND (r.to_on IS NULL OR r.to_on > ?5))
              AND (?4 = '' OR a.action = ?4) AND (?6 = '' OR u.login = ?6)
              AND a.at >= ?7 AND a.at < ?8
              AND CASE WHEN substr(coalesce(a.detail, ''), 1, 3) = 'in:' THEN
              (CAST(?9 AS BIGINT) >> CAST(substr(a.detail, 4) AS INTEGER)) & 1 ELSE 1 END = 1
              ORDER BY a.at DESC LIMIT ?3";
    OF_SUBJECT = "SELECT a.at, u.name, a.role, a.action, a.outcome, s.kind, s.id, p.name, a.detail
                  FROM audit a LEFT JOIN subject us ON us.id = a.by
                  LEFT JOIN app_user u ON u.user_key = us.subject
                  LEFT JOIN subject s ON s.subject = a.subject
                  LEFT JOIN person p ON p.person = a.subject
                  WHERE a.subject = ?1
              AND CASE WHEN substr(coalesce(a.detail, ''), 1, 3) = 'in:' THEN
              (CAST(?3 AS BIGINT) >> CAST(substr(a.detail, 4) AS INTEGER)) & 1 ELSE 1 END = 1
              ORDER BY a.at DESC LIMIT ?2";
}

/// A line that is about something in a compartment says so, and is told to those alone for whom it is open.
pub fn inside(compartment: tram_kernel::Compartment) -> String {
    format!("in:{}", compartment.number())
}

/// One line of the audit. `detail` never holds personal data beyond the subject's key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub at: Moment,
    pub by: Option<UserId>,
    pub role: Option<String>,
    pub unit: Option<i64>,
    pub action: &'static str,
    /// `ok`, `denied`, `refused`.
    pub outcome: &'static str,
    pub subject: Option<i64>,
    pub detail: Option<String>,
}

/// Hashes a line onto the one before it. Each value is a byte for its kind and its bytes, with their
/// length where it varies: the same on every engine and for ever.
fn link(before: &[u8], values: &[Val]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    hasher.update(before);
    let mut sized = |kind: u8, bytes: &[u8]| {
        hasher.update([kind]);
        hasher.update((bytes.len() as u64).to_be_bytes());
        hasher.update(bytes);
    };
    for value in values {
        match value {
            Val::Null => sized(0, &[]),
            Val::Int(number) => sized(1, &number.to_be_bytes()),
            Val::Text(text) => sized(2, text.as_bytes()),
            Val::Blob(bytes) => sized(3, bytes),
        }
    }
    hasher.finalize().into()
}

/// Appends entries to the chain of a writer.
pub fn append(sql: &mut dyn Sql, node: i64, entries: &[Entry]) -> Result<()> {
    let last = sql.one(LAST, &vals![node], |row| Ok((row.int()?, row.blob()?)))?;
    let (mut seq, mut hash) = last.unwrap_or((0, vec![0; 32]));
    for e in entries {
        seq += 1;
        let by = e.by.map(UserId::to_bytes);
        let mut values: Vec<Val> = vals![
            seq,
            e.at.ms(),
            by,
            e.role.as_deref(),
            e.unit,
            e.action,
            e.outcome,
            e.subject,
            e.detail.as_deref()
        ]
        .into();
        hash = link(&hash, &values).to_vec();
        values.insert(0, node.into());
        values.push(hash.clone().into());
        sql.exec(INSERT, &values)?;
    }
    Ok(())
}

/// The first entry of each chain that is not what was written: node key and sequence number.
pub fn verify(sql: &mut dyn Sql) -> Result<Vec<(i64, i64)>> {
    let mut bad = Vec::new();
    for node in sql.all(NODES, &[], Row::int)? {
        let mut expected_seq = 0;
        let mut hash = vec![0; 32];
        let mut broken = None;
        sql.each(CHAIN, &vals![node], &mut |mut row| {
            if broken.is_some() {
                return Ok(());
            }
            let values: Vec<Val> = (0..9).map(|_| row.val()).collect();
            let kept = row.blob()?;
            expected_seq += 1;
            hash = link(&hash, &values).to_vec();
            if values[0] != Val::Int(expected_seq) || hash != kept {
                broken = Some((node, expected_seq));
            }
            Ok(())
        })?;
        bad.extend(broken);
    }
    Ok(bad)
}

/// A line of the audit view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub at: Moment,
    pub user: Option<String>,
    pub role: Option<String>,
    pub action: String,
    pub outcome: String,
    pub subject: Option<tram_domain::fact::Subject>,
    pub person: Option<String>,
    pub detail: Option<String>,
}

fn line(row: &mut Row) -> Result<Line> {
    let at = Moment::from_ms(row.int()?);
    let (user, role) = (row.text_or_null()?, row.text_or_null()?);
    let (action, outcome) = (row.text()?, row.text()?);
    let (kind, id) = (row.int_or_null()?, row.blob_or_null()?);
    let id = id.and_then(|id| <[u8; 16]>::try_from(id.as_slice()).ok()).map(u128::from_be_bytes);
    let subject =
        kind.zip(id).and_then(|(kind, id)| tram_domain::fact::Subject::from_parts(kind, id));
    let (person, detail) = (row.text_or_null()?, row.text_or_null()?);
    Ok(Line { at, user, role, action, outcome, subject, person, detail })
}

/// Which lines are wanted; a text that is empty leaves its part open.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    pub action: String,
    /// The login of who did it.
    pub login: String,
    /// First and last day.
    pub days: Option<(Date, Date)>,
}

/// What people of the units reached on a day did, newest first.
pub fn recent(
    sql: &mut dyn Sql,
    (top, reach, on): (i64, tram_defs::role::Reach, Date),
    wanted: &Filter,
    (open, limit): (i64, i64),
) -> Result<Vec<Line>> {
    let (from, until) = wanted.days.map_or((0, i64::MAX), |(first, last)| {
        let midnight = |day| Moment::at(day, 0).ms();
        (midnight(first), midnight(tram_kernel::day::add_days(last, 1)))
    });
    let Filter { action, login, .. } = wanted;
    let of = vals![top, reach.number(), limit, action, on, login, from, until, open];
    sql.all(RECENT, &of, line)
}

/// Who looked at or changed one record, newest first. `open` has one bit a compartment that is open to
/// whoever asks; a line about another one is not there.
pub fn of_subject(sql: &mut dyn Sql, subject: i64, (open, limit): (i64, i64)) -> Result<Vec<Line>> {
    sql.all(OF_SUBJECT, &vals![subject, limit, open], line)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Bytes of the chain never change: a new compiler must not make old lines look altered.
    #[test]
    fn the_hash_of_a_line_is_for_ever() {
        let values: Vec<Val> =
            vals![1_i64, "ok", Val::Null, vec![0_u8, 255], "Lò Thị Mai \u{301}\n\""].into();
        assert_eq!(crate::node::hex(&link(&[0; 32], &values)), GOLDEN);
        let moved: Vec<Val> = vals!["a", "bc"].into();
        let split: Vec<Val> = vals!["ab", "c"].into();
        assert_ne!(link(&[], &moved), link(&[], &split));
    }

    const GOLDEN: &str = "3354a7aeb742bf5ca66f36799e9750f20cb002c799f243a374ee7ba8547fe29c";
}
