//! Parting two linked records again: each as it was, and what was written since goes where it belongs.

use super::show::list_name;
use super::{id_of, must_write};
use crate::http::{Answer, Ctx, Fields, Trouble};
use crate::pages::layout;
use crate::pages::parts::typed::words as read_words;
use crate::pages::parts::{Head, Sheet, head};
use axum::extract::Path;
use axum::response::{Html, IntoResponse, Redirect};
use maud::{Markup, html};
use tram_app::Failure;
use tram_app::person::{Asking, Joined, parse_ref, show_ref};
use tram_domain::fact::{Body, Logged};
use tram_kernel::{PersonId, day};

pub async fn show(ctx: Ctx, Path((id, fact)): Path<(String, String)>) -> Answer {
    must_write(&ctx)?;
    let joined = load(&ctx, &id, &fact).await?;
    let sheet = Sheet::fresh(&ctx);
    Ok(Html(draw(&ctx, &joined, &sheet, &[]).into_string()).into_response())
}

pub async fn save(Path((id, fact)): Path<(String, String)>, form: Fields) -> Answer {
    let ctx = &form.ctx;
    must_write(ctx)?;
    let joined = load(ctx, &id, &fact).await?;
    let mut sheet = Sheet::posted(&form);
    let reason = sheet.required("reason", "person-reason-needed", read_words);
    let ticked: Vec<String> = form.all("move").map(str::to_owned).collect();
    if let Some(reason) = reason {
        let asking = Asking { reason: Some(reason), command: form.command(), ..Asking::default() };
        let (id, at) = (joined.view.person.id, joined.link.at);
        let moved: Vec<_> = ticked.iter().filter_map(|text| parse_ref(text)).collect();
        let parted =
            sheet.run(ctx, "", move |app, actor| app.unlink(actor, id, (at, &moved), &asking));
        if parted.await?.is_some() {
            return Ok(Redirect::to(&format!("/people/{id}?done=parted")).into_response());
        }
    }
    Ok(sheet.answer(draw(ctx, &joined, &sheet, &ticked)))
}

async fn load(ctx: &Ctx, id: &str, fact: &str) -> Answer<Joined> {
    let id: PersonId = id_of(ctx, id)?;
    let at = parse_ref(fact).ok_or_else(|| Trouble::signed(ctx.clone(), Failure::NotFound))?;
    ctx.run(move |app, actor| app.joined(actor, id, at)).await
}

fn draw(ctx: &Ctx, joined: &Joined, sheet: &Sheet, ticked: &[String]) -> Markup {
    let words = ctx.words;
    let (person, other) = (&joined.view.person, &joined.other);
    let back = format!("/people/{}", person.id);
    let to = format!("{back}/part/{}", show_ref(&joined.link.at));
    let (people, title) = (words.say("menu-people"), words.say("part-title"));
    let h = Head {
        crumbs: &[(&people, "/people"), (person.name.shown(), &back)],
        title: &title,
        sub: html! {
            (words.with("part-lead", [
                ("name", other.name.shown().as_str().into()),
                ("born", other.born.shown().date.show().into()),
                ("day", joined.link.on.into()),
            ]))
        },
        acts: html! {},
    };
    let body = html! {
        (head(words, &h))
        form.form method="post" action=(to) data-main novalidate {
            (sheet.top(ctx, |_| html! {}))
            @if joined.since.is_empty() { p { (words.say("part-nothing-since")) } } @else {
                fieldset.field {
                    legend { (words.with("part-since", [("name", other.name.shown().as_str().into())])) }
                    div.opts.col { @for known in &joined.since {
                        @let at = show_ref(&known.at);
                        label.opt {
                            input type="checkbox" name="move" value=(at) checked[ticked.contains(&at)];
                            (line(ctx, joined, known))
                        }
                    } }
                }
            }
            div.cols { (sheet.field(ctx, "reason", |f| { f.class = "c8"; f.required = true; })) }
            (sheet.end(ctx, "part-save", &back))
        }
    };
    layout::page(ctx, &title, "/people", body)
}

/// `16/01/2026 Tiêm: SII`.
fn line(ctx: &Ctx, joined: &Joined, known: &Logged) -> String {
    let words = ctx.words;
    let kind = words.say(&format!("fact-{}", known.fact.body.code())).into_owned();
    let what = match &known.fact.body {
        Body::DoseGiven(dose) => {
            let vaccine = joined.view.defs.vaccines.iter().find(|v| v.code == dose.vaccine);
            vaccine.map_or_else(|| dose.vaccine.clone(), |v| v.name.clone())
        }
        Body::DoseDeferred(deferral) => list_name(ctx, "deferral_reason", &deferral.reason),
        Body::ResidenceStarted(home) => joined.areas.get(&home.area).cloned().unwrap_or_default(),
        Body::IdentifierRecorded(held) => super::show::paper(words, held.identifier.kind()),
        _ => String::new(),
    };
    let text = format!("{} {kind}", day::show(known.fact.happened_on));
    if what.is_empty() { text } else { format!("{text}: {what}") }
}
