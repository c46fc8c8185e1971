//! One computer, several people: who signed in on it lately, so that changing over is a choice and a password.
//!
//! The computer is known by the hash of a token that only its browser keeps. Whoever does not have that token
//! is told no name.

use crate::failure::Failure;
use crate::opening::App;
use crate::signin::{Token, token_hash};
use tram_kernel::Moment;
use tram_store::{desk, session};

/// A name not seen on a computer for this long is not offered there any more.
const MET_MS: i64 = 90 * 24 * 3_600_000;

impl App {
    /// Remembers that the owner of a session works on a computer. Answers the token of the computer, a new
    /// one when it had none.
    pub fn meet_here(&self, here: Option<Token>, signed_in: &Token) -> Result<Token, Failure> {
        let computer = here.unwrap_or_else(Self::secret::<32>);
        let now = self.now();
        let owner = self.db.read(|sql| session::find(sql, &token_hash(signed_in)))?;
        if let Some(session) = owner {
            self.db.write_plain(now, |sql| {
                desk::forget_old_computers(sql, Moment::from_ms(now.ms() - MET_MS))?;
                desk::meet(sql, &token_hash(&computer), session.user, now)
            })?;
        }
        Ok(computer)
    }

    /// Login and name of those who signed in on a computer lately, the latest first.
    pub fn met_here(&self, computer: &Token) -> Result<Vec<(String, String)>, Failure> {
        let since = Moment::from_ms(self.now().ms() - MET_MS);
        Ok(self.db.read(|sql| desk::met(sql, &token_hash(computer), since))?)
    }

    /// Forgets who signed in on a computer.
    pub fn forget_here(&self, computer: &Token) -> Result<(), Failure> {
        let hash = token_hash(computer);
        Ok(self.db.write_plain(self.now(), |sql| desk::forget_computer(sql, &hash))?)
    }
}
