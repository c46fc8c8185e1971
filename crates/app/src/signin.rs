//! Signing in, sessions, and which role somebody is working in.
//!
//! Only failures are counted for the growing delay; at most two passwords are hashed at once; a session
//! is known by the hash of its token.

use crate::actor::Actor;
use crate::audit::entry;
use crate::failure::Failure;
use crate::opening::App;
use argon2::password_hash::phc::{Output, ParamsString, PasswordHash, Salt};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use sha2::{Digest, Sha256};
use std::sync::{LazyLock, Mutex, PoisonError};
use tram_domain::user::{Grant, User};
use tram_kernel::{Message, Moment, UnitId, UserId};
use tram_store::audit::Entry;
use tram_store::db::Retryable;
use tram_store::session::{self, Session};
use tram_store::{Sql, command, person, unit};

/// A session not used for this long is over.
pub const IDLE_MS: i64 = 4 * 3_600_000;
/// A session older than this is over.
pub const LONGEST_MS: i64 = 12 * 3_600_000;
/// A form sent again within this time is answered as before; older ones are forgotten.
const REMEMBERED_MS: i64 = 7 * 24 * 3_600_000;
/// Failures without any delay.
const FREE_FAILURES: i64 = 5;

/// What the browser keeps: the token itself.
pub type Token = [u8; 32];

/// A signed-in session.
#[derive(Debug, Clone)]
pub struct SignedIn {
    pub actor: Actor,
    /// Proves that a form came from our own page.
    pub form_token: String,
    pub language: String,
    /// All roles this person could work in, in the order granted.
    pub grants: Vec<(Grant, String, String)>,
}

/// The memory of password hashing, 19 MiB, made once and used by one after the other: an allocator asked
/// for it anew each time would keep several.
static MEMORY: LazyLock<Mutex<Vec<Block>>> =
    LazyLock::new(|| Mutex::new(vec![Block::default(); Params::default().block_count()]));

/// Argon2id of a password; `None` when the cost is not ours or the salt cannot be one.
fn argon2id(password: &str, salt: &[u8], params: &Params) -> Option<Output> {
    if params.block_count() > Params::default().block_count() {
        return None;
    }
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params.clone());
    let mut out = [0; Params::DEFAULT_OUTPUT_LEN];
    let mut memory = MEMORY.lock().unwrap_or_else(PoisonError::into_inner);
    let filled = argon2.hash_password_into_with_memory(
        password.as_bytes(),
        salt,
        &mut out,
        memory.as_mut_slice(),
    );
    filled.ok().and_then(|()| Output::new(&out).ok())
}

/// Argon2id with the default cost (19 MiB, 2 passes).
pub(crate) fn hash_password(password: &str) -> String {
    let (salt, params) = (App::secret::<16>(), Params::default());
    let hash = PasswordHash {
        algorithm: Algorithm::Argon2id.ident(),
        version: Some(Version::V0x13.into()),
        params: ParamsString::try_from(&params).expect("the default cost can be written"),
        salt: Some(Salt::new(&salt).expect("the salt has the right length")),
        hash: Some(argon2id(password, &salt, &params).expect("our own cost and salt")),
    };
    hash.to_string()
}

/// Compared in the same time whether it is right or wrong.
fn password_is(password: &str, hash: &str) -> bool {
    let Ok(known) = PasswordHash::new(hash) else { return false };
    let (Some(salt), Ok(params)) = (&known.salt, Params::try_from(&known)) else { return false };
    let is_ours = known.algorithm == Algorithm::Argon2id.ident();
    is_ours && known.hash.is_some() && argon2id(password, salt.as_ref(), &params) == known.hash
}

/// Whether a new password is long enough and not the login.
pub fn check_password(password: &str, login: &str) -> Result<(), Message> {
    if password.chars().count() < 12 {
        return Err(Message::new("password-too-short").with("least", 12));
    }
    // One or two letters are in nearly every password.
    if login.chars().count() > 2 && password.to_lowercase().contains(&login.to_lowercase()) {
        return Err(Message::new("password-contains-login"));
    }
    Ok(())
}

pub(crate) fn token_hash(token: &Token) -> [u8; 32] {
    Sha256::digest(token).into()
}

