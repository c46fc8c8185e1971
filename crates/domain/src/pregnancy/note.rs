//! What may be told of a pregnancy: that there is one, how far it is, that it ended early.

use super::{LONGEST_WEEKS, Pregnancy, TERM_DAYS, by_last_period, by_scan, date};
use crate::fact::{Fact, PregnancyEnded, PregnancyNoted, PregnancyOutcome};
use crate::person::life::within_life;
use crate::person::{Decided, Person, Refusal, Warning, check_mother};
use tram_defs::Definitions;
use tram_kernel::Date;
use tram_kernel::day::{add_days, days_between};

/// Further apart than this, one of two ways of dating is wrong.
const DOUBTFUL_DAYS: i32 = 28;
/// An ultrasound tells an age between these.
const SCAN_WEEKS: std::ops::RangeInclusive<u8> = 4..=42;
/// Weeks from which a child born dead is a stillbirth and no loss.
const STILLBIRTH_WEEKS: i32 = 22;

/// A pregnancy is known, or more is known of the open one: then its expected date is decided anew. What
/// `noted` says of the expected date counts only when nothing is told to count it from.
pub fn note_pregnancy(
    defs: &Definitions,
    person: &Person,
    on: Date,
    noted: PregnancyNoted,
    today: Date,
) -> Result<Decided, Refusal> {
    within_life(person, on, today)?;
    let mut warnings: Vec<Warning> = check_mother(person, on)?.into_iter().collect();
    told_rightly(&noted, on)?;
    let open = person.open_pregnancy();
    let is_lapsed = |open: &Pregnancy| open.age_on(on).weeks() >= LONGEST_WEEKS;
    let known: Vec<&PregnancyNoted> = match open.filter(|open| !is_lapsed(open)) {
        Some(open) => open.told.iter().map(|told| &told.what).collect(),
        None => Vec::new(),
    };
    let (expected, basis) = date(defs.dating_on(on), &known, &noted);
    let noted = PregnancyNoted { expected, basis, ..noted };
    if expected < add_days(on, TERM_DAYS - 7 * LONGEST_WEEKS) || expected > add_days(on, TERM_DAYS)
    {
        return Err(Refusal::DueDateOutside { expected, on });
    }
    let over = person.deliveries.range(on..=add_days(expected, 7 * LONGEST_WEEKS - TERM_DAYS));
    if let Some(over) = over.copied().next() {
        return Err(Refusal::PregnancyOver { on: over });
    }
    warnings.extend(doubts(&known, &noted));
    match open {
        Some(open) if is_lapsed(open) => {
            warnings.push(Warning::PregnancyNotEnded { expected: open.expected() });
        }
        Some(open) if !open.is_told_by(&noted) => {
            return Err(Refusal::AlreadyPregnant { expected: open.expected() });
        }
        Some(open) if says_nothing_new(open, &noted) => return Err(Refusal::NoChange),
        Some(open) if open.expected() != expected => {
            warnings.push(Warning::DueDateMoves { from: open.expected(), to: expected });
        }
        _ => {}
    }
    let fact = Fact::new(person.id.into(), person.shard, on, noted.into());
    Ok(Decided { facts: vec![fact], warnings })
}

/// What contradicts itself and may still be so.
fn doubts(known: &[&PregnancyNoted], noted: &PregnancyNoted) -> Vec<Warning> {
    let mut warnings = Vec::new();
    let period = noted.last_period.or_else(|| known.iter().rev().find_map(|told| told.last_period));
    if let (Some(first), Some(scan)) = (period, &noted.scan) {
        let days = days_between(by_last_period(first), by_scan(scan)).abs();
        if days > DOUBTFUL_DAYS {
            warnings.push(Warning::DatingsDiffer { days });
        }
    }
    if let (Some(gravida), Some(para)) = (noted.gravida, noted.para)
        && gravida <= para.term + para.preterm + para.lost
    {
        warnings.push(Warning::GravidaBelowPara { gravida });
    }
    warnings
}

/// What can be on the day it is told.
fn told_rightly(noted: &PregnancyNoted, on: Date) -> Result<(), Refusal> {
    let can_be = |day: Date| (0..7 * LONGEST_WEEKS).contains(&days_between(day, on));
    if let Some(first) = noted.last_period.filter(|first| !can_be(*first)) {
        return Err(Refusal::LastPeriodOutside { first, on });
    }
    if let Some(scan) = &noted.scan {
        let is_age = SCAN_WEEKS.contains(&scan.weeks) && scan.days < 7;
        if !is_age || !can_be(scan.on) {
            return Err(Refusal::ScanOutside { on: scan.on });
        }
    }
    if let Some(transfer) = &noted.transfer {
        let is_age = (2..=7).contains(&transfer.embryo_days);
        if !is_age || !can_be(transfer.on) {
            return Err(Refusal::TransferOutside { on: transfer.on });
        }
    }
    match noted.fetuses {
        Some(0 | 6..) => Err(Refusal::FetusesOutside),
        _ => Ok(()),
    }
}

/// Every word of it is known of the open pregnancy already.
fn says_nothing_new(open: &Pregnancy, noted: &PregnancyNoted) -> bool {
    let is_told = |same: &dyn Fn(&PregnancyNoted) -> bool| open.told.iter().any(|t| same(&t.what));
    open.expected() == noted.expected
        && (noted.last_period.is_none() || is_told(&|t| t.last_period == noted.last_period))
        && (noted.scan.is_none() || is_told(&|t| t.scan == noted.scan))
        && (noted.transfer.is_none() || is_told(&|t| t.transfer == noted.transfer))
        && (noted.fetuses.is_none() || open.fetuses() == noted.fetuses)
        && (noted.gravida.is_none() || open.gravida() == noted.gravida)
        && (noted.para.is_none() || open.para() == noted.para)
}

/// The open pregnancy ended before a child could live. Why is not said here.
pub fn end_early(person: &Person, on: Date, today: Date) -> Result<Decided, Refusal> {
    within_life(person, on, today)?;
    check_mother(person, on)?;
    let open = person.open_pregnancy().filter(|open| open.begins() <= on);
    let open = open.ok_or(Refusal::NotPregnant { on })?;
    let weeks = open.age_on(on).weeks();
    let warning = (weeks >= STILLBIRTH_WEEKS).then_some(Warning::LateLoss { weeks });
    let body = PregnancyEnded { outcome: PregnancyOutcome::Loss };
    let fact = Fact::new(person.id.into(), person.shard, on, body.into());
    Ok(Decided { facts: vec![fact], warnings: warning.into_iter().collect() })
}
