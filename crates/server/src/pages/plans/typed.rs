//! A target table as it is typed: texts, so that nothing is lost when something is wrong, and their
//! reading into targets.

use super::steps;
use crate::http::Fields;
use crate::pages::parts::typed::{long_words, words_or_none};
use tram_defs::Definitions;
use tram_defs::indicator::Indicator;
use tram_domain::fact::{Comparator, TargetSet};
use tram_kernel::Message;
use tram_kernel::number::{show_thousandths, thousandths};
use tram_kernel::text::fold;

/// More rows than this are not one table.
const MOST: usize = 300;

/// One row of boxes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TypedRow {
    /// Number of the row in the plan; empty for a row that is new.
    pub row: String,
    pub group: String,
    pub name: String,
    pub indicator: String,
    pub unit: String,
    pub comparator: String,
    pub baseline: String,
    pub baseline_year: String,
    pub value: String,
    pub value2: String,
    pub soft: bool,
    pub line: String,
    pub note: String,
    pub correction: String,
    /// `2026-Q1: 80; 2026-Q2: 85`.
    pub trajectory: String,
    /// `≥ 70`: what each unit has to reach.
    pub each: String,
    /// The numbers for which the warnings were read, as [`TypedRow::numbers`].
    pub accepted: String,
    pub drop: bool,
}

/// What is wrong with a box: its name, what is said.
pub type Wrong = (&'static str, Message);

impl TypedRow {
    pub fn of(target: &TargetSet) -> Self {
        let number = |value: Option<i64>| value.map(show_thousandths).unwrap_or_default();
        Self {
            row: target.row.to_string(),
            group: target.group.clone().unwrap_or_default(),
            name: target.name.clone(),
            indicator: target.indicator.clone().unwrap_or_default(),
            unit: target.unit.clone(),
            comparator: target.comparator.code().into(),
            baseline: number(target.baseline),
            baseline_year: target.baseline_year.map(|y| y.to_string()).unwrap_or_default(),
            value: number(target.value),
            value2: number(target.value2),
            soft: target.soft,
            line: target.line.map(|n| n.to_string()).unwrap_or_default(),
            note: target.note.clone().unwrap_or_default(),
            correction: target.correction.clone().unwrap_or_default(),
            trajectory: steps::show(target.trajectory.as_deref().unwrap_or_default()),
            each: target.each.as_ref().map(steps::show_each).unwrap_or_default(),
            accepted: String::new(),
            drop: false,
        }
    }

    fn read(form: &Fields, at: usize) -> Self {
        let of = |name: &str| form.get(&format!("{name}-{at}")).to_owned();
        Self {
            row: of("row"),
            group: of("group"),
            name: of("name"),
            indicator: of("indicator"),
            unit: of("unit"),
            comparator: of("comparator"),
            baseline: of("baseline"),
            baseline_year: of("baseline_year"),
            value: of("value"),
            value2: of("value2"),
            soft: !of("soft").is_empty(),
            line: of("line"),
            note: of("note"),
            correction: of("correction"),
            trajectory: of("trajectory"),
            each: of("each"),
            accepted: of("accepted"),
            drop: !of("drop").is_empty(),
        }
    }

    /// A spare row nobody wrote into.
    pub fn is_blank(&self) -> bool {
        let texts = [&self.row, &self.name, &self.baseline, &self.value, &self.value2, &self.note];
        texts.iter().all(|text| text.is_empty())
    }

    /// The numbers a warning is about, to tell whether they changed since it was read.
    pub fn numbers(&self) -> String {
        [&self.comparator, &self.unit, &self.baseline, &self.value, &self.value2]
            .map(String::as_str)
            .join("|")
    }

    /// With the code of the indicator in the place of its name. A code is one already, and so is what is
    /// stored, whatever became of its rule.
    pub fn with_code(&self, defs: &Definitions, stored: &[TargetSet]) -> Result<Self, Wrong> {
        let typed = self.indicator.trim();
        let is_kept = stored.iter().any(|target| target.indicator.as_deref() == Some(typed));
        if typed.is_empty() || is_kept || defs.indicator(typed).is_some() {
            return Ok(Self { indicator: typed.to_owned(), ..self.clone() });
        }
        let folded = fold(typed);
        let meant = |i: &&Indicator| fold(&i.code) == folded || fold(&i.name) == folded;
        let unknown = || Message::new("target-bad-indicator").with("typed", typed);
        let found = defs.indicators.iter().find(meant).ok_or_else(|| ("indicator", unknown()))?;
        Ok(Self { indicator: found.code.clone(), ..self.clone() })
    }

    /// The target a row says. `number` is its place in the plan when it is new.
    pub fn target(&self, number: u16, year: i16) -> Result<TargetSet, Vec<Wrong>> {
        let mut wrong: Vec<Wrong> = Vec::new();
        let name = long_words(&self.name, "target-bad-name").unwrap_or_else(|message| {
            wrong.push(("name", message));
            String::new()
        });
        let mut value_of = |field: &'static str, typed: &str| {
            let read = thousandths(typed);
            if read.is_none() && !typed.is_empty() {
                wrong.push((field, Message::new("target-bad-number").with("typed", typed)));
            }
            read
        };
        let baseline = value_of("baseline", &self.baseline);
        let value = value_of("value", &self.value);
        let value2 = value_of("value2", &self.value2);
        let comparator = Comparator::from_code(&self.comparator).unwrap_or(Comparator::AtLeast);
        let rising = value.zip(value2).is_some_and(|(low, high)| low < high);
        if comparator == Comparator::Between && !rising {
            wrong.push(("value2", Message::new("target-bad-range")));
        }
        let line = if self.line.is_empty() { None } else { self.line.parse().ok() };
        if line.is_none() && !self.line.is_empty() {
            wrong.push(("line", Message::new("target-bad-line").with("typed", &*self.line)));
        }
        let trajectory = steps::read(&self.trajectory).unwrap_or_else(|message| {
            wrong.push(("trajectory", message));
            Vec::new()
        });
        let each = steps::read_each(&self.each).unwrap_or_else(|message| {
            wrong.push(("each", message));
            None
        });
        let mut words_of = |field: &'static str, typed: &str| {
            words_or_none(typed).unwrap_or_else(|message| {
                wrong.push((field, message));
                None
            })
        };
        let group = words_of("group", &self.group);
        let indicator = words_of("indicator", &self.indicator);
        let unit = words_of("unit", &self.unit).unwrap_or_else(|| "percent".into());
        let note = words_of("note", &self.note);
        let correction = words_of("correction", &self.correction);
        if !wrong.is_empty() {
            return Err(wrong);
        }
        Ok(TargetSet {
            row: self.row.parse().unwrap_or(number),
            group,
            name,
            indicator,
            unit,
            comparator,
            value,
            value2: value2.filter(|_| comparator == Comparator::Between),
            baseline,
            baseline_year: baseline.map(|_| self.baseline_year.parse().unwrap_or(year - 1)),
            soft: self.soft,
            line,
            note,
            correction,
            trajectory: Some(trajectory).filter(|steps| !steps.is_empty()),
            each,
        })
    }
}

