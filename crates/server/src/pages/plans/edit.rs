//! Typing a plan: new or changed, checked as often as wanted, saved when every warning has its answer.

use super::grid::{Said, grid};
use super::plan_id;
use super::typed::{self, TypedRow};
use crate::http::{Answer, Ctx, Fields, Trouble};
use crate::pages::layout;
use crate::pages::parts::{Choice, Field, Head, Shape, errors, field, head, hidden_tokens, note};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect};
use maud::{Markup, html};
use tram_app::Failure;
use tram_app::plan::{NewPlan, PlanPage};
use tram_app::unit::UnitRow;
use tram_defs::role::Action;
use tram_domain::fact::TargetSet;
use tram_kernel::{Message, PlanId, text};

/// Empty rows kept at the end of the table.
const SPARE: usize = 5;

/// The form as it stands: which plan, its heading, the rows as typed.
#[derive(Default)]
struct Form {
    plan: Option<(PlanId, String)>,
    title: String,
    number: String,
    year: i16,
    unit: String,
    source: String,
    reason: String,
    rows: Vec<TypedRow>,
    /// The table as it is stored, to tell what changed.
    stored: Vec<TargetSet>,
    units: Vec<UnitRow>,
}

/// The rows understood, one entry a row.
struct Checked {
    said: Vec<Said>,
    wrong: Vec<(String, String)>,
    targets: Vec<TargetSet>,
    withdrawn: Vec<u16>,
}

impl Checked {
    fn open(&self) -> usize {
        self.said.iter().filter(|said| said.open).count()
    }
}

impl Form {
    fn of(page: &PlanPage) -> Self {
        let stored: Vec<TargetSet> = page.plan.targets.values().cloned().collect();
        Self {
            plan: Some((page.plan.id, page.plan.title.clone())),
            year: page.plan.year,
            rows: typed::with_spare(stored.iter().map(TypedRow::of).collect(), SPARE),
            stored,
            ..Self::default()
        }
    }

    fn take(&mut self, form: &Fields) {
        let of = |name: &str| form.get(name).to_owned();
        self.rows = typed::rows(form);
        self.reason = of("reason");
        if self.plan.is_none() {
            self.title = of("title");
            self.number = of("number");
            self.year = form.get("year").parse().unwrap_or(self.year);
            self.unit = of("unit");
            self.source = of("source");
        }
    }

    /// Reads every row; what was stored unchanged has been answered before.
    fn check(&self, ctx: &Ctx) -> Checked {
        let words = ctx.words;
        let defs = ctx.server.app.definitions();
        let highest = self.stored.iter().map(|target| target.row).max().unwrap_or(0);
        let mut next = highest;
        let mut checked = Checked {
            said: Vec::new(),
            wrong: Vec::new(),
            targets: Vec::new(),
            withdrawn: Vec::new(),
        };
        for (at, row) in self.rows.iter().enumerate() {
            let mut said = Said::default();
            if row.drop {
                checked.withdrawn.extend(row.row.parse::<u16>().ok());
            } else if !row.is_blank() {
                if row.row.is_empty() {
                    next += 1;
                }
                match row.target(next, self.year) {
                    Err(wrong) => {
                        let place = |(field, message): &(&'static str, Message)| {
                            (format!("{field}-{at}"), words.message(message))
                        };
                        checked.wrong.extend(wrong.iter().map(place));
                        said.wrong = wrong;
                    }
                    Ok(target) => {
                        let indicator = target.indicator.as_deref().and_then(|c| defs.indicator(c));
                        said.warnings = tram_domain::plan::check_target(&target, indicator);
                        let known = self.stored.contains(&target) || row.accepted == row.numbers();
                        said.open = !said.warnings.is_empty() && !known;
                        said.target = Some(target.clone());
                        checked.targets.push(target);
                    }
                }
            }
            checked.said.push(said);
        }
        checked
    }
}

async fn load(ctx: &Ctx, id: &str) -> Answer<Form> {
    let id = plan_id(ctx, id)?;
    let page = ctx.run(move |app, actor| app.plan_page(actor, id)).await?;
    if page.may_write {
        Ok(Form::of(&page))
    } else {
        Err(Trouble::denied(ctx.clone(), Action::PlanWrite))
    }
}

async fn blank(ctx: &Ctx) -> Answer<Form> {
    if !ctx.signed.actor.may(Action::PlanWrite) {
        return Err(Trouble::denied(ctx.clone(), Action::PlanWrite));
    }
    let units = ctx.run(|app, actor| app.units(actor)).await?;
    Ok(Form {
        year: ctx.today().year(),
        unit: ctx.signed.actor.unit.to_string(),
        rows: typed::with_spare(Vec::new(), 3 * SPARE),
        units,
        ..Form::default()
    })
}

