//! Answers that are not the page asked for: refused, not found, signed out, broken.

use super::request::{Ctx, Server, language};
use crate::pages::{layout, signin};
use crate::words::{Language, Words};
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use maud::{Markup, html};
use tram_app::{Failure, StoreError};
use tram_defs::role::Action;
use tram_domain::authority::Denied;
use tram_kernel::Message;

/// What a handler gives back.
pub type Answer<T = Response> = Result<T, Trouble>;

/// A form sent after its session had ended: it goes with the page that asks to sign in again.
#[derive(Debug, Clone, Default)]
pub struct Carried {
    /// The address it was sent to.
    pub to: String,
    /// The user whose page it was on; nobody else may send it on.
    pub of: String,
    pub pairs: Vec<(String, String)>,
}

impl Carried {
    /// `None` for a form that says not whose page it was on: it is not ours, or a password is in it.
    pub fn of(to: String, pairs: Vec<(String, String)>) -> Option<Self> {
        let of = pairs.iter().find(|(name, _)| name == "of")?.1.clone();
        let pairs = pairs.into_iter().filter(|(name, _)| name != "csrf" && name != "of").collect();
        Some(Self { to, of, pairs })
    }

    /// The value of a field; `""` when it is absent.
    pub fn get(&self, name: &str) -> &str {
        self.pairs.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }
}

/// A request that could not be answered as asked, with everything needed to say so.
pub struct Trouble {
    pub failure: Failure,
    server: Box<Server>,
    ctx: Option<Box<Ctx>>,
    language: Language,
    /// Where to go after signing in.
    back: String,
    status: Option<StatusCode>,
    carried: Option<Box<Carried>>,
}

impl Trouble {
    pub fn signed(ctx: Ctx, failure: Failure) -> Self {
        let (server, language) = (Box::new(ctx.server.clone()), ctx.words.language());
        let back = ctx.uri.clone();
        let ctx = Some(Box::new(ctx));
        Self { failure, server, ctx, language, back, status: None, carried: None }
    }

    pub fn unsigned(server: Server, language: Language, failure: Failure, back: String) -> Self {
        let server = Box::new(server);
        Self { failure, server, ctx: None, language, back, status: None, carried: None }
    }

    pub const fn is_signed_out(&self) -> bool {
        matches!(self.failure, Failure::SignedOut)
    }

    pub fn carrying(self, carried: Carried) -> Self {
        Self { carried: Some(Box::new(carried)), ..self }
    }

    /// A page whose role may not do what it is for.
    pub fn denied(ctx: Ctx, action: Action) -> Self {
        Self::signed(ctx, Failure::Denied(Denied::Action(action.code())))
    }

    /// A form without our token: not from one of our pages.
    pub fn forged(ctx: Ctx) -> Self {
        let failure = Failure::refused(Message::new("request-forged"));
        Self { status: Some(StatusCode::FORBIDDEN), ..Self::signed(ctx, failure) }
    }

    fn status(&self) -> StatusCode {
        self.status.unwrap_or_else(|| status_of(&self.failure))
    }
}

/// The status that fits a failure.
pub const fn status_of(failure: &Failure) -> StatusCode {
    match failure {
        Failure::Refused { .. } | Failure::Fields(_) => StatusCode::UNPROCESSABLE_ENTITY,
        Failure::Confirm(_) => StatusCode::CONFLICT,
        Failure::NotFound => StatusCode::NOT_FOUND,
        Failure::Denied(_) => StatusCode::FORBIDDEN,
        Failure::SignedOut => StatusCode::UNAUTHORIZED,
        Failure::Broken(StoreError::Disk(_)) => StatusCode::INSUFFICIENT_STORAGE,
        Failure::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// What is said of a failure.
pub fn said(words: &Words, failure: &Failure) -> String {
    match (failure, failure.message()) {
        (Failure::Denied(Denied::Action(code)), _) => {
            let what = words.say(&format!("may-{}", code.replace('.', "-"))).into_owned();
            words.with("denied-action", [("action", what.into())])
        }
        (_, Some(message)) => words.message(&message),
        (_, None) => words.say("broken").into_owned(),
    }
}

impl IntoResponse for Trouble {
    fn into_response(self) -> Response {
        let status = self.status();
        if let Failure::Broken(error) = &self.failure {
            tracing::error!(%error, "a use case broke");
        }
        let words = Words::of(self.language);
        if matches!(self.failure, Failure::SignedOut) {
            let asked = signin::Asked {
                back: &self.back,
                carried: self.carried.as_deref(),
                ..signin::Asked::default()
            };
            let page = signin::page(&self.server, words, &asked);
            return (status, Html(page.into_string())).into_response();
        }
        let said = said(words, &self.failure);
        let body = trouble_page(words, status, &said);
        let page = match &self.ctx {
            Some(ctx) => layout::page(ctx, &words.say("trouble-title"), "", body),
            None => layout::bare(&self.server, words, &words.say("trouble-title"), body),
        };
        (status, Html(page.into_string())).into_response()
    }
}

fn trouble_page(words: &Words, status: StatusCode, said: &str) -> Markup {
    html! {
        div.head { div { h1 { (words.say("trouble-title")) } p { (said) } } }
        p { a.btn href="/" { (words.say("trouble-home")) } }
        p.mute.sm { (words.with("trouble-code", [("code", i64::from(status.as_u16()).into())])) }
    }
}

/// Pages nobody made.
pub async fn not_found(State(server): State<Server>, headers: HeaderMap) -> Response {
    let words = Words::of(language(&headers));
    let said = words.say("not-found").into_owned();
    let body = trouble_page(words, StatusCode::NOT_FOUND, &said);
    let page = layout::bare(&server, words, &words.say("trouble-title"), body);
    (StatusCode::NOT_FOUND, Html(page.into_string())).into_response()
}

/// An address that only takes forms, opened or reloaded: the page its form stands on.
pub async fn only_forms(method: Method, uri: Uri) -> Response {
    if method != Method::GET && method != Method::HEAD {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    let page = uri.path().rsplit_once('/').map_or("", |(page, _)| page);
    Redirect::to(if page.is_empty() { "/" } else { page }).into_response()
}

/// A programming error in one request leaves the others alone.
pub fn panicked(_: Box<dyn std::any::Any + Send>) -> Response {
    tracing::error!("a request panicked");
    let words = Words::of(Language::Vi);
    let text = words.say("broken").into_owned();
    (StatusCode::INTERNAL_SERVER_ERROR, [(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text)
        .into_response()
}

/// Whether the database answers and is of this program: only then may others be sent here.
pub async fn ready(State(server): State<Server>) -> Response {
    match server.run(|app| app.is_ready().map_err(Failure::from)).await {
        Ok(_) => "ready".into_response(),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "not ready").into_response(),
    }
}
