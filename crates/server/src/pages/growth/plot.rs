//! A chart with numbers on both axes: thin lines to compare with, one bold line with dots.

use maud::{Markup, html};

const WIDTH: f64 = 460.0;
const HEIGHT: f64 = 350.0;
const LEFT: f64 = 34.0;
const RIGHT: f64 = 26.0;
const TOP: f64 = 18.0;
const FOOT: f64 = 34.0;
/// Lines of the grid, at most so many.
const TICKS: f64 = 8.0;

/// A thin line: its class, what stands at its end, its points.
pub struct Line {
    pub class: &'static str,
    pub name: &'static str,
    pub points: Vec<(f64, f64)>,
}

/// What is drawn. Values in the units of the axes.
pub struct Plot<'a> {
    pub label: &'a str,
    /// Units below and above.
    pub across: &'a str,
    pub up: &'a str,
    pub from: f64,
    pub to: f64,
    /// Between two lines of the grid across.
    pub step: f64,
    pub lines: Vec<Line>,
    /// The bold line.
    pub own: Vec<(f64, f64)>,
}

struct Frame {
    from: f64,
    to: f64,
    low: f64,
    high: f64,
}

impl Frame {
    fn x(&self, value: f64) -> String {
        let part = (value - self.from) / (self.to - self.from);
        format!("{:.1}", LEFT + (WIDTH - LEFT - RIGHT) * part)
    }

    fn y(&self, value: f64) -> String {
        let part = (value - self.low) / (self.high - self.low);
        format!("{:.1}", HEIGHT - FOOT - (HEIGHT - FOOT - TOP) * part)
    }

    fn path(&self, points: &[(f64, f64)]) -> String {
        let each = points.iter().map(|(x, y)| format!("{},{}", self.x(*x), self.y(*y)));
        each.collect::<Vec<_>>().join(" ")
    }
}

/// 1, 2 or 5 times a power of ten, so that a height is parted by few lines.
fn nice(spread: f64) -> f64 {
    let raw = spread / TICKS;
    let power = 10_f64.powf(raw.log10().floor());
    let times = [1.0, 2.0, 5.0, 10.0].into_iter().find(|times| times * power >= raw);
    power * times.unwrap_or(10.0)
}

fn ticks(from: f64, to: f64, step: f64) -> Vec<f64> {
    let first = (from / step).ceil() as i64;
    let last = (to / step).floor() as i64;
    (first..=last).map(|n| n as f64 * step).collect()
}

impl Plot<'_> {
    fn frame(&self) -> Option<Frame> {
        let points = || self.lines.iter().flat_map(|line| &line.points).chain(&self.own);
        let heights = || points().map(|(_, y)| *y);
        let (low, high) = (heights().reduce(f64::min)?, heights().reduce(f64::max)?);
        let step = nice(high - low);
        let (low, high) = ((low / step).floor() * step, (high / step).ceil() * step);
        (low < high && self.from < self.to).then_some(Frame {
            from: self.from,
            to: self.to,
            low,
            high,
        })
    }

    /// Nothing when there is nothing to draw.
    pub fn draw(&self) -> Markup {
        let Some(frame) = self.frame() else { return html! {} };
        let (left, right) = (LEFT, WIDTH - RIGHT);
        let (top, foot) = (TOP, HEIGHT - FOOT);
        html! {
            svg.chart.who viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } role="img" aria-label=(self.label) {
                @for value in ticks(frame.low, frame.high, nice(frame.high - frame.low)) {
                    line.grid x1=(left) x2=(right) y1=(frame.y(value)) y2=(frame.y(value)) {}
                    text x=(left - 5.0) y=(frame.y(value)) dy="4" text-anchor="end" { (value) }
                }
                @for value in ticks(frame.from, frame.to, self.step) {
                    line.grid x1=(frame.x(value)) x2=(frame.x(value)) y1=(top) y2=(foot) {}
                    text x=(frame.x(value)) y=(foot + 15.0) text-anchor="middle" { (value) }
                }
                text x=(left) y="11" text-anchor="middle" { (self.up) }
                text x=(right) y=(HEIGHT - 4.0) text-anchor="end" { (self.across) }
                @for line in &self.lines {
                    polyline class=(line.class) points=(frame.path(&line.points)) {}
                    @if let Some((_, y)) = line.points.last() {
                        text x=(right + 4.0) y=(frame.y(*y)) dy="4" { (line.name) }
                    }
                }
                polyline.own points=(frame.path(&self.own)) {}
                @for (x, y) in &self.own { circle cx=(frame.x(*x)) cy=(frame.y(*y)) r="3.5" {} }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axes_are_parted_by_round_numbers() {
        for (spread, step) in [(16.0, 2.0), (70.0, 10.0), (7.9, 1.0), (3.0, 0.5), (100.0, 20.0)] {
            assert!((nice(spread) - step).abs() < 1e-9, "{spread}");
        }
        assert_eq!(ticks(44.0, 62.0, 5.0), [45.0, 50.0, 55.0, 60.0]);
    }

    #[test]
    fn points_stand_where_the_axes_say() {
        let line = Line { class: "z0", name: "0", points: vec![(0.0, 2.0), (24.0, 18.0)] };
        let plot = Plot {
            label: "x",
            across: "tháng",
            up: "kg",
            from: 0.0,
            to: 24.0,
            step: 6.0,
            lines: vec![line],
            own: vec![(12.0, 10.0)],
        };
        let drawn = plot.draw().into_string();
        assert!(
            drawn.contains(r#"<polyline class="z0" points="34.0,316.0 434.0,18.0">"#),
            "{drawn}"
        );
        assert!(drawn.contains(r#"<circle cx="234.0" cy="167.0""#), "{drawn}");
        let nothing = Plot { lines: Vec::new(), own: Vec::new(), ..plot };
        assert_eq!(nothing.draw().into_string(), "");
    }
}
