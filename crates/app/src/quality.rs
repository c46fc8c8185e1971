//! The data-quality inbox: what in the records of a unit somebody should look at again.

use crate::actor::Actor;
use crate::authority::Resource;
use crate::failure::Failure;
use crate::opening::App;
use crate::unit::Redrawn;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};
use tram_defs::role::Action;
use tram_domain::fact::Subject;
use tram_domain::likeness::{self, Likeness, Reason, Traits};
use tram_domain::person::NewPerson;
use tram_kernel::HouseholdId;
use tram_kernel::day::add_months;
use tram_kernel::identifier::{Identifier, IdentifierKind};
use tram_store::person::{PersonLine, Within, lines};
use tram_store::{Sql, likeness as store, unit};

/// Years of age up to which the day of birth decides what is owed.
const YOUNG: i32 = 7;

/// Lines of one kind that are shown.
pub const SHOWN: usize = 100;

/// Two records that may be of one person.
#[derive(Debug, Clone)]
pub struct Pair {
    pub first: PersonLine,
    pub second: PersonLine,
    pub points: i32,
    pub reasons: Vec<Reason>,
}

/// Two households that share several pairs: probably one family registered twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Family {
    pub first: HouseholdId,
    pub second: HouseholdId,
    pub pairs: usize,
}

/// What a unit should look at, each kind with its full number.
#[derive(Debug, Clone, Default)]
pub struct Inbox {
    pub pairs: Vec<Pair>,
    pub pairs_total: usize,
    pub families: Vec<Family>,
    /// Fields changed in two places without knowing of each other.
    pub conflicts: Vec<PersonLine>,
    /// The digits of the personal number say another sex or year.
    pub contradicted: Vec<PersonLine>,
    pub contradicted_total: usize,
    /// Children whose day of birth is not known: they have no schedule.
    pub without_birth_day: Vec<PersonLine>,
    pub without_household: Vec<PersonLine>,
    /// Villages still written under a commune that is no more.
    pub redrawn: Vec<Redrawn>,
}

impl Inbox {
    pub fn is_empty(&self) -> bool {
        self.pairs.is_empty()
            && self.conflicts.is_empty()
            && self.contradicted.is_empty()
            && self.without_birth_day.is_empty()
            && self.without_household.is_empty()
            && self.redrawn.is_empty()
    }
}

/// A unit by its local key, and how far one reaches from it.
type Place = (i64, i64);
/// What was found for a place, with the stamp of its records at that moment.
type Stamped = (i64, Arc<Alike>);

/// Pairs found for a unit, until a record of its changes.
#[derive(Debug, Default)]
pub(crate) struct Found(Mutex<BTreeMap<Place, Stamped>>);

#[derive(Debug, Default)]
struct Alike {
    pairs: Vec<(i64, i64, Likeness)>,
    contradicted: Vec<i64>,
}

impl App {
    /// What the records in reach need.
    pub fn inbox(&self, actor: &Actor) -> Result<Inbox, Failure> {
        let today = self.today();
        self.read(actor, Action::PersonWrite, Resource::InReach, |sql, reach| {
            let within = Within { top: actor.unit_key, reach, on: today, area: 0 };
            let alike = self.alike(sql, within)?;
            let distinct = store::distinct(sql)?;
            let open =
                |(a, b, _): &&(i64, i64, Likeness)| !distinct.contains(&(*a.min(b), *a.max(b)));
            let pairs: Vec<&(i64, i64, Likeness)> = alike.pairs.iter().filter(open).collect();
            let limit = SHOWN as i64;
            let conflicts = store::conflicts(sql, within, limit)?;
            let young = add_months(today, -12 * YOUNG);
            let no_day = store::without_birth_day(sql, within, young, limit)?;
            let homeless = store::without_household(sql, within, limit)?;
            let mut named: BTreeSet<i64> =
                pairs.iter().take(SHOWN).flat_map(|(a, b, _)| [*a, *b]).collect();
            let contradicted: Vec<i64> = alike.contradicted.iter().take(SHOWN).copied().collect();
            for some in [&conflicts, &no_day, &homeless, &contradicted] {
                named.extend(some);
            }
            let asked: Vec<i64> = named.into_iter().collect();
            let mut found = lines(sql, &asked)?;
            self.say_villages(sql, (actor.unit_key, reach), today, found.iter_mut())?;
            let by_key: BTreeMap<i64, PersonLine> =
                found.into_iter().map(|line| (line.key, line)).collect();
            let listed = |keys: &[i64]| -> Vec<PersonLine> {
                keys.iter().filter_map(|key| by_key.get(key).cloned()).collect()
            };
            let shown = pairs.iter().take(SHOWN).filter_map(|(a, b, likeness)| {
                let (first, second) = (by_key.get(a)?.clone(), by_key.get(b)?.clone());
                let (points, reasons) = (likeness.points, likeness.reasons.clone());
                Some(Pair { first, second, points, reasons })
            });
            let shown: Vec<Pair> = shown.collect();
            Ok(Inbox {
                families: families(&shown),
                pairs: shown,
                pairs_total: pairs.len(),
                conflicts: listed(&conflicts),
                contradicted: listed(&contradicted),
                contradicted_total: alike.contradicted.len(),
                without_birth_day: listed(&no_day),
                without_household: listed(&homeless),
                redrawn: self.redrawn(sql, (actor.unit_key, reach), today)?,
            })
        })
    }

