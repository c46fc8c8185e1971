//! The table of boxes in which targets are typed: one row each, and under it what should be looked at.

use super::goal::{UNITS, with_unit};
use super::typed::{TypedRow, Wrong};
use crate::http::Ctx;
use crate::pages::parts::{Shape, carried, col, remark, table};
use crate::words::Words;
use maud::{Markup, html};
use tram_domain::fact::{Comparator, TargetSet};
use tram_domain::plan::TargetWarning;
use tram_kernel::number::{show_thousandths, thousandths};

/// What is said about one row.
#[derive(Debug, Clone, Default)]
pub struct Said {
    pub wrong: Vec<Wrong>,
    pub target: Option<TargetSet>,
    pub warnings: Vec<TargetWarning>,
    /// Warnings that still wait for an answer.
    pub open: bool,
}

/// A row with what is said about it.
pub struct Line<'a> {
    pub at: usize,
    pub typed: &'a TypedRow,
    pub said: Option<&'a Said>,
}

impl Line<'_> {
    fn id(&self, field: &str) -> String {
        format!("{field}-{}", self.at)
    }

    fn wrong(&self, field: &str) -> bool {
        self.said.is_some_and(|said| said.wrong.iter().any(|(name, _)| *name == field))
    }

    fn has_remarks(&self) -> bool {
        let said = self.said.is_some_and(|s| !s.wrong.is_empty() || !s.warnings.is_empty());
        said || !self.typed.correction.is_empty()
    }

    /// How rows are called by who cannot see them.
    fn name(&self, words: &Words) -> String {
        match self.typed.name.as_str() {
            "" => words.with("grid-row", [("n", (self.at + 1).into())]),
            name => name.to_owned(),
        }
    }
}

/// The whole table. Its own region, so that a change anywhere may bring it back with fresh remarks.
pub fn grid(ctx: &Ctx, year: i16, rows: &[TypedRow], said: &[Said]) -> Markup {
    let words = ctx.words;
    let before = words.with("plan-col-before", [("year", (year - 1).to_string().into())]);
    let this = words.with("grid-col-value", [("year", year.to_string().into())]);
    let [name, group, how, to, more, way, note, drop] = [
        "plan-col-name",
        "grid-col-group",
        "grid-col-how",
        "grid-col-value2",
        "grid-col-more",
        "grid-col-way",
        "grid-col-note",
        "grid-col-drop",
    ]
    .map(|code| words.say(code));
    let cols = [
        col(&name, "grow"),
        col(&group, "w12"),
        col(&how, "w9"),
        col(&before, "num"),
        col(&this, "num"),
        col(&to, "num"),
        col(&more, ""),
        col(&way, "w12"),
        col(&note, "w12"),
        col(&drop, "mid"),
    ];
    let body = html! {
        @for (at, typed) in rows.iter().enumerate() {
            @let line = Line { at, typed, said: said.get(at) };
            (boxes(ctx, &line, [&before, &this, &to]))
            @if line.has_remarks() { (remarks(words, &line)) }
        }
    };
    html! {
        div id="targets" hx-post="/plans/check" hx-trigger="change delay:300ms" hx-include="closest form"
            hx-target="#targets" hx-swap="outerMorph" {
            (carried("rows", &rows.len().to_string()))
            (table(&words.say("plan-targets"), "grid-in stack rows2", &cols, false, body))
        }
    }
}

fn boxes(ctx: &Ctx, line: &Line<'_>, [before, this, to]: [&str; 3]) -> Markup {
    let words = ctx.words;
    let typed = line.typed;
    let row = line.name(words);
    let label = |code: &str| format!("{}: {row}", words.say(code));
    let text = |field: &str, code: &str, value: &str| {
        html! {
            input id=(line.id(field)) name=(line.id(field)) value=(value) autocomplete="off" aria-label=(label(code));
        }
    };
    html! {
        tr class=[line.has_remarks().then_some("asked")] {
            th.first.full scope="row" {
                (carried(&line.id("row"), &typed.row))
                (carried(&line.id("baseline_year"), &typed.baseline_year))
                textarea id=(line.id("name")) name=(line.id("name")) rows="2" aria-label=(words.with("grid-name", [("n", (line.at + 1).into())]))
                    aria-invalid=[line.wrong("name").then_some("true")] { (typed.name) }
            }
            td.full data-l=(words.say("grid-col-group")) { div.pair {
                (text("group", "grid-col-group", &typed.group))
                (indicator(ctx, line, &label("grid-indicator")))
            } }
            td.full data-l=(words.say("grid-col-how")) { div.pair {
                (choice(words, &line.id("comparator"), &label("grid-comparator"), "comparator", &Comparator::ALL.map(Comparator::code), &typed.comparator))
                (choice(words, &line.id("unit"), &label("grid-unit"), "unit-name", &UNITS, &typed.unit))
            } }
            (number(line, "baseline", before, &row, &typed.baseline))
            (number(line, "value", this, &row, &typed.value))
            (number(line, "value2", to, &row, &typed.value2))
            td { div.pair {
                label.opt { input type="checkbox" name=(line.id("soft")) value="1" checked[typed.soft]; (words.say("goal-soft")) span.vh { ": " (row) } }
                span.suffix {
                    span.unit aria-hidden="true" { (words.say("grid-line")) }
                    input.w3 id=(line.id("line")) name=(line.id("line")) value=(typed.line) inputmode="numeric" autocomplete="off"
                        aria-label=(label("grid-line")) aria-invalid=[line.wrong("line").then_some("true")];
                }
            } }
            td.full data-l=(words.say("grid-col-way")) { div.pair {
                (plain(line, "trajectory", &label("grid-trajectory"), &typed.trajectory))
                (plain(line, "each", &label("grid-each"), &typed.each))
            } }
            td.full data-l=(words.say("grid-col-note")) { textarea id=(line.id("note")) name=(line.id("note")) rows="2" aria-label=(label("grid-col-note")) { (typed.note) } }
            td.mid data-l=(words.say("grid-col-drop")) { label.opt { input type="checkbox" name=(line.id("drop")) value="1" checked[typed.drop]; span.vh { (label("grid-col-drop")) } } }
        }
    }
}

