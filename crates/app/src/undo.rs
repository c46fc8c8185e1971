//! Taking back what one has just saved: one use case for every ordinary save.
//!
//! The save stays in the log; each of its facts gets a `FactRetracted`, in one user action of its own. Only
//! its author may, for ten minutes, and while nobody has written on about the same people or things. After
//! that each entry is taken back on its own page, with a reason.

use crate::actor::Actor;
use crate::authority::Resource;
use crate::failure::Failure;
use crate::opening::App;
use std::collections::BTreeSet;
use tram_defs::role::Action;
use tram_domain::fact::{Draft, FactRef, Logged, Subject};
use tram_domain::undo::{is_opening, undo};
use tram_kernel::{Message, Moment, UserId};
use tram_store::desk::{self, Place};
use tram_store::{Tx, person};

/// How long a save may be taken back at once.
const WHILE_MS: i64 = 10 * 60_000;

/// A save of one's own that may still be taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecentSave {
    /// Names it in [`App::undo`].
    pub set: String,
    pub action: String,
    /// The first one it was about.
    pub subject: Subject,
    pub at: Moment,
}

/// What taking a save back left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Undone {
    /// The first one it was about.
    pub subject: Subject,
    /// The save had opened the record: it is not there any more.
    pub is_gone: bool,
}

/// What one must be allowed to do to take back an action of this code; nothing for actions that are not
/// taken back at once.
fn right_of(code: &str) -> Option<Action> {
    let (group, what) = code.split_once('.')?;
    match (group, what) {
        ("person", "retract" | "link" | "unlink" | "distinct" | "undo") => None,
        ("stock" | "coldchain", "retract" | "fridge") => None,
        ("person" | "household", _) => Some(Action::PersonWrite),
        ("immunisation", what) if what.starts_with("aefi") => Some(Action::AefiWrite),
        ("immunisation", _) => Some(Action::ImmunisationWrite),
        ("stock", _) => Some(Action::StockWrite),
        ("coldchain", _) => Some(Action::ColdChainWrite),
        _ => None,
    }
}

fn name_of(place: Place) -> String {
    format!("{}.{}.{}", place.node, place.epoch, place.seq)
}

fn place_of(name: &str) -> Option<Place> {
    let mut parts = name.split('.');
    let place = Place {
        node: parts.next()?.parse().ok()?,
        epoch: parts.next()?.parse().ok()?,
        seq: parts.next()?.parse().ok()?,
    };
    parts.next().is_none().then_some(place)
}

impl App {
    /// Notes a save that may be taken back, in its own transaction.
    pub(crate) fn note_save(
        &self,
        tx: &mut Tx<'_>,
        actor: &Actor,
        draft: &Draft,
        refs: &[FactRef],
    ) -> Result<(), Failure> {
        let (Some(user), Some(first)) = (actor.user, draft.facts.first()) else { return Ok(()) };
        let (Some(at), Some(_)) = (refs.first(), right_of(draft.action)) else { return Ok(()) };
        let Some(subject) = tx.known_key(first.subject) else { return Ok(()) };
        let place = Place { node: tx.node_key(), epoch: at.epoch, seq: at.seq };
        let times = (draft.recorded_at, since(draft.recorded_at));
        Ok(desk::note(tx.sql(), user, (place, subject), draft.action, times)?)
    }

    /// The saves of a user that may still be taken back by them, the newest first.
    pub fn recent_saves(&self, user: UserId) -> Result<Vec<RecentSave>, Failure> {
        let found = self.db.read(|sql| desk::recent(sql, user, since(self.now())))?;
        let saves = found.into_iter().map(|save| {
            let desk::RecentSave { place, subject, action, at } = save;
            RecentSave { set: name_of(place), action, subject, at }
        });
        Ok(saves.collect())
    }

    /// Takes a save of one's own back, whole.
    pub fn undo(&self, actor: &Actor, set: &str, reason: &str) -> Result<Undone, Failure> {
        let (user, place) = actor.user.zip(place_of(set)).ok_or(Failure::NotFound)?;
        let (now, today) = (self.now(), self.today());
        self.db.write(now, |tx| {
            let mine = desk::recent(tx.sql(), user, since(now))?;
            let Some(save) = mine.into_iter().find(|save| save.place == place) else {
                return Err(Failure::refused(Message::new("undo-too-late")));
            };
            let right = right_of(&save.action).ok_or(Failure::NotFound)?;
            let about = desk::subjects_of(tx.sql(), place)?;
            for (subject, _) in &about {
                self.check_undo(tx, actor, right, *subject)?;
            }
            let (mut facts, mut gone) = (Vec::new(), BTreeSet::new());
            for (subject, key) in &about {
                let all = tx.facts_of(*subject)?.into_owned();
                let nodes = self.db.nodes();
                let of_it = |at: &FactRef| {
                    let node = nodes.get(&place.node).map(|node| node.id);
                    (Some(at.node), at.epoch, at.seq) == (node, place.epoch, place.seq)
                };
                facts.extend(undo(&all, of_it, reason, today).map_err(refused)?);
                let opens = |known: &Logged| of_it(&known.at) && is_opening(&known.fact.body);
                if all.iter().any(opens) {
                    gone.insert((*subject, *key));
                }
            }
            self.check_nobody_leans(tx, &about, &gone)?;
            let draft = self.draft(actor, "person.undo", facts, &[], Some(reason));
            self.append(tx, actor, &draft)?;
            desk::take(tx.sql(), user, place, since(now))?;
            let is_gone = gone.iter().any(|(subject, _)| *subject == save.subject);
            Ok(Undone { subject: save.subject, is_gone })
        })
    }

    fn check_undo(
        &self,
        tx: &mut Tx<'_>,
        actor: &Actor,
        right: Action,
        subject: Subject,
    ) -> Result<(), Failure> {
        let resource = match subject {
            Subject::Person(id) => Resource::Person(id),
            Subject::Household(id) => Resource::Household(id),
            Subject::Lot(id) => Resource::Unit(tx.lot(id)?.ok_or(Failure::NotFound)?.unit),
            Subject::Fridge(id) => Resource::Unit(tx.fridge(id)?.ok_or(Failure::NotFound)?.unit),
            _ => return Err(Failure::NotFound),
        };
        self.check(tx.sql(), actor, right, resource)?;
        Ok(())
    }

    /// A record that would disappear must not be named by others: a mother, a household with members.
    fn check_nobody_leans(
        &self,
        tx: &mut Tx<'_>,
        about: &[(Subject, i64)],
        gone: &BTreeSet<(Subject, i64)>,
    ) -> Result<(), Failure> {
        let ours = |id: Subject| about.iter().any(|(subject, _)| *subject == id);
        for (subject, key) in gone {
            let leans = match subject {
                Subject::Person(_) => {
                    let children = person::children(tx.sql(), *key)?;
                    children.iter().any(|child| !ours(child.id.into()))
                }
                Subject::Household(_) => {
                    let members = person::members(tx.sql(), *key)?;
                    members.iter().any(|member| !ours(member.person.id.into()))
                }
                _ => false,
            };
            if leans || tx.is_linked(*subject) {
                return Err(Failure::refused(Message::new("undo-built-on")));
            }
        }
        Ok(())
    }
}

const fn since(now: Moment) -> Moment {
    Moment::from_ms(now.ms() - WHILE_MS)
}

fn refused(refusal: tram_domain::undo::Refusal) -> Failure {
    Failure::refused(refusal.message())
}
