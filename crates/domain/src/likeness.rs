//! Records that may be of one person: how alike two are, and which pairs of many are worth comparing.
//!
//! ```text
//! Traits of each record ─► blocks (same number, same words and year, …) ─► pairs ─► compare ─► Likeness
//! ```
//!
//! Points for what agrees, points off for what differs; [`ALIKE`] points make a pair somebody should
//! look at. Nothing is ever linked by itself. How well the points do is measured by `tram bench` on a
//! list with known pairs, and held by `likeness/tests.rs`.

mod blocks;
#[cfg(test)]
mod tests;

pub use blocks::pairs;

use tram_kernel::day::days_between;
use tram_kernel::{BirthDate, Precision, Sex, text};

/// Points from which a pair is shown.
pub const ALIKE: i32 = 70;

/// What is compared of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Traits {
    /// Local key of the record.
    pub key: i64,
    /// Words of the name without accents, as written.
    pub words: Vec<String>,
    pub sex: Sex,
    pub born: BirthDate,
    /// Personal ID numbers.
    pub citizen: Vec<String>,
    /// Old cards and social-insurance numbers (the last ten digits of a card).
    pub other_numbers: Vec<String>,
    /// Digits of the telephone.
    pub phone: Option<String>,
    pub area: Option<i64>,
    pub household: Option<i64>,
    /// Words of the mother's name: she may herself have two records.
    pub mother: Vec<String>,
}

impl Traits {
    pub fn words_of(name: &str) -> Vec<String> {
        text::words(&text::fold(name)).map(str::to_owned).collect()
    }
}

/// What two records have in common, or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    SameNumber,
    SameName,
    WordsMoved,
    NameNear,
    SameBirth,
    BirthNear,
    SamePhone,
    SameHousehold,
    SameVillage,
    SameMother,
}

impl Reason {
    pub const fn code(self) -> &'static str {
        match self {
            Self::SameNumber => "alike-number",
            Self::SameName => "alike-name",
            Self::WordsMoved => "alike-words-moved",
            Self::NameNear => "alike-name-near",
            Self::SameBirth => "alike-birth",
            Self::BirthNear => "alike-birth-near",
            Self::SamePhone => "alike-phone",
            Self::SameHousehold => "alike-household",
            Self::SameVillage => "alike-village",
            Self::SameMother => "alike-mother",
        }
    }
}

/// How alike two records are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Likeness {
    pub points: i32,
    pub reasons: Vec<Reason>,
}

/// Compares two records. `None` when nobody need look at them.
pub fn compare(a: &Traits, b: &Traits) -> Option<Likeness> {
    let mut points = 0;
    let mut reasons = Vec::new();
    let mut add = |found: Option<(i32, Reason)>| {
        if let Some((more, reason)) = found {
            points += more;
            reasons.push(reason);
        }
    };
    let shares = |a: &[String], b: &[String]| a.iter().any(|number| b.contains(number));
    let same_number = shares(&a.citizen, &b.citizen);
    if same_number {
        add(Some((70, Reason::SameNumber)));
    } else if shares(&a.other_numbers, &b.other_numbers) {
        add(Some((50, Reason::SameNumber)));
    }
    add(name(&a.words, &b.words));
    add(birth(a.born, b.born));
    let same = |x: Option<i64>, y: Option<i64>| x.is_some() && x == y;
    if a.phone.is_some() && a.phone == b.phone {
        add(Some((15, Reason::SamePhone)));
    }
    if same(a.household, b.household) {
        add(Some((15, Reason::SameHousehold)));
    } else if same(a.area, b.area) {
        add(Some((10, Reason::SameVillage)));
    }
    if name(&a.mother, &b.mother).is_some() && !a.mother.is_empty() {
        add(Some((15, Reason::SameMother)));
    }
    points -= against(a, b);
    (points >= ALIKE).then_some(Likeness { points, reasons })
}

/// Points off for what can hardly be true of one person.
fn against(a: &Traits, b: &Traits) -> i32 {
    let mut points = 0;
    if a.sex != b.sex {
        points += 25;
    }
    let known = !a.mother.is_empty() && !b.mother.is_empty();
    if known && name(&a.mother, &b.mother).is_none() {
        points += 20;
    }
    let both = !a.citizen.is_empty() && !b.citizen.is_empty();
    let near = a.citizen.iter().any(|x| b.citizen.iter().any(|y| x == y || is_slip(x, y)));
    if both && !near {
        points += 60;
    }
    // Twins: the same day, the same home, another name.
    let one_day = a.born == b.born && a.born.precision() == Precision::Day;
    let one_home = a.household.is_some() && a.household == b.household;
    if one_day && one_home && name(&a.words, &b.words).is_none() {
        points += 20;
    }
    points
}

fn name(a: &[String], b: &[String]) -> Option<(i32, Reason)> {
    if a == b {
        return Some((40, Reason::SameName));
    }
    let (mut x, mut y) = (a.to_vec(), b.to_vec());
    x.sort();
    y.sort();
    if x == y {
        return Some((35, Reason::WordsMoved));
    }
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let inside = short.len() >= 2
        && short.len() + 1 == long.len()
        && short.first() == long.first()
        && short.last() == long.last()
        && short.iter().all(|word| long.contains(word));
    if inside {
        return Some((25, Reason::NameNear));
    }
    let mut different = a.iter().zip(b).filter(|(x, y)| x != y);
    let one = (a.len() == b.len()).then(|| (different.next(), different.next()));
    match one {
        Some((Some((x, y)), None)) if a.len() >= 2 && is_slip(x, y) => Some((28, Reason::NameNear)),
        _ => None,
    }
}

/// One letter typed wrong, left out, added, or two neighbours exchanged.
fn is_slip(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a == b || a.len().abs_diff(b.len()) > 1 {
        return false;
    }
    let head = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let (x, y) = (&a[head..], &b[head..]);
    match x.len().cmp(&y.len()) {
        std::cmp::Ordering::Less => x == &y[1..],
        std::cmp::Ordering::Greater => &x[1..] == y,
        std::cmp::Ordering::Equal => {
            let exchanged = x.len() >= 2 && x[0] == y[1] && x[1] == y[0] && x[2..] == y[2..];
            x[1..] == y[1..] || exchanged
        }
    }
}

fn birth(a: BirthDate, b: BirthDate) -> Option<(i32, Reason)> {
    let (x, y) = (a.first(), b.first());
    let exact = a.precision() == Precision::Day && b.precision() == Precision::Day;
    if !exact {
        let rough = a.precision().max(b.precision());
        let fits = match rough {
            Precision::Month => (x.year(), x.month()) == (y.year(), y.month()),
            _ => x.year() == y.year(),
        };
        // Two that are known only to the year say less than it looks: many such records share it.
        let points = if a.precision() == b.precision() { 20 } else { 25 };
        return fits.then_some((points, Reason::BirthNear));
    }
    if x == y {
        return Some((40, Reason::SameBirth));
    }
    let exchanged = x.year() == y.year()
        && i32::from(x.day()) == i32::from(y.month())
        && i32::from(x.month()) == i32::from(y.day());
    let one_part = (x.year() == y.year() && (x.month() == y.month() || x.day() == y.day()))
        || (x.month() == y.month() && x.day() == y.day() && (x.year() - y.year()).abs() <= 10);
    if exchanged {
        return Some((30, Reason::BirthNear));
    }
    if days_between(x.min(y), x.max(y)) <= 7 {
        return Some((28, Reason::BirthNear));
    }
    one_part.then_some((22, Reason::BirthNear))
}
