//! Databases for tests, on both engines. Only built with the feature `trial`.
//!
//! The PostgreSQL server comes from `TRAM_TEST_POSTGRES` (see `tools/pg`); without it the tests fail,
//! they are never skipped.

use crate::db::{Db, Location, Mode, Opening};
use crate::error::Result;
use crate::scratch::Scratch;
use crate::sql::Engine;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tram_defs::{Definitions, SourceFile};
use tram_kernel::Moment;

/// A database of its own that disappears with this value.
pub struct Trial {
    pub location: Location,
    pub folder: PathBuf,
    _scratch: Scratch,
}

/// Both engines, in the order in which tests report them.
pub const ENGINES: [Engine; 2] = [Engine::Sqlite, Engine::Postgres];

/// Another seed for every opening: no two writers may have the same key.
static SEED: AtomicU64 = AtomicU64::new(1);

impl Trial {
    /// An empty database, not yet migrated.
    pub fn empty(engine: Engine) -> Self {
        let parent = std::env::temp_dir();
        let scratch = match engine {
            Engine::Sqlite => Scratch::sqlite(&parent).expect("a temporary folder"),
            Engine::Postgres => Scratch::postgres(&server(), &parent).expect("a test server"),
        };
        let (location, folder) = (scratch.location.clone(), scratch.folder.clone());
        Self { location, folder, _scratch: scratch }
    }

    /// A migrated database, open for writing.
    pub fn open(engine: Engine, now: Moment) -> (Self, Db) {
        let trial = Self::empty(engine);
        let defs = Arc::new(shipped());
        Db::migrate(&trial.location, &defs, now).expect("a migrated database");
        let db = trial.reopen(defs, now).expect("an open database");
        (trial, db)
    }

    pub fn reopen(&self, defs: Arc<Definitions>, now: Moment) -> Result<Db> {
        let mut seed = SEED.fetch_add(1, Ordering::Relaxed) << 32 | u64::from(std::process::id());
        let mut random = |bytes: &mut [u8]| {
            for byte in bytes {
                // A counter is random enough for a test and prints nothing secret.
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                *byte = (seed >> 33) as u8;
            }
        };
        Db::open(Opening {
            location: &self.location,
            mode: Mode::Write { holder: "trial" },
            defs,
            now,
            random: &mut random,
            state_dir: &self.folder,
            writers: 2,
        })
    }
}

/// The test server. Tests may lose everything on it.
pub fn server() -> String {
    let url = std::env::var("TRAM_TEST_POSTGRES");
    url.expect(
        "set TRAM_TEST_POSTGRES to a test server: export TRAM_TEST_POSTGRES=$(tools/pg start)",
    )
}

/// The definitions that ship with the program, read from the source tree.
pub fn shipped() -> Definitions {
    Definitions::load(&shipped_files()).expect("the shipped definitions are right")
}

/// The files of the shipped definitions.
pub fn shipped_files() -> Vec<SourceFile> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../definitions");
    let mut files = Vec::new();
    walk(&root, &root, &mut files);
    files
}

fn walk(root: &Path, folder: &Path, files: &mut Vec<SourceFile>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            walk(root, &path, files);
        } else {
            let relative = path.strip_prefix(root).expect("below the root").display().to_string();
            let text = std::fs::read_to_string(&path).expect("UTF-8");
            files.push(SourceFile { path: relative.into(), text: text.into() });
        }
    }
}
