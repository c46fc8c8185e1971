//! A column of a table for Excel, headed in words.

use crate::words::Words;
use tram_app::export::{Align, ColumnSpec, Kind};

/// Words stand left, days in the middle, numbers right.
pub fn table_column(words: &Words, code: &str, width: u16, kind: Kind) -> ColumnSpec {
    let align = match kind {
        Kind::Text => Align::Left,
        Kind::Day => Align::Centre,
        Kind::Count | Kind::Decimal(_) => Align::Right,
    };
    ColumnSpec { heading: words.say(code).into_owned(), width, align, kind }
}
