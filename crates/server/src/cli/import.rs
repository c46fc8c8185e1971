//! `tram import`, `tram template`: a population list from a file.

use super::out::print_line;
use super::out::table;
use super::{Common, Ended, Out};
use clap::Args;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use tram_app::import::{CheckView, ListView, RowView, Said};
use tram_app::{Actor, App, Purpose};
use tram_kernel::Message;

/// Findings printed on a terminal; JSON has all that were kept for the page.
const PRINTED: usize = 50;

#[derive(Args)]
pub struct Import {
    /// Tệp .xlsx hoặc .csv.
    #[arg(required_unless_present = "undo", conflicts_with = "undo")]
    file: Option<PathBuf>,
    /// Rút lại một lần nhập đã ghi: số của lần nhập, như trong địa chỉ trang hoặc trong câu trả lời JSON.
    #[arg(long, value_name = "SỐ", requires = "reason")]
    undo: Option<i64>,
    /// Lý do rút lại.
    #[arg(long)]
    reason: Option<String>,
    /// Đơn vị nhập; mặc định là đơn vị của máy này.
    #[arg(long)]
    unit: Option<String>,
    /// Chỉ đọc và kiểm tra, không ghi.
    #[arg(long)]
    check: bool,
    /// Ghi các dòng không lỗi dù còn dòng lỗi.
    #[arg(long)]
    accept_good: bool,
    /// Đã xem bản chuyển sang Unicode của tệp bảng mã cũ (TCVN3, VNI, VISCII, Windows-1258) và đồng ý.
    #[arg(long)]
    accept_converted: bool,
}

#[derive(Args)]
pub struct Template {
    /// Nơi ghi tệp mẫu.
    #[arg(default_value = "mau-danh-sach-dan-cu.xlsx")]
    file: PathBuf,
    #[arg(long)]
    unit: Option<String>,
}

fn cannot(path: &Path, error: &std::io::Error) -> Ended {
    let message = Message::new("cli-file").with("path", path.display().to_string());
    Ended::Refused(message.with("detail", error.to_string()))
}

/// The first values of each column as they were converted, and what to do next.
fn show_converted(out: &Out, list: &ListView) {
    let columns: Vec<Value> = list
        .columns
        .iter()
        .map(|column| json!({ "heading": column.heading, "examples": column.examples }))
        .collect();
    out.answer(json!({ "converted": list.encoding, "columns": columns }), || {
        for column in &list.columns {
            print_line!("{}: {}", column.heading, column.examples.join("; "));
        }
        let code = list.encoding.unwrap_or_default();
        print_line!("{}", out.words.with("cli-import-converted", [("code", code.into())]));
    });
}

impl Import {
    pub fn run(&self, common: &Common, out: &Out) -> Result<Ended, Ended> {
        if let Some(key) = self.undo {
            return self.take_back(key, common, out);
        }
        let path = self.file.clone().unwrap_or_default();
        let bytes = std::fs::read(&path).map_err(|error| cannot(&path, &error))?;
        let app = common.open(Purpose::Write("tram import"))?;
        let actor = common.operator(&app, self.unit.as_deref())?;
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let key = app.read_list(&actor, &name, &bytes)?;
        drop(bytes);
        let list = app.list_view(&actor, key)?;
        if list.is_converted && !self.accept_converted {
            show_converted(out, &list);
            app.drop_list(&actor, key)?;
            return Ok(Ended::Findings);
        }
        app.check_list(&actor, key, None)?;
        let view = app.check_view(&actor, key)?;
        let stop = self.check || view.refused > 0 && !self.accept_good;
        if stop {
            self.show(out, &view, None);
            app.drop_list(&actor, key)?;
            return Ok(if view.refused > 0 { Ended::Findings } else { Ended::Done });
        }
        let applied = self.apply(&app, &actor, key, out)?;
        let view = app.check_view(&actor, key)?;
        self.show(out, &view, Some(applied));
        Ok(if view.file.errors > 0 { Ended::Findings } else { Ended::Done })
    }

