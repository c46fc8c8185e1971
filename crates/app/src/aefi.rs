//! Adverse events following immunisation: from one button to the blocked lot, the report and the conclusion.

use crate::actor::Actor;
use crate::authority::Resource;
use crate::command::Command;
use crate::failure::{Done, Failure};
use crate::opening::{App, unaccepted};
use crate::stock::Sent;
use std::collections::BTreeSet;
use tram_defs::role::Action;
use tram_domain::fact::{AefiRecorded, DoseGiven, Fact, ItemKind, LotBlocked, LotRegistered};
use tram_domain::immunisation::{AefiWish, follow_aefi, record_aefi};
use tram_domain::stock::{block, lot_id};
use tram_kernel::day::add_months;
use tram_kernel::{Date, PersonId, Shard, UnitId};
pub use tram_store::aefi::AefiRow;
use tram_store::aefi::{events, untold};
use tram_store::{Sql, Tx, unit};

/// Code of `lists/lot_block_reason.csv` for a lot that is blocked because of an event.
const AEFI: &str = "aefi";

/// An event to be written down.
#[derive(Debug, Clone)]
pub struct AefiForm {
    pub person: PersonId,
    pub body: AefiRecorded,
    /// The day it began.
    pub on: Date,
}

impl App {
    /// Events of the units in reach in the last year, newest first.
    pub fn adverse_events(&self, actor: &Actor) -> Result<Vec<AefiRow>, Failure> {
        let today = self.today();
        self.read(actor, Action::AefiRead, Resource::InReach, |sql, reach| {
            Ok(events(sql, (actor.unit_key, reach), today, add_months(today, -12))?)
        })
    }

    /// Severe events whose report has not reached everybody it must.
    pub fn untold_events(&self, actor: &Actor) -> Result<Vec<AefiRow>, Failure> {
        let today = self.today();
        self.read(actor, Action::AefiRead, Resource::InReach, |sql, reach| {
            Ok(untold(sql, (actor.unit_key, reach), today)?)
        })
    }

    /// Writes down an event. A severe one blocks the lots at every point of the unit in the same action;
    /// answers how many books they were blocked in.
    pub fn record_aefi(
        &self,
        actor: &Actor,
        form: &AefiForm,
        sent: &Sent,
    ) -> Result<Done<usize>, Failure> {
        self.db.write(self.now(), |tx| {
            let whose = Resource::Person(form.person);
            self.check(tx.sql(), actor, Action::AefiWrite, whose)?;
            if let Some(command) = &sent.command
                && command.before(tx)?.is_some()
            {
                return Ok(Done::quietly(0));
            }
            let person = tx.person(form.person)?.ok_or(Failure::NotFound)?;
            let body = AefiRecorded { unit: actor.unit, ..form.body.clone() };
            let doses: Vec<DoseGiven> = person
                .doses
                .iter()
                .filter(|dose| body.doses.contains(&dose.at))
                .map(|dose| dose.what.clone())
                .collect();
            let severe = body.severe;
            let (fact, said) = record_aefi(tx.definitions(), &person, body, form.on, self.now())?;
            if let Some(open) = unaccepted(&said, &sent.accepted) {
                return Err(Failure::Confirm(open));
            }
            let mut facts = vec![fact];
            let blocks = if severe { self.blocks(tx, actor, &doses)? } else { Vec::new() };
            let blocked: BTreeSet<_> = blocks.iter().map(|fact| fact.subject).collect();
            facts.extend(blocks);
            let draft = self.draft(actor, "immunisation.aefi", facts, &said, None);
            self.append(tx, actor, &draft)?;
            if let Some(command) = &sent.command {
                command.remember(tx, "done")?;
            }
            Ok(Done { value: blocked.len(), warnings: said })
        })
    }

    /// The blocks of the lots of some doses, at every point of one's unit that has none standing.
    fn blocks(
        &self,
        tx: &mut Tx<'_>,
        actor: &Actor,
        doses: &[DoseGiven],
    ) -> Result<Vec<Fact>, Failure> {
        let today = self.today();
        let points = points(tx.sql(), actor, today)?;
        let lots: BTreeSet<(&str, &str)> = doses
            .iter()
            .filter(|dose| dose.giver.is_some_and(|unit| points.iter().any(|(p, _)| *p == unit)))
            .filter_map(|dose| Some((dose.vaccine.as_str(), dose.lot.as_deref()?)))
            .collect();
        let kind = ItemKind::Vaccine;
        let ids = points.iter().flat_map(|(point, _)| {
            lots.iter().map(|(item, lot)| lot_id(*point, kind, item, lot).into())
        });
        tx.expect(ids.collect::<Vec<_>>())?;
        let mut facts = Vec::new();
        for (point, shard) in points {
            for (item, lot) in &lots {
                let known = tx.lot(lot_id(point, kind, item, lot))?;
                if known.as_ref().is_some_and(|lot| lot.blocked_since().is_some()) {
                    continue;
                }
                let named = LotRegistered {
                    unit: point,
                    kind,
                    item: (*item).to_owned(),
                    lot: (*lot).to_owned(),
                    expires: None,
                    maker: None,
                    per_pack: None,
                };
                let what = LotBlocked { reason: AEFI.to_owned(), note: None };
                let defs = tx.definitions();
                facts.extend(block(defs, known.as_ref(), shard, &named, what, today)?);
            }
        }
        Ok(facts)
    }

    /// Writes what came later of an event: how the person is, to whom it was reported, what it was.
    pub fn follow_aefi(
        &self,
        actor: &Actor,
        person: PersonId,
        wish: &AefiWish,
        on: Date,
        command: Option<Command>,
    ) -> Result<(), Failure> {
        let today = self.today();
        self.db.write(self.now(), |tx| {
            self.check(tx.sql(), actor, Action::AefiWrite, Resource::Person(person))?;
            if let Some(command) = command
                && command.before(tx)?.is_some()
            {
                return Ok(());
            }
            let found = tx.person(person)?.ok_or(Failure::NotFound)?;
            let fact = follow_aefi(tx.definitions(), &found, wish.clone(), (on, today))?;
            let action = match wish {
                AefiWish::Follow(_) => "immunisation.aefi_follow",
                AefiWish::Report(_) => "immunisation.aefi_report",
                AefiWish::Conclude(_) => "immunisation.aefi_conclude",
            };
            let draft = self.draft(actor, action, vec![fact], &[], None);
            self.append(tx, actor, &draft)?;
            if let Some(command) = command {
                command.remember(tx, "done")?;
            }
            Ok(())
        })
    }
}

/// Every point of a unit: the unit, or the one whose site it is, with all its sites on a day.
fn points(sql: &mut dyn Sql, actor: &Actor, on: Date) -> Result<Vec<(UnitId, Shard)>, Failure> {
    let stands = |row: &tram_store::unit::RelationRow| {
        row.kind == "site_of" && row.from <= on && row.to.is_none_or(|to| on < to)
    };
    let parent = unit::parents(sql, actor.unit_key)?.into_iter().find(stands);
    let (top, top_key) =
        parent.map_or((actor.unit, actor.unit_key), |row| (row.other.id, row.other.key));
    let sites = unit::children(sql, top_key)?.into_iter().filter(stands).map(|row| row.other.id);
    let mut points = Vec::new();
    for id in std::iter::once(top).chain(sites) {
        let (_, shard) = unit::key(sql, id.into())?.ok_or(Failure::NotFound)?;
        points.push((id, shard));
    }
    Ok(points)
}
