//! Vaccination days: planned, people asked to come, vials counted, held or called off.

use crate::actor::Actor;
use crate::authority::Resource;
use crate::command::Command;
use crate::failure::Failure;
use crate::opening::App;
use std::collections::{BTreeMap, BTreeSet};
use tram_defs::Definitions;
use tram_defs::role::{Action, Reach};
use tram_domain::fact::{Invitation, SessionEnded, SessionPlanned, Subject};
use tram_domain::immunisation::session::{Session, end, invite, plan};
use tram_kernel::day::{add_days, add_months};
use tram_kernel::{AreaId, Date, PersonId, SessionId};
use tram_store::Sql;
pub use tram_store::immunisation::session::{CampaignRow, SessionRow};
use tram_store::immunisation::session::{campaigns, had_on, keys_of, sessions, uncovered};
use tram_store::immunisation::{OwedChild, owed};
use tram_store::person::{PersonLine, Within, lines};
use tram_store::unit::{self, AreaRow, UnitRow};

/// Vaccination days and campaigns of one's unit.
#[derive(Debug, Clone)]
pub struct SessionsPage {
    pub sessions: Vec<SessionRow>,
    pub campaigns: Vec<CampaignRow>,
    pub may_write: bool,
}

/// Somebody expected at a session.
#[derive(Debug, Clone)]
pub struct Expected {
    pub person: PersonLine,
    /// What is to be given: series and number; number 0 in a campaign.
    pub doses: Vec<(String, u8)>,
    /// A paper went out.
    pub invited: bool,
    /// Series given on the day, wherever.
    pub had: Vec<String>,
}

/// How many vials of a vaccine to take along.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vials {
    pub series: String,
    pub people: u32,
    /// The product, when one is known.
    pub vaccine: Option<String>,
    pub per_vial: u16,
    pub vials: u32,
    /// Usable doses in the book; `None` while there is no book.
    pub stock: Option<i64>,
}

/// One vaccination day with everybody expected.
#[derive(Debug, Clone)]
pub struct SessionPage {
    pub session: Session,
    pub unit: UnitRow,
    pub areas: Vec<AreaRow>,
    pub campaign: Option<CampaignRow>,
    pub expected: Vec<Expected>,
    pub vials: Vec<Vials>,
    pub may_write: bool,
}

impl App {
    /// Vaccination days from two months back, and the campaigns that concern one's unit.
    pub fn sessions(&self, actor: &Actor) -> Result<SessionsPage, Failure> {
        let today = self.today();
        self.read(actor, Action::WorklistRead, Resource::Unit(actor.unit), |sql, _| {
            let days = (add_months(today, -2), add_months(today, 12));
            let sessions = sessions(sql, actor.unit_key, days)?;
            let campaigns = campaigns(sql, actor.unit_key, today)?;
            let may_write = actor.may(Action::ImmunisationWrite);
            Ok(SessionsPage { sessions, campaigns, may_write })
        })
    }

    /// Plans a vaccination day of one's own unit.
    pub fn plan_session(
        &self,
        actor: &Actor,
        body: &SessionPlanned,
        command: Option<Command>,
    ) -> Result<SessionId, Failure> {
        let (id, today) = (SessionId::from_u128(self.new_id()), self.today());
        self.db.write(self.now(), |tx| {
            self.check(tx.sql(), actor, Action::ImmunisationWrite, Resource::Unit(body.unit))?;
            for area in &body.areas {
                let (key, _) = unit::key(tx.sql(), (*area).into())?.ok_or(Failure::NotFound)?;
                self.check(tx.sql(), actor, Action::ImmunisationWrite, Resource::Area(key))?;
            }
            if let Some(command) = command
                && let Some(before) = command.before(tx)?
            {
                return Ok(before.parse().unwrap_or(id));
            }
            let (_, shard) = unit::key(tx.sql(), body.unit.into())?.ok_or(Failure::NotFound)?;
            let fact = plan(tx.definitions(), id, shard, body.clone(), today)?;
            let draft = self.draft(actor, "session.plan", vec![fact], &[], None);
            self.append(tx, actor, &draft)?;
            if let Some(command) = command {
                command.remember(tx, &id.to_string())?;
            }
            Ok(id)
        })
    }

