//! Commands carried out once: the same key twice gives the same answer, never a second record.

use sha2::{Digest, Sha256};
use tram_kernel::Message;
use tram_store::{Tx, command};

use crate::failure::Failure;

/// A key the asker chose (a form's own token) and what it asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Command {
    key: [u8; 32],
    request: [u8; 32],
}

impl Command {
    /// `key` names the attempt, `request` is everything that was sent.
    pub fn new(key: &str, request: &[u8]) -> Self {
        Self { key: Sha256::digest(key.as_bytes()).into(), request: Sha256::digest(request).into() }
    }

    /// The answer given before, when this very command was carried out already. When it is being carried
    /// out at this moment, waits for it to end.
    pub(crate) fn before(&self, tx: &mut Tx<'_>) -> Result<Option<String>, Failure> {
        let now = tx.now();
        match command::claim(tx.sql(), &self.key, &self.request, now)? {
            None => Ok(None),
            Some((request, answer)) if request == self.request => Ok(Some(answer)),
            Some(_) => Err(Failure::refused(Message::new("command-reused"))),
        }
    }

    pub(crate) fn remember(&self, tx: &mut Tx<'_>, answer: &str) -> Result<(), Failure> {
        Ok(command::remember(tx.sql(), &self.key, answer)?)
    }
}
