//! Values of a record as people read them: numbers in groups, dates with their precision, list names.

use crate::http::Ctx;
use crate::words::Words;
use tram_app::person::PersonPage;
use tram_domain::fact::{PersonChange, ResidenceKind};
use tram_domain::person::HeldIdentifier;
use tram_kernel::identifier::{Identifier, IdentifierKind};
use tram_kernel::{BirthDate, Date, Precision, day, moment};

const SPACE: &str = "\u{a0}";

/// Groups of characters, the last group takes the rest.
fn grouped(text: &str, sizes: &[usize]) -> String {
    let mut rest = text;
    let mut parts = Vec::new();
    for size in sizes {
        let Some((part, after)) = rest.split_at_checked(*size) else { break };
        parts.push(part);
        rest = after;
    }
    parts.push(rest);
    parts.retain(|part| !part.is_empty());
    parts.join(SPACE)
}

/// `0151 6500 4471`, `060 447 182`, `HN2 15 1520847731`.
pub fn number(identifier: &Identifier) -> String {
    let value = identifier.value();
    match identifier.kind() {
        IdentifierKind::Citizen => grouped(value, &[4, 4, 4]),
        IdentifierKind::OldCard => grouped(value, &[3, 3, 3]),
        IdentifierKind::InsuranceCard => grouped(value, &[3, 2, 10]),
        _ => value.to_owned(),
    }
}

/// `0912 645 013`.
pub fn phone(value: &str) -> String {
    grouped(value, &[4, 3, 4])
}

/// `13/09/2025 07:05`, or the year with the remark that the day is not known.
pub fn born(words: &Words, date: BirthDate, minute: Option<u16>) -> String {
    let shown = date.show();
    match (date.precision(), minute) {
        (Precision::Day, Some(minute)) => format!("{shown} {}", moment::show_time(minute)),
        (Precision::Day, None) => shown,
        _ => words.with("born-imprecise", [("born", shown.into())]),
    }
}

/// `01/01/2026 – 31/12/2026`, `từ …`, `đến …`; empty when neither is known.
pub fn validity(words: &Words, from: Option<Date>, to: Option<Date>) -> String {
    match (from, to) {
        (Some(from), Some(to)) => format!("{} – {}", day::show(from), day::show(to)),
        (Some(from), None) => words.with("since-day", [("day", from.into())]),
        (None, Some(to)) => words.with("until-day", [("day", to.into())]),
        (None, None) => String::new(),
    }
}

/// What kind of paper: `CCCD`, `Thẻ BHYT`.
pub fn paper(words: &Words, kind: IdentifierKind) -> String {
    words.say(&format!("paper-{}", kind.code().replace('_', "-"))).into_owned()
}

/// The words of a code of a list; the code itself when the list does not know it.
pub fn list_name(ctx: &Ctx, list: &str, code: &str) -> String {
    let defs = ctx.server.app.definitions();
    defs.list(list).and_then(|l| l.name(code)).unwrap_or(code).to_owned()
}

/// A list name in the middle of a sentence.
pub fn inside(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or(String::new(), |first| first.to_lowercase().chain(letters).collect())
}

pub fn residence_kind(ctx: &Ctx, kind: ResidenceKind) -> String {
    list_name(ctx, "residence_kind", kind.code())
}

/// The number of a kind that is held on a day, the one recorded last.
pub fn held(page: &PersonPage, on: Date, kinds: &[IdentifierKind]) -> Option<HeldIdentifier> {
    let mut found = page.view.person.identifiers.iter().rev();
    found.find(|h| kinds.contains(&h.identifier.kind()) && h.holds_on(on)).cloned()
}

/// The code of a field of the record, as in `f-CODE` and `field-CODE`.
pub const fn field_code(change: &PersonChange) -> &'static str {
    match change {
        PersonChange::Name(_) => "name",
        PersonChange::Sex(_) => "sex",
        PersonChange::Born(..) => "born",
        PersonChange::Ethnicity(_) => "ethnicity",
        PersonChange::Occupation(_) => "occupation",
        PersonChange::Phone(_) => "phone",
        PersonChange::Mother(..) => "mother",
    }
}

/// The value of a field as it stands on the page.
pub fn value(ctx: &Ctx, page: &PersonPage, change: &PersonChange) -> String {
    let words = ctx.words;
    let or_none = |text: Option<String>| text.unwrap_or_else(|| words.say("value-none").into());
    let listed =
        |list, code: &Option<String>| or_none(code.as_ref().map(|code| list_name(ctx, list, code)));
    match change {
        PersonChange::Name(name) => name.clone(),
        PersonChange::Sex(sex) => words.say(&format!("sex-{}", sex.code())).into_owned(),
        PersonChange::Born(date, minute) => born(words, *date, *minute),
        PersonChange::Ethnicity(code) => listed("ethnicity", code),
        PersonChange::Occupation(code) => listed("occupation", code),
        PersonChange::Phone(text) => or_none(text.as_deref().map(phone)),
        PersonChange::Mother(id, name) => {
            let known = id.and_then(|id| page.people.get(&id).cloned());
            or_none(known.or_else(|| name.clone()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_as_on_the_papers() {
        for (kind, typed, shown) in [
            (IdentifierKind::Citizen, "015165004471", "0151 6500 4471"),
            (IdentifierKind::OldCard, "060447182", "060 447 182"),
            (IdentifierKind::InsuranceCard, "HN2151520847731", "HN2 15 1520847731"),
            (IdentifierKind::SocialInsurance, "1520847731", "1520847731"),
        ] {
            let identifier = Identifier::parse(kind, typed).expect("a number");
            assert_eq!(number(&identifier).replace(SPACE, " "), shown);
        }
        assert_eq!(phone("0912645013").replace(SPACE, " "), "0912 645 013");
        assert_eq!(phone("02163845115").replace(SPACE, " "), "0216 384 5115");
    }
}
