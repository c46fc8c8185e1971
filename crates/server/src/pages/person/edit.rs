//! Amendment: only what was really changed is sent on, together with the values its author was looking
//! at. Somebody else's change in between is never overwritten; both then stand side by side.

use super::choose::resolve_mother;
use super::groups::{echo_born, group, identity};
use super::subform::stored;
use super::{done, load, must_write, show};
use crate::http::{Answer, Ctx, Fields};
use crate::pages::layout;
use crate::pages::parts::{Head, Sheet, carried, head, typed};
use axum::extract::Path;
use axum::response::{Html, IntoResponse};
use maud::{Markup, html};
use tram_app::person::{Amendment, Asking, PersonPage, parse_ref, show_ref};
use tram_domain::fact::{FactRef, PersonChange};
use tram_domain::person::Person;
use tram_kernel::{Message, moment};

/// A field of the record and the boxes it is typed into.
const FIELDS: [(&str, &[&str]); 7] = [
    ("name", &["name"]),
    ("sex", &["sex"]),
    ("born", &["born", "born_time"]),
    ("ethnicity", &["ethnicity", "ethnicity_text"]),
    ("occupation", &["occupation", "occupation_text"]),
    ("phone", &["phone"]),
    ("mother", &["mother", "mother_text"]),
];

pub async fn open(ctx: Ctx, Path(id): Path<String>) -> Answer {
    must_write(&ctx)?;
    let page = load(&ctx, &id).await?;
    let mut sheet = Sheet::fresh(&ctx);
    fill(&mut sheet, &page);
    let p = &page.view.person;
    echo_born(&ctx, &mut sheet, Some(p.born.shown().date));
    Ok(Html(draw(&ctx, &page, &sheet).into_string()).into_response())
}

/// The values shown now, once to be changed and once to tell later what was changed.
fn fill(sheet: &mut Sheet, page: &PersonPage) {
    let p = &page.view.person;
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let mother = p.mother.shown();
    let mother_name = mother.id.and_then(|id| page.people.get(&id).cloned());
    let values = [
        ("name", p.name.shown().clone()),
        ("sex", p.sex.shown().code().to_owned()),
        ("born", p.born.shown().date.show()),
        ("born_time", p.born.shown().minute.map(moment::show_time).unwrap_or_default()),
        ("ethnicity", text(p.ethnicity.shown())),
        ("occupation", text(p.occupation.shown())),
        (
            "phone",
            p.phone.shown().as_deref().map(show::phone).unwrap_or_default().replace('\u{a0}', " "),
        ),
        ("mother", mother.id.map(|id| id.to_string()).unwrap_or_default()),
        ("mother_text", mother_name.or_else(|| mother.name.clone()).unwrap_or_default()),
    ];
    for (name, value) in values {
        sheet.set(&format!("was_{name}"), value.clone());
        sheet.set(name, value);
    }
    for (field, _) in FIELDS {
        let seen: Vec<String> = seen(p, field).iter().map(show_ref).collect();
        sheet.set(&format!("seen_{field}"), seen.join(" "));
    }
}

fn seen(p: &Person, field: &str) -> Vec<FactRef> {
    match field {
        "name" => p.name.seen(),
        "sex" => p.sex.seen(),
        "born" => p.born.seen(),
        "ethnicity" => p.ethnicity.seen(),
        "occupation" => p.occupation.seen(),
        "phone" => p.phone.seen(),
        _ => p.mother.seen(),
    }
}

/// Whether the person typed something else than was in the boxes of a field. The words beside a code
/// only count when there is no code: a script fills them in, without one they stay empty.
fn is_changed(sheet: &Sheet, boxes: &[&str]) -> bool {
    boxes.iter().any(|name| {
        let (now, was) = (sheet.get(name), sheet.get(&format!("was_{name}")));
        let beside = name.strip_suffix("_text").filter(|_| *name != "mother_text");
        let counts = beside.is_none_or(|code| sheet.get(code).is_empty() && !now.is_empty());
        counts && now != was
    })
}

fn amendment(sheet: &Sheet, field: &str, change: PersonChange) -> Amendment {
    let seen = sheet.get(&format!("seen_{field}"));
    Amendment { change, seen: seen.split(' ').filter_map(parse_ref).collect() }
}

