//! Web files inside the program: content-hashed names, compressed at build, cached for ever.

use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// One embedded file.
pub struct Asset {
    pub name: &'static str,
    /// `/assets/tram.1a2b3c4d.css`.
    pub path: &'static str,
    media: &'static str,
    plain: &'static [u8],
    gz: &'static [u8],
}

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// The address of a file by its plain name.
pub fn path(name: &str) -> &'static str {
    FILES.iter().find(|file| file.name == name).map_or("/assets/missing", |file| file.path)
}

/// `GET /assets/{file}`.
pub async fn get(Path(file): Path<String>, headers: HeaderMap) -> Response {
    let found = FILES.iter().find(|asset| asset.path.strip_prefix("/assets/") == Some(&file));
    let Some(asset) = found else { return StatusCode::NOT_FOUND.into_response() };
    let zipped = headers
        .get(header::ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.contains("gzip"));
    let fixed = [
        (header::CONTENT_TYPE, asset.media),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
        (header::VARY, "Accept-Encoding"),
    ];
    if zipped {
        return (fixed, [(header::CONTENT_ENCODING, "gzip")], asset.gz).into_response();
    }
    (fixed, asset.plain).into_response()
}
