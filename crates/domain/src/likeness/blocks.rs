//! Which pairs are compared: those that share a block. A block is something two records of one person
//! nearly always have in common.

use super::{Likeness, Traits, compare};
use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use tram_kernel::Precision;

/// A block with more records than this says nothing about any two of them.
const LARGEST: usize = 400;

/// Pairs that are alike, by place in the list, most alike first.
pub fn pairs(all: &[Traits]) -> Vec<(usize, usize, Likeness)> {
    let mut blocks: Vec<(u64, u32)> = Vec::with_capacity(all.len() * 7);
    for (n, traits) in all.iter().enumerate() {
        each_block(traits, &mut |block| blocks.push((block, n as u32)));
    }
    blocks.sort_unstable();
    blocks.dedup();
    let mut seen: HashSet<(u32, u32)> = HashSet::new();
    let mut found = Vec::new();
    for block in blocks.chunk_by(|a, b| a.0 == b.0) {
        if block.len() > LARGEST {
            continue;
        }
        for (at, (_, a)) in block.iter().enumerate() {
            for (_, b) in &block[at + 1..] {
                if seen.insert((*a, *b))
                    && let Some(likeness) = compare(&all[*a as usize], &all[*b as usize])
                {
                    found.push((*a as usize, *b as usize, likeness));
                }
            }
        }
    }
    found.sort_by_key(|(a, b, likeness)| (-likeness.points, *a, *b));
    found
}

fn each_block(traits: &Traits, take: &mut dyn FnMut(u64)) {
    let mut block = |kind: u8, what: &dyn Fn(&mut DefaultHasher)| {
        let mut hasher = DefaultHasher::new();
        kind.hash(&mut hasher);
        what(&mut hasher);
        take(hasher.finish());
    };
    let born = traits.born.first();
    let mut words: Vec<&str> = traits.words.iter().map(String::as_str).collect();
    words.sort_unstable();
    for number in traits.citizen.iter().chain(&traits.other_numbers) {
        block(0, &|h| number.hash(h));
    }
    block(1, &|h| (&words, born.year()).hash(h));
    if traits.born.precision() == Precision::Day {
        let mut initials: Vec<char> = words.iter().filter_map(|w| w.chars().next()).collect();
        initials.sort_unstable();
        block(2, &|h| (born.to_string(), &initials).hash(h));
        for word in &words {
            block(6, &|h| (born.to_string(), word).hash(h));
        }
        block(7, &|h| (&words, born.month(), born.day()).hash(h));
    }
    if let Some(phone) = &traits.phone {
        block(3, &|h| phone.hash(h));
    }
    if let Some(household) = traits.household {
        block(4, &|h| household.hash(h));
    }
    if let Some(area) = traits.area {
        block(5, &|h| (&words, area).hash(h));
    }
}
