//! `tram import`, `tram template`: a list from a file, and the templates of the lists.

use super::out::print_line;
use super::out::table;
use super::{Common, Ended, Out};
use crate::pages::import::{column_name, rejects_of, row_place, template_name};
use clap::Args;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use tram_app::import::{
    CheckView, Choice, ColumnView, DayOrder, ListKind, ListView, RowView, Said,
};
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
    /// Đã xem bản chuyển sang Unicode của tệp bảng mã hoặc phông chữ cũ (TCVN3, VNI, VISCII, Windows-1258) và
    /// đồng ý.
    #[arg(long)]
    accept_converted: bool,
    /// Tệp liệt kê gì: population (người dân), households (hộ), vaccinations (mũi tiêm), cards (thẻ BHYT),
    /// form:MÃ (phiếu, ví dụ form:hypertension_visit); mặc định phần mềm tự nhận.
    #[arg(long, value_name = "LOẠI")]
    kind: Option<String>,
    /// Đọc mọi trang tính như một danh sách.
    #[arg(long)]
    all_sheets: bool,
    /// Ngày trong tệp viết theo thứ tự: dmy (ngày/tháng/năm) hoặc mdy (tháng/ngày/năm).
    #[arg(long, value_name = "THỨ-TỰ", value_parser = order)]
    dates: Option<DayOrder>,
    /// Ghi các dòng lỗi ra tệp Excel này, để sửa rồi nhập lại.
    #[arg(long, value_name = "TỆP")]
    rejects: Option<PathBuf>,
}

/// The kind of list of a code. A form that is not there is answered like a word nobody knows.
fn kind(app: &App, actor: &Actor, typed: &str) -> Result<ListKind, Ended> {
    let (defs, today) = (app.definitions(), app.today());
    actor.list_kind(&defs, typed, today).ok_or_else(|| {
        let forms = actor.forms(&defs, today);
        let forms = forms.iter().map(|form| ListKind::code_of_form(&form.code));
        let lists = ListKind::LISTS.into_iter().map(|kind| kind.code().into_owned());
        let known: Vec<String> = lists.chain(forms).collect();
        let message = Message::new("cli-list-kind").with("typed", typed);
        Ended::Usage(message.with("known", known.join(", ")))
    })
}

fn order(typed: &str) -> Result<DayOrder, String> {
    let codes = || DayOrder::ALL.map(DayOrder::code).join(", ");
    DayOrder::from_code(typed).ok_or_else(codes)
}

#[derive(Args)]
pub struct Template {
    /// Nơi ghi tệp mẫu.
    file: Option<PathBuf>,
    /// population (người dân), households (hộ), vaccinations (mũi tiêm), cards (thẻ BHYT), form:MÃ (phiếu, ví
    /// dụ form:hypertension_visit).
    #[arg(long, value_name = "LOẠI", default_value = "population")]
    kind: String,
    #[arg(long)]
    unit: Option<String>,
}

fn cannot(path: &Path, error: &std::io::Error) -> Ended {
    let message = Message::new("cli-file").with("path", path.display().to_string());
    Ended::Refused(message.with("detail", error.to_string()))
}

/// What keeps a file from being checked before somebody has looked at it.
fn to_look_at(out: &Out, list: &ListView, accepted: bool) -> bool {
    let converted = list.is_converted && !accepted;
    if converted {
        show_converted(out, list);
        return true;
    }
    let Some(day) = &list.unclear_day else { return false };
    out.answer(json!({ "unclear_day": day }), || {
        let args = [("day", day.as_str().into())];
        print_line!("{}", out.words.with("cli-import-days", args));
    });
    true
}

/// The first values of each column as they were converted, and what to do next.
fn show_converted(out: &Out, list: &ListView) {
    let columns = || list.read.iter().flat_map(|sheet| &sheet.columns);
    let shown = |column: &ColumnView| match column.converted.as_slice() {
        [] => column.examples.clone(),
        converted => converted.iter().map(|(_, understood)| understood.clone()).collect(),
    };
    let code = list.converted_from().join("+");
    let said: Vec<Value> = columns()
        .map(|column| json!({ "heading": column.heading, "examples": shown(column) }))
        .collect();
    out.answer(json!({ "converted": code, "columns": said }), || {
        for column in columns() {
            print_line!("{}: {}", column.heading, shown(column).join("; "));
        }
        print_line!("{}", out.words.with("cli-import-converted", [("code", code.as_str().into())]));
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
        let said = self.kind.as_deref().map(|typed| kind(&app, &actor, typed)).transpose()?;
        let key = app.read_list_of(&actor, said, &name, &bytes)?;
        drop(bytes);
        let stopped = app.check_view(&actor, key)?.file.state == "applying";
        // One that was cut off has been looked at; it only goes on.
        if !stopped {
            let choice = self.choice(&app, &actor, key)?;
            let list = app.list_view_as(&actor, key, &choice)?;
            if to_look_at(out, &list, self.accept_converted) {
                app.drop_list(&actor, key)?;
                return Ok(Ended::Findings);
            }
            app.check_list(&actor, key, Some(&choice))?;
            let view = app.check_view(&actor, key)?;
            self.write_rejects(&app, &actor, &view, out)?;
            if self.check || view.refused > 0 && !self.accept_good {
                self.show(out, &view, None);
                app.drop_list(&actor, key)?;
                return Ok(if view.refused > 0 { Ended::Findings } else { Ended::Done });
            }
        }
        let applied = self.apply(&app, &actor, key, out)?;
        let view = app.check_view(&actor, key)?;
        self.show(out, &view, Some(applied));
        Ok(if view.file.errors > 0 { Ended::Findings } else { Ended::Done })
    }

    /// What the command line says of the file.
    fn choice(&self, app: &App, actor: &Actor, key: i64) -> Result<Choice, Ended> {
        let view = app.list_view(actor, key)?;
        let days = self.dates.map_or("", DayOrder::code).to_owned();
        Ok(Choice { sheet: view.sheet, all: self.all_sheets, days, ..Choice::default() })
    }

    /// The refused rows as a workbook, where one was asked for.
    fn write_rejects(
        &self,
        app: &App,
        actor: &Actor,
        view: &CheckView,
        out: &Out,
    ) -> Result<(), Ended> {
        let Some(path) = self.rejects.as_ref().filter(|_| view.refused > 0) else { return Ok(()) };
        let found = app.list_errors(actor, view.file.key)?;
        let bytes = rejects_of(out.words, &found);
        std::fs::write(path, bytes).map_err(|error| cannot(path, &error))
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
        "code": said.code, "severity": said.severity, "sheet": row.sheet, "row": row.number,
        "field": said.field,
        "message": out.words.told(said),
    })
}

fn print(out: &Out, view: &CheckView) {
    let words = out.words;
    let mut rows = Vec::new();
    for row in &view.rows {
        for said in &row.findings {
            let field = said.field.as_ref().map(|code| column_name(words, &view.kind, code));
            rows.push(vec![
                words.say(&format!("severity-{}", said.severity)).into_owned(),
                row_place(row),
                field.unwrap_or_default(),
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
            ("kind", view.kind.word().into()),
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
        let kind = kind(&app, &actor, &self.kind)?;
        let bytes = app.list_template(&actor, &kind)?;
        let file = self.file.clone().unwrap_or_else(|| template_name(&kind).into());
        std::fs::write(&file, bytes).map_err(|error| cannot(&file, &error))?;
        let path = file.display().to_string();
        out.answer(json!({ "file": path }), || {
            print_line!("{}", out.words.with("cli-template", [("path", path.as_str().into())]));
        });
        Ok(Ended::Done)
    }
}
