//! A row of a population list: one person.

use super::row::{HOUSEHOLD, Reading, TEXT};
use super::{Field, ListRow, number, value};
use tram_domain::fact::ResidenceKind;
use tram_domain::roster::Listed;

impl ListRow for Listed {
    fn read(reading: &mut Reading<'_>) -> Option<Self> {
        let name = reading.name(Field::Name, Some("row-name-missing"));
        let sex = reading.sex(Some("row-sex-missing"));
        let born = reading.born(Some("row-born-missing"));
        let (citizen, card_in_place) = reading.citizen(sex, born);
        let old_card = reading.take(Field::OldCard, number::old_card).or(card_in_place);
        let insurance = reading.take(Field::Insurance, number::insurance);
        let (insurance_from, insurance_to) = reading.validity();
        let ethnicity = reading.word(Field::Ethnicity);
        let occupation = reading.word(Field::Occupation);
        let relation = reading.word(Field::Relation);
        let poverty = reading.word(Field::Poverty);
        let residence = reading.word(Field::Residence);
        let village = reading.village();
        let household = reading.common_text(Field::Household, HOUSEHOLD);
        let address = reading.common_text(Field::Address, TEXT);
        let phone = reading.take(Field::Phone, number::phone);
        let mother_name = reading.take(Field::MotherName, value::name);
        let since = reading.past_day(Field::Since);
        Some(Self {
            row: reading.place,
            name: name?,
            sex: sex?,
            born: born?,
            ethnicity,
            occupation,
            village,
            household,
            address,
            relation,
            poverty,
            citizen,
            old_card,
            insurance,
            insurance_from,
            insurance_to,
            phone,
            mother_name,
            residence: residence.and_then(|code| ResidenceKind::from_code(&code)),
            since,
        })
    }
}
