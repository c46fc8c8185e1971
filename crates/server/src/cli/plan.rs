//! `tram plan`: plans of the unit and their target tables.

use super::out::print_line;
use super::out::table;
use super::{Common, Ended, Out};
use clap::{Args, Subcommand};
use serde_json::{Value, json};
use tram_app::Purpose;
use tram_app::plan::{ExamplePlan, PlanRow, TargetLine, examples};
use tram_kernel::Message;
use tram_kernel::number::{show_rounded, show_thousandths};

#[derive(Args)]
pub struct Plan {
    #[command(subcommand)]
    command: PlanCommand,
}

#[derive(Subcommand)]
enum PlanCommand {
    /// Liệt kê kế hoạch.
    List,
    /// Các kế hoạch mẫu đi kèm chương trình.
    Examples,
    /// Nhận một kế hoạch mẫu làm kế hoạch của đơn vị.
    Adopt {
        /// Mã kế hoạch mẫu, xem tram plan examples.
        example: String,
        /// Năm kế hoạch; mặc định là năm nay.
        #[arg(long)]
        year: Option<i16>,
        #[arg(long)]
        unit: Option<String>,
    },
    /// Bảng chỉ tiêu: kế hoạch, thực hiện, chênh lệch.
    Show { plan: String },
}

impl Plan {
    pub fn run(&self, common: &Common, out: &Out) -> Result<Ended, Ended> {
        match &self.command {
            PlanCommand::List => list(common, out),
            PlanCommand::Examples => {
                show_examples(out);
                Ok(Ended::Done)
            }
            PlanCommand::Adopt { example, year, unit } => {
                adopt(common, out, (example, *year, unit.as_deref()))
            }
            PlanCommand::Show { plan } => show(common, out, plan),
        }
    }
}

fn list(common: &Common, out: &Out) -> Result<Ended, Ended> {
    let app = common.open(Purpose::Read)?;
    let actor = common.operator(&app, None)?;
    let plans = app.plans(&actor)?;
    let row = |p: &PlanRow| {
        json!({
            "id": p.id.to_string(), "title": p.title, "number": p.number,
            "year": p.year, "unit": p.unit_name, "targets": p.targets,
        })
    };
    let rows: Vec<Value> = plans.iter().map(row).collect();
    out.answer(json!({ "plans": rows }), || {
        for p in &plans {
            print_line!("{}  {}  {} ({})", p.id, p.year, p.title, p.unit_name);
        }
    });
    Ok(Ended::Done)
}

fn show_examples(out: &Out) {
    let all = examples();
    let row = |e: &ExamplePlan| json!({ "code": e.code, "title": e.title, "year": e.year, "source": e.source, "targets": e.targets() });
    out.answer(json!({ "examples": all.iter().map(row).collect::<Vec<_>>() }), || {
        for example in &all {
            print_line!("{}  {}\n    {}", example.code, example.title, example.source);
        }
    });
}

fn adopt(
    common: &Common,
    out: &Out,
    (example, year, unit): (&str, Option<i16>, Option<&str>),
) -> Result<Ended, Ended> {
    let app = common.open(Purpose::Write("tram plan"))?;
    let actor = common.operator(&app, unit)?;
    let year = year.unwrap_or_else(|| app.today().year());
    let id = app.adopt_example(&actor, example, year)?;
    out.answer(json!({ "id": id.to_string() }), || {
        let args = [("id", id.to_string().into()), ("year", year.to_string().into())];
        print_line!("{}", out.words.with("cli-plan-adopted", args));
    });
    Ok(Ended::Done)
}

fn show(common: &Common, out: &Out, plan: &str) -> Result<Ended, Ended> {
    let id = plan.parse().map_err(|_| Ended::Usage(Message::new("cli-bad-id").with("id", plan)))?;
    let app = common.open(Purpose::Read)?;
    let actor = common.operator(&app, None)?;
    let page = app.plan_page(&actor, id)?;
    let rows: Vec<Value> = page.lines.iter().map(line_json).collect();
    let answer = json!({
        "id": page.plan.id.to_string(), "title": page.plan.title,
        "year": page.plan.year, "targets": rows,
    });
    out.answer(answer, || {
        let cells = |line: &TargetLine| {
            let rounded = |v: Option<i64>| v.map_or("–".into(), |v| show_rounded(v, 2));
            vec![
                line.target.row.to_string(),
                line.target.name.clone(),
                line.target.value.map_or("–".into(), show_thousandths),
                rounded(line.actual),
                rounded(line.gap),
                rounded(line.forecast.as_ref().map(|f| f.value)),
                out.words.say(&format!("assess-{}", line.assessment.code())).into_owned(),
            ]
        };
        let text = |code: &str| out.words.say(code).into_owned();
        let number = |code: &str| format!("{}>", out.words.say(code));
        let headings = [
            number("target-row"),
            text("target-name"),
            number("target-plan"),
            number("target-actual"),
            number("target-gap"),
            number("target-forecast"),
            text("target-assessment"),
        ];
        let headings: Vec<&str> = headings.iter().map(String::as_str).collect();
        table(&headings, &page.lines.iter().map(cells).collect::<Vec<_>>());
    });
    Ok(Ended::Done)
}

fn line_json(line: &TargetLine) -> Value {
    let share = line.number.as_ref().and_then(|n| n.share);
    json!({
        "row": line.target.row,
        "name": line.target.name,
        "indicator": line.target.indicator,
        "unit": line.target.unit,
        "comparator": line.target.comparator.code(),
        "value": line.target.value,
        "baseline": line.target.baseline,
        "actual": line.actual,
        "numerator": share.map(|s| s.numerator),
        "denominator": share.map(|s| s.denominator),
        "gap": line.gap,
        "lacking": line.lacking,
        "step": line.step.map(|(period, value, judged)| {
            json!({ "period": period.to_string(), "value": value, "assessment": judged.code() })
        }),
        "nested": line.nested.as_ref().map(|(n, _)| json!({ "reach": n.reach, "of": n.of })),
        "forecast": line.forecast.as_ref().map(|f| json!({ "value": f.value, "rule": f.rule.code() })),
        "outlook": line.outlook.code(),
        "assessment": line.assessment.code(),
        "warnings": line.warnings.iter().map(|w| w.code()).collect::<Vec<_>>(),
        "line": line.target.line,
    })
}
