//! What only paper shows.

use crate::http::Ctx;
use maud::{Markup, html};

/// The heading of a printed page: whose it is, what it is, one line of context, who printed it.
pub fn print_head(ctx: &Ctx, title: &str, sub: &str) -> Markup {
    let (words, actor) = (ctx.words, &ctx.signed.actor);
    let at = ctx.server.app.now().show();
    let args = [("at", at.into()), ("name", actor.user_name.as_str().into())];
    html! {
        div.print-only { div.print-head {
            div { p { (actor.unit_name) } h2 { (title) } }
            div { (sub) br; (words.with("printed-at", args)) }
        } }
    }
}
