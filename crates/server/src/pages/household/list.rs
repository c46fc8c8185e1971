//! The households of one village.

use super::form::doctor_choices;
use crate::http::{Answer, Ctx, Fields, Trouble};
use crate::pages::layout;
use crate::pages::parts::{Field, Head, area_field, col, done, empty, field, head, table};
use crate::pages::person::must_write;
use crate::words::long_day;
use axum::extract::Query;
use axum::response::{Html, IntoResponse, Redirect};
use maud::{Markup, html};
use serde::Deserialize;
use tram_app::Failure;
use tram_app::household::HouseholdRow;
use tram_app::unit::AreaRow;
use tram_defs::role::Action;
use tram_kernel::{Message, UserId};

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    area: String,
    done: String,
}

/// The households of a village are given to a doctor.
pub async fn assign(form: Fields) -> Answer {
    let ctx = &form.ctx;
    must_write(ctx)?;
    let missing = || Failure::refused(Message::new("household-doctor-unknown"));
    let refused = |failure| Trouble::signed(ctx.clone(), failure);
    let doctor: UserId = form.get("doctor").parse().map_err(|_| refused(missing()))?;
    let area: i64 = form.get("area").parse().map_err(|_| refused(Failure::NotFound))?;
    let all = form.has("all");
    ctx.run(move |app, actor| app.assign_doctor(actor, area, doctor, all)).await?;
    Ok(Redirect::to(&format!("/households?area={area}&done=doctor")).into_response())
}

fn assigning(ctx: &Ctx, area: i64, doctors: &[(UserId, String)]) -> Markup {
    let words = ctx.words;
    let label = words.say("f-doctor");
    let doctor = Field {
        id: "doctor",
        label: &label,
        choices: Some(doctor_choices(ctx, doctors)),
        required: true,
        ..Field::default()
    };
    html! {
        details.no-print.sec { summary { (words.say("household-assign")) }
            p.mute { (words.say("household-assign-what")) }
            form.filters method="post" action="/households/doctor" {
                input type="hidden" name="csrf" value=(ctx.signed.form_token);
                input type="hidden" name="area" value=(area);
                (field(words, &doctor))
                label.tick { input type="checkbox" name="all" value="1"; " " (words.say("household-assign-all")) }
                button.btn.main { (words.say("household-assign-save")) }
            }
        }
    }
}

pub async fn show(ctx: Ctx, Query(asked): Query<Asked>) -> Answer {
    let wanted: Option<i64> = asked.area.parse().ok();
    let (areas, here, mut rows) = ctx
        .run(move |app, actor| {
            let areas = app.areas(actor)?;
            let here = wanted.or_else(|| areas.first().map(|area| area.key));
            let rows = match here {
                Some(area) => app.households(actor, area, "")?,
                None => Vec::new(),
            };
            Ok((areas, here, rows))
        })
        .await?;
    rows.sort_by_cached_key(order);
    let doctors = match ctx.signed.actor.may(Action::PersonWrite) {
        true => ctx.run(|app, actor| app.family_doctors(actor)).await?,
        false => Vec::new(),
    };
    let title = ctx.words.say("households-title");
    let body = html! {
        (done(&ctx, &asked.done))
        (draw(&ctx, &areas, here, &rows))
        @if let Some(area) = here.filter(|_| !doctors.is_empty() && !rows.is_empty()) {
            (assigning(&ctx, area, &doctors))
        }
    };
    Ok(Html(layout::page(&ctx, &title, "/people", body).into_string()).into_response())
}

/// Numbers as numbers, whatever else stands beside them.
fn order(row: &HouseholdRow) -> (u64, String) {
    let code = row.code.clone().unwrap_or_default();
    let digits: String = code.chars().filter(char::is_ascii_digit).collect();
    (digits.parse().unwrap_or(u64::MAX), code)
}

fn draw(ctx: &Ctx, areas: &[AreaRow], here: Option<i64>, rows: &[HouseholdRow]) -> Markup {
    let words = ctx.words;
    let may = ctx.signed.actor.may(Action::PersonWrite);
    let area = here.map(|key| key.to_string()).unwrap_or_default();
    let village = areas.iter().find(|a| Some(a.key) == here).map_or("", |a| a.name.as_str());
    let new = format!("/households/new?area={area}");
    let people = words.say("menu-people");
    let title = words.say("households-title");
    let h = Head {
        crumbs: &[(&people, "/people")],
        title: &title,
        sub: html! { (words.say("households-sub")) },
        acts: html! {
            button.btn type="button" data-print hidden { (words.say("print-a4")) }
            @if may { a.btn.main href=(new) data-key="N" { (words.say("household-new")) " " kbd.keyhint { "N" } } }
        },
    };
    let label = words.say("village");
    html! {
        (head(words, &h))
        div.print-only { div.print-head {
            div { p { (ctx.signed.actor.unit_name) } h2 { (title) ": " (village) } }
            div { (long_day(words, ctx.today())) br; (words.with("printed-by", [("name", ctx.signed.actor.user_name.as_str().into())])) }
        } }
        form.filters action="/households" {
            (field(words, &area_field("area", &label, &area, areas, None)))
            button.btn type="submit" { (words.say("households-show")) }
        }
        @if rows.is_empty() {
            (empty(&words.say("households-none"), &words.say("households-none-what"), html! {
                @if may { a.btn href=(new) { (words.say("household-new")) } }
            }))
        } @else {
            (lines(ctx, rows))
            p.pager { span { (words.with("households-total", [
                ("n", rows.len().into()),
                ("people", rows.iter().map(|row| row.members).sum::<i64>().into()),
            ])) } }
        }
    }
}

fn lines(ctx: &Ctx, rows: &[HouseholdRow]) -> Markup {
    let words = ctx.words;
    let [code, head, members, address] =
        ["f-code", "col-head", "col-members", "f-address"].map(|code| words.say(code));
    let doctor = words.say("f-doctor");
    let cols =
        [col(&code, ""), col(&head, ""), col(&members, "num"), col(&doctor, ""), col(&address, "")];
    let body = html! { @for row in rows {
        tr {
            th.first.nw scope="row" { a href={ "/households/" (row.id) } data-open {
                (row.code.as_deref().unwrap_or(&words.say("household-nameless")))
            } }
            td { (row.head.as_deref().unwrap_or_default()) }
            td.num data-l=(members) { (row.members) }
            td data-l=(doctor) { (row.doctor.as_deref().unwrap_or_default()) }
            td.full { (row.address.as_deref().unwrap_or_default()) }
        }
    } };
    table(&words.say("households-title"), "stack", &cols, true, body)
}

#[cfg(test)]
mod tests {
    use super::*;
    use tram_kernel::HouseholdId;

    #[test]
    fn numbers_are_ordered_as_numbers() {
        let row = |code: Option<&str>| HouseholdRow {
            key: 0,
            id: HouseholdId::from_u128(0),
            code: code.map(str::to_owned),
            address: None,
            area: 0,
            area_name: String::new(),
            head: None,
            members: 0,
            doctor: None,
        };
        let mut rows = [Some("10"), None, Some("9"), Some("9A")].map(row);
        rows.sort_by_cached_key(order);
        let codes = rows.map(|row| row.code);
        assert_eq!(
            codes.each_ref().map(Option::as_deref),
            [Some("9"), Some("9A"), Some("10"), None]
        );
    }
}
