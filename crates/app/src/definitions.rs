//! The definitions in use: the built-in set, or the one named by the newest adoption.

use crate::actor::Actor;
use crate::authority::Resource;
use crate::failure::Failure;
use crate::opening::App;
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::sync::Arc;
use tram_defs::role::Action;
use tram_defs::{DefFinding, Definitions, SourceFile};
use tram_domain::fact::{Body, DefinitionsAdopted, Draft, Fact};
use tram_kernel::{FileId, Message, Moment};
use tram_store::{Db, StoreError, attachment, log};

mod packed {
    include!(concat!(env!("OUT_DIR"), "/packed.rs"));
}

/// The files packed into this program.
pub fn built_in_files() -> Vec<SourceFile> {
    packed::FILES
        .iter()
        .map(|(path, text)| SourceFile { path: Cow::Borrowed(path), text: Cow::Borrowed(text) })
        .collect()
}

/// The set packed into this program; it was checked when the program was built.
pub fn built_in() -> Definitions {
    Definitions::load(&built_in_files()).expect("checked when the program was built")
}

/// One text for a whole set: path, length and content of each file, in order of path.
pub fn bundle(files: &[SourceFile]) -> Vec<u8> {
    let mut files: Vec<&SourceFile> = files.iter().collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let mut out = b"tram-definitions-1\n".to_vec();
    for file in files {
        out.extend_from_slice(format!("{}\n{}\n", file.path, file.text.len()).as_bytes());
        out.extend_from_slice(file.text.as_bytes());
    }
    out
}

/// The inverse of [`bundle`]. `None` when the bytes are not one.
pub fn unbundle(bytes: &[u8]) -> Option<Vec<SourceFile>> {
    let text = std::str::from_utf8(bytes).ok()?;
    let mut rest = text.strip_prefix("tram-definitions-1\n")?;
    let mut files = Vec::new();
    while !rest.is_empty() {
        let (path, after) = rest.split_once('\n')?;
        let (length, after) = after.split_once('\n')?;
        let (content, after) = after.split_at_checked(length.parse().ok()?)?;
        files.push(SourceFile { path: path.to_owned().into(), text: content.to_owned().into() });
        rest = after;
    }
    Some(files)
}

/// Puts the newest adopted set into use; a set that cannot be read leaves the last good one.
pub(crate) fn use_adopted(db: &Db) -> Result<(), StoreError> {
    let nodes = db.nodes();
    let adopted = db.read(|sql| {
        let mut newest: Option<((Moment, _), Vec<u8>)> = None;
        log::each_of_kind(sql, &nodes, 6, None, &mut |_, _, _, facts| {
            for known in facts {
                if let Body::DefinitionsAdopted(body) = &known.fact.body {
                    let order = known.order();
                    if newest.as_ref().is_none_or(|(before, _)| *before < order) {
                        newest = Some((order, body.sha256.clone()));
                    }
                }
            }
            Ok(())
        })?;
        match newest {
            Some((_, sha256)) => attachment::get(sql, &sha256),
            None => Ok(None),
        }
    })?;
    let files = adopted.as_deref().and_then(unbundle);
    match files.map(|files| Definitions::load(&files)) {
        Some(Ok(defs)) => db.use_definitions(Arc::new(defs)),
        Some(Err(findings)) => {
            tracing::error!(findings = findings.len(), "the adopted definitions are broken");
        }
        None => {}
    }
    Ok(())
}

impl App {
    /// The definitions in use.
    pub fn definitions(&self) -> Arc<Definitions> {
        self.db.definitions()
    }

    /// The definitions in use, for somebody who asks to read them.
    pub fn read_definitions(&self, actor: &Actor) -> Result<Arc<Definitions>, Failure> {
        self.read(actor, Action::DefinitionsRead, Resource::InReach, |_, _| Ok(self.definitions()))
    }

    /// Checks a set and, when it is right, records its adoption and puts it into use. The tables are
    /// folded again, because the rules may say something else now.
    pub fn adopt_definitions(
        &self,
        actor: &Actor,
        name: &str,
        files: &[SourceFile],
    ) -> Result<Result<[u8; 32], Vec<DefFinding>>, Failure> {
        let defs = match Definitions::load(files) {
            Ok(defs) => defs,
            Err(findings) => return Ok(Err(findings)),
        };
        let findings = defs.check_places();
        if !findings.is_empty() {
            return Ok(Err(findings));
        }
        let bytes = bundle(files);
        let sha256: [u8; 32] = Sha256::digest(&bytes).into();
        let now = self.clock.now();
        let id = FileId::from_u128(self.new_id());
        let reach = self.db.write(now, |tx| {
            self.check(tx.sql(), actor, Action::DefinitionsWrite, Resource::InReach)?;
            attachment::put(tx.sql(), &bytes, "text/x-tram-definitions", now.ms())?;
            let body = DefinitionsAdopted { sha256: sha256.into(), name: name.into() };
            let fact = Fact::new(id.into(), tram_store::rebuild::nowhere(), now.day(), body.into());
            let draft = Draft {
                action: "definitions.adopt",
                user: actor.user,
                role: Some(actor.role.clone()),
                unit: Some(actor.unit),
                recorded_at: now,
                reason: None,
                acknowledged: Vec::new(),
                facts: vec![fact],
            };
            tx.append(&draft)?;
            Ok::<_, Failure>(())
        });
        reach?;
        self.db.use_definitions(Arc::new(defs));
        self.rebuild()?;
        Ok(Ok(sha256))
    }
}

/// A message for the case that nothing is known under a code.
pub(crate) fn unknown(what: &'static str, code: &str) -> Message {
    Message::new("unknown-code").with("what", what).with("code", code)
}
