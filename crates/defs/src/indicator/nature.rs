//! What follows from the phrases of an indicator: how it stands in time, and who can be missing.

use super::{Counted, Direction, Indicator, Tally};
use crate::phrase::{Phrase, Window};
use tram_kernel::Share;

/// How an indicator stands in time, which decides what it may be compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Timing {
    /// A state on one day: population, insured people.
    Day,
    /// What happened between the first and the last day of the period.
    Period,
    /// What happened since 1 January, to the last day of the period.
    Year,
}

/// Who is looked for when a target is not reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unmet {
    /// In the denominator and not in the numerator: not yet immunised, without a card.
    Missing,
    /// In the numerator: what should not have happened.
    Counted,
}

impl Indicator {
    fn tallies(&self) -> impl Iterator<Item = &Tally> {
        [Some(&self.numerator), self.minus.as_ref(), self.denominator.as_ref()]
            .into_iter()
            .flatten()
    }

    pub fn timing(&self) -> Timing {
        let mut timing = Timing::Day;
        for tally in self.tallies() {
            if !tally.count.is_state() && timing == Timing::Day {
                timing = Timing::Period;
            }
            for phrase in &tally.conditions {
                let window = match phrase {
                    Phrase::Birthday { within, .. } | Phrase::Milestone { within, .. } => {
                        Some(*within)
                    }
                    Phrase::Follow(follow) => follow.window(),
                    _ => None,
                };
                match window {
                    Some(Window::Year) => return Timing::Year,
                    Some(Window::Period) => timing = Timing::Period,
                    None => {}
                }
            }
        }
        timing
    }

    /// Whether the value only grows while the period runs, because what is counted adds up over a
    /// denominator that does not: births per inhabitant, doses since January.
    pub fn accumulates(&self) -> bool {
        match (self.timing(), &self.denominator) {
            (Timing::Day, _) => false,
            (Timing::Year, _) | (Timing::Period, None) => true,
            (Timing::Period, Some(of)) => !self.numerator.count.is_state() && of.count.is_state(),
        }
    }

    /// The numerator is a part of the denominator, and being in it is good: the others are missing.
    pub fn has_missing(&self) -> bool {
        let part = |whole: &Tally| {
            whole.count == self.numerator.count
                && self.numerator.conditions.starts_with(&whole.conditions)
        };
        self.direction == Direction::Higher && self.denominator.as_ref().is_some_and(part)
    }

    /// Which people stand behind a target that is not reached: those of the denominator who are not in
    /// the numerator where more is better, those of the numerator where less is.
    pub fn unmet(&self) -> Option<Unmet> {
        let whole = self.denominator.as_ref()?;
        match self.direction {
            _ if self.minus.is_some() => None,
            Direction::Higher if whole.count == self.numerator.count => Some(Unmet::Missing),
            Direction::Lower => Some(Unmet::Counted),
            _ => None,
        }
    }

    /// Too few to speak of a ratio or a change: the counts are shown instead (DQ19).
    pub fn is_small(&self, share: Share) -> bool {
        match &self.denominator {
            None => share.numerator < self.small.events,
            Some(_) if share.denominator < self.small.denominator => true,
            Some(_) => self.minus.is_none() && share.numerator < self.small.events,
        }
    }

    /// Whether a breakdown by sex says something: not when the sex is what is counted.
    pub fn splits_by_sex(&self) -> bool {
        let mut phrases = self.tallies().flat_map(|tally| &tally.conditions);
        self.splits_by_group() && !phrases.any(|phrase| matches!(phrase, Phrase::Sex(_)))
    }

    /// Whether a breakdown by what people are says something: not of households.
    pub fn splits_by_group(&self) -> bool {
        self.tallies().all(|tally| tally.count != Counted::Household)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Codes;
    use crate::indicator::{Known, read_indicators};

    #[test]
    #[expect(clippy::disallowed_methods, reason = "a test may read the files it checks")]
    fn the_shipped_indicators_are_of_three_natures() {
        let mut codes = Codes::default();
        let files = ["population", "vital", "immunisation"].map(|name| {
            let path = format!("../../definitions/indicators/{name}.toml");
            let text = std::fs::read_to_string(&path).expect("a shipped file");
            let file = format!("indicators/{name}.toml");
            read_indicators(&file, &text, Known::default(), &mut codes).expect("shipped and right")
        });
        let all: Vec<Indicator> = files.into_iter().flatten().collect();
        let find = |code: &str| all.iter().find(|i| i.code == code).expect("shipped");
        for (code, numerator, denominator, small) in [
            ("BHYT", 90, 100, false),
            ("BHYT", 15, 19, true),
            ("IMR", 4, 200, true),
            ("IMR", 5, 200, false),
            ("RNI", -3, 900, false),
            ("SO_SINH", 4, 0, true),
        ] {
            let share = Share::new(numerator, denominator);
            assert_eq!(find(code).is_small(share), small, "{code} {numerator}/{denominator}");
        }
        for (code, group, timing, [accumulates, missing, by_sex]) in [
            ("BHYT", "population", Timing::Day, [false, true, true]),
            ("SO_SINH", "vital", Timing::Period, [true, false, true]),
            ("CBR", "vital", Timing::Period, [true, false, true]),
            ("SINH3", "vital", Timing::Period, [false, false, true]),
            ("SRB", "vital", Timing::Period, [false, false, false]),
            ("TCDD", "immunisation", Timing::Year, [true, false, true]),
            ("TCDD_1T", "immunisation", Timing::Period, [false, true, true]),
        ] {
            let i = find(code);
            assert_eq!((i.group.as_str(), i.timing()), (group, timing), "{code}");
            let got = [i.accumulates(), i.has_missing(), i.splits_by_sex()];
            assert_eq!(got, [accumulates, missing, by_sex], "{code}");
        }
    }
}
