//! Figures for monitoring, in the text format of Prometheus: what was asked, how long it took, how the
//! data stands.
//!
//! They are told on an address of their own, `tram serve --metrics 127.0.0.1:9090`, never on the one the
//! pages are on: what stands before the pages for people outside does not lead here. Labels are routes as
//! the program writes them (`/people/{id}`), methods and states; no id and no name.

use super::request::Server;
use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};
use tram_app::Failure;
use tram_app::system::Figures;

/// Upper ends of the time classes, in milliseconds.
const CLASSES: [u64; 10] = [5, 10, 25, 50, 100, 250, 500, 1_000, 5_000, 30_000];

/// How often a route was asked for, by state, and how long it took.
#[derive(Debug, Default)]
struct Route {
    by_status: BTreeMap<u16, u64>,
    /// One for each of [`CLASSES`], and one for all that took longer.
    classes: [u64; CLASSES.len() + 1],
    total: Duration,
}

/// Counts the requests of this process.
#[derive(Debug)]
pub struct Meter {
    started: Instant,
    routes: Mutex<BTreeMap<(String, String), Route>>,
}

impl Default for Meter {
    fn default() -> Self {
        Self { started: Instant::now(), routes: Mutex::default() }
    }
}

impl Meter {
    /// Counts one answer. `route` is the template of the address, `-` when there is none.
    pub fn count(&self, method: &str, route: &str, status: u16, took: Duration) {
        // An answer to a method nobody knows must not make a row of its own.
        let method = match method {
            "GET" | "HEAD" | "POST" | "DELETE" => method,
            _ => "other",
        };
        let mut routes = self.routes.lock().unwrap_or_else(PoisonError::into_inner);
        let row = routes.entry((route.to_owned(), method.to_owned())).or_default();
        *row.by_status.entry(status).or_default() += 1;
        let ms = took.as_millis() as u64;
        let class = CLASSES.iter().position(|end| ms <= *end).unwrap_or(CLASSES.len());
        row.classes[class] += 1;
        row.total += took;
    }

    /// Everything as text.
    pub fn text(&self, figures: &Figures) -> String {
        let mut out = String::with_capacity(8_192);
        self.requests(&mut out);
        let uptime = self.started.elapsed().as_secs();
        let version = env!("CARGO_PKG_VERSION");
        let _infallible = writeln!(
            out,
            "# TYPE tram_build_info gauge\ntram_build_info{{version=\"{version}\"}} 1"
        );
        let mut figure = |name: &str, kind: &str, value: i128| {
            let _infallible = writeln!(out, "# TYPE {name} {kind}\n{name} {value}");
        };
        figure("tram_uptime_seconds", "gauge", uptime.into());
        figure("tram_write_transactions_total", "counter", figures.transactions.into());
        figure("tram_facts_appended_total", "counter", figures.facts_appended.into());
        figure("tram_writes_refused_total", "counter", figures.writes_refused.into());
        figure("tram_log_change_sets", "gauge", figures.change_sets.into());
        figure("tram_cells", "gauge", figures.cells.into());
        figure("tram_sessions", "gauge", figures.sessions.into());
        figure("tram_database_bytes", "gauge", figures.bytes.into());
        figure("tram_disk_keep_free_bytes", "gauge", figures.keep.into());
        figure("tram_takes_writes", "gauge", figures.takes_writes.into());
        if let Some(free) = figures.free {
            figure("tram_disk_free_bytes", "gauge", free.into());
        }
        if let Some(age) = figures.backup_age {
            figure("tram_last_backup_age_seconds", "gauge", age.into());
        }
        let _infallible = writeln!(out, "# TYPE tram_jobs gauge");
        for (state, n) in &figures.jobs {
            let _infallible = writeln!(out, "tram_jobs{{state=\"{state}\"}} {n}");
        }
        out
    }

    fn requests(&self, out: &mut String) {
        let routes = self.routes.lock().unwrap_or_else(PoisonError::into_inner);
        let _infallible = writeln!(out, "# TYPE tram_requests_total counter");
        for ((route, method), row) in routes.iter() {
            for (status, n) in &row.by_status {
                let _infallible = writeln!(
                    out,
                    "tram_requests_total{{route=\"{route}\",method=\"{method}\",status=\"{status}\"}} {n}"
                );
            }
        }
        let name = "tram_request_seconds";
        let _infallible = writeln!(out, "# TYPE {name} histogram");
        for ((route, method), row) in routes.iter() {
            let labels = format!("route=\"{route}\",method=\"{method}\"");
            let mut sum = 0;
            let ends = CLASSES.iter().map(|ms| (*ms as f64 / 1_000.0).to_string());
            for (n, end) in row.classes.iter().zip(ends.chain(["+Inf".to_owned()])) {
                sum += n;
                let _infallible = writeln!(out, "{name}_bucket{{{labels},le=\"{end}\"}} {sum}");
            }
            let seconds = row.total.as_secs_f64();
            let _infallible = writeln!(
                out,
                "{name}_sum{{{labels}}} {seconds:.6}\n{name}_count{{{labels}}} {sum}"
            );
        }
    }
}

/// The one route of the address for monitoring.
pub fn router(server: Server) -> Router {
    Router::new().route("/metrics", get(tell)).with_state(server)
}

async fn tell(State(server): State<Server>) -> Response {
    match server.run(|app| app.figures().map_err(Failure::from)).await {
        Ok(figures) => {
            let kind = [(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")];
            (kind, server.meter.text(&figures)).into_response()
        }
        Err(_) => {
            (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n").into_response()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_stand_by_route_state_and_time() {
        let meter = Meter::default();
        meter.count("GET", "/people/{id}", 200, Duration::from_millis(4));
        meter.count("GET", "/people/{id}", 200, Duration::from_millis(30));
        meter.count("GET", "/people/{id}", 404, Duration::from_secs(60));
        meter.count("BREW", "-", 405, Duration::ZERO);
        let figures =
            Figures { jobs: vec![("done".into(), 3)], free: Some(7), ..Figures::default() };
        let text = meter.text(&figures);
        for line in [
            "tram_requests_total{route=\"/people/{id}\",method=\"GET\",status=\"200\"} 2",
            "tram_requests_total{route=\"/people/{id}\",method=\"GET\",status=\"404\"} 1",
            "tram_requests_total{route=\"-\",method=\"other\",status=\"405\"} 1",
            "tram_request_seconds_bucket{route=\"/people/{id}\",method=\"GET\",le=\"0.005\"} 1",
            "tram_request_seconds_bucket{route=\"/people/{id}\",method=\"GET\",le=\"0.05\"} 2",
            "tram_request_seconds_bucket{route=\"/people/{id}\",method=\"GET\",le=\"+Inf\"} 3",
            "tram_request_seconds_count{route=\"/people/{id}\",method=\"GET\"} 3",
            "tram_jobs{state=\"done\"} 3",
            "tram_disk_free_bytes 7",
            "tram_takes_writes 0",
        ] {
            assert!(text.lines().any(|found| found == line), "{line} is not in\n{text}");
        }
        assert!(!text.contains("tram_last_backup_age_seconds"), "an age of nothing");
    }
}
