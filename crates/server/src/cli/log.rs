//! `tram log verify` and `tram rebuild`.

use super::out::print_line;
use super::{Common, Ended, Out};
use clap::{Args, Subcommand};
use serde_json::json;
use tram_app::Purpose;
use tram_kernel::number::show_count;

#[derive(Args)]
pub struct Log {
    #[command(subcommand)]
    command: LogCommand,
}

#[derive(Subcommand)]
enum LogCommand {
    /// Tính lại mọi mã băm của nhật ký và nêu tên mục sai đầu tiên.
    Verify,
}

impl Log {
    pub fn run(&self, common: &Common, out: &Out) -> Result<Ended, Ended> {
        let LogCommand::Verify = self.command;
        let app = common.open(Purpose::Read)?;
        let verified = app.verify_log()?;
        let audit = app.verify_audit()?;
        let bad: Vec<_> = verified
            .bad
            .iter()
            .map(|entry| {
                json!({
                    "code": entry.what.code(),
                    "node": entry.node.to_string(),
                    "epoch": entry.epoch,
                    "seq": entry.seq,
                })
            })
            .collect();
        let audit_bad: Vec<_> =
            audit.iter().map(|(node, seq)| json!({ "node": node, "seq": seq })).collect();
        let whole = verified.bad.is_empty() && audit.is_empty();
        let answer = json!({
            "ok": whole,
            "chains": verified.chains,
            "change_sets": verified.change_sets,
            "facts": verified.facts,
            "bad": bad,
            "audit_bad": audit_bad,
        });
        out.answer(answer, || {
            let n = |n: u64| show_count(n as i64).into();
            print_line!(
                "{}",
                out.words.with(
                    "cli-log-verified",
                    [
                        ("chains", n(verified.chains)),
                        ("sets", n(verified.change_sets)),
                        ("facts", n(verified.facts)),
                    ],
                )
            );
            for entry in &verified.bad {
                let args = [
                    ("seq", (entry.seq as i64).into()),
                    ("epoch", i64::from(entry.epoch).into()),
                    ("node", entry.node.to_string().into()),
                ];
                print_line!("{}", out.words.with(entry.what.code(), args));
            }
            for (node, seq) in &audit {
                let args = [("seq", (*seq).into()), ("node", (*node).into())];
                print_line!("{}", out.words.with("log-audit-bad", args));
            }
            if whole {
                print_line!("{}", out.words.say("cli-log-whole"));
            }
        });
        Ok(if whole { Ended::Done } else { Ended::Findings })
    }
}

/// Folds every table again and says whether anything differs from before.
pub fn rebuild(common: &Common, out: &Out) -> Result<Ended, Ended> {
    let app = common.open(Purpose::Write("tram rebuild"))?;
    let before = app.digest()?;
    let subjects = app.rebuild()?;
    let after = app.digest()?;
    let differs: Vec<&str> =
        before.iter().zip(&after).filter(|(a, b)| a != b).map(|(a, _)| a.table).collect();
    let answer =
        json!({ "subjects": subjects, "identical": differs.is_empty(), "differs": differs });
    out.answer(answer, || {
        let args = [("n", show_count(subjects as i64).into())];
        print_line!("{}", out.words.with("cli-rebuilt", args));
        if differs.is_empty() {
            print_line!("{}", out.words.say("cli-rebuilt-same"));
        } else {
            let args = [("tables", differs.join(", ").into())];
            print_line!("{}", out.words.with("cli-rebuilt-differs", args));
        }
    });
    Ok(Ended::Done)
}
