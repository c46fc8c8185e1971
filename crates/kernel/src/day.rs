//! Calendar days: months as months, ages in completed months and years, days as people type them.
//!
//! Civil time in Việt Nam is UTC+7 all year. A day never becomes an instant here.

pub use jiff::civil::Date;

/// `start` plus calendar months; the day is clamped to the end of a shorter month.
///
/// 31 January + 1 month = 28 (or 29) February.
pub fn add_months(start: Date, months: i32) -> Date {
    let month = i32::from(start.year()) * 12 + i32::from(start.month()) - 1;
    let month = month.saturating_add(months);
    let (year, month) = (month.div_euclid(12), month.rem_euclid(12) + 1);
    let first = i16::try_from(year).ok().and_then(|year| Date::new(year, month as i8, 1).ok());
    let Some(first) = first else { return if months < 0 { Date::MIN } else { Date::MAX } };
    let day = start.day().min(first.days_in_month());
    Date::new(first.year(), first.month(), day).expect("the month has so many days")
}

/// `start` plus calendar days.
pub fn add_days(start: Date, days: i32) -> Date {
    let beyond = if days < 0 { Date::MIN } else { Date::MAX };
    from_day_number(day_number(start).saturating_add(days)).unwrap_or(beyond)
}

/// Whole days from `from` to `to`; negative when `to` comes first.
pub fn days_between(from: Date, to: Date) -> i32 {
    (i64::from(day_number(to)) - i64::from(day_number(from))) as i32
}

/// Days of a whole turn of the Gregorian calendar, 400 years.
const TURN_DAYS: i32 = 146_097;
/// Days from 1 March of year 0, where the turns are counted from, to 1970-01-01.
const TO_1970: i32 = 719_468;

/// Days since 1970-01-01, the form in which facts carry a day.
///
/// Sums of whole numbers: schedules and numbers ask for days all the time. Years are counted from
/// March, so that the leap day is the last one (H. Hinnant, "chrono-compatible low-level date
/// algorithms").
pub fn day_number(day: Date) -> i32 {
    let (month, day_of_month) = (i32::from(day.month()), i32::from(day.day()));
    let year = i32::from(day.year()) - i32::from(month <= 2);
    let (turn, year_of_turn) = (year.div_euclid(400), year.rem_euclid(400));
    let from_march = (month + 9) % 12;
    let day_of_year = (153 * from_march + 2) / 5 + day_of_month - 1;
    let day_of_turn = year_of_turn * 365 + year_of_turn / 4 - year_of_turn / 100 + day_of_year;
    turn * TURN_DAYS + day_of_turn - TO_1970
}

/// The inverse of [`day_number`]; `None` outside years −9999..9999.
pub fn from_day_number(number: i32) -> Option<Date> {
    let days = number.checked_add(TO_1970)?;
    let (turn, day_of_turn) = (days.div_euclid(TURN_DAYS), days.rem_euclid(TURN_DAYS));
    let leaps = day_of_turn / 1460 - day_of_turn / 36_524 + day_of_turn / 146_096;
    let year_of_turn = (day_of_turn - leaps) / 365;
    let day_of_year = day_of_turn - (365 * year_of_turn + year_of_turn / 4 - year_of_turn / 100);
    let from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * from_march + 2) / 5 + 1;
    let month = (from_march + 2) % 12 + 1;
    let year = turn * 400 + year_of_turn + i32::from(month <= 2);
    Date::new(i16::try_from(year).ok()?, month as i8, day as i8).ok()
}

/// Completed calendar months from birth to `on` ("đủ 2 tháng" = 2). Negative before birth.
///
/// Someone born on the 31st completes a month on the last day of a shorter one.
pub fn completed_months(born: Date, on: Date) -> i32 {
    let months = (i32::from(on.year()) - i32::from(born.year())) * 12 + i32::from(on.month())
        - i32::from(born.month());
    if add_months(born, months) <= on { months } else { months - 1 }
}

/// Completed calendar years from birth to `on`.
pub fn completed_years(born: Date, on: Date) -> i32 {
    completed_months(born, on).div_euclid(12)
}

/// The latest birthday whose owner has completed `months` on day `on`.
///
/// `completed_months(b, on) >= months` exactly when `b <= latest_birth(on, months)`; this is how an
/// age condition becomes a comparison of dates.
pub fn latest_birth(on: Date, months: i32) -> Date {
    let back = add_months(on, -months);
    if on == on.last_of_month() { back.last_of_month() } else { back }
}

/// `2026-01-16`, the form in which days are stored and compared.
pub fn iso(day: Date) -> String {
    match iso_letters(day) {
        Some(letters) => letters.iter().map(|byte| char::from(*byte)).collect(),
        None => day.to_string(),
    }
}

