//! One row of cells, read field by field: what every kind of list asks of it, and everything that is wrong.

use super::date::Calendar;
use super::heading::Holds;
use super::value::{self, Marked, Value, marked, says_nothing};
use super::words::Words;
use super::{Field, Kind, ListRow, Mapping, legacy, number};
use crate::{Cell, Sheet, SheetRow};
use std::borrow::Cow;
use tram_defs::Definitions;
use tram_domain::roster::Who;
use tram_kernel::identifier::{Identifier, IdentifierKind};
use tram_kernel::{BirthDate, Date, Finding, Message, Severity, Sex};

/// What all rows of a sheet share.
pub struct Context<'a> {
    pub defs: &'a Definitions,
    pub sheet: &'a Sheet,
    pub mapping: &'a Mapping,
    pub words: Words,
    pub calendar: Calendar,
    /// The list is typed in a font of the time before Unicode.
    pub legacy: bool,
}

/// Longest texts the record takes.
pub const TEXT: usize = 200;
pub const SHORT: usize = 100;
pub const HOUSEHOLD: usize = 30;

/// Reads a row. The value is `None` when something is wrong; the findings say what.
pub fn read<T: ListRow>(
    context: &Context<'_>,
    row: &SheetRow,
    place: u32,
    village_above: Option<&str>,
) -> (Option<T>, Vec<Finding>) {
    let mut reading = Reading { context, row, place, village_above, findings: Vec::new() };
    reading.unclear_fonts();
    let listed = T::read(&mut reading);
    let wrong = reading.findings.iter().any(|f| f.severity == Severity::Error);
    (listed.filter(|_| !wrong), reading.findings)
}

/// A row while it is read.
pub struct Reading<'a> {
    pub context: &'a Context<'a>,
    row: &'a SheetRow,
    /// Sheet and row.
    pub place: u32,
    village_above: Option<&'a str>,
    findings: Vec<Finding>,
}

