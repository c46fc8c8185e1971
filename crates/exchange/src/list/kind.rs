//! The lists a station brings in: a closed set, each with its own fields.

use super::Field;

/// What the rows of a list are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// People: records are opened or filled.
    People,
    /// Households: opened, or their standing noted from a day on.
    Households,
    /// Doses given in the past, to people on record.
    Vaccinations,
    /// Insurance cards of people on record.
    Cards,
}

impl Kind {
    pub const ALL: [Self; 4] = [Self::People, Self::Households, Self::Vaccinations, Self::Cards];

    /// The name of the kind in templates, files and on the command line.
    pub const fn code(self) -> &'static str {
        match self {
            Self::People => "population",
            Self::Households => "households",
            Self::Vaccinations => "vaccinations",
            Self::Cards => "cards",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// In the order of the template.
    pub const fn fields(self) -> &'static [Field] {
        match self {
            Self::People => &[
                Field::Household,
                Field::Relation,
                Field::Name,
                Field::Sex,
                Field::Born,
                Field::Citizen,
                Field::OldCard,
                Field::Insurance,
                Field::InsuranceFrom,
                Field::InsuranceTo,
                Field::Ethnicity,
                Field::Occupation,
                Field::Village,
                Field::Address,
                Field::Residence,
                Field::Since,
                Field::Poverty,
                Field::Phone,
                Field::MotherName,
            ],
            Self::Households => &[
                Field::Household,
                Field::Head,
                Field::Born,
                Field::Citizen,
                Field::Village,
                Field::Address,
                Field::Poverty,
                Field::PovertySince,
            ],
            Self::Vaccinations => &[
                Field::Name,
                Field::Sex,
                Field::Born,
                Field::Village,
                Field::Citizen,
                Field::Insurance,
                Field::Temporary,
                Field::Vaccine,
                Field::Antigen,
                Field::Given,
                Field::Dose,
                Field::Lot,
                Field::Place,
            ],
            Self::Cards => &[
                Field::Name,
                Field::Sex,
                Field::Born,
                Field::Village,
                Field::Citizen,
                Field::Temporary,
                Field::Insurance,
                Field::InsuranceFrom,
                Field::InsuranceTo,
                Field::InsuranceGroup,
            ],
        }
    }

    pub fn has(self, field: Field) -> bool {
        self.fields().contains(&field)
    }

    /// Of each group one column must be there.
    pub const fn required(self) -> &'static [&'static [Field]] {
        match self {
            Self::People => &[&[Field::Name], &[Field::Sex], &[Field::Born]],
            Self::Households => &[&[Field::Head]],
            Self::Vaccinations => {
                &[WHO_WITH_CARD, &[Field::Vaccine, Field::Antigen], &[Field::Given]]
            }
            Self::Cards => &[WHO, &[Field::Insurance]],
        }
    }

    /// The field that says who a row is about; what stands where nobody is named is no row.
    pub const fn name(self) -> Field {
        match self {
            Self::Households => Field::Head,
            _ => Field::Name,
        }
    }
}

const WHO: &[Field] = &[Field::Name, Field::Citizen, Field::Temporary];
const WHO_WITH_CARD: &[Field] = &[Field::Name, Field::Citizen, Field::Insurance, Field::Temporary];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_read_back_and_what_is_required_is_a_field() {
        for kind in Kind::ALL {
            assert_eq!(Kind::from_code(kind.code()), Some(kind));
            assert!(kind.required().iter().flat_map(|group| group.iter()).all(|f| kind.has(*f)));
            assert!(kind.has(kind.name()));
        }
    }
}
