//! What the card of a child says in a story: every dose of the schedule, and the given ones that do not count.

use super::stage::Stage;
use tram_domain::immunisation::{NotCounted, Standing};
use tram_kernel::day;

impl Stage {
    pub(super) fn card(&mut self, who: &str, only: &[String]) {
        let page = self.page(who);
        let course = page.view.course();
        let looked_at = |short: &String| only.is_empty() || only.contains(short);
        let mut lines = vec![format!("Thẻ của {}:", page.view.person.name.shown())];
        for line in course.lines.iter().filter(|line| looked_at(&line.series.short)) {
            let dose = format!("{} {}", line.series.short, line.number);
            let Some(stands) = self.stands(&line.standing, line.series.optional) else { continue };
            lines.push(format!("  {dose:<16} {stands}"));
        }
        for verdict in &course.verdicts {
            let (Err(why), short) = (&verdict.counts, self.short(&verdict.series)) else {
                continue;
            };
            let why = match why {
                NotCounted::TooEarly { from } => format!("tiêm sớm, tính từ {}", day::show(*from)),
                NotCounted::OutOfOrder => "thiếu mũi đứng trước".to_owned(),
                NotCounted::LiveTooClose { from } => {
                    format!("quá gần vắc xin sống trước, tính từ {}", day::show(*from))
                }
                NotCounted::Extra => "ngoài số mũi của lịch".to_owned(),
            };
            if looked_at(&short) {
                let on = day::show(verdict.on);
                lines.push(format!("  {short:<16} mũi ngày {on} không tính: {why}"));
            }
        }
        self.lines(&lines);
    }

    /// What the card says of one dose; nothing while an earlier one is missing.
    fn stands(&self, standing: &Standing, optional: bool) -> Option<String> {
        let today = self.today;
        let said = match standing {
            Standing::Done { on, .. } => format!("đã tiêm {}", day::show(*on)),
            Standing::Owed { .. } if optional => {
                self.words.say("card-not-rolled-out").to_lowercase()
            }
            Standing::Owed { due, overdue, until, deferred } => match deferred {
                _ if *until <= today => "quá tuổi".to_owned(),
                Some(reason) if *due > today => {
                    let reason = self.named("deferral_reason", reason);
                    format!("hoãn đến {} ({reason})", day::show(*due))
                }
                _ if *overdue <= today => format!("quá hạn, từ {}", day::show(*due)),
                _ if *due <= today => format!("đến hạn, từ {}", day::show(*due)),
                _ => format!("từ {}", day::show(*due)),
            },
            Standing::Waiting => return None,
            Standing::Told => "đã tiêm (khai)".to_owned(),
            Standing::NextPregnancy { from: Some(from) } => {
                format!("khi có thai lần sau, từ {}", day::show(*from))
            }
            Standing::NextPregnancy { from: None } => "khi có thai lần sau".to_owned(),
            Standing::Contraindicated { reason } => {
                format!("chống chỉ định ({})", self.named("contraindication_reason", reason))
            }
            Standing::BirthDayMissing => "cần ngày sinh đầy đủ".to_owned(),
        };
        Some(said)
    }
}
