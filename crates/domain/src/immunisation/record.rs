//! Writing down a dose.

use super::{NotCounted, Refusal, Warning, is_listed, judge};
use crate::fact::{Body, DoseGiven, Fact, FactRef};
use crate::person::{self, Person, life::within_life};
use tram_defs::Definitions;
use tram_kernel::{Date, NodeId};

const SITES: &str = "injection_site";

/// The fact of a dose that was given, with what should be said about it. Of several doses given at one
/// visit, each is recorded with those before it [on the card](put_on_card).
pub fn record(
    defs: &Definitions,
    person: &Person,
    dose: DoseGiven,
    on: Date,
    today: Date,
) -> Result<(Fact, Vec<Warning>), Refusal> {
    within_life(person, on, today)?;
    let Some(vaccine) = defs.vaccine(&dose.vaccine) else {
        return Err(Refusal::UnknownVaccine { vaccine: dose.vaccine });
    };
    if let Some(site) = dose.site.as_deref().filter(|site| !is_listed(defs, SITES, site)) {
        return Err(Refusal::UnknownSite { site: site.to_owned() });
    }
    if person.doses.iter().any(|d| d.day == on && d.what.vaccine == dose.vaccine) {
        return Err(Refusal::AlreadyRecorded { vaccine: vaccine.name.clone(), on });
    }
    if dose.giver.is_some() && !dose.screened {
        return Err(Refusal::NotScreened);
    }
    let fact = Fact::new(person.id.into(), person.shard, on, dose.into());
    let mut warnings = Vec::new();
    for stop in &person.contraindications {
        if vaccine.series.contains(&stop.what.series) {
            let (series, reason) = (stop.what.series.clone(), stop.what.reason.clone());
            warnings.push(Warning::Contraindicated { series, reason });
        }
    }
    warnings.extend(said_of(defs, person, &fact));
    Ok((fact, warnings))
}

/// The place in the log of what is not written yet: after everything that is.
pub(crate) const fn not_yet(ordinal: u16) -> FactRef {
    FactRef { node: NodeId::from_u128(u128::MAX), epoch: u32::MAX, seq: u64::MAX, ordinal }
}

/// Puts a dose on the card before it is written, so that the next one is judged with it.
pub fn put_on_card(person: &mut Person, fact: &Fact) {
    let Body::DoseGiven(dose) = &fact.body else { return };
    let node = not_yet(0).node;
    let waiting = person.doses.iter().filter(|dose| dose.at.node == node).count();
    let at = not_yet(waiting as u16);
    person.doses.push(person::On { at, day: fact.happened_on, what: dose.clone() });
    person.doses.sort_by_key(|dose| (dose.day, dose.what.minute, dose.at));
}

/// Judges the child's course as if the dose were already on the card: one rule, written once.
fn said_of(defs: &Definitions, person: &Person, fact: &Fact) -> Vec<Warning> {
    const THIS: FactRef = not_yet(u16::MAX);
    let Body::DoseGiven(dose) = &fact.body else { return Vec::new() };
    let mut doses = person.doses.clone();
    doses.push(person::On { at: THIS, day: fact.happened_on, what: dose.clone() });
    doses.sort_by_key(|dose| (dose.day, dose.what.minute, dose.at));
    let (verdicts, ..) = judge(defs, person, &doses);
    let of_this: Vec<_> = verdicts.into_iter().filter(|verdict| verdict.at == THIS).collect();
    // A combined vaccine is given for what is still missing; what is complete already is no surprise.
    let serves = of_this.iter().any(|verdict| verdict.counts.is_ok());
    of_this
        .into_iter()
        .filter_map(|v| {
            let why = v.counts.err()?;
            let said = !(serves && why == NotCounted::Extra);
            said.then_some(Warning::NotCounted { series: v.series, why })
        })
        .collect()
}
