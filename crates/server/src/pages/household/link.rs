//! A family that was registered twice: members of two households side by side, linked in one go.

use crate::http::{Answer, Ctx, Fields};
use crate::pages::layout;
use crate::pages::parts::typed::words as read_words;
use crate::pages::parts::{Head, Shape, Sheet, col, head, note, table};
use crate::pages::person::{household_label, id_of, must_write};
use axum::extract::Path;
use axum::response::{Html, IntoResponse, Redirect};
use maud::{Markup, html};
use std::collections::BTreeSet;
use tram_app::household::{HouseholdPair, MemberPair};
use tram_app::person::{Asking, PersonLine};
use tram_domain::person::link::{Choices, Whose};
use tram_kernel::{HouseholdId, PersonId};

pub async fn show(ctx: Ctx, Path((kept, other)): Path<(String, String)>) -> Answer {
    must_write(&ctx)?;
    let found = load(&ctx, &kept, &other).await?;
    let sheet = Sheet::fresh(&ctx);
    Ok(Html(draw(&ctx, &found, &sheet, None).into_string()).into_response())
}

pub async fn save(Path((kept, other)): Path<(String, String)>, form: Fields) -> Answer {
    let ctx = &form.ctx;
    must_write(ctx)?;
    let found = load(ctx, &kept, &other).await?;
    let mut sheet = Sheet::posted(&form);
    let reason = sheet.optional("reason", read_words);
    let ticked: BTreeSet<String> = form.all("pair").map(str::to_owned).collect();
    let chosen: Vec<(PersonId, PersonId)> = found
        .pairs
        .iter()
        .filter(|pair| ticked.contains(&pair.other.id.to_string()))
        .map(|pair| (pair.kept.id, pair.other.id))
        .collect();
    if chosen.is_empty() {
        sheet.refuse("", tram_kernel::Message::new("household-link-none-chosen"));
    }
    if sheet.is_right() {
        let asking = Asking {
            accepted: form.all("accept").map(str::to_owned).collect(),
            reason: reason.clone(),
            command: form.command(),
        };
        let choices = Choices { from_other: BTreeSet::new(), home: Whose::Kept, reason };
        let linked =
            sheet.run(ctx, "", move |app, actor| app.link_many(actor, &chosen, &choices, &asking));
        if linked.await?.is_some() {
            let to = format!("/households/{}?done=linked", found.kept.id);
            return Ok(Redirect::to(&to).into_response());
        }
    }
    Ok(sheet.answer(draw(ctx, &found, &sheet, Some(&ticked))))
}

async fn load(ctx: &Ctx, kept: &str, other: &str) -> Answer<HouseholdPair> {
    let kept: HouseholdId = id_of(ctx, kept)?;
    let other: HouseholdId = id_of(ctx, other)?;
    ctx.run(move |app, actor| app.compare_households(actor, kept, other)).await
}

fn draw(
    ctx: &Ctx,
    found: &HouseholdPair,
    sheet: &Sheet,
    ticked: Option<&BTreeSet<String>>,
) -> Markup {
    let words = ctx.words;
    let label = household_label(words, &found.kept);
    let back = format!("/households/{}", found.kept.id);
    let to = format!("{back}/link/{}", found.other.id);
    let title = words.say("household-link-title");
    let households = words.say("households-link");
    let h = Head {
        crumbs: &[(&households, "/households"), (&label, &back)],
        title: &title,
        sub: html! { (words.with("household-link-lead", [
            ("kept", label.as_str().into()),
            ("other", household_label(words, &found.other).into()),
        ])) },
        acts: html! {},
    };
    let titles = ["household-link-pick", "link-kept", "link-other"].map(|code| words.say(code));
    let cols = titles.each_ref().map(|title| col(title, ""));
    let rows = html! {
        @for pair in &found.pairs { (row(ctx, pair, ticked)) }
        @for alone in &found.alone {
            tr { td.first {} td {} td { (line(ctx, alone)) span.sub { (words.say("household-link-alone")) } } }
        }
    };
    let body = html! {
        (head(words, &h))
        @if found.pairs.is_empty() {
            (note(Shape::Info, &words.say("household-link-none"), html! { p { (words.say("household-link-none-what")) } }, None))
        } @else {
            form.form method="post" action=(to) data-main novalidate {
                (sheet.top(ctx, |_| html! {}))
                (table(&title, "stack top", &cols, false, rows))
                div.sec { div.cols { (sheet.field(ctx, "reason", |f| { f.class = "c8"; f.optional = true; })) } }
                p.hint { (words.say("household-link-what")) }
                (sheet.end(ctx, "household-link-save", &back))
            }
        }
    };
    layout::page(ctx, &title, "/people", body)
}

fn row(ctx: &Ctx, pair: &MemberPair, ticked: Option<&BTreeSet<String>>) -> Markup {
    let id = pair.other.id.to_string();
    let on = ticked.is_none_or(|ticked| ticked.contains(&id));
    html! {
        tr {
            td.first { label.opt {
                input type="checkbox" name="pair" value=(id) checked[on];
                span.vh { (pair.kept.name) }
            } }
            td { (line(ctx, &pair.kept)) }
            td { (line(ctx, &pair.other)) }
        }
    }
}

fn line(ctx: &Ctx, line: &PersonLine) -> Markup {
    html! {
        a href={ "/people/" (line.id) } { (line.name) }
        span.sub { (line.born.show()) ", " (ctx.words.say(&format!("sex-{}", line.sex.code()))) }
    }
}
