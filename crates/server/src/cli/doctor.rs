//! `tram doctor`: what is well and what is not, and what to do about it.

use super::out::print_line;
use super::{Common, Ended, Out};
use clap::Args;
use serde_json::json;
use tram_app::doctor::{Examination, Finding, Severity, worst};

#[derive(Args)]
pub struct Doctor {
    /// Kiểm tra kỹ: mọi mã băm, mọi trang dữ liệu, dựng lại mọi bảng rồi so.
    #[arg(long)]
    full: bool,
    /// Sao lưu cũ hơn số ngày này thì cảnh báo.
    #[arg(long, env = "TRAM_BACKUP_WARN_DAYS", default_value_t = 3)]
    backup_warn_days: u16,
}

/// What to do about a finding; nothing when it is well.
pub fn fix(out: &crate::words::Words, finding: &Finding) -> Option<String> {
    let code = format!("fix-{}", finding.message.code);
    out.has(&code).then(|| out.say(&code).into_owned())
}

impl Doctor {
    pub fn run(&self, common: &Common, out: &Out) -> Result<Ended, Ended> {
        let location = common.location()?;
        let examination = Examination {
            location: &location,
            state_dir: &common.state,
            clock: common.clock(),
            full: self.full,
            keep_free: common.keep_free(),
            warn_days: self.backup_warn_days.into(),
        };
        let findings = examination.findings();
        let whole = worst(&findings);
        let rows: Vec<_> = findings
            .iter()
            .map(|finding| {
                json!({
                    "code": finding.message.code,
                    "severity": finding.severity.code(),
                    "message": out.words.message(&finding.message),
                    "fix": fix(out.words, finding),
                })
            })
            .collect();
        out.answer(json!({ "severity": whole.code(), "findings": rows }), || {
            for finding in &findings {
                let mark = match finding.severity {
                    Severity::Ok => "✓",
                    Severity::Warning => "▲",
                    Severity::Error => "✗",
                };
                print_line!("{mark} {}", out.words.message(&finding.message));
                if let Some(fix) = fix(out.words, finding) {
                    print_line!("    → {fix}");
                }
            }
            let count = |severity| findings.iter().filter(|f| f.severity == severity).count();
            let args = [
                ("errors", count(Severity::Error).into()),
                ("warnings", count(Severity::Warning).into()),
            ];
            print_line!("\n{}", out.words.with("cli-doctor-total", args));
        });
        Ok(if whole == Severity::Ok { Ended::Done } else { Ended::Findings })
    }
}
