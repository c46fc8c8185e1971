//! The one clock. `--today` sets its day; the time of day goes on.

use std::time::{SystemTime, UNIX_EPOCH};
use tram_kernel::{Date, Moment};

/// Real time, or real time moved to another day.
#[derive(Debug, Clone, Copy, Default)]
pub struct Clock {
    /// Added to real time, in milliseconds.
    shift: i64,
}

impl Clock {
    pub const fn real() -> Self {
        Self { shift: 0 }
    }

    /// Runs on, but starts on `today`.
    pub fn on(today: Date) -> Self {
        let real = Self::real().now();
        let moved = Moment::at(today, real.minute());
        Self { shift: moved.ms() - Moment::at(real.day(), real.minute()).ms() }
    }

    pub fn now(&self) -> Moment {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let real = i64::try_from(since.as_millis()).unwrap_or(i64::MAX / 2);
        Moment::from_ms(real + self.shift)
    }

    pub fn today(&self) -> Date {
        self.now().day()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_day_is_today() {
        let day: Date = "2026-01-16".parse().expect("a date");
        assert_eq!(Clock::on(day).today(), day);
    }
}