impl App {
    /// Signs in. The answer is the same for an unknown login and a wrong password, in words and in time.
    pub fn sign_in(&self, login: &str, password: &str, language: &str) -> Result<Token, Failure> {
        let login = login.trim().to_lowercase();
        let now = self.now();
        let (failures, user) = self.db.read(|sql| {
            let failures = session::failures(sql, &login)?;
            let user = session::user_by_login(sql, &login)?;
            let hash = match user {
                Some(user) => session::password_hash(sql, user)?,
                None => None,
            };
            Ok::<_, Failure>((failures, user.zip(hash)))
        })?;
        if let Some(seconds) = delay_left(failures, now) {
            return Err(Failure::refused(
                Message::new("sign-in-wait").with("minutes", (seconds + 59) / 60),
            ));
        }
        // A hash of nobody's password, so that an unknown login takes as long as a known one.
        const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$\
                              3mfCBYcUWZYyYTpVpyIeJQcJqB0lVZyXb1QmE0Pj3nE";
        let hash = user.as_ref().map_or(NOBODY, |(_, hash)| hash.as_str());
        let right = password_is(password, hash);
        let known = user.as_ref().map(|(user, _)| *user);
        let Some((user, _)) = user.filter(|_| right) else {
            self.note_failed_sign_in(&login, known)?;
            return Err(Failure::refused(Message::new("sign-in-wrong")));
        };
        let grants = self.db.read(|sql| self.grants_of(sql, user))?;
        let Some((grant, ..)) = grants.first() else {
            return Err(Failure::refused(Message::new("sign-in-no-role")));
        };
        let token = Self::secret::<32>();
        let started = Session {
            user,
            role: grant.role.clone(),
            unit: grant.unit,
            form_token: Self::secret::<16>().to_vec(),
            language: language.to_owned(),
            started_at: now,
            seen_at: now,
        };
        self.db.write_plain(now, |sql| {
            session::forgive(sql, &login)?;
            session::expire(sql, ago(now, LONGEST_MS), ago(now, IDLE_MS))?;
            command::forget(sql, ago(now, REMEMBERED_MS))?;
            session::start(sql, &token_hash(&token), &started)
        })?;
        if let Ok(Some(signed_in)) = self.session(&token) {
            self.note_read(entry(&signed_in.actor, now, "sign_in", "ok"));
        }
        Ok(token)
    }

    /// Counts a failed try, and puts it on record at the unit of the account. What was typed for an
    /// unknown account is not kept: it may be a password.
    fn note_failed_sign_in(&self, login: &str, known: Option<UserId>) -> Result<(), Failure> {
        let now = self.now();
        self.db.write(now, |tx| {
            session::fail(tx.sql(), login, now)?;
            let grants = match known {
                Some(user) => self.grants_of(tx.sql(), user)?,
                None => Vec::new(),
            };
            let at = grants.first().map(|(grant, ..)| grant.unit);
            let unit = match at {
                Some(at) => unit::key(tx.sql(), at.into())?.map(|(key, _)| key),
                None => None,
            };
            let (role, subject, detail) = Default::default();
            let (action, outcome) = ("sign_in", "denied");
            let line = Entry { at: now, by: known, role, unit, action, outcome, subject, detail };
            let node = tx.node_key();
            Ok(tram_store::audit::append(tx.sql(), node, &[line])?)
        })
    }

    /// The session of a token, when it is still on. The grant must still hold today.
    pub fn session(&self, token: &Token) -> Result<Option<SignedIn>, Failure> {
        let now = self.now();
        let hash = token_hash(token);
        let found = self.db.read(|sql| {
            let Some(found) = session::find(sql, &hash)? else { return Ok(None) };
            if found.started_at < ago(now, LONGEST_MS) || found.seen_at < ago(now, IDLE_MS) {
                return Ok(None);
            }
            let grants = self.grants_of(sql, found.user)?;
            let holds = |(grant, ..): &&(Grant, String, String)| {
                grant.role == found.role && grant.unit == found.unit
            };
            let Some(active) = grants.iter().find(holds).cloned() else { return Ok(None) };
            let actor = self.actor(sql, found.user, &active.0)?;
            Ok::<_, Failure>(actor.map(|actor| (found, actor, grants)))
        })?;
        let Some((found, actor, grants)) = found else { return Ok(None) };
        // Written at most once a minute: a page view must not cost a disk write.
        if now.ms() - found.seen_at.ms() > 60_000 && self.writes {
            let seen = self.db.write_plain(now, |sql| session::seen(sql, &hash, now));
            // Somebody who only reads goes on when the disk takes nothing more.
            seen.or_else(|error| if error.disk().is_some() { Ok(()) } else { Err(error) })?;
        }
        let form_token = tram_store::node::hex(&found.form_token);
        Ok(Some(SignedIn { actor, form_token, language: found.language, grants }))
    }

