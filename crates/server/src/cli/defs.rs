//! `tram defs`: checking a folder of definitions, adopting one.

use super::out::print_line;
use super::{Common, Ended, Out};
use clap::{Args, Subcommand};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use tram_app::{Failure, Purpose, StoreError};
use tram_defs::{DefFinding, Definitions, SourceFile};

#[derive(Args)]
pub struct Defs {
    #[command(subcommand)]
    command: DefsCommand,
}

#[derive(Subcommand)]
enum DefsCommand {
    /// Đọc và kiểm tra một thư mục định nghĩa; không có thư mục thì kiểm tra bộ đi kèm chương trình.
    Check { folder: Option<PathBuf> },
    /// Kiểm tra rồi áp dụng một bộ định nghĩa từ hôm nay.
    Adopt {
        folder: PathBuf,
        #[arg(long)]
        name: String,
    },
}

impl Defs {
    pub fn run(&self, common: &Common, out: &Out) -> Result<Ended, Ended> {
        match &self.command {
            DefsCommand::Check { folder } => {
                let files = match folder {
                    Some(folder) => read_folder(folder)?,
                    None => tram_app::definitions::built_in_files(),
                };
                let findings = match Definitions::load(&files) {
                    Ok(defs) => defs.check_places(),
                    Err(findings) => findings,
                };
                Ok(say(out, files.len(), &findings))
            }
            DefsCommand::Adopt { folder, name } => {
                let files = read_folder(folder)?;
                let app = common.open(Purpose::Write("tram defs adopt"))?;
                let actor = common.operator(&app, None)?;
                match app.adopt_definitions(&actor, name, &files)? {
                    Err(findings) => Ok(say(out, files.len(), &findings)),
                    Ok(sha256) => {
                        let hash: String = sha256.iter().map(|b| format!("{b:02x}")).collect();
                        out.answer(json!({ "sha256": hash }), || {
                            let args = [("hash", hash[..12].to_owned().into())];
                            print_line!("{}", out.words.with("cli-defs-adopted", args));
                        });
                        Ok(Ended::Done)
                    }
                }
            }
        }
    }
}

fn say(out: &Out, files: usize, findings: &[DefFinding]) -> Ended {
    let rows: Vec<Value> = findings
        .iter()
        .map(|f| {
            json!({
                "code": f.message.code, "severity": f.severity.code(), "file": f.file,
                "line": f.line, "message": out.words.message(&f.message),
            })
        })
        .collect();
    out.answer(json!({ "files": files, "findings": rows }), || {
        for f in findings {
            print_line!("{}:{}: {}", f.file, f.line, out.words.message(&f.message));
        }
        let code = if findings.is_empty() { "cli-defs-right" } else { "cli-defs-wrong" };
        let args = [("files", files.into()), ("n", findings.len().into())];
        print_line!("{}", out.words.with(code, args));
    });
    if findings.is_empty() { Ended::Done } else { Ended::Findings }
}

fn read_folder(folder: &Path) -> Result<Vec<SourceFile>, Ended> {
    let mut files = Vec::new();
    walk(folder, folder, &mut files)
        .map_err(|e| Ended::Failed(Failure::Broken(StoreError::Engine(e.to_string()))))?;
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

fn walk(root: &Path, folder: &Path, files: &mut Vec<SourceFile>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let kind = path.extension().and_then(|e| e.to_str()).unwrap_or_default();
        if path.is_dir() {
            walk(root, &path, files)?;
        } else if kind == "toml" || kind == "csv" {
            let name =
                path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            files.push(SourceFile {
                path: name.into(),
                text: std::fs::read_to_string(&path)?.into(),
            });
        }
    }
    Ok(())
}
