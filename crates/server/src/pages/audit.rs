//! Who read and wrote what lately, by day, with the state of the chain on request.

use super::layout;
use super::parts::{
    Choice, Field, Head, Shape, col, field, head, note, status, table, table_column, typed,
};
use crate::http::download::{XLSX, download};
use crate::http::{Answer, Ctx, Server, Trouble};
use crate::words::{Words, long_day};
use axum::Router;
use axum::extract::Query;
use axum::response::{Html, IntoResponse};
use axum::routing::get;
use maud::{Markup, html};
use serde::Deserialize;
use tram_app::Failure;
use tram_app::audit::Filter;
use tram_app::export::{Group, Kind, Orientation, TableDoc, Value, excel_table};
use tram_app::person::AuditLine;
use tram_defs::role::Action;
use tram_domain::fact::Subject;
use tram_kernel::{Message, moment};

pub fn routes() -> Router<Server> {
    Router::new().route("/audit", get(show)).route("/audit.xlsx", get(file))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    action: String,
    /// The login of who did it.
    who: String,
    from: String,
    to: String,
    check: String,
}

/// What use cases write under their own names; reads and refusals stand under the action of the role.
const WRITES: [&str; 39] = [
    "person.register",
    "person.amend",
    "person.identifier",
    "person.identifier_end",
    "person.move",
    "person.move_out",
    "person.household",
    "person.death",
    "person.retract",
    "person.pregnancy",
    "person.loss",
    "person.stillbirth",
    "citizen.code",
    "citizen.open",
    "household.add",
    "household.amend",
    "household.doctor",
    "immunisation.record",
    "immunisation.defer",
    "programme.record",
    "programme.correct",
    "programme.retract",
    "programme.enrol",
    "programme.leave",
    "plan.add",
    "plan.targets",
    "import.read",
    "import.apply",
    "unit.found",
    "unit.rename",
    "unit.transfer",
    "area.add",
    "area.place",
    "user.add",
    "user.grant",
    "user.open_compartment",
    "user.close_compartment",
    "user.password",
    "user.own_password",
];

/// `person.read` → the words of `audit-person-read`; codes nobody has words for are shown as they are.
pub(super) fn action_name(words: &Words, action: &str) -> String {
    let code = format!("audit-{}", action.replace(['.', '_'], "-"));
    if words.has(&code) { words.say(&code).into_owned() } else { action.to_owned() }
}

fn choices(words: &Words) -> Vec<Choice> {
    let reads = Action::ALL.iter().map(|action| action.code());
    let rest = ["sign_in", "system.backup", "user.revoke", "user.close"];
    let mut all: Vec<Choice> = reads
        .chain(WRITES)
        .chain(rest)
        .map(|code| Choice { value: code.into(), text: action_name(words, code) })
        .collect();
    all.sort_by_cached_key(|choice| tram_kernel::text::fold(&choice.text));
    let every = Choice { value: String::new(), text: words.say("all").into_owned() };
    std::iter::once(every).chain(all).collect()
}

/// Lines on a page, and in a file.
const SHOWN: i64 = 300;
const IN_FILE: i64 = 20_000;

impl Asked {
    /// Days are left out when they cannot be read: the page then says so beside the box.
    fn filter(&self, ctx: &Ctx) -> (Filter, Option<Message>) {
        let today = ctx.today();
        let read = |text: &str| match text.trim() {
            "" => Ok(None),
            text => typed::full_day(text, today).map(Some),
        };
        let (days, wrong) = match (read(&self.from), read(&self.to)) {
            (Err(bad), _) | (_, Err(bad)) => (None, Some(bad)),
            (Ok(None), Ok(None)) => (None, None),
            (Ok(from), Ok(to)) => {
                let from = from.or(to).unwrap_or(today);
                (Some((from, to.unwrap_or(today).max(from))), None)
            }
        };
        (Filter { action: self.action.clone(), login: self.who.clone(), days }, wrong)
    }

    fn query(&self) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        let parts =
            [("action", &self.action), ("who", &self.who), ("from", &self.from), ("to", &self.to)];
        query.extend_pairs(parts.into_iter().filter(|(_, value)| !value.is_empty()));
        query.finish()
    }
}