/// The rows of a posted table.
pub fn rows(form: &Fields) -> Vec<TypedRow> {
    let n: usize = form.get("rows").parse().unwrap_or(0);
    (0..n.min(MOST)).map(|at| TypedRow::read(form, at)).collect()
}

/// Spare rows at the end, so that there is always somewhere to type without script.
pub fn with_spare(mut rows: Vec<TypedRow>, n: usize) -> Vec<TypedRow> {
    while rows.last().is_some_and(TypedRow::is_blank) {
        rows.pop();
    }
    let room = MOST.saturating_sub(rows.len()).min(n);
    let group = rows.last().map(|row| row.group.clone()).unwrap_or_default();
    let spare = TypedRow { group, unit: "percent".into(), ..TypedRow::default() };
    rows.extend(std::iter::repeat_n(spare, room));
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(name: &str, comparator: &str, baseline: &str, value: &str, value2: &str) -> TypedRow {
        TypedRow {
            name: name.into(),
            comparator: comparator.into(),
            unit: "percent".into(),
            baseline: baseline.into(),
            value: value.into(),
            value2: value2.into(),
            ..TypedRow::default()
        }
    }

    #[test]
    fn a_row_is_read_as_typed_and_back() {
        let typed = row("Tỷ lệ  dân số tham gia BHYT", "at_least", "96,4", "95", "");
        let target = typed.target(9, 2020).expect("a right row");
        assert_eq!((target.row, target.value, target.baseline), (9, Some(95_000), Some(96_400)));
        assert_eq!(target.baseline_year, Some(2019));
        let again = TypedRow::of(&target);
        assert_eq!(again.target(1, 2020), Ok(target));
    }

    #[test]
    fn every_wrong_box_is_named() {
        for (typed, fields) in [
            (row("", "at_least", "", "", ""), vec!["name"]),
            (row("x", "at_least", "9x", "1,2,3", ""), vec!["baseline", "value"]),
            (row("x", "between", "", "10", "9"), vec!["value2"]),
            (row("x", "between", "", "9", "10"), vec![]),
            (row(&"a".repeat(501), "at_least", "", "1", ""), vec!["name"]),
            (TypedRow { note: "a".repeat(501), ..row("x", "at_least", "", "1", "") }, vec!["note"]),
            (
                TypedRow {
                    group: "Đầu\u{200B}ra".into(), ..row("x", "at_least", "9x", "1", "")
                },
                vec!["baseline", "group"],
            ),
        ] {
            let found = typed.target(1, 2020).err().unwrap_or_default();
            let found: Vec<&str> = found.iter().map(|(field, _)| *field).collect();
            assert_eq!(found, fields, "{typed:?}");
        }
    }

    #[test]
    fn spare_rows_follow_the_last_group() {
        let mut first = row("x", "at_least", "", "1", "");
        first.group = "Đầu ra".into();
        let rows = with_spare(vec![first, TypedRow::default()], 3);
        assert_eq!(rows.len(), 4);
        assert!(rows[1..].iter().all(|row| row.is_blank() && row.group == "Đầu ra"));
    }
}
