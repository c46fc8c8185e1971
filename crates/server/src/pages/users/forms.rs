//! The forms of an account: a role more, a role less, another password, closing it.

use super::one::Account;
use super::role_name;
use super::roles::{TypedGrant, grant_fields};
use crate::http::Ctx;
use crate::pages::parts::{Field, carried, field, hidden_tokens, section};
use maud::{Markup, html};
use tram_app::user::GrantRow;

pub fn revoke_form(ctx: &Ctx, account: &Account, grant: &GrantRow, typed: &TypedGrant) -> Markup {
    let words = ctx.words;
    let is_asked = typed.role == grant.role && typed.unit == grant.unit.to_string();
    let wrong = is_asked.then(|| typed.wrong_of("reason")).flatten();
    let role = role_name(ctx, &grant.role);
    html! {
        form.suffix method="post" action={ "/users/" (account.id) "/revoke" } {
            (hidden_tokens(ctx))
            (carried("role", &grant.role))
            (carried("unit", &grant.unit.to_string()))
            input id=[wrong.is_some().then_some("reason")] name="reason" required autocomplete="off"
                value=(if wrong.is_some() { typed.why.as_str() } else { "" })
                aria-invalid=[wrong.is_some().then_some("true")] placeholder=(words.say("grant-why"))
                aria-label=(words.with("grant-why-of", [("role", role.as_str().into())]));
            button.btn.sm.bad aria-label=(words.with("grant-revoke-of", [("role", role.as_str().into())])) { (words.say("grant-revoke")) }
        }
    }
}

pub fn grant_form(ctx: &Ctx, account: &Account, typed: &TypedGrant) -> Markup {
    let words = ctx.words;
    let form = html! {
        form.form method="post" action={ "/users/" (account.id) "/grants" } data-main {
            (hidden_tokens(ctx))
            div.cols { (grant_fields(ctx, &account.roles, &account.units, typed)) }
            div.acts.sec { button.btn.main { (words.say("grant-add")) } span.wait role="status" {} }
        }
    };
    section(&words.say("grant-title"), html! {}, form)
}

pub fn password_form(ctx: &Ctx, account: &Account) -> Markup {
    let words = ctx.words;
    let form = html! {
        form method="post" action={ "/users/" (account.id) "/password" } {
            (hidden_tokens(ctx))
            p { (words.say("password-reset-what")) }
            div.acts.sec { button.btn { (words.say("password-reset")) } span.wait role="status" {} }
        }
    };
    section(&words.say("password-title"), html! {}, form)
}

pub fn close_form(ctx: &Ctx, account: &Account, typed: &TypedGrant) -> Markup {
    let words = ctx.words;
    let label = words.say("user-close-why");
    let wrong = typed.wrong_of("close_reason");
    let reason = Field {
        id: "close_reason",
        label: &label,
        required: true,
        value: if wrong.is_some() { &typed.why } else { "" },
        wrong,
        ..Field::default()
    };
    let form = html! {
        form method="post" action={ "/users/" (account.id) "/close" } {
            (hidden_tokens(ctx))
            p { (words.say("user-close-what")) }
            (field(words, &reason))
            div.acts.sec { button.btn.bad { (words.say("user-close")) } span.wait role="status" {} }
        }
    };
    section(&words.say("user-close-title"), html! {}, form)
}
