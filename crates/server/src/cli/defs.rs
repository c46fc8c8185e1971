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
    Check {
        folder: Option<PathBuf>,
        /// Thư mục là phần bổ sung của một tỉnh hoặc xã, kiểm tra cùng bộ đi kèm chương trình.
        #[arg(long)]
        overlay: bool,
    },
    /// Kiểm tra rồi áp dụng một bộ định nghĩa từ hôm nay.
    Adopt {
        folder: PathBuf,
        #[arg(long)]
        name: String,
    },
    /// Kiểm tra rồi áp dụng phần bổ sung của một tỉnh hoặc xã lên bộ quy định đang dùng. Không có thư mục
    /// thì phần bổ sung tên đó thôi được dùng.
    Overlay {
        /// Tên phần bổ sung: chữ thường không dấu, số, gạch nối (ví dụ lao-cai).
        name: String,
        folder: Option<PathBuf>,
    },
    /// Áp dụng bộ quy định mới đi kèm chương trình, giữ các phần bổ sung đang dùng.
    Renew,
}

impl Defs {
    pub fn run(&self, common: &Common, out: &Out) -> Result<Ended, Ended> {
        match &self.command {
            DefsCommand::Check { folder, overlay } => {
                let files = match folder {
                    Some(folder) if *overlay => over_national(folder)?,
                    Some(folder) => read_folder(folder)?,
                    None => tram_app::definitions::built_in_files(),
                };
                let findings = match Definitions::load(&files) {
                    Ok(defs) => defs.check_large(),
                    Err(findings) => findings,
                };
                Ok(say(out, files.len(), &findings))
            }
            DefsCommand::Adopt { folder, name } => {
                let files = read_folder(folder)?;
                let app = common.open(Purpose::Write("tram defs adopt"))?;
                let actor = common.operator(&app, None)?;
                Ok(adopted(out, files.len(), app.adopt_definitions(&actor, name, &files)?))
            }
            DefsCommand::Overlay { name, folder } => {
                let files = folder.as_deref().map(read_folder).transpose()?.unwrap_or_default();
                let app = common.open(Purpose::Write("tram defs overlay"))?;
                let actor = common.operator(&app, None)?;
                Ok(adopted(out, files.len(), app.adopt_overlay(&actor, name, &files)?))
            }
            DefsCommand::Renew => {
                let app = common.open(Purpose::Write("tram defs renew"))?;
                let actor = common.operator(&app, None)?;
                let files = tram_app::definitions::built_in_files().len();
                let version = env!("CARGO_PKG_VERSION");
                Ok(adopted(out, files, app.renew_definitions(&actor, version)?))
            }
        }
    }
}

/// Says what came of an adoption.
fn adopted(out: &Out, files: usize, came: Result<[u8; 32], Vec<DefFinding>>) -> Ended {
    match came {
        Err(findings) => say(out, files, &findings),
        Ok(sha256) => {
            let hash: String = sha256.iter().map(|b| format!("{b:02x}")).collect();
            out.answer(json!({ "sha256": hash }), || {
                let args = [("hash", hash[..12].to_owned().into())];
                print_line!("{}", out.words.with("cli-defs-adopted", args));
            });
            Ended::Done
        }
    }
}

/// The set of this program with a folder laid over it, named as the folder is.
fn over_national(folder: &Path) -> Result<Vec<SourceFile>, Ended> {
    let name = folder.file_name().map_or("overlay".into(), |name| name.to_string_lossy());
    let mut files = tram_app::definitions::built_in_files();
    files.extend(read_folder(folder)?.into_iter().map(|file| SourceFile {
        path: format!("overlay/{name}/{}", file.path).into(),
        text: file.text,
    }));
    Ok(files)
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
