//! The machine and its backups, for whoever keeps it: how old the last good copy is, and how much room is
//! left. Nothing is changed here; what to do is said.

use super::layout;
use super::parts::{Head, Shape, facts, head, note, status};
use crate::http::{Answer, Ctx, Server};
use axum::Router;
use axum::response::{Html, IntoResponse};
use axum::routing::get;
use maud::{Markup, html};
use tram_app::system::Condition;
use tram_defs::role::Action;
use tram_kernel::Moment;
use tram_kernel::moment::show_time;
use tram_kernel::number::show_count;

pub fn routes() -> Router<Server> {
    Router::new().route("/system", get(show))
}

const DAY_MS: i64 = 86_400_000;

/// Days since the last good backup, when that is longer than this server was told to allow. `None` when
/// all is well or nobody asked for backups; the inner `None` when there is no backup at all.
fn overdue(server: &Server, last: Option<Moment>, now: Moment) -> Option<Option<i64>> {
    let plan = server.backup.as_deref()?;
    match last {
        None => Some(None),
        Some(last) => {
            let days = (now.ms() - last.ms()) / DAY_MS;
            (days > i64::from(plan.warn_days)).then_some(Some(days))
        }
    }
}

/// What stands above every page: that nothing can be saved, or that backups do not come. The second is
/// for those who can do something about it.
pub fn banner(ctx: &Ctx) -> Markup {
    let (words, app) = (ctx.words, &ctx.server.app);
    let keeps = ctx.signed.actor.may(Action::SystemRead);
    let late = keeps.then(|| overdue(&ctx.server, app.backup_seen(), app.now())).flatten();
    html! {
        (storage_banner(&ctx.server, words))
        @if let Some(days) = late {
            @let link = html! { a.btn href="/system" { (words.say("system-link")) } };
            (note(Shape::Warn, "", html! { p { (said_late(ctx, days)) } }, Some(link)))
        }
    }
}

fn said_late(ctx: &Ctx, days: Option<i64>) -> String {
    match days {
        Some(days) => ctx.words.with("system-backup-late", [("days", days.into())]),
        None => ctx.words.say("system-backup-never").into_owned(),
    }
}

/// That nothing can be saved now, on pages for anybody.
pub fn storage_banner(server: &Server, words: &crate::words::Words) -> Markup {
    html! {
        @if let Some(message) = server.app.storage_trouble() {
            div role="alert" { (note(Shape::Alert, "", html! { p { (words.message(&message)) } }, None)) }
        }
    }
}

async fn show(ctx: Ctx) -> Answer {
    let condition = ctx.run(|app, actor| app.condition(actor)).await?;
    let words = ctx.words;
    let title = words.say("system-title");
    let h = Head {
        crumbs: &[],
        title: &title,
        sub: html! { (words.say("system-sub")) },
        acts: html! {},
    };
    let body = html! {
        (head(words, &h))
        section.sec { h2 { (words.say("system-backup")) } (backup(&ctx, &condition)) }
        section.sec { h2 { (words.say("system-disk")) } (disk(&ctx, &condition)) }
        p.mute.sm { (words.say("system-doctor")) }
    };
    Ok(Html(layout::page(&ctx, &title, "/system", body).into_string()).into_response())
}

fn row(ctx: &Ctx, label: &str, value: Markup) -> (Markup, Markup) {
    (html! { (ctx.words.say(label)) }, value)
}

fn megabytes(bytes: u64) -> String {
    show_count(i64::try_from(bytes.div_ceil(1_024 * 1_024)).unwrap_or(i64::MAX))
}

fn backup(ctx: &Ctx, c: &Condition) -> Markup {
    let words = ctx.words;
    let mb = |bytes| words.with("system-mb", [("n", megabytes(bytes).into())]);
    let mut rows = Vec::new();
    if let Some(last) = &c.last_backup {
        let late = overdue(&ctx.server, Some(last.moment()), c.now).is_some();
        let (shape, word) =
            if late { (Shape::Late, "system-late") } else { (Shape::Ok, "system-good") };
        let file = last.file.rsplit(['/', '\\']).next().unwrap_or_default();
        let facts = show_count(i64::try_from(last.facts).unwrap_or(i64::MAX));
        let at = html! { (last.moment().show()) " " (status(shape, &words.say(word))) };
        rows.push(row(ctx, "system-last", at));
        rows.push(row(ctx, "system-file", html! { (file) " · " (mb(last.bytes)) }));
        rows.push(row(ctx, "system-facts", html! { (facts) }));
    } else {
        let none = html! { (status(Shape::Warn, &words.say("system-none"))) };
        rows.push(row(ctx, "system-last", none));
    }
    let plan = match ctx.server.backup.as_deref() {
        Some(plan) => words
            .with("system-plan", [("at", show_time(plan.at).into()), ("keep", plan.keep.into())]),
        None => words.say("system-no-plan").into_owned(),
    };
    rows.push(row(ctx, "system-next", html! { (plan) }));
    facts(&rows)
}

fn disk(ctx: &Ctx, c: &Condition) -> Markup {
    let words = ctx.words;
    let mb = |bytes| words.with("system-mb", [("n", megabytes(bytes).into())]);
    let free = match c.free {
        None => html! { (words.say("system-elsewhere")) },
        Some(free) if free < c.keep => {
            html! { (mb(free)) " " (status(Shape::Alert, &words.say("system-full"))) }
        }
        Some(free) => html! { (mb(free)) },
    };
    let rows = [
        row(ctx, "system-db", html! { (c.db) }),
        row(ctx, "system-size", html! { (mb(c.bytes)) }),
        row(ctx, "system-log", html! { (show_count(c.change_sets)) }),
        row(ctx, "system-facts", html! { (show_count(c.facts)) }),
        row(ctx, "system-free", free),
        row(ctx, "system-keep", html! { (mb(c.keep)) }),
    ];
    facts(&rows)
}
