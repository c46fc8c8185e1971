//! A campaign: planning it, how far it has come, who is still missing.

use super::{campaign_standing, must_write, people_table, series_words};
use crate::http::{Answer, Ctx, Fields, Trouble};
use crate::pages::layout;
use crate::pages::parts::{
    Choice, Head, Shape, Sheet, carried, choices, col, done, errors, facts, head, note, print_head,
    progress, section, table, typed,
};
use axum::extract::{Path, Query};
use axum::response::{Html, IntoResponse, Redirect};
use maud::{Markup, html};
use serde::Deserialize;
use tram_app::Failure;
use tram_app::immunisation::campaign::CampaignPage;
use tram_domain::fact::{CampaignEnded, CampaignPlanned};
use tram_kernel::number::show_count;
use tram_kernel::{CampaignId, Sex, Share, day};

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    done: String,
}

pub async fn new(ctx: Ctx) -> Answer {
    must_write(&ctx)?;
    let mut sheet = Sheet::fresh(&ctx);
    sheet.set("camp_first", day::show(ctx.today()));
    Ok(Html(form_page(&ctx, &sheet).into_string()).into_response())
}

fn form_page(ctx: &Ctx, sheet: &Sheet) -> Markup {
    let words = ctx.words;
    let defs = ctx.server.app.definitions();
    let (title, list) = (words.say("campaign-new"), words.say("sessions-title"));
    let sub = html! { (words.say("campaign-new-lead")) };
    let h = Head { crumbs: &[(&list, "/sessions")], title: &title, sub, acts: html! {} };
    let known = defs.newest_schedule().series.iter();
    let known = known.chain(defs.beyond.iter().flat_map(|beyond| &beyond.series));
    let none = Choice { value: String::new(), text: words.say("camp-choose").into_owned() };
    let series = known.map(|s| Choice { value: s.code.clone(), text: s.name.clone() });
    let series: Vec<Choice> = std::iter::once(none).chain(series).collect();
    let sexes = ["", "f", "m"].map(|code| {
        let word = if code.is_empty() { "all".to_owned() } else { format!("sex-{code}") };
        (code, words.say(&word).into_owned())
    });
    let body = html! {
        (head(words, &h))
        form.form method="post" action="/campaigns/new" data-main data-draft="campaign" novalidate {
            (sheet.top(ctx, |_| html! {}))
            section.sec aria-label=(title) { div.cols {
                (sheet.field(ctx, "camp_name", |f| { f.class = "c8"; f.required = true; f.autofocus = true; }))
                (sheet.field(ctx, "camp_document", |f| { f.class = "c4"; f.optional = true; }))
                (sheet.field(ctx, "camp_series", |f| { f.class = "c6"; f.required = true; f.combo = true; f.choices = Some(series); }))
                (sheet.radios(ctx, "camp_sex", "c6", choices(sexes)))
                (sheet.field(ctx, "camp_born_from", |f| { f.class = "c3"; f.required = true; }))
                (sheet.field(ctx, "camp_born_to", |f| { f.class = "c3"; f.required = true; }))
                (sheet.field(ctx, "camp_first", |f| { f.class = "c3"; f.required = true; }))
                (sheet.field(ctx, "camp_last", |f| { f.class = "c3"; f.required = true; }))
            } }
            (sheet.end(ctx, "form-save", "/sessions"))
        }
    };
    layout::page(ctx, &title, "/session", body)
}

