//! Tables folded from the stock book, the cold chain and adverse events.

use super::Kind::{Int, Text};
use super::{Table, col, opt};

/// One lot of one item at one unit. `quantity` is the sum of its movements; the doses given to people are
/// counted from their records.
pub const LOT: Table = Table {
    name: "lot",
    columns: &[
        col("lot", Int),
        col("shard", Int),
        col("unit", Int),
        col("kind", Text),
        col("item", Text),
        // As printed on the box, and as it is compared.
        col("name", Text),
        col("code", Text),
        opt("expires_on", Text),
        opt("maker", Text),
        opt("per_pack", Int),
        col("quantity", Int),
        opt("blocked_on", Text),
        opt("vvm", Int),
        col("open_vials", Int),
        col("conflicts", Int),
    ],
    key: &["lot", "shard"],
    indexes: &[("lot_unit", "unit, kind")],
};

/// What came to a lot and what left it.
pub const STOCK_MOVE: Table = Table {
    name: "stock_move",
    columns: &[
        col("lot", Int),
        col("n", Int),
        col("shard", Int),
        col("on_day", Text),
        col("code", Text),
        // Negative when it left.
        col("quantity", Int),
        opt("reason", Text),
    ],
    key: &["lot", "n", "shard"],
    indexes: &[],
};

pub const FRIDGE: Table = Table {
    name: "fridge",
    columns: &[
        col("fridge", Int),
        col("shard", Int),
        col("unit", Int),
        col("name", Text),
        opt("model", Text),
        col("since_on", Text),
        opt("retired_on", Text),
    ],
    key: &["fridge", "shard"],
    indexes: &[("fridge_unit", "unit")],
};

/// The readings that stand: of each slot of a day the last one.
pub const READING: Table = Table {
    name: "reading",
    columns: &[
        col("fridge", Int),
        col("on_day", Text),
        col("n", Int),
        col("shard", Int),
        col("slot", Text),
        // Tenths of a degree Celsius.
        col("tenths", Int),
        opt("minute", Int),
    ],
    key: &["fridge", "on_day", "n", "shard"],
    indexes: &[],
};

pub const COLD_INCIDENT: Table = Table {
    name: "cold_incident",
    columns: &[
        col("fridge", Int),
        col("n", Int),
        col("shard", Int),
        col("on_day", Text),
        opt("until_on", Text),
        opt("decision", Text),
    ],
    key: &["fridge", "n", "shard"],
    indexes: &[],
};

/// Adverse events following immunisation.
pub const AEFI: Table = Table {
    name: "aefi",
    columns: &[
        col("person", Int),
        col("n", Int),
        col("shard", Int),
        // The unit that looks after it.
        col("unit", Int),
        col("on_day", Text),
        col("severe", Int),
        col("outcome", Text),
        // Milliseconds UTC: until when the report is owed, and when the last receiver had it.
        opt("report_until", Int),
        opt("told_at", Int),
        col("concluded", Int),
    ],
    key: &["person", "n", "shard"],
    indexes: &[("aefi_unit", "unit, on_day")],
};
