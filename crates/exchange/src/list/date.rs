//! Days and birth dates as lists hold them: Excel dates, typed dates, years, serial numbers.

use super::value::{Value, broken, text, typed};
use crate::{Cell, Epoch};
use tram_kernel::day::BadDay;
use tram_kernel::{BirthDate, Date, Message, Precision};

/// Which of two small numbers is the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DayOrder {
    #[default]
    DayFirst,
    /// As an Excel set to American dates writes them.
    MonthFirst,
}

impl DayOrder {
    pub const ALL: [Self; 2] = [Self::DayFirst, Self::MonthFirst];

    pub const fn code(self) -> &'static str {
        match self {
            Self::DayFirst => "dmy",
            Self::MonthFirst => "mdy",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|order| order.code() == code)
    }
}

/// What is needed beside the cell.
#[derive(Clone, Copy)]
pub struct Calendar {
    pub today: Date,
    pub epoch: Epoch,
    pub order: DayOrder,
}

impl Calendar {
    /// A birth date, perhaps only a month or a year. One after today is refused.
    pub fn birth(self, cell: &Cell) -> Value<BirthDate> {
        let value = match cell {
            Cell::Day(day) => self.year_in_disguise(*day),
            _ => self.read(cell, "row-born-invalid"),
        };
        match value {
            Value::Good(born) | Value::Doubtful(born, _) if born.first() > self.today => {
                let message = Message::new("row-born-future").with("born", born.show());
                Value::Wrong(message.with("today", self.today))
            }
            value => value,
        }
    }

    /// A full day.
    pub fn day(self, cell: &Cell) -> Value<Date> {
        let full = |born: BirthDate| born.day().ok_or(Message::new("row-date-incomplete"));
        match self.read(cell, "row-date-invalid") {
            Value::Doubtful(born, message) => match full(born) {
                Ok(day) => Value::Doubtful(day, message),
                Err(message) => Value::Wrong(message),
            },
            value => value.then(|born| full(born).map_or_else(Value::Wrong, Value::Good)),
        }
    }

    /// 1960 typed into a cell formatted as a date becomes 13/05/1905: nobody alive is born in those
    /// few months, so the year was meant.
    fn year_in_disguise(self, day: Date) -> Value<BirthDate> {
        let serial = self.epoch.serial(day);
        let year = i16::try_from(serial).ok().filter(|y| (1900..=self.today.year()).contains(y));
        let first = year.and_then(|year| Date::new(year, 1, 1).ok());
        match first {
            None => Value::Good(BirthDate::exact(day)),
            Some(first) => Value::Doubtful(
                BirthDate::new(first, Precision::Year),
                Message::new("row-born-year-cell")
                    .with("day", day)
                    .with("year", first.year().to_string()),
            ),
        }
    }

    fn read(self, cell: &Cell, not_a_day: &'static str) -> Value<BirthDate> {
        match cell {
            Cell::Empty => Value::Nothing,
            Cell::Day(day) => Value::Good(BirthDate::exact(*day)),
            Cell::Broken(code) => Value::Wrong(broken(code)),
            Cell::Flag(_) => Value::Wrong(Message::new("row-cell-flag")),
            Cell::Number(digits) => self.number(digits, not_a_day),
            Cell::Text(_) => text(cell, 60).then(|shown| match self.typed(&plain(&shown)) {
                Ok(born) => Value::Good(born),
                Err(code) => Value::Wrong(
                    Message::new(code.unwrap_or(not_a_day)).with("typed", typed(&shown)),
                ),
            }),
        }
    }

    /// A bare number: a year, a day without separators that lost its zero, or a day counted by Excel.
    fn number(self, digits: &str, not_a_day: &'static str) -> Value<BirthDate> {
        let padded = if digits.len() == 7 { format!("0{digits}") } else { digits.to_owned() };
        let serial = digits.parse::<f64>().ok().filter(|n| *n >= 10_000.0 && *n < 100_000.0);
        if let Some(day) = serial.and_then(|n| self.epoch.day(n)) {
            let message = Message::new("row-date-serial").with("day", day);
            return Value::Doubtful(BirthDate::exact(day), message);
        }
        match self.typed(&padded) {
            Ok(born) => Value::Good(born),
            Err(code) => {
                Value::Wrong(Message::new(code.unwrap_or(not_a_day)).with("typed", typed(digits)))
            }
        }
    }

