//! One indicator taken apart: the two numbers, by place, by sex and age, over time, as known on a day,
//! and what it means.

use super::asked::{Asked, Wanted};
use super::figure::{counts, headline, is_known, range, remark_status, why_small};
use super::{drill, groups, history};
use crate::http::{Answer, Ctx, Trouble};
use crate::pages::layout;
use crate::pages::parts::{
    Field, Head, Shape, carried, confidence, errors, facts, field, head, note, period_name,
    print_head, section, validity,
};
use axum::extract::{Path, Query};
use axum::response::{Html, IntoResponse};
use maud::{Markup, html};
use tram_app::Failure;
use tram_app::indicator::{Board, Grouping, Number};
use tram_defs::Confidence;
use tram_defs::indicator::{Direction, Indicator};
use tram_defs::role::Action;
use tram_kernel::number::show_count;
use tram_kernel::{Share, day};

/// Everything of the page.
pub(super) struct Page<'a> {
    pub wanted: &'a Wanted,
    /// Oldest first; the last one is the period asked.
    pub boards: &'a [Board],
    pub now: &'a Board,
    pub number: &'a Number,
    pub share: Share,
    pub grouping: Option<Grouping>,
}

impl Page<'_> {
    pub fn path(&self) -> String {
        format!("/indicators/{}", self.number.indicator.code)
    }

    /// The unit, or the village of it that is looked at.
    pub fn place(&self) -> String {
        let area = self.now.areas.iter().find(|area| Some(area.key) == self.wanted.area);
        match area {
            Some(area) => format!("{}, {}", area.name, self.wanted.unit.name),
            None => self.wanted.unit.name.clone(),
        }
    }
}

pub async fn show(ctx: Ctx, Path(code): Path<String>, Query(asked): Query<Asked>) -> Answer {
    let defs = ctx.server.app.definitions();
    let found = defs.indicator(&code);
    if found.is_none_or(|i| !ctx.signed.actor.sees(i.compartment)) {
        return Err(Trouble::signed(ctx, Failure::NotFound));
    }
    let wanted = asked.read(&ctx).await?;
    let (q, area, known) = (wanted.q, wanted.area, wanted.known);
    let by = wanted.by.clone();
    let (boards, known, grouping) = ctx
        .run(move |app, actor| {
            let periods = history::periods(q.period);
            let boards = app.boards(actor, q, &[&code], &periods, area)?;
            let known = match known {
                Some(on) => Some(app.board_known_at(actor, q, &[&code], on)?),
                None => None,
            };
            let grouping = match by.as_str() {
                "" => None,
                by => app.grouping(actor, q, (&code, by), area)?,
            };
            Ok((boards, known, grouping))
        })
        .await?;
    let found = boards.last().and_then(|now| Some((now, now.numbers.first()?)));
    let Some((now, number)) = found else { return Err(Trouble::signed(ctx, Failure::NotFound)) };
    let share = number.share.unwrap_or_default();
    let page = Page { wanted: &wanted, boards: &boards, now, number, share, grouping };
    let body = body(&ctx, &page, known.as_ref());
    let title = number.indicator.name.clone();
    Ok(Html(layout::page(&ctx, &title, "/indicators", body).into_string()).into_response())
}

fn body(ctx: &Ctx, page: &Page<'_>, known: Option<&Board>) -> Markup {
    let words = ctx.words;
    let (indicator, wanted) = (&page.number.indicator, page.wanted);
    let back = wanted.link("/indicators", &[("area", ""), ("open", "")]);
    let all = words.say("indicators-title");
    let sub = words.with(
        "one-context",
        [
            ("place", page.place().into()),
            ("period", period_name(words, wanted.q.period).into()),
            ("day", day::show(page.now.as_of).into()),
        ],
    );
    let h = Head {
        crumbs: &[(&*all, &back)],
        title: &indicator.name,
        sub: html! { (sub) },
        acts: html! { button.btn type="button" data-print hidden { (words.say("print-page")) } },
    };
    html! {
        (head(words, &h))
        (print_head(ctx, &indicator.name, &sub))
        (errors(words, &wanted.wrong))
        (wanted.filters(ctx, &page.path(), None, html! {}))
        div.split {
            div {
                (large(ctx, page))
                (section(&words.say("drill-title"), html! {}, drill::table_of(ctx, wanted, page.now, page.number)))
                (history::breakdowns(ctx, page))
                (groups::section_of(ctx, page))
                (history::over_time(ctx, page))
            }
            aside aria-label=(words.say("one-meaning")) {
                (meaning(ctx, indicator))
                (as_known(ctx, page, known))
            }
        }
    }
}

