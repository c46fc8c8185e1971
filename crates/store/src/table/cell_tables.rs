//! Kept numbers: what changed where since when, and the cells counted from it.

use super::Kind::{Blob, Int, Text};
use super::{Table, col};

/// Counts the changes of an area; the row lock puts them in commit order.
pub const AREA_STAMP: Table = Table {
    name: "area_stamp",
    columns: &[col("area", Int), col("n", Int)],
    key: &["area"],
    indexes: &[],
};

/// The last change that touched an area from this month on.
pub const AREA_MONTH: Table = Table {
    name: "area_month",
    columns: &[col("area", Int), col("month", Text), col("n", Int)],
    key: &["area", "month"],
    indexes: &[],
};

/// Counted numbers of an area: fresh while no later change touches it up to the end of the period.
pub const CELL: Table = Table {
    name: "cell",
    columns: &[
        col("area", Int),
        col("period", Text),
        col("n", Int),
        // The last day that was counted.
        col("as_of", Text),
        // Of all indicators together.
        col("version", Text),
        // Each indicator: sex and age group → numerator, denominator.
        col("counts", Blob),
    ],
    key: &["area", "period"],
    indexes: &[],
};
