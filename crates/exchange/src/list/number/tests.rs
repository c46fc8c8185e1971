//! Numbers of people as spreadsheets leave them.

use super::*;

/// `n:` a number of the spreadsheet, anything else text.
fn cell(shown: &str) -> Cell {
    match shown.strip_prefix("n:") {
        Some(digits) => Cell::Number(digits.into()),
        None if shown.is_empty() => Cell::Empty,
        None => Cell::Text(shown.into()),
    }
}

fn shown<T>(value: Value<T>, show: impl Fn(T) -> String) -> String {
    match value {
        Value::Nothing => "nothing".into(),
        Value::Good(value) => show(value),
        Value::Doubtful(value, message) => format!("{} {}", show(value), message.code),
        Value::Dropped(message) | Value::Wrong(message) => {
            let args: Vec<String> =
                message.args.iter().map(|(name, arg)| format!(" {name}={arg:?}")).collect();
            format!("{}{}", message.code, args.concat())
        }
    }
}

/// Goal: one line per number as found, `found => taken` or what is said about it.
#[track_caller]
fn check(read: fn(&Cell) -> Value<Identifier>, line: &str) {
    let (found, expected) = line.split_once("=>").expect("a `=>`");
    let got = shown(read(&cell(found.trim())), |id| id.value().to_owned());
    assert_eq!(got, expected.trim(), "{line}");
}

#[test]
fn personal_numbers() {
    let check = |line| check(citizen, line);
    check("001160012345 => 001160012345");
    check("001 160 012 345 => 001160012345");
    check("'001160012345 => 001160012345");
    check("n:100160012345 => 100160012345");
    check("n:1160012345 => row-citizen-spreadsheet found=Number(10)");
    check("n:38160012345 => row-citizen-spreadsheet found=Number(11)");
    check("38160012345 => row-citizen-spreadsheet found=Number(11)");
    check("1.00199E+11 => row-citizen-exponent");
    check("38160012345.0 => row-citizen-spreadsheet found=Number(11)");
    check("1160012345 => row-citizen-length expected=Number(12) found=Number(10)");
    check("0011600123456 => row-citizen-length expected=Number(12) found=Number(13)");
    check("00116001234O => row-citizen-digit position=Number(12)");
    check("001160012345\u{200B} => row-hidden-characters");
    check("chưa có => nothing");
    check("=> nothing");
}

#[test]
fn an_old_card_in_the_column_of_the_personal_number_is_taken_as_what_it_is() {
    check(citizen, "012345678 => 012345678 row-citizen-old-card");
    check(citizen, "n:112345678 => 112345678 row-citizen-old-card");
    check(citizen, "n:12345678 => row-citizen-length expected=Number(12) found=Number(8)");
    check(old_card, "012345678 => 012345678");
    check(old_card, "001160012345 => row-old-card-length expected=Number(9) found=Number(12)");
    check(old_card, "01234567B => row-old-card-digit position=Number(9)");
}

#[test]
fn insurance_cards() {
    let check = |line| check(insurance, line);
    check("TE1151234567890 => TE1151234567890");
    check("gd 4 01 1234567890 => GD4011234567890");
    check("0123456789 => 0123456789");
    check("n:1234567890 => 1234567890");
    check("n:123456789 => row-card-spreadsheet found=Number(9)");
    check("TE115123456789 => row-card-length found=Number(14)");
    check("TE9151234567890 => row-card-invalid");
    check("không => nothing");
}

#[test]
fn telephones() {
    for (found, expected) in [
        ("0912345678", "0912345678"),
        ("091 234.5678", "0912345678"),
        ("+84 912 345 678", "0912345678"),
        ("84912345678", "0912345678"),
        ("n:912345678", "0912345678"),
        ("n:842345678", "0842345678"),
        ("0912345678; 0987654321", "0912345678 row-phone-several"),
        ("912345678", "row-phone-invalid"),
        ("không có số", "row-phone-invalid"),
        ("-", "nothing"),
    ] {
        assert_eq!(shown(phone(&cell(found)), |p| p), expected, "{found}");
    }
}
