//! Accounts: opening them, granting and revoking roles, setting passwords.

mod compartment;
mod passphrase;

pub use compartment::{CLOSED, OpeningRow, compartment_of};

use crate::actor::Actor;
use crate::audit::entry;
use crate::authority::Resource;
use crate::definitions::unknown;
use crate::failure::Failure;
use crate::opening::App;
use crate::signin::{check_password, hash_password};
use tram_defs::role::{Action, Role};
use tram_domain::fact::{Fact, RoleGranted, RoleRevoked, UserClosed, UserRegistered};
use tram_domain::user::{Grant, User};
use tram_kernel::{Date, Message, UnitId, UserId, text};
use tram_store::rebuild::nowhere;
pub use tram_store::session::GrantRow;
use tram_store::{Tx, session};

/// A new account with its first role.
#[derive(Debug, Clone)]
pub struct NewUser {
    pub login: String,
    pub name: String,
    pub password: String,
    pub role: String,
    pub unit: UnitId,
    pub from: Date,
    pub to: Option<Date>,
}

fn login_of(typed: &str) -> Result<String, Failure> {
    let login = typed.trim().to_lowercase();
    let plain = login.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b));
    if (3..=40).contains(&login.len()) && plain {
        Ok(login)
    } else {
        Err(Failure::refused_field(Message::new("user-bad-login"), "login"))
    }
}

impl App {
    /// Users with a role at a unit in reach.
    pub fn users(&self, actor: &Actor) -> Result<Vec<GrantRow>, Failure> {
        self.read(actor, Action::UserRead, Resource::InReach, |sql, reach| {
            Ok(session::users(sql, actor.unit_key, reach, self.today())?)
        })
    }

    /// Opens an account. The unit of its role must be in reach of whoever opens it, and the role must
    /// not be able to do more than theirs.
    pub fn add_user(&self, actor: &Actor, new: &NewUser) -> Result<UserId, Failure> {
        self.may_write_users(actor, Resource::Unit(new.unit))?;
        let login = login_of(&new.login)?;
        let name = text::person_name(&new.name)
            .map_err(|_| Failure::refused_field(Message::new("user-bad-name"), "name"))?;
        check_password(&new.password, &login)
            .map_err(|message| Failure::refused_field(message, "password"))?;
        self.may_grant(actor, &new.role)?;
        let hash = hash_password(&new.password);
        let id = UserId::from_u128(self.new_id());
        let now = self.now();
        self.db.write(now, |tx| {
            self.check(tx.sql(), actor, Action::UserWrite, Resource::Unit(new.unit))?;
            if session::user_by_login(tx.sql(), &login)?.is_some() {
                let message = Message::new("user-login-taken").with("login", login.as_str());
                return Err(Failure::refused_field(message, "login"));
            }
            let registered = UserRegistered { login: login.clone(), name: name.clone() };
            let granted = RoleGranted { role: new.role.clone(), unit: new.unit, to: new.to };
            let facts = vec![
                Fact::new(id.into(), nowhere(), now.day(), registered.into()),
                Fact::new(id.into(), nowhere(), new.from, granted.into()),
            ];
            let draft = self.draft(actor, "user.add", facts, &[], None);
            self.append(tx, actor, &draft)?;
            session::set_password(tx.sql(), id, &hash, now)?;
            Ok(id)
        })
    }

    /// Authority first: nobody else is told a rule, and no password is hashed for them.
    fn may_write_users(&self, actor: &Actor, at: Resource) -> Result<(), Failure> {
        self.db.read(|sql| self.check(sql, actor, Action::UserWrite, at).map(|_| ()))
    }

    /// Nobody hands out more than they have, but for whom the definitions allow it: an administrator of
    /// accounts needs no clinical rights to give them to clinicians.
    fn may_grant(&self, actor: &Actor, role: &str) -> Result<(), Failure> {
        let defs = self.definitions();
        let Some(granted) = defs.role(role) else {
            return Err(Failure::refused_field(unknown("role", role), "role"));
        };
        let beyond = granted.may.iter().any(|action| !actor.may(*action));
        if beyond && !actor.may(Action::UserGrantAny) {
            let message = Message::new("user-role-beyond").with("role", granted.name.as_str());
            return Err(Failure::refused_field(message, "role"));
        }
        Ok(())
    }

    /// The roles somebody may hand out; none for who opens no accounts.
    pub fn grantable_roles(&self, actor: &Actor) -> Vec<Role> {
        let defs = self.definitions();
        let writes = actor.may(Action::UserWrite);
        let may = |role: &&Role| writes && self.may_grant(actor, &role.code).is_ok();
        defs.roles.iter().filter(may).cloned().collect()
    }

