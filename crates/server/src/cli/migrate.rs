//! `tram migrate`: a database of an earlier program brought to this one, with a backup first.

use super::backup::default_folder;
use super::out::print_line;
use super::{Common, Ended, Out};
use clap::Args;
use serde_json::json;
use std::path::PathBuf;
use tram_app::backup::{BackupTo, back_up};
use tram_app::opening::{self, Upgrade};
use tram_kernel::number::show_count;

#[derive(Args)]
pub struct Migrate {
    /// Chỉ nói sẽ làm gì, không đổi gì.
    #[arg(long)]
    check: bool,
    /// Nơi để bản sao lưu làm trước khi nâng cấp; mặc định là thư mục sao-luu cạnh dữ liệu.
    #[arg(long)]
    backup_to: Option<PathBuf>,
    /// Không sao lưu trước (khi đã có bản sao lưu khác).
    #[arg(long)]
    no_backup: bool,
}

impl Migrate {
    pub fn run(&self, common: &Common, out: &Out) -> Result<Ended, Ended> {
        let location = common.location()?;
        let Upgrade { steps, change_sets, facts } = opening::upgrade_plan(&location)?;
        // A folder for a database that does not exist yet holds nothing to back up.
        let backs_up = !steps.is_empty() && change_sets > 0 && !self.no_backup;
        if self.check {
            let answer = json!({ "steps": steps, "change_sets": change_sets, "facts": facts, "backup": backs_up });
            out.answer(answer, || {
                if steps.is_empty() {
                    let args = [("steps", String::new().into())];
                    print_line!("{}", out.words.with("cli-migrate-none", args));
                } else {
                    let args =
                        [("steps", steps.join(", ").into()), ("facts", show_count(facts).into())];
                    print_line!("{}", out.words.with("cli-migrate-plan", args));
                }
            });
            return Ok(Ended::Done);
        }
        let folder = self.backup_to.clone().unwrap_or_else(|| default_folder(&location, common));
        let saved = match backs_up {
            true => {
                let to = BackupTo { place: folder, keep: None };
                Some(back_up(&location, &to, common.clock())?)
            }
            false => None,
        };
        if let Some(report) = &saved {
            let file = report.file.display().to_string();
            out.line(&out.words.with("cli-migrate-saved", [("file", file.into())]));
        }
        let steps = opening::migrate(&location, common.clock())?;
        let file = saved.map(|report| report.file.display().to_string());
        out.answer(json!({ "steps": steps, "backup": file }), || {
            let code = if steps.is_empty() { "cli-migrate-none" } else { "cli-migrated" };
            print_line!("{}", out.words.with(code, [("steps", steps.join(", ").into())]));
        });
        Ok(Ended::Done)
    }
}
