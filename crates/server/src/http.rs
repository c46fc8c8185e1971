//! The web server: a thin async shell around synchronous use cases.
//!
//! ```text
//! request ─► headers, limits ─► session ─► form token ─► handler ─► use case (blocking thread) ─► page
//! ```
//!
//! **Architecture invariant:** a handler reads a request, calls one use case, renders the answer. It holds
//! no business state and names neither `store` nor `exchange`.

pub mod answer;
pub mod download;
pub mod fields;
pub mod metrics;
pub mod request;
mod security;
mod serve;
mod settle;
mod upload;

pub use answer::{Answer, Carried, Trouble};
pub use fields::Fields;
pub use metrics::Meter;
pub use request::{Ctx, Server};
pub use serve::{Listening, serve, serve_metrics};
pub use upload::Upload;

use crate::{api, assets, pages};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::get;
use std::time::Duration;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::timeout::TimeoutLayer;

/// Uploads larger than this are refused before they are read.
pub const LARGEST_BODY: usize = 26 * 1024 * 1024;

fn within(seconds: u64) -> TimeoutLayer {
    let status = axum::http::StatusCode::REQUEST_TIMEOUT;
    TimeoutLayer::with_status_code(status, Duration::from_secs(seconds))
}

/// All routes with their protections.
pub fn router(server: Server) -> Router {
    let quick = Router::new()
        .merge(pages::routes())
        .merge(api::routes())
        .route("/healthz", get(|| async { "ok" }))
        .route("/readyz", get(answer::ready))
        .route("/assets/{file}", get(assets::get))
        .fallback(answer::not_found)
        .layer(within(60));
    let slow = pages::slow_routes().layer(within(15 * 60));
    quick
        .merge(slow)
        .method_not_allowed_fallback(answer::only_forms)
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(axum::middleware::from_fn_with_state(server.clone(), settle::settle))
        // Inside the guard: an answer to a request that broke has the same protections.
        .layer(CatchPanicLayer::custom(answer::panicked))
        .layer(axum::middleware::from_fn_with_state(server.clone(), security::guard))
        .layer(CompressionLayer::new())
        .with_state(server)
}
