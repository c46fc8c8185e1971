//! The groups of fields that the forms about a person share, and how they are read.

use super::choose::Chosen;
use crate::http::Ctx;
use crate::pages::parts::{Choice, Sheet, area_field, choices, list_choices, tick, typed};
use crate::words::long_day;
use maud::{Markup, html};
use tram_app::unit::AreaRow;
use tram_domain::fact::{IdentifierRecorded, ResidenceKind};
use tram_kernel::identifier::IdentifierKind;
use tram_kernel::{BirthDate, Date, Precision, Sex};

/// A group of fields under its heading.
pub fn group(ctx: &Ctx, code: &str, fields: &Markup) -> Markup {
    html! {
        section.sec aria-labelledby=(code) {
            h2 id=(code) { (ctx.words.say(code)) }
            div.cols { (fields) }
        }
    }
}

/// A list with an empty first line.
pub fn list(ctx: &Ctx, code: &str) -> Vec<Choice> {
    list_choices(ctx, code, Some(&ctx.words.say("value-unset")))
}

fn sexes(ctx: &Ctx) -> Vec<Choice> {
    choices(["f", "m"].map(|code| (code, ctx.words.say(&format!("sex-{code}")).into_owned())))
}

/// Who it is.
pub fn identity(ctx: &Ctx, sheet: &Sheet) -> Markup {
    html! {
        (sheet.field(ctx, "name", |f| { f.class = "c6"; f.required = true; f.autofocus = f.value.is_empty(); }))
        (sheet.radios(ctx, "sex", "c3", sexes(ctx)))
        (sheet.field(ctx, "ethnicity", |f| { f.class = "c3"; f.choices = Some(list(ctx, "ethnicity")); f.combo = true; }))
        (sheet.field(ctx, "born", |f| { f.class = "c3"; f.required = true; }))
        (sheet.field(ctx, "born_time", |f| { f.class = "c3"; f.optional = true; }))
        (sheet.field(ctx, "occupation", |f| { f.class = "c3"; f.choices = Some(list(ctx, "occupation")); f.combo = true; }))
        (sheet.field(ctx, "phone", |f| { f.class = "c3"; f.kind = "tel"; f.optional = true; }))
        (sheet.field(ctx, "mother", |f| { f.class = "c6"; f.source = "/people/find"; f.least = 2; f.optional = true; }))
    }
}

/// Numbers of papers.
pub fn papers(ctx: &Ctx, sheet: &Sheet) -> Markup {
    html! {
        (sheet.field(ctx, "citizen", |f| { f.class = "c4"; f.mode = "numeric"; f.optional = true; }))
        (sheet.field(ctx, "old_card", |f| { f.class = "c4"; f.mode = "numeric"; f.optional = true; }))
        div.c4 {}
        (sheet.field(ctx, "insurance", |f| { f.class = "c4"; f.optional = true; }))
        (sheet.field(ctx, "insurance_from", |f| f.class = "c3"))
        (sheet.field(ctx, "insurance_to", |f| f.class = "c3"))
    }
}

/// The village as a choice; the only one there is needs no choosing.
pub fn area(ctx: &Ctx, sheet: &Sheet, areas: &[AreaRow]) -> Markup {
    let all = (areas.len() != 1).then(|| ctx.words.say("value-unset").into_owned());
    let made = area_field("area", "", "", areas, all.as_deref()).choices;
    sheet.field(ctx, "area", |f| {
        f.class = "c4";
        f.required = true;
        f.combo = areas.len() > 15;
        f.choices = made;
    })
}

/// How somebody lives where they live.
pub fn residence_kind(ctx: &Ctx, sheet: &Sheet, class: &'static str) -> Markup {
    sheet.radios(ctx, "residence", class, list_choices(ctx, "residence_kind", None))
}

/// A household by its number or from the list, with the offer to open one that is not there yet.
pub fn household(ctx: &Ctx, sheet: &Sheet, required: bool) -> Markup {
    let unknown = sheet.wrong("household").is_some_and(|m| m.code == "household-unknown");
    let asked = !sheet.get("open_household").is_empty();
    html! {
        (sheet.field(ctx, "household", |f| { f.class = "c6"; f.source = "/households/find"; f.required = required; f.optional = !required; }))
        (sheet.field(ctx, "relation", |f| { f.class = "c3"; f.choices = Some(list(ctx, "relation")); }))
        @if unknown || asked {
            div.c12 { (tick("open_household", &ctx.words.say("household-open"), asked)) }
        }
    }
}

