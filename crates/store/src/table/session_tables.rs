//! Tables folded from vaccination days, campaigns and deliveries.

use super::Kind::{Int, Text};
use super::{Table, col, opt};

/// Women who gave birth, in the area where they lived on that day.
pub const DELIVERY: Table = Table {
    name: "delivery",
    columns: &[
        col("area", Int),
        col("on_day", Text),
        col("person", Int),
        col("shard", Int),
        col("sex", Text),
        col("age_months", Int),
        col("age_days", Int),
        // The mother's doses protected the child from tetanus.
        col("tetanus", Int),
        // From when weeks of that pregnancy are counted; null when nobody wrote it down.
        opt("begun_on", Text),
    ],
    key: &["area", "on_day", "person", "shard"],
    indexes: &[("delivery_person", "person")],
};

/// One vaccination day of a unit.
pub const IMM_SESSION: Table = Table {
    name: "imm_session",
    columns: &[
        col("session", Int),
        col("shard", Int),
        col("unit", Int),
        col("on_day", Text),
        opt("minute", Int),
        col("place", Text),
        opt("point", Text),
        // Codes, with a space between.
        col("series", Text),
        opt("campaign", Int),
        col("invited", Int),
        // How it ended; null while it has not.
        opt("ended", Text),
    ],
    key: &["session", "shard"],
    indexes: &[("imm_session_unit", "unit, on_day")],
};

/// One vaccine for everybody of some ages.
pub const CAMPAIGN: Table = Table {
    name: "campaign",
    columns: &[
        col("campaign", Int),
        col("shard", Int),
        col("unit", Int),
        col("name", Text),
        col("series", Text),
        col("born_from", Text),
        col("born_to", Text),
        opt("sex", Text),
        col("first_on", Text),
        col("last_on", Text),
        opt("document", Text),
        opt("ended_on", Text),
    ],
    key: &["campaign", "shard"],
    indexes: &[("campaign_unit", "unit, last_on")],
};
