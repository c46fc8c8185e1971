//! The parts every screen is built of: one function a component of `design/ux.md`.

mod chart;
mod column;
mod control;
mod done;
mod form;
mod lots;
mod panel;
mod paper;
mod period;
mod qr;
mod sheet;
mod source;
mod trend;
pub mod typed;

pub use chart::{progress, spark};
pub use column::table_column;
pub use control::{choices, option_line, radio_field, tick, tick_field};
pub use done::{done, flash};
pub use form::{
    Choice, Field, area_field, carried, confirm, confirm_with, errors, field, hidden_tokens,
    kept_tokens, list_choices, radios,
};
pub use lots::lot_choices;
pub use panel::{Strip, empty, facts, strip, tabs};
pub use paper::print_head;
pub use period::{period_field, period_name};
pub use qr::qr;
pub use sheet::{ASKED, Sheet};
pub use source::{confidence, validity};
pub use trend::{Point, trend};

use crate::words::Words;
use maud::{Markup, PreEscaped, html};
use tram_kernel::{Date, day};

/// What a status says, in shape, word and colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    Ok,
    On,
    Warn,
    Late,
    Bad,
    Now,
    Soon,
    Hold,
    Never,
    None,
    Alert,
    Info,
    Differ,
}

impl Shape {
    const fn drawing(self) -> &'static str {
        match self {
            Self::Ok | Self::On => r#"<path d="M1.5 6.5 4.6 9.6 10.5 2.5"/>"#,
            Self::Warn | Self::Late => r#"<path class="f" d="M6 1 11.6 11H.4z"/>"#,
            Self::Bad => r#"<path d="m2 2 8 8M10 2l-8 8"/>"#,
            Self::Now => r#"<circle class="f" cx="6" cy="6" r="4.6"/>"#,
            Self::Soon => r#"<circle cx="6" cy="6" r="4.4"/>"#,
            Self::Hold => r#"<path d="M3.8 1.8v8.4M8.2 1.8v8.4"/>"#,
            Self::Never => r#"<circle cx="6" cy="6" r="4.8"/><path d="m2.8 9.2 6.4-6.4"/>"#,
            Self::None => r#"<path d="M1.5 6h9"/>"#,
            Self::Alert => r#"<path d="M6 .8v6.6M6 9.2v2.2"/>"#,
            Self::Info => r#"<path d="M6 4.6v6.6M6 .8v2.2"/>"#,
            Self::Differ => r#"<path d="M1.2 4.2h9.6M1.2 7.8h9.6M8.8 1 3.2 11"/>"#,
        }
    }

    const fn colour(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::On => "on",
            Self::Warn | Self::Differ => "warn",
            Self::Late => "late",
            Self::Bad | Self::Alert => "bad",
            Self::Now | Self::Info => "now",
            Self::Soon => "soon",
            Self::Hold => "hold",
            Self::Never => "never",
            Self::None => "none",
        }
    }
}

/// The drawing of a shape alone.
pub fn icon(shape: Shape) -> Markup {
    html! {
        svg viewBox="0 0 12 12" aria-hidden="true" { (PreEscaped(shape.drawing())) }
    }
}

/// A status: shape, word, colour.
pub fn status(shape: Shape, word: &str) -> Markup {
    html! { span class={ "st " (shape.colour()) } { (icon(shape)) span { (word) } } }
}

/// A line under a field or in a cell.
pub fn remark(shape: Shape, text: &str, id: Option<&str>) -> Markup {
    let kind = match shape {
        Shape::Bad | Shape::Alert => "bad",
        Shape::Warn => "warn",
        _ => "ok",
    };
    html! { p class={ "msg " (kind) } id=[id] { (icon(shape)) span { (text) } } }
}

/// A framed note: information, warning or error, with what can be done about it.
pub fn note(shape: Shape, title: &str, body: Markup, acts: Option<Markup>) -> Markup {
    let kind = match shape {
        Shape::Bad | Shape::Alert => "bad",
        Shape::Warn | Shape::Differ => "warn",
        Shape::Ok => "ok",
        _ => "",
    };
    html! {
        div class={ "note " (kind) } {
            (icon(shape))
            div { @if !title.is_empty() { h2 { (title) } } (body) }
            @if let Some(acts) = acts { div.acts { (acts) } }
        }
    }
}

/// The heading of a page: where one is, title, one line, what can be done.
pub struct Head<'a> {
    pub crumbs: &'a [(&'a str, &'a str)],
    pub title: &'a str,
    pub sub: Markup,
    pub acts: Markup,
}

pub fn head(words: &Words, h: &Head<'_>) -> Markup {
    html! {
        div.head {
            div {
                @if !h.crumbs.is_empty() {
                    nav aria-label=(words.say("crumbs")) {
                        ol.crumbs { @for (text, to) in h.crumbs { li { a href=(to) { (text) } } } }
                    }
                }
                h1 { (h.title) }
                @if !h.sub.0.is_empty() { p { (h.sub) } }
            }
            @if !h.acts.0.is_empty() { div.acts { (h.acts) } }
        }
    }
}

/// A section with its heading and, on the right, a link or a remark.
pub fn section(title: &str, side: Markup, body: Markup) -> Markup {
    html! {
        section.sec {
            div.h { h2 { (title) } @if !side.0.is_empty() { div { (side) } } }
            (body)
        }
    }
}

/// A column heading; `class` is one of the table classes (`num`, `last`, `mid` …).
pub struct Col<'a> {
    pub title: &'a str,
    pub class: &'a str,
}

pub const fn col<'a>(title: &'a str, class: &'a str) -> Col<'a> {
    Col { title, class }
}

/// A table in its own scroll region that the keyboard reaches. `body` holds the rows; `selectable` rows
/// are walked through with the arrow keys.
pub fn table(label: &str, class: &str, cols: &[Col<'_>], selectable: bool, body: Markup) -> Markup {
    html! {
        div.scroll role="region" aria-label=(label) tabindex="0" {
            table class={ "tbl " (class) } {
                thead { tr {
                    @for c in cols {
                        @if c.class == "last" {
                            th.last scope="col" { span.vh { (c.title) } }
                        } @else {
                            th scope="col" class=[(!c.class.is_empty()).then_some(c.class)] { (c.title) }
                        }
                    }
                } }
                tbody data-rows[selectable] { (body) }
            }
        }
    }
}

/// `Quá 14 ngày`, `Quá 5 tháng`, `Quá 4 năm`: as exact as it is useful.
pub fn late(words: &Words, due: Date, today: Date) -> String {
    let days = day::days_between(due, today);
    let (code, n) = match days {
        ..90 => ("due-late", days),
        90..730 => ("due-late-months", days / 30),
        _ => ("due-late-years", days / 365),
    };
    words.with(code, [("n", n.into())])
}

/// `Quá 14 ngày`, `Hôm nay`, `Từ 12/02/2026`.
pub fn due_status(words: &Words, due: Date, overdue: Date, today: Date) -> Markup {
    if overdue <= today {
        return status(Shape::Late, &late(words, due, today));
    }
    if due <= today {
        return status(Shape::Now, &words.say("due-now"));
    }
    status(Shape::Soon, &day::show(due))
}
