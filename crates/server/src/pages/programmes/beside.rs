//! What the record knows already, beside a form: the pregnancy, the tetanus card, the birth. It is shown so that
//! nobody types it again.

use crate::http::Ctx;
use crate::pages::parts::{Shape, facts, section, status};
use crate::pages::person::pregnancy::{age_words, show_para};
use maud::{Markup, html};
use tram_app::person::PersonPage;
use tram_defs::form::{Beside, Form};
use tram_defs::phrase::Milestone;
use tram_domain::immunisation::tetanus;
use tram_domain::pregnancy::Pregnancy;
use tram_kernel::day;
use tram_kernel::number::show_count;

type Rows = Vec<(Markup, Markup)>;

/// A section with everything the form wants to see; nothing when the record says none of it.
pub fn known(ctx: &Ctx, page: &PersonPage, form: &Form) -> Markup {
    let mut rows: Rows = Vec::new();
    for beside in &form.beside {
        match beside {
            Beside::Pregnancy => pregnancy(ctx, page, &mut rows),
            Beside::Tetanus => protection(ctx, page, &mut rows),
            Beside::Birth => birth(ctx, page, &mut rows),
        }
    }
    let title = ctx.words.say("form-known");
    html! { @if !rows.is_empty() { (section(&title, html! {}, facts(&rows))) } }
}

/// The pregnancy that is open, how far it is.
pub fn gestation(ctx: &Ctx, open: &Pregnancy) -> Rows {
    let words = ctx.words;
    let basis = match open.basis() {
        tram_domain::fact::DueDateBasis::LastPeriod => "basis-period",
        tram_domain::fact::DueDateBasis::Ultrasound => "basis-ultrasound",
        tram_domain::fact::DueDateBasis::Stated => "basis-stated",
        tram_domain::fact::DueDateBasis::Transfer => "basis-transfer",
    };
    let expected = html! { (day::show(open.expected())) " " span.mute { (words.say(basis)) } };
    vec![
        (html! { (words.say("gestation-word")) }, html! { (age_words(ctx, open)) }),
        (html! { (words.say("f-expected")) }, expected),
    ]
}

fn pregnancy(ctx: &Ctx, page: &PersonPage, rows: &mut Rows) {
    let words = ctx.words;
    let person = &page.view.person;
    let today = ctx.today();
    let open = person.pregnancy_on(today).filter(|pregnancy| pregnancy.ended.is_none());
    if let Some(open) = open {
        rows.extend(gestation(ctx, open));
        let fetuses = open.fetuses().filter(|n| *n > 1);
        rows.extend(fetuses.map(|n| {
            let text = words.with("safety-fetuses", [("n", i64::from(n).into())]);
            (html! { (words.say("f-fetuses")) }, status(Shape::Warn, &text))
        }));
        rows.extend(open.para().map(|para| {
            (html! { (words.say("f-para")) }, html! { span.code { (show_para(para)) } })
        }));
    } else if let Some(on) = person.deliveries.range(..=today).next_back() {
        let days = day::days_between(*on, today);
        let text = words.with("delivered-days", [("on", (*on).into()), ("days", days.into())]);
        rows.push((html! { (words.say("delivered-word")) }, html! { (text) }));
    }
}

fn protection(ctx: &Ctx, page: &PersonPage, rows: &mut Rows) {
    let words = ctx.words;
    let had = tetanus::protection(&page.view.defs, &page.view.person, ctx.today());
    let Some(had) = had else { return };
    let holds = had.is_any && had.until.is_none_or(|until| ctx.today() < until);
    let said = match had.until {
        Some(until) if holds => {
            status(Shape::Ok, &words.with("tetanus-until", [("day", until.into())]))
        }
        None if holds => status(Shape::Ok, &words.say("tetanus-for-ever")),
        _ => status(Shape::Warn, &words.say("tetanus-unprotected")),
    };
    let card = format!("/people/{}/immunisation", page.view.person.id);
    let label = html! { a href=(card) { (words.say("tetanus-word")) } };
    rows.push((label, html! { (said) span.mute { " " (words.with("tetanus-doses-n", [("n", i64::from(had.doses).into())])) } }));
}

fn birth(ctx: &Ctx, page: &PersonPage, rows: &mut Rows) {
    let words = ctx.words;
    let person = &page.view.person;
    if let Some(weight) = person.birth.as_ref().and_then(|birth| birth.weight_grams) {
        let shown = show_count(i64::from(weight));
        rows.push((html! { (words.say("f-weight")) }, html! { (shown) " g" }));
    }
    let course = page.view.course();
    let in_time = course.milestones.contains_key(&Milestone::HepB24h);
    let said = match in_time {
        true => status(Shape::Ok, &words.say("hepb24-done")),
        false => status(Shape::Warn, &words.say("hepb24-not")),
    };
    let card = format!("/people/{}/immunisation", person.id);
    rows.push((html! { a href=(card) { (words.say("hepb24-word")) } }, said));
}
