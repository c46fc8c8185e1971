//! The frame of the forms that record one thing about a person: the form, and beside it what is stored.

use super::show::{born, held, inside, number, phone, residence_kind};
use super::strip::INSURANCE;
use crate::http::Ctx;
use crate::pages::layout;
use crate::pages::parts::{Head, Shape, Sheet, facts, head, section, status};
use maud::{Markup, html};
use tram_app::person::PersonPage;
use tram_kernel::identifier::IdentifierKind;

/// One form about one person.
pub struct SubForm<'a> {
    /// Code of its title.
    pub title: &'a str,
    /// Last part of its address.
    pub to: &'a str,
    /// Code of the words on its button.
    pub save: &'a str,
    /// A line under the title, or nothing.
    pub lead: Markup,
    pub fields: Markup,
}

pub fn draw(ctx: &Ctx, page: &PersonPage, sheet: &Sheet, form: &SubForm<'_>) -> Markup {
    let words = ctx.words;
    let name = page.view.person.name.shown();
    let to = format!("/people/{}", page.view.person.id);
    let (people, title) = (words.say("menu-people"), words.say(form.title));
    let h = Head {
        crumbs: &[(&people, "/people"), (name, &to)],
        title: &title,
        sub: form.lead.clone(),
        acts: html! {},
    };
    let body = html! {
        (head(words, &h))
        div.split {
            form.form method="post" action={ (to) "/" (form.to) } data-main data-draft={ (form.to) ":" (page.view.person.id) } novalidate {
                (sheet.top(ctx, |_| html! {}))
                section.sec aria-label=(title) { div.cols { (form.fields) } }
                (sheet.end(ctx, form.save, &to))
            }
            (stored(ctx, page))
        }
    };
    layout::page(ctx, &format!("{title}: {name}"), "/people", body)
}

/// What the record says now, while it is being changed.
pub fn stored(ctx: &Ctx, page: &PersonPage) -> Markup {
    let (words, today, p) = (ctx.words, ctx.today(), &page.view.person);
    let mark = |field: &str| {
        let differs = p.conflicts().contains(&field);
        html! { @if differs { " " (status(Shape::Differ, &words.say("to-compare"))) } }
    };
    let mut rows = vec![
        (html! { (words.say("f-name")) }, html! { (p.name.shown()) (mark("name")) }),
        (
            html! { (words.say("f-born")) },
            html! {
                (born(words, p.born.shown().date, p.born.shown().minute)) (mark("born"))
            },
        ),
        (
            html! { (words.say("f-sex")) },
            html! {
                (words.say(&format!("sex-{}", p.sex.shown().code()))) (mark("sex"))
            },
        ),
    ];
    for (code, kinds) in
        [("f-citizen", &[IdentifierKind::Citizen][..]), ("paper-insurance", &INSURANCE[..])]
    {
        if let Some(found) = held(page, today, kinds) {
            let shown = number(&found.identifier);
            rows.push((html! { (words.say(code)) }, html! { span.nw { (shown) } }));
        }
    }
    if let Some(text) = p.phone.shown() {
        let shown = phone(text);
        rows.push((
            html! { (words.say("f-phone")) },
            html! { span.nw { (shown) } (mark("phone")) },
        ));
    }
    if let Some(lives) = p.last_residence() {
        let area = page.areas.get(&lives.area).map_or("", String::as_str);
        let kind = inside(&residence_kind(ctx, lives.kind));
        rows.push((
            html! { (words.say("residence-title")) },
            html! { (area) span.mute { (kind) } },
        ));
    }
    if let Some(last) = page.history.iter().max_by_key(|line| (line.recorded_at, line.at)) {
        let by = last.by.clone().unwrap_or_else(|| words.say("line-machine").into_owned());
        rows.push((
            html! { (words.say("stored-last")) },
            html! { (by) ", " (last.recorded_at.show()) },
        ));
    }
    html! {
        aside aria-label=(words.say("stored-title")) {
            (section(&words.say("stored-title"), html! {}, facts(&rows)))
            p.hint.sec { (words.say("stored-what")) }
        }
    }
}
