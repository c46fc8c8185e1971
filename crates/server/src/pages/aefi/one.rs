//! One event: what happened, the clock of its report, what came later, and what should follow from it.

use super::form::{load, must_write};
use super::{clock, listed};
use crate::http::{Answer, Ctx, Fields, Trouble};
use crate::pages::layout;
use crate::pages::parts::{
    Choice, Field, Head, Shape, done, facts, field, head, hidden_tokens, list_choices, note,
    section, status, typed,
};
use axum::extract::{Path, Query};
use axum::response::{Html, IntoResponse, Redirect};
use maud::{Markup, html};
use serde::Deserialize;
use tram_app::Failure;
use tram_app::person::PersonPage;
use tram_defs::role::Action;
use tram_domain::fact::{AefiConcluded, AefiFollowed, AefiReported};
use tram_domain::immunisation::{Aefi, AefiWish};
use tram_kernel::{Message, day, moment};

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    done: String,
}

/// The event of an address, by its place among those of the person.
pub fn find<'p>(ctx: &Ctx, page: &'p PersonPage, n: &str) -> Answer<&'p Aefi> {
    let at: Option<usize> = n.parse().ok();
    let found = at.and_then(|at| page.view.person.aefi.get(at));
    found.ok_or_else(|| Trouble::signed(ctx.clone(), Failure::NotFound))
}

