//! `tram worklist`: who needs what of vaccines and programmes, by village.

use super::out::print_line;
use super::out::{shown, table};
use super::{Common, Ended, Out};
use crate::pages::today::sheet::{Paper, document, in_order, needs};
use clap::Args;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use tram_app::export::excel_table;
use tram_app::immunisation::OwedDose;
use tram_app::programme::DueVisit;
use tram_app::worklist::{Need, Part};
use tram_app::{App, Purpose};
use tram_kernel::{Date, Message};

#[derive(Args)]
pub struct Worklist {
    /// Đơn vị; mặc định là đơn vị của máy này.
    #[arg(long)]
    unit: Option<String>,
    /// Cả việc đến hạn trong 7 ngày tới.
    #[arg(long)]
    soon: bool,
    /// Ghi thêm danh sách ra tệp Excel, khổ A4, mỗi thôn một nhóm.
    #[arg(long)]
    xlsx: Option<PathBuf>,
}

impl Worklist {
    pub fn run(&self, common: &Common, out: &Out) -> Result<Ended, Ended> {
        let app = common.open(Purpose::Write("tram worklist"))?;
        let actor = common.operator(&app, self.unit.as_deref())?;
        let found = app.needs(&actor, None)?;
        let part = if self.soon { Part::Soon } else { Part::Due };
        let people = in_order(found.part(part));
        if let Some(path) = &self.xlsx {
            write_excel(path, out, &app, &actor.unit_name, (found.today, &people))?;
        }
        let rows: Vec<Value> = people.iter().map(|need| told(need, found.today)).collect();
        let mut answer = json!({ "today": found.today.to_string(), "people": rows });
        for part in Part::ALL {
            answer[part.code()] = found.count(part).into();
        }
        out.answer(answer, || {
            let defs = app.definitions();
            let row = |need: &Need| {
                vec![
                    need.person.area_name.clone().unwrap_or_default(),
                    need.person.name.clone(),
                    need.person.born.show(),
                    needs(out.words, &defs, need),
                    need.first().map(|(due, _)| shown(due)).unwrap_or_default(),
                ]
            };
            let rows: Vec<Vec<String>> = people.iter().map(row).collect();
            let headings =
                ["list-village", "list-name", "list-born", "worklist-doses", "worklist-due"];
            let headings = headings.map(|code| out.words.say(code).into_owned());
            table(&headings.iter().map(String::as_str).collect::<Vec<_>>(), &rows);
            let args = [
                ("overdue", found.count(Part::Overdue).into()),
                ("due", found.count(Part::Due).into()),
                ("n", people.len().into()),
            ];
            print_line!("\n{}", out.words.with("worklist-total", args));
        });
        Ok(Ended::Done)
    }
}

/// Somebody with what they need, for other programs.
fn told(need: &Need, today: Date) -> Value {
    let dose = |d: &OwedDose| {
        let (due, overdue) = (d.due_on.to_string(), d.overdue_on <= today);
        json!({ "series": d.series, "number": d.number, "due": due, "overdue": overdue })
    };
    let visit = |v: &DueVisit| {
        let (due, overdue) = (v.due.to_string(), v.overdue <= today);
        json!({ "programme": v.programme, "visit": v.visit, "due": due, "overdue": overdue })
    };
    json!({
        "person": need.person.id.to_string(), "name": need.person.name,
        "born": need.person.born.show(), "area": need.person.area_name,
        "doses": need.doses.iter().map(dose).collect::<Vec<_>>(),
        "visits": need.visits.iter().map(visit).collect::<Vec<_>>(),
    })
}

fn write_excel(
    path: &Path,
    out: &Out,
    app: &App,
    unit: &str,
    (today, people): (Date, &[Need]),
) -> Result<(), Ended> {
    let defs = app.definitions();
    let paper = Paper { words: out.words, defs: &defs, unit };
    let bytes = excel_table(&document(&paper, today, people))
        .map_err(|bad| Ended::Refused(bad.message()))?;
    std::fs::write(path, bytes).map_err(|error| {
        let message = Message::new("cli-file").with("path", path.display().to_string());
        Ended::Refused(message.with("detail", error.to_string()))
    })
}
