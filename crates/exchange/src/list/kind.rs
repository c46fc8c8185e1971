//! The lists a station brings in: a closed set, each with its own fields. One of them is the entries of a
//! form, and a form is data: the kind carries it, so that its questions are columns like all others.

use super::{Field, Holds};
use std::borrow::Cow;
use std::sync::Arc;
use tram_defs::Definitions;
use tram_defs::form::{self, Form, form_on};
use tram_kernel::Date;

/// In front of the code of a form, where lists are named.
const FORM: &str = "form:";

/// What the rows of a list are.
#[derive(Debug, Clone)]
pub enum Kind {
    /// People: records are opened or filled.
    People,
    /// Households: opened, or their standing noted from a day on.
    Households,
    /// Doses given in the past, to people on record.
    Vaccinations,
    /// Insurance cards of people on record.
    Cards,
    /// Entries of this form, about people on record.
    Form(Arc<Form>),
}

impl PartialEq for Kind {
    fn eq(&self, other: &Self) -> bool {
        self.code() == other.code()
    }
}

impl Kind {
    /// The kinds that are there whatever the definitions say.
    pub const LISTS: [Self; 4] = [Self::People, Self::Households, Self::Vaccinations, Self::Cards];

    /// The name of the kind in templates, files and on the command line.
    pub fn code(&self) -> Cow<'static, str> {
        match self {
            Self::Form(form) => Self::code_of_form(&form.code).into(),
            _ => self.word().into(),
        }
    }

    /// The kind in one word, whichever form it is.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::People => "population",
            Self::Households => "households",
            Self::Vaccinations => "vaccinations",
            Self::Cards => "cards",
            Self::Form(_) => "form",
        }
    }

    /// The kind of this code; a form as it is asked on a day.
    pub fn from_code(code: &str, defs: &Definitions, on: Date) -> Option<Self> {
        match code.strip_prefix(FORM) {
            Some(code) => form_on(&defs.forms, code, on).cloned().map(Self::of_form),
            None => Self::LISTS.into_iter().find(|kind| kind.word() == code),
        }
    }

    pub fn of_form(form: Form) -> Self {
        Self::Form(Arc::new(form))
    }

    /// The code of the kind whose rows are entries of the form of this code.
    pub fn code_of_form(form: &str) -> String {
        format!("{FORM}{form}")
    }

    /// The code is that of a form, known or not.
    pub fn is_code_of_form(code: &str) -> bool {
        code.starts_with(FORM)
    }

    pub fn form(&self) -> Option<&Form> {
        match self {
            Self::Form(form) => Some(form),
            _ => None,
        }
    }

    /// The question of a form that a column answers.
    pub fn asked(&self, holds: &Holds) -> Option<&form::Field> {
        match holds {
            Holds::Answer(code) => self.form()?.field(code),
            _ => None,
        }
    }

    /// What the columns of its template hold, in their order.
    pub fn columns(&self) -> Vec<Holds> {
        let asked = self.form().into_iter().flat_map(Form::fields);
        let fields = self.fields().iter().copied().map(Holds::Field);
        fields.chain(asked.map(|field| Holds::Answer(field.code.clone()))).collect()
    }

    /// The question behind the code of a column, as the form words it.
    pub fn question(&self, code: &str) -> Option<&str> {
        self.asked(&Holds::from_code(code)).map(|field| field.label.as_str())
    }

    /// The column holds days.
    pub fn is_day(&self, holds: &Holds) -> bool {
        let asks_day = |field: &form::Field| matches!(field.kind, form::Kind::Day(_));
        holds.field().is_some_and(Field::is_day) || self.asked(holds).is_some_and(asks_day)
    }

    /// In the order of the template.
    pub const fn fields(&self) -> &'static [Field] {
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
            Self::Form(_) => &[
                Field::Name,
                Field::Sex,
                Field::Born,
                Field::Village,
                Field::Citizen,
                Field::Insurance,
                Field::Temporary,
                Field::EntryOn,
            ],
        }
    }

    pub fn has(&self, field: Field) -> bool {
        self.fields().contains(&field)
    }

    /// Of each group one column must be there.
    pub const fn required(&self) -> &'static [&'static [Field]] {
        match self {
            Self::People => &[&[Field::Name], &[Field::Sex], &[Field::Born]],
            Self::Households => &[&[Field::Head]],
            Self::Vaccinations => {
                &[WHO_WITH_CARD, &[Field::Vaccine, Field::Antigen], &[Field::Given]]
            }
            Self::Cards => &[WHO, &[Field::Insurance]],
            Self::Form(_) => &[WHO_WITH_CARD, &[Field::EntryOn]],
        }
    }

    /// The field that says who a row is about; what stands where nobody is named is no row.
    pub const fn name(&self) -> Field {
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
    use crate::trial::{defs, today};

    #[test]
    fn codes_read_back_and_what_is_required_is_a_field() {
        let forms = defs().forms.iter().cloned().map(Kind::of_form);
        for kind in Kind::LISTS.into_iter().chain(forms) {
            assert_eq!(Kind::from_code(&kind.code(), defs(), today()), Some(kind.clone()));
            assert!(kind.required().iter().flat_map(|group| group.iter()).all(|f| kind.has(*f)));
            assert!(kind.has(kind.name()));
        }
        assert_eq!(Kind::from_code("form:khong-co", defs(), today()), None);
    }
}