pub async fn plan(form: Fields) -> Answer {
    let ctx = &form.ctx;
    must_write(ctx)?;
    let today = ctx.today();
    let mut sheet = Sheet::posted(&form);
    let name = sheet.required("camp_name", "field-missing", typed::words);
    let document = sheet.optional("camp_document", typed::words);
    let series = sheet.required("camp_series", "field-choose", |code| Ok(code.to_owned()));
    let sex = Sex::from_code(sheet.get("camp_sex"));
    let full = |text: &str| typed::full_day(text, today);
    let born_from = sheet.required("camp_born_from", "field-missing", full);
    let born_to = sheet.required("camp_born_to", "field-missing", full);
    let first = sheet.required("camp_first", "field-missing", full);
    let last = sheet.required("camp_last", "field-missing", full);
    if let (Some(name), Some(series), Some(born_from), Some(born_to), Some(first), Some(last)) =
        (name, series, born_from, born_to, first, last)
        && sheet.is_right()
    {
        let unit = ctx.signed.actor.unit;
        let body =
            CampaignPlanned { unit, name, series, born_from, born_to, sex, first, last, document };
        let command = form.command();
        let saved = sheet
            .run(ctx, "camp_last", move |app, actor| app.plan_campaign(actor, &body, command))
            .await?;
        if let Some(id) = saved {
            return Ok(Redirect::to(&format!("/campaigns/{id}?done=campaign-plan")).into_response());
        }
    }
    Ok(sheet.answer(form_page(ctx, &sheet)))
}

async fn load(ctx: &Ctx, id: &str) -> Answer<CampaignPage> {
    let id: CampaignId = id.parse().map_err(|_| Trouble::signed(ctx.clone(), Failure::NotFound))?;
    ctx.run(move |app, actor| app.campaign_page(actor, id)).await
}

pub async fn show(ctx: Ctx, Path(id): Path<String>, Query(asked): Query<Asked>) -> Answer {
    let page = load(&ctx, &id).await?;
    let sheet = Sheet::fresh(&ctx);
    let told = done(&ctx, &asked.done);
    Ok(Html(draw(&ctx, &page, told, &sheet).into_string()).into_response())
}

fn draw(ctx: &Ctx, page: &CampaignPage, told: Markup, sheet: &Sheet) -> Markup {
    let words = ctx.words;
    let defs = ctx.server.app.definitions();
    let row = &page.campaign;
    let list = words.say("sessions-title");
    let open = row.ended_on.is_none() && row.last >= ctx.today();
    let h = Head {
        crumbs: &[(&list, "/sessions")],
        title: &row.name,
        sub: html! { (series_words(&defs, [row.series.as_str()])) ", " (day::show(row.first)) " – " (day::show(row.last)) },
        acts: html! {
            button.btn type="button" data-print { (words.say("print-page")) }
            @if page.may_write && open {
                a.btn href={ "/sessions/new?campaign=" (row.id) } { (words.say("campaign-plan-day")) }
                a.btn.main href={ "/session?campaign=" (row.id) } { (words.say("session-record")) }
            }
        },
    };
    let who = match row.sex {
        Some(sex) => words.say(&format!("sex-{}", sex.code())).into_owned(),
        None => words.say("camp-everybody").into_owned(),
    };
    let born = words.with("camp-born", [("from", row.born.0.into()), ("to", row.born.1.into())]);
    let mut lines = vec![
        (html! { (words.say("sess-standing")) }, campaign_standing(ctx, row)),
        (html! { (words.say("camp-for")) }, html! { (who) ", " (born) }),
    ];
    if let Some(document) = &row.document {
        lines.push((html! { (words.say("f-camp_document")) }, html! { (document) }));
    }
    let wrong: Vec<(&str, String)> =
        sheet.first_wrong().map(|m| ("reason", words.message(&m))).into_iter().collect();
    let body = html! {
        (head(words, &h))
        (print_head(ctx, &row.name, &born))
        (told)
        (errors(words, &wrong))
        (facts(&lines))
        (coverage(ctx, page))
        (days(ctx, page))
        (missing(ctx, page))
        @if page.may_write && open { (end_form(ctx, page, sheet)) }
    };
    layout::page(ctx, &row.name, "/session", body)
}