/// The same as ASCII letters; `None` outside the years 0 to 9999.
pub fn iso_letters(day: Date) -> Option<[u8; 10]> {
    let year = i32::from(day.year());
    let digit = |number: i32| b'0' + (number % 10) as u8;
    let (month, date) = (i32::from(day.month()), i32::from(day.day()));
    let [a, b, c, d] = [year / 1000, year / 100, year / 10, year].map(digit);
    let [e, f, g, h] = [month / 10, month, date / 10, date].map(digit);
    (0..=9999).contains(&year).then_some([a, b, c, d, b'-', e, f, b'-', g, h])
}

/// dd/MM/yyyy, the only form shown to people.
pub fn show(day: Date) -> String {
    format!("{:02}/{:02}/{:04}", day.day(), day.month(), day.year())
}

/// Why typed text is not a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadDay {
    /// The numbers are there but the calendar has no such day (30/02/2026).
    #[error("no such day in the calendar")]
    NotInCalendar,
    /// Not recognised as a day at all.
    #[error("not a day")]
    NotADay,
}

/// Reads a day as Vietnamese users type or store it.
///
/// Accepts `16/01/2026`, `16-1-2026`, `16.01.2026`, `16012026`, `2026-01-16`, and, relative to
/// `today`, `153` or `15/3` (15 March of this year), `+30` (in 30 days), `t6` or `cn` (the next Friday,
/// Sunday). Two-digit years are refused: nobody can tell 1926 from 2026 in a health record.
pub fn parse(typed: &str, today: Date) -> Result<Date, BadDay> {
    let text = typed.trim();
    if let Some(days) = text.strip_prefix('+') {
        return days.parse().map(|n| add_days(today, n)).map_err(|_| BadDay::NotADay);
    }
    if let Some(weekday) = weekday(text) {
        let ahead = i32::from(weekday) - i32::from(today.weekday().to_monday_one_offset());
        return Ok(add_days(today, if ahead > 0 { ahead } else { ahead + 7 }));
    }
    let parts: Vec<&str> = text.split(['/', '-', '.', ' ']).filter(|p| !p.is_empty()).collect();
    let number = |text: &str| text.parse::<i16>().map_err(|_| BadDay::NotADay);
    let (year, month, day) = match parts[..] {
        [y, m, d] if y.len() == 4 => (number(y)?, number(m)?, number(d)?),
        [d, m, y] if y.len() == 4 && d.len() <= 2 && m.len() <= 2 => {
            (number(y)?, number(m)?, number(d)?)
        }
        [d, m] if d.len() <= 2 && m.len() <= 2 => (today.year(), number(m)?, number(d)?),
        [all] if all.len() == 8 && all.bytes().all(|b| b.is_ascii_digit()) => {
            (number(&all[4..])?, number(&all[2..4])?, number(&all[..2])?)
        }
        [all] if (3..=4).contains(&all.len()) && all.bytes().all(|b| b.is_ascii_digit()) => {
            (today.year(), number(&all[2..])?, number(&all[..2])?)
        }
        _ => return Err(BadDay::NotADay),
    };
    let narrow = |n: i16| i8::try_from(n).map_err(|_| BadDay::NotInCalendar);
    if !(1800..=2200).contains(&year) {
        return Err(BadDay::NotInCalendar);
    }
    Date::new(year, narrow(month)?, narrow(day)?).map_err(|_| BadDay::NotInCalendar)
}

/// `t2` … `t7`, `cn`: Monday is 1, Sunday 7.
fn weekday(text: &str) -> Option<i8> {
    match text.to_ascii_lowercase().as_bytes() {
        b"cn" => Some(7),
        [b't', digit @ b'2'..=b'7'] => Some((digit - b'1') as i8),
        _ => None,
    }
}

/// CBOR form of a day inside a fact: days since 1970-01-01. Use as `#[cbor(with = "…::day::cbor")]`.
pub mod cbor {
    use super::{Date, day_number, from_day_number};
    use minicbor::decode::Error as BadCbor;
    use minicbor::encode::{Error as NotWritten, Write};
    use minicbor::{Decoder, Encoder};

    pub fn encode<C, W: Write>(
        day: &Date,
        e: &mut Encoder<W>,
        _: &mut C,
    ) -> Result<(), NotWritten<W::Error>> {
        e.i32(day_number(*day))?.ok()
    }

    pub fn decode<C>(d: &mut Decoder<'_>, _: &mut C) -> Result<Date, BadCbor> {
        from_day_number(d.i32()?).ok_or_else(|| BadCbor::message("a day out of range"))
    }

    /// The same for a day that may be missing: `null` when it is.
    pub mod option {
        use super::*;

