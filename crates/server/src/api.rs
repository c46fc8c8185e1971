//! `/api/v1`: the same forms, programmes and people as the pages, for other programs.
//!
//! ```text
//! Authorization: Bearer … ─► Caller ─► body, key ─► use case ─► JSON with "schema": 1, or findings
//! ```
//!
//! A cookie opens nothing here, so a page of another site has nothing to borrow and no form token is
//! asked for. People are named by their id alone.

mod answers;
mod caller;
mod document;
mod forms;
mod people;
mod programmes;
mod reading;
mod record;
mod sent;
mod session;
mod trouble;
mod wire;

use crate::http::{Server, answer};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{StatusCode, header};
use axum::middleware::from_fn;
use axum::response::IntoResponse;
use axum::routing::get;
use tower_http::catch_panic::CatchPanicLayer;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Bodies larger than this are refused before they are read.
const LARGEST_BODY: usize = 64 * 1024;

/// Every route, each with its part of the document.
fn described() -> OpenApiRouter<Server> {
    document::empty()
        .routes(routes!(session::begin, session::end))
        .routes(routes!(forms::list))
        .routes(routes!(forms::one))
        .routes(routes!(programmes::list))
        .routes(routes!(programmes::due))
        .routes(routes!(programmes::one))
        .routes(routes!(programmes::register))
        .routes(routes!(people::programmes))
        .routes(routes!(record::form))
        .routes(routes!(record::enrol))
        .routes(routes!(record::leave))
}

/// All of `/api/v1`, with its own words for what goes wrong.
pub fn routes() -> Router<Server> {
    let (router, document) = described().split_for_parts();
    let document = document.to_json().expect("the document is JSON");
    let json = [(header::CONTENT_TYPE, "application/json")];
    let v1 = router
        .route("/openapi.json", get(move || async move { (json, document).into_response() }))
        .fallback(|| async { StatusCode::NOT_FOUND })
        .method_not_allowed_fallback(|| async { StatusCode::METHOD_NOT_ALLOWED })
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(CatchPanicLayer::custom(answer::panicked))
        .layer(from_fn(trouble::in_json));
    Router::new().nest("/api/v1", v1)
}
