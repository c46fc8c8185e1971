//! The tables folded from facts. They may be dropped at any time: `rebuild` makes them again.

use super::Kind::{Blob, Int, Text};
use super::{
    AEFI, AREA_MONTH, AREA_STAMP, CAMPAIGN, CELL, COLD_INCIDENT, DELIVERY, ENTRY, EPISODE, FRIDGE,
    IMM_SESSION, LOT, MEASURE, READING, STOCK_MOVE, Table, VISIT_DUE, col, opt,
};

/// Raised when a table or a fold changes; an older database is folded again at `tram migrate`.
pub const PROJECTION_VERSION: i64 = 10;

pub const PROJECTIONS: &[Table] = &[
    PERSON,
    PERSON_TOKEN,
    PERSON_LINK,
    PERSON_DISTINCT,
    RESIDENCE,
    IDENTIFIER,
    MEMBERSHIP,
    BIRTH,
    DEATH,
    DELIVERY,
    CONTACT,
    MILESTONE,
    DOSE,
    DUE,
    AEFI,
    ENTRY,
    MEASURE,
    EPISODE,
    VISIT_DUE,
    HOUSEHOLD,
    HOUSEHOLD_STANDING,
    UNIT,
    UNIT_RELATION,
    AREA,
    UNIT_REACH,
    AREA_REACH,
    PLAN,
    TARGET,
    LOT,
    STOCK_MOVE,
    FRIDGE,
    READING,
    COLD_INCIDENT,
    IMM_SESSION,
    CAMPAIGN,
    USER,
    ROLE_GRANT,
    AREA_STAMP,
    AREA_MONTH,
    CELL,
];

/// What a list or a search result shows of a person.
pub const PERSON: Table = Table {
    name: "person",
    columns: &[
        col("person", Int),
        col("shard", Int),
        col("name", Text),
        col("folded", Text),
        col("sex", Text),
        col("born", Text),
        col("born_precision", Text),
        opt("ethnicity", Text),
        opt("died_on", Text),
        // Where they live, or lived last.
        opt("area", Int),
        col("away", Int),
        opt("household", Int),
        opt("mother", Int),
        opt("mother_name", Text),
        col("conflicts", Int),
    ],
    key: &["person", "shard"],
    indexes: &[
        ("person_look", "area, folded"),
        ("person_household", "household"),
        ("person_mother", "mother"),
    ],
};

/// Words and numbers a person is found by, by the area they belong to.
pub const PERSON_TOKEN: Table = Table {
    name: "person_token",
    columns: &[col("area", Int), col("token", Text), col("person", Int), col("shard", Int)],
    key: &["area", "token", "person", "shard"],
    indexes: &[],
};

/// Records that are read as part of another one; they have no other rows.
pub const PERSON_LINK: Table = Table {
    name: "person_link",
    columns: &[col("person", Int), col("shard", Int), col("head", Int)],
    key: &["person", "shard"],
    indexes: &[("person_link_head", "head")],
};

/// Records that look alike and were found to be of two people.
pub const PERSON_DISTINCT: Table = Table {
    name: "person_distinct",
    columns: &[col("person", Int), col("other", Int), col("shard", Int)],
    key: &["person", "other", "shard"],
    indexes: &[],
};

pub const RESIDENCE: Table = Table {
    name: "residence",
    columns: &[
        col("person", Int),
        col("from_on", Text),
        col("shard", Int),
        col("area", Int),
        // 1 when it makes the person part of the population.
        col("counted", Int),
        // 1 when somebody came to live here: not born here, nor written down for the first time.
        col("moved", Int),
        col("kind", Text),
        opt("to_on", Text),
        col("n", Int),
        // Of the person: a count of residents asks for nothing else.
        col("sex", Text),
        col("born", Text),
        opt("died_on", Text),
    ],
    key: &["person", "from_on", "n", "shard"],
    indexes: &[("residence_area", "area, from_on, to_on, counted, sex, born, died_on, person")],
};

pub const IDENTIFIER: Table = Table {
    name: "identifier",
    columns: &[
        col("person", Int),
        col("n", Int),
        col("shard", Int),
        col("kind", Text),
        col("value", Text),
        opt("from_on", Text),
        opt("to_on", Text),
    ],
    key: &["person", "n", "shard"],
    indexes: &[("identifier_value", "value, kind")],
};

pub const MEMBERSHIP: Table = Table {
    name: "membership",
    columns: &[
        col("household", Int),
        col("person", Int),
        col("from_on", Text),
        col("shard", Int),
        col("relation", Text),
        opt("to_on", Text),
        col("n", Int),
    ],
    key: &["household", "person", "from_on", "n", "shard"],
    indexes: &[("membership_person", "person, from_on, to_on, household")],
};

/// Live births (on the child) and stillbirths (on the mother).
pub const BIRTH: Table = Table {
    name: "birth",
    columns: &[
        col("area", Int),
        col("born_on", Text),
        col("person", Int),
        col("n", Int),
        col("shard", Int),
        col("sex", Text),
        col("alive", Int),
        opt("birth_order", Int),
        // Code of `lists/birth_place.csv`.
        opt("place", Text),
        opt("grams", Int),
    ],
    key: &["area", "born_on", "person", "n", "shard"],
    indexes: &[],
};

pub const DEATH: Table = Table {
    name: "death",
    columns: &[
        col("area", Int),
        col("died_on", Text),
        col("person", Int),
        col("shard", Int),
        col("sex", Text),
        col("age_months", Int),
        col("age_days", Int),
    ],
    key: &["area", "died_on", "person", "shard"],
    indexes: &[],
};

