//! Protections of every answer: strict content policy, no cross-site posts, an id for each request.

use super::request::Server;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

const POLICY: &str = "default-src 'self'; img-src 'self' data:; object-src 'none'; \
                      base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// Wraps every request: refuses what comes from other sites, adds headers, logs one line without
/// personal data (the route, never the address with its ids or its query).
pub async fn guard(State(server): State<Server>, request: Request, next: Next) -> Response {
    static COUNTER: AtomicU64 = AtomicU64::new(1);
    let number = COUNTER.fetch_add(1, Ordering::Relaxed);
    let started = Instant::now();
    let method = request.method().clone();
    let asset = request.uri().path().starts_with("/assets/");
    let route = request
        .extensions()
        .get::<axum::extract::MatchedPath>()
        .map_or("-", |path| path.as_str())
        .to_owned();
    let mut response = if is_foreign(&method, request.headers()) {
        StatusCode::FORBIDDEN.into_response()
    } else {
        next.run(request).await
    };
    let status = response.status().as_u16();
    let took = started.elapsed();
    let took_ms = took.as_millis() as u64;
    server.meter.count(method.as_str(), &route, status, took);
    if status >= 500 {
        tracing::error!(number, %method, route, status, took_ms, "answered");
    } else if !asset {
        tracing::info!(number, %method, route, status, took_ms, "answered");
    }
    let headers = response.headers_mut();
    let set = |headers: &mut HeaderMap, name: &'static str, value: &'static str| {
        headers.insert(name, HeaderValue::from_static(value));
    };
    set(headers, "content-security-policy", POLICY);
    set(headers, "x-content-type-options", "nosniff");
    set(headers, "referrer-policy", "same-origin");
    set(headers, "cross-origin-opener-policy", "same-origin");
    set(headers, "permissions-policy", "camera=(), microphone=(), geolocation=()");
    if server.secure {
        set(headers, "strict-transport-security", "max-age=31536000");
    }
    if !asset {
        headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    }
    if let Ok(value) = HeaderValue::from_str(&number.to_string()) {
        headers.insert("x-request-id", value);
    }
    response
}

/// A change asked for by a page of another site. Browsers say where a post comes from.
fn is_foreign(method: &Method, headers: &HeaderMap) -> bool {
    if method == Method::GET || method == Method::HEAD {
        return false;
    }
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        return !matches!(site, "same-origin" | "none");
    }
    match (text("origin"), text("host")) {
        (Some(origin), Some(host)) => origin.split_once("://").map(|(_, rest)| rest) != Some(host),
        (Some(_), None) => true,
        // No origin at all: not a browser; the form token still decides.
        (None, _) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        let insert = |mut map: HeaderMap, (name, value): &(&'static str, &'static str)| {
            map.insert(*name, HeaderValue::from_static(value));
            map
        };
        pairs.iter().fold(HeaderMap::new(), insert)
    }

    #[test]
    fn posts_from_other_sites_are_refused() {
        let here = ("host", "127.0.0.1:8080");
        for (pairs, foreign) in [
            (vec![here, ("origin", "http://127.0.0.1:8080")], false),
            (vec![here, ("origin", "http://evil.example")], true),
            (vec![here, ("origin", "null")], true),
            (vec![here, ("sec-fetch-site", "cross-site")], true),
            (vec![here, ("sec-fetch-site", "same-origin")], false),
            (vec![here], false),
        ] {
            assert_eq!(is_foreign(&Method::POST, &headers(&pairs)), foreign, "{pairs:?}");
        }
        assert!(!is_foreign(&Method::GET, &headers(&[("origin", "http://evil.example")])));
    }
}
