//! Who has no valid insurance card, and whose card ends soon.

use crate::error::Result;
use crate::person::Within;
use crate::sql::Sql;
use crate::vals;
use tram_kernel::Date;

crate::statements! {
    /// Nobody whose card, or number, holds from today until the horizon.
    REVIEW = "SELECT p.person, h.poverty, (SELECT max(i.to_on) FROM identifier i
              WHERE i.person = p.person AND i.kind IN ('insurance_card', 'social_insurance'))
              FROM area_reach r JOIN person p ON p.area = r.area
              LEFT JOIN household h ON h.household = p.household
              WHERE r.top = ?1 AND r.reach = ?2 AND r.from_on <= ?3
              AND (r.to_on IS NULL OR r.to_on > ?3)
              AND (CAST(?5 AS BIGINT) = 0 OR r.area = CAST(?5 AS BIGINT)) AND p.away = 0
              AND NOT EXISTS (SELECT 1 FROM identifier i WHERE i.person = p.person
              AND i.kind IN ('insurance_card', 'social_insurance')
              AND (i.from_on IS NULL OR i.from_on <= ?3) AND (i.to_on IS NULL OR i.to_on > ?4))
              ORDER BY r.area, p.folded, p.person";
}

/// Somebody to be looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reviewed {
    /// Local key of the person.
    pub person: i64,
    /// Standing of the household, a code of `lists/poverty.csv`.
    pub poverty: Option<String>,
    /// Last day of the card that holds longest; `None` when there never was one with an end.
    pub until: Option<Date>,
}

/// Everybody living in reach, by village and name, whose insurance does not hold beyond `horizon`.
pub fn review(sql: &mut dyn Sql, within: Within, horizon: Date) -> Result<Vec<Reviewed>> {
    let Within { top, reach, on, area } = within;
    sql.all(REVIEW, &vals![top, reach.number(), on, horizon, area], |row| {
        Ok(Reviewed { person: row.int()?, poverty: row.text_or_null()?, until: row.day_or_null()? })
    })
}
