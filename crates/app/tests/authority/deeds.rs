//! Every use case as it is asked of one target.

mod indicators;
mod links;
mod lists;
mod network;
mod people;
mod plans;
mod programmes;
mod store;
mod vaccination;

use super::world::{Site, World};
use tram_app::{Actor, App, Failure};

/// Who asks, and about what.
pub struct Scene<'a> {
    pub world: &'a World,
    pub app: &'a App,
    pub actor: &'a Actor,
    /// Station 1.
    pub own: &'a Site,
    /// The station asked about: station 1, 2 or 3.
    pub at: &'a Site,
}

/// True when the target was changed or is in the answer.
pub type Seen = Result<bool, Failure>;

/// One row of the table.
pub struct Deed {
    /// The use case; after a blank, how it is asked.
    pub name: &'static str,
    /// It has no target: the answer concerns the whole database or the asker alone.
    pub whole: bool,
    pub ask: fn(&Scene<'_>) -> Seen,
}

const fn deed(name: &'static str, ask: fn(&Scene<'_>) -> Seen) -> Deed {
    Deed { name, whole: false, ask }
}

const fn whole(name: &'static str, ask: fn(&Scene<'_>) -> Seen) -> Deed {
    Deed { name, whole: true, ask }
}

impl Deed {
    pub fn use_case(&self) -> &'static str {
        self.name.split(' ').next().unwrap_or_default()
    }
}

/// A use case of one target: that it answers is enough.
fn done<T>(answer: Result<T, Failure>) -> Seen {
    answer.map(|_| true)
}

/// A use case that lists: the target must be among what is listed.
fn among<T>(answer: Result<Vec<T>, Failure>, is_it: impl Fn(&T) -> bool) -> Seen {
    answer.map(|all| all.iter().any(is_it))
}

/// In the order in which they are asked: first what only reads, last what cannot be done twice.
pub fn groups() -> Vec<(&'static str, Vec<&'static [Deed]>)> {
    vec![
        ("People and households", vec![people::READS]),
        ("Immunisation", vec![lists::WORKLISTS]),
        ("Programmes", vec![programmes::READS]),
        ("Numbers", vec![indicators::DEEDS]),
        ("Plans", vec![plans::READS]),
        ("Units, accounts, definitions, audit", vec![network::READS]),
        ("Stock, cold chain, adverse events", vec![store::READS]),
        ("Vaccination days read", vec![vaccination::READS]),
        ("Doses written", vec![lists::DOSES]),
        ("Programmes written", vec![programmes::WRITES]),
        ("Stock, cold chain, adverse events written", vec![store::WRITES]),
        ("Vaccination days planned", vec![vaccination::WRITES]),
        ("Lists from files", vec![lists::IMPORTS]),
        ("Households and people written", vec![people::HOUSEHOLDS, people::OPENINGS]),
        ("Records linked", vec![links::LINKS]),
        ("Records changed", vec![people::CHANGES]),
        ("Plans written", vec![plans::WRITES]),
        ("Units changed", vec![network::UNITS]),
        ("Accounts changed", vec![network::ACCOUNTS]),
        ("Definitions changed", vec![network::DEFINITIONS]),
    ]
}
