//! `tram demo`: a whole region with people who do not exist, ready to sign in.

use super::out::print_line;
use super::out::table;
use super::serve::Serve;
use super::{Common, Ended, Out};
use clap::{Args, ValueEnum};
use indicatif::ProgressStyle;
use serde_json::json;
use std::time::{Duration, Instant};
use tram_app::demo::{DemoPlan, DemoReport, Login, Scale, build, standing};
use tram_app::{App, Purpose, opening};
use tram_defs::Definitions;
use tram_kernel::{day, number};

#[derive(Args)]
pub struct Demo {
    /// Cỡ dữ liệu: small (6 xã × 2.000 người), commune (một xã 30.000), region (6 xã, 110.000),
    /// province (cả tỉnh: 99 xã, phường, 1.000.000 người; mất nhiều phút, vài GB ổ đĩa).
    #[arg(long, value_enum, default_value = "small")]
    scale: ScaleName,
    /// Số gieo; cùng số gieo và cùng ngày thì cùng dữ liệu.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Chỉ lập dữ liệu, không mở máy chủ.
    #[arg(long)]
    no_serve: bool,
    #[command(flatten)]
    serve: Serve,
}

/// The sizes a demo comes in.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ScaleName {
    Small,
    Commune,
    Region,
    Province,
}

impl ScaleName {
    pub const fn scale(self) -> Scale {
        match self {
            Self::Small => Scale::Small,
            Self::Commune => Scale::Commune,
            Self::Region => Scale::Region,
            Self::Province => Scale::Province(1_000_000),
        }
    }
}

impl Demo {
    /// Opens the demo that stands in the database, or builds it in an empty one.
    pub fn run(&self, common: &Common, out: &Out) -> Result<Ended, Ended> {
        self.serve.check()?;
        opening::migrate(&common.location()?, common.clock())?;
        let app = common.open(Purpose::Write("tram demo"))?;
        let started = Instant::now();
        let (report, built) = match standing(&app)? {
            Some(report) => (report, false),
            None => (self.build(&app, out)?, true),
        };
        say(&app.definitions(), &report, built.then(|| started.elapsed()), out);
        if self.no_serve {
            return Ok(Ended::Done);
        }
        self.serve.serve(app, common, out)
    }

    fn build(&self, app: &App, out: &Out) -> Result<DemoReport, Ended> {
        let plan = DemoPlan { seed: self.seed, today: app.today(), scale: self.scale.scale() };
        let bar = out.progress();
        if let Ok(style) = ProgressStyle::with_template("{bar:40} {percent:>3} %  {msg}") {
            bar.set_style(style);
        }
        let report = build(app, &plan, &mut |at| {
            bar.set_length(at.total as u64);
            bar.set_position(at.done as u64);
            bar.set_message(day::show(at.day));
        });
        bar.finish_and_clear();
        Ok(report?)
    }
}

/// Prints what the demo holds and who may sign in. `took` is the time of building; none when it stood.
fn say(defs: &Definitions, report: &DemoReport, took: Option<Duration>, out: &Out) {
    let answer = json!({
        "built": took.is_some(),
        "milliseconds": took.map(|took| took.as_millis()),
        "seed": report.seed,
        "today": report.today,
        "units": report.units,
        "people": report.people,
        "facts": report.facts,
        "logins": report.logins,
    });
    out.answer(answer, || {
        let today = report.today.parse().map_or_else(|_| report.today.clone(), day::show);
        let count = |n: u64| number::show_count(n.cast_signed());
        let args = [
            ("people", count(report.people as u64).into()),
            ("units", report.units.into()),
            ("facts", count(report.facts).into()),
            ("seed", report.seed.to_string().into()),
            ("today", today.into()),
        ];
        let code = if took.is_some() { "cli-demo-built" } else { "cli-demo-stands" };
        print_line!("{}\n", out.words.with(code, args));
        let headings = ["cli-login-user", "cli-login-password", "cli-login-role", "cli-login-unit"];
        let headings = headings.map(|code| out.words.say(code).into_owned());
        let headings: Vec<&str> = headings.iter().map(String::as_str).collect();
        let row = |login: &Login| {
            let role = defs.role(&login.role).map_or(login.role.as_str(), |role| &role.name);
            vec![login.user.clone(), login.password.clone(), role.to_owned(), login.unit.clone()]
        };
        table(&headings, &report.logins.iter().map(row).collect::<Vec<_>>());
        print_line!("");
    });
}
