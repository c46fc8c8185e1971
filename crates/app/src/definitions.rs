//! The definitions in use: the built-in set, or the one named by the newest adoption.

use crate::actor::Actor;
use crate::authority::Resource;
use crate::failure::Failure;
use crate::opening::App;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;
use tram_defs::bundle::{bundle, unbundle};
use tram_defs::finding::overlay_of;
use tram_defs::role::Action;
use tram_defs::{DefFinding, Definitions, SourceFile};
use tram_domain::fact::{Body, DefinitionsAdopted, Fact};
use tram_kernel::{Date, FileId, Message, Moment};
use tram_store::node::{KnownNode, from_hex, hex};
use tram_store::{Db, Sql, StoreError, attachment, log, rebuild};

#[cfg(test)]
mod tests;

type Nodes = BTreeMap<i64, KnownNode>;

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

/// The newest adoption by the day from which it holds, that day included; of one day, the last recorded.
fn adopted(sql: &mut dyn Sql, nodes: &Nodes, today: Date) -> Result<Option<Vec<u8>>, StoreError> {
    let mut newest = None;
    log::each_of_kind(sql, nodes, 6, None, &mut |_, _, _, facts| {
        for known in facts.iter().filter(|known| known.fact.happened_on <= today) {
            if let Body::DefinitionsAdopted(body) = &known.fact.body {
                let order = (known.fact.happened_on, known.order());
                if newest.as_ref().is_none_or(|(before, _)| *before < order) {
                    newest = Some((order, body.sha256.clone()));
                }
            }
        }
        Ok(())
    })?;
    Ok(newest.map(|(_, sha256)| sha256))
}

/// Reads the set with a hash; `None` when it is not here or cannot be read any more.
fn kept(sql: &mut dyn Sql, sha256: &[u8]) -> Result<Option<Definitions>, StoreError> {
    let files = attachment::get(sql, sha256)?.as_deref().and_then(unbundle);
    match files.map(|files| Definitions::load(&files)) {
        Some(Ok(defs)) => Ok(Some(defs)),
        Some(Err(findings)) => {
            tracing::error!(findings = findings.len(), "the adopted definitions are broken");
            Ok(None)
        }
        None => Ok(None),
    }
}

/// Puts the newest adopted set into use; a set that cannot be read leaves the last good one.
pub(crate) fn use_adopted(db: &Db, today: Date) -> Result<(), StoreError> {
    let nodes = db.nodes();
    let found = db.read(|sql| match adopted(sql, &nodes, today)? {
        Some(sha256) => kept(sql, &sha256),
        None => Ok(None),
    })?;
    if let Some(defs) = found {
        db.use_definitions(Arc::new(defs));
    }
    Ok(())
}

/// Folds the tables again when they follow other definitions than those in use: the program was
/// renewed, or the day came from which an adopted set holds.
pub(crate) fn heal(db: &Db, now: Moment) -> Result<(), StoreError> {
    let defs = db.definitions();
    let folded = db.read(rebuild::folded_with)?;
    if folded.as_deref() == Some(hex(&defs.sha256).as_str()) {
        return Ok(());
    }
    tracing::info!("the tables follow other definitions and are folded again");
    db.write_plain(now, |sql| rebuild::rebuild(sql, &defs))?;
    Ok(())
}

/// Notices that another process adopted a set: asked at the beginning of each use case.
pub(crate) fn renew(db: &Db, sql: &mut dyn Sql) -> Result<(), StoreError> {
    let Some(folded) = rebuild::folded_with(sql)? else { return Ok(()) };
    if folded == hex(&db.definitions().sha256) {
        return Ok(());
    }
    let found = match from_hex(&folded) {
        Some(sha256) => kept(sql, &sha256)?,
        None => None,
    };
    if let Some(defs) = found {
        db.use_definitions(Arc::new(defs));
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
    /// folded again in the same transaction, because the rules may say something else now.
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
        let findings = defs.check_large();
        if !findings.is_empty() {
            return Ok(Err(findings));
        }
        self.adopt(actor, name, files, defs).map(Ok)
    }

    /// Puts an overlay of a province or commune beside the rules in use, instead of one of the same name.
    /// Without files the overlay ends. The answer is everything wrong, or the hash of the set.
    pub fn adopt_overlay(
        &self,
        actor: &Actor,
        overlay: &str,
        files: &[SourceFile],
    ) -> Result<Result<[u8; 32], Vec<DefFinding>>, Failure> {
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if overlay.is_empty() || !overlay.chars().all(plain) {
            return Err(Failure::refused_field(Message::new("overlay-bad-name"), "name"));
        }
        let mut set = self.db.read(|sql| self.files_in_use(sql))?;
        set.retain(|file| overlay_of(&file.path).is_none_or(|(name, _)| name != overlay));
        set.extend(files.iter().map(|file| SourceFile {
            path: format!("overlay/{overlay}/{}", file.path).into(),
            text: file.text.clone(),
        }));
        self.adopt_definitions(actor, overlay, &set)
    }

    /// Adopts the national rules packed into this program with the overlays in use: after an update.
    pub fn renew_definitions(
        &self,
        actor: &Actor,
        name: &str,
    ) -> Result<Result<[u8; 32], Vec<DefFinding>>, Failure> {
        let mut set = self.db.read(|sql| self.files_in_use(sql))?;
        set.retain(|file| overlay_of(&file.path).is_some());
        set.extend(built_in_files());
        self.adopt_definitions(actor, name, &set)
    }

    /// The files of the set in use: the adopted one, or the one of this program.
    fn files_in_use(&self, sql: &mut dyn Sql) -> Result<Vec<SourceFile>, Failure> {
        let kept = attachment::get(sql, &self.definitions().sha256)?;
        Ok(kept.as_deref().and_then(unbundle).unwrap_or_else(built_in_files))
    }

    fn adopt(
        &self,
        actor: &Actor,
        name: &str,
        files: &[SourceFile],
        defs: Definitions,
    ) -> Result<[u8; 32], Failure> {
        let bytes = bundle(files);
        let sha256 = defs.sha256;
        let now = self.clock.now();
        let id = FileId::from_u128(self.new_id());
        self.db.write(now, |tx| {
            self.check(tx.sql(), actor, Action::DefinitionsWrite, Resource::InReach)?;
            attachment::put(tx.sql(), &bytes, "text/x-tram-definitions", now.ms())?;
            let body = DefinitionsAdopted { sha256: sha256.into(), name: name.into() };
            let fact = Fact::new(id.into(), rebuild::nowhere(), now.day(), body.into());
            let draft = self.draft(actor, "definitions.adopt", vec![fact], &[], None);
            self.append(tx, actor, &draft)?;
            tx.fold_again(&defs)?;
            Ok::<_, Failure>(())
        })?;
        self.db.use_definitions(Arc::new(defs));
        Ok(sha256)
    }
}

/// A message for the case that nothing is known under a code.
pub(crate) fn unknown(what: &'static str, code: &str) -> Message {
    Message::new("unknown-code").with("what", what).with("code", code)
}
