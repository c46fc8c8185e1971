//! The record cards of a whole family on one sheet.

use super::page::name;
use crate::http::{Answer, Ctx};
use crate::pages::layout;
use crate::pages::parts::{Head, head, print_head};
use crate::pages::person::{Owner, draw_card, id_of};
use axum::extract::Path;
use axum::response::{Html, IntoResponse};
use maud::html;
use tram_kernel::HouseholdId;

pub async fn show(ctx: Ctx, Path(id): Path<String>) -> Answer {
    let id: HouseholdId = id_of(&ctx, &id)?;
    let page = ctx.run(move |app, actor| app.household_page(actor, id)).await?;
    let words = ctx.words;
    let (people, title, household) =
        (words.say("menu-people"), words.say("idcard-section"), name(&ctx, &page));
    let to = format!("/households/{id}");
    let h = Head {
        crumbs: &[(&people, "/people"), (&household, &to)],
        title: &title,
        sub: html! { (words.say("idcard-lead")) },
        acts: html! { button.btn.main type="button" data-print hidden { (words.say("print-page")) } },
    };
    let living = page.members.iter().filter(|view| view.member.person.died_on.is_none());
    let body = html! {
        (head(words, &h))
        (print_head(&ctx, &household, ""))
        div.id-cards { @for view in living {
            (draw_card(&ctx, &Owner {
                id: view.member.person.id,
                name: &view.member.person.name,
                sex: view.member.person.sex,
                born: view.member.person.born,
                village: &page.area_name,
            }))
        } }
    };
    Ok(Html(layout::page(&ctx, &title, "/people", body).into_string()).into_response())
}
