//! Values that were changed in two places without knowing of each other: shown side by side until a
//! person chooses.

use super::show::{field_code, value};
use super::{done, load, must_write, page};
use crate::http::{Answer, Ctx, Fields};
use crate::pages::parts::typed::words_or_none;
use crate::pages::parts::{Field, Shape, Sheet, carried, errors, field, icon, kept_tokens, remark};
use axum::extract::Path;
use maud::{Markup, html};
use tram_app::person::{Amendment, Asking, PersonPage, parse_ref, show_ref};
use tram_defs::role::Action;
use tram_domain::fact::{FactRef, PersonChange};
use tram_domain::person::Person;
use tram_kernel::Message;

/// A choice that could not be saved yet, shown again on the page.
pub struct Choosing {
    field: String,
    picked: String,
    reason: String,
    idem: String,
    message: Message,
}

impl Choosing {
    fn lacks_reason(&self) -> bool {
        self.message.code == "person-reason-needed"
    }
}

/// The standing values of a field, as the change that would say so.
fn heads(person: &Person, field: &str) -> Vec<(FactRef, PersonChange)> {
    fn each<T: Clone>(
        heads: &[(FactRef, T)],
        change: impl Fn(T) -> PersonChange,
    ) -> Vec<(FactRef, PersonChange)> {
        heads.iter().map(|(at, value)| (*at, change(value.clone()))).collect()
    }
    match field {
        "name" => each(person.name.heads(), PersonChange::Name),
        "sex" => each(person.sex.heads(), PersonChange::Sex),
        "born" => each(person.born.heads(), |born| PersonChange::Born(born.date, born.minute)),
        "ethnicity" => each(person.ethnicity.heads(), PersonChange::Ethnicity),
        "occupation" => each(person.occupation.heads(), PersonChange::Occupation),
        "phone" => each(person.phone.heads(), PersonChange::Phone),
        "mother" => {
            each(person.mother.heads(), |mother| PersonChange::Mother(mother.id, mother.name))
        }
        _ => Vec::new(),
    }
}

/// One box for each field in conflict.
pub fn boxes(ctx: &Ctx, page: &PersonPage, choosing: Option<&Choosing>) -> Markup {
    html! {
        @for field in page.view.person.conflicts() {
            (one(ctx, page, field, choosing.filter(|choosing| choosing.field == field)))
        }
    }
}

fn one(ctx: &Ctx, page: &PersonPage, code: &str, choosing: Option<&Choosing>) -> Markup {
    let words = ctx.words;
    let heads = heads(&page.view.person, code);
    let name = words.say(&format!("field-{code}")).into_owned();
    let title = words.with("conflict-title", [("field", name.into())]);
    let may = ctx.signed.actor.may(Action::PersonWrite);
    let body = html! {
        (icon(Shape::Differ))
        div {
            h2 id={ "conflict-" (code) } { (title) }
            p { (words.say("conflict-what")) }
            @if may { fieldset {
                legend.vh { (words.say("conflict-right")) }
                (sides(ctx, page, &heads, choosing, true))
            } } @else { (sides(ctx, page, &heads, None, false)) }
            @if may { (reason(ctx, page, code, choosing)) }
        }
        @if may { div.acts { button.btn type="submit" { (words.say("conflict-save")) } } }
    };
    if !may {
        return html! { div.note.warn { (body) } };
    }
    let fresh = format!("{:032x}", ctx.server.app.new_id());
    html! {
        @if let Some(choosing) = choosing {
            @let about = if choosing.lacks_reason() { format!("reason-{code}") } else { String::new() };
            (errors(words, &[(&about, words.message(&choosing.message))]))
        }
        form.note.warn method="post" action={ "/people/" (page.view.person.id) "/conflict" }
            aria-labelledby={ "conflict-" (code) } novalidate {
            (kept_tokens(ctx, choosing.map_or(&fresh, |choosing| &choosing.idem)))
            (carried("field", code))
            @for (at, _) in &heads { (carried("seen", &show_ref(at))) }
            (body)
        }
    }
}