fn coverage(ctx: &Ctx, page: &CampaignPage) -> Markup {
    let words = ctx.words;
    let titles =
        ["village", "camp-people", "camp-done", "camp-left", "camp-share"].map(|c| words.say(c));
    let cols = [
        col(&titles[0], ""),
        col(&titles[1], "num"),
        col(&titles[2], "num"),
        col(&titles[3], "num"),
        col(&titles[4], "num"),
    ];
    let sum = page
        .covered
        .iter()
        .fold(Share::default(), |all, one| all.plus(Share::new(one.done, one.people)));
    let name =
        |key: i64| page.areas.iter().find(|a| a.key == key).map_or("–", |a| a.name.as_str());
    let share = |share: Share| match share.thousandths(100) {
        Some(percent) => format!("{} %", tram_kernel::number::show_rounded(percent, 1)),
        None => "–".to_owned(),
    };
    let line = |label: &str, n: Share| {
        html! {
            th.first scope="row" { (label) }
            td.num data-l=(titles[1]) { (show_count(n.denominator)) }
            td.num data-l=(titles[2]) { (show_count(n.numerator)) }
            td.num data-l=(titles[3]) { (show_count(n.denominator - n.numerator)) }
            td.num data-l=(titles[4]) { (share(n)) }
        }
    };
    let body = html! {
        @for one in &page.covered { tr { (line(name(one.area), Share::new(one.done, one.people))) } }
        tr.grp { (line(&words.say("all"), sum)) }
    };
    html! {
        @if sum.denominator == 0 {
            (note(Shape::Info, &words.say("camp-nobody"), html! { p { (words.say("camp-nobody-what")) } }, None))
        } @else {
            (section(&words.say("camp-coverage"), progress(&share(sum), sum.numerator, sum.denominator, None), table(&words.say("camp-coverage"), "stack tight", &cols, false, body)))
        }
    }
}

/// Doses of one's own unit, day by day: what is reported before 17:00.
fn days(ctx: &Ctx, page: &CampaignPage) -> Markup {
    let words = ctx.words;
    let titles = ["col-day", "camp-doses"].map(|c| words.say(c));
    let cols = [col(&titles[0], ""), col(&titles[1], "num")];
    let body = html! {
        @for (on, n) in &page.by_day {
            tr { th.first.nw scope="row" { (day::show(*on)) } td.num data-l=(titles[1]) { (show_count(*n)) } }
        }
    };
    html! {
        @if !page.by_day.is_empty() {
            (section(&words.say("camp-days"), html! {}, table(&words.say("camp-days"), "tight narrow", &cols, false, body)))
        }
    }
}

fn missing(ctx: &Ctx, page: &CampaignPage) -> Markup {
    let words = ctx.words;
    if page.missing.is_empty() {
        return html! {};
    }
    let title = words.with("camp-missing", [("n", page.missing.len().into())]);
    section(&title, html! {}, people_table(ctx, &title, &page.missing))
}

fn end_form(ctx: &Ctx, page: &CampaignPage, sheet: &Sheet) -> Markup {
    let words = ctx.words;
    html! {
        details.sec.no-print open[!sheet.is_right()] {
            summary { b { (words.say("campaign-end-title")) } }
            form.form.sec method="post" action={ "/campaigns/" (page.campaign.id) "/end" } novalidate {
                (sheet.top(ctx, |_| html! {}))
                (carried("end", "1"))
                div.cols { (sheet.field(ctx, "reason", |f| { f.class = "c8"; f.required = true; })) }
                div.acts.sec { button.btn.bad { (words.say("campaign-end-save")) } }
            }
        }
    }
}

pub async fn end(Path(id): Path<String>, form: Fields) -> Answer {
    let ctx = &form.ctx;
    must_write(ctx)?;
    let campaign: CampaignId =
        id.parse().map_err(|_| Trouble::signed(ctx.clone(), Failure::NotFound))?;
    let mut sheet = Sheet::posted(&form);
    let reason = sheet.required("reason", "person-reason-needed", typed::words);
    if reason.is_some() && sheet.is_right() {
        let (body, command) = (CampaignEnded { reason }, form.command());
        let ended = sheet
            .run(ctx, "reason", move |app, actor| app.end_campaign(actor, campaign, &body, command))
            .await?;
        if ended.is_some() {
            let to = format!("/campaigns/{campaign}?done=campaign-end");
            return Ok(Redirect::to(&to).into_response());
        }
    }
    let page = load(ctx, &id).await?;
    Ok(sheet.answer(draw(ctx, &page, html! {}, &sheet)))
}
