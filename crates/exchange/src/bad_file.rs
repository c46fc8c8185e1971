//! Why a file cannot be read at all. What is wrong inside a row is a finding, not one of these.

use tram_kernel::Message;

/// A file that is refused as a whole.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadFile {
    #[error("nothing in it")]
    Empty,
    #[error("larger than {limit_mib} MiB")]
    TooLarge { limit_mib: usize },
    #[error("something below row {limit}")]
    TooManyRows { limit: u32 },
    #[error("something right of column {limit}")]
    TooManyColumns { limit: u32 },
    #[error("more than {limit} cells")]
    TooManyCells { limit: usize },
    /// Unpacks to too much, has too many parts, or packs archives inside an archive.
    #[error("an archive beyond the limits")]
    ArchiveLimit,
    /// A part whose name leads out of the archive, or a link.
    #[error("a part with a path of its own")]
    Path,
    /// Cut off, altered, or never a spreadsheet.
    #[error("corrupt")]
    Corrupt,
    #[error("protected by a password")]
    Password,
    #[error("carries macros")]
    Macro,
    /// Excel 97–2003 (.xls) or the binary .xlsb.
    #[error("an old or binary Excel format")]
    OldExcel,
    /// Another kind of file: `pdf`, `image`, `docx`, `ods`, `html`, `xml`, `zip`.
    #[error("not a table but {kind}")]
    NotATable { kind: &'static str },
    /// Declares its own document type or entities.
    #[error("xml with a DTD")]
    XmlDtd,
    /// Not Unicode; `guess` is `tcvn3`, `vni`, `viscii`, `windows-1258`, `utf-8-twice`, `utf-16` or
    /// `unknown`.
    #[error("not Unicode, perhaps {guess}")]
    Encoding { guess: &'static str },
    /// Both counted from 1.
    #[error("invalid UTF-8 at byte {byte}, line {line}")]
    InvalidUtf8 { byte: usize, line: usize },
    /// A quotation mark that never closes swallows the rest of a CSV.
    #[error("a quotation mark of line {line} is never closed")]
    OpenQuote { line: u32 },
}

impl BadFile {
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Empty => "file-empty",
            Self::TooLarge { .. } => "file-too-large",
            Self::TooManyRows { .. } => "file-too-many-rows",
            Self::TooManyColumns { .. } => "file-too-many-columns",
            Self::TooManyCells { .. } => "file-too-many-cells",
            Self::ArchiveLimit => "file-archive-limit",
            Self::Path => "file-path",
            Self::Corrupt => "file-corrupt",
            Self::Password => "file-protected",
            Self::Macro => "file-protected-macro",
            Self::OldExcel => "file-protected-old",
            Self::NotATable { .. } => "file-not-a-table",
            Self::XmlDtd => "file-xml-dtd",
            Self::Encoding { .. } => "file-encoding",
            Self::InvalidUtf8 { .. } => "file-invalid-utf8",
            Self::OpenQuote { .. } => "file-open-quote",
        }
    }

    pub fn message(&self) -> Message {
        let message = Message::new(self.code());
        match *self {
            Self::TooLarge { limit_mib } => message.with("limit", limit_mib),
            Self::TooManyRows { limit } | Self::TooManyColumns { limit } => {
                message.with("limit", i64::from(limit))
            }
            Self::TooManyCells { limit } => message.with("limit", limit),
            Self::NotATable { kind } => message.with("kind", kind),
            Self::Encoding { guess } => message.with("guess", guess),
            Self::InvalidUtf8 { byte, line } => message.with("byte", byte).with("line", line),
            Self::OpenQuote { line } => message.with("line", i64::from(line)),
            _ => message,
        }
    }
}
