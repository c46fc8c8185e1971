//! Numbers as Vietnamese tables write them: decimal comma, thousands dot; kept in thousandths.

/// Reads `95`, `94,4`, `1.754`, `1 754,5`, `-0,7` into thousandths. `None` when it is not a number, or
/// when it has more than three decimals.
///
/// A dot before exactly three digits groups thousands; any other dot is read as a decimal point.
pub fn thousandths(typed: &str) -> Option<i64> {
    let text: String = typed.trim().chars().filter(|c| !matches!(c, ' ' | '\u{00A0}')).collect();
    let (sign, text) = match text.strip_prefix(['-', '−']) {
        Some(rest) => (-1, rest.to_owned()),
        None => (1, text),
    };
    let text = if text.contains(',') { text.replace('.', "") } else { ungroup(&text) };
    let (whole, decimals) = text.split_once([',', '.']).unwrap_or((&text, ""));
    let digits = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(decimals) || decimals.len() > 3 {
        return None;
    }
    let whole: i64 = whole.parse().ok()?;
    let decimals: i64 = format!("{decimals:0<3}").parse().ok()?;
    whole.checked_mul(1000)?.checked_add(decimals).map(|n| sign * n)
}

fn ungroup(text: &str) -> String {
    let groups: Vec<&str> = text.split('.').collect();
    let grouped = groups.len() > 1
        && (1..=3).contains(&groups[0].len())
        && groups[0] != "0"
        && groups[1..].iter().all(|g| g.len() == 3);
    if grouped { groups.concat() } else { text.to_owned() }
}

/// `94,4`, `1.754`, `−0,7`: thousandths with up to three decimals, zeros dropped.
pub fn show_thousandths(value: i64) -> String {
    let decimals = value.unsigned_abs() % 1000;
    let places = match decimals {
        0 => 0,
        d if d % 100 == 0 => 1,
        d if d % 10 == 0 => 2,
        _ => 3,
    };
    show_rounded(value, places)
}

/// Thousandths with a fixed number of decimals (0–3), rounded half away from zero.
pub fn show_rounded(value: i64, places: u32) -> String {
    let step = 10_u64.pow(3 - places.min(3));
    let rounded = (value.unsigned_abs() + step / 2) / step * step;
    let sign = if value < 0 && rounded > 0 { "−" } else { "" };
    let whole = show_count((rounded / 1000) as i64);
    let decimals = format!("{:03}", rounded % 1000);
    if places == 0 {
        format!("{sign}{whole}")
    } else {
        format!("{sign}{whole},{}", &decimals[..places as usize])
    }
}

/// A whole number with dots between thousands: `1.250.000`.
pub fn show_count(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push('.');
        }
        out.push(digit);
    }
    if number < 0 { format!("−{out}") } else { out }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vietnamese_numbers_are_read() {
        for (typed, value) in [
            ("95", 95_000),
            ("94,4", 94_400),
            ("1.754", 1_754_000),
            ("1 754,5", 1_754_500),
            ("46.4", 46_400),
            ("0.125", 125),
            ("-0,7", -700),
            ("2.530.000", 2_530_000_000),
        ] {
            assert_eq!(thousandths(typed), Some(value), "{typed}");
        }
        for typed in ["", "a", "1,2,3", "1.2.3", "5 %", "0,0001"] {
            assert_eq!(thousandths(typed), None, "{typed}");
        }
    }

    #[test]
    fn numbers_are_shown_with_comma_and_dots() {
        assert_eq!(show_thousandths(94_400), "94,4");
        assert_eq!(show_thousandths(1_754_000), "1.754");
        assert_eq!(show_thousandths(-700), "−0,7");
        assert_eq!(show_rounded(20_164, 1), "20,2");
        assert_eq!(show_rounded(-40, 1), "0,0");
        assert_eq!(show_count(1_250_000), "1.250.000");
    }
}