pub async fn show(ctx: Ctx, Path(id): Path<String>) -> Answer {
    let form = load(&ctx, &id).await?;
    let checked = form.check(&ctx);
    Ok(page(&ctx, &form, &checked, StatusCode::OK, html! {}).into_response())
}

pub async fn empty(ctx: Ctx) -> Answer {
    let form = blank(&ctx).await?;
    let checked = form.check(&ctx);
    Ok(page(&ctx, &form, &checked, StatusCode::OK, html! {}).into_response())
}

/// The table alone with its remarks, for the live check of the browser.
pub async fn check(posted: Fields) -> Answer {
    let ctx = posted.ctx.clone();
    let mut form = match posted.get("plan") {
        "" => blank(&ctx).await?,
        id => load(&ctx, id).await?,
    };
    form.take(&posted);
    let checked = form.check(&ctx);
    Ok(Html(grid(&ctx, form.year, &form.rows, &checked.said).into_string()).into_response())
}

/// What to do when nothing is to be saved yet, or cannot be: the same page with what is said.
fn again(ctx: &Ctx, posted: &Fields, form: &mut Form, checked: &Checked) -> Option<Answer> {
    let words = ctx.words;
    let wanted = posted.get("do");
    if wanted == "more" {
        form.rows = typed::with_spare(std::mem::take(&mut form.rows), 2 * SPARE);
    }
    if !checked.wrong.is_empty() {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return Some(Ok(page(ctx, form, checked, status, html! {}).into_response()));
    }
    let open = checked.open();
    let said = if open > 0 {
        let body = html! { p { (words.say("plan-warned-what")) } };
        let first = checked.said.iter().position(|said| said.open).unwrap_or_default();
        let to = html! { a.btn href={ "#value-" (first) } { (words.say("plan-warned-first")) } };
        note(Shape::Warn, &words.with("plan-warned", [("n", open.into())]), body, Some(to))
    } else {
        note(Shape::Ok, "", html! { p { (words.say("plan-checked")) } }, None)
    };
    match (wanted, open) {
        ("more", _) => Some(Ok(page(ctx, form, checked, StatusCode::OK, html! {}).into_response())),
        ("check", _) => Some(Ok(page(ctx, form, checked, StatusCode::OK, said).into_response())),
        (_, 0) => None,
        _ => Some(Ok(page(ctx, form, checked, StatusCode::CONFLICT, said).into_response())),
    }
}

/// A refusal of the use case, on the same page.
fn refused(ctx: &Ctx, form: &Form, mut checked: Checked, failure: Failure) -> Answer {
    match failure {
        Failure::Refused { message, field } => {
            let place = field.unwrap_or_default().to_owned();
            checked.wrong.push((place, ctx.words.message(&message)));
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(page(ctx, form, &checked, status, html! {}).into_response())
        }
        failure => Err(Trouble::signed(ctx.clone(), failure)),
    }
}

pub async fn save(Path(id): Path<String>, posted: Fields) -> Answer {
    let ctx = posted.ctx.clone();
    let mut form = load(&ctx, &id).await?;
    form.take(&posted);
    let mut checked = form.check(&ctx);
    if !checked.withdrawn.is_empty() && form.reason.is_empty() {
        checked.wrong.push(("reason".into(), ctx.words.say("plan-reason-missing").into_owned()));
    }
    if let Some(answer) = again(&ctx, &posted, &mut form, &checked) {
        return answer;
    }
    let id = plan_id(&ctx, &id)?;
    let (targets, withdrawn) = (checked.targets.clone(), checked.withdrawn.clone());
    let reason = text::clean(&form.reason, 500).ok();
    let saved = ctx
        .try_run(move |app, actor| {
            app.set_targets(actor, id, &targets, &withdrawn, reason.as_deref())
        })
        .await;
    match saved {
        Ok(0) => Ok(Redirect::to(&format!("/plans/{id}?done=plan-same")).into_response()),
        Ok(_) => Ok(Redirect::to(&format!("/plans/{id}?done=plan-saved")).into_response()),
        Err(failure) => refused(&ctx, &form, checked, failure),
    }
}

pub async fn add(posted: Fields) -> Answer {
    let ctx = posted.ctx.clone();
    let mut form = blank(&ctx).await?;
    form.take(&posted);
    let mut checked = form.check(&ctx);
    if !(1990..=2100).contains(&form.year) || posted.get("year").parse::<i16>().is_err() {
        checked.wrong.push(("year".into(), ctx.words.say("plan-bad-year").into_owned()));
    }
    if let Some(answer) = again(&ctx, &posted, &mut form, &checked) {
        return answer;
    }
    let unit = form.unit.parse().map_err(|_| Trouble::signed(ctx.clone(), Failure::NotFound))?;
    let new = NewPlan {
        title: form.title.clone(),
        number: text::clean(&form.number, 200).ok(),
        year: form.year,
        unit,
        source: text::clean(&form.source, 500).ok(),
        targets: checked.targets.clone(),
    };
    let command = posted.command();
    let added = ctx.try_run(move |app, actor| app.add_plan_once(actor, &new, command)).await;
    match added {
        Ok(id) => Ok(Redirect::to(&format!("/plans/{id}?done=plan-added")).into_response()),
        Err(failure) => refused(&ctx, &form, checked, failure),
    }
}

