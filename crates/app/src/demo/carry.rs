//! Deeds are carried out: `domain` decides each one on the record as it stands, and the facts are
//! appended, many deeds in one transaction, in the order of time.

mod store;

use super::calendar::date;
use super::deed::{Act, By, Cast, Deed, Giver, NewHousehold, PlannedDose, Visit, lot};
use crate::failure::Failure;
use tram_defs::immunisation::Route;
use tram_domain::fact::{
    DoseDeferred, DoseGiven, Draft, Fact, HouseholdRegistered, IdentifierRecorded, PersonChange,
    RecordConfirmed,
};
use tram_domain::household;
use tram_domain::immunisation::{self, contraindicate, defer, put_on_card, record, tetanus};
use tram_domain::person::{
    self, Decided, NewBirth, NewPerson, NewResidence, Person, Refusal, amend, end_identifier,
    join_household, move_out, move_to, record_death, record_identifier, record_stillbirth,
    register, register_birth, temporary_identifier,
};
use tram_domain::pregnancy::note_pregnancy;
use tram_domain::programme;
use tram_kernel::identifier::IdentifierKind;
use tram_kernel::{Date, HouseholdId, Moment, PersonId, Shard};
use tram_store::Tx;

/// What one deed comes to: facts in the name of a use case, with the warnings that were accepted.
struct Outcome {
    action: &'static str,
    facts: Vec<Fact>,
    warnings: Vec<&'static str>,
}

impl Outcome {
    fn of(action: &'static str, decided: Decided) -> Self {
        let warnings = decided.warnings.iter().map(person::Warning::message).map(|m| m.code);
        Self { action, warnings: warnings.collect(), facts: decided.facts }
    }

    fn plain(action: &'static str, facts: Vec<Fact>) -> Self {
        Self { action, facts, warnings: Vec::new() }
    }
}

/// Does one deed inside a transaction.
pub(super) fn carry_out(tx: &mut Tx<'_>, cast: &Cast, deed: &Deed) -> Result<(), Failure> {
    let by = cast.by(deed.by);
    let mut hand = Hand { tx, by, today: deed.at.day(), at: deed.at };
    let outcome = match &deed.act {
        Act::Found(action, facts) => Outcome::plain(action, facts.clone()),
        Act::List(id, shard, body, people) => hand.list(*id, *shard, body, people)?,
        Act::Arrive(home, new) => hand.arrive(home.as_ref(), new)?,
        Act::Birth(mother, born) => hand.birth(*mother, &born.0, &born.1)?,
        Act::Doses(id, visits) => hand.doses(*id, visits)?,
        Act::Review(seen) => hand.review(seen)?,
        Act::TwoMinds(id, changes, other) => {
            return hand.two_minds(*id, changes, cast.by(*other));
        }
        Act::Receive(_) | Act::Lot(..) | Act::Fridge(..) | Act::Reading(..) | Act::Aefi(..) => {
            store::carry_out(&mut hand, &deed.act)?
        }
        Act::Enrol(id, _) | Act::Entry(id, _) | Act::Leave(id, _) => {
            return follow(&mut hand, *id, &deed.act);
        }
        act => hand.change(act)?,
    };
    hand.append(by, deed.at, outcome)
}

/// What happened in a programme. What the story drew but nobody could write down did not happen: somebody
/// who left before, a number that cannot be.
fn follow(hand: &mut Hand<'_, '_>, id: PersonId, act: &Act) -> Result<(), Failure> {
    let person = hand.person(id)?;
    let (defs, today) = (hand.tx.definitions(), hand.today);
    let (action, decided) = match act {
        Act::Enrol(_, wish) => ("programme.enrol", programme::enrol(defs, &person, wish, today)),
        Act::Entry(_, wish) => ("programme.record", programme::record(defs, &person, wish, today)),
        Act::Leave(_, wish) => ("programme.leave", programme::leave(defs, &person, wish, today)),
        _ => return Ok(()),
    };
    let Ok(decided) = decided else { return Ok(()) };
    let warnings = decided.warnings.iter().map(|message| message.code).collect();
    hand.append(hand.by, hand.at, Outcome { action, facts: decided.facts, warnings })
}

/// Someone at work inside a transaction.
struct Hand<'h, 't> {
    tx: &'h mut Tx<'t>,
    by: Option<By>,
    today: Date,
    at: Moment,
}

impl Hand<'_, '_> {
    fn person(&mut self, id: PersonId) -> Result<Person, Failure> {
        self.tx.person(id)?.ok_or(Failure::NotFound)
    }

    fn append(&mut self, by: Option<By>, at: Moment, outcome: Outcome) -> Result<(), Failure> {
        let Outcome { action, facts, mut warnings } = outcome;
        warnings.dedup();
        self.tx.append(&Draft {
            action,
            user: by.map(|by| by.user),
            role: by.map(|by| by.role.to_owned()),
            unit: by.map(|by| by.unit),
            recorded_at: at,
            reason: None,
            acknowledged: warnings.into_iter().map(str::to_owned).collect(),
            facts,
        })?;
        Ok(())
    }

