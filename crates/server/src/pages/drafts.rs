//! Drafts of forms, kept while one types: the page sends them every few seconds and asks for its own when a
//! form is opened again. Only ever one's own.

use super::parts::{Shape, note};
use crate::http::{Answer, Ctx, Fields, Server};
use axum::Router;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use maud::{Markup, html};
use tram_app::desk::{DraftForm, Kept};
use tram_kernel::moment;

pub fn routes() -> Router<Server> {
    Router::new()
        .route("/drafts", post(keep))
        .route("/drafts/find", post(find))
        .route("/drafts/drop", post(throw_away))
}

/// Answers the time at which it was kept; nothing when the form was saved meanwhile.
async fn keep(form: Fields) -> Answer {
    let token = form.ctx.token;
    let draft = DraftForm {
        form: form.get("form").to_owned(),
        body: form.get("body").to_owned(),
        seen: form.get("seen").to_owned(),
        idem: form.get("idem").to_owned(),
    };
    let kept = form.ctx.run(move |app, _| app.keep_draft(&token, &draft)).await?;
    let now = moment::show_time(form.ctx.server.app.now().minute());
    Ok(if kept { now.into_response() } else { StatusCode::NO_CONTENT.into_response() })
}

/// The draft of a form, as the page sent it, with the words for when.
async fn find(form: Fields) -> Answer {
    let (name, token) = (form.get("form").to_owned(), form.ctx.token);
    let found = form.ctx.run(move |app, _| app.kept_draft(&token, &name)).await?;
    let Some(kept) = found else { return Ok(StatusCode::NO_CONTENT.into_response()) };
    let today = kept.at.day() == form.ctx.today();
    let when = if today { moment::show_time(kept.at.minute()) } else { kept.at.show() };
    let answer = serde_json::json!({ "at": when, "seen": kept.seen, "body": kept.body });
    Ok(json(&answer.to_string()))
}

async fn throw_away(form: Fields) -> Answer {
    let (name, token) = (form.get("form").to_owned(), form.ctx.token);
    form.ctx.run(move |app, _| app.drop_draft(&token, &name)).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Where a form stands, and the words for it; nothing for one that is not there any more.
fn place_of(form: &str) -> Option<(String, String)> {
    let (kind, whose) = form.split_once(':').unwrap_or((form, ""));
    let of = |list: &str, rest: &str| format!("/{list}/{whose}{rest}");
    let place = match (kind, whose) {
        ("person", "new") => ("/people/new".into(), "register-title".into()),
        ("person", _) => (of("people", "/edit"), "person-edit".into()),
        ("household", "new") => ("/households/new".into(), "household-new".into()),
        ("household", id) if id.starts_with("ho-") => {
            (of("households", "/edit"), "household-edit".into())
        }
        ("dose", _) => (of("people", "/immunisation"), "card-give".into()),
        ("aefi", _) => (of("people", "/aefi"), "aefi-new".into()),
        ("receive", _) => ("/stock/receive".into(), "stock-receive".into()),
        ("count", _) => ("/stock/count".into(), "stock-count".into()),
        ("fridge", _) => ("/cold/new".into(), "cold-new".into()),
        ("incident", _) => (of("cold", "/incident"), "cold-incident-new".into()),
        ("plan", "new") => ("/plans/new".into(), "plans-new".into()),
        ("plan", _) => (of("plans", "/edit"), "plan-edit".into()),
        (kind, id) if id.starts_with("ng-") && kind.contains('.') => {
            let (what, code) = kind.split_once('.')?;
            match what {
                "form" => (of("people", &format!("/forms/{code}")), "programme-form".into()),
                "enrol" => {
                    (of("people", &format!("/programmes/{code}/enrol")), "programme-enrol".into())
                }
                "leave" => {
                    (of("people", &format!("/programmes/{code}/leave")), "programme-leave".into())
                }
                _ => return None,
            }
        }
        (kind, id) if id.starts_with("ng-") => {
            (of("people", &format!("/{kind}")), format!("entry-{kind}"))
        }
        (kind, _) => {
            let what = kind.strip_prefix("lot-")?;
            (of("stock/lots", &format!("/{what}")), "lot-acts".into())
        }
    };
    Some(place)
}

/// One's own forms that wait to be gone on with.
pub fn waiting(ctx: &Ctx, kept: &[Kept]) -> Markup {
    let words = ctx.words;
    let found: Vec<_> =
        kept.iter().filter_map(|kept| Some((kept, place_of(&kept.form)?))).take(5).collect();
    html! {
        @if !found.is_empty() {
            (note(Shape::Info, &words.say("drafts-waiting"), html! {
                ul.todo { @for (kept, (to, code)) in &found {
                    li { a href=(to) { (words.say(code)) } " " span.mute { (kept.at.show()) } }
                } }
            }, None))
        }
    }
}

fn json(text: &str) -> Response {
    ([(axum::http::header::CONTENT_TYPE, "application/json")], text.to_owned()).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_leads_back_to_its_form() {
        for (form, to) in [
            ("person:new", "/people/new"),
            ("move-out:ng-1", "/people/ng-1/move-out"),
            ("household:ng-1", "/people/ng-1/household"),
            ("household:ho-1", "/households/ho-1/edit"),
            ("form.phq9:ng-1", "/people/ng-1/forms/phq9"),
            ("leave.hiv:ng-1", "/people/ng-1/programmes/hiv/leave"),
            ("lot-lose:lo-1", "/stock/lots/lo-1/lose"),
            ("plan:kh-1", "/plans/kh-1/edit"),
        ] {
            assert_eq!(place_of(form).map(|(to, _)| to).as_deref(), Some(to));
        }
        assert!(place_of("something:else").is_none());
    }
}
