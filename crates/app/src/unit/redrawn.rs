//! Villages that still stand under a commune that is no more: 441 old communes were divided among several
//! new ones on 2025-07-01, so nobody but the people of the place can say where a village came to lie.

use crate::actor::Actor;
use crate::authority::Resource;
use crate::failure::Failure;
use crate::opening::App;
use tram_defs::place::{Commune, Places, Successor};
use tram_defs::role::{Action, Reach};
use tram_domain::fact::{AreaAmended, Fact};
use tram_kernel::{AreaId, CommuneCode, Date, Message};
use tram_store::Sql;
use tram_store::unit::{self, AreaRow};

/// A village under an old commune.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redrawn {
    pub area: AreaRow,
    /// `xã Mường Lai`, as it was called.
    pub old: String,
    /// The communes of today it may lie in. Several: the old one was divided. None: no successor is known.
    pub choices: Vec<(CommuneCode, String)>,
}

impl App {
    /// The villages in reach whose commune is no more, and what each may be in now.
    pub(crate) fn redrawn(
        &self,
        sql: &mut dyn Sql,
        (top, reach): (i64, Reach),
        on: Date,
    ) -> Result<Vec<Redrawn>, Failure> {
        let defs = self.definitions();
        let areas = unit::areas(sql, top, reach, on)?;
        let old = |area: AreaRow| {
            let old = ended(defs.places(), &area, on)?;
            let choices = choices(defs.places(), old, on);
            Some(Redrawn { old: old.full_name(), choices, area })
        };
        Ok(areas.into_iter().filter_map(old).collect())
    }

    /// Says in which commune of today a village lies. Its people, its records and its past stay as they are.
    pub fn place_area(
        &self,
        actor: &Actor,
        id: AreaId,
        commune: CommuneCode,
    ) -> Result<(), Failure> {
        let (defs, today) = (self.definitions(), self.today());
        let found = defs.places().commune(commune, today);
        let bad = |code| Failure::refused_field(Message::new(code), "commune");
        let since = found.ok_or_else(|| bad("village-bad-commune"))?.valid_from;
        self.db.write(self.now(), |tx| {
            let (key, _) = unit::key(tx.sql(), id.into())?.ok_or(Failure::NotFound)?;
            self.check(tx.sql(), actor, Action::UnitWrite, Resource::Area(key))?;
            let row = unit::area(tx.sql(), key)?.ok_or(Failure::NotFound)?;
            let Some(old) = ended(defs.places(), &row, today) else {
                // Said already, here or by somebody else: once is enough.
                return if row.commune == commune { Ok(()) } else { Err(bad("village-placed")) };
            };
            let known = choices(defs.places(), old, today);
            if !known.is_empty() && known.iter().all(|(code, _)| *code != commune) {
                return Err(bad("village-not-there"));
            }
            let area = tx.area(id)?.ok_or(Failure::NotFound)?;
            let on = since.unwrap_or(today).max(row.commune_from);
            let body = AreaAmended { name: None, commune: Some(commune), reason: None };
            let facts = vec![Fact::new(id.into(), area.shard, on, body.into())];
            let draft = self.draft(actor, "area.place", facts, &[], None);
            self.append(tx, actor, &draft)
        })
    }
}

/// The commune a village was said to lie in, when that one has ended.
fn ended<'p>(places: &'p Places, area: &AreaRow, today: Date) -> Option<&'p Commune> {
    let commune = places.commune(area.commune, area.commune_from)?;
    (!commune.holds_on(today)).then_some(commune)
}

fn choices(places: &Places, old: &Commune, today: Date) -> Vec<(CommuneCode, String)> {
    let codes = match places.successor(old.code) {
        Successor::Whole(code) => vec![code],
        Successor::Candidates(codes) => codes,
        Successor::Unresolved(_) => Vec::new(),
    };
    let named = |code| Some((code, places.commune(code, today)?.full_name()));
    codes.into_iter().filter_map(named).collect()
}