pub async fn show(
    ctx: Ctx,
    Path((id, n)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Answer {
    let page = load(&ctx, &id).await?;
    Ok(Html(draw(&ctx, &page, &n, &asked.done)?.into_string()).into_response())
}

/// The signs and words of an event.
pub fn seen(ctx: &Ctx, aefi: &Aefi) -> String {
    let body = &aefi.event.what;
    let signs = body.signs.iter().map(|code| listed(ctx, "aefi_sign", code));
    let degree = body.degree.map(|n| ctx.words.say(&format!("aefi-degree-{n}")).into_owned());
    let parts: Vec<String> = signs.chain(degree).chain(body.told.clone()).collect();
    parts.join("; ")
}

/// The doses of an event, one line each: vaccine, day, lot.
pub fn doses(ctx: &Ctx, page: &PersonPage, aefi: &Aefi) -> Vec<String> {
    let defs = &page.view.defs;
    let of = page.view.person.doses.iter().filter(|dose| aefi.event.what.doses.contains(&dose.at));
    of.map(|dose| {
        let name = defs.vaccine(&dose.what.vaccine).map_or(&dose.what.vaccine, |v| &v.name);
        let lot =
            dose.what.lot.as_deref().map(|lot| ctx.words.with("line-lot", [("lot", lot.into())]));
        let at = dose.what.minute.map(|at| format!(" {}", moment::show_time(at)));
        let lot = lot.map(|lot| format!(", {lot}")).unwrap_or_default();
        format!("{name}, {}{}{lot}", day::show(dose.day), at.unwrap_or_default())
    })
    .collect()
}

fn draw(ctx: &Ctx, page: &PersonPage, n: &str, told: &str) -> Answer<Markup> {
    let aefi = find(ctx, page, n)?;
    let words = ctx.words;
    let person = &page.view.person;
    let name = person.name.shown();
    let (people, card) = (words.say("menu-people"), format!("/people/{}/immunisation", person.id));
    let title = words.with("aefi-one", [("day", aefi.event.day.into())]);
    let to = format!("/people/{}/aefi/{n}", person.id);
    let may = ctx.signed.actor.may(Action::AefiWrite);
    let h = Head {
        crumbs: &[(&people, "/people"), (name, &card)],
        title: &title,
        sub: html! {
            @if aefi.event.what.severe { (status(Shape::Bad, &words.say("aefi-severe"))) } @else { (words.say("aefi-mild")) }
        },
        acts: html! {
            a.btn href={ (to) "/report" } { (words.say("aefi-report-open")) }
            @if may && ctx.signed.actor.may(Action::ImmunisationWrite) { a.btn href=(card) { (words.say("aefi-contraindicate")) } }
        },
    };
    let body = html! {
        (head(words, &h))
        (done(words, told))
        (report_note(ctx, aefi))
        div.split {
            div { (about(ctx, page, aefi)) (later(ctx, aefi)) }
            @if may { aside aria-label=(words.say("aefi-later")) { (forms(ctx, aefi, &to)) } }
        }
    };
    Ok(layout::page(ctx, &format!("{title}: {name}"), "/people", body))
}

/// Who must still be told, and until when.
fn report_note(ctx: &Ctx, aefi: &Aefi) -> Markup {
    let words = ctx.words;
    let defs = ctx.server.app.definitions();
    let Some(until) = aefi.report_until(&defs) else { return html! {} };
    let missing: Vec<String> =
        aefi.missing(&defs).into_iter().map(|code| listed(ctx, "aefi_receiver", code)).collect();
    if missing.is_empty() {
        return note(Shape::Ok, &words.say("aefi-all-told"), html! {}, None);
    }
    let rule = &defs.aefi().provenance;
    note(
        Shape::Alert,
        &words.with("aefi-to-tell", [("who", missing.join("; ").into())]),
        html! {
            p { (clock(words, until, ctx.server.app.now())) ". " (words.with("aefi-until", [("at", until.show().into())])) }
            p.hint { (rule.source) @if let Some(article) = &rule.article { ", " (article) } }
        },
        None,
    )
}

fn about(ctx: &Ctx, page: &PersonPage, aefi: &Aefi) -> Markup {
    let (words, body) = (ctx.words, &aefi.event.what);
    let row = |code: &str, value: Markup| (html! { (words.say(code)) }, value);
    let onset = format!(
        "{}{}",
        day::show(aefi.event.day),
        body.minute.map(|at| format!(" {}", moment::show_time(at))).unwrap_or_default()
    );
    let lines = doses(ctx, page, aefi);
    let rows = [
        row("aefi-doses", html! { @for line in &lines { div { (line) } } }),
        row("aefi-onset", html! { (onset) }),
        row("aefi-noticed", html! { (aefi.noticed().show()) }),
        row("aefi-signs", html! { (seen(ctx, aefi)) }),
        row("f-care", html! { (body.care.as_deref().unwrap_or("–")) }),
        row("aefi-outcome", html! { (listed(ctx, "aefi_outcome", aefi.outcome())) }),
    ];
    section(&words.say("aefi-what"), html! {}, facts(&rows))
}

/// Everything written later, in the order of days.
fn later(ctx: &Ctx, aefi: &Aefi) -> Markup {
    let words = ctx.words;
    let more = |told: &Option<String>| told.as_ref().map(|t| format!("; {t}")).unwrap_or_default();
    let mut lines: Vec<(tram_kernel::Date, String)> = Vec::new();
    for sent in &aefi.reported {
        let args = [
            ("who", listed(ctx, "aefi_receiver", &sent.what.to).into()),
            ("at", moment::show_time(sent.what.minute).into()),
            ("by", sent.what.by.clone().unwrap_or_default().into()),
        ];
        lines.push((
            sent.day,
            format!("{}{}", words.with("aefi-sent-line", args), more(&sent.what.document)),
        ));
    }
    for f in &aefi.followed {
        lines.push((
            f.day,
            format!("{}{}", listed(ctx, "aefi_outcome", &f.what.outcome), more(&f.what.told)),
        ));
    }
    for c in &aefi.concluded {
        let cause = listed(ctx, "aefi_cause", &c.what.cause);
        let said = words.with("aefi-cause-line", [("cause", cause.into())]);
        lines.push((c.day, format!("{said}{}{}", more(&c.what.by), more(&c.what.told))));
    }
    lines.sort_by_key(|(on, _)| *on);
    html! {
        @if !lines.is_empty() {
            (section(&words.say("aefi-later"), html! {}, html! {
                ul.todo { @for (on, said) in &lines { li { p { (day::show(*on)) ": " (said) } } } }
            }))
        }
    }
}

/// Three small forms, each with boxes of its own.
fn forms(ctx: &Ctx, aefi: &Aefi, to: &str) -> Markup {
    let words = ctx.words;
    let defs = ctx.server.app.definitions();
    let now = moment::show_time(ctx.server.app.now().minute());
    let today = day::show(ctx.today());
    let choose = |id, label: &'static str, list: &str| {
        let choices: Vec<Choice> = list_choices(ctx, list, None);
        field(
            words,
            &Field {
                id,
                label: &words.say(label),
                choices: Some(choices),
                class: "c12",
                ..Field::default()
            },
        )
    };
    let text = |id, label: &'static str, value: &str, class| {
        field(words, &Field { id, label: &words.say(label), value, class, ..Field::default() })
    };
    let may_send = aefi.event.what.severe;
    let to_tell = aefi.missing(&defs).first().copied().unwrap_or_default().to_owned();
    let receivers: Vec<Choice> = list_choices(ctx, "aefi_receiver", None);
    let receiver = Field {
        id: "sent_to",
        label: &words.say("aefi-sent-to"),
        value: &to_tell,
        choices: Some(receivers),
        class: "c12",
        ..Field::default()
    };
    html! {
        @if may_send {
            form.sec id="gui" method="post" action={ (to) "/sent" } {
                (hidden_tokens(ctx))
                h2 { (words.say("aefi-mark-sent")) }
                div.cols {
                    (field(words, &receiver))
                    (text("sent_on", "f-on", &today, "c6")) (text("sent_at", "aefi-sent-at", &now, "c6"))
                    (text("sent_by", "aefi-sent-by", &ctx.signed.actor.user_name, "c6")) (text("sent_document", "f-document", "", "c6"))
                }
                div.acts.sec { button.btn.main { (words.say("aefi-mark-sent")) } }
            }
        }
        form.sec method="post" action={ (to) "/follow" } {
            (hidden_tokens(ctx))
            h2 { (words.say("aefi-follow")) }
            div.cols { (choose("follow_outcome", "aefi-outcome", "aefi_outcome")) (text("follow_on", "f-on", &today, "c6")) (text("follow_told", "f-note", "", "c12")) }
            div.acts.sec { button.btn { (words.say("aefi-follow")) } }
        }
        details.sec {
            summary { b { (words.say("aefi-conclude")) } }
            form.sec method="post" action={ (to) "/conclude" } {
                (hidden_tokens(ctx))
                div.cols { (choose("cause", "aefi-cause", "aefi_cause")) (text("cause_on", "f-on", &today, "c6")) (text("cause_by", "aefi-cause-by", "", "c12")) (text("cause_told", "f-note", "", "c12")) }
                div.acts.sec { button.btn { (words.say("aefi-conclude")) } }
            }
        }
    }
}

