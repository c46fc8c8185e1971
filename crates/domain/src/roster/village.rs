//! The villages of a unit, found by the names people write.

use std::collections::HashMap;
use tram_kernel::text::fold;
use tram_kernel::{AreaId, Finding, Message, Shard};

/// Words in front of a village name that a list may leave out or exchange.
const KINDS: [&str; 11] =
    ["to dan pho", "thon", "ban", "to", "tdp", "xom", "ap", "khu pho", "khu", "buon", "lang"];

/// A village of the unit that brings in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Village {
    pub area: AreaId,
    pub name: String,
    /// The commune it lies in: where records of its people are first written.
    pub shard: Shard,
}

/// The villages by every way of writing them that means only one.
pub struct Villages {
    all: Vec<Village>,
    by_name: HashMap<String, AreaId>,
    /// Without one or more words of kind; `None` when two villages are left with the same name.
    by_core: HashMap<String, Option<AreaId>>,
}

impl Villages {
    pub fn new(all: Vec<Village>) -> Self {
        let mut by_name = HashMap::new();
        let mut by_core: HashMap<String, Option<AreaId>> = HashMap::new();
        for village in &all {
            let folded = fold(&village.name);
            for core in cores(&folded) {
                by_core
                    .entry(core.to_owned())
                    .and_modify(|known| *known = None)
                    .or_insert(Some(village.area));
            }
            by_name.insert(folded, village.area);
        }
        Self { all, by_name, by_core }
    }

    /// The village written like this; `None` when no village, or more than one, may be meant.
    pub fn find(&self, written: &str) -> Option<AreaId> {
        let folded = fold(written);
        let by_core = || cores(&folded).find_map(|core| self.by_core.get(core).copied());
        self.by_name.get(&folded).copied().or_else(|| by_core().flatten())
    }

    /// The village a row names, or the only one there is; otherwise what to say.
    pub fn place(&self, written: Option<&str>, row: u32) -> Result<AreaId, Finding> {
        let message = match written {
            None => match self.only() {
                Some(area) => return Ok(area),
                None => Message::new("row-village-missing"),
            },
            Some(written) => match self.find(written) {
                Some(area) => return Ok(area),
                None => match self.nearest(written) {
                    Some(near) => Message::new("row-village-unknown-near")
                        .with("village", written)
                        .with("nearest", near),
                    None => Message::new("row-village-unknown").with("village", written),
                },
            },
        };
        Err(Finding::error(message).at_row(row).of("village"))
    }

    /// The only village of the unit, when there is just one.
    pub fn only(&self) -> Option<AreaId> {
        match self.all.as_slice() {
            [one] => Some(one.area),
            _ => None,
        }
    }

    pub fn shard(&self, area: AreaId) -> Option<Shard> {
        self.all.iter().find(|v| v.area == area).map(|v| v.shard)
    }

    pub fn name(&self, area: AreaId) -> &str {
        self.all.iter().find(|v| v.area == area).map_or("", |v| v.name.as_str())
    }

    /// The name nearest to what was written, when one is near enough to be meant.
    pub fn nearest(&self, written: &str) -> Option<&str> {
        let folded = fold(written);
        let names: Vec<(String, &str)> = self
            .all
            .iter()
            .map(|v| (shortest(&fold(&v.name)).to_owned(), v.name.as_str()))
            .collect();
        let cores = names.iter().map(|(core, _)| core.as_str());
        let near = tram_defs::finding::nearest(shortest(&folded), cores)?;
        names.iter().find(|(core, _)| core == near).map(|(_, name)| *name)
    }
}

/// `thon ban chang`, `ban chang`, `chang`: the village with ever fewer words of kind.
fn cores(folded: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(folded), |name| {
        let rest = |kind: &str| name.strip_prefix(kind)?.strip_prefix(' ').map(str::trim);
        KINDS.iter().find_map(|kind| rest(kind))
    })
}

fn shortest(folded: &str) -> &str {
    cores(folded).last().unwrap_or(folded)
}