impl Reading<'_> {
    /// Cells of which nobody can say what they are called.
    fn unclear_fonts(&mut self) {
        let unclear = &self.context.sheet.old_font.unclear;
        if unclear.is_empty() {
            return;
        }
        let columns = self.context.mapping.columns.iter().enumerate();
        for (at, place) in columns.filter_map(|(at, column)| Some((at, column.holds.place()?))) {
            if unclear.contains(&(self.row.number, at as u32)) {
                self.say_at(Severity::Error, place, Message::new("row-legacy-font"));
            }
        }
    }

    pub fn say(&mut self, severity: Severity, field: Field, message: Message) {
        self.say_at(severity, field.code().into(), message);
    }

    /// Says something of a column by its code.
    pub fn say_at(&mut self, severity: Severity, column: Cow<'static, str>, message: Message) {
        self.findings.push(Finding::new(severity, message).at_row(self.place).of(column));
    }

    /// The cell of a column, and of no other.
    pub fn at(&self, column: usize) -> &Cell {
        self.row.cell(column)
    }

    /// The first filled cell among the columns of a field.
    pub fn cell(&self, field: Field) -> &Cell {
        let filled = |at: &usize| !self.row.cell(*at).is_empty();
        let mapping = self.context.mapping;
        // Of two columns only the birth date is taken from either; others are read from the first.
        let at = match field {
            Field::Born => mapping.holding(&Holds::Field(field)).find(filled),
            _ => mapping.first(field),
        };
        at.map_or(&Cell::Empty, |at| self.row.cell(at))
    }

    /// The cell of a field that a household or a village has in common: one merged over several rows
    /// belongs to all of them.
    pub fn common_cell(&self, field: Field) -> &Cell {
        let own = self.cell(field);
        let Some(at) = self.context.mapping.first(field).filter(|_| own.is_empty()) else {
            return own;
        };
        let sheet = self.context.sheet;
        let above = sheet.merged_from(at, self.row.number).and_then(|number| sheet.row(number));
        above.map_or(own, |row| row.cell(at))
    }

    pub fn keep<T>(&mut self, field: Field, value: Value<T>) -> Option<T> {
        let (value, said) = value.split();
        if let Some((severity, message)) = said {
            self.say(severity, field, message);
        }
        value
    }

    pub fn take<T>(&mut self, field: Field, read: impl Fn(&Cell) -> Value<T>) -> Option<T> {
        let value = read(self.cell(field));
        self.keep(field, value)
    }

    pub fn required<T>(
        &mut self,
        field: Field,
        value: Value<T>,
        missing: &'static str,
    ) -> Option<T> {
        let value = match value {
            Value::Nothing => Value::Wrong(Message::new(missing)),
            value => value,
        };
        self.keep(field, value)
    }

    pub fn common_text(&mut self, field: Field, longest: usize) -> Option<String> {
        let value = value::text(self.common_cell(field), longest);
        self.keep(field, value)
    }

    /// The name of a person in the column of a field.
    pub fn name(&mut self, field: Field, missing: Option<&'static str>) -> Option<String> {
        let given = self.whose_cell(field);
        let mut starts = self.context.mapping.holding(&Holds::NameStart);
        let start = starts.next().map(|at| self.row.cell(at).text().trim());
        let whole = match start.filter(|_| field == Field::Name) {
            Some(start) if !start.is_empty() && matches!(given, Cell::Text(_)) => {
                Cell::Text(format!("{start} {}", given.text()))
            }
            _ => given.clone(),
        };
        let text = whole.text();
        let said = |f: &Finding| f.message.code == "row-legacy-font";
        if self.findings.iter().any(said) {
            return None;
        }
        let unreadable =
            legacy::is_certain(text) || self.context.legacy && legacy::is_doubtful(text);
        let value = if unreadable {
            Value::Wrong(Message::new("row-legacy-font"))
        } else {
            value::name(&whole)
        };
        match missing {
            Some(missing) => self.required(field, value, missing),
            None => self.keep(field, value),
        }
    }

    pub fn sex(&mut self, missing: Option<&'static str>) -> Option<Sex> {
        let value = value::text(self.whose_cell(Field::Sex), SHORT).then(|typed| {
            let unknown = || Message::new("row-sex-unknown").with("typed", value::typed(&typed));
            Sex::parse(&typed).map_or_else(|| Value::Wrong(unknown()), Value::Good)
        });
        let value = if value == Value::Nothing { self.marked_sex() } else { value };
        match missing {
            Some(missing) => self.required(Field::Sex, value, missing),
            None => self.keep(Field::Sex, value),
        }
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

    pub fn born(&mut self, missing: Option<&'static str>) -> Option<BirthDate> {
        let row = self.row;
        let mut marks = self.context.mapping.marks(Field::Sex).map(|(at, _)| row.cell(at));
        let cell = match self.whose_cell(Field::Born) {
            Cell::Empty => marks.find(|c| marked(c) == Marked::Other).unwrap_or(&Cell::Empty),
            cell => cell,
        };
        let value = self.context.calendar.birth(cell);
        match missing {
            Some(missing) => self.required(Field::Born, value, missing),
            None => self.keep(Field::Born, value),
        }
    }

    /// The personal number, and an old card that stood in its column.
    pub fn citizen(
        &mut self,
        sex: Option<Sex>,
        born: Option<BirthDate>,
    ) -> (Option<Identifier>, Option<Identifier>) {
        let Some(number) = self.take_whose(Field::Citizen, number::citizen) else {
            return (None, None);
        };
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

    /// What says whom a row is about. One person may have many rows of a history under one merged cell; in
    /// a list of people each row is another.
    fn whose_cell(&self, field: Field) -> &Cell {
        match self.context.mapping.kind {
            Kind::People => self.cell(field),
            _ => self.common_cell(field),
        }
    }

    fn take_whose<T>(&mut self, field: Field, read: impl Fn(&Cell) -> Value<T>) -> Option<T> {
        let value = read(self.whose_cell(field));
        self.keep(field, value)
    }

    pub fn village(&mut self) -> Option<String> {
        let above = self.village_above.map(str::to_owned);
        self.common_text(Field::Village, SHORT).or(above)
    }

    /// Whom the row is about: somebody on record. `None` when the row does not say enough.
    pub fn who(&mut self) -> Option<Who> {
        let name = self.name(Field::Name, None);
        let sex = self.sex(None);
        let born = self.born(None);
        let (citizen, _) = self.citizen(sex, born);
        let insurance = self.take_whose(Field::Insurance, number::insurance);
        let temporary = self.take_whose(Field::Temporary, number::temporary);
        let village = self.village();
        let is_card = self.context.mapping.kind == Kind::Cards;
        let has_number =
            citizen.is_some() || temporary.is_some() || insurance.is_some() && !is_card;
        let wrong = self.findings.iter().any(|f| f.severity == Severity::Error);
        if !wrong && !has_number && (name.is_none() || born.is_none()) {
            let field = if name.is_none() { Field::Name } else { Field::Born };
            self.say(Severity::Error, field, Message::new("row-who-missing"));
            return None;
        }
        Some(Who { name, sex, born, village, citizen, insurance, temporary })
    }

    /// The days from and to which a card holds.
    pub fn validity(&mut self) -> (Option<Date>, Option<Date>) {
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

    /// A day that cannot lie ahead.
    pub fn past_day(&mut self, field: Field) -> Option<Date> {
        let calendar = self.context.calendar;
        let day = self.take(field, |cell| calendar.day(cell))?;
        if day > calendar.today {
            let message = Message::new("row-date-future").with("day", day);
            self.say(Severity::Error, field, message.with("today", calendar.today));
        }
        Some(day)
    }

    /// A word of a code list, or the mark in a column that stands for one.
    pub fn word(&mut self, field: Field) -> Option<String> {
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
