//! What is written about an event later: who was told, how it went on, what was concluded. Three small
//! forms beside the event; one that cannot be saved comes back with what was typed.

use super::form::{load, must_write};
use super::one::{draw, find};
use crate::http::{Answer, Ctx, Fields};
use crate::pages::parts::{Sheet, list_choices, typed};
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};
use tram_domain::fact::{AefiConcluded, AefiFollowed, AefiReported};
use tram_domain::immunisation::{Aefi, AefiWish};
use tram_kernel::{Date, day, moment};

/// A form that was sent and could not be saved.
pub struct Typed {
    which: Which,
    sheet: Sheet,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Which {
    Sent,
    Follow,
    Conclude,
}

impl Which {
    /// Last part of its address, and what is said once it is saved.
    const fn code(self) -> (&'static str, &'static str) {
        match self {
            Self::Sent => ("sent", "aefi-sent"),
            Self::Follow => ("follow", "aefi-followed"),
            Self::Conclude => ("conclude", "aefi-concluded"),
        }
    }
}

/// The three forms: fresh, or as they were typed.
pub fn forms(ctx: &Ctx, aefi: &Aefi, to: &str, typed: Option<&Typed>) -> Markup {
    let words = ctx.words;
    let sheet = |which: Which| match typed.filter(|typed| typed.which == which) {
        Some(typed) => typed.sheet.clone(),
        None => fresh(ctx, aefi, which),
    };
    let is_open = typed.is_some_and(|typed| typed.which == Which::Conclude);
    html! {
        @if aefi.event.what.severe {
            h2 id="gui" { (words.say("aefi-mark-sent")) }
            (sent_form(ctx, &sheet(Which::Sent), to))
        }
        h2.sec { (words.say("aefi-follow")) }
        (follow_form(ctx, &sheet(Which::Follow), to))
        details.sec open[is_open] {
            summary { b { (words.say("aefi-conclude")) } }
            (conclude_form(ctx, &sheet(Which::Conclude), to))
        }
    }
}

fn fresh(ctx: &Ctx, aefi: &Aefi, which: Which) -> Sheet {
    let defs = ctx.server.app.definitions();
    let today = day::show(ctx.today());
    let mut sheet = Sheet::fresh(ctx);
    match which {
        Which::Sent => {
            sheet.set("sent_to", aefi.missing(&defs).first().copied().unwrap_or_default());
            sheet.set("sent_on", today);
            sheet.set("sent_at", moment::show_time(ctx.server.app.now().minute()));
            sheet.set("sent_by", ctx.signed.actor.user_name.as_str());
        }
        Which::Follow => sheet.set("follow_on", today),
        Which::Conclude => sheet.set("cause_on", today),
    }
    sheet
}

fn sent_form(ctx: &Ctx, sheet: &Sheet, to: &str) -> Markup {
    let fields = html! {
        (sheet.field(ctx, "sent_to", |f| { f.class = "c12"; f.choices = Some(list_choices(ctx, "aefi_receiver", None)); }))
        (sheet.field(ctx, "sent_on", |f| { f.class = "c6"; f.required = true; }))
        (sheet.field(ctx, "sent_at", |f| { f.class = "c6"; f.required = true; }))
        (sheet.field(ctx, "sent_by", |f| f.class = "c6"))
        (sheet.field(ctx, "sent_document", |f| f.class = "c6"))
    };
    frame(ctx, sheet, to, Which::Sent, "aefi-mark-sent", &fields)
}

fn follow_form(ctx: &Ctx, sheet: &Sheet, to: &str) -> Markup {
    let fields = html! {
        (sheet.field(ctx, "follow_outcome", |f| { f.class = "c12"; f.choices = Some(list_choices(ctx, "aefi_outcome", None)); }))
        (sheet.field(ctx, "follow_on", |f| { f.class = "c6"; f.required = true; }))
        (sheet.field(ctx, "follow_told", |f| f.class = "c12"))
    };
    frame(ctx, sheet, to, Which::Follow, "aefi-follow", &fields)
}

fn conclude_form(ctx: &Ctx, sheet: &Sheet, to: &str) -> Markup {
    let fields = html! {
        (sheet.field(ctx, "aefi_cause", |f| { f.class = "c12"; f.choices = Some(list_choices(ctx, "aefi_cause", None)); }))
        (sheet.field(ctx, "cause_on", |f| { f.class = "c6"; f.required = true; }))
        (sheet.field(ctx, "cause_by", |f| f.class = "c12"))
        (sheet.field(ctx, "cause_told", |f| f.class = "c12"))
    };
    frame(ctx, sheet, to, Which::Conclude, "aefi-conclude", &fields)
}

fn frame(ctx: &Ctx, sheet: &Sheet, to: &str, which: Which, save: &str, fields: &Markup) -> Markup {
    html! {
        form method="post" action={ (to) "/" (which.code().0) } novalidate {
            (sheet.top(ctx, |_| html! {}))
            div.cols { (fields) }
            div.acts.sec { button.btn.main[which == Which::Sent] { (ctx.words.say(save)) } }
        }
    }
}

/// Reads what was typed, and saves it when all of it is right.
async fn keep(
    form: &Fields,
    (id, n): (String, String),
    which: Which,
    read: impl FnOnce(&mut Sheet, &Aefi) -> Option<(AefiWish, Date)>,
) -> Answer {
    let ctx = &form.ctx;
    must_write(ctx)?;
    let page = load(ctx, &id).await?;
    let mut sheet = Sheet::posted(form);
    let wish = read(&mut sheet, find(ctx, &page, &n)?);
    if let (Some((wish, on)), true) = (wish, sheet.is_right()) {
        let (person, command) = (page.view.person.id, form.command());
        let work = sheet
            .run(ctx, "", move |app, actor| app.follow_aefi(actor, person, &wish, on, command));
        if work.await?.is_some() {
            let to = format!("/people/{person}/aefi/{n}?done={}", which.code().1);
            return Ok(Redirect::to(&to).into_response());
        }
    }
    let typed = Typed { which, sheet: sheet.clone() };
    Ok(sheet.answer(draw(ctx, &page, &n, "", Some(&typed))?))
}

fn on(ctx: &Ctx, sheet: &mut Sheet, name: &'static str) -> Option<Date> {
    sheet.required(name, "field-missing", |text| typed::full_day(text, ctx.today()))
}

fn words(sheet: &mut Sheet, name: &'static str) -> Option<String> {
    sheet.optional(name, |text| typed::long_words(text, "field-missing"))
}

pub async fn sent(Path(ids): Path<(String, String)>, form: Fields) -> Answer {
    let ctx = form.ctx.clone();
    keep(&form, ids, Which::Sent, |sheet, aefi| {
        let to = sheet.listed(&ctx, "sent_to", "aefi_receiver");
        let on = on(&ctx, sheet, "sent_on");
        let minute = sheet.required("sent_at", "field-missing", typed::minute);
        let (by, document) = (words(sheet, "sent_by"), words(sheet, "sent_document"));
        let (to, minute) = (to?, minute?);
        let told = AefiReported { aefi: aefi.event.at, to, minute, by, document };
        Some((AefiWish::Report(told), on?))
    })
    .await
}

pub async fn follow(Path(ids): Path<(String, String)>, form: Fields) -> Answer {
    let ctx = form.ctx.clone();
    keep(&form, ids, Which::Follow, |sheet, aefi| {
        let outcome = sheet.listed(&ctx, "follow_outcome", "aefi_outcome");
        let on = on(&ctx, sheet, "follow_on");
        let told = words(sheet, "follow_told");
        let went = AefiFollowed { aefi: aefi.event.at, outcome: outcome?, told };
        Some((AefiWish::Follow(went), on?))
    })
    .await
}

pub async fn conclude(Path(ids): Path<(String, String)>, form: Fields) -> Answer {
    let ctx = form.ctx.clone();
    keep(&form, ids, Which::Conclude, |sheet, aefi| {
        let cause = sheet.listed(&ctx, "aefi_cause", "aefi_cause");
        let on = on(&ctx, sheet, "cause_on");
        let (by, told) = (words(sheet, "cause_by"), words(sheet, "cause_told"));
        let said = AefiConcluded { aefi: aefi.event.at, cause: cause?, told, by };
        Some((AefiWish::Conclude(said), on?))
    })
    .await
}
