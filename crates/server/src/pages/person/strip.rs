//! Whose record it is: name, sex, age, numbers, village, household, and what must not be overlooked.

use super::super::programmes::values;
use super::choose::household_label;
use super::pregnancy::{age_words, show_para};
use super::show::{born, held, list_name, number, paper, phone};
use crate::http::Ctx;
use crate::pages::parts::{Shape, Strip, status};
use crate::words::age;
use maud::{Markup, html};
use tram_app::person::PersonPage;
use tram_defs::form::{Form, Keeps, Tone};
use tram_defs::role::Action;
use tram_domain::fact::{FormRecorded, Value};
use tram_domain::form::answer_of;
use tram_domain::immunisation::Standing;
use tram_domain::pregnancy::Pregnancy;
use tram_domain::programme::in_sight;
use tram_kernel::identifier::IdentifierKind;
use tram_kernel::{Date, Sex};

/// Cards and numbers that prove health insurance.
pub const INSURANCE: [IdentifierKind; 2] =
    [IdentifierKind::InsuranceCard, IdentifierKind::SocialInsurance];

pub fn strip(ctx: &Ctx, page: &PersonPage) -> Markup {
    strip_with(ctx, page, acts(ctx, page))
}

/// The same with other things to do.
pub fn strip_with(ctx: &Ctx, page: &PersonPage, acts: Markup) -> Markup {
    let words = ctx.words;
    let p = &page.view.person;
    let at = p.born.shown();
    let old = p.death.as_ref().map_or(ctx.today(), |death| death.on);
    let small = html! {
        (words.say(&format!("sex-{}", p.sex.shown().code()))) ", " (age(words, at.date, old))
        " (" (words.say("born-word")) " " (born(words, at.date, at.minute)) ")"
    };
    let strip = Strip {
        name: p.name.shown(),
        small,
        acts,
        facts: facts(ctx, page),
        safety: safety(ctx, page),
    };
    crate::pages::parts::strip(&strip)
}

fn acts(ctx: &Ctx, page: &PersonPage) -> Markup {
    let words = ctx.words;
    let to = format!("/people/{}", page.view.person.id);
    html! {
        @if ctx.signed.actor.may(Action::PersonWrite) {
            a.btn href={ (to) "/edit" } data-key="S" { (words.say("person-edit")) " " kbd.keyhint { "S" } }
        }
        @if ctx.signed.actor.may(Action::ProgrammeWrite) && !page.view.person.is_dead() {
            a.btn.main href={ (to) "/forms" } data-key="F" { (words.say("forms-fill")) " " kbd.keyhint { "F" } }
        }
        a.btn href={ (to) "/summary" } data-key="Y" { (words.say("summary-link")) " " kbd.keyhint { "Y" } }
        button.btn type="button" data-print hidden { (words.say("print-page")) }
        a.btn href={ (to) "/audit" } { (words.say("person-seen-by")) }
    }
}

fn facts(ctx: &Ctx, page: &PersonPage) -> Vec<(String, Markup)> {
    let (words, today, p) = (ctx.words, ctx.today(), &page.view.person);
    let mut facts = Vec::new();
    let citizen = held(page, today, &[IdentifierKind::Citizen]);
    match &citizen {
        Some(held) => {
            let label = paper(words, IdentifierKind::Citizen);
            facts.push((label, html! { span.nw { (number(&held.identifier)) } }));
        }
        None => {
            if let Some(own) = held(page, today, &[IdentifierKind::Temporary]) {
                let label = paper(words, IdentifierKind::Temporary);
                facts.push((label, html! { span.code { (number(&own.identifier)) } }));
            }
        }
    }
    if let Some(insured) = held(page, today, &INSURANCE) {
        facts.push((words.say("paper-insurance").into_owned(), html! {
            span.nw { (number(&insured.identifier)) }
            @if let Some(to) = insured.to { ", " (words.with("until-day", [("day", to.into())])) }
        }));
    }
    if let Some(text) = p.phone.shown() {
        facts.push((words.say("f-phone").into_owned(), html! { span.nw { (phone(text)) } }));
    }
    if let Some(lives) = p.last_residence() {
        let name = page.areas.get(&lives.area).map_or("", String::as_str);
        facts.push((words.say("residence-title").into_owned(), html! { (name) }));
    }
    if let Some(member) = p.membership_on(today)
        && let Some(row) = page.households.get(&member.household)
    {
        facts.push((
            words.say("household-word").into_owned(),
            html! {
                a href={ "/households/" (row.id) } { (household_label(words, row)) } ", "
                (words.with("people-count", [("n", row.members.into())]))
            },
        ));
        if let Some(doctor) = &row.doctor {
            facts.push((words.say("f-doctor").into_owned(), html! { (doctor) }));
        }
    }
    facts
}

