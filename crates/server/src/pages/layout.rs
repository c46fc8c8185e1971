//! The frame of every page: bar, menu, footer, the table of keys.

use super::keys;
use super::parts::{flash, print_head};
use super::system;
use crate::assets;
use crate::http::{Ctx, Server};
use crate::words::{Language, Words};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use std::collections::BTreeMap;
use tram_defs::role::Action;

const MARK: &str = r#"<svg width="24" height="24" viewBox="0 0 24 24" aria-hidden="true"><path d="M2.5 11.2 12 3l9.5 8.2" fill="none" stroke="currentColor" stroke-width="2.2"/><path d="M12 10.5v10M7 15.5h10" stroke="currentColor" stroke-width="3.2"/></svg>"#;

/// An entry of the menu: its address, its words, and what one must be allowed to do to see it.
const MENU: [(&str, &str, Action); 11] = [
    ("/", "menu-today", Action::WorklistRead),
    ("/people", "menu-people", Action::PersonRead),
    ("/session", "menu-session", Action::ImmunisationWrite),
    ("/programmes", "menu-programmes", Action::ProgrammeRead),
    ("/stock", "menu-stock", Action::StockRead),
    ("/indicators", "menu-indicators", Action::IndicatorRead),
    ("/plans", "menu-plans", Action::PlanRead),
    ("/import", "menu-import", Action::ImportRun),
    ("/quality", "menu-quality", Action::PersonWrite),
    ("/units", "menu-units", Action::UnitRead),
    ("/users", "menu-users", Action::UserRead),
];

/// The first page of a role: the first entry of its menu.
pub fn home(ctx: &Ctx) -> &'static str {
    let mine = MENU.iter().find(|(.., action)| ctx.signed.actor.may(*action));
    mine.map_or("/units", |(to, ..)| to)
}

fn document(words: &Words, title: &str, user: &str, posted: bool, body: Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(words.language().code()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) " · Trạm" }
                meta name="htmx-config" content=r#"{"includeIndicatorCSS":false}"#;
                link rel="icon" href=(assets::path("icon.svg")) type="image/svg+xml";
                link rel="stylesheet" href=(assets::path("tram.css"));
                script src=(assets::path("htmx.min.js")) defer {}
                script src=(assets::path("tram.js")) defer {}
            }
            body data-user=(user) data-posted[posted] data-words=[script_words(words)] { (body) }
        }
    }
}

/// What the script says, where it is not in the language the script speaks by itself.
fn script_words(words: &Words) -> Option<String> {
    const SAID: [(&str, &str); 17] = [
        ("sending", "js-sending"),
        ("slow", "js-slow"),
        ("draft", "js-draft"),
        ("draftOld", "js-draft-old"),
        ("take", "js-take"),
        ("drop", "js-drop"),
        ("kept", "js-kept"),
        ("lost", "js-lost"),
        ("found", "js-found"),
        ("none", "js-none"),
        ("pick", "js-pick"),
        ("offline", "js-offline"),
        ("range", "js-range"),
        ("fail", "js-fail"),
        ("saved", "js-saved"),
        ("keysOff", "js-keys-off"),
        ("keysOn", "js-keys-on"),
    ];
    if words.language() == Language::Vi {
        return None;
    }
    let said = SAID.iter().map(|(name, code)| ((*name).to_owned(), words.say(code).into_owned()));
    serde_json::to_string(&said.collect::<BTreeMap<String, String>>()).ok()
}

/// A page for somebody who is not signed in.
pub fn bare(server: &Server, words: &Words, title: &str, main: Markup) -> Markup {
    let body = html! {
        main id="main" {
            div.auth {
                (system::storage_banner(server, words))
                (main)
                @if server.demo { p.sm.mute { (words.say("demo-note")) } }
            }
        }
    };
    document(words, title, "", false, body)
}

/// A page for somebody without an account: the name of the program above, nothing to go to.
pub fn open(ctx: &Ctx, title: &str, main: Markup) -> Markup {
    let body = html! {
        header.bar { div.bar-in { span.brand { (PreEscaped(MARK)) "Trạm" } } }
        main id="main" { (main) @if ctx.server.demo { p.sm.mute { (ctx.words.say("demo-note")) } } }
    };
    document(ctx.words, title, "", false, body)
}

/// A page inside the frame. `here` is the menu address it belongs to.
pub fn page(ctx: &Ctx, title: &str, here: &str, main: Markup) -> Markup {
    let user = ctx.signed.actor.user.map(|id| id.to_string()).unwrap_or_default();
    let body = html! {
        a.skip href="#main" { (ctx.words.say("skip")) }
        (bar(ctx))
        (menu(ctx, here))
        main id="main" {
            (system::banner(ctx))
            @if ctx.uri.contains("undone=1") { (flash(ctx, &ctx.words.say("undo-done"))) }
            @if !main.0.contains("print-head") { (print_head(ctx, title, "")) }
            (main)
        }
        (foot(ctx))
        (keys::dialog(ctx.words))
    };
    document(ctx.words, title, &user, ctx.posted, body)
}

