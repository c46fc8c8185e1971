//! Counts that can be explained: the two numbers, never only their ratio.

/// A numerator and a denominator. The numerator may be negative (natural increase).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Share {
    pub numerator: i64,
    pub denominator: i64,
}

impl Share {
    pub const fn new(numerator: i64, denominator: i64) -> Self {
        Self { numerator, denominator }
    }

    /// The ratio times `scale`, in thousandths, rounded half away from zero.
    ///
    /// `None` when nobody was counted, which is not the same as zero.
    /// With `scale` 100 the answer 91_234 means 91,234 %.
    pub fn thousandths(self, scale: i64) -> Option<i64> {
        if self.denominator == 0 {
            return None;
        }
        let times = i128::from(self.numerator) * i128::from(scale) * 1000;
        let by = i128::from(self.denominator);
        let (sign, times, by) =
            (times.signum() * by.signum(), times.unsigned_abs(), by.unsigned_abs());
        let rounded = ((times + by / 2) / by) as i128 * sign;
        i64::try_from(rounded).ok()
    }

    pub fn plus(self, other: Self) -> Self {
        Self::new(self.numerator + other.numerator, self.denominator + other.denominator)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_counted_is_not_zero() {
        assert_eq!(Share::new(0, 0).thousandths(100), None);
        assert_eq!(Share::new(0, 7).thousandths(100), Some(0));
    }

    #[test]
    fn ratios_round_half_away_from_zero() {
        assert_eq!(Share::new(368, 1825).thousandths(100), Some(20_164));
        assert_eq!(Share::new(1, 2000).thousandths(1), Some(1));
        assert_eq!(Share::new(-1, 2000).thousandths(1), Some(-1));
        assert_eq!(Share::new(13, 14).thousandths(100), Some(92_857));
    }
}
