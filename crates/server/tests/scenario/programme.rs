//! Forms and programmes of a story: taking in, filling in, letting go; registers and visits due.

use super::stage::{Ending, Stage, date};
use serde::Deserialize;
use std::collections::BTreeMap;
use tram_app::Failure;
use tram_app::programme::{Sent, read_answers};
use tram_defs::form::{Keeps, form_on};
use tram_domain::fact::Answer;
use tram_domain::form::{answer, answer_of};
use tram_domain::programme::{Care, Enrolment, EntryWish, Leaving, in_sight, rule_of};
use tram_kernel::{Date, day, text};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Enrol {
    pub who: String,
    pub programme: String,
    pub on: Option<String>,
    pub source: Option<String>,
    #[serde(default)]
    pub answers: BTreeMap<String, String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fill {
    pub who: String,
    pub form: String,
    pub programme: Option<String>,
    pub on: Option<String>,
    /// The day of the entry of this form that is corrected.
    pub corrects: Option<String>,
    #[serde(default)]
    pub answers: BTreeMap<String, String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Leave {
    pub who: String,
    pub programme: String,
    pub outcome: String,
    pub on: Option<String>,
}

impl Stage {
    fn day_of(&self, on: &Option<String>) -> Date {
        on.as_deref().map_or(self.today, date)
    }

    /// Answers as they would be typed; several choices are parted by `;`.
    fn typed(
        &self,
        form: &str,
        on: Date,
        answers: &BTreeMap<String, String>,
    ) -> Result<Vec<Answer>, Failure> {
        let defs = self.app.definitions();
        let Some(form) = form_on(&defs.forms, form, on) else { return Ok(Vec::new()) };
        for field in answers.keys() {
            assert!(form.field(field).is_some(), "{}: no field {field}", form.code);
        }
        let of = |field: &str| answers.get(field).cloned().into_iter().collect();
        Ok(read_answers(&defs, form, on, &of)?)
    }

    pub fn enrol(&self, what: &Enrol) -> Ending {
        let (person, on) = (self.who(&what.who), self.day_of(&what.on));
        let defs = self.app.definitions();
        let form = rule_of(&defs, &what.programme, on).and_then(|rule| rule.enrol_form.clone());
        let answers = match form {
            Some(form) => self.typed(&form, on, &what.answers)?,
            None => Vec::new(),
        };
        let (programme, source) = (what.programme.clone(), what.source.clone());
        let wish = Enrolment { programme, source, note: None, on, answers };
        let done = self.twice(|accepted| {
            self.app.enrol(&self.head, person, &wish, &Sent { accepted, command: None })
        })?;
        Ok(said(done))
    }

    pub fn fill(&self, what: &Fill) -> Ending {
        let (person, on) = (self.who(&what.who), self.day_of(&what.on));
        let answers = self.typed(&what.form, on, &what.answers)?;
        let replaces = what.corrects.as_deref().map(|corrected| {
            let page = self.page(&what.who);
            let entries = &page.view.person.followed.entries;
            let found = entries
                .iter()
                .find(|entry| entry.what.form == what.form && entry.day == date(corrected));
            found.unwrap_or_else(|| panic!("no {} on {corrected}", what.form)).at
        });
        let (form, programme) = (what.form.clone(), what.programme.clone());
        let wish = EntryWish { form, programme, answers, on, replaces };
        let done = self.twice(|accepted| {
            self.app.record_form(&self.head, person, &wish, &Sent { accepted, command: None })
        })?;
        Ok(said(done))
    }

    pub fn leave(&self, what: &Leave) -> Ending {
        let (person, on) = (self.who(&what.who), self.day_of(&what.on));
        let (programme, outcome) = (what.programme.clone(), what.outcome.clone());
        let wish = Leaving { programme, outcome, note: None, on };
        let done = self.twice(|accepted| {
            let sent = Sent { accepted, command: None };
            self.app.leave_programme(&self.head, person, &wish, &sent)
        })?;
        Ok(said(done))
    }

    /// What the programmes say of somebody: in which, since when, what was found, what is next.
    /// What stays in sight of a record: every allergy, the last history.
    pub fn see_sight(&mut self, who: &str) {
        let page = self.page(who);
        let (defs, person) = (&page.view.defs, &page.view.person);
        let mut lines = vec![format!("Luôn thấy ở hồ sơ {}:", person.name.shown())];
        for keeps in [Keeps::Safety, Keeps::History] {
            for (form, entry) in in_sight(defs, person, keeps) {
                let said = |word: &String| {
                    let field = form.field(word)?;
                    let value = answer_of(&entry.what.answers, word)?;
                    let shown = answer::show(defs, &field.kind, value).replace('\u{a0}', " ");
                    Some(format!("{} {shown}", field.label))
                };
                let said: Vec<String> = form.summary.iter().filter_map(said).collect();
                lines.push(format!("  {}: {}", form.short, said.join("; ")));
            }
        }
        lines.iter().for_each(|line| self.line(line));
    }

    pub fn see_care(&mut self, who: &str) {
        let page = self.page(who);
        let defs = &page.view.defs;
        let person = &page.view.person;
        let care = Care::of(defs, person);
        let mut lines = vec![format!("Chương trình của {}:", person.name.shown())];
        for episode in &care.episodes {
            let rule = rule_of(defs, &episode.programme, self.today).expect("a programme");
            let from = day::show(episode.from);
            let state = match (episode.to, &episode.outcome) {
                (Some(to), Some(outcome)) if to <= self.today => {
                    let named = rule.outcomes.iter().find(|known| known.code == *outcome);
                    let died = self.words.say("programme-died");
                    let outcome = named.map_or(&*died, |known| known.name.as_str());
                    format!("{from} đến {}, {outcome}", day::show(to))
                }
                _ => format!("từ {from}"),
            };
            lines.push(format!("  {}: {state}", rule.name));
        }
        for filled in &care.entries {
            let form = form_on(&defs.forms, &filled.entry.what.form, filled.entry.day);
            let Some(form) = form else { continue };
            let measured: Vec<String> = filled
                .measures
                .iter()
                .filter_map(|found| {
                    let measure = defs.measures.iter().find(|m| m.code == found.measure)?;
                    let shown = answer::show(defs, &measure.kind, &found.value);
                    Some(format!("{} {}", measure.short, shown.replace('\u{a0}', " ")))
                })
                .collect();
            let on = day::show(filled.entry.day);
            let twice = if filled.entry.contested { " (cần đối chiếu)" } else { "" };
            lines.push(format!("  {on}  {}{twice}: {}", form.short, measured.join("; ")));
        }
        for due in care.due.iter().filter(|due| due.is_asked_on(self.today)) {
            let rule = rule_of(defs, &due.programme, self.today).expect("a programme");
            let what = match &due.visit {
                Some(code) => rule.visit(code).map_or("", |visit| visit.name.as_str()).to_owned(),
                None => self.words.say("programme-proposed").to_lowercase(),
            };
            let late = match due.overdue <= self.today {
                _ if due.lost <= self.today => ", mất dấu",
                true => ", quá hạn",
                false => "",
            };
            lines.push(format!("  hẹn: {} {what}, {}{late}", rule.short, day::show(due.due)));
        }
        self.lines(&lines);
    }

    /// The register of a programme with its numbers.
    pub fn see_register(&mut self, programme: &str) {
        let register = match self.app.register(&self.head, programme, None) {
            Ok(register) => register,
            Err(failure) => return self.refused(&failure),
        };
        let defs = self.app.definitions();
        let rule = rule_of(&defs, programme, self.today).expect("a programme");
        let s = register.standing;
        let mut lines = vec![format!(
            "Sổ {}: {} đang quản lý, {} đến hạn, {} quá hạn, {} mất dấu, {} cần xem xét",
            rule.name, s.followed, s.due, s.overdue, s.lost, s.proposed
        )];
        let mut rows: Vec<_> = register.rows.iter().collect();
        rows.sort_by_cached_key(|row| text::sort_key(&row.line.person.name));
        for row in rows {
            let shown: Vec<String> = std::iter::zip(&rule.shows, &row.measures)
                .filter_map(|(code, last)| {
                    let measure = defs.measures.iter().find(|m| m.code == *code)?;
                    let (_, value) = last.as_ref()?;
                    let value = answer::show(&defs, &measure.kind, value);
                    Some(format!("{} {}", measure.short, value.replace('\u{a0}', " ")))
                })
                .collect();
            let ended =
                row.line.to.map_or_else(String::new, |to| format!(" đến {}", day::show(to)));
            let from = day::show(row.line.from);
            let name = &row.line.person.name;
            lines.push(format!("  {name}: từ {from}{ended}; {}", shown.join("; ")));
        }
        self.lines(&lines);
    }

    /// Who needs what of the programmes in the coming days.
    pub fn see_due(&mut self, days: i32) {
        let due = self.app.visits_due(&self.head, "", None, days).expect("a list");
        let defs = self.app.definitions();
        let mut lines =
            vec![format!("Đến hạn các chương trình trong {days} ngày: {} người", due.len())];
        for one in due {
            let visits: Vec<String> = one
                .visits
                .iter()
                .map(|visit| {
                    let rule = rule_of(&defs, &visit.programme, self.today).expect("a programme");
                    let what = visit.visit.as_deref().and_then(|code| rule.visit(code));
                    let what = what.map_or("cần xem xét", |visit| visit.name.as_str());
                    format!("{} {what} {}", rule.short, day::show(visit.due))
                })
                .collect();
            lines.push(format!("  {}: {}", one.person.name, visits.join("; ")));
        }
        self.lines(&lines);
    }
}

/// Warnings on the way, and what should be done.
fn said(done: tram_app::programme::Saved) -> Vec<tram_kernel::Message> {
    let advice = done.value.advice.into_iter();
    let advice = advice.map(|text| tram_kernel::Message::new("form-advised").with("text", text));
    done.warnings.into_iter().chain(advice).collect()
}
