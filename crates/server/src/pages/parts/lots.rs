//! Lots as proposals beside a box: first to expire first, each with its last day and what is left.

use crate::words::Words;
use maud::{Markup, html};
use tram_app::stock::OfferedLot;
use tram_kernel::day;

/// The list a box refers to by `id`; only lots of the vaccines asked for.
pub fn lot_choices(
    words: &Words,
    id: &str,
    lots: &[OfferedLot],
    is_asked: impl Fn(&str) -> bool,
) -> Markup {
    html! {
        datalist id=(id) {
            @for offered in lots.iter().filter(|offered| is_asked(&offered.vaccine)) {
                option value=(offered.lot) { (told(words, offered)) }
            }
        }
    }
}

fn told(words: &Words, offered: &OfferedLot) -> String {
    let until =
        offered.expires.map(|last| words.with("lot-until", [("day", day::show(last).into())]));
    let left = offered.balance.map(|n| words.with("lot-left", [("n", n.into())]));
    let parts: Vec<String> = until.into_iter().chain(left).collect();
    if parts.is_empty() { words.say("lot-not-in-book").into_owned() } else { parts.join(", ") }
}
