//! The tables that are never dropped: the log and what belongs to this database alone.

use super::Kind::{Blob, Int, Text};
use super::{Table, col, opt};

/// Everything created by the first migration.
pub const LOG: &[Table] = &[
    SUBJECT,
    CHANGE_SET,
    FACT,
    NODE,
    CHAIN,
    FEED_HEAD,
    COMMAND,
    ATTACHMENT,
    IMPORT_FILE,
    IMPORT_ROW,
    JOB,
    OUTBOX,
    AUDIT,
    CREDENTIAL,
    SESSION,
    LOGIN_FAILURE,
    DRAFT,
    RECENT_SAVE,
    COMPUTER,
    CITIZEN_ACCESS,
    EMERGENCY_ACCESS,
];

/// The tables added by the third migration.
pub const DESK: &[Table] = &[DRAFT, RECENT_SAVE, COMPUTER];

/// Whom facts are about. The 16-byte id is stored here once; every other table uses the local key.
pub const SUBJECT: Table = Table {
    name: "subject",
    columns: &[
        col("subject", Int),
        col("shard", Int),
        col("kind", Int),
        col("id", Blob),
        // Counts writes; raising it first is what keeps two writers of one subject apart.
        col("rev", Int),
    ],
    key: &["subject", "shard"],
    // Unique, see `UNIQUE`. A database spread over machines can only promise uniqueness within a shard,
    // so the shard is part of it. That is enough: an id is made once, by one user action, whose facts
    // carry one shard; only the same action carried out twice could open it a second time.
    indexes: &[("subject_id", "id, shard")],
};

/// One user action. `learned_at` and `learned_seq` say when this database came to know it.
pub const CHANGE_SET: Table = Table {
    name: "change_set",
    columns: &[
        col("change_set", Int),
        col("shard", Int),
        col("node", Int),
        col("epoch", Int),
        col("seq", Int),
        col("header", Blob),
        col("hash", Blob),
        col("learned_at", Int),
        col("learned_seq", Int),
    ],
    key: &["change_set", "shard"],
    indexes: &[("change_set_chain", "node, epoch, seq")],
};

/// One fact. `body` becomes null when it is lawfully erased or withheld; `digest` then keeps the chain.
pub const FACT: Table = Table {
    name: "fact",
    columns: &[
        col("change_set", Int),
        col("ordinal", Int),
        col("shard", Int),
        col("subject", Int),
        col("compartment", Int),
        opt("body", Blob),
        opt("digest", Blob),
    ],
    key: &["change_set", "ordinal", "shard"],
    indexes: &[("fact_subject", "subject")],
};

/// Writers known here, one row an epoch.
pub const NODE: Table = Table {
    name: "node",
    columns: &[
        col("node", Int),
        col("id", Blob),
        col("epoch", Int),
        col("public_key", Blob),
        col("label", Text),
        col("since", Int),
    ],
    key: &["node"],
    indexes: &[("node_id", "id")],
};

/// Head of each chain: last sequence number, its hash, and the writer's signature over both.
pub const CHAIN: Table = Table {
    name: "chain",
    columns: &[
        col("node", Int),
        col("epoch", Int),
        col("seq", Int),
        col("hash", Blob),
        col("signature", Blob),
    ],
    key: &["node", "epoch"],
    indexes: &[],
};

/// Last `learned_seq` of each shard; its row lock makes the numbers gap-free in commit order.
pub const FEED_HEAD: Table = Table {
    name: "feed_head",
    columns: &[col("shard", Int), col("n", Int)],
    key: &["shard"],
    indexes: &[],
};

/// Commands already carried out, by the key the asker chose.
pub const COMMAND: Table = Table {
    name: "command",
    columns: &[col("command", Blob), col("request", Blob), col("answer", Text), col("at", Int)],
    key: &["command"],
    indexes: &[],
};

/// Files by their content.
pub const ATTACHMENT: Table = Table {
    name: "attachment",
    columns: &[
        col("sha256", Blob),
        col("size", Int),
        col("media", Text),
        col("bytes", Blob),
        col("at", Int),
    ],
    key: &["sha256"],
    indexes: &[],
};

/// A list brought in: staged, applied, undone.
pub const IMPORT_FILE: Table = Table {
    name: "import_file",
    columns: &[
        col("file", Int),
        col("sha256", Blob),
        col("name", Text),
        col("kind", Text),
        col("unit", Int),
        opt("by", Blob),
        col("at", Int),
        col("state", Text),
        col("mapping", Text),
        col("rows", Int),
        col("errors", Int),
        col("warnings", Int),
        col("added", Int),
        col("updated", Int),
        col("unchanged", Int),
    ],
    key: &["file"],
    indexes: &[("import_file_sha", "sha256")],
};

