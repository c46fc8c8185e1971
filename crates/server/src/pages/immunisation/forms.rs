//! The forms of the card: doses given now, deferral, contraindication, doses given elsewhere.

use super::Left;
use crate::http::{Ctx, Fields};
use crate::pages::calendar::why_off;
use crate::pages::parts::{
    Choice, Field, carried, confirm, field, hidden_tokens, list_choices, lot_choices, radios,
};
use crate::words::{Words, long_day};
use maud::{Markup, html};
use tram_app::person::PersonPage;
use tram_app::stock::OfferedLot;
use tram_defs::Definitions;
use tram_defs::immunisation::Route;
use tram_domain::calendar;
use tram_domain::immunisation::{Course, Line};
use tram_kernel::{day, moment};

fn typed<'a>(left: &'a Left<'_>, name: &str) -> &'a str {
    left.typed.map_or("", |form: &Fields| form.get(name))
}

pub fn all(
    ctx: &Ctx,
    page: &PersonPage,
    course: &Course<'_>,
    lots: &[OfferedLot],
    left: &Left<'_>,
) -> Markup {
    let due: Vec<&Line<'_>> = course.owed_on(ctx.today()).collect();
    html! {
        div.split.no-print {
            (give(ctx, page, &due, lots, left))
            aside aria-label=(ctx.words.say("card-aside")) {
                @if !due.is_empty() { (put_off(ctx, page, &due, left)) }
                (stop(ctx, page, course))
            }
        }
        (elsewhere(ctx, page, left))
    }
}

/// Products that serve a series, those of the programme first.
fn products(page: &PersonPage, series: &str) -> Vec<Choice> {
    let mut found: Vec<_> =
        page.view.defs.vaccines.iter().filter(|v| v.series.iter().any(|s| s == series)).collect();
    found.sort_by_key(|v| !v.programme);
    found.iter().map(|v| Choice { value: v.code.clone(), text: v.name.clone() }).collect()
}