/// A day of a small form.
fn on(form: &Fields, name: &'static str) -> Result<tram_kernel::Date, Failure> {
    typed::full_day(form.get(name), form.ctx.today())
        .map_err(|message| Failure::refused_field(message, name))
}

async fn keep(
    form: &Fields,
    ids: &(String, String),
    name: &str,
    read: Result<(AefiWish, tram_kernel::Date), Failure>,
) -> Answer {
    let ctx = &form.ctx;
    must_write(ctx)?;
    let (wish, on) = read.map_err(|failure| Trouble::signed(ctx.clone(), failure))?;
    let page = load(ctx, &ids.0).await?;
    let person = page.view.person.id;
    let command = form.command();
    ctx.run(move |app, actor| app.follow_aefi(actor, person, &wish, on, command)).await?;
    let to = format!("/people/{person}/aefi/{}?done={name}", ids.1);
    Ok(Redirect::to(&to).into_response())
}

pub async fn sent(Path(ids): Path<(String, String)>, form: Fields) -> Answer {
    let page = load(&form.ctx, &ids.0).await?;
    let at = find(&form.ctx, &page, &ids.1)?.event.at;
    let read = || {
        let minute = moment::parse_time(form.get("sent_at"));
        let minute =
            minute.ok_or(Failure::refused_field(Message::new("field-bad-time"), "sent_at"))?;
        let (to, by) = (form.get("sent_to").to_owned(), typed::sentence(&form, "sent_by")?);
        let document = typed::sentence(&form, "sent_document")?;
        let wish = AefiWish::Report(AefiReported { aefi: at, to, minute, by, document });
        Ok((wish, on(&form, "sent_on")?))
    };
    let read = read();
    keep(&form, &ids, "aefi-sent", read).await
}

pub async fn follow(Path(ids): Path<(String, String)>, form: Fields) -> Answer {
    let page = load(&form.ctx, &ids.0).await?;
    let at = find(&form.ctx, &page, &ids.1)?.event.at;
    let read = || {
        let (outcome, told) =
            (form.get("follow_outcome").to_owned(), typed::sentence(&form, "follow_told")?);
        let wish = AefiWish::Follow(AefiFollowed { aefi: at, outcome, told });
        Ok((wish, on(&form, "follow_on")?))
    };
    let read = read();
    keep(&form, &ids, "aefi-followed", read).await
}

pub async fn conclude(Path(ids): Path<(String, String)>, form: Fields) -> Answer {
    let page = load(&form.ctx, &ids.0).await?;
    let at = find(&form.ctx, &page, &ids.1)?.event.at;
    let read = || {
        let (told, by) =
            (typed::sentence(&form, "cause_told")?, typed::sentence(&form, "cause_by")?);
        let cause = form.get("cause").to_owned();
        let wish = AefiWish::Conclude(AefiConcluded { aefi: at, cause, told, by });
        Ok((wish, on(&form, "cause_on")?))
    };
    let read = read();
    keep(&form, &ids, "aefi-concluded", read).await
}
