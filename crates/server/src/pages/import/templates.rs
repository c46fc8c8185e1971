//! The templates of the lists, and the words for what a list is of: one of a few kinds, or any form that is
//! there for whoever asks.

use crate::http::download::{XLSX, download};
use crate::http::{Answer, Ctx, Trouble};
use crate::words::Words;
use axum::extract::Query;
use maud::{Markup, html};
use serde::Deserialize;
use tram_app::Failure;
use tram_app::import::ListKind;
use tram_defs::Definitions;
use tram_defs::form::Form;
use tram_defs::role::Action;

#[derive(Deserialize)]
pub struct Wanted {
    #[serde(default = "people")]
    kind: String,
}

fn people() -> String {
    ListKind::People.word().to_owned()
}

pub async fn template(Query(wanted): Query<Wanted>, ctx: Ctx) -> Answer {
    let (defs, actor) = (ctx.server.app.definitions(), &ctx.signed.actor);
    let Some(kind) = actor.list_kind(&defs, &wanted.kind, ctx.today()) else {
        return Err(Trouble::signed(ctx, Failure::NotFound));
    };
    let name = template_name(&kind);
    let bytes = ctx.run(move |app, actor| app.list_template(actor, &kind)).await?;
    Ok(download(&name, XLSX, bytes))
}

/// What the file of a template is called.
pub fn template_name(kind: &ListKind) -> String {
    match kind {
        ListKind::People => "mau-danh-sach-dan-cu.xlsx".to_owned(),
        ListKind::Households => "mau-ho-gia-dinh.xlsx".to_owned(),
        ListKind::Vaccinations => "mau-lich-su-tiem-chung.xlsx".to_owned(),
        ListKind::Cards => "mau-the-bhyt.xlsx".to_owned(),
        ListKind::Form(form) => format!("mau-phieu-{}.xlsx", form.code.replace('_', "-")),
    }
}

/// The name of a column: a field of lists, or a question as its form words it.
pub fn column_name(words: &Words, kind: &ListKind, code: &str) -> String {
    let field = format!("list-{code}");
    match kind.question(code) {
        Some(question) => question.to_owned(),
        None if words.has(&field) => words.say(&field).into_owned(),
        // A question of an earlier form, in a file from then.
        None => code.to_owned(),
    }
}

fn kind_name(words: &Words, kind: &ListKind) -> String {
    words.say(&format!("import-kind-{}", kind.word())).into_owned()
}

/// The forms whose entries may be brought in.
fn forms<'d>(ctx: &Ctx, defs: &'d Definitions) -> Vec<&'d Form> {
    match ctx.signed.actor.may(Action::ProgrammeWrite) {
        true => ctx.signed.actor.forms(defs, ctx.today()),
        false => Vec::new(),
    }
}

/// What a file may list, to be chosen from.
pub fn options(ctx: &Ctx) -> Markup {
    let words = ctx.words;
    let defs = ctx.server.app.definitions();
    let forms = forms(ctx, &defs);
    html! {
        option value="" { (words.say("import-kind-auto")) }
        @for kind in ListKind::LISTS {
            option value=(kind.code()) { (kind_name(words, &kind)) }
        }
        @if !forms.is_empty() {
            optgroup label=(words.say("import-forms")) {
                @for form in forms { option value=(code(form)) { (form.name) } }
            }
        }
    }
}

fn code(form: &Form) -> String {
    ListKind::code_of_form(&form.code)
}

/// Every template there is for the asker.
pub fn templates(ctx: &Ctx) -> Markup {
    let words = ctx.words;
    let defs = ctx.server.app.definitions();
    let there = forms(ctx, &defs);
    let rules = ctx.signed.actor.programmes(&defs, ctx.today());
    let of_none = |form: &&Form| !rules.iter().any(|rule| rule.forms().any(|of| of == form.code));
    let others: Vec<&Form> = there.iter().copied().filter(of_none).collect();
    html! {
        ul.todo {
            @for kind in ListKind::LISTS {
                li { a href={ "/import/template.xlsx?kind=" (kind.code()) } { (kind_name(words, &kind)) } }
            }
        }
        @if !there.is_empty() {
            details {
                summary { (words.say("import-forms")) }
                @for rule in &rules {
                    @let own: Vec<&str> = rule.forms().collect();
                    (group(&rule.name, there.iter().copied().filter(|form| own.contains(&form.code.as_str()))))
                }
                (group(&words.say("import-forms-other"), others.into_iter()))
            }
        }
    }
}

/// Templates of forms under a name; nothing when there are none.
fn group<'f>(name: &str, forms: impl Iterator<Item = &'f Form>) -> Markup {
    let forms: Vec<&Form> = forms.collect();
    html! {
        @if !forms.is_empty() {
            h3 { (name) }
            (links(&forms))
        }
    }
}

fn links(forms: &[&Form]) -> Markup {
    html! {
        ul.todo {
            @for form in forms {
                li { a href={ "/import/template.xlsx?kind=" (code(form)) } { (form.name) } }
            }
        }
    }
}

/// The templates of a programme's forms, for its register; nothing for those who bring in no lists.
pub fn of_programme(ctx: &Ctx, codes: &[&str]) -> Markup {
    let words = ctx.words;
    let defs = ctx.server.app.definitions();
    let mut own = forms(ctx, &defs);
    own.retain(|form| codes.contains(&form.code.as_str()));
    html! {
        @if !own.is_empty() && ctx.signed.actor.may(Action::ImportRun) {
            section.sec.no-print {
                div.h { h2 { (words.say("programme-excel")) } }
                p.mute { (words.say("programme-excel-what")) " " a href="/import" { (words.say("programme-excel-import")) } }
                (links(&own))
            }
        }
    }
}
