//! Tables of entry forms and programmes: one row an entry with its body, one narrow row a measure.

use super::Kind::{Blob, Int, Text};
use super::{Table, col, opt};

/// Entries of forms that count.
pub const ENTRY: Table = Table {
    name: "entry",
    columns: &[
        col("person", Int),
        col("n", Int),
        col("shard", Int),
        col("form", Text),
        opt("programme", Text),
        col("on_day", Text),
        // The unit that wrote it down.
        opt("unit", Int),
        col("compartment", Int),
        col("contested", Int),
        // The fact, read by `domain`.
        col("body", Blob),
    ],
    key: &["person", "n", "shard"],
    indexes: &[
        ("entry_person", "person, form, on_day"),
        ("entry_form", "form, on_day, unit, person, n"),
    ],
};

/// What was asked of somebody under one code, whichever form asked it.
pub const MEASURE: Table = Table {
    name: "measure",
    columns: &[
        col("person", Int),
        // Code of `measures.toml`.
        col("code", Text),
        col("on_day", Text),
        // Of the entry it stands in.
        col("n", Int),
        col("shard", Int),
        // Thousandths; 1 and 0 of a yes and a no.
        opt("number", Int),
        // Code of a choice, or a day.
        opt("word", Text),
        col("compartment", Int),
    ],
    key: &["person", "code", "on_day", "n", "shard"],
    indexes: &[],
};

/// Who is, or was, followed by which programme.
pub const EPISODE: Table = Table {
    name: "episode",
    columns: &[
        col("person", Int),
        col("programme", Text),
        col("from_on", Text),
        col("n", Int),
        col("shard", Int),
        // Where they live, or lived last.
        col("area", Int),
        opt("to_on", Text),
        opt("outcome", Text),
        opt("source", Text),
        opt("unit", Int),
        col("compartment", Int),
    ],
    key: &["person", "programme", "from_on", "n", "shard"],
    indexes: &[("episode_area", "programme, area, to_on, person")],
};

/// Visits that are or will be due, and people to be looked at for a programme (an empty visit).
pub const VISIT_DUE: Table = Table {
    name: "visit_due",
    columns: &[
        col("area", Int),
        col("person", Int),
        col("programme", Text),
        col("visit", Text),
        col("shard", Int),
        col("from_on", Text),
        col("due_on", Text),
        col("overdue_on", Text),
        col("lost_on", Text),
        // Asked for no more from this day on.
        opt("until_on", Text),
        col("compartment", Int),
    ],
    key: &["area", "person", "programme", "visit", "shard"],
    indexes: &[("visit_due_person", "person")],
};
