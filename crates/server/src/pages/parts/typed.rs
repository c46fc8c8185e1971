//! Reading what people typed: one small function a kind of value, each says in a code what is wrong.
//!
//! The sentences are in `locales/*/typed.ftl`; those about rows of a file are in `import.ftl`.

use crate::http::Fields;
use tram_app::Failure;
use tram_kernel::day::BadDay;
use tram_kernel::identifier::{BadIdentifier, Identifier, IdentifierKind};
use tram_kernel::text::BadText;
use tram_kernel::{BirthDate, Date, Message, Sex, day, moment, number, text};

/// Words of any kind: places, causes.
const LONGEST: usize = 200;
/// Sentences: reasons, remarks, names of targets, sources.
const LONGEST_SENTENCE: usize = 500;

fn bad_text(why: BadText, empty: &'static str, longest: usize) -> Message {
    match why {
        BadText::Hidden => Message::new("typed-hidden-characters"),
        BadText::Empty => Message::new(empty),
        BadText::TooLong => Message::new("typed-text-too-long").with("longest", longest),
    }
}

/// A person's name, in the form of the record.
pub fn name(typed: &str) -> Result<String, Message> {
    text::person_name(typed).map_err(|why| bad_text(why, "typed-name-missing", 100))
}

/// Free words, cleaned.
pub fn words(typed: &str) -> Result<String, Message> {
    text::clean(typed, LONGEST).map_err(|why| bad_text(why, "field-missing", LONGEST))
}

/// A sentence, cleaned; `empty` is the code of what is said when there is none.
pub fn long_words(typed: &str, empty: &'static str) -> Result<String, Message> {
    let longest = LONGEST_SENTENCE;
    text::clean(typed, longest).map_err(|why| bad_text(why, empty, longest))
}

/// A sentence, or `None` when the box was left empty: what cannot be kept is never dropped in silence.
pub fn words_or_none(typed: &str) -> Result<Option<String>, Message> {
    match text::clean(typed, LONGEST_SENTENCE) {
        Err(BadText::Empty) => Ok(None),
        Err(why) => Err(bad_text(why, "field-missing", LONGEST_SENTENCE)),
        Ok(words) => Ok(Some(words)),
    }
}

/// A sentence of a form, or `None` when it was left empty. `name` is that of its box.
pub fn sentence(form: &Fields, name: &'static str) -> Result<Option<String>, Failure> {
    words_or_none(form.get(name)).map_err(|message| Failure::refused_field(message, name))
}

/// A sentence of a form that must be there; `empty` is the code of what is said when it is not.
pub fn needed_sentence(
    form: &Fields,
    name: &'static str,
    empty: &'static str,
) -> Result<String, Failure> {
    long_words(form.get(name), empty).map_err(|message| Failure::refused_field(message, name))
}

/// A few words of a form, or `None` when the box was left empty: lots, places.
pub fn words_of(form: &Fields, name: &str, field: &'static str) -> Result<Option<String>, Failure> {
    form.filled(name)
        .map(|typed| words(&typed).map_err(|message| Failure::refused_field(message, field)))
        .transpose()
}

/// The number of a household book: short, as written on it.
pub fn book_number(typed: &str) -> Result<String, Message> {
    text::clean(typed, 20).map_err(|why| bad_text(why, "field-missing", 20))
}

pub fn sex(typed: &str) -> Result<Sex, Message> {
    Sex::from_code(typed).ok_or(Message::new("typed-sex-missing"))
}

/// A birth date as exactly as it is known.
pub fn born(typed: &str, today: Date) -> Result<BirthDate, Message> {
    BirthDate::parse(typed, today).map_err(|bad| bad_day(bad, "typed-born-invalid"))
}

/// A full day.
pub fn full_day(typed: &str, today: Date) -> Result<Date, Message> {
    // A month or a year alone is understood, and said to be too little.
    if BirthDate::parse(typed, today).is_ok_and(|date| date.day().is_none()) {
        return Err(Message::new("typed-date-incomplete"));
    }
    day::parse(typed, today).map_err(|bad| bad_day(bad, "typed-date-invalid"))
}

/// The last day of use as boxes print it: a full day, or a month that ends with it (`12/2027`).
pub fn last_day(typed: &str, today: Date) -> Result<Date, Message> {
    let parts: Vec<&str> = typed.trim().split(['/', '-', '.']).collect();
    if let [month, year] = parts[..]
        && year.len() == 4
    {
        let first = year.parse().ok().zip(month.parse().ok());
        let first = first.and_then(|(year, month)| Date::new(year, month, 1).ok());
        return first.map(Date::last_of_month).ok_or(Message::new("typed-last-day-invalid"));
    }
    day::parse(typed, today).map_err(|bad| bad_day(bad, "typed-last-day-invalid"))
}

