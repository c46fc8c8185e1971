//! The numbers the station sees, by village, sex and age, and the people behind them.

use super::stage::{Stage, date};
use super::story::Look;
use tram_app::indicator::{Board, Number, Side, Which};
use tram_defs::indicator::Unit;
use tram_kernel::{Period, Share, day, number, text};

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

/// `66,7 % (2 / 3)`; nobody counted is not zero.
fn shown(n: &Number, share: Share) -> String {
    let value = n.value_of(share).filter(|_| n.share.is_some()).map_or_else(
        || "chưa có số liệu".to_owned(),
        |value| match n.indicator.unit {
            Unit::Count => number::show_rounded(value, 0),
            unit => format!("{} {}", number::show_rounded(value, 1), sign(unit)),
        },
    );
    match n.indicator.denominator {
        Some(_) => {
            let [top, bottom] = [share.numerator, share.denominator].map(number::show_count);
            format!("{value} ({top} / {bottom})")
        }
        None => value,
    }
}

impl Stage {
    fn period(&self, look: &Look) -> Period {
        let year = Period::year_of(self.today);
        look.period.as_ref().map_or(year, |text| text.parse().expect("a period"))
    }

    pub fn indicators(&mut self, look: &Look) {
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
            lines.push(format!(
                "  {}: {}",
                n.indicator.name,
                shown(n, n.share.unwrap_or_default())
            ));
            if look.by_village {
                lines.extend(by_village(&board, n));
            }
            if look.by_age {
                lines.extend(self.by_age(n));
            }
        }
        self.lines(&lines);
    }

    fn by_age(&self, n: &Number) -> Vec<String> {
        let defs = self.app.definitions();
        let mut lines = Vec::new();
        for part in &n.parts {
            let sex = self.words.say(if part.is_female { "sex-f" } else { "sex-m" });
            let group = &defs.age_groups[usize::from(part.age_group)].name;
            let share = Share::new(part.numerator, part.denominator);
            lines.push(format!("    {group}, {sex}: {}", shown(n, share)));
        }
        lines
    }

    pub fn people_behind(&mut self, code: &str, look: &Look) {
        let question = self.app.own_question(&self.head, self.period(look));
        let defs = self.app.definitions();
        let indicator = defs.indicator(code).expect("an indicator");
        let mut sides = vec![(Side::Numerator, "Tử số")];
        if indicator.denominator.is_some() {
            sides.push((Side::Denominator, "Mẫu số"));
        }
        if indicator.has_missing() {
            sides.push((Side::Missing, "Còn thiếu"));
        }
        for (side, title) in sides {
            let found = self.app.people_behind(
                &self.head,
                question,
                code,
                side,
                &Which { limit: 100, ..Which::default() },
            );
            let (mut people, total) = found.expect("people");
            people.sort_by_cached_key(|person| text::sort_key(&person.name));
            let names: Vec<String> = people.into_iter().map(|p| p.name).collect();
            let names = if total == 0 { "không có ai".to_owned() } else { names.join(", ") };
            self.line(&format!("  {title} {code}, {total} người: {names}"));
        }
    }
}

fn by_village(board: &Board, n: &Number) -> Vec<String> {
    let share = |key| n.by_area.get(key).copied().unwrap_or_default();
    let mut lines: Vec<String> = board
        .areas
        .iter()
        .map(|area| format!("    {}: {}", area.name, shown(n, share(&area.key))))
        .collect();
    lines.sort();
    lines
}
