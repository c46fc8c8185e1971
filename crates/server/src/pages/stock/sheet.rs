//! The tables of the book as Excel files that print on A4.

use super::item_name;
use crate::http::Ctx;
use crate::pages::parts::{period_name, table_column};
use tram_app::export::{ColumnSpec, Group, Kind, Orientation, TableDoc, Value};
use tram_app::stock::{LotPage, MonthRow, StockMonth, StockPage};
use tram_kernel::{day, number};

fn column(ctx: &Ctx, code: &str, width: u16, kind: Kind) -> ColumnSpec {
    table_column(ctx.words, code, width, kind)
}

fn text(text: impl Into<String>) -> Value {
    Value::Text(text.into())
}

/// What there is of each lot today, with room for what is counted.
pub fn balances(ctx: &Ctx, page: &StockPage) -> TableDoc {
    let (words, defs) = (ctx.words, ctx.server.app.definitions());
    let mut groups: Vec<Group> = Vec::new();
    for line in page.lots.iter().filter(|line| line.balance != 0) {
        let name = item_name(&defs, &line.row.item).to_owned();
        if groups.last().and_then(|group| group.heading.as_ref()) != Some(&name) {
            groups.push(Group { heading: Some(name), ..Group::default() });
        }
        let group = groups.last_mut().expect("pushed above");
        let state = match (line.row.blocked_since, line.expired, line.spent, line.soon) {
            (Some(since), ..) => words.with("lot-blocked", [("day", since.into())]),
            (_, true, ..) => words.say("lot-expired").into_owned(),
            (_, _, true, _) => words.say("lot-spent").into_owned(),
            (_, _, _, true) => words.say("lot-soon").into_owned(),
            _ => String::new(),
        };
        group.rows.push(vec![
            text(&line.row.lot),
            line.row.expires.map_or(Value::Empty, Value::Day),
            text(line.row.maker.as_deref().unwrap_or_default()),
            line.row.vvm.map_or(Value::Empty, |stage| Value::Count(stage.into())),
            Value::Count(line.balance),
            Value::Empty,
            text(state),
        ]);
    }
    TableDoc {
        sheet: words.say("stock-tab-lots").into_owned(),
        unit: page.unit.name.clone(),
        title: words.say("stock-print-title").into_owned(),
        subtitle: vec![words.with("on-day", [("day", ctx.today().into())])],
        columns: vec![
            column(ctx, "lot", 16, Kind::Text),
            column(ctx, "col-expires", 12, Kind::Day),
            column(ctx, "col-maker", 22, Kind::Text),
            column(ctx, "col-vvm", 6, Kind::Count),
            column(ctx, "col-doses-left", 10, Kind::Count),
            column(ctx, "col-counted", 10, Kind::Count),
            column(ctx, "col-state", 26, Kind::Text),
        ],
        groups,
        orientation: Orientation::Portrait,
        made_on: ctx.today(),
    }
}

/// The stock card of a lot.
pub fn card(ctx: &Ctx, page: &LotPage) -> TableDoc {
    let (words, defs) = (ctx.words, ctx.server.app.definitions());
    let rows = page.card.iter().map(|line| {
        let (document, what) = super::lot::said(ctx, line);
        let some = |n: i64| if n == 0 { Value::Empty } else { Value::Count(n) };
        vec![
            Value::Day(line.day),
            text(document),
            text(what),
            some(line.came),
            some(line.left),
            Value::Count(line.balance),
        ]
    });
    let lot = &page.lot;
    let last = lot.last_day().map(day::show).unwrap_or_default();
    TableDoc {
        sheet: words.say("card-stock").into_owned(),
        unit: page.unit.name.clone(),
        title: words.say("card-stock").into_owned(),
        subtitle: vec![
            item_name(&defs, &lot.item).to_owned(),
            words.with("card-lot", [("lot", lot.lot.as_str().into()), ("day", last.into())]),
        ],
        columns: vec![
            column(ctx, "col-day", 11, Kind::Day),
            column(ctx, "col-document", 18, Kind::Text),
            column(ctx, "col-told", 34, Kind::Text),
            column(ctx, "col-came", 9, Kind::Count),
            column(ctx, "col-left", 9, Kind::Count),
            column(ctx, "col-balance", 9, Kind::Count),
        ],
        groups: vec![Group { rows: rows.collect(), ..Group::default() }],
        orientation: Orientation::Portrait,
        made_on: ctx.today(),
    }
}

/// The report of a period: a group of lots for each vaccine, with its sum.
pub fn month(ctx: &Ctx, report: &StockMonth) -> TableDoc {
    let (words, defs) = (ctx.words, ctx.server.app.definitions());
    let cells = |head: [Value; 2], row: &MonthRow| {
        let share = row.wastage().thousandths(100).map(number::show_thousandths);
        let numbers = [
            row.opening,
            row.received,
            row.given,
            row.wasted,
            row.destroyed,
            row.returned,
            row.transferred,
            row.counted,
            row.closing,
        ];
        let [name, last] = head;
        let mut cells = vec![name, last];
        cells.extend(numbers.map(Value::Count));
        cells.push(text(share.unwrap_or_default()));
        cells
    };
    let groups = report.by_item().into_iter().map(|(item, sum)| {
        let of = report.rows.iter().filter(|row| row.item == item);
        let rows = of.map(|row| {
            let last = row.lot.as_ref().and_then(|lot| lot.expires);
            let name = super::month::lot_words(words, row);
            cells([text(name), last.map_or(Value::Empty, Value::Day)], row)
        });
        Group {
            heading: Some(item_name(&defs, item).to_owned()),
            rows: rows.collect(),
            total: Some(cells([text(words.say("month-sum")), Value::Empty], &sum)),
        }
    });
    let count = |code| column(ctx, code, 9, Kind::Count);
    TableDoc {
        sheet: words.say("stock-tab-month").into_owned(),
        unit: report.unit.name.clone(),
        title: words.say("month-print-title").into_owned(),
        subtitle: vec![period_name(words, report.period), words.say("month-formula").into_owned()],
        columns: vec![
            column(ctx, "lot", 16, Kind::Text),
            column(ctx, "col-expires", 11, Kind::Day),
            count("month-opening"),
            count("month-received"),
            count("month-given"),
            count("month-wasted"),
            count("month-destroyed"),
            count("month-returned"),
            count("month-transferred"),
            count("month-counted"),
            count("month-closing"),
            column(ctx, "month-wastage", 10, Kind::Text),
        ],
        groups: groups.collect(),
        orientation: Orientation::Landscape,
        made_on: ctx.today(),
    }
}