/// The ratio and the two numbers behind it, each leading to its people.
fn large(ctx: &Ctx, page: &Page<'_>) -> Markup {
    let words = ctx.words;
    let (indicator, share) = (&page.number.indicator, page.share);
    if !is_known(indicator, share) {
        let body = html! { p { (words.say("one-no-data-what")) } };
        return note(Shape::None, &words.say("no-data"), body, None);
    }
    let shown = headline(words, page.number, share).unwrap_or_default();
    let mut tiles = vec![("numerator", share.numerator)];
    if indicator.denominator.is_some() {
        tiles.push(("denominator", share.denominator));
    }
    if indicator.has_missing() {
        tiles.push(("missing", share.denominator - share.numerator));
    }
    let may = ctx.signed.actor.may(Action::IndicatorPeople);
    let path = format!("{}/people", page.path());
    html! {
        p.big { b { (shown) } (remark_status(words, page.number)) }
        @if let Some(why) = why_small(words, indicator, share) { p.mute.sm { (why) } }
        ul.counts aria-label=(words.say("one-numbers")) {
            @for (side, n) in tiles {
                @let label = if indicator.denominator.is_none() { words.say("indicators-col-count") } else { words.say(side) };
                li {
                    @if may && n > 0 && indicator.minus.is_none() {
                        a href=(page.wanted.link(&path, &[("side", side)])) { b { (show_count(n)) } span { (label) } }
                    } @else {
                        span.tile { b { (show_count(n)) } span { (label) } }
                    }
                }
            }
        }
        @if may && indicator.minus.is_none() { p.mute.sm.no-print { (words.say("one-people-audited")) } }
    }
}

fn meaning(ctx: &Ctx, indicator: &Indicator) -> Markup {
    let words = ctx.words;
    let from = &indicator.provenance;
    let [code, how, unit, way, usual, source, since, trust, remark] = [
        "meaning-code",
        "meaning-how",
        "meaning-unit",
        "meaning-way",
        "meaning-usual",
        "meaning-source",
        "meaning-since",
        "meaning-trust",
        "meaning-note",
    ]
    .map(|code| words.say(code));
    let direction = match indicator.direction {
        Direction::Higher => "way-higher",
        Direction::Lower => "way-lower",
        Direction::Range => "way-range",
    };
    let mut rows = vec![
        (html! { (code) }, html! { span.code { (indicator.code) } }),
        (html! { (how) }, html! { (indicator.explain) }),
        (html! { (unit) }, html! { (words.say(&format!("unit-full-{}", indicator.unit.code()))) }),
        (html! { (way) }, html! { (words.say(direction)) }),
    ];
    if let Some(range) = range(words, indicator) {
        rows.push((html! { (usual) }, html! { (range) }));
    }
    rows.push((
        html! { (source) },
        html! { (from.source) @if let Some(article) = &from.article { ", " (article) } },
    ));
    rows.push((html! { (since) }, html! { (validity(words, from)) }));
    rows.push((html! { (trust) }, confidence(words, from)));
    if let Some(text) = &from.note {
        rows.push((html! { (remark) }, html! { (text) }));
    }
    let warning = (from.confidence == Confidence::Unverified)
        .then(|| note(Shape::Warn, "", html! { p { (words.say("meaning-unverified")) } }, None));
    section(
        &words.say("one-meaning"),
        html! {},
        html! { (facts(&rows)) @if let Some(warning) = warning { (warning) } },
    )
}

/// The same number as it was known on an earlier day, beside the present one.
fn as_known(ctx: &Ctx, page: &Page<'_>, known: Option<&Board>) -> Markup {
    let words = ctx.words;
    let wanted = page.wanted;
    let label = words.say("known-label");
    let day_field = Field {
        id: "known",
        label: &label,
        value: wanted.known_typed(),
        mode: "numeric",
        hint: &words.say("known-hint"),
        wrong: wanted.wrong_of("known"),
        ..Field::default()
    };
    let shown = |number: &Number, share: Share| {
        let text =
            headline(words, number, share).unwrap_or_else(|| words.say("no-data").into_owned());
        html! { b { (text) } span.mute { (counts(&number.indicator, share)) } }
    };
    let form = html! {
        form.no-print action=(page.path()) {
            (carried("period", &wanted.q.period.to_string()))
            (carried("unit", &wanted.unit.id.to_string()))
            @if let Some(tree) = wanted.q.tree { (carried("tree", &tree.to_string())) }
            @if let Some(area) = wanted.area { (carried("area", &area.to_string())) }
            (field(words, &day_field))
            div.acts.sec { button.btn type="submit" { (words.say("show")) } }
        }
    };
    let compared = known.zip(wanted.known).and_then(|(board, on)| {
        let number = board.numbers.first()?;
        let share = match wanted.area {
            Some(area) => number.by_area.get(&area).copied().unwrap_or_default(),
            None => number.share.unwrap_or_default(),
        };
        let then = words.with("known-on", [("day", on.into())]);
        let now = words.say("known-now");
        Some(facts(&[
            (html! { (then) }, shown(number, share)),
            (html! { (now) }, shown(page.number, page.share)),
        ]))
    });
    section(
        &words.say("known-title"),
        html! {},
        html! { @if let Some(compared) = compared { (compared) } (form) },
    )
}
