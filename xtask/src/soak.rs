//! `cargo xtask soak [--kills N] [--full-disks N] [--power-cuts N] [--seed N]`: the long runs. They are the
//! same tests that `./test` runs a few times, run often, and their counts in one table.

use anyhow::{Context, Result, bail};
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

/// What a run counts, from a line `soak <name>: <rounds> rounds, <acknowledged> acknowledged, <lost> lost`.
struct Line {
    name: String,
    rounds: u64,
    acknowledged: u64,
    lost: u64,
}

fn line(text: &str) -> Option<Line> {
    let (_, said) = text.split_once("soak ")?;
    let (name, counts) = said.split_once(": ")?;
    let number = |word: &str| -> Option<u64> {
        let part = counts.split(", ").find(|part| part.contains(word))?;
        part.split_whitespace().next()?.parse().ok()
    };
    let (rounds, acknowledged) = (number("rounds")?, number("acknowledged")?);
    Some(Line { name: name.to_owned(), rounds, acknowledged, lost: number("lost")? })
}

struct Plan {
    kills: u64,
    full_disks: u64,
    power_cuts: u64,
    seed: Option<u64>,
}

fn plan(args: &[&str]) -> Result<Plan> {
    let mut plan = Plan { kills: 1_000, full_disks: 100, power_cuts: 500, seed: None };
    let mut rest = args.iter();
    while let Some(name) = rest.next() {
        let value = rest.next().with_context(|| format!("{name} needs a number"))?;
        let value: u64 = value.parse().with_context(|| format!("{name}: {value}"))?;
        match *name {
            "--kills" => plan.kills = value,
            "--full-disks" => plan.full_disks = value,
            "--power-cuts" => plan.power_cuts = value,
            "--seed" => plan.seed = Some(value),
            _ => bail!("cargo xtask soak [--kills N] [--full-disks N] [--power-cuts N] [--seed N]"),
        }
    }
    Ok(plan)
}

/// Runs the long tests one after the other and prints what they counted.
pub fn soak(args: &[&str]) -> Result<()> {
    let plan = plan(args)?;
    if std::env::var_os("TRAM_TEST_POSTGRES").is_none() {
        bail!("export TRAM_TEST_POSTGRES=$(tools/pg start)");
    }
    let mut lines = Vec::new();
    let mut failed = Vec::new();
    for test in ["kill", "disk_full", "power_cut"] {
        let mut command = Command::new("cargo");
        command
            .args(["test", "--profile", "trial", "-p", "tram-app", "--test", test, "--"])
            .args(["--nocapture", "--test-threads=1"])
            .env("TRAM_KILLS", plan.kills.to_string())
            .env("TRAM_FULL_DISKS", plan.full_disks.to_string())
            .env("TRAM_POWER_CUTS", plan.power_cuts.to_string())
            .current_dir(super::root())
            .stdout(Stdio::piped());
        if let Some(seed) = plan.seed {
            command.env("TRAM_SEED", seed.to_string());
        }
        let mut child = command.spawn().context("cargo does not start")?;
        let out = child.stdout.take().context("no output")?;
        for text in BufReader::new(out).lines() {
            let text = text?;
            println!("{text}");
            lines.extend(line(&text));
        }
        if !child.wait()?.success() {
            failed.push(test);
        }
    }
    println!("\n{:<44} {:>8} {:>14} {:>6}", "", "rounds", "acknowledged", "lost");
    for Line { name, rounds, acknowledged, lost } in &lines {
        println!("{name:<44} {rounds:>8} {acknowledged:>14} {lost:>6}");
    }
    if lines.is_empty() || !failed.is_empty() || lines.iter().any(|line| line.lost > 0) {
        bail!("the soak failed: {failed:?}");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_read_wherever_they_stand_in_a_line() {
        let read = line("test x ... soak kill -9, Sqlite: 12 rounds, 345 acknowledged, 1 lost");
        let read = read.expect("a line of counts");
        assert_eq!((read.name.as_str(), read.rounds), ("kill -9, Sqlite", 12));
        assert_eq!((read.acknowledged, read.lost), (345, 1));
        assert!(line("soak of something else").is_none());
    }

    #[test]
    fn unknown_words_are_refused() {
        assert!(plan(&["--kills"]).is_err() && plan(&["--kill", "3"]).is_err());
        assert_eq!(plan(&["--kills", "3"]).expect("a plan").kills, 3);
    }
}
