//! Vaccination days and campaigns as lists, and what came of them.

use crate::error::Result;
use crate::person::Within;
use crate::sql::{Row, Sql, Val};
use crate::vals;
use std::collections::BTreeMap;
use tram_domain::fact::{SessionEnd, SessionPlace, Subject};
use tram_kernel::{CampaignId, Date, SessionId, Sex};

crate::statements! {
    SESSIONS = "SELECT i.session, s.id, i.on_day, i.minute, i.place, i.point, i.series, i.campaign,
                i.invited, i.ended FROM imm_session i JOIN subject s ON s.subject = i.session
                WHERE i.unit = ?1 AND i.on_day >= ?2 AND i.on_day <= ?3
                ORDER BY i.on_day, i.minute, i.session";
    CAMPAIGNS = "SELECT c.campaign, s.id, c.name, c.series, c.born_from, c.born_to, c.sex,
                 c.first_on, c.last_on, c.document, c.ended_on FROM campaign c
                 JOIN subject s ON s.subject = c.campaign
                 WHERE c.unit = ?1 OR EXISTS (SELECT 1 FROM unit_reach r WHERE r.top = c.unit
                 AND r.unit = ?1 AND r.from_on <= ?2 AND (r.to_on IS NULL OR r.to_on > ?2))
                 ORDER BY c.last_on DESC, c.campaign";
    /// Everybody of the ages of a campaign, by village, and how many had the vaccine within its days.
    COVERED = "SELECT x.area, count(*), coalesce(sum(CASE WHEN EXISTS (SELECT 1 FROM dose d
               WHERE d.person = x.person AND d.series = ?4 AND d.given_on >= ?5
               AND d.given_on <= ?6) THEN 1 ELSE 0 END), 0)
               FROM area_reach r JOIN residence x ON x.area = r.area
               WHERE r.top = ?1 AND r.reach = ?2 AND r.from_on <= ?3
               AND (r.to_on IS NULL OR r.to_on > ?3) AND x.counted = 1 AND x.from_on <= ?3
               AND (x.to_on IS NULL OR x.to_on > ?3) AND (x.died_on IS NULL OR x.died_on > ?3)
               AND x.born >= ?7 AND x.born <= ?8
               AND (CAST(?9 AS TEXT) = '' OR x.sex = CAST(?9 AS TEXT))
               GROUP BY x.area ORDER BY x.area";
    UNCOVERED = "SELECT x.person FROM area_reach r JOIN residence x ON x.area = r.area
                 WHERE r.top = ?1 AND r.reach = ?2 AND r.from_on <= ?3
                 AND (r.to_on IS NULL OR r.to_on > ?3) AND x.counted = 1 AND x.from_on <= ?3
                 AND (x.to_on IS NULL OR x.to_on > ?3) AND (x.died_on IS NULL OR x.died_on > ?3)
                 AND x.born >= ?7 AND x.born <= ?8
                 AND (CAST(?9 AS TEXT) = '' OR x.sex = CAST(?9 AS TEXT))
                 AND NOT EXISTS (SELECT 1 FROM dose d WHERE d.person = x.person
                 AND d.series = ?4 AND d.given_on >= ?5 AND d.given_on <= ?6)
                 ORDER BY x.area, x.person";
    /// Doses of a series a unit gave, day by day.
    BY_DAY = "SELECT given_on, count(*) FROM dose WHERE giver = ?1 AND series = ?2
              AND given_on >= ?3 AND given_on <= ?4 GROUP BY given_on ORDER BY given_on";
    KEYS = "SELECT id, subject FROM subject WHERE id IN (??)";
    /// Which of some people had which series on a day, wherever they were given.
    HAD = "SELECT person, series FROM dose WHERE given_on = ?1 AND person IN (??)";
}

/// A vaccination day in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionRow {
    pub key: i64,
    pub id: SessionId,
    pub on: Date,
    pub minute: Option<u16>,
    pub place: SessionPlace,
    pub point: Option<String>,
    pub series: Vec<String>,
    /// Local key of the campaign.
    pub campaign: Option<i64>,
    pub invited: i64,
    pub ended: Option<SessionEnd>,
}

/// A campaign in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CampaignRow {
    pub key: i64,
    pub id: CampaignId,
    pub name: String,
    pub series: String,
    pub born: (Date, Date),
    pub sex: Option<Sex>,
    pub first: Date,
    pub last: Date,
    pub document: Option<String>,
    pub ended_on: Option<Date>,
}