    /// A vaccination day: who is expected, who came, how many vials it needs.
    pub fn session_page(&self, actor: &Actor, id: SessionId) -> Result<SessionPage, Failure> {
        let nodes = self.db.nodes();
        let defs = self.definitions();
        let page = self.read(actor, Action::WorklistRead, Resource::InReach, |sql, reach| {
            let facts = tram_store::person::facts(sql, &nodes, id.into(), None)?;
            let session = Session::fold(id, &facts).ok_or(Failure::NotFound)?;
            let whose = Resource::Unit(session.planned.what.unit);
            self.check(sql, actor, Action::WorklistRead, whose)?;
            let (key, _) =
                unit::key(sql, session.planned.what.unit.into())?.ok_or(Failure::NotFound)?;
            let found = unit::unit(sql, key)?.ok_or(Failure::NotFound)?;
            let areas = self.villages(sql, (actor.unit_key, reach), self.today())?;
            let campaign = self.campaign_of(sql, actor, &session)?;
            let expected = self.expected(sql, actor, reach, &session, campaign.as_ref())?;
            let named: BTreeSet<AreaId> = session.planned.what.areas.iter().copied().collect();
            let areas = areas.into_iter().filter(|area| named.contains(&area.id)).collect();
            let may_write = actor.may(Action::ImmunisationWrite);
            let vials = Vec::new();
            Ok(SessionPage { session, unit: found, areas, campaign, expected, vials, may_write })
        })?;
        let stock = self.doses_in_stock(actor)?;
        let vials = vials(&defs, &page.session, &page.expected, &stock);
        Ok(SessionPage { vials, ..page })
    }

    fn campaign_of(
        &self,
        sql: &mut dyn Sql,
        actor: &Actor,
        session: &Session,
    ) -> Result<Option<CampaignRow>, Failure> {
        let Some(id) = session.planned.what.campaign else { return Ok(None) };
        let known = campaigns(sql, actor.unit_key, self.today())?;
        Ok(known.into_iter().find(|campaign| campaign.id == id))
    }

    /// Everybody owed one of the series in the villages by that day, or whom the campaign is for; and
    /// those a paper went out to. What has been given is read from their records.
    fn expected(
        &self,
        sql: &mut dyn Sql,
        actor: &Actor,
        reach: Reach,
        session: &Session,
        campaign: Option<&CampaignRow>,
    ) -> Result<Vec<Expected>, Failure> {
        let (today, on) = (self.today(), session.on());
        let what = &session.planned.what;
        let mut wanted: BTreeMap<i64, Vec<(String, u8)>> = BTreeMap::new();
        // What is past shows who was asked; who is owed today is not what was planned then.
        if on >= today {
            let within = Within { top: actor.unit_key, reach, on: today, area: 0 };
            let areas: Vec<Subject> = what.areas.iter().map(|area| (*area).into()).collect();
            let areas: BTreeSet<i64> = keys_of(sql, &areas)?.into_values().collect();
            let lives_here = |line: &PersonLine| line.area.is_some_and(|at| areas.contains(&at));
            match campaign {
                Some(campaign) => {
                    let people = uncovered(sql, within, campaign)?;
                    for line in lines(sql, &people)?.iter().filter(|line| lives_here(line)) {
                        wanted.insert(line.key, vec![(campaign.series.clone(), 0)]);
                    }
                }
                None => {
                    let children = owed(sql, within, on)?;
                    for child in children.iter().filter(|child| lives_here(&child.person)) {
                        let doses = asked_of(child, what, on);
                        if !doses.is_empty() {
                            wanted.insert(child.person.key, doses);
                        }
                    }
                }
            }
        }
        let ids: Vec<Subject> = session.invited.keys().map(|person| (*person).into()).collect();
        let mut invited = BTreeSet::new();
        for (id, key) in keys_of(sql, &ids)? {
            let series = session.invited.get(&PersonId::from_u128(id)).into_iter().flatten();
            let asked = series.map(|series| (series.clone(), 0)).collect();
            wanted.entry(key).or_insert(asked);
            invited.insert(key);
        }
        let keys: Vec<i64> = wanted.keys().copied().collect();
        let had = if on <= today { had_on(sql, &keys, on)? } else { Vec::new() };
        let mut people = lines(sql, &keys)?;
        self.say_villages(sql, (actor.unit_key, reach), today, people.iter_mut())?;
        let mut expected: Vec<Expected> = people
            .into_iter()
            .map(|person| Expected {
                doses: wanted.remove(&person.key).unwrap_or_default(),
                invited: invited.contains(&person.key),
                had: had
                    .iter()
                    .filter(|(key, _)| *key == person.key)
                    .map(|(_, series)| series.clone())
                    .collect(),
                person,
            })
            .collect();
        expected.sort_by_cached_key(|e| {
            (e.person.area_name.clone(), tram_kernel::text::sort_key(&e.person.name))
        });
        Ok(expected)
    }