fn safety(ctx: &Ctx, page: &PersonPage) -> Vec<Markup> {
    let (words, p) = (ctx.words, &page.view.person);
    let mut said = Vec::new();
    if let Some(on) = &page.emergency {
        let args = [("at", on.until.show().into()), ("reason", on.reason.as_str().into())];
        said.push(status(Shape::Alert, &words.with("emergency-on", args)));
    }
    if let Some(death) = &p.death {
        let text = words.with("safety-died", [("on", death.on.into())]);
        said.push(status(Shape::Info, &text));
    } else if let Some(to) = p.last_residence().and_then(|lives| lives.to)
        && to <= ctx.today()
    {
        let text = words.with("safety-away", [("on", to.into())]);
        said.push(status(Shape::Info, &text));
    }
    let in_sight = in_sight(&page.view.defs, p, Keeps::Safety);
    // Not asked is not "none": whoever reads the record or its summary must see the difference.
    let asked = |form: &Form| in_sight.iter().any(|(known, _)| known.code == form.code);
    let of_safety = page.view.defs.forms.iter().filter(|form| form.keeps == Keeps::Safety);
    for form in of_safety
        .filter(|form| ctx.signed.actor.sees(form.compartment) && !p.is_dead() && !asked(form))
    {
        let text = words.with("safety-not-asked", [("form", form.short.as_str().into())]);
        said.push(status(Shape::None, &text));
    }
    for (form, entry) in in_sight {
        let text = format!("{}: {}", form.short, values(&page.view.defs, form, &entry.what));
        said.push(status(how_bad(form, &entry.what), &text));
    }
    for stop in &p.contraindications {
        let series =
            page.view.defs.series(&stop.what.series).map_or(&stop.what.series, |s| &s.short);
        let reason = list_name(ctx, "contraindication_reason", &stop.what.reason);
        let args = [("series", series.as_str().into()), ("reason", reason.into())];
        said.push(status(Shape::Alert, &words.with("safety-contraindicated", args)));
    }
    if let Some(open) = p.open_pregnancy().filter(|_| !p.is_dead()) {
        said.push(pregnant(ctx, open));
    }
    let lines = page.view.course().lines;
    if !p.is_dead() && lines.iter().any(|line| line.standing == Standing::BirthDayMissing) {
        let years = p.born.shown().date.age_years(ctx.today());
        if years < 7 {
            said.push(status(Shape::Warn, &words.say("safety-birth-day")));
        }
    }
    said.extend(doubts(ctx, page, ctx.today()));
    said
}

/// How far she is, or that nobody said how it ended.
fn pregnant(ctx: &Ctx, open: &Pregnancy) -> Markup {
    let words = ctx.words;
    if !open.holds_on(ctx.today()) {
        let text = words.with("safety-pregnancy-over", [("on", open.expected().into())]);
        return status(Shape::Warn, &text);
    }
    let mut said = vec![words.with(
        "safety-pregnant",
        [("on", open.expected().into()), ("age", age_words(ctx, open).into())],
    )];
    if let Some(n) = open.fetuses().filter(|n| *n > 1) {
        said.push(words.with("safety-fetuses", [("n", i64::from(n).into())]));
    }
    said.extend(
        open.para().map(|para| words.with("safety-para", [("para", show_para(para).into())])),
    );
    status(Shape::Info, &said.join("; "))
}

/// The worst of what is answered.
fn how_bad(form: &Form, entry: &FormRecorded) -> Shape {
    let tones = form.fields().flat_map(|field| {
        let said = answer_of(&entry.answers, &field.code);
        let codes: Vec<&str> = match said {
            Some(Value::Code(code)) => vec![code],
            Some(Value::Codes(codes)) => codes.iter().map(String::as_str).collect(),
            _ => Vec::new(),
        };
        codes.into_iter().filter_map(|code| Some(field.kind.choice(code)?.tone)).collect::<Vec<_>>()
    });
    let tones: Vec<Tone> = tones.collect();
    if tones.contains(&Tone::Bad) {
        Shape::Alert
    } else if tones.contains(&Tone::Watch) {
        Shape::Warn
    } else {
        Shape::Info
    }
}

/// Where the record contradicts itself or another one.
fn doubts(ctx: &Ctx, page: &PersonPage, today: Date) -> Vec<Markup> {
    let (words, p) = (ctx.words, &page.view.person);
    let mut said = Vec::new();
    let born = p.born.shown().date;
    for held in p.identifiers.iter().filter(|h| h.holds_on(today)) {
        if let Some((sex, year)) = held.identifier.contradicts(*p.sex.shown(), born) {
            let sex: &'static str = if sex == Sex::Male { "sex-m" } else { "sex-f" };
            let args = [
                ("sex", words.say(sex).into_owned().into()),
                ("year", i64::from(year).to_string().into()),
            ];
            said.push(status(Shape::Differ, &words.with("safety-number-says", args)));
        }
    }
    for other in &page.same_number {
        said.push(html! { span {
            (status(Shape::Differ, &words.say("safety-same-number"))) " "
            a href={ "/people/" (other.id) } { (other.name) ", " (other.born.show()) }
        } });
    }
    for field in p.conflicts() {
        let name = words.say(&format!("field-{field}")).into_owned();
        said.push(status(Shape::Differ, &words.with("conflict-title", [("field", name.into())])));
    }
    said
}