    pub fn sign_out(&self, token: &Token) -> Result<(), Failure> {
        Ok(self.db.write_plain(self.now(), |sql| session::end(sql, &token_hash(token)))?)
    }

    /// Works on in another of one's own roles.
    pub fn switch_role(&self, token: &Token, role: &str, at: UnitId) -> Result<(), Failure> {
        let Some(signed_in) = self.session(token)? else { return Err(Failure::SignedOut) };
        let own = signed_in.grants.iter().any(|(g, ..)| g.role == role && g.unit == at);
        if !own {
            return Err(Failure::NotFound);
        }
        let hash = token_hash(token);
        Ok(self.db.write_plain(self.now(), |sql| session::switch(sql, &hash, role, at))?)
    }

    /// Remembers what was typed to find somebody, and the village it was narrowed to.
    pub fn remember_search(&self, token: &Token, typed: &str, area: &str) -> Result<(), Failure> {
        let text = format!("{area}\n{typed}");
        Ok(self.db.write_plain(self.now(), |sql| session::seek(sql, &token_hash(token), &text))?)
    }

    /// What was typed last, and the village.
    pub fn last_search(&self, token: &Token) -> Result<(String, String), Failure> {
        let found = self.db.read(|sql| session::sought(sql, &token_hash(token)))?;
        let found = found.unwrap_or_default();
        let (area, typed) = found.split_once('\n').unwrap_or_default();
        Ok((typed.to_owned(), area.to_owned()))
    }

    pub fn set_language(&self, token: &Token, language: &str) -> Result<(), Failure> {
        let hash = token_hash(token);
        Ok(self.db.write_plain(self.now(), |sql| session::set_language(sql, &hash, language))?)
    }

    /// Changes one's own password; other sessions of the same person end, this one goes on.
    pub fn change_password(&self, token: &Token, old: &str, new: &str) -> Result<(), Failure> {
        let Some(signed_in) = self.session(token)? else { return Err(Failure::SignedOut) };
        let user = signed_in.actor.user.ok_or(Failure::NotFound)?;
        let known = self.db.read(|sql| {
            let facts = person::facts(sql, &self.db.nodes(), user.into(), None)?;
            let login = User::fold(user, &facts).map(|user| user.login).unwrap_or_default();
            Ok::<_, Failure>((session::password_hash(sql, user)?, login))
        })?;
        let (Some(hash), login) = known else { return Err(Failure::NotFound) };
        if !password_is(old, &hash) {
            return Err(Failure::refused_field(Message::new("password-old-wrong"), "old"));
        }
        check_password(new, &login)
            .map_err(|message| Failure::refused_field(message, "password"))?;
        let fresh = hash_password(new);
        let (now, mine) = (self.now(), token_hash(token));
        self.db.write(now, |tx| {
            session::set_password(tx.sql(), user, &fresh, now)?;
            self.note_write(tx, &signed_in.actor, "user.own_password")?;
            Ok(session::end_others(tx.sql(), user, &mine)?)
        })
    }

    /// Grants that hold today, with the names of role and unit.
    fn grants_of(
        &self,
        sql: &mut dyn Sql,
        id: UserId,
    ) -> Result<Vec<(Grant, String, String)>, Failure> {
        let facts = person::facts(sql, &self.db.nodes(), id.into(), None)?;
        let Some(user) = User::fold(id, &facts) else { return Ok(Vec::new()) };
        let defs = self.definitions();
        let mut grants = Vec::new();
        for grant in user.grants_on(self.today()) {
            let role = defs.role(&grant.role).map_or(grant.role.as_str(), |r| r.name.as_str());
            let unit_name = match unit::key(sql, grant.unit.into())? {
                Some((key, _)) => unit::unit(sql, key)?.map(|u| u.name).unwrap_or_default(),
                None => continue,
            };
            grants.push((grant.clone(), role.to_owned(), unit_name));
        }
        Ok(grants)
    }

