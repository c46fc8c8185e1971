//! `tram bench`: how fast this machine does the work, beside hand-written SQL for the same work.

use super::demo::ScaleName;
use super::out::{print_line, table};
use super::{Common, Ended, Out};
use clap::Args;
use serde_json::{Value, json};
use tram_app::Location;
use tram_app::bench::{BenchPlan, Figure, Goal, peak_memory, run};
use tram_kernel::number::show_rounded;

#[derive(Args)]
pub struct Bench {
    /// Cỡ dữ liệu để đo: small (12.000 người), commune (30.000), region (110.000),
    /// province (1.000.000).
    #[arg(long, value_enum, default_value = "commune")]
    scale: ScaleName,
    /// Đo trên máy chủ PostgreSQL này (postgres://…); tài khoản phải được tạo cơ sở dữ liệu.
    #[arg(long)]
    postgres: Option<String>,
    /// Đo trên vùng mẫu đang có ở --db thay vì lập vùng mới; lần đo ghi thêm mũi tiêm và một danh sách vào đó.
    #[arg(long)]
    standing: bool,
    /// Không đo việc ghi lại toàn bộ nhật ký: phép đo ấy cần thêm hai cơ sở dữ liệu cùng cỡ.
    #[arg(long)]
    no_append: bool,
}

impl Bench {
    pub fn run(&self, common: &Common, out: &Out) -> Result<Ended, Ended> {
        std::fs::create_dir_all(&common.state).map_err(tram_app::Failure::from)?;
        let location = common.location()?;
        // What is measured beside a demo that stands on a server is made on that server too.
        let beside = match &location {
            Location::Postgres(url) if self.standing => Some(url.as_str()),
            _ => None,
        };
        let plan = BenchPlan {
            scale: self.scale.scale(),
            today: common.clock().today(),
            folder: &common.state,
            postgres: self.postgres.as_deref().or(beside),
            standing: self.standing.then_some((&location, common.state.as_path())),
            appends: !self.no_append,
        };
        let bar = out.progress();
        let mut figures = run(&plan, &mut |code| bar.println(out.words.say(code)))?;
        bar.finish_and_clear();
        figures.extend(peak_memory());
        let answer = json!({ "figures": figures.iter().map(as_json).collect::<Vec<_>>() });
        out.answer(answer, || show(out, &figures));
        Ok(Ended::Done)
    }
}

fn show(out: &Out, figures: &[Figure]) {
    let text = |code: &str| out.words.say(code).into_owned();
    let number = |code: &str| format!("{}>", out.words.say(code));
    let headings = [
        text("bench-what"),
        number("bench-figure"),
        number("bench-floor"),
        number("bench-ratio"),
        text("bench-unit"),
        text("bench-goal"),
    ];
    let row = |figure: &Figure| {
        let floor = figure.floor.map_or("–".into(), shown);
        let ratio = figure.ratio().map_or("–".into(), |ratio| format!("{}×", shown(ratio)));
        let unit = figure.unit.code().to_owned();
        vec![text(figure.code), shown(figure.value), floor, ratio, unit, goal(out, figure)]
    };
    let headings: Vec<&str> = headings.iter().map(String::as_str).collect();
    table(&headings, &figures.iter().map(row).collect::<Vec<_>>());
    print_line!("");
    print_line!("{}", out.words.say("bench-read"));
}

/// Two decimals below ten, none above a thousand.
fn shown(value: f64) -> String {
    let places = if value < 10.0 { 2 } else { u32::from(value < 1_000.0) };
    show_rounded((value * 1000.0).round() as i64, places)
}

fn goal(out: &Out, figure: &Figure) -> String {
    let Some(is_met) = figure.is_met() else { return String::new() };
    let said = figure.goals.iter().map(|goal| match goal {
        Goal::AtMost(most) => format!("≤ {}", shown(*most)),
        Goal::AtLeast(least) => format!("≥ {}", shown(*least)),
        Goal::Ratio(most) => format!("≤ {}×", shown(*most)),
    });
    let code = if is_met { "bench-met" } else { "bench-not-met" };
    format!("{}  {}", said.collect::<Vec<_>>().join(", "), out.words.say(code))
}

fn as_json(figure: &Figure) -> Value {
    json!({
        "code": figure.code,
        "value": figure.value,
        "unit": figure.unit.code(),
        "floor": figure.floor,
        "ratio": figure.ratio(),
        "met": figure.is_met(),
    })
}
