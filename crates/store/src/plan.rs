//! Plans a unit may see: its own, those above it and those below it.

use crate::error::Result;
use crate::sql::{Row, Sql};
use crate::vals;
use tram_defs::role::Reach;
use tram_kernel::{Date, PlanId};

crate::statements! {
    VISIBLE = "SELECT p.plan, s.id, p.title, p.number, p.year, u.name,
               (SELECT count(*) FROM target t WHERE t.plan = p.plan)
               FROM plan p JOIN subject s ON s.subject = p.plan JOIN unit u ON u.unit = p.unit
               WHERE EXISTS (SELECT 1 FROM unit_reach r WHERE r.top = ?1 AND r.reach = ?2
               AND r.unit = p.unit AND r.from_on <= ?3 AND (r.to_on IS NULL OR r.to_on > ?3))
               OR EXISTS (SELECT 1 FROM unit_reach r WHERE r.top = p.unit AND r.unit = ?1
               AND r.from_on <= ?3 AND (r.to_on IS NULL OR r.to_on > ?3))
               ORDER BY p.year DESC, p.title";
}

/// A plan in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanRow {
    pub key: i64,
    pub id: PlanId,
    pub title: String,
    pub number: Option<String>,
    pub year: i64,
    pub unit_name: String,
    pub targets: i64,
}

pub fn visible(sql: &mut dyn Sql, top: i64, reach: Reach, on: Date) -> Result<Vec<PlanRow>> {
    sql.all(VISIBLE, &vals![top, reach.number(), on], |row: &mut Row| {
        Ok(PlanRow {
            key: row.int()?,
            id: PlanId::from_u128(row.id()?),
            title: row.text()?,
            number: row.text_or_null()?,
            year: row.int()?,
            unit_name: row.text()?,
            targets: row.int()?,
        })
    })
}
