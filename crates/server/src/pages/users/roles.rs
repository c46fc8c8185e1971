//! Roles in words: what each may do and how far it reaches; the fields of a grant.

use crate::http::Ctx;
use crate::pages::parts::{Choice, Field, field};
use crate::words::Words;
use maud::{Markup, html};
use tram_app::unit::UnitRow;
use tram_defs::role::{Action, Reach, Role};
use tram_kernel::day;

/// `xem hồ sơ người dân, ghi mũi tiêm`.
pub fn may_words(words: &Words, actions: &[Action]) -> String {
    let said: Vec<String> = actions
        .iter()
        .map(|action| words.say(&format!("may-{}", action.code().replace('.', "-"))).into_owned())
        .collect();
    said.join("; ")
}

pub fn reach_words(words: &Words, reach: Reach) -> String {
    let code = match reach {
        Reach::Administrative => "reach-administrative",
        Reach::Professional => "reach-professional",
        Reach::Reporting => "reach-reporting",
        Reach::Unit => "reach-unit",
    };
    words.say(code).into_owned()
}

/// Every role that may be given, with what its holder may and may not do.
pub fn explained(words: &Words, roles: &[Role]) -> Markup {
    html! {
        details.sec.no-print {
            summary { b { (words.say("roles-explained")) } }
            dl.facts.sec {
                @for role in roles {
                    dt { (role.name) }
                    dd {
                        (may_words(words, &role.may)) "."
                        span.mute { (words.with("roles-reach", [("reach", reach_words(words, role.reach).into())])) }
                    }
                }
            }
        }
    }
}

/// What was typed into a grant.
#[derive(Debug, Default)]
pub struct TypedGrant {
    pub role: String,
    pub unit: String,
    pub from: String,
    pub to: String,
    /// Why a role is taken back or the account closed.
    pub why: String,
    pub wrong: Vec<(String, String)>,
}

impl TypedGrant {
    pub fn wrong_of(&self, id: &str) -> Option<String> {
        self.wrong.iter().find(|(field, _)| field == id).map(|(_, text)| text.clone())
    }
}

/// Role, unit, first and last day.
pub fn grant_fields(ctx: &Ctx, roles: &[Role], units: &[UnitRow], typed: &TypedGrant) -> Markup {
    let words = ctx.words;
    let [role, unit, from, to, unit_hint, to_hint] =
        ["users-role", "grant-unit", "grant-from", "grant-to", "grant-unit-hint", "grant-to-hint"]
            .map(|code| words.say(code));
    let roles = roles.iter().map(|r| Choice { value: r.code.clone(), text: r.name.clone() });
    let units = units.iter().map(|u| Choice { value: u.id.to_string(), text: u.name.clone() });
    let today = day::show(ctx.today());
    let since = if typed.from.is_empty() { &today } else { &typed.from };
    let fields = [
        Field {
            id: "role",
            label: &role,
            value: &typed.role,
            class: "c6",
            choices: Some(roles.collect()),
            ..Field::default()
        },
        Field {
            id: "unit",
            label: &unit,
            value: &typed.unit,
            class: "c6",
            choices: Some(units.collect()),
            hint: &unit_hint,
            ..Field::default()
        },
        Field {
            id: "from",
            label: &from,
            value: since,
            class: "c3",
            mode: "numeric",
            required: true,
            ..Field::default()
        },
        Field {
            id: "to",
            label: &to,
            value: &typed.to,
            class: "c3 opt",
            mode: "numeric",
            hint: &to_hint,
            ..Field::default()
        },
    ];
    html! {
        @for f in fields {
            @let f = Field { wrong: typed.wrong_of(f.id), ..f };
            (field(words, &f))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Language;

    #[test]
    fn every_right_has_words() {
        for words in [Language::Vi, Language::En].map(Words::of) {
            for action in Action::ALL {
                let code = format!("may-{}", action.code().replace('.', "-"));
                assert!(words.has(&code), "no words for {code}");
            }
        }
    }
}
