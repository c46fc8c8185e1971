//! `tram backup` and `tram restore`.

use super::out::print_line;
use super::{Common, Ended, Out};
use clap::Args;
use serde_json::{Value, json};
use std::path::PathBuf;
use tram_app::backup::{BackupTo, back_up, inspect, restore};
use tram_app::{Location, Manifest};
use tram_kernel::Moment;
use tram_kernel::moment::show_time;
use tram_kernel::number::show_count;

#[derive(Args)]
pub struct Backup {
    /// Thư mục, hoặc tệp có đuôi .trambak; mặc định là thư mục sao-luu cạnh dữ liệu.
    #[arg(long)]
    to: Option<PathBuf>,
    /// Chỉ giữ N bản mới nhất trong thư mục; bản cũ chỉ bị xóa sau khi bản mới đã tốt.
    #[arg(long)]
    keep: Option<usize>,
}

#[derive(Args)]
pub struct Restore {
    /// Tệp sao lưu .trambak.
    file: PathBuf,
    /// Chỉ kiểm tra tệp, không phục hồi.
    #[arg(long)]
    check: bool,
}

/// The folder of backups when none is named: beside the data.
pub fn default_folder(location: &Location, common: &Common) -> PathBuf {
    let beside = match location {
        Location::Sqlite(path) => path.parent().map(PathBuf::from).unwrap_or_default(),
        Location::Postgres(_) => common.state.clone(),
    };
    beside.join("sao-luu")
}

/// A moment as programs read it: `2026-01-16T22:00+07:00`.
fn iso(ms: i64) -> String {
    let moment = Moment::from_ms(ms);
    format!("{}T{}+07:00", moment.day(), show_time(moment.minute()))
}

fn facts_of(manifest: &Manifest) -> Value {
    json!({
        "program": manifest.program,
        "engine": manifest.engine,
        "backup_schema": manifest.schema,
        "database": manifest.database,
        "made_at": iso(manifest.made_at),
        "last_at": manifest.last_at.map(iso),
        "change_sets": manifest.change_sets,
        "facts": manifest.facts,
        "tables": manifest.tables,
        "chains": manifest.chains,
        "content_sha256": manifest.sha256,
    })
}

fn n(number: u64) -> tram_kernel::Arg {
    show_count(i64::try_from(number).unwrap_or(i64::MAX)).into()
}

/// When the last entry was made, or that there is none.
fn until(out: &Out, manifest: &Manifest) -> tram_kernel::Arg {
    match manifest.last_at {
        Some(at) => Moment::from_ms(at).show().into(),
        None => out.words.say("cli-no-entry").into_owned().into(),
    }
}

impl Backup {
    pub fn run(&self, common: &Common, out: &Out) -> Result<Ended, Ended> {
        let location = common.location()?;
        let place = self.to.clone().unwrap_or_else(|| default_folder(&location, common));
        let to = BackupTo { place, keep: self.keep };
        let report = back_up(&location, &to, common.clock())?;
        let (file, removed) = (report.file.display().to_string(), &report.removed);
        let mut answer = facts_of(&report.manifest);
        answer["file"] = json!(file);
        answer["bytes"] = json!(report.bytes);
        answer["sha256"] = json!(report.sha256);
        answer["removed"] = json!(removed);
        out.answer(answer, || {
            let args = [
                ("file", file.as_str().into()),
                ("kb", n(report.bytes.div_ceil(1_024))),
                ("facts", n(report.manifest.facts)),
                ("sets", n(report.manifest.change_sets)),
                ("until", until(out, &report.manifest)),
            ];
            print_line!("{}", out.words.with("cli-backup-done", args));
            print_line!("SHA-256 {}", report.sha256);
            if !removed.is_empty() {
                let args = [("n", removed.len().into())];
                print_line!("{}", out.words.with("cli-backup-pruned", args));
            }
        });
        Ok(Ended::Done)
    }
}

impl Restore {
    pub fn run(&self, common: &Common, out: &Out) -> Result<Ended, Ended> {
        let file = self.file.display().to_string();
        let (manifest, place) = if self.check {
            (inspect(&self.file, common.clock())?, None)
        } else {
            let location = common.location()?;
            (restore(&location, &self.file, common.clock())?, Some(location.shown()))
        };
        let mut answer = facts_of(&manifest);
        answer["file"] = json!(file);
        answer["restored_to"] = json!(place);
        out.answer(answer, || {
            let made = Moment::from_ms(manifest.made_at);
            let args = [
                ("file", file.as_str().into()),
                ("facts", n(manifest.facts)),
                ("sets", n(manifest.change_sets)),
                ("chains", manifest.chains.len().into()),
                ("made", made.show().into()),
                ("until", until(out, &manifest)),
                ("place", place.clone().unwrap_or_default().into()),
            ];
            if place.is_some() {
                print_line!("{}", out.words.with("cli-restore-done", args));
                print_line!("{}", out.words.say("cli-restore-next"));
            } else {
                print_line!("{}", out.words.with("cli-restore-checked", args));
            }
        });
        Ok(Ended::Done)
    }
}