    fn list(
        &mut self,
        id: HouseholdId,
        shard: Shard,
        body: &HouseholdRegistered,
        people: &[NewPerson],
    ) -> Result<Outcome, Failure> {
        self.tx.open_new(id.into(), shard);
        let mut all = Decided::default();
        all.facts.push(household::register(id, shard, body.clone(), self.today));
        for new in people {
            self.tx.open_new(new.id.into(), shard);
            let decided = register(new, self.today)?;
            all.facts.extend(decided.facts);
            all.warnings.extend(decided.warnings);
        }
        Ok(Outcome::of("person.register", all))
    }

    fn arrive(&mut self, home: Option<&NewHousehold>, new: &NewPerson) -> Result<Outcome, Failure> {
        let mut facts = Vec::new();
        if let Some((id, body)) = home {
            self.tx.open_new((*id).into(), new.shard);
            facts.push(household::register(*id, new.shard, body.as_ref().clone(), self.today));
        }
        self.tx.open_new(new.id.into(), new.shard);
        let mut decided = register(new, self.today)?;
        facts.append(&mut decided.facts);
        Ok(Outcome::of("person.register", Decided { facts, ..decided }))
    }

    fn birth(
        &mut self,
        mother: PersonId,
        child: &NewPerson,
        birth: &NewBirth,
    ) -> Result<Outcome, Failure> {
        let mother = self.person(mother)?;
        self.tx.open_new(child.id.into(), child.shard);
        let decided = register_birth(Some(&mother), child, birth, self.today)?;
        Ok(Outcome::of("person.register", decided))
    }

    /// One user action may copy several visits from a card: each is judged with those before it.
    fn doses(&mut self, id: PersonId, visits: &[Visit]) -> Result<Outcome, Failure> {
        let mut person = self.person(id)?;
        let defs = self.tx.definitions();
        let (mut facts, mut warnings) = (Vec::new(), Vec::new());
        for visit in visits {
            let on = date(visit.on);
            for dose in &visit.doses {
                let vaccine = &defs.vaccines[usize::from(dose.vaccine)];
                let body = self.dose_given(dose, &vaccine.code, vaccine.route, visit);
                let (fact, said) = record(defs, &person, body, on, self.today)?;
                warnings.extend(said.iter().map(immunisation::Warning::code));
                put_on_card(&mut person, &fact);
                facts.push(fact);
            }
        }
        warnings.sort_unstable();
        Ok(Outcome { action: "immunisation.record", facts, warnings })
    }

    /// A correction of somebody's record; what needs none is confirmed.
    fn review(
        &mut self,
        seen: &[(PersonId, Option<Box<PersonChange>>)],
    ) -> Result<Outcome, Failure> {
        let mut facts = Vec::new();
        for (id, change) in seen {
            let person = self.person(*id)?;
            let changed =
                change.as_ref().and_then(|change| self.amended(&person, change).transpose());
            match changed.transpose()? {
                Some(decided) => facts.extend(decided.facts),
                None => {
                    let body = RecordConfirmed { source: None };
                    facts.push(Fact::new(person.id.into(), person.shard, self.today, body.into()));
                }
            }
        }
        Ok(Outcome::plain("person.confirm", facts))
    }

    /// `None` when the record says so already.
    fn amended(&self, person: &Person, change: &PersonChange) -> Result<Option<Decided>, Failure> {
        let seen = match change {
            PersonChange::Phone(_) => person.phone.seen(),
            PersonChange::Occupation(_) => person.occupation.seen(),
            PersonChange::Born(..) => person.born.seen(),
            _ => person.name.seen(),
        };
        let reason = Some("Rà soát hộ gia đình".to_owned());
        match amend(person, change.clone(), seen, reason, self.today) {
            Ok(decided) => Ok(Some(decided)),
            Err(Refusal::NoChange) => Ok(None),
            Err(refusal) => Err(refusal.into()),
        }
    }

    /// Both look at the record as it is now; then both save.
    fn two_minds(
        &mut self,
        id: PersonId,
        (first, second): &(PersonChange, PersonChange),
        other: Option<By>,
    ) -> Result<(), Failure> {
        let person = self.person(id)?;
        let later = Moment::from_ms(self.at.ms() + 90_000);
        for (change, by, at) in [(first, self.by, self.at), (second, other, later)] {
            if let Some(decided) = self.amended(&person, change)? {
                self.append(by, at, Outcome::of("person.amend", decided))?;
            }
        }
        Ok(())
    }

