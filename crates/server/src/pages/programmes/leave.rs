//! Letting somebody leave a programme.

use super::{must_write, programme};
use crate::http::{Answer, Ctx, Fields};
use crate::pages::layout;
use crate::pages::parts::{Choice, Head, Sheet, head, typed};
use crate::pages::person::load;
use axum::extract::Path;
use axum::response::{Html, IntoResponse, Redirect};
use maud::{Markup, html};
use tram_app::person::PersonPage;
use tram_app::programme::Sent;
use tram_defs::programme::Programme;
use tram_domain::programme::Leaving;
use tram_kernel::{Message, day};

pub async fn show(ctx: Ctx, Path((id, code)): Path<(String, String)>) -> Answer {
    must_write(&ctx)?;
    let page = load(&ctx, &id).await?;
    let defs = page.view.defs.clone();
    let rule = programme(&ctx, &defs, &code)?;
    let mut sheet = Sheet::fresh(&ctx);
    sheet.set("on", day::show(ctx.today()));
    Ok(Html(draw(&ctx, &page, rule, &sheet).into_string()).into_response())
}

pub async fn save(Path((id, code)): Path<(String, String)>, form: Fields) -> Answer {
    let ctx = &form.ctx;
    must_write(ctx)?;
    let page = load(ctx, &id).await?;
    let defs = page.view.defs.clone();
    let rule = programme(ctx, &defs, &code)?;
    let mut sheet = Sheet::posted(&form);
    let today = ctx.today();
    let on = sheet.required("on", "field-missing", |text| typed::full_day(text, today));
    let note = sheet.optional("note", |text| typed::long_words(text, "field-missing"));
    let outcome = sheet.filled("ending");
    if outcome.is_none() {
        sheet.refuse("ending", Message::new("field-choose"));
    }
    if let (Some(on), Some(outcome), true) = (on, outcome, sheet.is_right()) {
        let wish = Leaving { programme: rule.code.clone(), outcome, note, on };
        let sent = Sent { accepted: form.accepted(), command: form.command() };
        let person = page.view.person.id;
        let saved =
            sheet.run(ctx, "", move |app, actor| app.leave_programme(actor, person, &wish, &sent));
        if saved.await?.is_some() {
            let to = format!("/people/{person}/programmes/{}?done=left", rule.code);
            return Ok(Redirect::to(&to).into_response());
        }
    }
    Ok(sheet.answer(draw(ctx, &page, rule, &sheet)))
}

fn draw(ctx: &Ctx, page: &PersonPage, rule: &Programme, sheet: &Sheet) -> Markup {
    let words = ctx.words;
    let person = &page.view.person;
    let (people, record) = (words.say("menu-people"), format!("/people/{}", person.id));
    let to = format!("{record}/programmes/{}", rule.code);
    let title = words.with("programme-leave-title", [("programme", rule.name.as_str().into())]);
    let h = Head {
        crumbs: &[(&people, "/people"), (person.name.shown(), &record), (&rule.name, &to)],
        title: &title,
        sub: html! { (words.say("programme-leave-lead")) },
        acts: html! {},
    };
    let outcomes =
        rule.outcomes.iter().map(|o| Choice { value: o.code.clone(), text: o.name.clone() });
    let body = html! {
        (head(words, &h))
        form.form method="post" action={ (to) "/leave" } data-main data-draft={ "leave." (rule.code) ":" (person.id) } novalidate {
            (sheet.top(ctx, |_| html! {}))
            section.sec aria-label=(title) { div.cols {
                (sheet.radios(ctx, "ending", "c12", outcomes.collect()))
                (sheet.field(ctx, "on", |f| { f.class = "c3"; f.required = true; f.mode = "numeric"; }))
                (sheet.field(ctx, "note", |f| { f.class = "c12"; f.optional = true; }))
            } }
            (sheet.end(ctx, "programme-leave-save", &to))
        }
    };
    layout::page(ctx, &format!("{title}: {}", person.name.shown()), "/people", body)
}