fn bar(ctx: &Ctx) -> Markup {
    let (words, actor) = (ctx.words, &ctx.signed.actor);
    let given = actor.user_name.split(' ').next_back().unwrap_or_default();
    html! {
        header.bar { div.bar-in {
            a.brand href=(home(ctx)) { (PreEscaped(MARK)) "Trạm" }
            (roles(ctx))
            @if actor.may(Action::PersonRead) {
                form.find role="search" method="post" action="/people" {
                    input type="hidden" name="csrf" value=(ctx.signed.form_token);
                    label.vh for="q" { (words.say("find-label")) }
                    input id="q" name="q" type="search" placeholder=(words.say("find-hint")) autocomplete="off";
                    kbd aria-hidden="true" { "/" }
                    button { (words.say("find-button")) }
                }
            }
            details.pop.end {
                summary { (given) }
                div {
                    p { b { (actor.user_name) } }
                    p.mute.sm { (actor.role_name) }
                    hr;
                    ul {
                        li { a href="/account" { (words.say("account-link")) } }
                        li { a href="/calendar" { (words.say("calendar-link")) } }
                        @if actor.may(Action::DefinitionsRead) {
                            li { a href="/definitions" { (words.say("definitions-link")) } }
                        }
                        @if actor.may(Action::AuditRead) {
                            li { a href="/audit" { (words.say("audit-link")) } }
                        }
                        @if actor.may(Action::SystemRead) {
                            li { a href="/system" { (words.say("system-link")) } }
                        }
                        li { a href="/keys" data-dialog="keys" { (words.say("keys-title")) } }
                    }
                    form method="post" action="/language" {
                        input type="hidden" name="csrf" value=(ctx.signed.form_token);
                        input type="hidden" name="back" value=(ctx.uri);
                        button name="language" value=(if words.language().code() == "vi" { "en" } else { "vi" }) {
                            (words.say("other-language"))
                        }
                    }
                    p { a href="/switch" data-slot="0" { (words.say("switch-title")) " " kbd { "Alt+0" } } }
                    form method="post" action="/sign-out" data-signout {
                        input type="hidden" name="csrf" value=(ctx.signed.form_token);
                        button { (words.say("sign-out")) }
                    }
                }
            }
        } }
    }
}

/// The unit one works for, and one's other roles.
fn roles(ctx: &Ctx) -> Markup {
    let (words, actor) = (ctx.words, &ctx.signed.actor);
    let others: Vec<_> = ctx
        .signed
        .grants
        .iter()
        .filter(|(g, ..)| (g.role.as_str(), g.unit) != (actor.role.as_str(), actor.unit))
        .collect();
    html! {
        details.pop.at {
            summary { span { (actor.unit_name) } }
            div {
                p.mute.sm { (words.with("working-as", [("role", actor.role_name.as_str().into()), ("unit", actor.unit_name.as_str().into())])) }
                @for (grant, role, unit) in others {
                    form method="post" action="/role" {
                        input type="hidden" name="csrf" value=(ctx.signed.form_token);
                        input type="hidden" name="role" value=(grant.role);
                        input type="hidden" name="unit" value=(grant.unit);
                        button { (words.with("switch-to", [("role", role.as_str().into()), ("unit", unit.as_str().into())])) }
                    }
                }
            }
        }
    }
}

fn menu(ctx: &Ctx, here: &str) -> Markup {
    let words = ctx.words;
    let mine: Vec<_> = MENU.iter().filter(|(.., action)| ctx.signed.actor.may(*action)).collect();
    html! {
        nav.menu id="menu" aria-label=(words.say("menu-label")) {
            ol {
                @for (slot, (to, code, _)) in mine.iter().enumerate() {
                    li {
                        a href=(to) data-slot=(slot + 1) aria-current=[(*to == here).then_some("page")] {
                            @if slot < 9 { kbd { (slot + 1) } } (words.say(code))
                        }
                    }
                }
                li.more { a href="#menu" { (words.say("menu-more")) } a href="#main" { (words.say("menu-less")) } }
            }
        }
    }
}

fn foot(ctx: &Ctx) -> Markup {
    let words = ctx.words;
    html! {
        footer.foot {
            span { "Trạm " (env!("CARGO_PKG_VERSION")) }
            @if ctx.server.demo { span.demo-word { (words.say("demo-note")) } }
            a href="/keys" data-dialog="keys" { kbd { "?" } " " (words.say("keys-title")) }
        }
    }
}