    fn take_back(&self, key: i64, common: &Common, out: &Out) -> Result<Ended, Ended> {
        let app = common.open(Purpose::Write("tram import"))?;
        let actor = common.operator(&app, self.unit.as_deref())?;
        let reason = self.reason.clone().unwrap_or_default();
        let done = app.undo_list(&actor, key, &reason, &mut |_, _| ())?;
        let kept = app.undo_kept(&actor, key)?;
        let ids: Vec<String> = kept.iter().map(|line| line.id.to_string()).collect();
        out.answer(json!({ "undone": done.undone, "kept": done.kept, "people": ids }), || {
            let args = [("n", done.undone.into()), ("kept", done.kept.into())];
            print_line!("{}", out.words.with("import-undone-what", args));
        });
        Ok(Ended::Done)
    }

    fn apply(&self, app: &App, actor: &Actor, key: i64, out: &Out) -> Result<Value, Ended> {
        let bar = out.progress();
        let applied = app.apply_list(actor, key, self.accept_good, &mut |done, of| {
            bar.set_length(of as u64);
            bar.set_position(done as u64);
        })?;
        bar.finish_and_clear();
        Ok(json!({
            "rows": applied.rows, "added": applied.added, "updated": applied.updated,
            "unchanged": applied.unchanged, "refused": applied.refused,
        }))
    }

    fn show(&self, out: &Out, view: &CheckView, applied: Option<Value>) {
        let findings: Vec<Value> = view
            .rows
            .iter()
            .flat_map(|row| row.findings.iter().map(move |said| finding(out, row, said)))
            .collect();
        let answer = json!({
            "file": view.file.name, "import": view.file.key, "state": view.file.state, "rows": view.file.rows,
            "errors": view.file.errors, "warnings": view.file.warnings,
            "applied": applied, "findings": findings,
        });
        out.answer(answer, || print(out, view));
    }
}

/// `{code, severity, row, field, message}`.
fn finding(out: &Out, row: &RowView, said: &Said) -> Value {
    json!({
        "code": said.code, "severity": said.severity, "row": row.number, "field": said.field,
        "message": out.words.told(said),
    })
}

fn print(out: &Out, view: &CheckView) {
    let words = out.words;
    let mut rows = Vec::new();
    for row in &view.rows {
        for said in &row.findings {
            let field = said.field.as_ref().map(|code| words.say(&format!("list-{code}")));
            rows.push(vec![
                words.say(&format!("severity-{}", said.severity)).into_owned(),
                row.number.to_string(),
                field.unwrap_or_default().into_owned(),
                words.told(said),
            ]);
        }
    }
    let left = rows.len().saturating_sub(PRINTED);
    rows.truncate(PRINTED);
    if !rows.is_empty() {
        let headings =
            ["import-col-level", "import-col-row", "import-col-field", "import-col-found"]
                .map(|code| words.say(code).into_owned());
        let [level, row, field, found] = &headings;
        table(&[level, &format!("{row}>"), field, found], &rows);
        print_line!("");
    }
    if left > 0 {
        print_line!("{}", words.with("cli-import-more", [("n", left.into())]));
    }
    let f = &view.file;
    if f.state == "applied" {
        let args = [
            ("added", f.added.into()),
            ("updated", f.updated.into()),
            ("unchanged", f.unchanged.into()),
        ];
        print_line!("{}", words.with("import-done-what", args));
    } else {
        let args = [
            ("rows", f.rows.into()),
            ("new", view.new.into()),
            ("known", view.known.into()),
            ("refused", view.refused.into()),
        ];
        print_line!("{}", words.with("cli-import-checked", args));
        if view.refused > 0 {
            print_line!("{}", words.say("cli-import-cure"));
        }
    }
}

impl Template {
    pub fn run(&self, common: &Common, out: &Out) -> Result<Ended, Ended> {
        let app = common.open(Purpose::Read)?;
        let actor = common.operator(&app, self.unit.as_deref())?;
        let bytes = app.list_template(&actor)?;
        std::fs::write(&self.file, bytes).map_err(|error| cannot(&self.file, &error))?;
        let path = self.file.display().to_string();
        out.answer(json!({ "file": path }), || {
            print_line!("{}", out.words.with("cli-template", [("path", path.as_str().into())]));
        });
        Ok(Ended::Done)
    }
}
