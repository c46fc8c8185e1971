//! What goes out to families: slips to cut, and the list for the village health worker.

use super::one::{doses, load};
use super::when;
use crate::http::download::{XLSX, download};
use crate::http::{Answer, Ctx, Trouble};
use crate::pages::layout;
use crate::pages::parts::{Head, empty, head, table_column};
use crate::words::long_day;
use axum::extract::Path;
use axum::response::{Html, IntoResponse};
use maud::{Markup, html};
use tram_app::Failure;
use tram_app::export::{Group, Kind, Orientation, TableDoc, Value, excel_table};
use tram_app::immunisation::session::{Expected, SessionPage};

pub async fn show(ctx: Ctx, Path(id): Path<String>) -> Answer {
    let page = load(&ctx, &id).await?;
    let words = ctx.words;
    let title = words.say("session-papers");
    let list = words.say("sessions-title");
    let day = when(&ctx, page.session.on(), page.session.planned.what.at);
    let to = format!("/sessions/{}", page.session.id);
    let h = Head {
        crumbs: &[(&list, "/sessions"), (&day, &to)],
        title: &title,
        sub: html! { (words.say("session-papers-lead")) },
        acts: html! { button.btn.main type="button" data-print { (words.say("print-a4")) } },
    };
    let body = html! {
        div.no-print { (head(words, &h)) }
        @if page.expected.is_empty() {
            (empty(&words.say("session-nobody-expected"), &words.say("session-nobody-expected-what"), html! {}))
        } @else {
            div.slips { @for e in &page.expected { (slip(&ctx, &page, e)) } }
        }
    };
    Ok(Html(layout::page(&ctx, &title, "/session", body).into_string()).into_response())
}

/// One slip. It says what for and where, and nothing of an illness.
fn slip(ctx: &Ctx, page: &SessionPage, e: &Expected) -> Markup {
    let words = ctx.words;
    let what = &page.session.planned.what;
    let place = words.say(&format!("session-place-{}", what.place.code()));
    let place = what.point.clone().unwrap_or_else(|| place.into_owned());
    html! {
        section.slip {
            p.sm { (page.unit.name) }
            h2 { (words.say("slip-title")) }
            p { (words.say("slip-for")) " " b { (e.person.name) } ", " (words.with("slip-born", [("day", e.person.born.show().into())])) }
            @if let Some(mother) = &e.person.mother { p { (words.with("slip-mother", [("name", mother.as_str().into())])) } }
            p { (e.person.area_name.as_deref().unwrap_or_default()) }
            p { (words.say("slip-what")) " " b { (doses(ctx, e)) } }
            p { (words.say("slip-when")) " " b { (when(ctx, what.on, what.at)) } br; (words.with("slip-where", [("place", place.into())])) }
            p.sm { (words.say("slip-bring")) }
        }
    }
}

pub async fn excel(ctx: Ctx, Path(id): Path<String>) -> Answer {
    let page = load(&ctx, &id).await?;
    let on = page.session.on();
    match excel_table(&document(&ctx, &page)) {
        Ok(bytes) => Ok(download(&format!("buoi-tiem-{on}.xlsx"), XLSX, bytes)),
        Err(bad) => Err(Trouble::signed(ctx, Failure::refused(bad.message()))),
    }
}

/// The list by village, with room for a remark.
fn document(ctx: &Ctx, page: &SessionPage) -> TableDoc {
    let words = ctx.words;
    let column = |code: &str, width, kind| table_column(words, code, width, kind);
    let mut groups: Vec<Group> = Vec::new();
    for (n, e) in (1..).zip(&page.expected) {
        let p = &e.person;
        if groups.last().is_none_or(|group| group.heading != p.area_name) {
            groups.push(Group { heading: p.area_name.clone(), ..Group::default() });
        }
        let text = |text: &str| Value::Text(text.to_owned());
        let row = vec![
            Value::Count(n),
            text(&p.name),
            text(&words.say(&format!("sex-{}", p.sex.code()))),
            text(&p.born.show()),
            text(&doses(ctx, e)),
            text(p.mother.as_deref().unwrap_or_default()),
            Value::Empty,
        ];
        groups.last_mut().expect("pushed above").rows.push(row);
    }
    let on = page.session.on();
    TableDoc {
        sheet: words.say("sessions-tab-plan").into_owned(),
        unit: page.unit.name.clone(),
        title: words.say("session-list-title").into_owned(),
        subtitle: vec![long_day(words, on)],
        columns: vec![
            column("col-no", 5, Kind::Count),
            column("col-name", 26, Kind::Text),
            column("col-sex", 6, Kind::Text),
            column("col-born", 11, Kind::Text),
            column("col-doses", 30, Kind::Text),
            column("col-mother", 24, Kind::Text),
            column("col-remark", 24, Kind::Text),
        ],
        groups,
        orientation: Orientation::Landscape,
        made_on: ctx.today(),
    }
}
