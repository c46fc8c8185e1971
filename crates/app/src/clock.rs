//! The one clock. `--today` sets its day, and its time of day when it is given; it runs on from there.

use std::str::FromStr;
use std::sync::OnceLock;
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

    /// As if it had been `moment` when this process first asked: two such clocks go together.
    pub fn since(moment: Moment) -> Self {
        static BEGAN: OnceLock<Moment> = OnceLock::new();
        let began = BEGAN.get_or_init(|| Self::real().now());
        Self { shift: moment.ms() - began.ms() }
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

/// `2026-01-16`, or `2026-01-16T14:05` in local time.
impl FromStr for Clock {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let day = |text: &str| text.parse::<Date>().map_err(|error| error.to_string());
        let Some((date, time)) = text.split_once('T') else {
            return day(text).map(Self::on);
        };
        let minute = time.split_once(':').and_then(|(hour, minute)| {
            let (hour, minute) = (hour.parse::<u16>().ok()?, minute.parse::<u16>().ok()?);
            (hour < 24 && minute < 60).then_some(hour * 60 + minute)
        });
        let minute = minute.ok_or_else(|| format!("{time}: HH:MM"))?;
        Ok(Self::since(Moment::at(day(date)?, minute)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_day_is_today() {
        let day: Date = "2026-01-16".parse().expect("a date");
        assert_eq!(Clock::on(day).today(), day);
        assert_eq!("2026-01-16".parse::<Clock>().expect("a clock").today(), day);
    }

    #[test]
    fn a_set_time_of_day_runs_on_for_all_who_ask() {
        let clock: Clock = "2026-01-16T14:05".parse().expect("a clock");
        let again: Clock = "2026-01-16T14:05".parse().expect("a clock");
        let minutes = Moment::at("2026-01-16".parse().expect("a date"), 14 * 60 + 5);
        assert!((0..600_000).contains(&(clock.now().ms() - minutes.ms())));
        assert_eq!(clock.shift, again.shift);
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for text in ["16/01/2026", "2026-01-16T25:00", "2026-01-16T7", "2026-02-30T07:00"] {
            assert!(text.parse::<Clock>().is_err(), "{text}");
        }
    }
}
