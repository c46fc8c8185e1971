//! The parameters of the demo: `examples/demo/rates.toml`, typed. No number of it is repeated in code.

use super::chance::Weighted;
use serde::Deserialize;
use std::collections::BTreeMap;

const FILE: &str = include_str!("../../../../examples/demo/rates.toml");

#[derive(Deserialize)]
pub(super) struct Rates {
    pub communes: BTreeMap<String, CommuneRate>,
    pub names: Names,
    pub population: Population,
    pub residence: Residence,
    pub households: Households,
    pub births: Births,
    pub deaths: Deaths,
    pub marriage: Marriage,
    pub moves: Moves,
    pub identity: Identity,
    pub insurance: Insurance,
    pub vaccination: Vaccination,
    pub pregnancy: Pregnancy,
    pub records: Records,
}

#[derive(Deserialize)]
pub(super) struct CommuneRate {
    pub code: String,
    pub weight: f64,
}

#[derive(Deserialize)]
pub(super) struct Names {
    pub two_token_given_without_middle: f64,
    pub no_middle: f64,
    pub no_middle_before_1970: f64,
    pub child_takes_father_family_name: f64,
    pub child_takes_father_ethnicity: f64,
}

#[derive(Deserialize)]
pub(super) struct Population {
    pub age_from: Vec<i32>,
    pub male: Vec<f64>,
    pub female: Vec<f64>,
    pub max_age: i32,
    pub single_year_0_4: Vec<f64>,
}

#[derive(Deserialize)]
pub(super) struct Residence {
    pub temporary_6_months_or_more: f64,
    pub temporary_less_than_6_months: f64,
}

#[derive(Deserialize)]
pub(super) struct Households {
    size_share: BTreeMap<String, f64>,
    pub three_generations: f64,
    pub female_head: f64,
    pub poor: f64,
    pub near_poor: f64,
    pub phone_by_age: ByAge,
}

#[derive(Deserialize)]
pub(super) struct Births {
    pub per_1000_by_year: BTreeMap<String, f64>,
    pub asfr_age_from: Vec<i32>,
    pub asfr: Vec<f64>,
    pub min_mother_age: i32,
    pub sex_ratio_boys_per_100_girls: f64,
    pub sex_ratio_third_birth: f64,
    pub twin_births_per_1000: f64,
    pub third_or_higher_share: ByEthnicity,
    pub interval_months_median: f64,
    pub interval_under_24_months: f64,
    pub birth_weight_mean_g: f64,
    pub birth_weight_sd_g: f64,
    pub stillbirths_per_1000: f64,
    pub civil_registration_within_60_days: f64,
    pub place: BirthPlaces,
}

#[derive(Deserialize)]
pub(super) struct BirthPlaces {
    pub facility: ByEthnicity,
    pub facility_split: Shares,
    pub home_split: Shares,
}

#[derive(Deserialize)]
pub(super) struct Deaths {
    pub age_from: Vec<i32>,
    pub male: Vec<f64>,
    pub female: Vec<f64>,
    pub infant_per_1000_live_births: f64,
    pub infant_male: f64,
    pub infant_female: f64,
    pub neonatal_per_1000_live_births: f64,
    pub early_neonatal_share: f64,
    pub day0_share: f64,
    pub infant_risk_by_ethnicity: ByEthnicity,
    pub place: Shares,
    pub registered_within_15_days: f64,
    pub cause_words: BTreeMap<String, String>,
    pub cause_under_1: Shares,
    pub cause_1_14: Shares,
    pub cause_15_44: Shares,
    pub cause_45_69: Shares,
    pub cause_70_plus: Shares,
}

#[derive(Deserialize)]
pub(super) struct Marriage {
    pub per_1000: f64,
    pub female_age: AgeShares,
    pub male_minus_female_age_mean: f64,
    pub male_minus_female_age_sd: f64,
    pub inter_ethnic_share: f64,
    pub married_share_by_age_female: ByAge,
}

#[derive(Deserialize)]
pub(super) struct Moves {
    pub in_per_1000: f64,
    pub out_per_1000: f64,
    pub age_share_in: AgeShares,
    pub age_share_out: AgeShares,
    pub female_share_in: f64,
    pub female_share_out: f64,
    pub reason_in: Shares,
    pub reason_out: Shares,
    pub notified_to_station_within_30_days: f64,
}

#[derive(Deserialize)]
pub(super) struct Identity {
    pub has_12_digit_number_by_age: ByAge,
    pub prefix_share: Shares,
    pub birth_year_only_by_age: ByAge,
    pub born_on_1_january_by_age: ByAge,
    pub digits_disagree: f64,
}

#[derive(Deserialize)]
pub(super) struct Insurance {
    pub province_code_on_card: String,
    pub coverage_target: f64,
    pub expired_not_renewed: f64,
    pub two_cards_in_history: f64,
    pub short_number: f64,
    pub without_last_day: f64,
    pub beyond_this_year: f64,
    pub benefit_digit: BTreeMap<String, u8>,
    pub band: Vec<Band>,
}

/// Insured people of some ages.
#[derive(Deserialize)]
pub(super) struct Band {
    pub age: (i32, i32),
    pub coverage: f64,
    pub groups: Shares,
}

