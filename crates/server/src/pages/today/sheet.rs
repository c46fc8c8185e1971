//! The worklist as a table: for Excel, for paper, from the page and from the command line.

use crate::pages::parts::table_column;
use crate::words::{Words, long_day};
use tram_app::export::{Group, Kind, Orientation, TableDoc, Value};
use tram_app::immunisation::{OwedChild, Worklist};
use tram_defs::Definitions;
use tram_kernel::text;

/// In whose name and words a table is written.
pub struct Paper<'a> {
    pub words: &'a Words,
    pub defs: &'a Definitions,
    pub unit: &'a str,
}

/// By village, then by due day, then by name.
pub fn in_order(children: &[OwedChild]) -> Vec<&OwedChild> {
    let mut sorted: Vec<&OwedChild> = children.iter().collect();
    sorted.sort_by_cached_key(|c| {
        (
            c.person.area_name.clone(),
            c.doses.iter().map(|d| d.due_on).min(),
            text::sort_key(&c.person.name),
        )
    });
    sorted
}

/// `DPT-VGB-Hib 2; bOPV 2`.
pub fn doses(defs: &Definitions, child: &OwedChild) -> String {
    let short = |series: &str| defs.series(series).map_or(series, |s| s.short.as_str()).to_owned();
    let doses: Vec<String> =
        child.doses.iter().map(|d| format!("{}\u{a0}{}", short(&d.series), d.number)).collect();
    doses.join("; ")
}

/// The list as a table for paper: one group a village, room for the lot and a remark.
pub fn document(on: &Paper<'_>, list: &Worklist, children: &[OwedChild]) -> TableDoc {
    let Paper { words, defs, unit } = on;
    let column = |code: &str, width, kind| table_column(words, code, width, kind);
    let mut groups: Vec<Group> = Vec::new();
    let mut village = None;
    for (n, child) in (1..).zip(in_order(children)) {
        if groups.is_empty() || village != child.person.area_name {
            village.clone_from(&child.person.area_name);
            groups.push(Group { heading: village.clone(), ..Group::default() });
        }
        let group = groups.last_mut().expect("pushed above");
        let text = |text: &str| Value::Text(text.to_owned());
        group.rows.push(vec![
            Value::Count(n),
            text(&child.person.name),
            text(&words.say(&format!("sex-{}", child.person.sex.code()))),
            text(&child.person.born.show()),
            text(&doses(defs, child)),
            child.doses.iter().map(|d| d.due_on).min().map_or(Value::Empty, Value::Day),
            text(child.person.mother.as_deref().unwrap_or_default()),
            Value::Empty,
        ]);
    }
    TableDoc {
        sheet: words.say("menu-today").into_owned(),
        unit: (*unit).to_owned(),
        title: words.say("today-print-title").into_owned(),
        subtitle: vec![
            long_day(words, list.today),
            words.with("today-total", [("n", children.len().into())]),
            defs.newest_schedule().name.clone(),
        ],
        columns: vec![
            column("col-no", 5, Kind::Count),
            column("col-name", 26, Kind::Text),
            column("col-sex", 6, Kind::Text),
            column("col-born", 11, Kind::Text),
            column("col-doses", 30, Kind::Text),
            column("col-due", 11, Kind::Day),
            column("col-mother", 24, Kind::Text),
            column("col-remark", 24, Kind::Text),
        ],
        groups,
        orientation: Orientation::Landscape,
        made_on: list.today,
    }
}
