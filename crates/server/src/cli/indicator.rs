//! `tram indicator`: numbers with numerator and denominator, and what stands behind them.

use super::out::print_line;
use super::out::table;
use super::{Common, Ended, Out, find_unit};
use clap::{Args, Subcommand};
use serde_json::{Value, json};
use std::sync::Arc;
use tram_app::indicator::{Board, Number, Question, Side, Which};
use tram_app::{Actor, App, Purpose};
use tram_kernel::number::{show_count, show_rounded};
use tram_kernel::{Date, Message, Period, day};

#[derive(Args)]
pub struct Indicator {
    #[command(subcommand)]
    command: IndicatorCommand,
}

#[derive(Subcommand)]
enum IndicatorCommand {
    /// Liệt kê các chỉ tiêu đang có.
    List,
    /// Tính chỉ tiêu của một kỳ.
    Show(Show),
}

#[derive(Args)]
struct Show {
    /// Mã chỉ tiêu; bỏ trống để xem tất cả.
    codes: Vec<String>,
    /// Kỳ: 2026-01, 2026-Q1, 2026-H1, 2026. Mặc định là năm nay.
    #[arg(long)]
    period: Option<String>,
    #[arg(long)]
    unit: Option<String>,
    /// Theo cây tổ chức của ngày này.
    #[arg(long)]
    tree: Option<Date>,
    /// Theo những gì đã biết đến hết ngày này.
    #[arg(long)]
    known_at: Option<Date>,
    /// Tách theo thôn, theo giới, theo nhóm tuổi.
    #[arg(long, value_parser = ["area", "sex", "age"])]
    by: Option<String>,
    /// Danh sách đúng những người được đếm.
    #[arg(long)]
    people: bool,
    /// Cùng với --people: ở mẫu số, hoặc còn thiếu.
    #[arg(long, value_parser = ["numerator", "denominator", "missing"], default_value = "numerator")]
    side: String,
    #[arg(long, default_value_t = 100_000)]
    limit: usize,
}

impl Indicator {
    pub fn run(&self, common: &Common, out: &Out) -> Result<Ended, Ended> {
        match &self.command {
            IndicatorCommand::List => list(common, out),
            IndicatorCommand::Show(show) => show.run(common, out),
        }
    }
}

/// The indicators in force; of the program itself where there is no database yet.
fn list(common: &Common, out: &Out) -> Result<Ended, Ended> {
    let defs = match common.open(Purpose::Read) {
        Ok(app) => app.definitions(),
        Err(_) => Arc::new(tram_app::definitions::built_in()),
    };
    let rows: Vec<Value> = defs
        .indicators
        .iter()
        .map(|i| {
            json!({
                "code": i.code, "name": i.name, "unit": i.unit.code(), "explain": i.explain,
                "source": i.provenance.source, "confidence": i.provenance.confidence.code(),
            })
        })
        .collect();
    out.answer(json!({ "indicators": rows }), || {
        let rows: Vec<Vec<String>> =
            defs.indicators.iter().map(|i| vec![i.code.clone(), i.name.clone()]).collect();
        table(&[&out.words.say("indicator-code"), &out.words.say("indicator-name")], &rows);
    });
    Ok(Ended::Done)
}

/// `91,2 %` or a count; `–` when nobody was counted.
pub fn show_value(out: &Out, number: &Number, value: Option<i64>) -> String {
    let Some(value) = value else { return "–".into() };
    if number.indicator.denominator.is_none() {
        return show_count(value / 1000);
    }
    let unit = out.words.say(&format!("unit-{}", number.indicator.unit.code())).into_owned();
    format!("{} {unit}", show_rounded(value, 1))
}

impl Show {
    fn run(&self, common: &Common, out: &Out) -> Result<Ended, Ended> {
        // Whoever reads names is put on record, and that is a write.
        let purpose =
            if self.people { Purpose::Write("tram indicator --people") } else { Purpose::Read };
        let app = common.open(purpose)?;
        let actor = common.operator(&app, None)?;
        let period = match &self.period {
            Some(text) => text.parse().map_err(|_| {
                Ended::Usage(Message::new("period-bad").with("text", text.as_str()))
            })?,
            None => Period::year_of(app.today()),
        };
        let mut q = app.own_question(&actor, period);
        q.tree = self.tree;
        if let Some(text) = &self.unit {
            q.unit = app.operator(find_unit(&app, text)?)?.unit_key;
        }
        if self.people {
            return self.people(&app, &actor, q, out);
        }
        let codes: Vec<&str> = self.codes.iter().map(String::as_str).collect();
        let board = match self.known_at {
            Some(day) => app.board_known_at(&actor, q, &codes, day)?,
            None => app.board(&actor, q, &codes)?,
        };
        out.answer(as_json(&app, &board), || self.print(&app, &board, out));
        Ok(Ended::Done)
    }

