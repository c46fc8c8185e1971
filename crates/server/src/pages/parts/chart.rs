//! Small drawings: a progress bar against a goal, a line of months. SVG, the same on paper.

use maud::{Markup, html};

const WIDTH: f64 = 150.0;
const GOAL_AT: f64 = 0.8;

/// How far a value has come towards a goal. `value` and `goal` in any common unit; `pace` is where the
/// year stands, in thousandths.
pub fn progress(label: &str, value: i64, goal: i64, pace: Option<i64>) -> Markup {
    let scale = if goal == 0 { 1.0 } else { WIDTH * GOAL_AT / goal as f64 };
    let wide = (value as f64 * scale).clamp(0.0, WIDTH);
    let goal_at = WIDTH * GOAL_AT;
    let now = pace.map(|pace| goal_at * pace as f64 / 1000.0);
    html! {
        svg.prog width=(WIDTH) height="18" viewBox={ "0 0 " (WIDTH) " 18" } role="img" aria-label=(label) {
            rect.t x=".5" y="4.5" width=(WIDTH - 1.0) height="9" {}
            rect.v x="1" y="5" width=(format!("{:.1}", (wide - 2.0).max(1.0))) height="8" {}
            line.goal x1=(goal_at) x2=(goal_at) y1="1" y2="17" {}
            @if let Some(now) = now {
                line.now x1=(format!("{now:.1}")) x2=(format!("{now:.1}")) y1="0" y2="18" {}
            }
        }
    }
}

/// A line of values over time, gaps where nobody was counted, with the goal as a thin line.
pub fn spark(label: &str, values: &[Option<i64>], goal: Option<i64>) -> Markup {
    let (w, h) = (96.0, 22.0);
    let known: Vec<i64> = values.iter().flatten().copied().chain(goal).collect();
    let (Some(low), Some(high)) = (known.iter().min(), known.iter().max()) else {
        return html! { span.mute { "–" } };
    };
    let spread = (high - low).max(1) as f64;
    let y = |value: i64| 3.0 + (h - 6.0) * (1.0 - (value - low) as f64 / spread);
    let step = (w - 8.0) / (values.len().max(2) - 1) as f64;
    let points: Vec<(f64, f64)> = values
        .iter()
        .enumerate()
        .filter_map(|(at, value)| value.map(|value| (4.0 + at as f64 * step, y(value))))
        .collect();
    let line: Vec<String> = points.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
    html! {
        svg.spark width=(w) height=(h) viewBox={ "0 0 " (w) " " (h) } role="img" aria-label=(label) {
            @if let Some(goal) = goal {
                line x1="0" x2=(w) y1=(format!("{:.1}", y(goal))) y2=(format!("{:.1}", y(goal))) {}
            }
            polyline points=(line.join(" ")) {}
            @if let Some((x, y)) = points.last() {
                circle cx=(format!("{x:.1}")) cy=(format!("{y:.1}")) r="2.8" {}
            }
        }
    }
}
