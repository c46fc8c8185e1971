//! A list of households: which are on record, who heads them, how they live since when.

use super::{Finder, Known, Records, Villages};
use crate::fact::{Fact, HouseholdChange, HouseholdRegistered};
use crate::household::{Household, amend, register};
use std::collections::HashMap;
use tram_kernel::identifier::Identifier;
use tram_kernel::text::fold;
use tram_kernel::{
    AreaId, BirthDate, Date, Finding, HouseholdId, Message, PersonId, Severity, Shard,
};

/// One row of a list of households, typed.
#[derive(Debug, Clone, PartialEq)]
pub struct ListedHousehold {
    /// Sheet and row, as [`place`](super::place) puts them together.
    pub row: u32,
    /// Number of the household, unique inside the village.
    pub code: Option<String>,
    /// Name of its head, with birth and number as far as the row tells.
    pub head: Option<String>,
    pub born: Option<BirthDate>,
    pub citizen: Option<Identifier>,
    /// As written.
    pub village: Option<String>,
    pub address: Option<String>,
    /// Code of `lists/poverty.csv`.
    pub poverty: Option<String>,
    /// From when it stands so.
    pub since: Option<Date>,
}

/// A row with what becomes of it.
#[derive(Debug, Clone)]
pub struct JudgedHousehold<'a> {
    pub listed: &'a ListedHousehold,
    pub area: Option<AreaId>,
    /// The household on record, when there is one.
    pub known: Option<HouseholdId>,
    /// The head, when somebody on record is meant without doubt.
    pub head: Option<PersonId>,
    pub findings: Vec<Finding>,
}

impl JudgedHousehold<'_> {
    pub fn is_refused(&self) -> bool {
        self.area.is_none() || self.findings.iter().any(|f| f.severity == Severity::Error)
    }
}

/// Judges a list of households. Nobody is registered by it.
pub fn judge_households<'a>(
    rows: &'a [ListedHousehold],
    villages: &Villages,
    records: &Records,
) -> Vec<JudgedHousehold<'a>> {
    let finder = Finder::new(records, villages);
    let households = records.households.iter();
    let on_record: HashMap<(AreaId, String), HouseholdId> =
        households.map(|(area, code, id)| ((*area, fold(code)), *id)).collect();
    let mut seen: HashMap<(AreaId, String), u32> = HashMap::new();
    let mut judged = Vec::with_capacity(rows.len());
    for listed in rows {
        let mut row =
            JudgedHousehold { listed, area: None, known: None, head: None, findings: Vec::new() };
        match villages.place(listed.village.as_deref(), listed.row) {
            Ok(area) => row.area = Some(area),
            Err(finding) => row.findings.push(finding),
        }
        if let Some(area) = row.area {
            let head = head(&mut row, area, &finder);
            let key = listed.code.as_ref().map(|code| (area, fold(code)));
            row.known = key.as_ref().and_then(|key| on_record.get(key).copied());
            if listed.code.is_none() {
                row.known = head.and_then(|head| head.household_id);
            }
            compare(&mut row, head);
            if let Some(key) = key {
                let first = *seen.entry(key).or_insert(listed.row);
                if first != listed.row {
                    let message = Message::new("row-household-twice").with("row", i64::from(first));
                    row.findings.push(Finding::error(message).at_row(listed.row).of("household"));
                }
            }
        }
        judged.push(row);
    }
    judged
}

/// Looks for the head among the people of the village.
fn head<'a>(row: &mut JudgedHousehold<'_>, area: AreaId, finder: &Finder<'a>) -> Option<&'a Known> {
    let listed = row.listed;
    let by_number = listed.citizen.as_ref().and_then(|number| finder.holder(number));
    let named = |name: &String| finder.namesakes(name, listed.born, area);
    let people = match by_number {
        Some(known) => vec![known],
        None => listed.head.as_ref().map(named).unwrap_or_default(),
    };
    let mut warn = |message: Message| {
        row.findings.push(Finding::warning(message).at_row(listed.row).of("head"));
    };
    match people[..] {
        [known] => {
            row.head = Some(known.id);
            Some(known)
        }
        [] => {
            if listed.head.is_some() && listed.code.is_some() {
                warn(Message::new("row-head-unknown"));
            }
            None
        }
        _ => {
            warn(Message::new("row-head-several").with("n", people.len()));
            None
        }
    }
}

/// A household without a number is told by its head; a head of another household stays there.
fn compare(row: &mut JudgedHousehold<'_>, head: Option<&Known>) {
    let listed = row.listed;
    if listed.code.is_none() && head.is_none() {
        let message = Message::new("row-household-nobody");
        row.findings.push(Finding::error(message).at_row(listed.row).of("household"));
    }
    let lives = head.and_then(|head| head.household_id);
    if listed.code.is_some() && lives.is_some() && lives != row.known {
        let message = Message::new("row-head-elsewhere");
        row.findings.push(Finding::warning(message).at_row(listed.row).of("head"));
    }
}

impl ListedHousehold {
    /// The facts that open the household. How it lives holds from its day on, when the row tells one.
    pub fn open(&self, id: HouseholdId, at: (AreaId, Shard), today: Date) -> Vec<Fact> {
        let (area, shard) = at;
        let dated = self.since.is_some();
        let body = HouseholdRegistered {
            area,
            code: self.code.clone(),
            address: self.address.clone(),
            poverty: self.poverty.clone().filter(|_| !dated),
        };
        let mut facts = vec![register(id, shard, body, self.since.unwrap_or(today))];
        if let (Some(since), Some(poverty)) = (self.since, &self.poverty) {
            let body = crate::fact::HouseholdAmended {
                change: HouseholdChange::Poverty(Some(poverty.clone())),
                seen: Vec::new(),
                reason: None,
            };
            facts.push(Fact::new(id.into(), shard, since, body.into()));
        }
        facts
    }

    /// What the row adds to a household on record: an address it lacks, and how it lives from a day on.
    pub fn add(&self, household: &Household, reason: &str, today: Date) -> Vec<Fact> {
        let mut facts = Vec::new();
        let reason = || Some(reason.to_owned());
        if household.address.shown().is_none() && self.address.is_some() {
            let change = HouseholdChange::Address(self.address.clone());
            facts.extend(amend(household, change, reason(), today).ok());
        }
        let since = self.since.unwrap_or(today);
        if let Some(poverty) = &self.poverty
            && household.poverty_on(since) != Some(poverty)
        {
            let change = HouseholdChange::Poverty(Some(poverty.clone()));
            if let Ok(mut fact) = amend(household, change, reason(), today) {
                fact.happened_on = since;
                facts.push(fact);
            }
        }
        facts
    }
}
