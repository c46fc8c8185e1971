//! Deeds of the stock book, the fridge and adverse events, decided as for any user.

use super::{Hand, Outcome};
use crate::demo::calendar::date;
use crate::demo::deed::Act;
use crate::failure::Failure;
use tram_domain::cold_chain;
use tram_domain::fact::{
    AefiRecorded, AefiReported, FactRef, ItemKind, LotBlocked, LotRegistered, TemperatureRead,
};
use tram_domain::immunisation::{AefiWish, follow_aefi, record_aefi};
use tram_domain::stock::{self, Book, Decided, Delivery, Wish, act, block, lot_id, receive};
use tram_kernel::{FridgeId, LotId, Message, PersonId};

pub(super) fn carry_out(hand: &mut Hand<'_, '_>, deed: &Act) -> Result<Outcome, Failure> {
    match deed {
        Act::Receive(delivery) => taken_in(hand, delivery),
        Act::Lot(id, wish) => moved(hand, *id, wish),
        Act::Fridge(id, shard, body) => {
            let days = (hand.today, hand.today);
            let fact = cold_chain::register(*id, *shard, body.clone(), days)?;
            Ok(Outcome::plain("coldchain.fridge", vec![fact]))
        }
        Act::Reading(id, what) => reading(hand, *id, what),
        Act::Aefi(id, on, severe) => event(hand, *id, *on, *severe),
        _ => Ok(Outcome::plain("", Vec::new())),
    }
}

fn outcome(action: &'static str, decided: Decided) -> Outcome {
    let warnings = decided.warnings.iter().map(stock::Warning::code).collect();
    Outcome { action, facts: decided.facts, warnings }
}

fn taken_in(hand: &mut Hand<'_, '_>, delivery: &Delivery) -> Result<Outcome, Failure> {
    let unit = hand.tx.unit(delivery.named.unit)?.ok_or(Failure::NotFound)?;
    let lot = hand.tx.lot(delivery.id())?;
    let (defs, days) = (hand.tx.definitions(), (hand.today, hand.today));
    let decided = receive(defs, lot.as_ref(), unit.shard, delivery, days, None)?;
    Ok(outcome("stock.receive", decided))
}

fn moved(hand: &mut Hand<'_, '_>, id: LotId, wish: &Wish) -> Result<Outcome, Failure> {
    let lot = hand.tx.lot(id)?.ok_or(Failure::NotFound)?;
    let book = Book { balance: lot.sum(), opened: None };
    let days = (hand.today, hand.today);
    let decided = act(hand.tx.definitions(), &lot, book, wish.clone(), days)?;
    Ok(outcome("stock.lose", decided))
}

fn reading(
    hand: &mut Hand<'_, '_>,
    id: FridgeId,
    what: &TemperatureRead,
) -> Result<Outcome, Failure> {
    let fridge = hand.tx.fridge(id)?.ok_or(Failure::NotFound)?;
    let (wish, days) = (cold_chain::Wish::Read(what.clone()), (hand.today, hand.today));
    let fact = cold_chain::act(hand.tx.definitions(), &fridge, wish, days)?;
    Ok(Outcome::plain("coldchain.read", vec![fact]))
}

/// A reaction on the evening of the doses. A severe one blocks the lots and is reported to everybody who
/// must have it, in the next change-set.
fn event(hand: &mut Hand<'_, '_>, id: PersonId, on: i32, severe: bool) -> Result<Outcome, Failure> {
    let (person, by) = (hand.person(id)?, hand.by.ok_or(Failure::NotFound)?);
    let day = date(on);
    let doses: Vec<_> = person.doses.iter().filter(|dose| dose.day == day).cloned().collect();
    let refs: Vec<FactRef> = doses.iter().map(|dose| dose.at).collect();
    let signs = if severe { ["high_fever", "convulsion"] } else { ["local", "fever"] };
    let (outcome_code, care) = match severe {
        true => ("referred", "Xử trí theo phác đồ, chuyển Trung tâm Y tế khu vực"),
        false => ("recovered", "Hạ sốt, dặn theo dõi tại nhà"),
    };
    let (noticed_on, noticed_minute) = (hand.at.day(), hand.at.minute().saturating_sub(30));
    let body = AefiRecorded {
        doses: refs,
        severe,
        minute: Some(19 * 60 + 20),
        signs: signs.map(str::to_owned).to_vec(),
        told: None,
        degree: None,
        care: Some(care.to_owned()),
        outcome: outcome_code.to_owned(),
        noticed_on,
        noticed_minute,
        unit: by.unit,
    };
    let defs = hand.tx.definitions();
    let (fact, said): (_, Vec<Message>) = record_aefi(defs, &person, body, day, hand.at)?;
    let mut facts = vec![fact];
    for dose in doses.iter().filter(|_| severe) {
        let (item, Some(lot)) = (&dose.what.vaccine, &dose.what.lot) else { continue };
        let known = hand.tx.lot(lot_id(by.unit, ItemKind::Vaccine, item, lot))?;
        let named = LotRegistered {
            unit: by.unit,
            kind: ItemKind::Vaccine,
            item: item.clone(),
            lot: lot.clone(),
            expires: None,
            maker: None,
            per_pack: None,
        };
        let what = LotBlocked { reason: "aefi".into(), note: None };
        let shard = person.shard;
        facts.extend(block(defs, known.as_ref(), shard, &named, what, hand.today)?);
    }
    let warnings = said.iter().map(|message| message.code).collect();
    let recorded = Outcome { action: "immunisation.aefi", facts, warnings };
    if !severe {
        return Ok(recorded);
    }
    hand.append(hand.by, hand.at, recorded)?;
    let person = hand.person(id)?;
    let at = person.aefi.last().ok_or(Failure::NotFound)?.event.at;
    let mut facts = Vec::new();
    for to in &defs.aefi().receivers {
        let (to, minute) = (to.clone(), hand.at.minute() + 40);
        let document = Some("Báo cáo nhanh".to_owned());
        let sent = AefiReported { aefi: at, to, minute, by: None, document };
        let days = (hand.today, hand.today);
        facts.push(follow_aefi(defs, &person, AefiWish::Report(sent), days)?);
    }
    Ok(Outcome::plain("immunisation.aefi_report", facts))
}
