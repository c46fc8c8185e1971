//! Two households side by side: which members are the same people.

use crate::actor::Actor;
use crate::authority::Resource;
use crate::failure::Failure;
use crate::opening::App;
use std::collections::{BTreeMap, BTreeSet};
use tram_defs::role::Action;
use tram_domain::likeness::pairs;
use tram_kernel::HouseholdId;
use tram_store::likeness::traits_of;
use tram_store::person::{HouseholdRow, PersonLine, household, lines, members};
use tram_store::unit;

/// A member of each household who may be the same person.
#[derive(Debug, Clone)]
pub struct MemberPair {
    pub kept: PersonLine,
    pub other: PersonLine,
}

/// Two households that may be one family registered twice.
#[derive(Debug, Clone)]
pub struct HouseholdPair {
    pub kept: HouseholdRow,
    pub other: HouseholdRow,
    pub pairs: Vec<MemberPair>,
    /// Members of the other household nobody of the first one looks like.
    pub alone: Vec<PersonLine>,
}

impl App {
    /// Compares the members of two households; both must be in reach.
    pub fn compare_households(
        &self,
        actor: &Actor,
        kept: HouseholdId,
        other: HouseholdId,
    ) -> Result<HouseholdPair, Failure> {
        if kept == other {
            return Err(Failure::NotFound);
        }
        let today = self.today();
        self.read(actor, Action::PersonWrite, Resource::Household(kept), |sql, _| {
            self.check(sql, actor, Action::PersonWrite, Resource::Household(other))?;
            let mut rows = Vec::new();
            let mut living: Vec<BTreeSet<i64>> = Vec::new();
            for id in [kept, other] {
                let (key, _) = unit::key(sql, id.into())?.ok_or(Failure::NotFound)?;
                rows.push(household(sql, key)?.ok_or(Failure::NotFound)?);
                let now = members(sql, key)?;
                let now = now.iter().filter(|m| m.to.is_none_or(|to| to > today));
                living.push(now.map(|member| member.person.key).collect());
            }
            let keys: Vec<i64> = living.iter().flatten().copied().collect();
            let traits = traits_of(sql, &keys)?;
            let by_key: BTreeMap<i64, PersonLine> =
                lines(sql, &keys)?.into_iter().map(|line| (line.key, line)).collect();
            let mut taken: BTreeSet<i64> = BTreeSet::new();
            let mut found = Vec::new();
            for (a, b, _) in pairs(&traits) {
                let (a, b) = (traits[a].key, traits[b].key);
                let (a, b) = if living[0].contains(&a) { (a, b) } else { (b, a) };
                let is_across = living[0].contains(&a) && living[1].contains(&b);
                if is_across && !taken.contains(&a) && !taken.contains(&b) {
                    taken.extend([a, b]);
                    found.push(MemberPair { kept: by_key[&a].clone(), other: by_key[&b].clone() });
                }
            }
            let alone = living[1].iter().filter(|key| !taken.contains(key));
            let alone = alone.filter_map(|key| by_key.get(key).cloned()).collect();
            let other = rows.pop().ok_or(Failure::NotFound)?;
            let kept = rows.pop().ok_or(Failure::NotFound)?;
            Ok(HouseholdPair { kept, other, pairs: found, alone })
        })
    }
}
