//! The register of a programme as an Excel file.

use super::programme;
use super::register::{Asked, outcome_words, part, read};
use crate::http::download::{XLSX, download};
use crate::http::{Answer, Ctx, Trouble};
use crate::pages::parts::table_column;
use crate::words::long_day;
use axum::extract::{Path, Query};
use tram_app::Failure;
use tram_app::export::{
    Align, ColumnSpec, Group, Kind as Cell, Orientation, TableDoc, Value as Shown, excel_table,
};
use tram_app::programme::RegisterRow;
use tram_defs::Definitions;
use tram_defs::form::Kind;
use tram_defs::programme::Programme;
use tram_domain::fact::Value;
use tram_domain::form::answer;

pub async fn file(ctx: Ctx, Path(code): Path<String>, Query(asked): Query<Asked>) -> Answer {
    let defs = ctx.server.app.definitions();
    let rule = programme(&ctx, &defs, &code)?;
    let found = read(&ctx, &code, &asked).await?;
    let lines = part(&found, &asked.only);
    let today = found.register.today;
    let document = document(&ctx, &defs, rule, &lines, today);
    match excel_table(&document) {
        Ok(bytes) => Ok(download(&format!("so-{}-{today}.xlsx", rule.code), XLSX, bytes)),
        Err(bad) => Err(Trouble::signed(ctx, Failure::refused(bad.message()))),
    }
}

fn document(
    ctx: &Ctx,
    defs: &Definitions,
    rule: &Programme,
    lines: &[&RegisterRow],
    today: tram_kernel::Date,
) -> TableDoc {
    let words = ctx.words;
    let column = |code: &str, width, kind| table_column(words, code, width, kind);
    let mut columns = vec![
        column("col-no", 5, Cell::Count),
        column("col-name", 26, Cell::Text),
        column("col-sex", 6, Cell::Text),
        column("col-born", 11, Cell::Text),
        column("programme-since", 11, Cell::Day),
    ];
    let shown: Vec<_> = rule
        .shows
        .iter()
        .filter_map(|code| defs.measures.iter().find(|measure| measure.code == *code))
        .collect();
    for measure in &shown {
        let is_number = matches!(measure.kind, Kind::Number(_));
        let (kind, align) =
            if is_number { (Cell::Decimal(1), Align::Right) } else { (Cell::Text, Align::Left) };
        let heading = measure.short.clone();
        columns.push(ColumnSpec { heading, width: 12, align, kind });
    }
    columns.push(column("programme-next", 12, Cell::Day));
    columns.push(column("programme-ended", 24, Cell::Text));
    columns.push(column("col-remark", 20, Cell::Text));
    let mut groups: Vec<Group> = Vec::new();
    for (n, row) in (1..).zip(lines) {
        let village = &row.line.person.area_name;
        if groups.last().is_none_or(|group| group.heading != *village) {
            groups.push(Group { heading: village.clone(), ..Group::default() });
        }
        let text = |text: &str| Shown::Text(text.to_owned());
        let p = &row.line.person;
        let mut cells = vec![
            Shown::Count(n),
            text(&p.name),
            text(&words.say(&format!("sex-{}", p.sex.code()))),
            text(&p.born.show()),
            Shown::Day(row.line.from),
        ];
        for measure in &shown {
            let at = rule.shows.iter().position(|code| *code == measure.code);
            let value = at.and_then(|at| row.measures.get(at)).and_then(Option::as_ref);
            cells.push(match value {
                Some((_, Value::Number(n))) => Shown::Number(*n),
                Some((_, value)) => Shown::Text(answer::show(defs, &measure.kind, value)),
                None => Shown::Empty,
            });
        }
        cells.push(row.next.as_ref().map_or(Shown::Empty, |next| Shown::Day(next.due)));
        cells.push(
            row.line
                .outcome
                .as_ref()
                .map_or(Shown::Empty, |outcome| Shown::Text(outcome_words(ctx, rule, outcome))),
        );
        cells.push(Shown::Empty);
        groups.last_mut().expect("pushed above").rows.push(cells);
    }
    TableDoc {
        sheet: rule.short.clone(),
        unit: ctx.signed.actor.unit_name.clone(),
        title: words.with("programme-register-title", [("programme", rule.name.as_str().into())]),
        subtitle: vec![
            long_day(words, today),
            words.with("people-count", [("n", lines.len().into())]),
            rule.provenance.source.clone(),
        ],
        columns,
        groups,
        orientation: Orientation::Landscape,
        made_on: today,
    }
}
