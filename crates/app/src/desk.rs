//! Drafts: forms somebody has begun to fill in. They are their own affair: nobody else sees them, they are no
//! facts, and they go when the form is saved or after thirty days.

use crate::audit::entry;
use crate::failure::Failure;
use crate::opening::App;
use crate::signin::{SignedIn, Token};
use sha2::{Digest, Sha256};
use tram_kernel::{Message, Moment, UserId};
use tram_store::desk;
pub use tram_store::desk::Kept;
use tram_store::{Sql, StoreError, command};

/// A draft not touched for this long is forgotten.
const KEPT_MS: i64 = 30 * 24 * 3_600_000;
/// Drafts of one user; the oldest makes room.
const MOST: usize = 50;
/// Bytes of one draft.
const LARGEST: usize = 128 * 1024;

/// A form as the page sends it while one types.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DraftForm {
    /// Which form: its kind and whom it is about.
    pub form: String,
    pub body: String,
    /// The version of the record it was drawn from.
    pub seen: String,
    /// The key its save will carry: once that is done, nothing is kept any more.
    pub idem: String,
}

fn is_named_well(form: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b":.-_".contains(&byte);
    (1..=120).contains(&form.len()) && form.bytes().all(plain)
}

impl App {
    /// Drafts belong to somebody who is signed in.
    fn owner(&self, token: &Token) -> Result<(UserId, SignedIn), Failure> {
        let signed_in = self.session(token)?.ok_or(Failure::SignedOut)?;
        let user = signed_in.actor.user.ok_or(Failure::NotFound)?;
        Ok((user, signed_in))
    }

    /// Keeps a form as far as it was filled in. False when the form was saved meanwhile.
    pub fn keep_draft(&self, token: &Token, draft: &DraftForm) -> Result<bool, Failure> {
        let (user, signed_in) = self.owner(token)?;
        if !is_named_well(&draft.form) || draft.body.len() > LARGEST || draft.seen.len() > 200 {
            return Err(Failure::refused(Message::new("request-too-large")));
        }
        let now = self.now();
        let (mut kept, mut is_new) = (false, false);
        self.db.write_plain(now, |sql| {
            kept = !is_carried_out(sql, &draft.idem)?;
            if !kept {
                return Ok(());
            }
            is_new = desk::kept(sql, user, &draft.form)?.is_none();
            if is_new {
                desk::expire_kept(sql, Moment::from_ms(now.ms() - KEPT_MS))?;
                for old in desk::all_kept(sql, user)?.into_iter().skip(MOST - 1) {
                    desk::drop_kept(sql, user, &old.form)?;
                }
            }
            let DraftForm { form, body, seen, .. } = draft.clone();
            desk::keep(sql, user, &Kept { form, body, seen, at: now })
        })?;
        if is_new {
            self.note_read(entry(&signed_in.actor, now, "draft.keep", "ok"));
        }
        Ok(kept)
    }

    /// One's own draft of a form.
    pub fn kept_draft(&self, token: &Token, form: &str) -> Result<Option<Kept>, Failure> {
        let (user, _) = self.owner(token)?;
        let oldest = self.now().ms() - KEPT_MS;
        let found = self.db.read(|sql| desk::kept(sql, user, form))?;
        Ok(found.filter(|kept| kept.at.ms() >= oldest))
    }

    /// One's own drafts, the newest first.
    pub fn kept_drafts(&self, token: &Token) -> Result<Vec<Kept>, Failure> {
        let (user, _) = self.owner(token)?;
        let oldest = self.now().ms() - KEPT_MS;
        let mut found = self.db.read(|sql| desk::all_kept(sql, user))?;
        found.retain(|kept| kept.at.ms() >= oldest);
        Ok(found)
    }

    /// Throws one's own draft of a form away.
    pub fn drop_draft(&self, token: &Token, form: &str) -> Result<(), Failure> {
        let (user, _) = self.owner(token)?;
        Ok(self.db.write_plain(self.now(), |sql| desk::drop_kept(sql, user, form))?)
    }
}

/// Whether the save with this key is done: a page that was slow to say so has nothing to keep.
fn is_carried_out(sql: &mut dyn Sql, idem: &str) -> Result<bool, StoreError> {
    if idem.is_empty() {
        return Ok(false);
    }
    command::is_known(sql, &Sha256::digest(idem.as_bytes()).into())
}