/// A box for a line of text that may be wrong; how it is written stands under the table.
fn plain(line: &Line<'_>, field: &str, label: &str, typed: &str) -> Markup {
    let id = line.id(field);
    html! {
        input id=(id) name=(id) value=(typed) autocomplete="off" aria-label=(label)
            aria-invalid=[line.wrong(field).then_some("true")];
    }
}

/// A box for a number, with its reading under it when that is not what was typed.
fn number(line: &Line<'_>, field: &str, label: &str, row: &str, typed: &str) -> Markup {
    let read = thousandths(typed).map(show_thousandths).filter(|read| read != typed);
    let asked = field == "value" && line.said.is_some_and(|said| said.open);
    let id = line.id(field);
    let echo = format!("{id}-e");
    let described = match (&read, line.has_remarks()) {
        (Some(_), _) => Some(echo.clone()),
        (None, true) => Some(line.id("said")),
        (None, false) => None,
    };
    html! {
        td class=(if asked { "num warned" } else { "num" }) data-l=(label) {
            input.num-in.w5 id=(id) name=(id) value=(typed) inputmode="decimal" autocomplete="off"
                aria-label={ (label) ": " (row) } aria-describedby=[described]
                aria-invalid=[line.wrong(field).then_some("true")];
            @if let Some(read) = read { output.echo id=(echo) for=(id) { "= " (read) } }
        }
    }
}

/// The codes of a closed list as a choice; the words are `<prefix>-<code>`.
fn choice(
    words: &Words,
    id: &str,
    label: &str,
    prefix: &str,
    codes: &[&str],
    value: &str,
) -> Markup {
    html! {
        select id=(id) name=(id) aria-label=(label) {
            @for code in codes {
                option value=(code) selected[*code == value] { (words.say(&format!("{prefix}-{code}"))) }
            }
        }
    }
}

/// A box for the name of an indicator; the browser proposes the names of `names`.
fn indicator(ctx: &Ctx, line: &Line<'_>, label: &str) -> Markup {
    let defs = ctx.server.app.definitions();
    let typed = line.typed.indicator.as_str();
    let shown = defs.indicator(typed).map_or(typed, |known| known.name.as_str());
    let id = line.id("indicator");
    html! {
        input id=(id) name=(id) value=(shown) list=(NAMES) placeholder=(ctx.words.say("grid-no-indicator"))
            autocomplete="off" aria-label=(label) aria-invalid=[line.wrong("indicator").then_some("true")];
    }
}

/// What the boxes for indicators propose.
const NAMES: &str = "indicator-names";

/// The names of all indicators, once for the whole table.
pub fn names(ctx: &Ctx) -> Markup {
    let defs = ctx.server.app.definitions();
    let seen = defs.indicators.iter().filter(|i| ctx.signed.actor.sees(i.compartment));
    html! { datalist id=(NAMES) { @for i in seen { option value=(i.name) { (i.code) } } } }
}

/// What is wrong or should be looked at, and how to answer it.
fn remarks(words: &Words, line: &Line<'_>) -> Markup {
    let Some(said) = line.said else { return html! {} };
    html! {
        tr.answer {
            td.full colspan="10" id=(line.id("said")) {
                @for (field, message) in &said.wrong {
                    a href={ "#" (line.id(field)) } { (remark(Shape::Bad, &words.message(message), None)) }
                }
                @if let Some(target) = &said.target {
                    @for warning in &said.warnings {
                        (remark(Shape::Warn, &words.message(&warning.message(target)), None))
                    }
                    @if said.warnings.contains(&TargetWarning::UnitSlip) || target.correction.is_some() { (meant(words, line, target)) }
                    @if !said.warnings.is_empty() { (accept(words, line, said.open)) }
                }
            }
        }
    }
}

/// Which unit the number really has: the one written, or the one it is mistaken for.
fn meant(words: &Words, line: &Line<'_>, target: &TargetSet) -> Markup {
    let value = target.value.map(show_thousandths).unwrap_or_default();
    let others = ["percent", "per_mille"].into_iter().filter(|unit| *unit != target.unit);
    let chosen = target.correction.as_deref().unwrap_or_default();
    let id = line.id("correction");
    html! {
        span.suffix {
            label for=(id) { (words.say("grid-meant")) }
            select.w16 id=(id) name=(id) {
                option value="" { (words.say("grid-meant-open")) }
                option value=(target.unit) selected[chosen == target.unit] { (words.with("grid-meant-written", [("value", with_unit(words, &target.unit, &value).into())])) }
                @for unit in others { option value=(unit) selected[chosen == unit] { (with_unit(words, unit, &value)) } }
            }
        }
    }
}

/// Ticked when the warnings were answered, here or when the row was saved.
fn accept(words: &Words, line: &Line<'_>, open: bool) -> Markup {
    let numbers = line.typed.numbers();
    html! {
        label.opt {
            input type="checkbox" name=(line.id("accepted")) value=(numbers) checked[!open];
            (words.say("grid-accept")) span.vh { ": " (line.name(words)) }
        }
    }
}