fn give(
    ctx: &Ctx,
    page: &PersonPage,
    due: &[&Line<'_>],
    lots: &[OfferedLot],
    left: &Left<'_>,
) -> Markup {
    let words = ctx.words;
    let id = page.view.person.id;
    let now = moment::show_time(ctx.server.app.now().minute());
    let verdicts = ["ok", "hold"]
        .map(|v| Choice { value: v.into(), text: words.say(&format!("verdict-{v}")).into_owned() });
    let temp = Field {
        id: "temp",
        label: &words.say("temperature"),
        value: typed(left, "temp"),
        mode: "decimal",
        unit: "°C",
        class: "c2",
        ..Field::default()
    };
    let on = Field {
        id: "on",
        label: &words.say("given-on"),
        value: typed(left, "on"),
        hint: &words.say("given-on-hint"),
        mode: "numeric",
        class: "c3",
        ..Field::default()
    };
    let at = if typed(left, "at").is_empty() { now.as_str() } else { typed(left, "at") };
    let at = Field {
        id: "at",
        label: &words.say("given-at"),
        value: at,
        class: "c2",
        ..Field::default()
    };
    html! {
        form.sec id="ghi" method="post" action={ "/people/" (id) "/immunisation/doses" } data-main data-draft={ "dose:" (id) } {
            (hidden_tokens(ctx))
            @if !left.warnings.is_empty() { (confirm(words, &left.warnings)) }
            div.h { h2 { (words.say("card-give")) } div.mute.sm { (words.say("card-give-hint")) } }
            @if due.is_empty() { p.mute { (words.say("card-nothing-due")) } }
            div.cols {
                (field(words, &temp)) (field(words, &on)) (field(words, &at))
                (radios(&words.say("screening"), "verdict", &verdicts, "ok", "c5"))
            }
            div.scroll role="region" aria-label=(words.say("card-give")) tabindex="0" {
                table.tbl.stack.grid-in {
                    thead { tr {
                        th scope="col" { (words.say("card-which")) } th scope="col" { (words.say("vaccine")) }
                        th scope="col" { (words.say("lot")) } th scope="col" { (words.say("site")) }
                    } }
                    tbody {
                        @for line in due { (dose_row(ctx, page, line, lots, left)) }
                        (other_row(ctx, page, lots, left))
                    }
                }
            }
            div.form-end {
                button.btn.main {
                    @if due.is_empty() { (words.say("card-give")) } @else { (words.with("card-save", [("n", due.len().into())])) }
                    " " kbd.keyhint { "Ctrl+Enter" }
                }
                button.btn name="next" value="1" data-next { (words.say("card-save-next")) }
                span.wait role="status" {} span.mute.sm data-draft-state {}
            }
            p.hint { (words.with("card-watch", [("time", moment::show_time((ctx.server.app.now().minute() + 30) % 1440).into())])) }
        }
    }
}

fn dose_row(
    ctx: &Ctx,
    page: &PersonPage,
    line: &Line<'_>,
    lots: &[OfferedLot],
    left: &Left<'_>,
) -> Markup {
    let words = ctx.words;
    let series = &line.series.code;
    let products = products(page, series);
    let label = format!("{} {}", line.series.short, line.number);
    let known =
        |code: &str| lots.iter().find(|lot| lot.vaccine == code).map(|lot| lot.lot.as_str());
    let lot_name = format!("lot_{series}");
    let before = typed(left, &lot_name);
    let lot = if before.is_empty() {
        products.iter().find_map(|p| known(&p.value)).unwrap_or_default()
    } else {
        before
    };
    let oral =
        page.view.defs.vaccines.iter().any(|v| v.series.contains(series) && v.route == Route::Oral);
    let sites = list_choices(ctx, "injection_site", None);
    let list = format!("lots-{series}");
    html! {
        tr {
            td.full { label.opt.first {
                input type="checkbox" name="series" value=(series) checked;
                span { b { (label) } }
            } }
            td data-l=(words.say("vaccine")) {
                select name={ "vaccine_" (series) } aria-label={ (words.say("vaccine")) " " (label) } {
                    @for p in &products { option value=(p.value) { (p.text) } }
                }
            }
            td data-l=(words.say("lot")) {
                input name=(lot_name) value=(lot) list=(list) autocomplete="off" autocapitalize="characters"
                    spellcheck="false" aria-label={ (words.say("lot")) " " (label) };
                (lot_choices(words, &list, lots, |code| products.iter().any(|p| p.value == code)))
            }
            td data-l=(words.say("site")) {
                select name={ "site_" (series) } aria-label={ (words.say("site")) " " (label) } {
                    @for site in &sites { option value=(site.value) selected[oral == (site.value == "mouth")] { (site.text) } }
                }
            }
        }
    }
}

/// A vaccine nothing calls for: of a school, of a grown-up, paid for.
fn other_row(ctx: &Ctx, page: &PersonPage, lots: &[OfferedLot], left: &Left<'_>) -> Markup {
    let words = ctx.words;
    let label = words.say("card-other");
    let (vaccine, lot, site) =
        (typed(left, "vaccine_other"), typed(left, "lot_other"), typed(left, "site_other"));
    html! {
        tr {
            td.full { span.mute { (label) } }
            td data-l=(words.say("vaccine")) {
                select name="vaccine_other" aria-label={ (words.say("vaccine")) " " (label) } {
                    option value="" { (words.say("card-other-none")) }
                    @for v in &page.view.defs.vaccines { option value=(v.code) selected[v.code == vaccine] { (v.name) } }
                }
            }
            td data-l=(words.say("lot")) {
                input name="lot_other" value=(lot) list="lots-other" autocomplete="off" autocapitalize="characters"
                    spellcheck="false" aria-label={ (words.say("lot")) " " (label) };
                (lot_choices(words, "lots-other", lots, |_| true))
            }
            td data-l=(words.say("site")) {
                select name="site_other" aria-label={ (words.say("site")) " " (label) } {
                    @for choice in &list_choices(ctx, "injection_site", None) { option value=(choice.value) selected[choice.value == site] { (choice.text) } }
                }
            }
        }
    }
}

fn put_off(ctx: &Ctx, page: &PersonPage, due: &[&Line<'_>], left: &Left<'_>) -> Markup {
    let words = ctx.words;
    let id = page.view.person.id;
    let all = Choice { value: String::new(), text: words.say("hold-all").into_owned() };
    let each = due.iter().map(|l| Choice {
        value: l.series.code.clone(),
        text: format!("{} {}", l.series.short, l.number),
    });
    let what = Field {
        id: "hold-what",
        label: &words.say("hold-what"),
        choices: Some(std::iter::once(all).chain(each).collect()),
        class: "c12",
        ..Field::default()
    };
    let why = Field {
        id: "hold-why",
        label: &words.say("reason"),
        choices: Some(list_choices(ctx, "deferral_reason", None)),
        class: "c12",
        ..Field::default()
    };
    let until_typed = typed(left, "hold-until");
    let usual = page.view.defs.screening().unwell.until(ctx.today());
    let proposal = calendar::propose(&page.view.defs, usual);
    let usual = format!("+{}", day::days_between(ctx.today(), proposal.day));
    let hint = until_hint(words, &page.view.defs, &proposal);
    let until = Field {
        id: "hold-until",
        label: &words.say("hold-until"),
        value: if until_typed.is_empty() { &usual } else { until_typed },
        hint: &hint,
        class: "c12",
        ..Field::default()
    };
    html! {
        form.sec id="hoan" method="post" action={ "/people/" (id) "/immunisation/deferral" } {
            (hidden_tokens(ctx))
            h2 { (words.say("hold-title")) }
            div.cols { (field(words, &what)) (field(words, &why)) (field(words, &until)) }
            div.acts.sec { button.btn type="submit" { (words.say("hold-save")) } }
        }
    }
}

/// How the day may be typed, and why the one filled in is not the usual one.
fn until_hint(words: &Words, defs: &Definitions, proposal: &calendar::Proposal<'_>) -> String {
    let mut hint = words.say("hold-until-hint").into_owned();
    if let Some((meant, _)) = proposal.instead_of
        && let Some(off) = why_off(words, defs, meant)
    {
        let args = [("off", off.into()), ("day", long_day(words, proposal.day).into())];
        hint.push_str(". ");
        hint.push_str(&words.with("calendar-proposed", args));
        if proposal.is_unsure {
            hint.push(' ');
            hint.push_str(&words.say("calendar-proposed-unsure"));
        }
    }
    hint
}

fn stop(ctx: &Ctx, page: &PersonPage, course: &Course<'_>) -> Markup {
    let words = ctx.words;
    let id = page.view.person.id;
    let series = course
        .schedule
        .series
        .iter()
        .map(|s| Choice { value: s.code.clone(), text: s.short.clone() });
    let what = Field {
        id: "ci-what",
        label: &words.say("vaccine"),
        choices: Some(series.collect()),
        class: "c12",
        ..Field::default()
    };
    let why = Field {
        id: "ci-why",
        label: &words.say("reason"),
        choices: Some(list_choices(ctx, "contraindication_reason", None)),
        class: "c12",
        ..Field::default()
    };
    html! {
        details.sec {
            summary { b { (words.say("stop-title")) } }
            form.sec method="post" action={ "/people/" (id) "/immunisation/contraindication" } {
                (hidden_tokens(ctx))
                div.cols { (field(words, &what)) (field(words, &why)) }
                div.acts.sec { button.btn.bad type="submit" { (words.say("stop-save")) } }
            }
        }
    }
}

fn elsewhere(ctx: &Ctx, page: &PersonPage, left: &Left<'_>) -> Markup {
    let words = ctx.words;
    let id = page.view.person.id;
    let vaccines = page
        .view
        .defs
        .vaccines
        .iter()
        .map(|v| Choice { value: v.code.clone(), text: v.name.clone() })
        .collect();
    let vaccine = Field {
        id: "el-vaccine",
        label: &words.say("vaccine"),
        value: typed(left, "el-vaccine"),
        choices: Some(vaccines),
        combo: true,
        class: "c4",
        ..Field::default()
    };
    let on = Field {
        id: "el-on",
        label: &words.say("given-on"),
        value: typed(left, "el-on"),
        hint: &words.say("date-hint"),
        required: true,
        class: "c3",
        ..Field::default()
    };
    let lot = Field {
        id: "el-lot",
        label: &words.say("lot"),
        value: typed(left, "el-lot"),
        class: "c2",
        ..Field::default()
    };
    let place = Field {
        id: "el-where",
        label: &words.say("given-where"),
        value: typed(left, "el-where"),
        class: "c3",
        ..Field::default()
    };
    let open = left.typed.is_some_and(|form| form.has("el-vaccine"));
    html! {
        details.sec.no-print id="noi-khac" open[open] {
            summary { b { (words.say("elsewhere-title")) } }
            form.form.sec method="post" action={ "/people/" (id) "/immunisation/elsewhere" } {
                (hidden_tokens(ctx)) (carried("el", "1"))
                @if open && !left.warnings.is_empty() { (confirm(words, &left.warnings)) }
                div.cols { (field(words, &vaccine)) (field(words, &on)) (field(words, &lot)) (field(words, &place)) }
                div.acts.sec { button.btn type="submit" { (words.say("elsewhere-save")) } }
            }
        }
    }
}
