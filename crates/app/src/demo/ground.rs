//! Where a demo plays: which communes take part, how large each is, which villages it has, and which
//! regional centre stands above it.
//!
//! ```text
//! six communes with villages written by hand ─► small, commune, region
//! those six, and every other commune of the province as the list of today names them:
//! numbered villages, peoples mixed as in the six ─► province
//! ```

use super::Scale;
use super::chance::Chance;
use super::network::{JOINED, PROVINCE};
use super::rates::Rates;
use super::words::{VillageWords, Words};
use tram_defs::Definitions;
use tram_defs::place::Commune;
use tram_kernel::{CommuneCode, Date, ProvinceCode};

/// The centre above the six communes.
pub(super) const CENTRE: &str = "Lục Yên";
/// Old towns of the province whose medical centre was not one of a `huyện`.
const TOWNS: [(&str, &str); 4] = [
    ("Lào Cai", "thành phố"),
    ("Yên Bái", "thành phố"),
    ("Nghĩa Lộ", "thị xã"),
    ("Sa Pa", "thị xã"),
];
const LAST_OF_DISTRICTS: Date = jiff::civil::date(2025, 6, 30);
/// People of a village on average, as in the six communes.
const VILLAGE: u32 = 1_300;

/// A regional centre before it is founded.
pub(super) struct CentreWords {
    /// `Lục Yên`.
    pub name: String,
    /// `huyện`: what its district was.
    pub kind: &'static str,
}

/// A commune before it is founded.
pub(super) struct CommuneWords {
    pub name: String,
    pub code: CommuneCode,
    pub weight: f64,
    /// Position among the centres.
    pub centre: usize,
    pub villages: Vec<VillageWords>,
}

/// The places of a demo, in the order in which they are founded.
pub(super) struct Ground {
    pub centres: Vec<CentreWords>,
    pub communes: Vec<CommuneWords>,
    /// How many communes share the numbers of identity cards.
    pub sharing: u32,
}

/// How many communes have villages written by hand.
const BY_HAND: u32 = 6;

impl Ground {
    pub fn of(scale: Scale, seed: u64, defs: &Definitions, rates: &Rates, words: &Words) -> Self {
        let kind = "huyện";
        let mut ground = Self {
            centres: vec![CentreWords { name: CENTRE.into(), kind }],
            communes: Vec::new(),
            sharing: BY_HAND,
        };
        for (name, rate) in &rates.communes {
            let Ok(code) = rate.code.parse() else { continue };
            if scale.people(name, 1.0) > 0.0 {
                let own = words.villages.iter().filter(|village| village.commune == *name);
                let (name, weight, villages) = (name.clone(), rate.weight, own.cloned().collect());
                ground.communes.push(CommuneWords { name, code, weight, centre: 0, villages });
            }
        }
        if let Scale::Province(_) = scale {
            ground.rest_of_province(seed, defs, words);
            ground.sharing = ground.communes.len() as u32;
        }
        ground
    }

    /// Every other commune of the province, below the centre of the district it mostly was.
    fn rest_of_province(&mut self, seed: u64, defs: &Definitions, words: &Words) {
        let mut chance = Chance::new(seed, u64::MAX - 3);
        let province = ProvinceCode::new(PROVINCE).expect("two digits");
        let of_today = defs
            .places()
            .communes()
            .iter()
            .filter(|commune| commune.province == province && commune.holds_on(JOINED));
        for commune in of_today {
            if self.communes.iter().any(|known| known.code == commune.code) {
                continue;
            }
            let centre = self.centre_of(&district_of(defs, commune));
            let is_town = commune.kind == "phường";
            // Shares of the whole, not figures to quote: what the six weigh is of the same order.
            let people =
                if is_town { 20_000 + chance.below(25_000) } else { 9_000 + chance.below(17_000) };
            let villages = numbered(commune, people.div_ceil(VILLAGE), words, &mut chance);
            self.communes.push(CommuneWords {
                name: commune.name.clone(),
                code: commune.code,
                weight: f64::from(people),
                centre,
                villages,
            });
        }
    }

    fn centre_of(&mut self, district: &str) -> usize {
        let known = self.centres.iter().position(|centre| centre.name == district);
        known.unwrap_or_else(|| {
            let kind = TOWNS.iter().find(|(name, _)| *name == district);
            let kind = kind.map_or("huyện", |(_, kind)| kind);
            self.centres.push(CentreWords { name: district.to_owned(), kind });
            self.centres.len() - 1
        })
    }
}

/// The district most of whose land went into this commune: that of the old commune with its name, or of
/// the first one.
fn district_of(defs: &Definitions, new: &Commune) -> String {
    let places = defs.places();
    let old = |code| places.commune(code, LAST_OF_DISTRICTS);
    let parts: Vec<&Commune> =
        places.predecessors(new.code).into_iter().filter_map(|(code, _)| old(code)).collect();
    let same_name = parts.iter().find(|part| part.name == new.name).or(parts.first());
    same_name.and_then(|part| part.district.clone()).unwrap_or_else(|| new.name.clone())
}

/// `thôn 1`, `thôn 2` …: no official list of villages is claimed.
fn numbered(
    commune: &Commune,
    villages: u32,
    words: &Words,
    chance: &mut Chance,
) -> Vec<VillageWords> {
    let kind = if commune.kind == "phường" { "tổ dân phố" } else { "thôn" };
    let alike: Vec<&VillageWords> = words.villages.iter().filter(|v| v.kind == kind).collect();
    let one = |n| {
        let like = chance.pick(&alike).copied();
        VillageWords {
            commune: commune.name.clone(),
            name: if kind == "thôn" { format!("{n}") } else { format!("số {n}") },
            kind: kind.to_owned(),
            weight: like.map_or(1.0, |like| like.weight),
            mix: like.map_or_else(|| vec![(1, 100.0)], |like| like.mix.clone()),
        }
    };
    (1..=villages).map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_province_is_every_commune_of_the_list_below_the_centre_of_its_old_district() {
        let (rates, words, defs) =
            (Rates::shipped(), Words::shipped(), crate::definitions::built_in());
        let ground = Ground::of(Scale::Province(1_000_000), 1, &defs, &rates, &words);
        assert_eq!(ground.communes.len(), 99);
        let centres: Vec<&str> = ground.centres.iter().map(|c| c.name.as_str()).collect();
        assert_eq!(centres[0], "Lục Yên");
        assert_eq!(centres.len(), 18, "{centres:?}");
        let below_first = ground.communes.iter().filter(|commune| commune.centre == 0).count();
        assert_eq!(below_first, 6, "the six communes were the whole district");
        assert!(ground.communes.iter().all(|commune| commune.villages.len() >= 7));
        let region = Ground::of(Scale::Region, 1, &defs, &rates, &words);
        let codes = |ground: &Ground| -> Vec<CommuneCode> {
            ground.communes.iter().take(6).map(|commune| commune.code).collect()
        };
        assert_eq!(codes(&region), codes(&ground), "the region is a part of the province");
    }
}
