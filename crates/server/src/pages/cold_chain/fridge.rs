//! One fridge: what happened to its cold, what was decided about the lots, its beginning and end.

use super::{degrees, must_write};
use crate::http::{Answer, Ctx, Fields, Trouble};
use crate::pages::layout;
use crate::pages::parts::{
    Choice, Field, Head, Shape, Sheet, carried, done, empty, errors, facts, field, head,
    hidden_tokens, list_choices, print_head, section, status, typed,
};
use axum::extract::{Path, Query};
use axum::response::{Html, IntoResponse, Redirect, Response};
use maud::{Markup, html};
use serde::Deserialize;
use tram_app::Failure;
use tram_app::cold_chain::FridgePage;
use tram_app::person::{parse_ref, show_ref};
use tram_app::stock::LotLine;
use tram_domain::cold_chain::{Incident, Wish};
use tram_domain::fact::{ColdIncident, ColdIncidentDecided, FridgeRegistered, ItemKind};
use tram_kernel::{FridgeId, LotId, Message, UnitId, day, moment};

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    unit: String,
    done: String,
}

async fn load(ctx: &Ctx, id: &str) -> Answer<FridgePage> {
    let id: FridgeId = id.parse().map_err(|_| Trouble::signed(ctx.clone(), Failure::NotFound))?;
    ctx.run(move |app, actor| app.fridge_page(actor, id)).await
}

fn back(id: FridgeId, done: &str) -> Response {
    Redirect::to(&format!("/cold/{id}?done={done}")).into_response()
}

pub async fn new(ctx: Ctx, Query(asked): Query<Asked>) -> Answer {
    must_write(&ctx)?;
    let mut sheet = Sheet::fresh(&ctx);
    sheet.set("unit", asked.unit);
    sheet.set("fridge_since", day::show(ctx.today()));
    Ok(Html(new_page(&ctx, &sheet).into_string()).into_response())
}

fn new_page(ctx: &Ctx, sheet: &Sheet) -> Markup {
    let words = ctx.words;
    let (title, cold) = (words.say("cold-new"), words.say("cold-title"));
    let sub = html! { (words.say("cold-new-lead")) };
    let h = Head { crumbs: &[(&cold, "/cold")], title: &title, sub, acts: html! {} };
    let body = html! {
        (head(words, &h))
        form.form method="post" action="/cold/new" data-main data-draft="fridge:new" novalidate {
            (sheet.top(ctx, |_| html! {}))
            (carried("unit", sheet.get("unit")))
            section.sec aria-label=(title) { div.cols {
                (sheet.field(ctx, "fridge_name", |f| { f.class = "c5"; f.required = true; f.autofocus = true; }))
                (sheet.field(ctx, "fridge_model", |f| { f.class = "c4"; f.optional = true; }))
                (sheet.field(ctx, "fridge_since", |f| { f.class = "c3"; f.required = true; }))
            } }
            (sheet.end(ctx, "form-save", "/cold"))
        }
    };
    layout::page(ctx, &title, "/stock", body)
}

pub async fn add(form: Fields) -> Answer {
    let ctx = &form.ctx;
    must_write(ctx)?;
    let mut sheet = Sheet::posted(&form);
    let unit: UnitId = form.get("unit").parse().unwrap_or(ctx.signed.actor.unit);
    let name = sheet.required("fridge_name", "field-missing", typed::words);
    let model = sheet.optional("fridge_model", typed::words);
    let since =
        sheet.required("fridge_since", "field-missing", |text| typed::full_day(text, ctx.today()));
    if let (Some(name), Some(since), true) = (name, since, sheet.is_right()) {
        let body = FridgeRegistered { unit, name, model };
        let command = form.command();
        let saved = sheet
            .run(ctx, "fridge_since", move |app, actor| {
                app.add_fridge(actor, &body, since, command)
            })
            .await?;
        if saved.is_some() {
            let to = format!("/cold?unit={unit}&done=cold-new");
            return Ok(Redirect::to(&to).into_response());
        }
    }
    Ok(sheet.answer(new_page(ctx, &sheet)))
}

pub async fn show(ctx: Ctx, Path(id): Path<String>, Query(asked): Query<Asked>) -> Answer {
    let page = load(&ctx, &id).await?;
    let sheet = Sheet::fresh(&ctx);
    Ok(Html(draw(&ctx, &page, &asked.done, &sheet).into_string()).into_response())
}

