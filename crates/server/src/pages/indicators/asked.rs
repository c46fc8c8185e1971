//! What is asked of the numbers: period, unit, tree, village. Read from the address, so that every page
//! can be copied, and written into the links of the page.

use crate::http::{Answer, Ctx, Trouble};
use crate::pages::parts::{Choice, Field, carried, field, period_field};
use maud::{Markup, html};
use serde::Deserialize;
use std::fmt::Write as _;
use tram_app::Failure;
use tram_app::indicator::Question;
use tram_app::unit::{AreaRow, UnitRow};
use tram_defs::indicator::Chapter;
use tram_defs::role::Action;
use tram_kernel::{Date, Message, Period, day};

/// The address as it came.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    pub period: String,
    pub unit: String,
    pub tree: String,
    pub area: String,
    /// Which station is unfolded.
    pub open: String,
    /// As known on this day.
    pub known: String,
    pub side: String,
    /// By which breakdown the number is parted.
    pub by: String,
    /// Which group of it is looked at.
    pub group: String,
    /// Which chapter of the catalogue; `all` for every one.
    pub chapter: String,
}

/// The address understood.
pub struct Wanted {
    pub q: Question,
    pub unit: UnitRow,
    /// Units one may ask about.
    pub units: Vec<UnitRow>,
    pub area: Option<i64>,
    pub known: Option<Date>,
    pub open: String,
    /// A breakdown of the definitions, and one of its groups.
    pub by: String,
    pub group: String,
    /// `None` for all of them.
    pub chapter: Option<Chapter>,
    tree_typed: String,
    known_typed: String,
    /// Fields that could not be read, with what is said about them.
    pub wrong: Vec<(&'static str, String)>,
}

/// Reads a day typed into a filter; a bad one is left out and named.
fn day_of(
    ctx: &Ctx,
    typed: &str,
    name: &'static str,
    wrong: &mut Vec<(&'static str, String)>,
) -> Option<Date> {
    if typed.trim().is_empty() {
        return None;
    }
    match day::parse(typed, ctx.today()) {
        Ok(day) => Some(day),
        Err(_) => {
            let message = Message::new("indicators-bad-day").with("typed", typed.trim());
            wrong.push((name, ctx.words.message(&message)));
            None
        }
    }
}

impl Asked {
    /// Understands the address. Without a period it is the last complete month.
    pub async fn read(&self, ctx: &Ctx) -> Answer<Wanted> {
        let refused = |failure| Trouble::signed(ctx.clone(), failure);
        let period = if self.period.is_empty() {
            Period::month_of(ctx.today()).step(-1)
        } else {
            let bad = Message::new("period-bad").with("text", self.period.as_str());
            self.period.parse().map_err(|_| refused(Failure::refused(bad)))?
        };
        let actor = &ctx.signed.actor;
        let units = if actor.may(Action::UnitRead) {
            ctx.run(|app, actor| app.units(actor)).await?
        } else {
            Vec::new()
        };
        let wanted = if self.unit.is_empty() { actor.unit.to_string() } else { self.unit.clone() };
        let found = units.iter().find(|unit| unit.id.to_string() == wanted).cloned();
        let own = || UnitRow {
            key: actor.unit_key,
            id: actor.unit,
            name: actor.unit_name.clone(),
            kind: tram_domain::fact::UnitKind::Other,
            commune: None,
            facility_code: None,
            closed_on: None,
        };
        let unit = match found {
            Some(unit) => unit,
            None if wanted == actor.unit.to_string() => own(),
            None => return Err(refused(Failure::NotFound)),
        };
        let mut wrong = Vec::new();
        let tree = day_of(ctx, &self.tree, "tree", &mut wrong);
        let known = day_of(ctx, &self.known, "known", &mut wrong);
        let q = Question { period, unit: unit.key, reach: actor.reach, tree };
        let (tree_typed, known_typed) = (self.tree.clone(), self.known.clone());
        let (area, open) = (self.area.parse().ok(), self.open.clone());
        let defs = ctx.server.app.definitions();
        let breakdown = defs.breakdown(&self.by);
        let by = breakdown.map(|b| b.code.clone()).unwrap_or_default();
        let named = breakdown.and_then(|b| b.name_of(&self.group));
        let group = named.map(|_| self.group.clone()).unwrap_or_default();
        let chapter = match self.chapter.as_str() {
            "all" => None,
            code => Some(Chapter::from_code(code).unwrap_or_default()),
        };
        Ok(Wanted {
            q,
            unit,
            units,
            area,
            known,
            open,
            by,
            group,
            chapter,
            tree_typed,
            known_typed,
            wrong,
        })
    }
}

impl Wanted {
    /// The address of the same question at another place, with some parts changed; an empty value
    /// leaves a part out.
    pub fn link(&self, path: &str, changes: &[(&str, &str)]) -> String {
        let mut parts = vec![
            ("period", self.q.period.to_string()),
            ("unit", self.unit.id.to_string()),
            ("tree", self.q.tree.map(|d| d.to_string()).unwrap_or_default()),
            ("area", self.area.map(|key| key.to_string()).unwrap_or_default()),
            ("open", self.open.clone()),
            ("by", self.by.clone()),
            ("group", self.group.clone()),
            ("chapter", self.chapter_code().to_owned()),
        ];
        for (name, value) in changes {
            match parts.iter_mut().find(|(part, _)| part == name) {
                Some((_, old)) => *old = (*value).to_owned(),
                None => parts.push((name, (*value).to_owned())),
            }
        }
        let mut out = path.to_owned();
        let mut sign = '?';
        for (name, value) in parts.iter().filter(|(_, value)| !value.is_empty()) {
            write!(out, "{sign}{name}={value}").expect("writing to memory does not fail");
            sign = '&';
        }
        out
    }

    /// Of the chapter, for the address; nothing for the one that opens first.
    fn chapter_code(&self) -> &'static str {
        match self.chapter {
            None => "all",
            Some(chapter) if chapter == Chapter::default() => "",
            Some(chapter) => chapter.code(),
        }
    }

    pub fn is_running(&self, today: Date) -> bool {
        self.q.period.last() > today
    }

    /// Place, period and tree, as one line of choices. `more` stands at its end.
    pub fn filters(
        &self,
        ctx: &Ctx,
        path: &str,
        areas: Option<&[AreaRow]>,
        more: Markup,
    ) -> Markup {
        let words = ctx.words;
        let [unit_label, tree_label, area_label] =
            ["indicators-unit", "indicators-tree", "village"].map(|code| words.say(code));
        let units: Vec<Choice> = self
            .units
            .iter()
            .map(|u| Choice { value: u.id.to_string(), text: u.name.clone() })
            .collect();
        let chosen = self.unit.id.to_string();
        let unit = Field {
            id: "unit",
            label: &unit_label,
            value: &chosen,
            choices: Some(units),
            ..Field::default()
        };
        let tree = Field {
            id: "tree",
            label: &tree_label,
            value: &self.tree_typed,
            mode: "numeric",
            wrong: self.wrong_of("tree"),
            ..Field::default()
        };
        let every = words.say("all").into_owned();
        let key = self.area.map(|key| key.to_string()).unwrap_or_default();
        let area = areas.map(|areas| {
            crate::pages::parts::area_field("area", &area_label, &key, areas, Some(&every))
        });
        html! {
            form.filters action=(path) {
                @if self.units.len() > 1 { (field(words, &unit)) }
                (period_field(words, "period", self.q.period, ctx.today()))
                @if let Some(area) = area { (field(words, &area)) }
                (field(words, &tree))
                @if !self.by.is_empty() { (carried("by", &self.by)) }
                @if !self.group.is_empty() { (carried("group", &self.group)) }
                @if !self.chapter_code().is_empty() { (carried("chapter", self.chapter_code())) }
                button.btn type="submit" { (words.say("show")) }
                (more)
            }
        }
    }

    pub fn wrong_of(&self, name: &str) -> Option<String> {
        self.wrong.iter().find(|(field, _)| *field == name).map(|(_, text)| text.clone())
    }

    pub fn known_typed(&self) -> &str {
        &self.known_typed
    }
}