/// What is read of the first group. `None` where something is missing or wrong.
pub struct Identity {
    pub name: Option<String>,
    pub sex: Option<Sex>,
    pub born: Option<BirthDate>,
    pub minute: Option<u16>,
    pub ethnicity: Option<String>,
    pub occupation: Option<String>,
    pub phone: Option<String>,
}

pub fn read_identity(ctx: &Ctx, sheet: &mut Sheet) -> Identity {
    let today = ctx.today();
    let identity = Identity {
        name: sheet.required("name", "typed-name-missing", typed::name),
        sex: sheet.required("sex", "typed-sex-missing", typed::sex),
        born: sheet.required("born", "typed-born-missing", |text| typed::born(text, today)),
        minute: sheet.optional("born_time", typed::minute),
        ethnicity: sheet.listed(ctx, "ethnicity", "ethnicity"),
        occupation: sheet.listed(ctx, "occupation", "occupation"),
        phone: sheet.optional("phone", typed::phone),
    };
    echo_born(ctx, sheet, identity.born);
    identity
}

/// Says how a birth date was understood.
pub fn echo_born(ctx: &Ctx, sheet: &mut Sheet, born: Option<BirthDate>) {
    let Some(born) = born else { return };
    let text = match born.precision() {
        Precision::Day => long_day(ctx.words, born.first()),
        Precision::Month => ctx.words.with("read-month", [("born", born.show().into())]),
        Precision::Year => ctx.words.with("read-year", [("born", born.show().into())]),
    };
    sheet.echo("born", format!("= {text}"));
}

/// Reads a day and says how it was understood.
pub fn read_day(
    ctx: &Ctx,
    sheet: &mut Sheet,
    name: &'static str,
    missing: Option<&'static str>,
) -> Option<Date> {
    let today = ctx.today();
    let read = |text: &str| typed::full_day(text, today);
    let day = match missing {
        Some(missing) => sheet.required(name, missing, read),
        None => sheet.optional(name, read),
    };
    if let Some(day) = day {
        sheet.echo(name, format!("= {}", long_day(ctx.words, day)));
    }
    day
}

pub fn read_papers(ctx: &Ctx, sheet: &mut Sheet) -> Vec<IdentifierRecorded> {
    let of = |kind| move |text: &str| typed::identifier(kind, text);
    let citizen = sheet.optional("citizen", of(IdentifierKind::Citizen));
    let old_card = sheet.optional("old_card", of(IdentifierKind::OldCard));
    let insurance = sheet.optional("insurance", of(IdentifierKind::InsuranceCard));
    let from = read_day(ctx, sheet, "insurance_from", None);
    let to = read_day(ctx, sheet, "insurance_to", None);
    if (from.is_some() || to.is_some()) && sheet.get("insurance").is_empty() {
        sheet.refuse("insurance", tram_kernel::Message::new("insurance-missing"));
    }
    let plain = |identifier| IdentifierRecorded { identifier, from: None, to: None };
    let plain = citizen.into_iter().chain(old_card).map(plain);
    plain.chain(insurance.map(|identifier| IdentifierRecorded { identifier, from, to })).collect()
}

pub fn read_area(sheet: &mut Sheet) -> Option<i64> {
    sheet.required("area", "area-missing", |text| {
        text.parse().map_err(|_| tram_kernel::Message::new("area-missing"))
    })
}

pub fn read_residence(sheet: &mut Sheet) -> Option<ResidenceKind> {
    sheet.required("residence", "residence-missing", |text| {
        ResidenceKind::from_code(text).ok_or(tram_kernel::Message::new("residence-missing"))
    })
}

/// Who one is to the head; asked for as soon as there is a household.
pub fn read_relation(ctx: &Ctx, sheet: &mut Sheet, chosen: &Chosen) -> Option<String> {
    let relation = sheet.listed(ctx, "relation", "relation");
    if relation.is_none() && *chosen != Chosen::None {
        sheet.refuse("relation", tram_kernel::Message::new("relation-missing"));
    }
    relation
}