/// Reads what was changed; what was left alone is not even looked at.
async fn read(ctx: &Ctx, sheet: &mut Sheet) -> Answer<Vec<Amendment>> {
    let today = ctx.today();
    let mut all = Vec::new();
    for (field, boxes) in FIELDS {
        if !is_changed(sheet, boxes) {
            continue;
        }
        let change = match field {
            "name" => {
                sheet.required("name", "typed-name-missing", typed::name).map(PersonChange::Name)
            }
            "sex" => sheet.required("sex", "typed-sex-missing", typed::sex).map(PersonChange::Sex),
            "born" => {
                let read = |text: &str| typed::born(text, today);
                let born = sheet.required("born", "typed-born-missing", read);
                let minute = sheet.optional("born_time", typed::minute);
                echo_born(ctx, sheet, born);
                born.map(|born| PersonChange::Born(born, minute))
            }
            "ethnicity" => {
                Some(PersonChange::Ethnicity(sheet.listed(ctx, "ethnicity", "ethnicity")))
            }
            "occupation" => {
                Some(PersonChange::Occupation(sheet.listed(ctx, "occupation", "occupation")))
            }
            "phone" => Some(PersonChange::Phone(sheet.optional("phone", typed::phone))),
            _ => {
                let (mother, name) = resolve_mother(ctx, sheet).await?;
                Some(PersonChange::Mother(mother, name))
            }
        };
        all.extend(change.map(|change| amendment(sheet, field, change)));
    }
    Ok(all)
}

pub async fn save(Path(id): Path<String>, form: Fields) -> Answer {
    let ctx = &form.ctx;
    must_write(ctx)?;
    let page = load(ctx, &id).await?;
    let id = page.view.person.id;
    let mut sheet = Sheet::posted(&form);
    let amendments = read(ctx, &mut sheet).await?;
    let reason = sheet.optional("reason", typed::words);
    if amendments.is_empty() && sheet.is_right() {
        sheet.refuse("", Message::new("person-no-change"));
    }
    if sheet.is_right() {
        let asking = Asking { accepted: form.accepted(), reason, command: form.command() };
        let amended = sheet
            .run(ctx, "", move |app, actor| app.amend_person(actor, id, &amendments, &asking))
            .await?;
        if amended.is_some() {
            return Ok(done(id, "amended"));
        }
    }
    Ok(sheet.answer(draw(ctx, &page, &sheet)))
}

fn draw(ctx: &Ctx, page: &PersonPage, sheet: &Sheet) -> Markup {
    let words = ctx.words;
    let p = &page.view.person;
    let (name, to) = (p.name.shown(), format!("/people/{}", p.id));
    let (people, title) = (words.say("menu-people"), words.say("person-edit"));
    let h = Head {
        crumbs: &[(&people, "/people"), (name, &to)],
        title: &title,
        sub: html! { (words.say("edit-sub")) },
        acts: html! {},
    };
    let needed = ctx.today() > p.registered_at.day();
    let reason = sheet.field(ctx, "reason", |f| {
        f.class = "c8";
        f.required = needed;
        f.optional = !needed;
    });
    let newest = page.history.iter().max_by_key(|line| (line.recorded_at, line.at));
    let version = newest.map(|line| show_ref(&line.at)).unwrap_or_default();
    let body = html! {
        (head(words, &h))
        div.split {
            form.form method="post" action={ (to) "/edit" } data-main data-draft={ "person:" (p.id) }
                data-seen=(version) novalidate {
                (sheet.top(ctx, |_| html! {}))
                @for (field, boxes) in FIELDS {
                    (carried(&format!("seen_{field}"), sheet.get(&format!("seen_{field}"))))
                    @for name in boxes { (carried(&format!("was_{name}"), sheet.get(&format!("was_{name}")))) }
                }
                (group(ctx, "group-person", &identity(ctx, sheet)))
                (group(ctx, "group-amendment", &reason))
                (sheet.end(ctx, "edit-save", &to))
            }
            (stored(ctx, page))
        }
    };
    layout::page(ctx, &format!("{title}: {name}"), "/people", body)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(values: &[(&str, &str)]) -> Sheet {
        let mut sheet = Sheet::default();
        for (name, value) in values {
            sheet.set(name, *value);
        }
        sheet
    }

    #[track_caller]
    fn check(field: &str, values: &[(&str, &str)], expected: bool) {
        let boxes = FIELDS.iter().find(|(name, _)| *name == field).expect("a field").1;
        assert_eq!(is_changed(&sheet(values), boxes), expected, "{values:?}");
    }

    #[test]
    fn only_what_was_typed_over_is_a_change() {
        check("phone", &[("phone", "0912 645 013"), ("was_phone", "0912 645 013")], false);
        check("phone", &[("phone", ""), ("was_phone", "0912 645 013")], true);
        check("born", &[("born", "1965"), ("was_born", "1965"), ("born_time", "7:05")], true);
    }

    #[test]
    fn words_beside_a_code_count_only_without_a_code() {
        let chosen = [("ethnicity", "02"), ("was_ethnicity", "02"), ("ethnicity_text", "Tày")];
        check("ethnicity", &chosen, false);
        check("ethnicity", &[("ethnicity", ""), ("ethnicity_text", "Tày")], true);
        check("ethnicity", &[("ethnicity", ""), ("was_ethnicity", "02")], true);
        let mother =
            [("mother", "ng-1"), ("was_mother", "ng-1"), ("was_mother_text", "Lò Thị Mai")];
        check("mother", &[&mother[..], &[("mother_text", "Lò Thị Mai")]].concat(), false);
        check("mother", &[&mother[..], &[("mother_text", "Lò Thị Mây")]].concat(), true);
    }
}