    /// Only full forms: the short forms of the entry screen (`153`, `15/3`, `+30`) mean nothing in a
    /// file. The error is the code of what is wrong, or `None` when it is no date at all.
    fn typed(self, plain: &str) -> Result<BirthDate, Option<&'static str>> {
        let mut parts: Vec<&str> = plain.split(['/', '-', '.', ' ']).collect();
        let digits =
            |t: &&str| !t.is_empty() && t.len() <= 8 && t.bytes().all(|b| b.is_ascii_digit());
        if !parts.iter().all(digits) {
            return Err(None);
        }
        let lengths: Vec<usize> = parts.iter().map(|p| p.len()).collect();
        if self.order == DayOrder::MonthFirst && matches!(lengths[..], [1 | 2, 1 | 2, 4]) {
            parts.swap(0, 1);
        }
        match lengths[..] {
            [8] => {
                let born = BirthDate::parse(plain, self.today);
                let (year, rest) = plain.split_at(4);
                let iso = format!("{year}-{}-{}", &rest[..2], &rest[2..]);
                born.or_else(|_| BirthDate::parse(&iso, self.today)).map_err(bad_day)
            }
            [1 | 2, 1 | 2, 2] => Err(Some("row-date-short-year")),
            [4] | [1 | 2, 4] | [4, 1 | 2] | [4, 1 | 2, 1 | 2] | [1 | 2, 1 | 2, 4] => {
                let born = BirthDate::parse(&parts.join("/"), self.today);
                born.map_err(|bad| match self.order {
                    DayOrder::DayFirst if is_month_first(&parts) => Some("row-date-month-first"),
                    DayOrder::MonthFirst if is_month_first(&parts) => Some("row-date-day-first"),
                    _ => bad_day(bad),
                })
            }
            _ => Err(None),
        }
    }
}

const fn bad_day(bad: BadDay) -> Option<&'static str> {
    match bad {
        BadDay::NotInCalendar => Some("row-date-no-such-day"),
        BadDay::NotADay => None,
    }
}

/// `01/25/1980`: there is no month 25, but there is one written the American way.
fn is_month_first(parts: &[&str]) -> bool {
    let number = |at: usize| parts[at].parse::<i8>().unwrap_or_default();
    let year = parts.last().and_then(|year| year.parse().ok()).unwrap_or_default();
    parts.len() == 3 && parts[0].len() <= 2 && Date::new(year, number(0), number(1)).is_ok()
}

/// The two numbers in front of a year, when a text is such a day.
pub fn pair(shown: &str) -> Option<(u8, u8)> {
    let plain = plain(shown);
    let parts: Vec<&str> = plain.split(['/', '-', '.', ' ']).collect();
    match parts[..] {
        [one, other, year] if year.len() == 4 && one.len() <= 2 && other.len() <= 2 => {
            let is_year = year.bytes().all(|b| b.is_ascii_digit());
            Some((one.parse().ok()?, other.parse().ok()?)).filter(|_| is_year)
        }
        _ => None,
    }
}

/// A typed day of an American list with its day in front; anything else as it stands.
pub fn day_first(shown: &str) -> String {
    match pair(shown) {
        Some((month, day)) if (1..=12).contains(&month) && (1..=31).contains(&day) => {
            let plain = plain(shown);
            let year = plain.get(plain.len() - 4..).unwrap_or_default();
            format!("{day:02}/{month:02}/{year}")
        }
        _ => shown.to_owned(),
    }
}

/// The bare date: no time of day, no spaces around separators, no words "ngày … tháng … năm".
fn plain(shown: &str) -> String {
    let lower = shown.to_lowercase().replace(['\\', ','], "/");
    let worded = lower
        .replace("ngày", "")
        .replace("tháng", "/")
        .replace("năm", "/")
        .replace(" /", "/")
        .replace("/ ", "/");
    let mut text = worded.trim_matches([' ', '/', '\'']);
    let time =
        |t: &str| t.contains(':') && t.bytes().all(|b| b.is_ascii_digit() || b":.z".contains(&b));
    if let Some((day, after)) = text.split_once([' ', 't'])
        && time(after.trim())
    {
        text = day;
    }
    text.split(' ').filter(|p| !p.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