/// How many: a whole number from `least` on, with or without dots between thousands.
pub fn quantity(typed: &str, least: u32) -> Result<u32, Message> {
    let bad = || Message::new("typed-quantity").with("least", i64::from(least));
    let value = number::thousandths(typed).filter(|n| n % 1000 == 0).ok_or_else(bad)? / 1000;
    u32::try_from(value).ok().filter(|n| *n >= least).ok_or_else(bad)
}

/// Tenths of a degree: `5`, `5,2`, `-1.5`. Ambient and fridge temperatures, not of a body.
pub fn tenths(typed: &str) -> Result<i16, Message> {
    let bad = || Message::new("typed-degrees").with("typed", typed);
    let value = number::thousandths(&typed.replace('.', ",")).ok_or_else(bad)?;
    if value % 100 != 0 {
        return Err(bad());
    }
    i16::try_from(value / 100).ok().filter(|t| (-900..=600).contains(t)).ok_or_else(bad)
}

fn bad_day(bad: BadDay, other: &'static str) -> Message {
    match bad {
        BadDay::NotInCalendar => Message::new("typed-date-no-such-day"),
        BadDay::NotADay => Message::new(other),
    }
}

/// A time of day in minutes after midnight.
pub fn minute(typed: &str) -> Result<u16, Message> {
    moment::parse_time(typed).ok_or(Message::new("field-bad-time"))
}

/// A number of a kind the person chose.
pub fn identifier(kind: IdentifierKind, typed: &str) -> Result<Identifier, Message> {
    let read = match kind {
        IdentifierKind::InsuranceCard | IdentifierKind::SocialInsurance => {
            Identifier::parse_insurance(typed)
        }
        kind => Identifier::parse(kind, typed),
    };
    read.map_err(|bad| bad_identifier(kind, bad))
}

fn bad_identifier(kind: IdentifierKind, bad: BadIdentifier) -> Message {
    use IdentifierKind::{Citizen, InsuranceCard, OldCard, SocialInsurance};
    let code = |citizen, old_card| if kind == Citizen { citizen } else { old_card };
    let numbered = matches!(kind, Citizen | OldCard);
    match bad {
        BadIdentifier::Length { expected, found } if numbered => {
            let message = Message::new(code("typed-citizen-length", "typed-old-card-length"));
            message.with("expected", expected).with("found", found)
        }
        BadIdentifier::NotADigit { position } if numbered => {
            let message = Message::new(code("typed-citizen-digit", "typed-old-card-digit"));
            message.with("position", position)
        }
        BadIdentifier::Spreadsheet if numbered => {
            Message::new(code("typed-citizen-spreadsheet", "typed-old-card-spreadsheet"))
        }
        BadIdentifier::Length { found, .. } if matches!(kind, InsuranceCard | SocialInsurance) => {
            Message::new("typed-card-length").with("found", found)
        }
        _ if matches!(kind, InsuranceCard | SocialInsurance) => Message::new("typed-card-invalid"),
        _ => Message::new("field-bad-number"),
    }
}

/// A telephone number in national form, `0` first.
pub fn phone(typed: &str) -> Result<String, Message> {
    let kept: String =
        typed.chars().filter(|c| !matches!(c, ' ' | '\u{00A0}' | '.' | '-' | '(' | ')')).collect();
    let local = match kept.strip_prefix("+84").or_else(|| kept.strip_prefix("84")) {
        Some(rest) if rest.len() >= 9 => format!("0{}", rest.trim_start_matches('0')),
        _ => kept,
    };
    let digits = local.bytes().all(|b| b.is_ascii_digit());
    if digits && local.starts_with('0') && (10..=11).contains(&local.len()) {
        Ok(local)
    } else {
        Err(Message::new("typed-phone-invalid"))
    }
}

/// A whole number between two.
pub fn count(typed: &str, least: u8, most: u8) -> Result<u8, Message> {
    let bad = || Message::new("field-bad-count").with("least", i64::from(least));
    let bad = || bad().with("most", i64::from(most));
    let value: u8 = typed.parse().map_err(|_| bad())?;
    if (least..=most).contains(&value) { Ok(value) } else { Err(bad()) }
}

