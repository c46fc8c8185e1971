//! Chance with a seed. Every draw of the demo comes from here, so that the same seed tells the same
//! story on any machine: no clock, no hash map, only sums and products of numbers.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use tram_kernel::Moment;

/// One stream of a seed. Streams do not disturb each other.
pub(crate) struct Chance(ChaCha8Rng);

impl Chance {
    pub fn new(seed: u64, stream: u64) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        rng.set_stream(stream);
        Self(rng)
    }

    /// From 0 up to, not including, 1.
    pub fn unit(&mut self) -> f64 {
        f64::from(self.0.next_u32()) / 4_294_967_296.0
    }

    /// From 0 up to, not including, `n`.
    pub fn below(&mut self, n: u32) -> u32 {
        ((u64::from(self.0.next_u32()) * u64::from(n)) >> 32) as u32
    }

    /// From `low` to `high`, both included.
    pub fn between(&mut self, low: i32, high: i32) -> i32 {
        low + self.below((high - low).max(0) as u32 + 1) as i32
    }

    pub fn is(&mut self, share: f64) -> bool {
        self.unit() < share
    }

    pub fn pick<'a, T>(&mut self, all: &'a [T]) -> Option<&'a T> {
        all.get(self.below(all.len() as u32) as usize)
    }

    /// Bell-shaped around 0 with deviation 1, never beyond 6: the sum of twelve even draws.
    pub fn bell(&mut self) -> f64 {
        (0..12).map(|_| self.unit()).sum::<f64>() - 6.0
    }

    pub fn shuffle<T>(&mut self, all: &mut [T]) {
        for at in (1..all.len()).rev() {
            all.swap(at, self.below(at as u32 + 1) as usize);
        }
    }

    /// An id as `app` makes them: the time of the action first, then chance.
    pub fn id(&mut self, at: Moment) -> u128 {
        let mut tail = [0; 10];
        self.0.fill_bytes(&mut tail);
        let ms = u64::try_from(at.ms()).unwrap_or(0);
        uuid::Builder::from_unix_timestamp_millis(ms, &tail).into_uuid().as_u128()
    }
}

/// Things that are drawn more or less often.
#[derive(Debug, Clone)]
pub(super) struct Weighted<T> {
    items: Vec<T>,
    up_to: Vec<f64>,
}

impl<T> FromIterator<(T, f64)> for Weighted<T> {
    fn from_iter<I: IntoIterator<Item = (T, f64)>>(pairs: I) -> Self {
        let mut weighted = Self { items: Vec::new(), up_to: Vec::new() };
        let mut sum = 0.0;
        for (item, weight) in pairs {
            sum += weight;
            weighted.items.push(item);
            weighted.up_to.push(sum);
        }
        weighted
    }
}

impl<T> Weighted<T> {
    /// `None` when there is nothing to draw from.
    pub fn draw(&self, chance: &mut Chance) -> Option<&T> {
        let at = chance.unit() * self.up_to.last()?;
        let index = self.up_to.partition_point(|up_to| *up_to <= at);
        self.items.get(index.min(self.items.len() - 1))
    }

    #[cfg(test)]
    pub fn items(&self) -> &[T] {
        &self.items
    }
}

impl<T: PartialEq> Weighted<T> {
    /// How often a draw gives this item.
    pub fn share_of(&self, item: &T) -> f64 {
        let Some(at) = self.items.iter().position(|known| known == item) else { return 0.0 };
        let before = if at == 0 { 0.0 } else { self.up_to[at - 1] };
        (self.up_to[at] - before) / self.up_to[self.up_to.len() - 1]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_draws_the_same() {
        let draws = |seed, stream| {
            let mut chance = Chance::new(seed, stream);
            (chance.below(1000), chance.id(Moment::from_ms(1_000)))
        };
        assert_eq!(draws(7, 1), draws(7, 1));
        assert_ne!(draws(7, 1), draws(7, 2));
        assert_ne!(draws(7, 1), draws(8, 1));
    }

    #[test]
    fn weights_are_followed() {
        let mut chance = Chance::new(1, 0);
        let coin: Weighted<&str> = [("rare", 1.0), ("often", 9.0)].into_iter().collect();
        let rare = (0..10_000).filter(|_| coin.draw(&mut chance) == Some(&"rare")).count();
        assert!((850..1150).contains(&rare), "{rare}");
        let nothing: Weighted<u8> = [].into_iter().collect();
        assert_eq!(nothing.draw(&mut chance), None);
    }

    #[test]
    fn an_id_begins_with_its_time() {
        let id = Chance::new(1, 0).id(Moment::from_ms(0x0123_4567_89AB));
        assert_eq!(id >> 80, 0x0123_4567_89AB);
        assert_eq!((id >> 76) & 0xF, 7);
    }
}
