//! The villages of a unit, found by the names people write.

use std::collections::HashMap;
use tram_kernel::AreaId;
use tram_kernel::text::fold;

/// Words in front of a village name that a list may leave out or exchange.
const KINDS: [&str; 11] =
    ["to dan pho", "thon", "ban", "to", "tdp", "xom", "ap", "khu pho", "khu", "buon", "lang"];

/// A village of the unit that brings in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Village {
    pub area: AreaId,
    pub name: String,
}

/// The villages by every way of writing them that means only one.
pub struct Villages {
    all: Vec<Village>,
    by_name: HashMap<String, AreaId>,
    by_core: HashMap<String, Option<AreaId>>,
}

impl Villages {
    pub fn new(all: Vec<Village>) -> Self {
        let mut by_name = HashMap::new();
        let mut by_core: HashMap<String, Option<AreaId>> = HashMap::new();
        for village in &all {
            let folded = fold(&village.name);
            by_core
                .entry(core(&folded).to_owned())
                .and_modify(|known| *known = None)
                .or_insert(Some(village.area));
            by_name.insert(folded, village.area);
        }
        Self { all, by_name, by_core }
    }

    /// The village written like this; `None` when no village, or more than one, may be meant.
    pub fn find(&self, written: &str) -> Option<AreaId> {
        let folded = fold(written);
        let whole = self.by_name.get(&folded).copied();
        whole.or_else(|| self.by_core.get(core(&folded)).copied().flatten())
    }

    /// The only village of the unit, when there is just one.
    pub fn only(&self) -> Option<AreaId> {
        match self.all.as_slice() {
            [one] => Some(one.area),
            _ => None,
        }
    }

    pub fn name(&self, area: AreaId) -> &str {
        self.all.iter().find(|v| v.area == area).map_or("", |v| v.name.as_str())
    }

    /// The name nearest to what was written, when one is near enough to be meant.
    pub fn nearest(&self, written: &str) -> Option<&str> {
        let folded = fold(written);
        let names: Vec<(String, &str)> =
            self.all.iter().map(|v| (core(&fold(&v.name)).to_owned(), v.name.as_str())).collect();
        let cores = names.iter().map(|(core, _)| core.as_str());
        let near = tram_defs::finding::nearest(core(&folded), cores)?;
        names.iter().find(|(core, _)| core == near).map(|(_, name)| *name)
    }
}

/// `thon khe phao` and `khe phao` are the same village when no other is called so.
fn core(folded: &str) -> &str {
    for kind in KINDS {
        if let Some(rest) = folded.strip_prefix(kind).and_then(|rest| rest.strip_prefix(' ')) {
            return rest.trim();
        }
    }
    folded
}
