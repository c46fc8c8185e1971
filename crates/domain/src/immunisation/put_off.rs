//! Putting a dose off for a passing reason, or a series for ever.

use super::{Refusal, is_listed};
use crate::calendar::propose;
use crate::fact::{DoseDeferred, Fact, SeriesContraindicated};
use crate::person::{Person, life::within_life};
use tram_defs::Definitions;
use tram_kernel::Date;

const DEFERRALS: &str = "deferral_reason";
const CONTRAINDICATIONS: &str = "contraindication_reason";

/// What was concluded of a child that is not vaccinated today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Screened {
    /// Came and is not fit today; with a temperature in tenths of a degree when it was taken.
    Unfit {
        temperature: Option<u16>,
    },
    Absent,
}

/// Reason and day of a deferral, as the screening rule has them; nobody is called on a day off.
pub fn put_off(defs: &Definitions, series: String, what: Screened, on: Date) -> DoseDeferred {
    let rule = defs.screening();
    let because = match what {
        Screened::Absent => &rule.absent,
        Screened::Unfit { temperature } => match temperature {
            Some(tenths) if rule.is_out_of_range(tenths) => &rule.temperature,
            _ => &rule.unwell,
        },
    };
    let until = propose(defs, because.until(on)).day;
    DoseDeferred { series, reason: because.reason.clone(), until }
}

/// The child was not vaccinated today for a passing reason; owed again from `until`.
pub fn defer(
    defs: &Definitions,
    person: &Person,
    deferred: DoseDeferred,
    on: Date,
    today: Date,
) -> Result<Fact, Refusal> {
    within_life(person, on, today)?;
    if defs.series(&deferred.series).is_none() {
        return Err(Refusal::UnknownSeries { series: deferred.series });
    }
    if !is_listed(defs, DEFERRALS, &deferred.reason) {
        return Err(Refusal::UnknownReason { reason: deferred.reason });
    }
    if deferred.until <= on {
        return Err(Refusal::DeferralReversed { until: deferred.until, on });
    }
    Ok(Fact::new(person.id.into(), person.shard, on, deferred.into()))
}

/// The child must not get this series.
pub fn contraindicate(
    defs: &Definitions,
    person: &Person,
    stop: SeriesContraindicated,
    on: Date,
    today: Date,
) -> Result<Fact, Refusal> {
    within_life(person, on, today)?;
    if defs.series(&stop.series).is_none() {
        return Err(Refusal::UnknownSeries { series: stop.series });
    }
    if !is_listed(defs, CONTRAINDICATIONS, &stop.reason) {
        return Err(Refusal::UnknownReason { reason: stop.reason });
    }
    Ok(Fact::new(person.id.into(), person.shard, on, stop.into()))
}