fn page(
    ctx: &Ctx,
    form: &Form,
    checked: &Checked,
    status: StatusCode,
    said: Markup,
) -> (StatusCode, Html<String>) {
    let words = ctx.words;
    let all = words.say("plans-title");
    let to = form.plan.as_ref().map(|(id, _)| format!("/plans/{id}")).unwrap_or_default();
    let mut crumbs: Vec<(&str, &str)> = vec![(&*all, "/plans")];
    crumbs.extend(form.plan.as_ref().map(|(_, title)| (title.as_str(), to.as_str())));
    let title = words.say(if form.plan.is_some() { "plan-edit-title" } else { "plans-new" });
    let h = Head {
        crumbs: &crumbs,
        title: &title,
        sub: html! { (words.say("plan-edit-sub")) },
        acts: html! {},
    };
    let wrong: Vec<(&str, String)> =
        checked.wrong.iter().map(|(field, text)| (field.as_str(), text.clone())).collect();
    let action = if to.is_empty() { "/plans/new".to_owned() } else { format!("{to}/edit") };
    let body = html! {
        (head(words, &h))
        (errors(words, &wrong))
        (said)
        form method="post" action=(action) data-main novalidate {
            (hidden_tokens(ctx))
            @if let Some((id, _)) = &form.plan { input type="hidden" name="plan" value=(id); }
            @else { (heading(ctx, form, &wrong)) }
            (grid(ctx, form.year, &form.rows, &checked.said))
            @if form.plan.is_some() { (reason(ctx, form, &wrong)) }
            div.form-end {
                button.btn.main { (words.say("plan-save")) " " kbd.keyhint { "Ctrl+Enter" } }
                button.btn name="do" value="check" { (words.say("plan-check")) }
                button.btn name="do" value="more" { (words.say("plan-more")) }
                a.btn.quiet href=(if to.is_empty() { "/plans" } else { &to }) { (words.say("plan-leave")) }
                span.wait role="status" {}
            }
            p.hint { (words.say("plan-edit-hint")) }
        }
    };
    (status, Html(layout::page(ctx, &title, "/plans", body).into_string()))
}

fn wrong_of(wrong: &[(&str, String)], id: &str) -> Option<String> {
    wrong.iter().find(|(field, _)| *field == id).map(|(_, text)| text.clone())
}

/// The fields of a plan as a whole. They are written once.
fn heading(ctx: &Ctx, form: &Form, wrong: &[(&str, String)]) -> Markup {
    let words = ctx.words;
    let [title, number, year, unit, source, hint] = [
        "plans-name",
        "plans-number",
        "plans-year",
        "plans-unit",
        "plan-source-label",
        "plan-source-hint",
    ]
    .map(|code| words.say(code));
    let units = form.units.iter().map(|u| Choice { value: u.id.to_string(), text: u.name.clone() });
    let shown_year = form.year.to_string();
    let fields = [
        Field {
            id: "title",
            label: &title,
            value: &form.title,
            class: "c8",
            required: true,
            ..Field::default()
        },
        Field {
            id: "number",
            label: &number,
            value: &form.number,
            class: "c4",
            ..Field::default()
        },
        Field {
            id: "unit",
            label: &unit,
            value: &form.unit,
            class: "c6",
            choices: Some(units.collect()),
            ..Field::default()
        },
        Field {
            id: "year",
            label: &year,
            value: &shown_year,
            class: "c2",
            mode: "numeric",
            required: true,
            ..Field::default()
        },
        Field {
            id: "source",
            label: &source,
            value: &form.source,
            class: "c8",
            hint: &hint,
            ..Field::default()
        },
    ];
    html! {
        div.cols.form {
            @for f in fields {
                @let f = Field { wrong: wrong_of(wrong, f.id), ..f };
                (field(words, &f))
            }
        }
        h2.sec { (words.say("plan-targets")) }
    }
}

fn reason(ctx: &Ctx, form: &Form, wrong: &[(&str, String)]) -> Markup {
    let words = ctx.words;
    let [label, hint] = ["plan-reason", "plan-reason-hint"].map(|code| words.say(code));
    let f = Field {
        id: "reason",
        label: &label,
        value: &form.reason,
        hint: &hint,
        wrong: wrong_of(wrong, "reason"),
        ..Field::default()
    };
    html! { div.form.sec { (field(words, &f)) } }
}
