//! Who was lost on the way, what is overdue where, and what a unit gave in a month.

use crate::actor::Actor;
use crate::authority::Resource;
use crate::failure::Failure;
use crate::opening::App;
use tram_defs::dropout::Pair;
use tram_defs::role::Action;
use tram_kernel::{Date, Period, Share};
use tram_store::immunisation::gaps::{self, Way};
pub use tram_store::immunisation::gaps::{GivenDoses, Lost, OverdueDose};
pub use tram_store::immunisation::session::SessionRow;
use tram_store::immunisation::session::sessions;
use tram_store::person::{PersonLine, Within, lines};
use tram_store::unit::AreaRow;

/// One pair of doses: who began and who of them was lost, by village.
#[derive(Debug, Clone)]
pub struct Dropout {
    pub pair: Pair,
    pub areas: Vec<Lost>,
}

impl Dropout {
    /// Lost over begun, of all villages.
    pub fn share(&self) -> Share {
        let add = |share: Share, lost: &Lost| share.plus(Share::new(lost.lost, lost.began));
        self.areas.iter().fold(Share::default(), add)
    }
}

/// What is missing in one's villages.
#[derive(Debug, Clone)]
pub struct GapsPage {
    /// First doses given within these days are looked at.
    pub days: (Date, Date),
    pub dropouts: Vec<Dropout>,
    pub overdue: Vec<OverdueDose>,
    pub areas: Vec<AreaRow>,
}

/// What one unit gave in a period.
#[derive(Debug, Clone)]
pub struct GivenMonth {
    pub doses: Vec<GivenDoses>,
    pub sessions: Vec<SessionRow>,
}

impl App {
    /// Children lost between two doses, and overdue doses by village.
    pub fn gaps(&self, actor: &Actor, days: (Date, Date)) -> Result<GapsPage, Failure> {
        let (today, defs) = (self.today(), self.definitions());
        self.read(actor, Action::WorklistRead, Resource::InReach, |sql, reach| {
            let within = Within { top: actor.unit_key, reach, on: today, area: 0 };
            let mut dropouts = Vec::new();
            for pair in defs.dropouts.iter().flat_map(|known| &known.pairs) {
                let areas = gaps::lost(sql, within, way(pair, days))?;
                dropouts.push(Dropout { pair: pair.clone(), areas });
            }
            let areas = self.villages(sql, (actor.unit_key, reach), today)?;
            Ok(GapsPage { days, dropouts, overdue: gaps::overdue(sql, within)?, areas })
        })
    }

    /// The children lost between two doses.
    pub fn lost_between(
        &self,
        actor: &Actor,
        pair: &str,
        days: (Date, Date),
    ) -> Result<(Pair, Vec<PersonLine>), Failure> {
        let (today, defs) = (self.today(), self.definitions());
        let mut known = defs.dropouts.iter().flat_map(|known| &known.pairs);
        let pair = known.find(|known| known.code == pair).ok_or(Failure::NotFound)?.clone();
        self.read(actor, Action::WorklistRead, Resource::InReach, |sql, reach| {
            let within = Within { top: actor.unit_key, reach, on: today, area: 0 };
            let keys = gaps::lost_people(sql, within, way(&pair, days))?;
            let mut people = lines(sql, &keys)?;
            self.say_villages(sql, (actor.unit_key, reach), today, people.iter_mut())?;
            Ok((pair.clone(), people))
        })
    }

    /// Doses one's own unit gave in a period, and its vaccination days.
    pub fn given_in(&self, actor: &Actor, period: Period) -> Result<GivenMonth, Failure> {
        let days = (period.first(), period.last());
        self.read(actor, Action::WorklistRead, Resource::Unit(actor.unit), |sql, _| {
            let doses = gaps::given(sql, actor.unit_key, days)?;
            Ok(GivenMonth { doses, sessions: sessions(sql, actor.unit_key, days)? })
        })
    }
}

fn way(pair: &Pair, days: (Date, Date)) -> Way<'_> {
    let (from, to) = (&pair.from, &pair.to);
    Way { from: (&from.0, from.1), to: (&to.0, to.1), days }
}
