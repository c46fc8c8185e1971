//! Households of a list: rows with the same number in the same village, or the rows below a head.

use super::judge::Judged;
use super::{Judgement, Known, Outcome, Records, place};
use std::collections::HashMap;
use tram_kernel::text::fold;
use tram_kernel::{AreaId, Finding, HouseholdId, Message, PersonId};

/// Code of `lists/relation.csv` for the head of a household.
const HEAD: &str = "1";

/// One household of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Home {
    pub area: AreaId,
    pub code: Option<String>,
    pub address: Option<String>,
    pub poverty: Option<String>,
    /// The household on record, when there is one.
    pub known: Option<HouseholdId>,
    head: Option<u32>,
}

impl Home {
    const fn new(area: AreaId, code: Option<String>) -> Self {
        Self { area, code, address: None, poverty: None, known: None, head: None }
    }
}

/// Puts every row into its household and looks for two heads.
pub fn assign(judgement: &mut Judgement<'_>, records: &Records) {
    let known = known_households(records);
    let homes_of: HashMap<PersonId, HouseholdId> =
        records.people.iter().filter_map(|k| Some((k.id, k.household_id?))).collect();
    let mut by_code: HashMap<(AreaId, String), usize> = HashMap::new();
    let mut open: Option<usize> = None;
    let mut sheet = 0;
    let Judgement { rows, homes } = judgement;
    for row in rows.iter_mut() {
        let Some(area) = row.area else { continue };
        let relation = row.listed.relation.as_deref();
        // Nobody belongs to the last household of another sheet.
        if std::mem::replace(&mut sheet, place::sheet(row.listed.row)) != sheet {
            open = None;
        }
        let at = match &row.listed.household {
            Some(code) => {
                open = None;
                let key = (area, fold(code));
                *by_code.entry(key.clone()).or_insert_with(|| {
                    let mut home = Home::new(area, Some(code.clone()));
                    home.known = known.get(&key).copied();
                    homes.push(home);
                    homes.len() - 1
                })
            }
            // Without numbers a head opens a household and the rows below belong to it.
            None if relation == Some(HEAD) => {
                homes.push(Home::new(area, None));
                open = Some(homes.len() - 1);
                homes.len() - 1
            }
            None => match open {
                Some(at) if relation.is_some() && homes[at].area == area => at,
                _ => {
                    open = None;
                    continue;
                }
            },
        };
        row.home = Some(at);
        describe(&mut homes[at], row, &homes_of);
    }
}

/// What a row says of its household; of two answers the first stays.
fn describe(home: &mut Home, row: &mut Judged<'_>, homes_of: &HashMap<PersonId, HouseholdId>) {
    let listed = row.listed;
    if home.address.is_none() {
        home.address.clone_from(&listed.address);
    }
    if home.poverty.is_none() {
        home.poverty.clone_from(&listed.poverty);
    }
    if home.known.is_none()
        && home.code.is_none()
        && let Outcome::Known(id) = row.outcome
    {
        home.known = homes_of.get(&id).copied();
    }
    if listed.relation.as_deref() == Some(HEAD) {
        match home.head {
            Some(first) => {
                let message = Message::new("row-second-head").with("row", i64::from(first));
                row.findings.push(Finding::warning(message).at_row(listed.row).of("relation"));
            }
            None => home.head = Some(listed.row),
        }
    }
}

fn known_households(records: &Records) -> HashMap<(AreaId, String), HouseholdId> {
    let households = records.households.iter();
    households.map(|(area, code, id)| ((*area, fold(code)), *id)).collect()
}

impl Known {
    /// Lives in the household with this number.
    pub(super) fn lives_in(&self, code: Option<&str>) -> bool {
        match (&self.household, code) {
            (Some(known), Some(code)) => fold(known) == fold(code),
            _ => false,
        }
    }
}
