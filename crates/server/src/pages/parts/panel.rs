//! Panels: whose record this is, facts in two columns, tabs, an empty list.

use maud::{Markup, html};

/// Who or what a page is about, before everything else.
pub struct Strip<'a> {
    pub name: &'a str,
    /// Sex, age, how exactly the birth is known.
    pub small: Markup,
    pub acts: Markup,
    /// Label and value, in one line.
    pub facts: Vec<(String, Markup)>,
    /// What must not be overlooked.
    pub safety: Vec<Markup>,
}

pub fn strip(s: &Strip<'_>) -> Markup {
    html! {
        div.strip {
            div.row {
                h1 { (s.name) " " small { (s.small) } }
                @if !s.acts.0.is_empty() { div.acts { (s.acts) } }
            }
            @if !s.facts.is_empty() {
                dl.line { @for (label, value) in &s.facts { div { dt { (label) } dd { (value) } } } }
            }
            @if !s.safety.is_empty() {
                p.safety { @for said in &s.safety { (said) " " } }
            }
        }
    }
}

/// Facts with their labels, one column width everywhere. Nothing at all when there are none.
pub fn facts(rows: &[(Markup, Markup)]) -> Markup {
    html! {
        @if !rows.is_empty() {
            dl.facts { @for (label, value) in rows { dt { (label) } dd { (value) } } }
        }
    }
}

/// Tabs as links: address, words, whether it is the one shown.
pub fn tabs(label: &str, links: &[(String, String, bool)]) -> Markup {
    html! {
        nav.tabs aria-label=(label) {
            @for (to, text, here) in links {
                a href=(to) aria-current=[here.then_some("true")] { (text) }
            }
        }
    }
}

/// A page or a list with nothing in it: why, and the next step.
pub fn empty(title: &str, what: &str, acts: Markup) -> Markup {
    html! {
        div.empty {
            h2 { (title) }
            p { (what) }
            @if !acts.0.is_empty() { div.acts { (acts) } }
        }
    }
}
