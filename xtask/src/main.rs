//! Developer commands: `cargo xtask ci`, `cargo xtask golden [--accept]`, `cargo xtask soak`.

mod soak;

use anyhow::{Context, Result, bail};
use std::path::PathBuf;
use std::process::Command;

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args[..] {
        ["ci"] => run(Command::new(root().join("test"))),
        ["golden"] => run(scenarios()),
        ["golden", "--accept"] => {
            let mut command = scenarios();
            command.env("TRAM_ACCEPT", "1");
            run(command)
        }
        ["soak", ref rest @ ..] => soak::soak(rest),
        _ => bail!("cargo xtask ci | golden [--accept] | soak [--kills N] …"),
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The golden scenarios; with `TRAM_ACCEPT` what happened becomes what is expected.
fn scenarios() -> Command {
    let mut command = Command::new("cargo");
    command.args(["test", "--profile", "trial", "-p", "tram-server", "--test", "scenarios"]);
    command
}

fn run(mut command: Command) -> Result<()> {
    let status = command.current_dir(root()).status().context("the command does not start")?;
    if status.success() { Ok(()) } else { bail!("failed: {status}") }
}