        pub fn encode<C, W: Write>(
            day: &Option<Date>,
            e: &mut Encoder<W>,
            ctx: &mut C,
        ) -> Result<(), NotWritten<W::Error>> {
            match day {
                Some(day) => super::encode(day, e, ctx),
                None => e.null()?.ok(),
            }
        }

        pub fn decode<C>(d: &mut Decoder<'_>, ctx: &mut C) -> Result<Option<Date>, BadCbor> {
            if d.datatype()? == minicbor::data::Type::Null {
                d.null()?;
                return Ok(None);
            }
            super::decode(d, ctx).map(Some)
        }

        pub fn nil() -> Option<Option<Date>> {
            Some(None)
        }

        pub fn is_nil(day: &Option<Date>) -> bool {
            day.is_none()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::ToSpan;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn day(text: &str) -> Date {
        text.parse().expect("a date")
    }

    #[track_caller]
    fn reads(typed: &str, expected: &str) {
        let got = parse(typed, day("2026-01-16")).map(|d| d.to_string());
        assert_eq!(got.as_deref().map_err(|e| format!("{e:?}")), Ok(expected), "{typed}");
    }

    #[test]
    fn days_are_read_as_people_type_them() {
        reads("16/01/2026", "2026-01-16");
        reads("5/3/1960", "1960-03-05");
        reads("2026-01-16", "2026-01-16");
        reads("16.1.2026", "2026-01-16");
        reads("16012026", "2026-01-16");
        reads("153", "2026-03-15");
        reads("1503", "2026-03-15");
        reads("15/3", "2026-03-15");
        reads("+30", "2026-02-15");
        // 16 January 2026 is a Friday: "t6" is the next one.
        reads("t6", "2026-01-23");
        reads("T2", "2026-01-19");
        reads("cn", "2026-01-18");
    }

    #[test]
    fn days_that_do_not_exist_are_refused() {
        for typed in ["30/02/2026", "31/04/2026", "29/02/2025", "00/00/1960", "13/25/2020"] {
            assert_eq!(parse(typed, day("2026-01-16")), Err(BadDay::NotInCalendar), "{typed}");
        }
        for typed in ["", "hôm qua", "16/01/26", "1/2/3/4"] {
            assert_eq!(parse(typed, day("2026-01-16")), Err(BadDay::NotADay), "{typed}");
        }
    }

    #[test]
    fn months_are_completed_by_the_calendar() {
        assert_eq!(completed_months(day("2026-01-31"), day("2026-03-30")), 1);
        assert_eq!(completed_months(day("2026-01-31"), day("2026-03-31")), 2);
        assert_eq!(completed_months(day("2025-12-31"), day("2026-02-28")), 2);
        assert_eq!(completed_years(day("2024-02-29"), day("2025-02-28")), 1);
        assert_eq!(add_months(day("2026-01-31"), 2), day("2026-03-31"));
    }

    #[test]
    fn sums_stop_at_the_ends_of_the_calendar() {
        assert_eq!(add_days(Date::MAX, 1), Date::MAX);
        assert_eq!(add_days(Date::MIN, i32::MIN), Date::MIN);
        assert_eq!(add_months(Date::MAX, i32::MAX), Date::MAX);
        assert_eq!(add_months(Date::MIN, -1), Date::MIN);
        assert_eq!(from_day_number(day_number(Date::MAX)), Some(Date::MAX));
        assert_eq!(from_day_number(day_number(Date::MIN)), Some(Date::MIN));
        assert_eq!(from_day_number(i32::MAX), None);
    }

    proptest! {
        #[test]
        fn an_age_condition_is_a_comparison_of_dates(
            born in -20_000i32..25_000, after in 0i32..5_000, months in 0i32..160,
        ) {
            let born = from_day_number(born).expect("in range");
            let on = add_days(born, after);
            prop_assert_eq!(completed_months(born, on) >= months, born <= latest_birth(on, months));
        }

        #[test]
        fn sums_agree_with_the_calendar_library(
            number in -200_000i32..200_000, months in -4_000i32..4_000,
        ) {
            let epoch = date(1970, 1, 1);
            let day = epoch.checked_add(i64::from(number).days()).expect("in range");
            prop_assert_eq!(from_day_number(number), Some(day));
            prop_assert_eq!(day_number(day), number);
            prop_assert_eq!(iso(day), day.to_string());
            prop_assert_eq!(add_months(day, months), day.saturating_add(months.months()));
            prop_assert_eq!(add_days(epoch, number), day);
        }

        #[test]
        fn day_numbers_read_back(number in -200_000i32..200_000) {
            let day = from_day_number(number).expect("in range");
            prop_assert_eq!(day_number(day), number);
            prop_assert_eq!(days_between(date(1970, 1, 1), day), number);
        }
    }
}
