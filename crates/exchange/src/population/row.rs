//! One row of cells to one person of the list, and everything that is wrong with it.

use super::date::Calendar;
use super::heading::Holds;
use super::value::{self, Marked, Value, marked, says_nothing};
use super::words::Words;
use super::{Field, Mapping, legacy, number};
use crate::{Cell, Sheet, SheetRow};
use tram_domain::fact::ResidenceKind;
use tram_domain::roster::Listed;
use tram_kernel::identifier::{Identifier, IdentifierKind};
use tram_kernel::{BirthDate, Date, Finding, Message, Severity, Sex};

/// What all rows of a sheet share.
pub struct Context<'a> {
    pub sheet: &'a Sheet,
    pub mapping: &'a Mapping,
    pub words: Words,
    pub calendar: Calendar,
    /// The list is typed in a font of the time before Unicode.
    pub legacy: bool,
}

/// Longest texts the record takes.
const TEXT: usize = 200;
const SHORT: usize = 100;
const HOUSEHOLD: usize = 30;

/// Reads a row. The person is `None` when something is wrong; the findings say what.
pub fn read(
    context: &Context,
    row: &SheetRow,
    village_above: Option<&str>,
) -> (Option<Listed>, Vec<Finding>) {
    let mut reading = Reading { context, row, findings: Vec::new() };
    let listed = reading.listed(village_above);
    let wrong = reading.findings.iter().any(|f| f.severity == Severity::Error);
    (listed.filter(|_| !wrong), reading.findings)
}

struct Reading<'a> {
    context: &'a Context<'a>,
    row: &'a SheetRow,
    findings: Vec<Finding>,
}