    fn actor(
        &self,
        sql: &mut dyn Sql,
        id: UserId,
        grant: &Grant,
    ) -> Result<Option<Actor>, Failure> {
        let facts = person::facts(sql, &self.db.nodes(), id.into(), None)?;
        let defs = self.definitions();
        let (Some(user), Some(role)) = (User::fold(id, &facts), defs.role(&grant.role)) else {
            return Ok(None);
        };
        let Some((unit_key, _)) = unit::key(sql, grant.unit.into())? else { return Ok(None) };
        let unit_name = unit::unit(sql, unit_key)?.map(|u| u.name).unwrap_or_default();
        let opens = user.open_at(grant.unit, self.today()).collect();
        Ok(Some(Actor {
            user: Some(id),
            user_name: user.name,
            role: role.code.clone(),
            role_name: role.name.clone(),
            may: role.may.clone(),
            reach: role.reach,
            unit: grant.unit,
            unit_key,
            unit_name,
            opens,
            own: None,
        }))
    }

    /// The operator of the machine, acting for a unit from the command line.
    pub fn operator(&self, at: UnitId) -> Result<Actor, Failure> {
        self.db.read(|sql| {
            let Some((unit_key, _)) = unit::key(sql, at.into())? else {
                return Err(Failure::NotFound);
            };
            let unit_name = unit::unit(sql, unit_key)?.map(|u| u.name).unwrap_or_default();
            Ok(Actor {
                user: None,
                user_name: "operator".into(),
                role: "operator".into(),
                role_name: "operator".into(),
                may: tram_defs::role::Action::ALL.to_vec(),
                reach: tram_defs::role::Reach::Professional,
                unit: at,
                unit_key,
                unit_name,
                opens: Vec::new(),
                own: None,
            })
        })
    }
}

const fn ago(now: Moment, ms: i64) -> Moment {
    Moment::from_ms(now.ms() - ms)
}

/// Seconds until the next try is allowed: 30 s after the fifth failure, doubling up to 15 minutes.
fn delay_left((failures, last): (i64, Moment), now: Moment) -> Option<i64> {
    let beyond = failures - FREE_FAILURES;
    if beyond < 0 {
        return None;
    }
    let wait = (30_i64 << beyond.min(5)).min(900);
    let left = wait - (now.ms() - last.ms()) / 1000;
    (left > 0).then_some(left)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_those_of_any_argon2_program() {
        use argon2::{PasswordHasher, PasswordVerifier};
        let made = hash_password("mùa xuân trên bản");
        assert!(made.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{made}");
        assert!(Argon2::default().verify_password("mùa xuân trên bản".as_bytes(), &*made).is_ok());
        let theirs =
            Argon2::default().hash_password_with_salt(b"mot cau that dai", b"0123456789abcdef");
        let theirs = theirs.expect("a hash").to_string();
        assert!(password_is("mot cau that dai", &theirs));
        assert!(!password_is("mot cau that dai ", &theirs));
        assert!(!password_is("mot cau that dai", "not a hash"));
        // A cost beyond ours would take more memory than there is.
        let dear = theirs.replace("m=19456", "m=1048576");
        assert!(!password_is("mot cau that dai", &dear));
    }

    #[test]
    fn the_delay_grows_and_ends() {
        let at = Moment::from_ms(1_000_000_000);
        let later = |seconds: i64| Moment::from_ms(at.ms() + seconds * 1000);
        assert_eq!(delay_left((4, at), at), None);
        assert_eq!(delay_left((5, at), at), Some(30));
        assert_eq!(delay_left((6, at), later(59)), Some(1));
        assert_eq!(delay_left((6, at), later(60)), None);
        assert_eq!(delay_left((50, at), at), Some(900));
    }

    #[test]
    fn passwords_are_long_and_not_the_login() {
        assert!(check_password("ngắn", "lan").is_err());
        assert!(check_password("nguyenlan-2026", "lan").is_err());
        assert!(check_password("mùa xuân trên bản", "lan").is_ok());
    }
}
