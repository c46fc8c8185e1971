//! Taking back what was just saved: the button beside "saved", one address for every kind of save.

use super::signin::own_path;
use crate::http::{Answer, Ctx, Fields, Server};
use axum::Router;
use axum::response::{IntoResponse, Redirect};
use axum::routing::post;
use maud::{Markup, html};
use tram_app::undo::RecentSave;
use tram_domain::fact::Subject;

pub fn routes() -> Router<Server> {
    Router::new().route("/undo", post(undo))
}

/// Where one stands when the record a save had opened is not there any more.
const fn list_of(subject: Subject) -> &'static str {
    match subject {
        Subject::Person(_) => "/people",
        Subject::Household(_) => "/households",
        Subject::Lot(_) => "/stock",
        _ => "/",
    }
}

async fn undo(form: Fields) -> Answer {
    let reason = form.ctx.words.say("undo-reason").into_owned();
    let set = form.get("set").to_owned();
    let undone = form.ctx.run(move |app, actor| app.undo(actor, &set, &reason)).await?;
    let back = own_path(form.get("back"));
    let to = if undone.is_gone { list_of(undone.subject) } else { back };
    let sign = if to.contains('?') { '&' } else { '?' };
    Ok(Redirect::to(&format!("{to}{sign}undone=1")).into_response())
}

/// An address without what was said on it once.
fn plain(uri: &str) -> String {
    let Some((path, query)) = uri.split_once('?') else { return uri.to_owned() };
    let said = |part: &&str| !part.starts_with("done=") && !part.starts_with("undone=");
    let rest: Vec<&str> = query.split('&').filter(said).collect();
    if rest.is_empty() { path.to_owned() } else { format!("{path}?{}", rest.join("&")) }
}

/// Whether an address follows a save; one that follows taking a save back does not.
pub fn tells_of_a_save(uri: &str) -> bool {
    let query = uri.split_once('?').map_or("", |(_, query)| query);
    query.split('&').any(|part| part.starts_with("done="))
}

/// The save a page tells of, if it may still be taken back: the newest about whom the page is about.
pub fn told_on<'a>(uri: &str, saves: &'a [RecentSave]) -> Option<&'a RecentSave> {
    let named = saves.iter().find(|save| uri.contains(&save.subject.to_string()));
    let of_list = |save: &&RecentSave| {
        let group = save.action.split('.').next();
        (uri.starts_with("/stock") && group == Some("stock"))
            || (uri.starts_with("/cold") && group == Some("coldchain"))
    };
    named.or_else(|| saves.iter().find(of_list))
}

/// The button.
pub fn button(ctx: &Ctx, set: &str, back: &str, whose: Option<&str>) -> Markup {
    let words = ctx.words;
    let label = whose.map(|name| words.with("undo-of", [("name", name.into())]));
    html! {
        form method="post" action="/undo" {
            input type="hidden" name="csrf" value=(ctx.signed.form_token);
            input type="hidden" name="set" value=(set);
            input type="hidden" name="back" value=(plain(back));
            button.btn.quiet.sm data-key=[whose.is_none().then_some("U")] aria-label=[label] {
                (words.say("undo")) @if whose.is_none() { " " kbd.keyhint { "U" } }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_once_what_was_done() {
        for (uri, left) in [
            ("/people/x?done=born", "/people/x"),
            ("/stock?unit=3&done=stock-received", "/stock?unit=3"),
            ("/people/x?undone=1&only=doses", "/people/x?only=doses"),
            ("/", "/"),
        ] {
            assert_eq!(plain(uri), left);
        }
        assert!(tells_of_a_save("/stock?unit=3&done=stock-received"));
        assert!(!tells_of_a_save("/people/x?undone=1"));
    }
}
