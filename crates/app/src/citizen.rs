//! Somebody looks at their own record: a code handed out by the station, good for one opening together with
//! the year of birth.
//!
//! ```text
//! nurse ─ citizen_code ─► 12 digits on a slip   (kept as a hash, good for three days)
//! citizen ─ citizen_open(digits, year) ─► token (the code is spent; half an hour)
//!         ─ citizen(token) ─► an actor who may open this one record and nothing else
//! ```
//!
//! What lies in compartments stays out: whoever holds the slip need not be the person it was printed for.

use crate::actor::Actor;
use crate::audit::entry;
use crate::authority::Resource;
use crate::failure::Failure;
use crate::opening::App;
use crate::person::PersonPage;
use crate::signin::{SignedIn, Token, token_hash};
use sha2::{Digest, Sha256};
use tram_defs::role::{Action, Reach};
use tram_domain::person::Person;
use tram_kernel::{Message, Moment, PersonId};
use tram_store::audit::Entry;
use tram_store::citizen::{self, Code, Opened};
use tram_store::{Sql, audit, person, unit};

/// A code not used for this long is good for nothing.
const GOOD_MS: i64 = 3 * 24 * 3_600_000;
/// A record stays open for this long.
const OPEN_MS: i64 = 30 * 60_000;
/// After so many wrong years of birth a code is good for nothing.
const TRIES: i64 = 5;
/// Digits of a code.
pub const DIGITS: usize = 12;
/// The role in the audit of somebody who opens their own record.
pub const ROLE: &str = "citizen";

/// A code just made. It is known to nobody afterwards but to who reads the slip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slip {
    pub code: String,
    pub until: Moment,
}

/// What came of a code and a year.
enum Tried {
    Opened,
    /// The local key of the person the code was made for.
    WrongYear(Option<i64>),
    /// No such code, or good for nothing any more.
    Unknown,
}

/// Not spent, not over, not tried too often.
const fn is_good(code: &Code, now: Moment) -> bool {
    !code.is_spent && code.wrong < TRIES && now.ms() - code.made_at.ms() <= GOOD_MS
}

fn hash(code: &str) -> [u8; 32] {
    Sha256::digest(code).into()
}

impl App {
    /// Makes a code for a person; earlier ones are good for nothing from now on.
    pub fn citizen_code(&self, actor: &Actor, id: PersonId) -> Result<Slip, Failure> {
        let number = u128::from_be_bytes(Self::secret::<16>()) % 10_u128.pow(DIGITS as u32);
        let code = format!("{number:0width$}", width = DIGITS);
        let now = self.now();
        self.db.write(now, |tx| {
            self.check(tx.sql(), actor, Action::PersonWrite, Resource::Person(id))?;
            let id = person::head(tx.sql(), id)?.ok_or(Failure::NotFound)?;
            let whose = tx.person(id)?.ok_or(Failure::NotFound)?;
            if whose.is_dead() {
                return Err(Failure::refused(Message::new("citizen-dead")));
            }
            citizen::forget(tx.sql(), Moment::from_ms(now.ms() - GOOD_MS - OPEN_MS))?;
            citizen::make(tx.sql(), &hash(&code), id, actor.unit, now)?;
            let mut line = entry(actor, now, "citizen.code", "ok");
            line.subject = unit::key(tx.sql(), id.into())?.map(|(key, _)| key);
            let node = tx.node_key();
            Ok(audit::append(tx.sql(), node, &[line])?)
        })?;
        Ok(Slip { code, until: Moment::from_ms(now.ms() + GOOD_MS) })
    }