#[derive(Deserialize)]
pub(super) struct Vaccination {
    pub session_days: Vec<i8>,
    pub session_days_outreach: Vec<i8>,
    pub same_day_opv_with_dpt: f64,
    pub household_correlation: f64,
    pub ethnicity_delay_factor: ByEthnicity,
    pub ethnicity_never_factor: ByEthnicity,
    pub invalid_early_dose: f64,
    pub early_days: AgeShares,
    pub deferral_per_visit: f64,
    pub deferral_reason: Shares,
    pub contraindicated_per_1000: f64,
    pub service_six_in_one: f64,
    pub recorded_elsewhere: f64,
    pub lot_missing: f64,
    pub stockout: Vec<Stockout>,
    pub hepb0: HepB0,
    pub dose: Vec<DoseRate>,
}

#[derive(Deserialize)]
pub(super) struct Stockout {
    pub series: String,
    pub from: String,
    pub to: String,
    pub served_share: f64,
}

#[derive(Deserialize)]
pub(super) struct HepB0 {
    pub within_24h: BTreeMap<String, f64>,
    pub day_2_7: BTreeMap<String, f64>,
    pub hours_after_birth_median: f64,
}

/// Days from the due date to the dose: shares of all children, cumulative.
#[derive(Deserialize)]
pub(super) struct DoseRate {
    pub series: String,
    pub dose: u8,
    #[serde(default)]
    pub from_birth_year: i16,
    pub within_7: f64,
    pub within_30: f64,
    pub within_90: f64,
    pub ever: f64,
}

#[derive(Deserialize)]
pub(super) struct Pregnancy {
    pub managed: f64,
    pub first_visit_week: AgeShares,
}

#[derive(Deserialize)]
pub(super) struct Records {
    pub list_months_ago: i32,
    pub list_days: i32,
    pub reviewed: f64,
    pub review_months_ago: i32,
    pub review_days: i32,
    pub phone_changed: f64,
    pub occupation_changed: f64,
    pub birth_notified_days: (i32, i32),
    pub visit_typed_later_14_days: f64,
    pub two_records_per_10000: f64,
    pub two_minds_per_10000: f64,
}

/// A share that changes with age: `[[from age, share], …]`.
#[derive(Deserialize)]
#[serde(transparent)]
pub(super) struct ByAge(Vec<(i32, f64)>);

impl ByAge {
    pub fn at(&self, age: i32) -> f64 {
        self.0.iter().rev().find(|(from, _)| *from <= age).map_or(0.0, |(_, share)| *share)
    }
}

/// A value for each ethnicity, written with two digits; 1 for those not named.
#[derive(Deserialize)]
#[serde(try_from = "BTreeMap<String, f64>")]
pub(super) struct ByEthnicity([f64; 64]);

impl TryFrom<BTreeMap<String, f64>> for ByEthnicity {
    type Error = std::num::ParseIntError;

    fn try_from(values: BTreeMap<String, f64>) -> Result<Self, Self::Error> {
        let mut all = [1.0; 64];
        for (code, value) in values {
            all[code.parse::<usize>()? % 64] = value;
        }
        Ok(Self(all))
    }
}

impl ByEthnicity {
    pub fn of(&self, ethnicity: u8) -> f64 {
        self.0[usize::from(ethnicity) % 64]
    }
}

/// Named shares.
#[derive(Deserialize)]
#[serde(from = "BTreeMap<String, f64>")]
pub(super) struct Shares(pub Weighted<String>);

impl From<BTreeMap<String, f64>> for Shares {
    fn from(shares: BTreeMap<String, f64>) -> Self {
        Self(shares.into_iter().collect())
    }
}

/// Shares of ages, weeks or days written `20-24` or `5`; `None` is written `none`.
#[derive(Deserialize)]
#[serde(try_from = "BTreeMap<String, f64>")]
pub(super) struct AgeShares(pub Weighted<Option<(i32, i32)>>);

impl TryFrom<BTreeMap<String, f64>> for AgeShares {
    type Error = std::num::ParseIntError;

    fn try_from(shares: BTreeMap<String, f64>) -> Result<Self, Self::Error> {
        let read = |(range, share): (String, f64)| {
            if range == "none" {
                return Ok((None, share));
            }
            let (low, high) = range.split_once('-').unwrap_or((&range, &range));
            Ok((Some((low.parse()?, high.parse()?)), share))
        };
        shares.into_iter().map(read).collect::<Result<_, _>>().map(Self)
    }
}

impl Households {
    /// People in a house, on average.
    pub fn mean_size(&self) -> f64 {
        let sizes = self.size_share.iter();
        sizes.map(|(size, share)| size.parse::<f64>().unwrap_or_default() * share).sum()
    }
}

impl Rates {
    pub fn shipped() -> Self {
        toml::from_str(FILE).expect("a test reads the shipped file")
    }
}

/// The value of an age group list (`age_from` beside `values`) at an age.
pub(super) fn at_age(age_from: &[i32], values: &[f64], age: i32) -> f64 {
    let group = age_from.partition_point(|from| *from <= age);
    group.checked_sub(1).and_then(|group| values.get(group)).copied().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_rates_are_read() {
        let rates = Rates::shipped();
        assert_eq!(rates.communes.len(), 6);
        assert!((3.9..4.0).contains(&rates.households.mean_size()));
        assert_eq!(rates.households.phone_by_age.at(17), 0.45);
        assert_eq!(rates.households.phone_by_age.at(3), 0.0);
        assert_eq!(at_age(&rates.births.asfr_age_from, &rates.births.asfr, 24), 168.0);
        assert_eq!(at_age(&rates.births.asfr_age_from, &rates.births.asfr, 14), 0.0);
        assert_eq!(rates.births.place.facility.of(9), 0.85);
        assert!(rates.vaccination.early_days.0.items().contains(&Some((5, 7))));
        assert!(rates.pregnancy.first_visit_week.0.items().contains(&None));
    }
}