/// The page with its small forms as they were typed.
fn draw(ctx: &Ctx, page: &FridgePage, told: &str, sheet: &Sheet) -> Markup {
    let words = ctx.words;
    let fridge = &page.fridge;
    let cold = words.say("cold-title");
    let to = format!("/cold?unit={}", fridge.unit);
    let h = Head {
        crumbs: &[(&cold, &to)],
        title: &fridge.name,
        sub: html! { (page.unit.name) @if let Some(model) = &fridge.model { ", " (model) } },
        acts: html! {
            button.btn type="button" data-print { (words.say("print-page")) }
            @if page.may_write { a.btn.main href={ "/cold/" (fridge.id) "/incident" } data-key="N" { (words.say("cold-incident-new")) " " kbd.keyhint { "N" } } }
        },
    };
    let body = html! {
        (head(words, &h))
        (print_head(ctx, &words.say("cold-incidents"), &fridge.name))
        (done(ctx, told))
        @if let Some(wrong) = sheet.first_wrong() { (errors(words, &[("", words.message(&wrong))])) }
        @if fridge.incidents.is_empty() {
            (empty(&words.say("cold-no-incident"), &words.say("cold-no-incident-what"), html! {}))
        }
        @for incident in fridge.incidents.iter().rev() { (incident_part(ctx, page, incident, sheet)) }
        @if page.may_write && fridge.retired_on.is_none() { (retire_part(ctx, page, sheet)) }
        @if let Some(on) = fridge.retired_on { p.sec { (status(Shape::None, &words.with("cold-retired", [("day", on.into())]))) } }
    };
    layout::page(ctx, &fridge.name, "/stock", body)
}

/// From when to when, as exactly as it was written.
fn span(incident: &Incident) -> String {
    let told = &incident.told.what;
    let at = |minute: Option<u16>| minute.map(|m| format!(" {}", moment::show_time(m)));
    let from = format!("{}{}", day::show(incident.told.day), at(told.minute).unwrap_or_default());
    match told.until {
        Some(until) => {
            format!("{from} – {}{}", day::show(until), at(told.until_minute).unwrap_or_default())
        }
        None => from,
    }
}

fn incident_part(ctx: &Ctx, page: &FridgePage, incident: &Incident, sheet: &Sheet) -> Markup {
    let words = ctx.words;
    let defs = ctx.server.app.definitions();
    let told = &incident.told.what;
    let decision = |code: &str| {
        defs.list("cold_decision").and_then(|list| list.name(code)).unwrap_or(code).to_owned()
    };
    let unknown = || words.say("value-unknown").into_owned();
    let row = |code: &str, value: String| (html! { (words.say(code)) }, html! { (value) });
    let mut rows = vec![
        row("cold-told", told.told.clone()),
        row("f-lowest", told.lowest.map_or_else(unknown, |t| format!("{} °C", degrees(t)))),
        row("f-highest", told.highest.map_or_else(unknown, |t| format!("{} °C", degrees(t)))),
        row("cold-lots", words.with("cold-lots-n", [("n", told.lots.len().into())])),
    ];
    for decided in &incident.decided {
        let more = decided.what.told.as_deref().map(|told| format!("; {told}")).unwrap_or_default();
        let value =
            format!("{}: {}{more}", day::show(decided.day), decision(&decided.what.decision));
        rows.push(row("cold-decided", value));
    }
    let side = html! { @if incident.decided.is_empty() { (status(Shape::Alert, &words.say("cold-undecided"))) } };
    section(
        &span(incident),
        side,
        html! {
            (facts(&rows))
            @if !told.lots.is_empty() {
                ul.todo { @for lot in &told.lots { li { a href={ "/stock/lots/" (lot) } { (lot_name(ctx, page, *lot)) } } } }
            }
            @if page.may_write { (decide_form(ctx, page, incident, sheet)) }
        },
    )
}

/// The vaccine and its lot; a lot the book of this unit does not know is only called one.
fn lot_name(ctx: &Ctx, page: &FridgePage, lot: LotId) -> String {
    let defs = ctx.server.app.definitions();
    let Some((item, lot)) = page.lots.get(&lot) else {
        return ctx.words.say("cold-lot-open").into_owned();
    };
    format!("{}, {lot}", defs.vaccine(item).map_or(item.as_str(), |v| v.name.as_str()))
}

