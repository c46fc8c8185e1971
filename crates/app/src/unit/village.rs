//! Villages by name: names repeat from commune to commune, so wherever several communes are seen
//! together the commune is said with the village.

use crate::failure::Failure;
use crate::opening::App;
use std::collections::BTreeMap;
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
        let mut names = BTreeMap::new();
        for area in &areas {
            names.entry(area.commune).or_insert_with(String::new);
        }
        if names.len() < 2 {
            return Ok(areas);
        }
        let defs = self.definitions();
        for (code, name) in &mut names {
            let known = defs.places().commune(*code, on);
            *name = known.map_or_else(|| code.to_string(), |commune| commune.full_name());
        }
        for area in &mut areas {
            area.name = format!("{}, {}", area.name, names[&area.commune]);
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
