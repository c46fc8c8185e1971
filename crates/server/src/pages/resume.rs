//! A form that was sent after its session had ended: whoever wrote it signs in and sends it on.
//!
//! ```text
//! POST form ─ signed out ─► sign-in page with the form in it ─► the same user ─► "send it on" ─► POST form
//!                                                            └ somebody else ─► forgotten
//! ```

use super::layout;
use crate::http::{Carried, Server};
use crate::words::{Language, Words};
use axum::response::{Html, IntoResponse, Redirect, Response};
use maud::{Markup, html};
use tram_app::Failure;
use tram_app::desk::DraftForm;
use tram_app::signin::Token;

/// Fields of the sign-in page that hold the form.
const TO: &str = "carry-to";
const OF: &str = "carry-of";
const PAIRS: &str = "carry";

/// The form inside the sign-in page.
pub fn hidden(carried: &Carried) -> Markup {
    let mut text = form_urlencoded::Serializer::new(String::new());
    text.extend_pairs(&carried.pairs);
    html! {
        input type="hidden" name=(TO) value=(carried.to);
        input type="hidden" name=(OF) value=(carried.of);
        input type="hidden" name=(PAIRS) value=(text.finish());
    }
}

/// The form in what the sign-in page sent.
pub fn read(pairs: &[(String, String)]) -> Option<Carried> {
    let get =
        |name: &str| pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone());
    let pairs = form_urlencoded::parse(get(PAIRS)?.as_bytes()).into_owned().collect();
    Some(Carried { to: get(TO)?, of: get(OF)?, pairs })
}

/// After signing in: the page that sends the form on. Somebody else does not see what was in it.
pub async fn after(
    server: &Server,
    token: Token,
    carried: Carried,
    back: &str,
) -> Result<Response, Failure> {
    let Some(signed) = server.run(move |app| app.session(&token)).await? else {
        return Err(Failure::SignedOut);
    };
    let is_own = signed.actor.user.is_some_and(|user| user.to_string() == carried.of);
    let is_form = super::signin::own_path(&carried.to) == carried.to;
    if !is_own || !is_form {
        return Ok(Redirect::to("/").into_response());
    }
    let words = Words::of(Language::from_code(&signed.language));
    let form = carried.get("draft").to_owned();
    if !form.is_empty() {
        let draft = draft_of(&carried, form);
        server.run(move |app| app.keep_draft(&token, &draft)).await?;
    }
    let page = send_on(server, words, &signed.form_token, &carried, back);
    Ok(Html(page.into_string()).into_response())
}

/// The form as the page itself would keep it.
fn draft_of(carried: &Carried, form: String) -> DraftForm {
    let typed = carried.pairs.iter().filter(|(name, _)| name != "idem" && name != "draft");
    let body = serde_json::to_string(&typed.collect::<Vec<_>>()).unwrap_or_default();
    DraftForm { form, body, seen: String::new(), idem: carried.get("idem").to_owned() }
}

fn send_on(server: &Server, words: &Words, csrf: &str, carried: &Carried, back: &str) -> Markup {
    let title = words.say("resume-title");
    let body = html! {
        h1 { (title) }
        p { (words.say("resume-what")) }
        form.sec method="post" action=(carried.to) data-main {
            input type="hidden" name="csrf" value=(csrf);
            input type="hidden" name="of" value=(carried.of);
            @for (name, value) in &carried.pairs { input type="hidden" name=(name) value=(value); }
            div.acts {
                button.btn.main autofocus { (words.say("resume-save")) " " kbd.keyhint { "Ctrl+Enter" } }
                a.btn.quiet href=(back) { (words.say("resume-open")) }
                span.wait role="status" {}
            }
        }
    };
    layout::bare(server, words, &title, body)
}
