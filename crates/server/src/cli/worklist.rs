//! `tram worklist`: who is due or overdue, by village.

use super::out::print_line;
use super::out::{shown, table};
use super::{Common, Ended, Out};
use crate::pages::today::sheet::{Paper, document};
use clap::Args;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use tram_app::export::excel_table;
use tram_app::immunisation::Worklist as List;
use tram_app::{App, Purpose};
use tram_kernel::Message;

#[derive(Args)]
pub struct Worklist {
    /// Đơn vị; mặc định là đơn vị của máy này.
    #[arg(long)]
    unit: Option<String>,
    /// Nhìn trước bấy nhiêu ngày.
    #[arg(long, default_value_t = 0)]
    days: i32,
    /// Ghi thêm danh sách ra tệp Excel, khổ A4, mỗi thôn một nhóm.
    #[arg(long)]
    xlsx: Option<PathBuf>,
}

impl Worklist {
    pub fn run(&self, common: &Common, out: &Out) -> Result<Ended, Ended> {
        let app = common.open(Purpose::Write("tram worklist"))?;
        let actor = common.operator(&app, self.unit.as_deref())?;
        let list = app.worklist(&actor, None, self.days)?;
        if let Some(path) = &self.xlsx {
            write_excel(path, out, &app, &actor.unit_name, &list)?;
        }
        let children: Vec<Value> = list
            .children
            .iter()
            .map(|child| {
                let doses: Vec<Value> = child
                    .doses
                    .iter()
                    .map(|d| {
                        json!({
                            "series": d.series, "number": d.number,
                            "due": d.due_on.to_string(), "overdue": d.overdue_on <= list.today,
                        })
                    })
                    .collect();
                json!({
                    "person": child.person.id.to_string(), "name": child.person.name,
                    "born": child.person.born.show(), "area": child.person.area_name, "doses": doses,
                })
            })
            .collect();
        let answer = json!({
            "today": list.today.to_string(),
            "overdue": list.counts.overdue,
            "due": list.counts.due,
            "soon": list.counts.soon,
            "children": children,
        });
        out.answer(answer, || {
            let defs = app.definitions();
            let short = |series: &str| {
                let found = defs.series(series);
                found.map_or_else(|| series.to_owned(), |s| s.short.clone())
            };
            let rows: Vec<Vec<String>> = list
                .children
                .iter()
                .map(|child| {
                    let doses: Vec<String> = child
                        .doses
                        .iter()
                        .map(|d| format!("{} {}", short(&d.series), d.number))
                        .collect();
                    let earliest = child.doses.iter().map(|d| d.due_on).min();
                    vec![
                        child.person.area_name.clone().unwrap_or_default(),
                        child.person.name.clone(),
                        child.person.born.show(),
                        doses.join("; "),
                        earliest.map(shown).unwrap_or_default(),
                    ]
                })
                .collect();
            let headings =
                ["list-village", "list-name", "list-born", "worklist-doses", "worklist-due"];
            let headings = headings.map(|code| out.words.say(code).into_owned());
            table(&headings.iter().map(String::as_str).collect::<Vec<_>>(), &rows);
            let args = [
                ("overdue", list.counts.overdue.into()),
                ("due", list.counts.due.into()),
                ("n", list.children.len().into()),
            ];
            print_line!("\n{}", out.words.with("worklist-total", args));
        });
        Ok(Ended::Done)
    }
}

fn write_excel(path: &Path, out: &Out, app: &App, unit: &str, list: &List) -> Result<(), Ended> {
    let defs = app.definitions();
    let paper = Paper { words: out.words, defs: &defs, unit };
    let bytes = excel_table(&document(&paper, list, &list.children))
        .map_err(|bad| Ended::Refused(bad.message()))?;
    std::fs::write(path, bytes).map_err(|error| {
        let message = Message::new("cli-file").with("path", path.display().to_string());
        Ended::Refused(message.with("detail", error.to_string()))
    })
}
