//! `tram plan`: plans of the unit and their target tables.

use super::out::table;
use super::{Common, Ended, Out};
use clap::{Args, Subcommand};
use serde_json::{Value, json};
use tram_app::Purpose;
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
    /// Bảng chỉ tiêu: kế hoạch, thực hiện, chênh lệch.
    Show { plan: String },
}

impl Plan {
    pub fn run(&self, common: &Common, out: &Out) -> Result<Ended, Ended> {
        let app = common.open(Purpose::Read)?;
        let actor = common.operator(&app, None)?;
        match &self.command {
            PlanCommand::List => {
                let plans = app.plans(&actor)?;
                let rows: Vec<Value> = plans
                    .iter()
                    .map(|p| {
                        json!({
                            "id": p.id.to_string(), "title": p.title, "number": p.number,
                            "year": p.year, "unit": p.unit_name, "targets": p.targets,
                        })
                    })
                    .collect();
                out.answer(json!({ "plans": rows }), || {
                    for p in &plans {
                        println!("{}  {}  {} ({})", p.id, p.year, p.title, p.unit_name);
                    }
                });
            }
            PlanCommand::Show { plan } => {
                let id = plan.parse().map_err(|_| {
                    Ended::Usage(tram_kernel::Message::new("cli-bad-id").with("id", plan.as_str()))
                })?;
                let page = app.plan_page(&actor, id)?;
                let rows: Vec<Value> = page.lines.iter().map(line_json).collect();
                let answer = json!({
                    "id": page.plan.id.to_string(), "title": page.plan.title,
                    "year": page.plan.year, "targets": rows,
                });
                out.answer(answer, || {
                    let cells = |line: &tram_app::plan::TargetLine| {
                        let rounded =
                            |v: Option<i64>| v.map_or("–".into(), |v| show_rounded(v, 2));
                        vec![
                            line.target.row.to_string(),
                            line.target.name.clone(),
                            line.target.value.map_or("–".into(), show_thousandths),
                            rounded(line.actual),
                            rounded(line.gap),
                            out.words
                                .say(&format!("assess-{}", line.assessment.code()))
                                .into_owned(),
                        ]
                    };
                    let headings = [
                        "target-row",
                        "target-name",
                        "target-plan",
                        "target-actual",
                        "target-gap",
                        "target-assessment",
                    ];
                    let headings = headings.map(|code| out.words.say(code).into_owned());
                    let headings: Vec<&str> = headings.iter().map(String::as_str).collect();
                    table(&headings, &page.lines.iter().map(cells).collect::<Vec<_>>());
                });
            }
        }
        Ok(Ended::Done)
    }
}

fn line_json(line: &tram_app::plan::TargetLine) -> Value {
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
        "assessment": line.assessment.code(),
        "warnings": line.warnings.iter().map(|w| w.code()).collect::<Vec<_>>(),
        "line": line.target.line,
    })
}
