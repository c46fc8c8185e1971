//! The record card with its QR code, and the slip by which somebody opens their own record once.

use super::{load, must_write};
use crate::http::{Answer, Ctx, Fields};
use crate::pages::parts::{Head, Shape, head, note, print_head, qr, section};
use crate::pages::{citizen, layout};
use axum::extract::Path;
use axum::http::HeaderMap;
use axum::response::{Html, IntoResponse};
use maud::{Markup, html};
use tram_app::citizen::Slip;
use tram_app::person::PersonPage;
use tram_defs::role::Action;
use tram_domain::card;
use tram_kernel::{BirthDate, PersonId, Sex};

/// What a card says of somebody.
pub struct Owner<'a> {
    pub id: PersonId,
    pub name: &'a str,
    pub sex: Sex,
    pub born: BirthDate,
    pub village: &'a str,
}

/// One card in the size of a bank card.
pub fn draw(ctx: &Ctx, owner: &Owner<'_>) -> Markup {
    let words = ctx.words;
    html! {
        div.id-card {
            div {
                p.sm { (ctx.signed.actor.unit_name) }
                p.owner { (owner.name) }
                p { (words.say(&format!("sex-{}", owner.sex.code()))) ", " (words.say("born-word")) " " (owner.born.show()) }
                p { (owner.village) }
                p.sm { (words.say("idcard-what")) }
            }
            (qr(&card::number(owner.id), &words.say("idcard-qr")))
        }
    }
}

pub async fn show(ctx: Ctx, Path(id): Path<String>) -> Answer {
    let page = load(&ctx, &id).await?;
    Ok(Html(whole(&ctx, &page, None).into_string()).into_response())
}

/// Makes a code, and shows it this once.
pub async fn make(Path(id): Path<String>, headers: HeaderMap, form: Fields) -> Answer {
    let ctx = &form.ctx;
    must_write(ctx)?;
    let page = load(ctx, &id).await?;
    let whose = page.view.person.id;
    let slip = ctx.run(move |app, actor| app.citizen_code(actor, whose)).await?;
    let host = headers.get("host").and_then(|host| host.to_str().ok()).unwrap_or_default();
    let scheme = if ctx.server.secure { "https" } else { "http" };
    let place = format!("{scheme}://{host}{}", citizen::PLACE);
    let said = whole(ctx, &page, Some((&slip, &place)));
    Ok(Html(said.into_string()).into_response())
}

fn whole(ctx: &Ctx, page: &PersonPage, made: Option<(&Slip, &str)>) -> Markup {
    let (words, p) = (ctx.words, &page.view.person);
    let to = format!("/people/{}", p.id);
    let (people, title) = (words.say("menu-people"), words.say("idcard-title"));
    let name = p.name.shown();
    let h = Head {
        crumbs: &[(&people, "/people"), (name, &to)],
        title: &title,
        sub: html! {},
        acts: html! { button.btn type="button" data-print hidden { (words.say("print-page")) } },
    };
    let may = ctx.signed.actor.may(Action::PersonWrite) && !p.is_dead();
    let body = html! {
        (head(words, &h))
        @match made {
            Some((slip, place)) => { (print_head(ctx, &words.say("citizen-slip"), "")) (paper(ctx, page, slip, place)) }
            None => {
                (print_head(ctx, &title, ""))
                (section(&words.say("idcard-section"), html! {}, html! {
                    p.mute.no-print { (words.say("idcard-lead")) }
                    div.id-cards { (draw(ctx, &owner(page))) }
                }))
                @if may { div.no-print { (section(&words.say("citizen-section"), html! {}, asking(ctx, &to))) } }
            }
        }
    };
    layout::page(ctx, &format!("{title}: {name}"), "/people", body)
}

fn owner(page: &PersonPage) -> Owner<'_> {
    let p = &page.view.person;
    let village = p.last_residence().and_then(|lives| page.areas.get(&lives.area));
    Owner {
        id: p.id,
        name: p.name.shown(),
        sex: *p.sex.shown(),
        born: p.born.shown().date,
        village: village.map_or("", String::as_str),
    }
}

fn asking(ctx: &Ctx, to: &str) -> Markup {
    let words = ctx.words;
    html! {
        p { (words.say("citizen-lead")) }
        p.mute { (words.say("citizen-mind")) }
        form.sec method="post" action={ (to) "/card" } data-main {
            input type="hidden" name="csrf" value=(ctx.signed.form_token);
            button.btn.main { (words.say("citizen-make")) } " " span.wait role="status" {}
        }
    }
}

/// The slip to hand over: the code, where it is used, how long.
fn paper(ctx: &Ctx, page: &PersonPage, slip: &Slip, place: &str) -> Markup {
    let words = ctx.words;
    let spaced = citizen::spaced(&slip.code);
    let here =
        place.contains("//127.") || place.contains("//localhost") || place.contains("//[::1]");
    html! {
        @if here { (note(Shape::Warn, "", html! { p { (words.say("citizen-only-here")) } }, None)) }
        div.id-cards {
            div.id-card.slip-code {
                div {
                    p.sm { (ctx.signed.actor.unit_name) }
                    p.owner { (page.view.person.name.shown()) }
                    p { (words.say("citizen-code")) ": " b.code.nw { (spaced) } }
                    p.sm { (words.with("citizen-use", [("place", place.into())])) }
                    p.sm { (words.with("citizen-until", [("at", slip.until.show().into())])) }
                }
                (qr(&format!("{place}#{}", slip.code), &words.say("citizen-qr")))
            }
        }
        p.mute.no-print { (words.say("citizen-once")) }
        p.no-print { a.btn href={ "/people/" (page.view.person.id) } { (words.say("summary-back")) } }
    }
}