async fn show(ctx: Ctx, Query(asked): Query<Asked>) -> Answer {
    let ((wanted, wrong), verify) = (asked.filter(&ctx), !asked.check.is_empty());
    let (lines, people, broken) = ctx
        .run(move |app, actor| {
            let lines = app.recent_audit(actor, &wanted, SHOWN)?;
            let broken =
                if verify { Some(app.verify_audit().map_err(Failure::from)?) } else { None };
            Ok((lines, app.audited_people(actor)?, broken))
        })
        .await?;
    let words = ctx.words;
    let title = words.say("audit-title");
    let h = Head {
        crumbs: &[],
        title: &title,
        sub: html! { (words.say("audit-sub")) },
        acts: html! {
            a.btn href="/audit?check=1" { (words.say("audit-check")) }
            a.btn href={ "/audit.xlsx?" (asked.query()) } { (words.say("export-excel")) }
            button.btn type="button" data-print hidden { (words.say("print-page")) }
        },
    };
    let body = html! {
        (head(words, &h))
        @match &broken {
            None => {}
            Some(broken) if broken.is_empty() => { (note(Shape::Ok, "", html! { p { (words.say("audit-whole")) } }, None)) }
            Some(broken) => { (note(Shape::Bad, &words.say("audit-broken"), html! { p { (words.with("audit-broken-what", [("n", broken.len().into())])) } }, None)) }
        }
        (filters(words, &asked, &people, wrong.as_ref()))
        @if lines.is_empty() {
            (note(Shape::Info, &words.say("audit-none"), html! { p { (words.say("audit-none-what")) } }, None))
        } @else {
            (rows(&ctx, &lines))
            p.pager { span { (words.with("audit-total", [("n", lines.len().into())])) } }
        }
    };
    Ok(Html(layout::page(&ctx, &title, "/audit", body).into_string()).into_response())
}

/// What, by whom, from which day to which.
fn filters(
    words: &Words,
    asked: &Asked,
    people: &[(String, String)],
    wrong: Option<&Message>,
) -> Markup {
    let labels =
        ["audit-action", "audit-who", "audit-from", "audit-to"].map(|code| words.say(code));
    let every = Choice { value: String::new(), text: words.say("all").into_owned() };
    let named = people
        .iter()
        .map(|(login, name)| Choice { value: login.clone(), text: format!("{name} ({login})") });
    let action = Field {
        id: "action",
        label: &labels[0],
        value: &asked.action,
        choices: Some(choices(words)),
        ..Field::default()
    };
    let who = Field {
        id: "who",
        label: &labels[1],
        value: &asked.who,
        choices: Some(std::iter::once(every).chain(named).collect()),
        ..Field::default()
    };
    let day = |id, label, value| Field { id, label, value, mode: "numeric", ..Field::default() };
    let mut from = day("from", &labels[2], &asked.from);
    from.wrong = wrong.map(|message| words.message(message));
    html! {
        form.filters action="/audit" {
            (field(words, &action)) (field(words, &who)) (field(words, &from))
            (field(words, &day("to", &labels[3], &asked.to)))
            button.btn type="submit" { (words.say("filter")) }
        }
    }
}

/// The same lines as a file.
async fn file(ctx: Ctx, Query(asked): Query<Asked>) -> Answer {
    let (wanted, _) = asked.filter(&ctx);
    let lines = ctx.run(move |app, actor| app.recent_audit(actor, &wanted, IN_FILE)).await?;
    let bytes = excel_table(&document(&ctx, &lines));
    let bytes = bytes.map_err(|_| Trouble::signed(ctx.clone(), Failure::NotFound))?;
    Ok(download("nhat-ky.xlsx", XLSX, bytes))
}

fn document(ctx: &Ctx, lines: &[AuditLine]) -> TableDoc {
    let words = ctx.words;
    let column = |code: &str, width| table_column(words, code, width, Kind::Text);
    let row = |line: &AuditLine| {
        let what = line.person.clone().or_else(|| line.subject.map(|subject| subject.to_string()));
        let texts = [
            line.at.show(),
            line.user.clone().unwrap_or_else(|| words.say("audit-operator").into_owned()),
            role_name(ctx, line.role.as_deref()).unwrap_or_default(),
            action_name(words, &line.action),
            what.unwrap_or_default(),
            detail_of(words, line),
            words.say(outcome_code(&line.outcome)).into_owned(),
        ];
        texts.map(Value::Text).into()
    };
    TableDoc {
        sheet: words.say("audit-sheet").into_owned(),
        unit: ctx.signed.actor.unit_name.clone(),
        title: words.say("audit-title").into_owned(),
        subtitle: vec![
            long_day(words, ctx.today()),
            words.with("printed-by", [("name", ctx.signed.actor.user_name.as_str().into())]),
        ],
        columns: vec![
            column("audit-when", 18),
            column("audit-who", 24),
            column("audit-role", 20),
            column("audit-action", 26),
            column("audit-what", 36),
            column("audit-detail", 24),
            column("audit-outcome", 14),
        ],
        groups: vec![Group { rows: lines.iter().map(row).collect(), ..Group::default() }],
        orientation: Orientation::Landscape,
        made_on: ctx.today(),
    }
}

fn outcome_code(outcome: &str) -> &'static str {
    match outcome {
        "ok" => "audit-ok",
        "denied" => "audit-denied",
        _ => "audit-refused",
    }
}