/// How far a campaign has come in one village.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Covered {
    pub area: i64,
    pub people: i64,
    pub done: i64,
}

/// Vaccination days of a unit from one day to another.
pub fn sessions(
    sql: &mut dyn Sql,
    unit: i64,
    (first, last): (Date, Date),
) -> Result<Vec<SessionRow>> {
    sql.all(SESSIONS, &vals![unit, first, last], |row: &mut Row| {
        Ok(SessionRow {
            key: row.int()?,
            id: SessionId::from_u128(row.id()?),
            on: row.day()?,
            minute: row.int_or_null()?.map(|minute| minute as u16),
            place: SessionPlace::from_code(&row.text()?).unwrap_or(SessionPlace::Fixed),
            point: row.text_or_null()?,
            series: row.text()?.split_whitespace().map(str::to_owned).collect(),
            campaign: row.int_or_null()?,
            invited: row.int()?,
            ended: row.text_or_null()?.and_then(|code| SessionEnd::from_code(&code)),
        })
    })
}

/// Campaigns of a unit and of those above it, the newest first.
pub fn campaigns(sql: &mut dyn Sql, unit: i64, on: Date) -> Result<Vec<CampaignRow>> {
    sql.all(CAMPAIGNS, &vals![unit, on], |row: &mut Row| {
        Ok(CampaignRow {
            key: row.int()?,
            id: CampaignId::from_u128(row.id()?),
            name: row.text()?,
            series: row.text()?,
            born: (row.day()?, row.day()?),
            sex: row.text_or_null()?.and_then(|code| Sex::from_code(&code)),
            first: row.day()?,
            last: row.day()?,
            document: row.text_or_null()?,
            ended_on: row.day_or_null()?,
        })
    })
}

fn asked(within: Within, campaign: &CampaignRow) -> Vec<Val> {
    let Within { top, reach, on, .. } = within;
    let (from, to) = campaign.born;
    let sex = campaign.sex.map_or("", |sex| sex.code());
    let (series, first, last) = (&campaign.series, campaign.first, campaign.last);
    vals![top, reach.number(), on, series, first, last, from, to, sex].into()
}

/// Everybody a campaign is for, by village, and how many of them had the vaccine.
pub fn covered(sql: &mut dyn Sql, within: Within, campaign: &CampaignRow) -> Result<Vec<Covered>> {
    sql.all(COVERED, &asked(within, campaign), |row: &mut Row| {
        Ok(Covered { area: row.int()?, people: row.int()?, done: row.int()? })
    })
}

/// Local keys of those a campaign is for and who have not had the vaccine.
pub fn uncovered(sql: &mut dyn Sql, within: Within, campaign: &CampaignRow) -> Result<Vec<i64>> {
    sql.all(UNCOVERED, &asked(within, campaign), |row: &mut Row| row.int())
}

/// Doses of a series a unit gave, by day.
pub fn by_day(
    sql: &mut dyn Sql,
    unit: i64,
    series: &str,
    (first, last): (Date, Date),
) -> Result<Vec<(Date, i64)>> {
    sql.all(BY_DAY, &vals![unit, series, first, last], |row: &mut Row| Ok((row.day()?, row.int()?)))
}

/// Local keys of subjects named by their ids.
pub fn keys_of(sql: &mut dyn Sql, ids: &[Subject]) -> Result<BTreeMap<u128, i64>> {
    let ids: Vec<Val> = ids.iter().map(|subject| Val::from(subject.id().to_be_bytes())).collect();
    let mut keys = BTreeMap::new();
    sql.each_of_many(KEYS, &[], &ids, &mut |mut row| {
        keys.insert(row.id()?, row.int()?);
        Ok(())
    })?;
    Ok(keys)
}

/// Of some people, what each had on a day.
pub fn had_on(sql: &mut dyn Sql, people: &[i64], day: Date) -> Result<Vec<(i64, String)>> {
    let keys: Vec<Val> = people.iter().map(|key| Val::from(*key)).collect();
    let mut had = Vec::new();
    sql.each_of_many(HAD, &vals![day], &keys, &mut |mut row| {
        had.push((row.int()?, row.text()?));
        Ok(())
    })?;
    Ok(had)
}
