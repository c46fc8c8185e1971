//! The keys: one map for all pages. What a page does not have is not listed on it.
//!
//! ```text
//! KEYS            keys of the frame and of lists, each with what must be on the page for it to work
//! data-key="N"    a button's own letter, written beside its words; the table of keys reads it off the page
//! ```
//!
//! `tram.js` obeys the same map: it takes the letters from the page and the rest from the table.

use super::layout;
use super::parts::{Head, head};
use crate::http::{Answer, Ctx, Server};
use crate::words::Words;
use axum::Router;
use axum::response::{Html, IntoResponse};
use axum::routing::get;
use maud::{Markup, html};

/// A key, the code of its words, and a selector of what it works on.
struct Key {
    keys: &'static str,
    code: &'static str,
    on: &'static str,
}

const fn key(keys: &'static str, code: &'static str, on: &'static str) -> Key {
    Key { keys, code, on }
}

const KEYS: [Key; 12] = [
    key("/ · Ctrl+K", "key-find", ".find"),
    key("Alt+1 … 9 · G 1 … 9", "key-menu", ".menu [data-slot]"),
    key("Alt+0", "key-switch", "[data-slot='0']"),
    key("↑ ↓ · J K · Home · End", "key-rows", "main [data-rows] > *"),
    key("Enter", "key-open", "main [data-rows] [data-open]"),
    key("Enter", "key-row-save", "[data-session] [data-first]"),
    key("Ctrl+Enter", "key-save", "form[data-main]"),
    key("Ctrl+Shift+Enter", "key-next", "[data-next]"),
    key("Tab · Shift+Tab", "key-tab", "form[data-main]"),
    key("Esc", "key-close", "body"),
    key("Ctrl+P", "key-print", "main"),
    key("?", "key-help", "body"),
];

pub fn routes() -> Router<Server> {
    Router::new().route("/keys", get(show))
}

fn table(words: &Words) -> Markup {
    html! {
        table.tbl.tight {
            thead { tr { th scope="col" { (words.say("keys-key")) } th scope="col" { (words.say("keys-does")) } } }
            tbody data-keys { @for key in &KEYS {
                tr data-on=(key.on) { th scope="row" { (key.keys) } td { (words.say(key.code)) } }
            } }
        }
    }
}

/// The table of keys over a page; without script its link leads to the page of its own.
pub fn dialog(words: &Words) -> Markup {
    html! {
        dialog.dlg id="keys" aria-labelledby="keys-t" {
            h2 id="keys-t" { (words.say("keys-title")) }
            (table(words))
            p { label.opt { input type="checkbox" data-keys-off; (words.say("keys-off")) } }
            div.acts.end { button.btn.main type="button" data-close { (words.say("close")) } }
        }
    }
}

async fn show(ctx: Ctx) -> Answer {
    let words = ctx.words;
    let title = words.say("keys-title");
    let h = Head {
        crumbs: &[],
        title: &title,
        sub: html! { (words.say("keys-letters")) },
        acts: html! {},
    };
    let body = html! { (head(words, &h)) div.narrow { (table(words)) } };
    Ok(Html(layout::page(&ctx, &title, "", body).into_string()).into_response())
}
