//! The story itself, before anything of it is written down.

use super::*;
use std::collections::HashMap;
use tram_kernel::PersonId;

/// The deeds of all lives in a region of this seed.
fn told(plan: &DemoPlan) -> Vec<Deed> {
    let (rates, words) = (Rates::shipped(), Words::shipped());
    let defs = crate::definitions::built_in();
    let calendar = Calendar::new(plan.today, rates.records.list_months_ago, &rates.vaccination);
    let ground = Ground::of(plan.scale, plan.seed, &defs, &rates, &words);
    let when = (plan.seed, calendar.start, plan.today);
    let (network, _) = network::found(&defs, when, &ground).expect("a network");
    let sharing = ground.sharing;
    let lives = Lives::shipped();
    let world = World { rates: &rates, words: &words, lives: &lives, calendar: &calendar, sharing };
    let teller = Teller { world: &world, network: &network, plan, defs: &defs };
    teller.lives().1
}

#[test]
fn nobody_marries_moves_or_heads_a_house_after_death() {
    let today: Date = "2026-11-22".parse().expect("a date");
    for seed in 1..=4 {
        let deeds = told(&DemoPlan { seed, today, scale: Scale::Region });
        let died: HashMap<PersonId, i32> = deeds
            .iter()
            .filter_map(|deed| match &deed.act {
                Act::Death(id, on, _) => Some((*id, *on)),
                _ => None,
            })
            .collect();
        assert!(died.len() > 500, "seed {seed}: {} deaths", died.len());
        for deed in &deeds {
            let (id, on) = match &deed.act {
                Act::Join(id, on, ..) | Act::MoveOut(id, on, ..) => (id, *on),
                Act::MoveWithin(id, to, ..) => (id, tram_kernel::day::day_number(to.from)),
                _ => continue,
            };
            let died = died.get(id).copied().unwrap_or(i32::MAX);
            assert!(on <= died, "seed {seed}: {id} on day {on}, dead since {died}");
        }
    }
}
