//! Keeping vaccines: between which temperatures, how long an opened vial may be used, from which stage of
//! its monitor a vial is thrown away, and in what vials each vaccine comes.

use crate::finding::{Codes, DefFinding, unknown_word};
use crate::provenance::{Provenance, with_provenance};
use crate::span::{Spanned, line_of, read};
use serde::Deserialize;
use tram_kernel::{Message, number};

/// One dated rule of keeping. Temperatures in tenths of a degree Celsius.
#[derive(Debug, Clone)]
pub struct Storage {
    pub code: String,
    pub name: String,
    pub provenance: Provenance,
    pub low: i16,
    pub high: i16,
    /// Hours after which a dissolved freeze-dried vial is thrown away.
    pub freeze_dried_hours: u16,
    /// Hours after which an opened liquid vial is thrown away; `None`: at the end of the session.
    pub liquid_hours: Option<u16>,
    /// The first stage of the vaccine vial monitor at which nothing is used any more.
    pub discard_vvm: u8,
    /// Shortest life left, in days, below which the book warns.
    pub soon_days: u16,
}

impl Storage {
    pub const fn is_out_of_range(&self, tenths: i16) -> bool {
        tenths < self.low || tenths > self.high
    }

    /// Minutes an opened vial may be used; `None`: until the end of the session.
    pub fn open_minutes(&self, form: VialForm) -> Option<u32> {
        match form {
            VialForm::FreezeDried => Some(u32::from(self.freeze_dried_hours) * 60),
            VialForm::Liquid => self.liquid_hours.map(|hours| u32::from(hours) * 60),
        }
    }
}

/// Whether a vaccine is dissolved before use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VialForm {
    Liquid,
    FreezeDried,
}

impl VialForm {
    pub const ALL: [Self; 2] = [Self::Liquid, Self::FreezeDried];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Liquid => "liquid",
            Self::FreezeDried => "freeze_dried",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.code() == code)
    }
}

/// In what vials a vaccine comes.
#[derive(Debug, Clone)]
pub struct Vial {
    pub vaccine: String,
    pub provenance: Provenance,
    /// Doses in a vial.
    pub doses: u16,
    pub form: VialForm,
    /// Spoilt by freezing: asks for the shake test.
    pub freezes: bool,
    /// Line of the vaccine in its file.
    pub(crate) line: u32,
    pub(crate) file: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawStorages {
    storage: Vec<RawStorage>,
}

with_provenance! {
    struct RawStorage {
        code: Spanned<String>,
        name: String,
        low: Spanned<String>,
        high: Spanned<String>,
        freeze_dried_hours: u16,
        liquid_hours: Option<u16>,
        discard_vvm: Spanned<u8>,
        soon_days: u16,
    }
}

/// Reads `immunisation/cold_chain.toml`.
pub fn read_storages(file: &str, text: &str) -> Result<Vec<Storage>, Vec<DefFinding>> {
    let raw: RawStorages = read(file, text).map_err(|f| vec![f])?;
    let (mut storages, mut findings, mut codes) = (Vec::new(), Vec::new(), Codes::default());
    for raw in raw.storage {
        findings.extend(codes.take(raw.code.get_ref(), file, line_of(text, raw.code.span().start)));
        let provenance = match raw.provenance(file, text) {
            Ok(provenance) => provenance,
            Err(finding) => {
                findings.push(finding);
                continue;
            }
        };
        let mut bad = |at: usize, code: &'static str, word: &str| {
            let message = Message::new(code).with("word", word);
            findings.push(DefFinding::error(file, line_of(text, at), message));
        };
        let [low, high] = [&raw.low, &raw.high].map(|written| {
            let tenths = number::thousandths(written.get_ref()).filter(|n| n % 100 == 0);
            let tenths = tenths.map(|n| n / 100).filter(|n| (-900..=400).contains(n));
            if tenths.is_none() {
                bad(written.span().start, "def-not-a-storage-temperature", written.get_ref());
            }
            tenths.unwrap_or_default() as i16
        });
        if low >= high {
            bad(raw.high.span().start, "def-storage-reversed", raw.high.get_ref());
        }
        let stage = *raw.discard_vvm.get_ref();
        if !(2..=4).contains(&stage) {
            bad(raw.discard_vvm.span().start, "def-not-a-count", &stage.to_string());
        }
        storages.push(Storage {
            code: raw.code.into_inner(),
            name: raw.name,
            provenance,
            low,
            high,
            freeze_dried_hours: raw.freeze_dried_hours,
            liquid_hours: raw.liquid_hours,
            discard_vvm: stage,
            soon_days: raw.soon_days,
        });
    }
    storages.sort_by_key(|storage| storage.provenance.valid_from);
    if findings.is_empty() { Ok(storages) } else { Err(findings) }
}

with_provenance! {
    struct RawVials {
        vial: Vec<RawVial>,
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawVial {
    vaccine: Spanned<String>,
    replaces: Option<String>,
    doses: Spanned<u16>,
    form: Spanned<String>,
    #[serde(default)]
    freezes: bool,
}

/// Reads `immunisation/vials.toml`. `codes` goes from file to file.
pub fn read_vials(file: &str, text: &str, codes: &mut Codes) -> Result<Vec<Vial>, Vec<DefFinding>> {
    let raw: RawVials = read(file, text).map_err(|f| vec![f])?;
    let provenance = raw.provenance(file, text).map_err(|f| vec![f])?;
    let (mut vials, mut findings) = (Vec::new(), Vec::new());
    for raw in raw.vial {
        let line = line_of(text, raw.vaccine.span().start);
        let (code, replaces) = (raw.vaccine.get_ref(), raw.replaces.as_deref());
        findings.extend(codes.take_or_replace(code, replaces, file, line));
        let form = VialForm::from_code(raw.form.get_ref());
        if form.is_none() {
            let message =
                unknown_word("form", raw.form.get_ref(), VialForm::ALL.map(VialForm::code));
            findings.push(DefFinding::error(file, line_of(text, raw.form.span().start), message));
        }
        let doses = *raw.doses.get_ref();
        if doses == 0 {
            let message = Message::new("def-not-a-count").with("word", "0");
            findings.push(DefFinding::error(file, line_of(text, raw.doses.span().start), message));
        }
        vials.push(Vial {
            vaccine: raw.vaccine.into_inner(),
            provenance: provenance.clone(),
            doses,
            form: form.unwrap_or(VialForm::Liquid),
            freezes: raw.freezes,
            line,
            file: file.to_owned(),
        });
    }
    if findings.is_empty() { Ok(vials) } else { Err(findings) }
}