/// The name of a role by its code.
pub(super) fn role_name(ctx: &Ctx, code: Option<&str>) -> Option<String> {
    let defs = ctx.server.app.definitions();
    code.map(|code| match defs.role(code) {
        Some(role) => role.name.clone(),
        None if code == tram_app::citizen::ROLE => ctx.words.say("audit-citizen").into_owned(),
        None => code.to_owned(),
    })
}

fn rows(ctx: &Ctx, lines: &[AuditLine]) -> Markup {
    let words = ctx.words;
    let [time, who, role, act, what, outcome] =
        ["audit-time", "audit-who", "audit-role", "audit-action", "audit-what", "audit-outcome"]
            .map(|code| words.say(code));
    let cols = [
        col(&time, ""),
        col(&who, ""),
        col(&role, ""),
        col(&act, ""),
        col(&what, ""),
        col(&outcome, ""),
    ];
    let mut body = html! {};
    let mut day = None;
    for (line, times) in repeated(lines) {
        if day != Some(line.at.day()) {
            day = Some(line.at.day());
            body = html! { (body) tr.grp { th colspan="6" scope="rowgroup" { (long_day(words, line.at.day())) } } };
        }
        body = html! { (body) (row(ctx, line, times)) };
    }
    table(&words.say("audit-title"), "stack", &cols, false, body)
}

/// Lines that say the same within one minute stand once, with how often.
fn repeated(lines: &[AuditLine]) -> Vec<(&AuditLine, usize)> {
    let minute = |line: &AuditLine| line.at.ms().div_euclid(60_000);
    let same = |a: &AuditLine, b: &AuditLine| {
        let unlike_time = AuditLine { at: a.at, ..b.clone() };
        minute(a) == minute(b) && *a == unlike_time
    };
    let mut out: Vec<(&AuditLine, usize)> = Vec::new();
    for line in lines {
        match out.iter_mut().find(|(known, _)| same(known, line)) {
            Some((_, times)) => *times += 1,
            None => out.push((line, 1)),
        }
    }
    out
}

fn row(ctx: &Ctx, line: &AuditLine, times: usize) -> Markup {
    let words = ctx.words;
    let defs = ctx.server.app.definitions();
    let role = line.role.as_deref().and_then(|code| defs.role(code)).map(|role| role.name.as_str());
    let who = line.user.clone().unwrap_or_else(|| words.say("audit-operator").into_owned());
    html! {
        tr {
            td.half.nw { (moment::show_time(line.at.minute())) }
            th.first.half scope="row" { (who) }
            td.mute { (role.unwrap_or_default()) }
            td { (action_name(words, &line.action)) @if times > 1 { span.mute { " × " (times) } } }
            td { (about(ctx, line)) }
            td.nw { @match line.outcome.as_str() {
                "ok" => { (status(Shape::On, &words.say("audit-ok"))) }
                "denied" => { (status(Shape::Bad, &words.say("audit-denied"))) }
                _ => { (status(Shape::Warn, &words.say("audit-refused"))) }
            } }
        }
    }
}

/// What a line adds; what lies in a compartment says no more than that.
fn detail_of(words: &Words, line: &AuditLine) -> String {
    match line.detail.as_deref() {
        Some(detail) if detail.starts_with("in:") => words.say("audit-inside").into_owned(),
        detail => detail.unwrap_or_default().to_owned(),
    }
}

/// The record a line is about, as a link where one may follow it.
fn about(ctx: &Ctx, line: &AuditLine) -> Markup {
    let words = ctx.words;
    let actor = &ctx.signed.actor;
    let detail = detail_of(words, line);
    html! {
        @match (&line.subject, &line.person) {
            (Some(Subject::Person(id)), Some(name)) if actor.may(Action::PersonRead) => { a href={ "/people/" (id) } { (name) } }
            (Some(Subject::Person(_)), Some(name)) => { (name) }
            (Some(Subject::Unit(id)), _) => { a href={ "/units/" (id) } { (words.say("audit-about-unit")) } }
            (Some(Subject::Plan(id)), _) => { a href={ "/plans/" (id) } { (words.say("audit-about-plan")) } }
            (Some(Subject::User(id)), _) if actor.may(Action::UserRead) => { a href={ "/users/" (id) } { (words.say("audit-about-user")) } }
            (Some(Subject::Lot(id)), _) if actor.may(Action::StockRead) => { a href={ "/stock/lots/" (id) } { (words.say("audit-about-lot")) } }
            (Some(Subject::Fridge(id)), _) if actor.may(Action::StockRead) => { a href={ "/cold/" (id) } { (words.say("audit-about-fridge")) } }
            (Some(Subject::Household(_)), _) => { (words.say("audit-about-household")) }
            _ => {}
        }
        @if !detail.is_empty() { " " span.mute { (detail) } }
    }
}
