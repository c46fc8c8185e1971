//! What the station sees: a card, the list of children due, numbers, the people behind a number.

use super::stage::{Stage, date};
use super::story::Look;
use tram_app::indicator::Side;
use tram_defs::indicator::Unit;
use tram_domain::immunisation::{NotCounted, Standing};
use tram_kernel::{Period, day, number};

/// The sign of a unit; counts have none.
const fn sign(unit: Unit) -> &'static str {
    match unit {
        Unit::Percent => "%",
        Unit::PerMille => "‰",
        Unit::PerHundred => "trên 100",
        Unit::Per100k => "trên 100.000",
        Unit::Count => "",
    }
}

impl Stage {
    pub fn look(&mut self, look: &Look) {
        if let Some(who) = &look.card {
            self.card(who);
        }
        if let Some(days) = look.worklist {
            self.worklist(days);
        }
        if !look.indicators.is_empty() {
            self.indicators(look);
        }
        if let Some(code) = &look.people {
            self.people_behind(code, look);
        }
        if let Some(typed) = &look.search {
            self.search(typed);
        }
    }

    fn card(&mut self, who: &str) {
        let page = self.app.person_page(&self.head, self.who(who)).expect("a record");
        let course = page.view.course();
        let today = self.app.today();
        let mut lines = vec![format!("Thẻ của {}:", page.view.person.name.shown())];
        for line in &course.lines {
            let dose = format!("{} {}", line.series.short, line.number);
            let stands = match &line.standing {
                Standing::Done { on, .. } => format!("đã tiêm {}", day::show(*on)),
                Standing::Owed { due, overdue, until, deferred } => match deferred {
                    _ if *until <= today => "quá tuổi".to_owned(),
                    Some(reason) => format!("hoãn đến {} ({reason})", day::show(*due)),
                    None if *overdue <= today => format!("quá hạn, từ {}", day::show(*due)),
                    None if *due <= today => format!("đến hạn, từ {}", day::show(*due)),
                    None => format!("từ {}", day::show(*due)),
                },
                Standing::Waiting => continue,
                Standing::Contraindicated { reason } => format!("chống chỉ định ({reason})"),
                Standing::BirthDayMissing => "cần ngày sinh đầy đủ".to_owned(),
            };
            lines.push(format!("  {dose:<16} {stands}"));
        }
        for verdict in &course.verdicts {
            let Err(why) = &verdict.counts else { continue };
            let why = match why {
                NotCounted::TooEarly { from } => format!("tiêm sớm, tính từ {}", day::show(*from)),
                NotCounted::OutOfOrder => "thiếu mũi đứng trước".to_owned(),
                NotCounted::LiveTooClose { from } => {
                    format!("quá gần vắc xin sống khác, tính từ {}", day::show(*from))
                }
                NotCounted::Extra => "ngoài số mũi của lịch".to_owned(),
            };
            let on = day::show(verdict.on);
            lines.push(format!("  {:<16} mũi ngày {on} không tính: {why}", verdict.series));
        }
        self.lines(&lines);
    }

    fn worklist(&mut self, days: i32) {
        let list = self.app.worklist(&self.head, None, days).expect("a list");
        let defs = self.app.definitions();
        let c = list.counts;
        let mut lines = vec![format!(
            "Danh sách trẻ ({days} ngày tới): {} cần làm, {} quá hạn, {} đến hết 7 ngày tới.",
            c.due, c.overdue, c.soon
        )];
        let mut children: Vec<_> = list.children.iter().collect();
        children.sort_by(|a, b| a.person.name.cmp(&b.person.name));
        for child in children {
            let doses: Vec<String> = child
                .doses
                .iter()
                .map(|dose| {
                    let found = defs.newest_schedule().find(&dose.series);
                    let short = found.map_or(dose.series.as_str(), |s| s.short.as_str());
                    format!("{short} {}", dose.number)
                })
                .collect();
            let village = child.person.area_name.as_deref().unwrap_or_default();
            lines.push(format!("  {}, {village}: {}", child.person.name, doses.join("; ")));
        }
        self.lines(&lines);
    }

    fn period(&self, look: &Look) -> Period {
        let year = Period::year_of(self.app.today());
        look.period.as_ref().map_or(year, |text| text.parse().expect("a period"))
    }

    fn indicators(&mut self, look: &Look) {
        let mut question = self.app.own_question(&self.head, self.period(look));
        question.tree = look.tree.as_deref().map(date);
        let codes: Vec<&str> = look.indicators.iter().map(String::as_str).collect();
        let board = match look.known.as_deref().map(date) {
            Some(known) => self.app.board_known_at(&self.head, question, &codes, known),
            None => self.app.board(&self.head, question, &codes),
        };
        let board = board.expect("numbers");
        let known = look.known.as_deref().map(|known| day::show(date(known)));
        let known = known.map_or_else(String::new, |day| format!(", theo dữ liệu đã có đến {day}"));
        let mut lines =
            vec![format!("Chỉ tiêu kỳ {}, đến {}{known}:", board.period, day::show(board.as_of))];
        for n in &board.numbers {
            let value = n.value().map_or_else(
                || "chưa có số liệu".to_owned(),
                |value| format!("{} {}", number::show_rounded(value, 1), sign(n.indicator.unit)),
            );
            let share = n.share.unwrap_or_default();
            let parts = match n.indicator.denominator {
                Some(_) => format!(" ({} / {})", share.numerator, share.denominator),
                None => String::new(),
            };
            lines.push(format!("  {}: {}{parts}", n.indicator.name, value.trim()));
        }
        self.lines(&lines);
    }

    fn people_behind(&mut self, code: &str, look: &Look) {
        let question = self.app.own_question(&self.head, self.period(look));
        for (side, title) in [(Side::Numerator, "Tử số"), (Side::Denominator, "Mẫu số")] {
            let found = self.app.people_behind(&self.head, question, code, side, (None, 100));
            let Ok((mut people, total)) = found else { continue };
            people.sort_by(|a, b| a.name.cmp(&b.name));
            let names: Vec<String> = people.into_iter().map(|p| p.name).collect();
            self.line(&format!("{title} {code}: {total} người: {}", names.join(", ")));
        }
    }

    fn search(&mut self, typed: &str) {
        let (found, _) = self.app.search(&self.head, typed, None).expect("a search");
        let lines: Vec<String> = std::iter::once(format!("Tìm “{typed}”: {} người", found.len()))
            .chain(found.iter().map(|p| {
                let village = p.area_name.as_deref().unwrap_or_default();
                format!("  {}, sinh {}, {village}", p.name, p.born.show())
            }))
            .collect();
        self.lines(&lines);
    }

    fn lines(&mut self, lines: &[String]) {
        for line in lines {
            self.line(line);
        }
    }
}