/// A birth weight in grams: `3250`, `3.250`, `3,25`. Below 30 it can only have been kilograms.
pub fn grams(typed: &str) -> Result<u16, Message> {
    let bad = || Message::new("field-bad-weight");
    let value = number::thousandths(typed).ok_or_else(bad)?;
    let grams = if value < 30_000 { value } else { value / 1000 };
    if (300..=9_000).contains(&grams) {
        u16::try_from(grams).map_err(|_| bad())
    } else {
        Err(bad())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> Date {
        "2026-01-16".parse().expect("a date")
    }

    fn code<T>(read: Result<T, Message>) -> &'static str {
        read.map_or_else(|bad| bad.code, |_| "read")
    }

    #[test]
    fn birth_dates_and_days() {
        for (typed, expected) in [
            ("13/09/2025", "read"),
            ("09/2025", "read"),
            ("1960", "read"),
            ("31/02/2025", "typed-date-no-such-day"),
            ("hôm qua", "typed-born-invalid"),
            ("13/09/25", "typed-born-invalid"),
        ] {
            assert_eq!(code(born(typed, today())), expected, "{typed}");
        }
        for (typed, expected) in [
            ("13/9/2025", "read"),
            ("139", "read"),
            ("1960", "typed-date-incomplete"),
            ("09/2025", "typed-date-incomplete"),
            ("30/02/2026", "typed-date-no-such-day"),
            ("mai", "typed-date-invalid"),
        ] {
            assert_eq!(code(full_day(typed, today())), expected, "{typed}");
        }
    }

    #[test]
    fn numbers_on_papers() {
        use IdentifierKind::{BirthCertificate, Citizen, InsuranceCard, OldCard};
        for (kind, typed, expected) in [
            (Citizen, "0151 6500 4471", "read"),
            (Citizen, "01516500447", "typed-citizen-length"),
            (Citizen, "01516500447O", "typed-citizen-digit"),
            (Citizen, "1.5165E+10", "typed-citizen-spreadsheet"),
            (OldCard, "060447182", "read"),
            (OldCard, "06044718", "typed-old-card-length"),
            (InsuranceCard, "hn 2 15 1520847731", "read"),
            (InsuranceCard, "1520847731", "read"),
            (InsuranceCard, "HN215152084773", "typed-card-length"),
            (InsuranceCard, "HN9151520847731", "typed-card-invalid"),
            (BirthCertificate, "", "field-bad-number"),
        ] {
            assert_eq!(code(identifier(kind, typed)), expected, "{typed}");
        }
    }

    #[test]
    fn phones_in_national_form() {
        for typed in ["0912 645 013", "+84 912 645 013", "84912645013", "0912.645.013"] {
            assert_eq!(phone(typed).as_deref(), Ok("0912645013"), "{typed}");
        }
        for typed in ["912645013", "0912", "không có", "09126450134567"] {
            assert_eq!(code(phone(typed)), "typed-phone-invalid", "{typed}");
        }
    }

    #[test]
    fn names_and_words() {
        assert_eq!(name("HOÀNG  thị sính").as_deref(), Ok("HOÀNG thị sính"));
        assert_eq!(name("hoàng thị sính").as_deref(), Ok("Hoàng Thị Sính"));
        assert_eq!(code(name("  ")), "typed-name-missing");
        assert_eq!(code(name("Lò\u{200B} Mai")), "typed-hidden-characters");
        assert_eq!(code(words(&"a".repeat(201))), "typed-text-too-long");
        assert_eq!(words_or_none("  "), Ok(None));
        assert_eq!(words_or_none(" lý  do "), Ok(Some("lý do".into())));
        assert_eq!(code(words_or_none(&"a".repeat(501))), "typed-text-too-long");
        assert_eq!(code(words_or_none("lý\u{200B}do")), "typed-hidden-characters");
    }

    #[test]
    fn last_days_and_quantities() {
        let last = |typed| last_day(typed, today()).map(day::show);
        assert_eq!(last("02/2028").as_deref(), Ok("29/02/2028"));
        assert_eq!(last("15/12/2027").as_deref(), Ok("15/12/2027"));
        for typed in ["13/2027", "sắp hết"] {
            assert_eq!(code(last_day(typed, today())), "typed-last-day-invalid", "{typed}");
        }
        assert_eq!((quantity("1.200", 1), quantity("20", 1)), (Ok(1200), Ok(20)));
        for typed in ["0", "-3", "2,5", "vài"] {
            assert_eq!(code(quantity(typed, 1)), "typed-quantity", "{typed}");
        }
        assert_eq!((tenths("5,2"), tenths("-1.5"), tenths("8")), (Ok(52), Ok(-15), Ok(80)));
        for typed in ["", "5,25", "mát", "99"] {
            assert_eq!(code(tenths(typed)), "typed-degrees", "{typed}");
        }
    }

    #[test]
    fn weights_counts_and_times() {
        for typed in ["3250", "3.250", "3,25", "3,250"] {
            assert_eq!(grams(typed), Ok(3250), "{typed}");
        }
        for typed in ["", "32", "20000", "nặng"] {
            assert_eq!(code(grams(typed)), "field-bad-weight", "{typed}");
        }
        assert_eq!(count("2", 1, 20), Ok(2));
        assert_eq!(code(count("21", 1, 20)), "field-bad-count");
        assert_eq!((minute("7h05"), code(minute("25:00"))), (Ok(425), "field-bad-time"));
    }
}
