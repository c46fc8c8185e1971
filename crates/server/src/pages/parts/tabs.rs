//! A row of links to views of the same thing.

use maud::{Markup, html};

/// `at` is the address of the view one is looking at.
pub fn tabs(label: &str, views: &[(String, String)], at: &str) -> Markup {
    html! {
        nav.tabs aria-label=(label) {
            @for (text, to) in views {
                a href=(to) aria-current=[(to == at).then_some("page")] { (text) }
            }
        }
    }
}