    fn people(&self, app: &App, actor: &Actor, q: Question, out: &Out) -> Result<Ended, Ended> {
        let [code] = self.codes.as_slice() else {
            return Err(Ended::Usage(Message::new("cli-one-indicator")));
        };
        let side = match self.side.as_str() {
            "denominator" => Side::Denominator,
            "missing" => Side::Missing,
            _ => Side::Numerator,
        };
        let (people, total) = app.people_behind(
            actor,
            q,
            code,
            side,
            &Which { limit: self.limit, ..Which::default() },
        )?;
        let rows: Vec<Value> = people
            .iter()
            .map(|p| {
                json!({
                    "person": p.id.to_string(), "name": p.name, "sex": p.sex.code(),
                    "born": p.born.show(), "area": p.area_name,
                })
            })
            .collect();
        out.answer(json!({ "code": code, "total": total, "people": rows }), || {
            let rows: Vec<Vec<String>> = people
                .iter()
                .map(|p| {
                    let sex = out.words.say(&format!("sex-{}", p.sex.code())).into_owned();
                    let area = p.area_name.clone().unwrap_or_default();
                    vec![p.name.clone(), sex, p.born.show(), area]
                })
                .collect();
            let headings = ["list-name", "list-sex", "list-born", "list-village"];
            let headings = headings.map(|code| out.words.say(code).into_owned());
            table(&headings.iter().map(String::as_str).collect::<Vec<_>>(), &rows);
            print_line!("{}", out.words.with("indicator-people-total", [("n", total.into())]));
        });
        Ok(Ended::Done)
    }

    fn print(&self, app: &App, board: &Board, out: &Out) {
        let w = out.words;
        let args =
            [("period", board.period.to_string().into()), ("day", day::show(board.as_of).into())];
        print_line!("{}\n", w.with("indicator-period-as-of", args));
        let mut rows = Vec::new();
        for number in &board.numbers {
            let share = number.share.unwrap_or_default();
            let of = number.indicator.denominator.as_ref().map(|_| show_count(share.denominator));
            let cells = |label: String, value: Option<i64>, numerator: i64, of: Option<String>| {
                vec![
                    label,
                    show_value(out, number, value),
                    show_count(numerator),
                    of.unwrap_or_default(),
                ]
            };
            let label = format!("{}  {}", number.indicator.code, number.indicator.name);
            rows.push(cells(label, number.value(), share.numerator, of));
            for (label, share) in self.breakdown(app, board, number, out) {
                let of =
                    number.indicator.denominator.as_ref().map(|_| show_count(share.denominator));
                rows.push(cells(label, number.value_of(share), share.numerator, of));
            }
        }
        let headings =
            ["indicator-name", "indicator-value", "indicator-numerator", "indicator-denominator"];
        let headings = headings.map(|code| w.say(code).into_owned());
        let [name, value, numerator, denominator] = &headings;
        let right = |text: &str| format!("{text}>");
        let (value, numerator, denominator) = (right(value), right(numerator), right(denominator));
        table(&[name, &value, &numerator, &denominator], &rows);
    }

    fn breakdown(
        &self,
        app: &App,
        board: &Board,
        number: &Number,
        out: &Out,
    ) -> Vec<(String, tram_kernel::Share)> {
        use tram_kernel::Share;
        let mut rows: Vec<(String, Share)> = Vec::new();
        let mut add = |label: String, share: Share| match rows.iter_mut().find(|r| r.0 == label) {
            Some((_, sum)) => *sum = sum.plus(share),
            None => rows.push((label, share)),
        };
        match self.by.as_deref() {
            Some("area") => {
                for area in &board.areas {
                    let share = number.by_area.get(&area.key).copied().unwrap_or_default();
                    add(format!("    {}", area.name), share);
                }
            }
            Some("sex") => {
                for part in &number.parts {
                    let code = if part.is_female { "sex-f" } else { "sex-m" };
                    let share = Share::new(part.numerator, part.denominator);
                    add(format!("    {}", out.words.say(code)), share);
                }
            }
            Some("age") => {
                let defs = app.definitions();
                for part in &number.parts {
                    let group = defs.age_groups.get(usize::from(part.age_group));
                    let name = group.map_or("?", |group| group.name.as_str());
                    add(format!("    {name}"), Share::new(part.numerator, part.denominator));
                }
            }
            _ => {}
        }
        rows
    }
}

/// The board as JSON: counts and ratio of each indicator, by area and by sex and age.
pub fn as_json(app: &App, board: &Board) -> Value {
    let defs = app.definitions();
    let group = |at: u8| defs.age_groups.get(usize::from(at)).map(|g| g.code.clone());
    let numbers: Vec<Value> = board
        .numbers
        .iter()
        .map(|n| {
            let areas: Vec<Value> = board
                .areas
                .iter()
                .map(|area| {
                    let share = n.by_area.get(&area.key).copied().unwrap_or_default();
                    json!({
                        "area": area.id.to_string(), "name": area.name,
                        "numerator": share.numerator, "denominator": share.denominator,
                    })
                })
                .collect();
            let parts: Vec<Value> = n
                .parts
                .iter()
                .map(|p| {
                    json!({
                        "sex": if p.is_female { "f" } else { "m" }, "age_group": group(p.age_group),
                        "numerator": p.numerator, "denominator": p.denominator,
                    })
                })
                .collect();
            json!({
                "code": n.indicator.code,
                "name": n.indicator.name,
                "unit": n.indicator.unit.code(),
                "numerator": n.share.map(|s| s.numerator),
                "denominator": n.indicator.denominator.as_ref().and(n.share).map(|s| s.denominator),
                "value_thousandths": n.value(),
                "confidence": n.indicator.provenance.confidence.code(),
                "areas": areas,
                "parts": parts,
            })
        })
        .collect();
    json!({
        "period": board.period.to_string(),
        "as_of": board.as_of.to_string(),
        "indicators": numbers,
    })
}
