//! The OpenAPI document: what stands above the routes. The routes themselves are described where they are
//! served, so none can be left out.

use super::trouble::Findings;
use crate::http::Server;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::{Modify, OpenApi};
use utoipa_axum::router::OpenApiRouter;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Trạm",
        version = "1",
        description = "Forms and programmes of commune health stations. Every answer carries \
                       `schema`; what goes wrong is told as `findings`, in Vietnamese or, by \
                       `Accept-Language: en`, in English."
    ),
    servers((url = "/api/v1")),
    // Shapes of what goes wrong are named by no route of its own.
    components(schemas(Findings)),
    security(("session" = [])),
    modifiers(&Bearer)
)]
struct Document;

/// The token of `POST /session`.
struct Bearer;

impl Modify for Bearer {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let components = document.components.get_or_insert_default();
        let scheme = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
        components.add_security_scheme("session", scheme);
    }
}

/// A router that describes what it serves, before the first route.
pub fn empty() -> OpenApiRouter<Server> {
    OpenApiRouter::with_openapi(Document::openapi())
}