    /// Everything that changes one record.
    fn change(&mut self, act: &Act) -> Result<Outcome, Failure> {
        let today = self.today;
        let text = |word: &str| word.to_owned();
        Ok(match act {
            Act::Defer(id, on, body) => {
                let person = self.person(*id)?;
                let body = DoseDeferred::clone(body);
                let fact = defer(self.tx.definitions(), &person, body, date(*on), today)?;
                Outcome::plain("immunisation.defer", vec![fact])
            }
            Act::Contraindicate(id, on, body) => {
                let (person, defs) = (self.person(*id)?, self.tx.definitions());
                let fact = contraindicate(defs, &person, body.as_ref().clone(), date(*on), today)?;
                Outcome::plain("immunisation.contraindicate", vec![fact])
            }
            Act::Pregnant(id, on, body) => {
                let (person, defs) = (self.person(*id)?, self.tx.definitions());
                let decided = note_pregnancy(defs, &person, date(*on), body.clone(), today)?;
                Outcome::of("person.pregnancy", decided)
            }
            Act::Told(id, on, body) => {
                let (person, defs) = (self.person(*id)?, self.tx.definitions());
                let fact = tetanus::tell(defs, &person, body.clone(), date(*on), today)?;
                Outcome::plain("immunisation.tetanus", vec![fact])
            }
            Act::Stillbirth(id, on, body) => {
                let mother = self.person(*id)?;
                let decided = record_stillbirth(&mother, date(*on), body.as_ref().clone(), today)?;
                Outcome::of("person.stillbirth", decided)
            }
            Act::Death(id, on, body) => {
                let decided =
                    record_death(&self.person(*id)?, date(*on), body.as_ref().clone(), today)?;
                Outcome::of("person.death", decided)
            }
            Act::MoveOut(id, on, reason, to) => {
                let (person, on) = (self.person(*id)?, date(*on));
                let to = to.as_deref().map(str::to_owned);
                let decided = move_out(&person, on, text(reason), to, today)?;
                Outcome::of("person.move_out", decided)
            }
            Act::MoveWithin(id, to, home, relation) => {
                self.move_within(*id, to, (*home, relation))?
            }
            Act::Join(id, on, home, relation) => {
                let (person, on) = (self.person(*id)?, date(*on));
                let decided = join_household(&person, *home, text(relation), on, today)?;
                Outcome::of("person.household", decided)
            }
            Act::Numbers(id, held) => self.numbers(*id, held)?,
            // The others are more than a change of one record.
            _ => Outcome::plain("", Vec::new()),
        })
    }

    fn move_within(
        &mut self,
        id: PersonId,
        to: &NewResidence,
        (home, relation): (HouseholdId, &str),
    ) -> Result<Outcome, Failure> {
        let person = self.person(id)?;
        let mut decided = move_to(&person, to, self.today)?;
        let joined = join_household(&person, home, relation.to_owned(), to.from, self.today)?;
        decided.facts.extend(joined.facts);
        Ok(Outcome::of("person.move", decided))
    }

    fn numbers(&mut self, id: PersonId, held: &[IdentifierRecorded]) -> Result<Outcome, Failure> {
        let person = self.person(id)?;
        let mut all = Decided::default();
        for new in held {
            let decided = record_identifier(&person, new.clone(), self.today)?;
            all.facts.extend(decided.facts);
            all.warnings.extend(decided.warnings);
        }
        let own = temporary_identifier(id);
        let is_first = held.iter().any(|h| h.identifier.kind() == IdentifierKind::Citizen);
        if is_first && person.identifiers.iter().any(|h| h.identifier == own && !h.ended) {
            let reason = Some("Đã có số định danh cá nhân".to_owned());
            all.facts.extend(end_identifier(&person, own, reason, self.today, self.today)?.facts);
        }
        Ok(Outcome::of("person.identifier", all))
    }

    fn dose_given(
        &self,
        dose: &PlannedDose,
        vaccine: &str,
        route: Route,
        visit: &Visit,
    ) -> DoseGiven {
        let giver = match dose.giver {
            Giver::Station => self.by.map(|by| by.unit),
            Giver::Centre => self.by.map(|by| by.centre),
            _ => None,
        };
        // Two injections of one visit go into different limbs.
        let at = visit.doses.iter().position(|other| other == dose).unwrap_or_default();
        let site = match (route, at % 2) {
            (Route::Oral, _) => "mouth",
            (Route::Intradermal, _) => "left_arm",
            (_, 0) => "right_thigh",
            _ => "left_thigh",
        };
        DoseGiven {
            vaccine: vaccine.into(),
            minute: dose.minute,
            lot: giver.filter(|_| dose.has_lot).map(|giver| lot(vaccine, visit.on, giver)),
            site: giver.is_some().then(|| site.to_owned()),
            giver,
            elsewhere: dose.giver.elsewhere().map(str::to_owned),
            screened: true,
            temperature: None,
        }
    }
}