    /// Pairs of records in reach that look alike, most alike first.
    pub fn alike_pairs(&self, actor: &Actor) -> Result<Vec<(i64, i64, Likeness)>, Failure> {
        let today = self.today();
        self.read(actor, Action::PersonWrite, Resource::InReach, |sql, reach| {
            let within = Within { top: actor.unit_key, reach, on: today, area: 0 };
            Ok(self.alike(sql, within)?.pairs.clone())
        })
    }

    /// Looked for again only when a record in reach has changed.
    fn alike(&self, sql: &mut dyn Sql, within: Within) -> Result<Arc<Alike>, Failure> {
        let stamp = store::stamp(sql, within)?;
        let place = (within.top, within.reach.number());
        let known = |found: &BTreeMap<Place, Stamped>| {
            let (at, alike) = found.get(&place)?;
            (*at == stamp).then(|| Arc::clone(alike))
        };
        if let Some(alike) = known(&self.found.0.lock().expect("nobody panics here")) {
            return Ok(alike);
        }
        let traits = store::traits(sql, within)?;
        let alike = Arc::new(look(&traits));
        let mut found = self.found.0.lock().expect("nobody panics here");
        found.insert(place, (stamp, Arc::clone(&alike)));
        Ok(alike)
    }

    /// Records in reach that look like somebody who is being registered, the likeliest first.
    pub(crate) fn look_alikes(
        &self,
        sql: &mut dyn Sql,
        actor: &Actor,
        new: &NewPerson,
        area: i64,
    ) -> Result<Vec<PersonLine>, Failure> {
        let within = Within { top: actor.unit_key, reach: actor.reach, on: self.today(), area: 0 };
        let traits = traits_of(sql, new, area)?;
        let near = tram_store::person::near(sql, within, &traits.words, traits.phone.as_deref())?;
        let mut alike: Vec<(i32, i64)> = store::traits_of(sql, &near)?
            .into_iter()
            .filter_map(|other| Some((-likeness::compare(&traits, &other)?.points, other.key)))
            .collect();
        alike.sort_unstable();
        let keys: Vec<i64> = alike.into_iter().take(3).map(|(_, key)| key).collect();
        Ok(lines(sql, &keys)?)
    }
}

/// What is compared of somebody who has no record yet.
fn traits_of(sql: &mut dyn Sql, new: &NewPerson, area: i64) -> Result<Traits, Failure> {
    let mut key_of = |subject: Option<Subject>| -> Result<Option<i64>, Failure> {
        let Some(subject) = subject else { return Ok(None) };
        Ok(unit::key(sql, subject)?.map(|(key, _)| key))
    };
    let household = key_of(new.household.as_ref().map(|(id, _)| (*id).into()))?;
    let numbers = |kinds: &[IdentifierKind]| -> Vec<String> {
        let held = new.identifiers.iter().map(|held| &held.identifier);
        held.filter(|id| kinds.contains(&id.kind())).map(|id| id.value().to_owned()).collect()
    };
    let cards = numbers(&[IdentifierKind::InsuranceCard]).into_iter();
    let mut other_numbers = numbers(&[IdentifierKind::OldCard, IdentifierKind::SocialInsurance]);
    other_numbers.extend(cards.map(|card| card[card.len().saturating_sub(10)..].to_owned()));
    let mother = match key_of(new.mother.map(Subject::from))? {
        Some(key) => lines(sql, &[key])?.pop().map(|line| line.name),
        None => new.mother_name.clone(),
    };
    let mother = mother.unwrap_or_default();
    Ok(Traits {
        key: 0,
        words: Traits::words_of(&new.name),
        sex: new.sex,
        born: new.born,
        citizen: numbers(&[IdentifierKind::Citizen]),
        other_numbers,
        phone: new.phone.as_deref().map(|p| p.chars().filter(char::is_ascii_digit).collect()),
        area: Some(area),
        household,
        mother: Traits::words_of(&mother),
    })
}

fn look(traits: &[Traits]) -> Alike {
    let pairs = likeness::pairs(traits);
    let pairs = pairs.into_iter().map(|(a, b, l)| (traits[a].key, traits[b].key, l)).collect();
    let contradicted = traits.iter().filter(|t| is_contradicted(t)).map(|t| t.key).collect();
    Alike { pairs, contradicted }
}

/// A personal number whose digits say another sex or year of birth.
fn is_contradicted(traits: &Traits) -> bool {
    let numbers = traits.citizen.iter();
    let read = numbers.filter_map(|n| Identifier::parse(IdentifierKind::Citizen, n).ok());
    read.into_iter().any(|id| id.contradicts(traits.sex, traits.born).is_some())
}

/// Households that share at least two pairs.
fn families(pairs: &[Pair]) -> Vec<Family> {
    let mut shared: BTreeMap<(HouseholdId, HouseholdId), usize> = BTreeMap::new();
    for pair in pairs {
        if let (Some(a), Some(b)) = (pair.first.household, pair.second.household)
            && a != b
        {
            *shared.entry((a.min(b), a.max(b))).or_default() += 1;
        }
    }
    let mut families: Vec<Family> = shared
        .into_iter()
        .filter(|(_, pairs)| *pairs >= 2)
        .map(|((first, second), pairs)| Family { first, second, pairs })
        .collect();
    families.sort_by_key(|family| std::cmp::Reverse(family.pairs));
    families
}
