//! The chart of one number over time: points joined by a line, gaps where nobody was counted. It always
//! stands beside the same numbers as text.

use maud::{Markup, html};

const WIDTH: f64 = 480.0;
const HEIGHT: f64 = 170.0;
const LEFT: f64 = 56.0;
const RIGHT: f64 = 14.0;
const TOP: f64 = 14.0;
const FOOT: f64 = 26.0;
/// Height of a line of text.
const LINE: f64 = 16.0;

/// A point of a trend.
pub struct Point {
    /// Short name of the period, below the axis.
    pub label: String,
    pub value: Option<i64>,
    /// The value in words, on the axis where it is the highest or lowest.
    pub text: String,
    /// Drawn hollow: too few were counted to lean on it.
    pub faint: bool,
}

struct Frame {
    low: i64,
    high: i64,
    step: f64,
}

impl Frame {
    fn x(&self, at: usize) -> f64 {
        LEFT + 8.0 + at as f64 * self.step
    }

    /// Small changes stay small: the height stands for at least a tenth of the highest value.
    fn y(&self, value: i64) -> f64 {
        let room = HEIGHT - TOP - FOOT;
        let spread = (self.high - self.low).max(self.high.abs() / 10).max(1) as f64;
        let middle = (self.high + self.low) as f64 / 2.0;
        TOP + room * (0.5 - (value as f64 - middle) / spread)
    }
}

fn known(points: &[Point]) -> impl Iterator<Item = (usize, i64, &Point)> {
    points.iter().enumerate().filter_map(|(at, p)| p.value.map(|value| (at, value, p)))
}

/// Stretches without a gap: each becomes a line of its own.
fn stretches(points: &[Point]) -> Vec<Vec<(usize, i64)>> {
    let mut all: Vec<Vec<(usize, i64)>> = Vec::new();
    for (at, value, _) in known(points) {
        match all.last_mut() {
            Some(last) if last.last().is_some_and(|(before, _)| before + 1 == at) => {
                last.push((at, value));
            }
            _ => all.push(vec![(at, value)]),
        }
    }
    all
}

/// Nothing when no period has a value.
pub fn trend(label: &str, points: &[Point]) -> Markup {
    let lowest = known(points).min_by_key(|(_, value, _)| *value);
    let highest = known(points).max_by_key(|(_, value, _)| *value);
    let (Some((_, low, least)), Some((_, high, most))) = (lowest, highest) else {
        return html! {};
    };
    let step = (WIDTH - LEFT - RIGHT - 16.0) / (points.len().max(2) - 1) as f64;
    let frame = Frame { low, high, step };
    let one = |n: f64| format!("{n:.1}");
    let axis = |value: i64, text: &str| {
        let y = frame.y(value);
        html! {
            line.grid x1=(LEFT) x2=(WIDTH - RIGHT) y1=(one(y)) y2=(one(y)) {}
            text x=(LEFT - 8.0) y=(one(y + 4.0)) text-anchor="end" { (text) }
        }
    };
    html! {
        svg.chart viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } role="img" aria-label=(label) {
            (axis(high, &most.text))
            @if frame.y(low) - frame.y(high) > LINE { (axis(low, &least.text)) }
            @for stretch in stretches(points) {
                @let line: Vec<String> = stretch.iter().map(|(at, v)| format!("{:.1},{:.1}", frame.x(*at), frame.y(*v))).collect();
                polyline points=(line.join(" ")) {}
            }
            @for (at, value, point) in known(points) {
                circle class=[point.faint.then_some("faint")] cx=(one(frame.x(at))) cy=(one(frame.y(value))) r="3" {}
            }
            @for (at, point) in points.iter().enumerate() {
                @if (points.len() - 1 - at).is_multiple_of(3) {
                    text x=(one(frame.x(at))) y=(HEIGHT - 6.0) text-anchor="middle" { (point.label) }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(values: &[Option<i64>]) -> Vec<Point> {
        values
            .iter()
            .map(|v| Point { label: "x".into(), value: *v, text: String::new(), faint: false })
            .collect()
    }

    #[test]
    fn a_gap_breaks_the_line() {
        let found = stretches(&points(&[Some(1), Some(2), None, Some(4)]));
        assert_eq!(found, [vec![(0, 1), (1, 2)], vec![(3, 4)]]);
    }

    #[test]
    fn nobody_counted_draws_nothing() {
        assert_eq!(trend("x", &points(&[None, None])).into_string(), "");
        assert!(trend("x", &points(&[Some(5)])).into_string().contains("<circle"));
    }
}
