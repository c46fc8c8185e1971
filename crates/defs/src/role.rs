//! Roles: what their holders may do, and over which units. A closed list of actions.

use crate::finding::{Codes, DefFinding, unknown_word};
use crate::provenance::{Provenance, with_provenance};
use crate::span::{Spanned, line_of, read};
use serde::Deserialize;

macro_rules! actions {
    ($($(#[$doc:meta])* $name:ident = $code:literal;)*) => {
        /// Everything a person can ask of the system. One line here, one row in the authority test.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Action { $($(#[$doc])* $name,)* }

        impl Action {
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }
        }
    };
}

actions! {
    /// Search people and open a record.
    PersonRead = "person.read";
    /// Register, amend, move, birth, death, identifiers, households.
    PersonWrite = "person.write";
    /// Record doses, deferrals and contraindications.
    ImmunisationWrite = "immunisation.write";
    /// Registers of programmes, their entries and visits due, with names.
    ProgrammeRead = "programme.read";
    /// Fill in forms, take people into programmes and let them leave.
    ProgrammeWrite = "programme.write";
    /// Due and overdue lists with names.
    WorklistRead = "worklist.read";
    /// The stock book of a unit and the readings of its fridges.
    StockRead = "stock.read";
    /// Receive, issue, waste, destroy, count, block.
    StockWrite = "stock.write";
    /// Fridges, temperatures, incidents of the cold chain.
    ColdChainWrite = "coldchain.write";
    /// Adverse events following immunisation, with names.
    AefiRead = "aefi.read";
    AefiWrite = "aefi.write";
    /// Bring in a list from a file.
    ImportRun = "import.run";
    /// Numbers without names.
    IndicatorRead = "indicator.read";
    /// The people behind a number.
    IndicatorPeople = "indicator.people";
    PlanRead = "plan.read";
    PlanWrite = "plan.write";
    UnitRead = "unit.read";
    UnitWrite = "unit.write";
    UserRead = "user.read";
    UserWrite = "user.write";
    /// Hand out roles that may more than one's own.
    UserGrantAny = "user.grant_any";
    /// Open compartments (HIV, mental health, tuberculosis, abortion) to people by name.
    CompartmentGrant = "compartment.grant";
    /// Open every compartment of one record for an hour, in an emergency, with a reason.
    CompartmentBreak = "compartment.break";
    DefinitionsRead = "definitions.read";
    DefinitionsWrite = "definitions.write";
    /// Who read and wrote what.
    AuditRead = "audit.read";
    /// The machine: backup, disk, size of the data.
    SystemRead = "system.read";
}

impl Action {
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|a| a.code() == code)
    }
}

/// How far a role granted at a unit reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    /// The unit and everything below it in the administrative tree.
    Administrative,
    /// The unit and everything it leads or advises professionally.
    Professional,
    /// The unit and everything that sends it reports.
    Reporting,
    /// Only the unit itself.
    Unit,
}

impl Reach {
    pub const ALL: [Self; 4] =
        [Self::Administrative, Self::Professional, Self::Reporting, Self::Unit];

    /// The number under which it is stored.
    pub const fn number(self) -> i64 {
        match self {
            Self::Administrative => 0,
            Self::Professional => 1,
            Self::Reporting => 2,
            Self::Unit => 3,
        }
    }
}

/// A checked role.
#[derive(Debug, Clone)]
pub struct Role {
    pub code: String,
    pub name: String,
    pub reach: Reach,
    pub may: Vec<Action>,
    pub provenance: Provenance,
}

with_provenance! {
    struct RawFile {
        role: Vec<RawRole>,
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRole {
    code: Spanned<String>,
    name: String,
    reach: Reach,
    may: Vec<Spanned<String>>,
}

/// Reads `roles.toml`.
pub fn read_roles(file: &str, text: &str) -> Result<Vec<Role>, Vec<DefFinding>> {
    let raw: RawFile = read(file, text).map_err(|f| vec![f])?;
    let provenance = raw.provenance(file, text).map_err(|f| vec![f])?;
    let mut roles: Vec<Role> = Vec::new();
    let mut findings = Vec::new();
    let mut codes = Codes::default();
    for raw in raw.role {
        let line = line_of(text, raw.code.span().start);
        findings.extend(codes.take(raw.code.get_ref(), file, line));
        let mut may = Vec::new();
        for written in &raw.may {
            match Action::from_code(written.get_ref()) {
                Some(action) => may.push(action),
                None => {
                    let known = Action::ALL.iter().map(|a| a.code());
                    let message = unknown_word("action", written.get_ref(), known);
                    let line = line_of(text, written.span().start);
                    findings.push(DefFinding::error(file, line, message));
                }
            }
        }
        let provenance = provenance.clone();
        let (code, name, reach) = (raw.code.into_inner(), raw.name, raw.reach);
        roles.push(Role { code, name, reach, may, provenance });
    }
    if findings.is_empty() { Ok(roles) } else { Err(findings) }
}