/// One staged row with what was found in it.
pub const IMPORT_ROW: Table = Table {
    name: "import_row",
    columns: &[
        col("file", Int),
        col("row_number", Int),
        col("cells", Text),
        col("findings", Text),
        col("outcome", Text),
        opt("person", Int),
    ],
    key: &["file", "row_number"],
    indexes: &[],
};

/// Work that goes on in the background and survives a restart.
pub const JOB: Table = Table {
    name: "job",
    columns: &[
        col("job", Int),
        col("kind", Text),
        col("body", Text),
        col("state", Text),
        col("run_at", Int),
        col("tries", Int),
        opt("holder", Text),
        opt("said", Text),
    ],
    key: &["job"],
    indexes: &[("job_due", "state, run_at")],
};

/// Messages to other systems, delivered at least once.
pub const OUTBOX: Table = Table {
    name: "outbox",
    columns: &[
        col("message", Int),
        col("shard", Int),
        col("destination", Text),
        col("dedup", Blob),
        col("body", Blob),
        col("state", Text),
        col("at", Int),
        col("tries", Int),
    ],
    key: &["message", "shard"],
    indexes: &[("outbox_dedup", "destination, dedup")],
};

/// Who read and wrote what; chained by hash, one chain a writer.
pub const AUDIT: Table = Table {
    name: "audit",
    columns: &[
        col("node", Int),
        col("seq", Int),
        col("at", Int),
        opt("by", Blob),
        opt("role", Text),
        opt("unit", Int),
        col("action", Text),
        col("outcome", Text),
        opt("subject", Int),
        opt("detail", Text),
        col("hash", Blob),
    ],
    key: &["node", "seq"],
    indexes: &[("audit_subject", "subject"), ("audit_at", "at")],
};

/// Password hashes. Never facts, never synced.
pub const CREDENTIAL: Table = Table {
    name: "credential",
    columns: &[col("user_id", Blob), col("hash", Text), col("changed_at", Int)],
    key: &["user_id"],
    indexes: &[],
};

/// Signed-in sessions; only the hash of the token is kept.
pub const SESSION: Table = Table {
    name: "session",
    columns: &[
        col("token", Blob),
        col("user_id", Blob),
        col("role", Text),
        col("unit", Blob),
        col("form_token", Blob),
        col("language", Text),
        // The last search: what is typed there is a name, and names do not belong in addresses.
        opt("seeking", Text),
        col("started_at", Int),
        col("seen_at", Int),
    ],
    key: &["token"],
    indexes: &[("session_by_user", "user_id")],
};

/// Failed sign-ins, for the growing delay. Successes are not counted.
pub const LOGIN_FAILURE: Table = Table {
    name: "login_failure",
    columns: &[col("login", Text), col("n", Int), col("last_at", Int)],
    key: &["login"],
    indexes: &[],
};

/// Forms somebody has begun to fill in, kept for themself until they are saved.
pub const DRAFT: Table = Table {
    name: "draft",
    columns: &[
        col("user_id", Blob),
        col("form", Text),
        col("body", Text),
        col("seen", Text),
        col("at", Int),
    ],
    key: &["user_id", "form"],
    indexes: &[("draft_at", "at")],
};

/// Saves of the last minutes, by their place in the log: their author may take them back at once.
pub const RECENT_SAVE: Table = Table {
    name: "recent_save",
    columns: &[
        col("user_id", Blob),
        col("node", Int),
        col("epoch", Int),
        col("seq", Int),
        col("subject", Int),
        col("action", Text),
        col("at", Int),
    ],
    key: &["user_id", "node", "epoch", "seq"],
    indexes: &[("recent_save_at", "at")],
};

/// Who signed in on a computer lately; the computer is known by the hash of a token it keeps.
pub const COMPUTER: Table = Table {
    name: "computer",
    columns: &[col("computer", Blob), col("user_id", Blob), col("at", Int)],
    key: &["computer", "user_id"],
    indexes: &[("computer_at", "at")],
};

/// Codes by which somebody opens their own record once; of code and token only the hashes are kept.
pub const CITIZEN_ACCESS: Table = Table {
    name: "citizen_access",
    columns: &[
        col("code", Blob),
        col("person", Blob),
        // The unit that gave it out.
        col("unit", Blob),
        col("made_at", Int),
        col("wrong", Int),
        opt("token", Blob),
        opt("opened_at", Int),
    ],
    key: &["code"],
    indexes: &[("citizen_access_person", "person"), ("citizen_access_token", "token")],
};

/// Records whose compartments somebody opened in an emergency, for an hour.
pub const EMERGENCY_ACCESS: Table = Table {
    name: "emergency_access",
    columns: &[
        col("user_id", Blob),
        col("person", Blob),
        col("opened_at", Int),
        col("reason", Text),
    ],
    key: &["user_id", "person"],
    indexes: &[],
};

/// The tables added by the fourth migration.
pub const ACCESS: &[Table] = &[CITIZEN_ACCESS, EMERGENCY_ACCESS];
