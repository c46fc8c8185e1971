//! What was just done, said once on the page that follows: `?done=code` → the words `done-code`.

use super::flash;
use crate::words::Words;
use maud::{Markup, html};

/// Nothing when the code is empty or not one of ours.
pub fn done(words: &Words, done: &str) -> Markup {
    let code = format!("done-{done}");
    html! { @if !done.is_empty() && words.has(&code) { (flash(&words.say(&code))) } }
}