fn decide_form(ctx: &Ctx, page: &FridgePage, incident: &Incident, sheet: &Sheet) -> Markup {
    let words = ctx.words;
    let n = page.fridge.incidents.iter().position(|other| other.told.at == incident.told.at);
    let [decision_id, told_id] =
        ["decision", "decision_told"].map(|id| format!("{id}-{}", n.unwrap_or_default()));
    let unset = words.say("value-unset").into_owned();
    let choices: Vec<Choice> = list_choices(ctx, "cold_decision", Some(&unset));
    let decision = Field {
        id: &decision_id,
        label: &words.say("f-decision"),
        value: sheet.get(&decision_id),
        choices: Some(choices),
        class: "c5",
        required: true,
        ..Field::default()
    };
    let told = Field {
        id: &told_id,
        label: &words.say("f-note"),
        value: sheet.get(&told_id),
        class: "c7",
        ..Field::default()
    };
    html! {
        form.form.sec.no-print method="post" action={ "/cold/" (page.fridge.id) "/decision" } novalidate {
            (hidden_tokens(ctx))
            (carried("incident", &show_ref(&incident.told.at))) (carried("n", &n.unwrap_or_default().to_string()))
            div.cols { (field(words, &decision)) (field(words, &told)) }
            div.acts.sec { button.btn { (words.say("cold-decide")) } }
        }
    }
}

fn retire_part(ctx: &Ctx, page: &FridgePage, sheet: &Sheet) -> Markup {
    let words = ctx.words;
    let reason = Field {
        id: "retire_reason",
        label: &words.say("reason"),
        value: sheet.get("retire_reason"),
        class: "c8",
        optional: true,
        ..Field::default()
    };
    html! {
        details.sec.no-print open[!sheet.get("retire_reason").is_empty()] {
            summary { b { (words.say("cold-retire")) } }
            form.form.sec method="post" action={ "/cold/" (page.fridge.id) "/retire" } {
                (hidden_tokens(ctx))
                div.cols { (field(words, &reason)) }
                div.acts.sec { button.btn.bad { (words.say("cold-retire")) } }
            }
        }
    }
}

/// Saves a change of a fridge, or shows its page again with what was typed.
async fn change(
    form: &Fields,
    id: &str,
    wish: Result<Wish, Message>,
    said: &'static str,
) -> Answer {
    let ctx = &form.ctx;
    must_write(ctx)?;
    let page = load(ctx, id).await?;
    let mut sheet = Sheet::posted(form);
    match wish {
        Err(message) => sheet.refuse("", message),
        Ok(wish) => {
            let (id, today, command) = (page.fridge.id, ctx.today(), form.command());
            let work = sheet.run(ctx, "", move |app, actor| {
                app.change_fridge(actor, id, &wish, today, command)
            });
            if work.await?.is_some() {
                return Ok(back(id, said));
            }
        }
    }
    Ok(sheet.answer(draw(ctx, &page, "", &sheet)))
}

pub async fn decide(Path(id): Path<String>, form: Fields) -> Answer {
    let gone = || Trouble::signed(form.ctx.clone(), Failure::NotFound);
    let incident = parse_ref(form.get("incident")).ok_or_else(gone)?;
    let n = form.get("n");
    let decision = form.get(&format!("decision-{n}")).to_owned();
    let told = typed::words_or_none(form.get(&format!("decision_told-{n}")));
    let wish = match (decision.is_empty(), told) {
        (true, _) => Err(Message::new("field-choose")),
        (false, Ok(told)) => Ok(Wish::Decide(ColdIncidentDecided { incident, decision, told })),
        (false, Err(message)) => Err(message),
    };
    change(&form, &id, wish, "cold-decided").await
}

pub async fn retire(Path(id): Path<String>, form: Fields) -> Answer {
    let reason = typed::words_or_none(form.get("retire_reason"));
    change(&form, &id, reason.map(Wish::Retire), "cold-retired").await
}

/// Lots that may have been inside: whatever the book says is there.
async fn lots_of(ctx: &Ctx, unit: UnitId) -> Answer<Vec<LotLine>> {
    let page = ctx.run(move |app, actor| app.stock(actor, Some(unit), ItemKind::Vaccine)).await?;
    Ok(page.lots.into_iter().filter(|line| line.balance > 0).collect())
}

pub async fn incident(ctx: Ctx, Path(id): Path<String>) -> Answer {
    must_write(&ctx)?;
    let page = load(&ctx, &id).await?;
    let lots = lots_of(&ctx, page.fridge.unit).await?;
    let mut sheet = Sheet::fresh(&ctx);
    sheet.set("on", day::show(ctx.today()));
    Ok(Html(incident_page(&ctx, &page, &sheet, &lots, None).into_string()).into_response())
}