/// Each value with who recorded it and when.
fn sides(
    ctx: &Ctx,
    page: &PersonPage,
    heads: &[(FactRef, PersonChange)],
    choosing: Option<&Choosing>,
    may: bool,
) -> Markup {
    let words = ctx.words;
    html! {
        div.sides { @for (at, change) in heads {
            @let shown = value(ctx, page, change);
            @let named = show_ref(at);
            @let line = page.history.iter().find(|line| line.at == *at);
            div.side {
                @if may {
                    label.opt {
                        input type="radio" name="pick" value=(named)
                            checked[choosing.is_some_and(|c| c.picked == named)];
                        (shown)
                    }
                } @else { b { (shown) } }
                @if let Some(line) = line {
                    p.sm {
                        (line.by.as_deref().unwrap_or(&words.say("line-machine")))
                        @if let Some(unit) = line.unit.and_then(|unit| page.units.get(&unit)) { ", " (unit) }
                        br; (line.recorded_at.show())
                        @if let tram_domain::fact::Body::PersonAmended(body) = &line.body {
                            @if let Some(why) = &body.reason { ", " (why) }
                        }
                    }
                }
            }
        } }
    }
}

/// After the day of registration a choice needs its reason.
fn reason(ctx: &Ctx, page: &PersonPage, code: &str, choosing: Option<&Choosing>) -> Markup {
    let words = ctx.words;
    let needed = ctx.today() > page.view.person.registered_at.day();
    let id = format!("reason-{code}");
    let missing = choosing.filter(|choosing| choosing.lacks_reason());
    let hint = words.say("conflict-reason-hint");
    let f = Field {
        id: &id,
        label: &words.say("f-reason"),
        value: choosing.map_or("", |choosing| &choosing.reason),
        hint: &hint,
        wrong: missing.map(|choosing| words.message(&choosing.message)),
        required: needed,
        optional: !needed,
        ..Field::default()
    };
    html! {
        @if let Some(choosing) = choosing.filter(|_| missing.is_none()) {
            (remark(Shape::Bad, &words.message(&choosing.message), None))
        }
        (field(words, &f))
    }
}

pub async fn settle(Path(id): Path<String>, form: Fields) -> Answer {
    let ctx = &form.ctx;
    must_write(ctx)?;
    let page = load(ctx, &id).await?;
    let person = &page.view.person;
    let code = form.get("field").to_owned();
    let typed = form.get(&format!("reason-{code}")).to_owned();
    let picked = parse_ref(form.get("pick"));
    let chosen = heads(person, &code).into_iter().find(|(at, _)| Some(*at) == picked);
    let mut sheet = Sheet::posted(&form);
    let reason = words_or_none(&typed);
    if let Err(message) = reason {
        sheet.refuse("", message);
    } else if let Some((_, change)) = chosen {
        debug_assert_eq!(field_code(&change), code);
        let seen = form.all("seen").filter_map(parse_ref).collect();
        let amendments = [Amendment { change, seen }];
        let asking = Asking {
            reason: reason.unwrap_or_default(),
            command: form.command(),
            ..Asking::default()
        };
        let id = person.id;
        let settled = sheet
            .run(ctx, "", move |app, actor| app.amend_person(actor, id, &amendments, &asking))
            .await?;
        if settled.is_some() {
            return Ok(done(id, "settled"));
        }
    } else {
        let message = if picked.is_none() { "conflict-none-picked" } else { "conflict-gone" };
        sheet.refuse("", Message::new(message));
    }
    let choosing = Choosing {
        field: code,
        picked: form.get("pick").to_owned(),
        reason: typed,
        idem: form.get("idem").to_owned(),
        message: sheet.first_wrong().unwrap_or(Message::new("person-no-change")),
    };
    Ok(sheet.answer(page::draw(ctx, &page, &page::Asked::default(), Some(&choosing))))
}
