//! The worklist as a table: for Excel, for paper, from the page and from the command line.

use crate::pages::parts::table_column;
use crate::words::{Words, long_day};
use tram_app::export::{Group, Kind, Orientation, TableDoc, Value};
use tram_app::immunisation::OwedDose;
use tram_app::programme::DueVisit;
use tram_app::worklist::Need;
use tram_defs::Definitions;
use tram_domain::programme::rule_of;
use tram_kernel::{Date, text};

/// In whose name and words a table is written.
pub struct Paper<'a> {
    pub words: &'a Words,
    pub defs: &'a Definitions,
    pub unit: &'a str,
}

/// By village, then by due day, then by name.
pub fn in_order(mut people: Vec<Need>) -> Vec<Need> {
    people.sort_by_cached_key(|need| {
        let due = need.first().map(|(due, _)| due);
        (need.person.area_name.clone(), due, text::sort_key(&need.person.name))
    });
    people
}

/// `DPT-VGB-Hib 2; bOPV 2; THA: Tái khám`.
pub fn needs(words: &Words, defs: &Definitions, need: &Need) -> String {
    let doses = need.doses.iter().map(|owed| dose(defs, owed));
    doses
        .chain(need.visits.iter().map(|due| visit(words, defs, due)))
        .collect::<Vec<_>>()
        .join("; ")
}

fn dose(defs: &Definitions, owed: &OwedDose) -> String {
    let short = defs.series(&owed.series).map_or(owed.series.as_str(), |s| s.short.as_str());
    format!("{short}\u{a0}{}", owed.number)
}

fn visit(words: &Words, defs: &Definitions, due: &DueVisit) -> String {
    let rule = rule_of(defs, &due.programme, due.due);
    let programme = rule.map_or(due.programme.as_str(), |rule| rule.short.as_str());
    let what = match &due.visit {
        None => words.say("programme-to-see").into_owned(),
        Some(code) => {
            let visit = rule.and_then(|rule| rule.visit(code));
            visit.map_or(code.as_str(), |visit| visit.name.as_str()).to_owned()
        }
    };
    format!("{programme}: {what}")
}

/// The list as a table for paper: one group a village, room for the lot and a remark.
pub fn document(on: &Paper<'_>, today: Date, people: &[Need]) -> TableDoc {
    let Paper { words, defs, unit } = on;
    let column = |code: &str, width, kind| table_column(words, code, width, kind);
    let mut groups: Vec<Group> = Vec::new();
    let mut village = None;
    for (n, need) in (1..).zip(people) {
        if groups.is_empty() || village != need.person.area_name {
            village.clone_from(&need.person.area_name);
            groups.push(Group { heading: village.clone(), ..Group::default() });
        }
        let group = groups.last_mut().expect("pushed above");
        let text = |text: &str| Value::Text(text.to_owned());
        group.rows.push(vec![
            Value::Count(n),
            text(&need.person.name),
            text(&words.say(&format!("sex-{}", need.person.sex.code()))),
            text(&need.person.born.show()),
            text(&needs(words, defs, need)),
            need.first().map_or(Value::Empty, |(due, _)| Value::Day(due)),
            text(need.person.mother.as_deref().unwrap_or_default()),
            Value::Empty,
        ]);
    }
    TableDoc {
        sheet: words.say("menu-today").into_owned(),
        unit: (*unit).to_owned(),
        title: words.say("today-print-title").into_owned(),
        subtitle: vec![
            long_day(words, today),
            words.with("people-count", [("n", people.len().into())]),
            defs.newest_schedule().name.clone(),
        ],
        columns: vec![
            column("col-no", 5, Kind::Count),
            column("col-name", 26, Kind::Text),
            column("col-sex", 6, Kind::Text),
            column("col-born", 11, Kind::Text),
            column("col-needs", 30, Kind::Text),
            column("col-due", 11, Kind::Day),
            column("col-mother", 24, Kind::Text),
            column("col-remark", 24, Kind::Text),
        ],
        groups,
        orientation: Orientation::Landscape,
        made_on: today,
    }
}