    /// Papers go out to everybody expected who has none yet; answers to how many.
    pub fn invite(
        &self,
        actor: &Actor,
        id: SessionId,
        command: Option<Command>,
    ) -> Result<usize, Failure> {
        let page = self.session_page(actor, id)?;
        let asked = page.expected.iter().filter(|e| !e.invited);
        let people: Vec<Invitation> = asked
            .map(|e| Invitation {
                person: e.person.id,
                series: e.doses.iter().map(|(series, _)| series.clone()).collect(),
            })
            .collect();
        let n = people.len();
        self.change_session(actor, id, "session.invite", command, |_, session, today| {
            Ok(invite(session, people.clone(), today)?)
        })?;
        Ok(n)
    }

    /// The session was held, called off or broken off.
    pub fn end_session(
        &self,
        actor: &Actor,
        id: SessionId,
        body: &SessionEnded,
        command: Option<Command>,
    ) -> Result<(), Failure> {
        self.change_session(actor, id, "session.end", command, |_, session, today| {
            Ok(end(session, body.clone(), today)?)
        })
    }

    fn change_session(
        &self,
        actor: &Actor,
        id: SessionId,
        code: &'static str,
        command: Option<Command>,
        decide: impl Fn(&Definitions, &Session, Date) -> Result<tram_domain::fact::Fact, Failure>,
    ) -> Result<(), Failure> {
        let today = self.today();
        self.db.write(self.now(), |tx| {
            self.check(tx.sql(), actor, Action::ImmunisationWrite, Resource::InReach)?;
            let session = tx.session(id)?.ok_or(Failure::NotFound)?;
            let whose = Resource::Unit(session.planned.what.unit);
            self.check(tx.sql(), actor, Action::ImmunisationWrite, whose)?;
            if let Some(command) = command
                && command.before(tx)?.is_some()
            {
                return Ok(());
            }
            let fact = decide(tx.definitions(), &session, today)?;
            let draft = self.draft(actor, code, vec![fact], &[], None);
            self.append(tx, actor, &draft)?;
            if let Some(command) = command {
                command.remember(tx, "done")?;
            }
            Ok(())
        })
    }

    /// Usable doses by vaccine in the book of one's unit; `None` while there is no book.
    fn doses_in_stock(&self, actor: &Actor) -> Result<Option<BTreeMap<String, i64>>, Failure> {
        let offered = self.offered_lots(actor)?;
        let known = offered.iter().filter_map(|lot| Some((lot.vaccine.clone(), lot.balance?)));
        let mut stock: BTreeMap<String, i64> = BTreeMap::new();
        for (vaccine, balance) in known {
            *stock.entry(vaccine).or_default() += balance.max(0);
        }
        Ok(Some(stock).filter(|stock| !stock.is_empty()))
    }
}

/// What a child is owed on the day, of what the session gives.
fn asked_of(child: &OwedChild, what: &SessionPlanned, on: Date) -> Vec<(String, u8)> {
    let given = child.doses.iter().filter(|dose| what.series.contains(&dose.series));
    given.filter(|dose| dose.until_on > on).map(|d| (d.series.clone(), d.number)).collect()
}

/// Vials to take along: for each series everybody expected, rounded up to whole vials. Of several products
/// those of the programme come first, of these the one with most doses in the book.
fn vials(
    defs: &Definitions,
    session: &Session,
    expected: &[Expected],
    stock: &Option<BTreeMap<String, i64>>,
) -> Vec<Vials> {
    let doses_of =
        |vaccine: &str| stock.as_ref().map(|stock| stock.get(vaccine).copied().unwrap_or_default());
    let need = |series: &String| {
        let is_due = |e: &&Expected| e.doses.iter().any(|(code, _)| code == series);
        let people = expected.iter().filter(is_due).count() as u32;
        let mut products: Vec<_> =
            defs.vaccines.iter().filter(|v| v.series.contains(series)).collect();
        products.sort_by_key(|v| (!v.programme, -doses_of(&v.code).unwrap_or_default()));
        let vaccine = products.first().map(|vaccine| vaccine.code.clone());
        let vial = vaccine.as_deref().and_then(|code| defs.vial(code));
        let per_vial = vial.map_or(1, |vial| vial.doses).max(1);
        let vials = people.div_ceil(u32::from(per_vial));
        let stock = vaccine.as_deref().and_then(doses_of);
        Vials { series: series.clone(), people, vaccine, per_vial, vials, stock }
    };
    session.planned.what.series.iter().map(need).collect()
}

/// The days around today that a plan proposes: the next working day from a week ahead.
pub fn proposed_day(defs: &Definitions, today: Date) -> Date {
    tram_domain::calendar::next_working(defs, add_days(today, 7))
}
