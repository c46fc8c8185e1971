//! A row of a list of households: where, which number, who heads it, how it lives since when.

use super::row::{HOUSEHOLD, Reading, TEXT};
use super::{Field, ListRow};
use tram_domain::roster::ListedHousehold;

impl ListRow for ListedHousehold {
    fn read(reading: &mut Reading<'_>) -> Option<Self> {
        let code = reading.common_text(Field::Household, HOUSEHOLD);
        let missing = code.is_none().then_some("row-head-missing");
        let head = reading.name(Field::Head, missing);
        let born = reading.born(None);
        let (citizen, _) = reading.citizen(None, born);
        let village = reading.village();
        let address = reading.common_text(Field::Address, TEXT);
        let poverty = reading.word(Field::Poverty);
        let since = reading.past_day(Field::PovertySince);
        Some(Self {
            row: reading.place,
            code,
            head,
            born,
            citizen,
            village,
            address,
            poverty,
            since,
        })
    }
}
