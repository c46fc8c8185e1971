//! What the station sees: records, cards, households, the list of children due, what a search finds.

use super::stage::Stage;
use super::story::Look;
use tram_app::person::PersonPage;
use tram_kernel::{day, text};

impl Stage {
    pub fn look(&mut self, look: &Look) {
        if let Some(who) = &look.record {
            self.record(who);
        }
        if let Some(who) = &look.card {
            self.card(who, &look.series);
        }
        if let Some(who) = &look.timeline {
            self.timeline(who);
        }
        if let Some(which) = &look.home {
            self.household_page(which);
        }
        if let Some(village) = &look.homes {
            self.households_of(village);
        }
        if let Some(days) = look.worklist {
            self.worklist(days, look.village.as_deref());
        }
        if !look.indicators.is_empty() {
            self.indicators(look);
        }
        if let Some(code) = &look.people {
            self.people_behind(code, look);
        }
        if look.stock {
            self.stock();
        }
        if let Some(which) = &look.stock_card {
            self.stock_card(which);
        }
        if let Some(month) = &look.stock_month {
            self.stock_month(month);
        }
        if look.session {
            self.see_session();
        }
        if look.campaign {
            self.see_campaign();
        }
        if look.gaps {
            self.see_gaps();
        }
        if let Some(period) = &look.given {
            self.see_given(period);
        }
        if let Some(who) = &look.catch_up {
            self.see_catch_up(who);
        }
        if let Some(who) = &look.tetanus {
            self.see_protection(who);
        }
        if look.events {
            self.events();
        }
        if let Some(days) = &look.cold {
            self.cold(days);
        }
        if let Some(who) = &look.sight {
            self.see_sight(who);
        }
        if let Some(who) = &look.care {
            self.see_care(who);
        }
        if let Some(programme) = &look.register {
            self.see_register(programme);
        }
        if let Some(days) = look.due {
            self.see_due(days);
        }
        if let Some(typed) = &look.search {
            self.search(typed);
        }
        if look.inbox {
            self.inbox();
        }
    }

    /// The words of a code of a list.
    pub(super) fn named(&self, list: &str, code: &str) -> String {
        let defs = self.app.definitions();
        defs.list(list).and_then(|list| list.name(code)).unwrap_or(code).to_owned()
    }

    /// The short name of a series.
    pub(super) fn short(&self, series: &str) -> String {
        let defs = self.app.definitions();
        let found = defs.series(series);
        found.map_or(series, |found| found.short.as_str()).to_owned()
    }

    pub(super) fn page(&self, who: &str) -> PersonPage {
        self.app.person_page(&self.head, self.who(who)).expect("a record")
    }

    fn record(&mut self, who: &str) {
        let page = self.page(who);
        let person = &page.view.person;
        let sex = self.words.say(&format!("sex-{}", person.sex.shown().code()));
        let born = person.born.shown().date.show();
        let mut lines = vec![format!("Hồ sơ: {}, {sex}, sinh {born}", person.name.shown())];
        for lives in &person.residences {
            let place = page.areas.get(&lives.area).cloned().unwrap_or_default();
            let until = lives.to.map_or_else(String::new, |to| format!(" đến {}", day::show(to)));
            lines.push(format!("  ở {place} từ {}{until}", day::show(lives.from)));
        }
        for held in &person.identifiers {
            let kind = held.identifier.kind().code().replace('_', "-");
            let paper = self.words.say(&format!("paper-{kind}"));
            if kind == "temporary" {
                continue;
            }
            let from = held.from.map_or_else(String::new, |d| format!(" từ {}", day::show(d)));
            let to = held.to.map_or_else(String::new, |d| format!(" đến {}", day::show(d)));
            lines.push(format!("  {paper} {}{from}{to}", held.identifier.value()));
        }
        for other in &page.same_number {
            lines.push(format!("  cùng số CCCD với {}", other.name));
        }
        if let Some(death) = &person.death {
            lines.push(format!("  đã mất ngày {}", day::show(death.on)));
        }
        self.lines(&lines);
    }

    fn timeline(&mut self, who: &str) {
        let page = self.page(who);
        let mut lines = vec![format!("Dòng thời gian của {}:", page.view.person.name.shown())];
        for line in page.history.iter().rev() {
            let kind = self.words.say(&format!("fact-{}", line.body.code()));
            let (on, recorded) = (line.happened_on, line.recorded_at.day());
            let late = if on == recorded {
                String::new()
            } else {
                format!(", ghi {}", day::show(recorded))
            };
            let back = if line.retracted { ", đã rút lại" } else { "" };
            lines.push(format!("  {}  {kind}{late}{back}", day::show(on)));
        }
        self.lines(&lines);
    }

    /// A household by its nickname, or by its number and village: `12, Khe Pháo`.
    fn household_page(&mut self, which: &str) {
        let id = match which.split_once(", ") {
            None => self.home(which),
            Some((code, village)) => {
                let found = self.app.households(&self.head, self.area(village), code);
                found.expect("households").first().expect("a household").id
            }
        };
        let page = self.app.household_page(&self.head, id).expect("a household");
        let code = page.household.code.shown().clone().unwrap_or_default();
        let poverty = page.household.poverty.shown().as_deref();
        let poverty = poverty.map_or_else(String::new, |code| {
            format!(", {}", self.named("poverty", code).to_lowercase())
        });
        let (place, n) = (page.area_name, page.members.len());
        let mut lines = vec![format!("Hộ số {code}, {place}{poverty}: {n} người")];
        let mut members: Vec<String> = Vec::new();
        for member in &page.members {
            let relation = self.named("relation", &member.member.relation);
            let owed: Vec<String> =
                member.owed.iter().map(|dose| format!("{} {}", dose.short, dose.number)).collect();
            let owed =
                if owed.is_empty() { String::new() } else { format!(": {}", owed.join("; ")) };
            members.push(format!("  {}, {relation}{owed}", member.member.person.name));
        }
        members.sort();
        lines.extend(members);
        let mut past: Vec<&str> = page.past.iter().map(|row| row.person.name.as_str()).collect();
        past.sort_unstable();
        if !past.is_empty() {
            lines.push(format!("  từng ở: {}", past.join(", ")));
        }
        self.lines(&lines);
    }

    fn households_of(&mut self, village: &str) {
        let found = self.app.households(&self.head, self.area(village), "").expect("households");
        let codes: Vec<&str> = found.iter().filter_map(|row| row.code.as_deref()).collect();
        self.line(&format!("Hộ ở {village}: {}", codes.join(", ")));
    }

    fn worklist(&mut self, days: i32, village: Option<&str>) {
        let area = village.map(|village| self.area(village));
        let list = self.app.worklist(&self.head, area, days).expect("a list");
        let c = list.counts;
        let at = village.map_or_else(String::new, |village| format!(" ở {village}"));
        let mut lines = vec![format!(
            "Danh sách trẻ{at}: {} cần làm, trong đó {} quá hạn; {} tính đến hết {days} ngày tới.",
            c.due, c.overdue, c.soon
        )];
        let mut children: Vec<_> = list.children.iter().collect();
        children.sort_by_cached_key(|child| text::sort_key(&child.person.name));
        for child in children {
            let doses: Vec<String> = child
                .doses
                .iter()
                .map(|dose| format!("{} {}", self.short(&dose.series), dose.number))
                .collect();
            let village = child.person.area_name.as_deref().unwrap_or_default();
            lines.push(format!("  {}, {village}: {}", child.person.name, doses.join("; ")));
        }
        self.lines(&lines);
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
}
