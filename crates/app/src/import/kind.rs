//! What a file lists, and whether such lists are there for whoever asks: a form in a compartment that is
//! closed to somebody has no template, no import and no earlier files for them.

use super::{Choice, FileRow, ListKind, Opened, open};
use crate::actor::Actor;
use crate::failure::Failure;
use crate::opening::App;
use tram_defs::Definitions;
use tram_defs::form::{Form, form_on};
use tram_domain::fact::Fact;
use tram_exchange::{Workbook, list};
use tram_kernel::{Date, Message};
use tram_store::Sql;
use tram_store::import::find;

impl Actor {
    /// The kind of list of a code, when it is there for them.
    pub fn list_kind(&self, defs: &Definitions, code: &str, on: Date) -> Option<ListKind> {
        ListKind::from_code(code, defs, on).filter(|kind| self.lists(kind))
    }

    /// The forms that are there for them, as they are asked on a day.
    pub fn forms<'d>(&self, defs: &'d Definitions, on: Date) -> Vec<&'d Form> {
        let is_asked = |form: &&Form| {
            form_on(&defs.forms, &form.code, on).is_some_and(|newest| std::ptr::eq(newest, *form))
        };
        defs.forms.iter().filter(is_asked).filter(|form| self.sees(form.compartment)).collect()
    }

    pub(super) fn lists(&self, kind: &ListKind) -> bool {
        kind.form().is_none_or(|form| self.sees(form.compartment))
    }
}

/// The kind somebody says, or the one the file is marked with, or the one its headings tell. A form that is
/// not there is never taken for another list.
pub(super) fn of_file(
    workbook: &Workbook,
    said: &str,
    named: impl Fn(&str) -> Option<ListKind>,
) -> Result<ListKind, Failure> {
    let code = Some(said).filter(|code| !code.is_empty()).or_else(|| list::marked(workbook));
    match code.map(|code| (code, named(code))) {
        Some((_, Some(kind))) => Ok(kind),
        Some((code, None)) if ListKind::is_code_of_form(code) => {
            Err(Failure::refused_field(Message::new("import-form-unknown"), "file"))
        }
        _ => Ok(list::kind_by_headings(workbook)),
    }
}

impl App {
    pub(super) fn open_file(
        &self,
        actor: &Actor,
        bytes: &[u8],
        choice: &Choice,
    ) -> Result<Opened, Failure> {
        let (defs, today) = (self.definitions(), self.today());
        open(bytes, choice, |code| actor.list_kind(&defs, code, today))
    }

    /// What a file lists; `None` when such lists are not there for the asker.
    pub(super) fn kind_of(&self, actor: &Actor, file: &FileRow) -> Option<ListKind> {
        actor.list_kind(&self.definitions(), &file.kind, self.today())
    }

    /// A fact about a file lies where its rows do: the name of a file tells what it is of.
    pub(super) fn beside_rows(&self, actor: &Actor, file: &FileRow, mut fact: Fact) -> Fact {
        if let Some(ListKind::Form(form)) = self.kind_of(actor, file) {
            fact.compartment = form.compartment;
        }
        fact
    }

    /// A file of the asker's unit, and what it lists.
    pub(super) fn own_file(
        &self,
        sql: &mut dyn Sql,
        actor: &Actor,
        key: i64,
    ) -> Result<(FileRow, ListKind), Failure> {
        let file = find(sql, key)?.filter(|file| file.unit == actor.unit_key);
        let file = file.ok_or(Failure::NotFound)?;
        let kind = self.kind_of(actor, &file).ok_or(Failure::NotFound)?;
        Ok((file, kind))
    }
}