    pub fn grant_role(
        &self,
        actor: &Actor,
        user: UserId,
        role: &str,
        at: UnitId,
        (from, to): (Date, Option<Date>),
    ) -> Result<(), Failure> {
        self.may_write_users(actor, Resource::Unit(at))?;
        self.may_grant(actor, role)?;
        self.db.write(self.now(), |tx| {
            self.check(tx.sql(), actor, Action::UserWrite, Resource::Unit(at))?;
            let found = self.known_user(tx, actor, user)?;
            let holds =
                |g: &Grant| g.role == role && g.unit == at && g.to.is_none_or(|to| from <= to);
            if found.grants.iter().any(holds) {
                return Err(Failure::refused_field(Message::new("user-role-held"), "role"));
            }
            if to.is_some_and(|to| to < from) {
                return Err(Failure::refused_field(Message::new("user-days-reversed"), "to"));
            }
            let body = RoleGranted { role: role.into(), unit: at, to };
            let facts = vec![Fact::new(user.into(), nowhere(), from, body.into())];
            let draft = self.draft(actor, "user.grant", facts, &[], None);
            self.append(tx, actor, &draft)
        })
    }

    pub fn revoke_role(
        &self,
        actor: &Actor,
        user: UserId,
        role: &str,
        at: UnitId,
        reason: Option<&str>,
    ) -> Result<(), Failure> {
        self.may_write_users(actor, Resource::Unit(at))?;
        self.may_grant(actor, role)?;
        let now = self.now();
        self.db.write(now, |tx| {
            self.check(tx.sql(), actor, Action::UserWrite, Resource::Unit(at))?;
            let found = self.known_user(tx, actor, user)?;
            let today = now.day();
            let lasts = |g: &Grant| g.to.is_none_or(|to| to >= today);
            if !found.grants.iter().any(|g| g.role == role && g.unit == at && lasts(g)) {
                return Err(Failure::refused_field(Message::new("user-role-not-held"), "role"));
            }
            let reason = reason.map(str::to_owned);
            let body = RoleRevoked { role: role.into(), unit: at, reason };
            let facts = vec![Fact::new(user.into(), nowhere(), now.day(), body.into())];
            let draft = self.draft(actor, "user.revoke", facts, &[], None);
            self.append(tx, actor, &draft)?;
            Ok(session::end_all(tx.sql(), user)?)
        })
    }

    /// Closes an account and ends its sessions.
    pub fn close_user(
        &self,
        actor: &Actor,
        user: UserId,
        reason: Option<String>,
    ) -> Result<(), Failure> {
        self.may_write_users(actor, Resource::InReach)?;
        let now = self.now();
        if actor.user == Some(user) {
            return Err(Failure::refused(Message::new("user-not-oneself")));
        }
        self.db.write(now, |tx| {
            self.may_manage(tx, actor, user)?;
            let body = UserClosed { reason: reason.clone() };
            let facts = vec![Fact::new(user.into(), nowhere(), now.day(), body.into())];
            let draft = self.draft(actor, "user.close", facts, &[], None);
            self.append(tx, actor, &draft)?;
            Ok(session::end_all(tx.sql(), user)?)
        })
    }

    /// Sets somebody's password and ends their sessions.
    pub fn set_password(&self, actor: &Actor, user: UserId, password: &str) -> Result<(), Failure> {
        self.may_write_users(actor, Resource::InReach)?;
        let hash = hash_password(password);
        let now = self.now();
        self.db.write(now, |tx| {
            let found = self.may_manage(tx, actor, user)?;
            check_password(password, &found.login)
                .map_err(|message| Failure::refused_field(message, "password"))?;
            session::set_password(tx.sql(), user, &hash, now)?;
            let mut line = entry(actor, now, "user.password", "ok");
            line.subject = tx.known_key(user.into());
            let node = tx.node_key();
            tram_store::audit::append(tx.sql(), node, &[line])?;
            Ok(session::end_all(tx.sql(), user)?)
        })
    }

    /// Gives an account a password made by the machine, to be told to its owner.
    pub fn reset_password(&self, actor: &Actor, user: UserId) -> Result<String, Failure> {
        loop {
            // Whose login it must not hold is known only once the account may be touched.
            let password = Self::readable_password("");
            match self.set_password(actor, user, &password) {
                Err(Failure::Refused { field: Some("password"), .. }) => {}
                Err(failure) => return Err(failure),
                Ok(()) => return Ok(password),
            }
        }
    }

    /// Somebody who has, or had, a role at a unit where the actor writes users. Others are not there.
    fn known_user(&self, tx: &mut Tx<'_>, actor: &Actor, user: UserId) -> Result<User, Failure> {
        let found = tx.user(user)?.ok_or(Failure::NotFound)?;
        for grant in &found.grants {
            let at = Resource::Unit(grant.unit);
            if self.check(tx.sql(), actor, Action::UserWrite, at).is_ok() {
                return Ok(found);
            }
        }
        Err(Failure::NotFound)
    }

    /// Whoever sets a password or closes an account acts in all its roles: each role it still holds must
    /// be one the actor could hand out, at a unit where the actor writes users.
    fn may_manage(&self, tx: &mut Tx<'_>, actor: &Actor, user: UserId) -> Result<User, Failure> {
        let found = self.known_user(tx, actor, user)?;
        let today = self.today();
        for grant in found.grants.iter().filter(|g| g.to.is_none_or(|to| to >= today)) {
            let at = Resource::Unit(grant.unit);
            let inside = self.check(tx.sql(), actor, Action::UserWrite, at).is_ok();
            if !inside || self.may_grant(actor, &grant.role).is_err() {
                return Err(Failure::refused(Message::new("user-beyond")));
            }
        }
        Ok(found)
    }
}