impl Reading<'_> {
    fn listed(&mut self, village_above: Option<&str>) -> Option<Listed> {
        let name = self.name();
        let sex = self.sex();
        let born = self.born();
        let (citizen, card_in_place) = self.citizen(sex, born);
        let old_card = self.take(Field::OldCard, number::old_card).or(card_in_place);
        let insurance = self.take(Field::Insurance, number::insurance);
        let (insurance_from, insurance_to) = self.validity();
        let ethnicity = self.word(Field::Ethnicity);
        let occupation = self.word(Field::Occupation);
        let relation = self.word(Field::Relation);
        let poverty = self.word(Field::Poverty);
        let residence = self.word(Field::Residence);
        let village =
            self.common_text(Field::Village, SHORT).or_else(|| village_above.map(Into::into));
        let household = self.common_text(Field::Household, HOUSEHOLD);
        let address = self.common_text(Field::Address, TEXT);
        let phone = self.take(Field::Phone, number::phone);
        let mother_name = self.take(Field::MotherName, value::name);
        let since = self.since();
        Some(Listed {
            row: self.row.number,
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

    fn say(&mut self, severity: Severity, field: Field, message: Message) {
        let finding = Finding::new(severity, message).at_row(self.row.number).of(field.code());
        self.findings.push(finding);
    }

    /// The first filled cell among the columns of a field.
    fn cell(&self, field: Field) -> &Cell {
        let filled = |at: &usize| !self.row.cell(*at).is_empty();
        let mapping = self.context.mapping;
        // Of two columns only the birth date is taken from either; others are read from the first.
        let at = match field {
            Field::Born => mapping.holding(Holds::Field(field)).find(filled),
            _ => mapping.first(field),
        };
        at.map_or(&Cell::Empty, |at| self.row.cell(at))
    }

    /// The cell of a field that a household or a village has in common: one merged over several rows
    /// belongs to all of them.
    fn common_cell(&self, field: Field) -> &Cell {
        let own = self.cell(field);
        let Some(at) = self.context.mapping.first(field).filter(|_| own.is_empty()) else {
            return own;
        };
        let sheet = self.context.sheet;
        let above = sheet.merged_from(at, self.row.number).and_then(|number| sheet.row(number));
        above.map_or(own, |row| row.cell(at))
    }

    fn keep<T>(&mut self, field: Field, value: Value<T>) -> Option<T> {
        let (value, said) = value.split();
        if let Some((severity, message)) = said {
            self.say(severity, field, message);
        }
        value
    }

    fn take<T>(&mut self, field: Field, read: impl Fn(&Cell) -> Value<T>) -> Option<T> {
        let value = read(self.cell(field));
        self.keep(field, value)
    }

    fn required<T>(&mut self, field: Field, value: Value<T>, missing: &'static str) -> Option<T> {
        let value = match value {
            Value::Nothing => Value::Wrong(Message::new(missing)),
            value => value,
        };
        self.keep(field, value)
    }

    fn common_text(&mut self, field: Field, longest: usize) -> Option<String> {
        let value = value::text(self.common_cell(field), longest);
        self.keep(field, value)
    }

    fn name(&mut self) -> Option<String> {
        let given = self.cell(Field::Name);
        let mut starts = self.context.mapping.holding(Holds::NameStart);
        let whole = match starts.next().map(|at| self.row.cell(at).text().trim()) {
            Some(start) if !start.is_empty() && matches!(given, Cell::Text(_)) => {
                Cell::Text(format!("{start} {}", given.text()))
            }
            _ => given.clone(),
        };
        let text = whole.text();
        let unreadable =
            legacy::is_certain(text) || self.context.legacy && legacy::is_doubtful(text);
        let value = if unreadable {
            Value::Wrong(Message::new("row-legacy-font"))
        } else {
            value::name(&whole)
        };
        self.required(Field::Name, value, "row-name-missing")
    }

    fn sex(&mut self) -> Option<Sex> {
        let value = value::text(self.cell(Field::Sex), SHORT).then(|typed| {
            let unknown = || Message::new("row-sex-unknown").with("typed", value::typed(&typed));
            Sex::parse(&typed).map_or_else(|| Value::Wrong(unknown()), Value::Good)
        });
        let value = if value == Value::Nothing { self.marked_sex() } else { value };
        self.required(Field::Sex, value, "row-sex-missing")
    }

    /// The sex by the column that is filled: with a mark, or with the birth date.
    fn marked_sex(&self) -> Value<Sex> {
        let mapping = self.context.mapping;
        let filled = |(at, _): &(usize, &str)| marked(self.row.cell(*at)) != Marked::No;
        let mut codes = mapping.marks(Field::Sex).filter(filled).map(|(_, code)| code);
        match (codes.next().and_then(Sex::from_code), codes.next()) {
            (Some(sex), None) => Value::Good(sex),
            (Some(_), Some(_)) => Value::Wrong(Message::new("row-sex-both")),
            (None, _) if mapping.only_female() => Value::Good(Sex::Male),
            (None, _) => Value::Nothing,
        }
    }

    fn born(&mut self) -> Option<BirthDate> {
        let mut marks = self.context.mapping.marks(Field::Sex).map(|(at, _)| self.row.cell(at));
        let cell = match self.cell(Field::Born) {
            Cell::Empty => marks.find(|c| marked(c) == Marked::Other).unwrap_or(&Cell::Empty),
            cell => cell,
        };
        let value = self.context.calendar.birth(cell);
        self.required(Field::Born, value, "row-born-missing")
    }

    /// The personal number, and an old card that stood in its column.
    fn citizen(
        &mut self,
        sex: Option<Sex>,
        born: Option<BirthDate>,
    ) -> (Option<Identifier>, Option<Identifier>) {
        let Some(number) = self.take(Field::Citizen, number::citizen) else { return (None, None) };
        if number.kind() == IdentifierKind::OldCard {
            return (None, Some(number));
        }
        if let (Some(sex), Some(born)) = (sex, born)
            && let Some((claims_sex, claims_year)) = number.contradicts(sex, born)
        {
            let message = Message::new("row-citizen-contradicts")
                .with("sex", claims_sex.code())
                .with("year", claims_year.to_string());
            self.say(Severity::Warning, Field::Citizen, message);
        }
        (Some(number), None)
    }

    fn validity(&mut self) -> (Option<Date>, Option<Date>) {
        let calendar = self.context.calendar;
        let from = self.take(Field::InsuranceFrom, |cell| calendar.day(cell));
        let to = self.take(Field::InsuranceTo, |cell| calendar.day(cell));
        if let (Some(from), Some(to)) = (from, to)
            && from > to
        {
            let message = Message::new("row-card-dates").with("from", from).with("to", to);
            self.say(Severity::Error, Field::InsuranceTo, message);
        }
        (from, to)
    }

    fn since(&mut self) -> Option<Date> {
        let calendar = self.context.calendar;
        let since = self.take(Field::Since, |cell| calendar.day(cell))?;
        if since > calendar.today {
            let message = Message::new("row-date-future").with("day", since);
            self.say(Severity::Error, Field::Since, message.with("today", calendar.today));
        }
        Some(since)
    }

    /// A word of a code list, or the mark in a column that stands for one.
    fn word(&mut self, field: Field) -> Option<String> {
        let words = &self.context.words;
        let find = |typed: String| match words.find(field, &typed) {
            Value::Dropped(_) if says_nothing(&typed) => Value::Nothing,
            value => value,
        };
        let cell = if field == Field::Poverty { self.common_cell(field) } else { self.cell(field) };
        let value = match value::text(cell, SHORT).then(find) {
            Value::Nothing => self.marked_word(field, find),
            value => value,
        };
        self.keep(field, value)
    }

    fn marked_word(&self, field: Field, find: impl Fn(String) -> Value<String>) -> Value<String> {
        for (at, code) in self.context.mapping.marks(field) {
            let cell = self.row.cell(at);
            match marked(cell) {
                Marked::Yes => return Value::Good(code.to_owned()),
                Marked::Other => return value::text(cell, SHORT).then(find),
                Marked::No => {}
            }
        }
        Value::Nothing
    }
}
