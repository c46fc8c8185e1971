//! What was just done, said once on the page that follows: `?done=code` → the words `done-code`, and the way
//! to take it back while one may.

use super::{Shape, icon};
use crate::http::Ctx;
use crate::pages::undo;
use maud::{Markup, html};

/// Nothing when the code is empty or not one of ours.
pub fn done(ctx: &Ctx, done: &str) -> Markup {
    let code = format!("done-{done}");
    html! { @if !done.is_empty() && ctx.words.has(&code) { (flash(ctx, &ctx.words.say(&code))) } }
}

/// What was just done, after the redirect.
pub fn flash(ctx: &Ctx, text: &str) -> Markup {
    html! {
        div.note.ok role="status" {
            (icon(Shape::Ok))
            div { p { (text) } }
            @if let Some(set) = &ctx.undo { div.acts.no-print { (undo::button(ctx, set, &ctx.uri, None)) } }
        }
    }
}