pub async fn record_incident(Path(id): Path<String>, form: Fields) -> Answer {
    let ctx = &form.ctx;
    must_write(ctx)?;
    let page = load(ctx, &id).await?;
    let lots = lots_of(ctx, page.fridge.unit).await?;
    let chosen: Vec<LotId> = form.all("lot").filter_map(|id| id.parse().ok()).collect();
    let mut sheet = Sheet::posted(&form);
    let today = ctx.today();
    let on = sheet.required("on", "field-missing", |text| typed::full_day(text, today));
    let body = ColdIncident {
        minute: sheet.optional("from_time", typed::minute),
        until: sheet.optional("until", |text| typed::full_day(text, today)),
        until_minute: sheet.optional("until_time", typed::minute),
        lowest: sheet.optional("lowest", typed::tenths),
        highest: sheet.optional("highest", typed::tenths),
        told: String::new(),
        lots: chosen.clone(),
    };
    let told =
        sheet.required("told", "field-missing", |text| typed::long_words(text, "field-missing"));
    if let (Some(on), Some(told), true) = (on, told, sheet.is_right()) {
        let (fridge, command) = (page.fridge.id, form.command());
        let wish = Wish::Incident(ColdIncident { told, ..body });
        let saved = sheet
            .run(ctx, "until", move |app, actor| {
                app.change_fridge(actor, fridge, &wish, on, command)
            })
            .await?;
        if saved.is_some() {
            return Ok(back(fridge, "cold-incident"));
        }
    }
    Ok(sheet.answer(incident_page(ctx, &page, &sheet, &lots, Some(&chosen))))
}

fn incident_page(
    ctx: &Ctx,
    page: &FridgePage,
    sheet: &Sheet,
    lots: &[LotLine],
    chosen: Option<&[LotId]>,
) -> Markup {
    let words = ctx.words;
    let defs = ctx.server.app.definitions();
    let title = words.say("cold-incident-new");
    let cold = words.say("cold-title");
    let to = format!("/cold/{}", page.fridge.id);
    let h = Head {
        crumbs: &[(&cold, "/cold"), (&page.fridge.name, &to)],
        title: &title,
        sub: html! { (words.say("cold-incident-lead")) },
        acts: html! {},
    };
    let name = |code: &str| defs.vaccine(code).map_or(code.to_owned(), |v| v.name.clone());
    let freezes = |code: &str| defs.vial(code).is_some_and(|vial| vial.freezes);
    let body = html! {
        (head(words, &h))
        form.form method="post" action={ (to) "/incident" } data-main data-draft={ "incident:" (page.fridge.id) } novalidate {
            (sheet.top(ctx, |_| html! {}))
            section.sec aria-label=(title) { div.cols {
                (sheet.field(ctx, "on", |f| { f.class = "c3"; f.required = true; }))
                (sheet.field(ctx, "from_time", |f| { f.class = "c3"; f.optional = true; }))
                (sheet.field(ctx, "until", |f| { f.class = "c3"; f.optional = true; }))
                (sheet.field(ctx, "until_time", |f| { f.class = "c3"; f.optional = true; }))
                (sheet.field(ctx, "lowest", |f| { f.class = "c3"; f.mode = "decimal"; f.unit = "°C"; f.optional = true; }))
                (sheet.field(ctx, "highest", |f| { f.class = "c3"; f.mode = "decimal"; f.unit = "°C"; f.optional = true; }))
                (sheet.field(ctx, "told", |f| { f.class = "c12"; f.rows = 3; f.required = true; }))
            } }
            fieldset.sec {
                legend { b { (words.say("cold-lots")) } }
                @if lots.is_empty() { p.mute { (words.say("cold-no-lots")) } }
                div.opts.down { @for line in lots {
                    label.opt {
                        input type="checkbox" name="lot" value=(line.row.id) checked[chosen.is_none_or(|ids| ids.contains(&line.row.id))];
                        (name(&line.row.item)) " " (line.row.lot)
                        @if freezes(&line.row.item) { " " span.mute { (words.say("cold-freezes")) } }
                    }
                } }
            }
            (sheet.end(ctx, "form-save", &to))
        }
    };
    layout::page(ctx, &title, "/stock", body)
}
