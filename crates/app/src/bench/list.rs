//! A whole commune as an Excel list, imported into an empty station.

use super::{BenchPlan, Figure, Goal, Unit};
use crate::failure::Failure;
use crate::indicator::{Side, Which};
use crate::opening::App;
use crate::unit::{NewArea, NewUnit, village_kind};
use std::time::Instant;
use tram_domain::fact::UnitKind;
use tram_exchange::table::{
    Align, ColumnSpec, Group, Kind, Orientation, TableDoc, Value, excel_table,
};
use tram_kernel::{Message, Period, UnitId};
use tram_store::floor;
use tram_store::person::PersonLine;

/// People in one transaction of the import.
const BATCH: usize = 500;
/// People of one household of the list.
const HOUSEHOLD: usize = 4;

/// Imports the residents of a station of the demo into another database.
pub fn import(plan: &BenchPlan<'_>, demo: &App, station: UnitId) -> Result<Figure, Failure> {
    let actor = demo.operator(station)?;
    let year = demo.own_question(&actor, Period::year_of(demo.today()));
    let (people, _) = demo.people_behind(
        &actor,
        year,
        "DAN_SO",
        Side::Numerator,
        &Which { limit: usize::MAX, ..Which::default() },
    )?;
    let list = excel_of(demo, &people)?;
    let target = plan.fresh()?;
    let app = &target.app;
    let since = "2017-01-01".parse().expect("a date");
    let commune = demo.areas(&actor)?.first().map(|area| area.commune).ok_or(Failure::NotFound)?;
    let unit = NewUnit {
        name: "Trạm Y tế".into(),
        kind: UnitKind::Station,
        commune: Some(commune),
        facility_code: None,
        since,
        under: Vec::new(),
    };
    let unit = app.found(&[unit], &[])?.0[0];
    let villages = demo.areas(&actor)?.into_iter().map(|area| {
        let kind = village_kind(&area.name).into();
        NewArea { name: area.name, kind, commune, unit, since }
    });
    app.found(&[], &villages.collect::<Vec<_>>())?;
    let head = app.operator(unit)?;
    let started = Instant::now();
    let key = app.read_list(&head, "danh-sach.xlsx", &list)?;
    app.check_list(&head, key, None)?;
    let applied = app.apply_list(&head, key, true, &mut |_, _| ())?;
    let took = started.elapsed().as_secs_f64();
    if applied.added + 10 < people.len() as i64 {
        let message = Message::new("bench-import-lost").with("n", applied.added);
        return Err(Failure::refused(message));
    }
    let filled = app.db.read(|sql| floor::rows(sql))?;
    let by_hand = plan.fresh()?;
    let parts = people.len().div_ceil(BATCH).max(1);
    let started = Instant::now();
    for at in 0..parts {
        let db = &by_hand.app.db;
        db.write_plain(app.now(), |sql| floor::insert(sql, &filled, (at, at + 1), parts))?;
    }
    let floor = started.elapsed().as_secs_f64();
    let code = "bench-import";
    // Ten seconds for 30,000 people.
    let most = people.len() as f64 / 3_000.0;
    Ok(Figure::new(code, took, Unit::Seconds).beside(floor).goal(Goal::AtMost(most.max(1.0))))
}

pub fn excel_of(demo: &App, people: &[PersonLine]) -> Result<Vec<u8>, Failure> {
    let headings =
        ["Họ và tên", "Giới tính", "Ngày sinh", "Số CCCD", "Thôn", "Số hộ", "Quan hệ với chủ hộ"];
    let column = |heading: &str| ColumnSpec {
        heading: heading.into(),
        width: 18,
        align: Align::Left,
        kind: Kind::Text,
    };
    let rows = people.iter().enumerate().map(|(n, line)| row(n, line)).collect();
    let doc = TableDoc {
        sheet: "Dân cư".into(),
        unit: String::new(),
        title: "Danh sách dân cư".into(),
        subtitle: Vec::new(),
        columns: headings.into_iter().map(column).collect(),
        groups: vec![Group { heading: None, rows, total: None }],
        orientation: Orientation::Landscape,
        made_on: demo.today(),
    };
    excel_table(&doc).map_err(|bad| Failure::refused(bad.message()))
}

fn row(n: usize, line: &PersonLine) -> Vec<Value> {
    let year = i32::from(line.born.first().year());
    let female = line.sex == tram_kernel::Sex::Female;
    let century = (year / 100 - 19) * 2 + i32::from(female);
    let number = format!("015{century}{:02}{:06}", year % 100, n % 1_000_000);
    let relation = if n.is_multiple_of(HOUSEHOLD) { "Chủ hộ" } else { "Khác" };
    [
        line.name.clone(),
        if female { "Nữ" } else { "Nam" }.into(),
        line.born.show(),
        number,
        line.area_name.clone().unwrap_or_default(),
        (n / HOUSEHOLD + 1).to_string(),
        relation.into(),
    ]
    .map(Value::Text)
    .into()
}
