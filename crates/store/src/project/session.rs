//! The rows of a vaccination day and of a campaign.

use super::{Keys, Rows};
use crate::error::Result;
use crate::table::{CAMPAIGN, IMM_SESSION};
use crate::vals;
use tram_domain::fact::Subject;
use tram_domain::immunisation::session::{Campaign, Session};

/// Subjects whose keys stand in the row of a session.
pub(super) fn names(session: &Session) -> impl Iterator<Item = Subject> {
    let what = &session.planned.what;
    let campaign = what.campaign.map(Subject::from);
    std::iter::once(what.unit.into()).chain(campaign)
}

pub(super) fn session_row(
    session: &Session,
    key: i64,
    shard: u32,
    keys: Keys<'_>,
    rows: &mut Rows,
) -> Result<()> {
    let what = &session.planned.what;
    let unit = keys(what.unit.into())?;
    let campaign = what.campaign.map(|id| keys(id.into())).transpose()?;
    let row = vals![
        key,
        shard,
        unit,
        what.on,
        what.at,
        what.place.code(),
        what.point.as_deref(),
        what.series.join(" "),
        campaign,
        session.invited.len(),
        session.ended.as_ref().map(|ended| ended.what.how.code()),
    ];
    rows.push((&IMM_SESSION, row.into()));
    Ok(())
}

pub(super) fn campaign_row(
    campaign: &Campaign,
    key: i64,
    shard: u32,
    keys: Keys<'_>,
    rows: &mut Rows,
) -> Result<()> {
    let what = &campaign.planned.what;
    let unit = keys(what.unit.into())?;
    let row = vals![
        key,
        shard,
        unit,
        &what.name,
        &what.series,
        what.born_from,
        what.born_to,
        what.sex.map(|sex| sex.code()),
        what.first,
        what.last,
        what.document.as_deref(),
        campaign.ended.as_ref().map(|ended| ended.day),
    ];
    rows.push((&CAMPAIGN, row.into()));
    Ok(())
}
