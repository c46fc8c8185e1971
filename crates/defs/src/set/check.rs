//! What the files of a set say of each other.

use super::Loader;
use crate::cold_chain::Vial;
use crate::finding::{DefFinding, unknown_word};
use crate::immunisation::{FullSet, Vaccine};
use crate::list::List;
use crate::screening::Screening;

impl Loader<'_> {
    pub(super) fn check_needs(&mut self, sets: &[FullSet], series: &[&str]) {
        let needs = sets.iter().flat_map(|set| &set.needs).filter(|_| !series.is_empty());
        for (code, _) in needs {
            if !series.contains(&code.as_str()) {
                let message = unknown_word("series", code, series.iter().copied());
                let path = "immunisation/full_sets.toml";
                self.findings.push(DefFinding::error(path, 1, message));
            }
        }
    }

    /// Every vial holds a vaccine that is known.
    pub(super) fn check_vials(&mut self, vials: &[Vial], vaccines: &[Vaccine]) {
        for vial in vials.iter().filter(|_| !vaccines.is_empty()) {
            if !vaccines.iter().any(|vaccine| vaccine.code == vial.vaccine) {
                let known = vaccines.iter().map(|vaccine| vaccine.code.as_str());
                let message = unknown_word("vaccine", &vial.vaccine, known);
                self.findings.push(DefFinding::error(&vial.file, vial.line, message));
            }
        }
    }

    /// Every reason of the screening rule stands in the list of reasons.
    pub(super) fn check_reasons(&mut self, screening: Option<&Screening>, lists: &[List]) {
        let Some(list) = lists.iter().find(|list| list.code == "deferral_reason") else { return };
        for put_off in screening.iter().flat_map(|rule| rule.reasons()) {
            if list.name(&put_off.reason).is_none() {
                let known = list.entries.iter().map(|entry| entry.code.as_str());
                let message = unknown_word("reason", &put_off.reason, known);
                let path = "immunisation/screening.toml";
                self.findings.push(DefFinding::error(path, put_off.line, message));
            }
        }
    }
}