/// Days on which a person was seen or the record confirmed.
pub const CONTACT: Table = Table {
    name: "contact",
    columns: &[col("person", Int), col("seen_on", Text), col("shard", Int)],
    key: &["person", "seen_on", "shard"],
    indexes: &[],
};

/// Results of a programme with the age at which they were reached.
pub const MILESTONE: Table = Table {
    name: "milestone",
    columns: &[
        col("person", Int),
        col("code", Text),
        col("shard", Int),
        col("on_day", Text),
        col("age_months", Int),
        col("age_days", Int),
    ],
    key: &["person", "code", "shard"],
    indexes: &[],
};

/// Doses given, one row a series they serve; `number` is null when it does not count. A dose that serves
/// no series has one row with an empty one: it was taken from a lot all the same.
pub const DOSE: Table = Table {
    name: "dose",
    columns: &[
        col("person", Int),
        col("n", Int),
        col("series", Text),
        col("shard", Int),
        opt("number", Int),
        col("given_on", Text),
        col("vaccine", Text),
        opt("lot", Text),
        opt("giver", Int),
        col("age_months", Int),
        col("age_days", Int),
    ],
    key: &["person", "n", "series", "shard"],
    // What a unit gave on a day, and what it took of its lots: answered from the index alone.
    indexes: &[("dose_given", "giver, given_on, vaccine, lot, person, n")],
};

/// What is owed: one row a dose that may be asked for now or later.
pub const DUE: Table = Table {
    name: "due",
    columns: &[
        col("area", Int),
        col("person", Int),
        col("series", Text),
        col("shard", Int),
        col("number", Int),
        col("due_on", Text),
        col("overdue_on", Text),
        col("until_on", Text),
        opt("deferred", Text),
    ],
    key: &["area", "person", "series", "shard"],
    indexes: &[],
};

pub const HOUSEHOLD: Table = Table {
    name: "household",
    columns: &[
        col("household", Int),
        col("shard", Int),
        col("area", Int),
        opt("code", Text),
        opt("address", Text),
        opt("poverty", Text),
    ],
    key: &["household", "shard"],
    indexes: &[("household_area", "area, code")],
};

/// How a household lived when; the first row has no beginning, the last one no end.
pub const HOUSEHOLD_STANDING: Table = Table {
    name: "household_standing",
    columns: &[
        col("household", Int),
        col("n", Int),
        col("shard", Int),
        // Code of `lists/poverty.csv`.
        opt("poverty", Text),
        opt("from_on", Text),
        opt("to_on", Text),
    ],
    key: &["household", "n", "shard"],
    indexes: &[],
};

pub const UNIT: Table = Table {
    name: "unit",
    columns: &[
        col("unit", Int),
        col("shard", Int),
        col("name", Text),
        col("folded", Text),
        col("kind", Text),
        opt("commune", Int),
        opt("facility_code", Text),
        opt("closed_on", Text),
    ],
    key: &["unit", "shard"],
    indexes: &[],
};

pub const UNIT_RELATION: Table = Table {
    name: "unit_relation",
    columns: &[
        col("unit", Int),
        col("n", Int),
        col("shard", Int),
        col("kind", Text),
        col("parent", Int),
        col("from_on", Text),
        opt("to_on", Text),
    ],
    key: &["unit", "n", "shard"],
    indexes: &[("unit_relation_parent", "parent")],
};

pub const AREA: Table = Table {
    name: "area",
    columns: &[
        col("area", Int),
        col("shard", Int),
        col("name", Text),
        col("kind", Text),
        col("full_name", Text),
        col("commune", Int),
        col("commune_from", Text),
        opt("unit", Int),
    ],
    key: &["area", "shard"],
    indexes: &[("area_unit", "unit")],
};

/// Which units a unit reaches, in which sense, on which days.
pub const UNIT_REACH: Table = Table {
    name: "unit_reach",
    columns: &[
        col("top", Int),
        col("reach", Int),
        col("unit", Int),
        col("from_on", Text),
        opt("to_on", Text),
    ],
    key: &["top", "reach", "unit", "from_on"],
    indexes: &[],
};

/// Which areas a unit reaches. Never the same area twice on one day.
pub const AREA_REACH: Table = Table {
    name: "area_reach",
    columns: &[
        col("top", Int),
        col("reach", Int),
        col("area", Int),
        col("from_on", Text),
        opt("to_on", Text),
    ],
    key: &["top", "reach", "area", "from_on"],
    indexes: &[("area_reach_area", "area, reach")],
};

pub const PLAN: Table = Table {
    name: "plan",
    columns: &[
        col("plan", Int),
        col("shard", Int),
        col("title", Text),
        opt("number", Text),
        col("year", Int),
        col("unit", Int),
    ],
    key: &["plan", "shard"],
    indexes: &[],
};

/// One row of a target table; the body is the fact, read by `domain`.
pub const TARGET: Table = Table {
    name: "target",
    columns: &[
        col("plan", Int),
        col("row_number", Int),
        col("shard", Int),
        opt("indicator", Text),
        col("body", Blob),
    ],
    key: &["plan", "row_number", "shard"],
    indexes: &[],
};

pub const USER: Table = Table {
    name: "app_user",
    columns: &[
        col("user_key", Int),
        col("shard", Int),
        col("login", Text),
        col("name", Text),
        opt("closed_on", Text),
    ],
    key: &["user_key", "shard"],
    indexes: &[("app_user_login", "login")],
};

pub const ROLE_GRANT: Table = Table {
    name: "role_grant",
    columns: &[
        col("user_key", Int),
        col("n", Int),
        col("shard", Int),
        col("role", Text),
        col("unit", Int),
        col("from_on", Text),
        opt("to_on", Text),
    ],
    key: &["user_key", "n", "shard"],
    indexes: &[("role_grant_unit", "unit")],
};
