//! `tram calendar`: days off and days made up of a year, and what a deadline means.

use super::out::{print_line, table};
use super::{Common, Ended, Out};
use crate::pages::calendar::why_off;
use crate::words::long_day;
use clap::Args;
use serde_json::{Value, json};
use std::sync::Arc;
use tram_app::Purpose;
use tram_defs::Definitions;
use tram_domain::calendar::{Deadline, day_is, is_published, next_working, week_of};
use tram_kernel::Date;

#[derive(Args)]
pub struct Calendar {
    /// Năm; mặc định là năm nay.
    year: Option<i16>,
    /// Hỏi về một ngày (NĂM-THÁNG-NGÀY): có làm việc không, hạn "trước ngày" là hết ngày nào.
    #[arg(long)]
    day: Option<Date>,
    /// Cùng với --day: hạn sau bấy nhiêu ngày làm việc, không tính chính ngày đó.
    #[arg(long, requires = "day")]
    working_days: Option<u16>,
}

impl Calendar {
    pub fn run(&self, common: &Common, out: &Out) -> Result<Ended, Ended> {
        let (defs, today) = match common.open(Purpose::Read) {
            Ok(app) => (app.definitions(), app.today()),
            Err(_) => (Arc::new(tram_app::definitions::built_in()), common.clock().now().day()),
        };
        match self.day {
            Some(day) => self.about(&defs, day, out),
            None => of_year(&defs, self.year.unwrap_or_else(|| today.year()), out),
        }
        Ok(Ended::Done)
    }

    fn about(&self, defs: &Definitions, day: Date, out: &Out) {
        let before = Deadline::Before(day).last_day(defs);
        let within =
            self.working_days.map(|n| Deadline::WorkingDays { from: day, n }.last_day(defs));
        let next = next_working(defs, day);
        let (week_year, week) = week_of(day);
        let answer = json!({
            "day": day.to_string(),
            "working": day_is(defs, day).is_working(),
            "why": why_off(out.words, defs, day),
            "next_working": next.to_string(),
            "before": before.to_string(),
            "within": within.map(|day| day.to_string()),
            "week": week, "week_year": week_year,
            "published": is_published(defs, day),
        });
        out.answer(answer, || {
            let words = out.words;
            let shown = |day: Date| long_day(words, day);
            let at = |code: &str| words.with(code, [("day", tram_kernel::day::show(day).into())]);
            let is = why_off(words, defs, day)
                .unwrap_or_else(|| words.with("calendar-working", [("day", shown(day).into())]));
            print_line!("{is}");
            print_line!("{} {}", at("calendar-before"), shown(before));
            print_line!("{} {}", at("calendar-by"), shown(day));
            print_line!("{}: {}", at("calendar-next"), shown(next));
            if let (Some(n), Some(last)) = (self.working_days, within) {
                let args =
                    [("n", i64::from(n).into()), ("day", tram_kernel::day::show(day).into())];
                print_line!("{} {}", words.with("calendar-within", args), shown(last));
            }
            if !is_published(defs, day) {
                print_line!("{}", words.say("calendar-proposed-unsure"));
            }
        });
    }
}

fn of_year(defs: &Definitions, year: i16, out: &Out) {
    let words = out.words;
    let known = defs.calendar_of(year);
    let days: Vec<Value> = known
        .iter()
        .flat_map(|year| &year.days)
        .map(|d| {
            json!({
                "from": d.from.to_string(), "to": d.to.to_string(), "kind": d.kind.code(),
                "name": d.name, "confidence": d.confidence.code(),
            })
        })
        .collect();
    let published = known.map(|year| year.published);
    out.answer(json!({ "year": year, "published": published, "days": days }), || {
        let Some(known) = known else {
            print_line!("{}. {}", words.say("calendar-none"), words.say("calendar-none-what"));
            return;
        };
        let rows: Vec<Vec<String>> = known
            .days
            .iter()
            .map(|d| {
                let to = if d.from == d.to { String::new() } else { long_day(words, d.to) };
                let kind = words.say(&format!("calendar-kind-{}", d.kind.code())).into_owned();
                vec![long_day(words, d.from), to, kind, d.name.clone()]
            })
            .collect();
        let headings =
            ["calendar-col-when", "calendar-col-to", "calendar-col-kind", "calendar-col-what"];
        let headings = headings.map(|code| words.say(code).into_owned());
        table(&headings.iter().map(String::as_str).collect::<Vec<_>>(), &rows);
        print_line!("\n{}", known.provenance.source);
        if !known.published {
            print_line!(
                "{}. {}",
                words.say("calendar-unpublished"),
                words.say("calendar-unpublished-what")
            );
        }
    });
}
