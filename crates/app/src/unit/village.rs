//! Villages by name: names repeat from commune to commune, so wherever several communes are seen
//! together the commune is said with the village.

use crate::failure::Failure;
use crate::opening::App;
use std::collections::{BTreeMap, BTreeSet};
use tram_defs::role::Reach;
use tram_kernel::Date;
use tram_store::person::PersonLine;
use tram_store::unit::AreaRow;
use tram_store::{Sql, unit};

impl App {
    /// The villages reached from a unit; with their commune when there are several communes.
    pub(crate) fn villages(
        &self,
        sql: &mut dyn Sql,
        (top, reach): (i64, Reach),
        on: Date,
    ) -> Result<Vec<AreaRow>, Failure> {
        let mut areas = unit::areas(sql, top, reach, on)?;
        let defs = self.definitions();
        let mut names = BTreeMap::new();
        for AreaRow { commune, commune_from, .. } in &areas {
            names.entry((*commune, *commune_from)).or_insert_with(|| {
                let known = defs.places().commune_then(*commune, *commune_from, on);
                known.map_or_else(|| commune.to_string(), |commune| commune.full_name())
            });
        }
        if names.values().collect::<BTreeSet<_>>().len() < 2 {
            return Ok(areas);
        }
        for area in &mut areas {
            area.name = format!("{}, {}", area.name, names[&(area.commune, area.commune_from)]);
        }
        Ok(areas)
    }

    /// Says the commune beside the village of each line, as [`App::villages`] does.
    pub(crate) fn say_villages<'l>(
        &self,
        sql: &mut dyn Sql,
        from: (i64, Reach),
        on: Date,
        lines: impl Iterator<Item = &'l mut PersonLine>,
    ) -> Result<(), Failure> {
        let villages = self.villages(sql, from, on)?;
        let names: BTreeMap<i64, &str> =
            villages.iter().map(|area| (area.key, area.name.as_str())).collect();
        for line in lines {
            if let Some(name) = line.area.and_then(|key| names.get(&key)) {
                line.area_name = Some((*name).to_owned());
            }
        }
        Ok(())
    }
}
