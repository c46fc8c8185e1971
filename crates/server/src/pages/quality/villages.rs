//! Villages still written under an old commune: the commune of today is chosen on the line itself.

use crate::http::{Answer, Ctx, Fields, Trouble};
use crate::pages::parts::{Shape, col, hidden_tokens, remark, section, table};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect};
use maud::{Markup, html};
use tram_app::Failure;
use tram_app::unit::Redrawn;
use tram_defs::role::Action;
use tram_kernel::{AreaId, CommuneCode, Message};

/// What was typed on one line, and why it was not written.
pub(super) struct Left {
    area: AreaId,
    typed: String,
    wrong: String,
}

pub(super) async fn place(form: Fields) -> Answer {
    let ctx = &form.ctx;
    let gone = || Trouble::signed(ctx.clone(), Failure::NotFound);
    let area: AreaId = form.get("area").parse().map_err(|_| gone())?;
    let typed = form.get("commune").trim().to_owned();
    let placed = match typed.parse::<CommuneCode>() {
        Ok(commune) => ctx.try_run(move |app, actor| app.place_area(actor, area, commune)).await,
        Err(_) => {
            let message = Message::new("village-bad-commune");
            Err(Failure::refused_field(message, "commune"))
        }
    };
    match placed {
        Ok(()) => Ok(Redirect::to("/quality?done=redrawn").into_response()),
        Err(Failure::Refused { message, .. }) => {
            let wrong = ctx.words.message(&message);
            let inbox = ctx.run(|app, actor| app.inbox(actor)).await?;
            let page = super::draw(ctx, &inbox, "", Some(&Left { area, typed, wrong }));
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page.into_string())).into_response())
        }
        Err(failure) => Err(Trouble::signed(ctx.clone(), failure)),
    }
}

pub(super) fn list(ctx: &Ctx, villages: &[Redrawn], left: Option<&Left>) -> Markup {
    let words = ctx.words;
    let title = words.with("quality-redrawn", [("n", villages.len().into())]);
    let titles = ["quality-redrawn-village", "quality-redrawn-old", "quality-redrawn-new"]
        .map(|code| words.say(code));
    let [village, old, new] = titles.each_ref().map(|t| t.as_ref());
    let cols = [col(village, ""), col(old, ""), col(new, "")];
    let body = html! { @for one in villages {
        tr {
            th.first scope="row" { (one.area.name) }
            td data-l=(old) {
                (one.old)
                span.sub { (became(ctx, one)) }
            }
            td.full.pick data-l=(new) {
                @if ctx.signed.actor.may(Action::UnitWrite) {
                    (chooser(ctx, one, left.filter(|left| left.area == one.area.id)))
                } @else { span.mute { (words.say("quality-redrawn-who")) } }
            }
        }
    } };
    section(
        &title,
        html! {},
        html! {
            p.mute { (words.say("quality-redrawn-what")) }
            (table(&title, "stack top", &cols, true, body))
        },
    )
}

fn became(ctx: &Ctx, one: &Redrawn) -> String {
    let words = ctx.words;
    match &one.choices[..] {
        [] => words.say("quality-redrawn-unknown").into_owned(),
        [(_, only)] => words.with("quality-redrawn-one", [("commune", only.as_str().into())]),
        several => words.with("quality-redrawn-several", [("n", several.len().into())]),
    }
}

/// Among the communes it may lie in; typed by code when none is known.
fn chooser(ctx: &Ctx, one: &Redrawn, left: Option<&Left>) -> Markup {
    let words = ctx.words;
    let label = words.with("quality-redrawn-choose", [("village", one.area.name.as_str().into())]);
    let id = format!("commune-{}", one.area.id);
    let typed = left.map_or("", |left| left.typed.as_str());
    let message_id = format!("{id}-m");
    let described = left.is_some().then_some(message_id.as_str());
    let invalid = left.is_some().then_some("true");
    html! {
        form.acts method="post" action="/quality/villages" {
            (hidden_tokens(ctx))
            input type="hidden" name="area" value=(one.area.id);
            @if one.choices.is_empty() {
                input id=(id) name="commune" inputmode="numeric" autocomplete="off" required aria-label=(label)
                    aria-describedby=[described] aria-invalid=[invalid] value=(typed);
            } @else {
                select id=(id) name="commune" required aria-label=(label) aria-describedby=[described]
                    aria-invalid=[invalid] {
                    @if one.choices.len() > 1 { option value="" { "…" } }
                    @for (code, name) in &one.choices {
                        option value=(code) selected[code.to_string() == typed] { (name) }
                    }
                }
            }
            button.btn { (words.say("quality-redrawn-save")) }
        }
        @if let Some(left) = left { (remark(Shape::Bad, &left.wrong, Some(&message_id))) }
    }
}