    /// Opens a record with what stands on the slip. The answer is the same whatever of it is wrong.
    pub fn citizen_open(&self, typed: &str, born: &str) -> Result<Token, Failure> {
        let code: String = typed.chars().filter(char::is_ascii_digit).collect();
        if code.len() != DIGITS {
            let message = Message::new("citizen-code-length").with("n", DIGITS);
            return Err(Failure::refused_field(message, "code"));
        }
        let year: i16 = match born.trim().parse() {
            Ok(year) if (1850..=2200).contains(&year) => year,
            _ => return Err(Failure::refused_field(Message::new("citizen-year"), "year")),
        };
        let (now, code, token) = (self.now(), hash(&code), Self::secret::<32>());
        // A code nobody made costs no write: whoever guesses keeps nobody from working.
        let known = self.db.read(|sql| {
            let found = citizen::of_code(sql, &code)?.filter(|found| is_good(found, now));
            found.map(|found| self.year_of(sql, found.person).map(|born| (found, born))).transpose()
        })?;
        let tried = match known {
            None => Tried::Unknown,
            Some((_, born)) if born == year => {
                let hash = token_hash(&token);
                let spent = self.db.write_plain(now, |sql| citizen::open(sql, &code, &hash, now));
                if spent? { Tried::Opened } else { Tried::Unknown }
            }
            Some((found, _)) => self.db.write_plain(now, |sql| {
                citizen::note_wrong(sql, &code)?;
                let key = unit::key(sql, found.person.into())?;
                Ok::<_, Failure>(Tried::WrongYear(key.map(|(key, _)| key)))
            })?,
        };
        let subject = match tried {
            Tried::Opened => return Ok(token),
            Tried::WrongYear(subject) => subject,
            Tried::Unknown => None,
        };
        if subject.is_some() {
            let (by, unit, detail) = Default::default();
            let (action, outcome, role) = ("citizen.open", "denied", Some(ROLE.into()));
            self.note_read(Entry { at: now, by, role, unit, action, outcome, subject, detail });
        }
        Err(Failure::refused(Message::new("citizen-wrong")))
    }

    fn year_of(&self, sql: &mut dyn Sql, id: PersonId) -> Result<i16, Failure> {
        let facts = person::facts(sql, &self.db.nodes(), id.into(), None)?;
        let whose = Person::fold(id, &facts).ok_or(Failure::NotFound)?;
        Ok(whose.born.shown().date.year())
    }

    /// Who holds this token, and until when the record stays open.
    pub fn citizen(
        &self,
        token: &Token,
        language: &str,
    ) -> Result<Option<(SignedIn, Moment)>, Failure> {
        let now = self.now();
        let found = self.db.read(|sql| {
            let Some(opened) = citizen::opened(sql, &token_hash(token))? else { return Ok(None) };
            let until = Moment::from_ms(opened.opened_at.ms() + OPEN_MS);
            if until.ms() < now.ms() {
                return Ok(None);
            }
            let actor = Self::owner_of(sql, &opened)?;
            Ok::<_, Failure>(actor.map(|actor| (actor, until)))
        })?;
        Ok(found.map(|(actor, until)| {
            let (form_token, grants) = Default::default();
            (SignedIn { actor, form_token, language: language.to_owned(), grants }, until)
        }))
    }

    /// May open one record, and sees no compartment.
    fn owner_of(sql: &mut dyn Sql, opened: &Opened) -> Result<Option<Actor>, Failure> {
        let Some((unit_key, _)) = unit::key(sql, opened.unit.into())? else { return Ok(None) };
        let unit_name = unit::unit(sql, unit_key)?.map(|unit| unit.name).unwrap_or_default();
        Ok(Some(Actor {
            user: None,
            user_name: String::new(),
            role: ROLE.into(),
            role_name: String::new(),
            may: vec![Action::PersonRead],
            reach: Reach::Unit,
            unit: opened.unit,
            unit_key,
            unit_name,
            opens: Vec::new(),
            own: Some(opened.person),
        }))
    }

    /// Their own record, without what it says of other people. The opening is audited.
    pub fn own_page(&self, actor: &Actor) -> Result<PersonPage, Failure> {
        let Some(id) = actor.own else {
            let nothing = |_: &mut dyn Sql, _| Err(Failure::NotFound);
            return self.read(actor, Action::PersonRead, Resource::InReach, nothing);
        };
        let mut page = self.person_page(actor, id)?;
        page.mother = None;
        page.children.clear();
        page.household.clear();
        page.households.clear();
        page.people.clear();
        page.same_number.clear();
        Ok(page)
    }

    /// The record is closed; the code stays spent.
    pub fn citizen_close(&self, token: &Token) -> Result<(), Failure> {
        Ok(self.db.write_plain(self.now(), |sql| citizen::close(sql, &token_hash(token)))?)
    }
}
