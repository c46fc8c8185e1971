//! A form that was saved has no draft any more: the answer that leads on from a form drops it.

use super::request::{Ctx, Server};
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use std::sync::{Arc, Mutex, PoisonError};
use tram_app::signin::Token;

/// Whose draft of which form is dropped when the form is saved; said by whoever reads the form.
#[derive(Clone, Default)]
pub struct Settling(Arc<Mutex<Option<(Token, String)>>>);

impl Settling {
    pub fn on_saved(&self, ctx: &Ctx, form: &str) {
        let said = (ctx.token, form.to_owned());
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(said);
    }

    fn take(&self) -> Option<(Token, String)> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// Wraps every post; a redirect after it means that it was saved.
pub async fn settle(State(server): State<Server>, mut request: Request, next: Next) -> Response {
    if request.method() != Method::POST {
        return next.run(request).await;
    }
    let settling = Settling::default();
    request.extensions_mut().insert(settling.clone());
    let response = next.run(request).await;
    if response.status() == StatusCode::SEE_OTHER
        && let Some((token, form)) = settling.take()
        && let Err(error) = server.run(move |app| app.drop_draft(&token, &form)).await
    {
        // What was saved is saved; the draft is offered once more.
        tracing::warn!(?error, "a draft could not be dropped");
    }
    response
}
