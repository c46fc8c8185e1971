//! The people behind a number as a table for Excel and paper: one group a village, room for a remark.

use crate::pages::parts::table_column;
use crate::words::Words;
use tram_app::export::{Group, Kind, Orientation, TableDoc, Value};
use tram_app::person::PersonLine;
use tram_kernel::Date;

/// What stands over the list.
pub struct Heading<'a> {
    pub words: &'a Words,
    pub unit: &'a str,
    pub title: String,
    /// Indicator, place, period, group.
    pub lines: Vec<String>,
    pub today: Date,
}

/// `people` in the order in which they are listed: by village, then by name.
pub fn document(on: &Heading<'_>, people: &[PersonLine]) -> TableDoc {
    let words = on.words;
    let column = |code: &str, width, kind| table_column(words, code, width, kind);
    let mut groups: Vec<Group> = Vec::new();
    let mut village = None;
    for (n, person) in (1..).zip(people) {
        if groups.is_empty() || village != person.area_name {
            village.clone_from(&person.area_name);
            groups.push(Group { heading: village.clone(), ..Group::default() });
        }
        let text = |text: &str| Value::Text(text.to_owned());
        if let Some(group) = groups.last_mut() {
            group.rows.push(vec![
                Value::Count(n),
                text(&person.name),
                text(&words.say(&format!("sex-{}", person.sex.code()))),
                text(&person.born.show()),
                text(person.mother.as_deref().unwrap_or_default()),
                Value::Empty,
            ]);
        }
    }
    TableDoc {
        sheet: words.say("behind-sheet").into_owned(),
        unit: on.unit.to_owned(),
        title: on.title.clone(),
        subtitle: on.lines.clone(),
        columns: vec![
            column("col-no", 5, Kind::Count),
            column("col-name", 30, Kind::Text),
            column("col-sex", 7, Kind::Text),
            column("col-born", 12, Kind::Text),
            column("col-mother", 26, Kind::Text),
            column("col-remark", 30, Kind::Text),
        ],
        groups,
        orientation: Orientation::Portrait,
        made_on: on.today,
    }
}
