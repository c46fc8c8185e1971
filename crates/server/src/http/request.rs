//! What every handler gets: the program, the words of the asker's language, who is asking.

use super::answer::{Answer, Trouble};
use super::metrics::Meter;
use crate::pages::undo;
use crate::words::{Language, Words};
use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use std::sync::Arc;
use tram_app::backup::BackupPlan;
use tram_app::signin::{SignedIn, Token};
use tram_app::{App, Failure};

/// Shared by all requests.
#[derive(Clone)]
pub struct Server {
    pub app: Arc<App>,
    /// Shown on every page of a demo: people and numbers are not real.
    pub demo: bool,
    /// Cookies are `__Host-` and Secure behind TLS, plain on loopback.
    pub secure: bool,
    /// Counts what is asked.
    pub meter: Arc<Meter>,
    /// The backups this server makes by itself; screens warn when they do not come.
    pub backup: Option<Arc<BackupPlan>>,
}

impl Server {
    /// Runs a use case on a thread that may wait.
    pub async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&App) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        let app = Arc::clone(&self.app);
        match tokio::task::spawn_blocking(move || work(&app)).await {
            Ok(answer) => answer,
            Err(error) => std::panic::resume_unwind(error.into_panic()),
        }
    }

    pub const fn cookie_name(&self) -> &'static str {
        if self.secure { "__Host-tram" } else { "tram" }
    }
}

/// A signed-in request.
#[derive(Clone)]
pub struct Ctx {
    pub server: Server,
    pub words: &'static Words,
    pub signed: SignedIn,
    pub token: Token,
    /// Path and query of the request, for "back here after signing in".
    pub uri: String,
    /// The save this page tells of, while it may be taken back.
    pub undo: Option<String>,
    /// Answers a form that was sent, not an address that was opened.
    pub posted: bool,
    /// Asked by htmx: only the part that changes is wanted.
    pub partial: bool,
}

impl Ctx {
    /// Runs a use case in the name of the asker.
    pub async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&App, &tram_app::Actor) -> Result<T, Failure> + Send + 'static,
    ) -> Answer<T> {
        let actor = self.signed.actor.clone();
        let answer = self.server.run(move |app| work(app, &actor)).await;
        answer.map_err(|failure| Trouble::signed(self.clone(), failure))
    }

    /// The same, with the failure left to the handler (forms shown again). What the disk has against a
    /// write is said like a refusal: the typed words stay in the form.
    pub async fn try_run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&App, &tram_app::Actor) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        let actor = self.signed.actor.clone();
        let answer = self.server.run(move |app| work(app, &actor)).await;
        answer.map_err(Failure::for_forms)
    }

    pub fn today(&self) -> tram_kernel::Date {
        self.server.app.today()
    }
}

/// The language of a request without a session: the browser's wish.
pub fn language(headers: &HeaderMap) -> Language {
    let wish = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    wish.map_or(Language::Vi, |wish| {
        let vi = wish.find("vi").unwrap_or(usize::MAX);
        let en = wish.find("en").unwrap_or(usize::MAX);
        if en < vi { Language::En } else { Language::Vi }
    })
}

/// The session token in the cookie, if there is a well-formed one.
pub fn cookie_token(headers: &HeaderMap, name: &str) -> Option<Token> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let value = cookies.flat_map(|all| all.split(';')).find_map(|one| {
        let (key, value) = one.trim().split_once('=')?;
        (key == name).then(|| value.to_owned())
    })?;
    token_of(&value)
}

/// A session token from its 64 hexadecimal digits.
pub fn token_of(hex: &str) -> Option<Token> {
    let mut token = [0; 32];
    if hex.len() != 64 || !hex.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    for (at, byte) in token.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&hex[2 * at..2 * at + 2], 16).ok()?;
    }
    Some(token)
}

/// The page a form was sent from, when it is one of ours: there the browser offers what was typed.
fn form_page(headers: &HeaderMap) -> String {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let page = text(header::REFERER)
        .and_then(|whole| whole.split_once("://"))
        .and_then(|(_, rest)| rest.split_once('/'))
        .filter(|(host, _)| text(header::HOST) == Some(host));
    page.map_or_else(|| "/".to_owned(), |(_, path)| format!("/{path}"))
}

/// The name of the cookie by which a computer is known.
pub const fn computer_cookie(server: &Server) -> &'static str {
    if server.secure { "__Host-tram-computer" } else { "tram-computer" }
}

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

impl FromRequestParts<Server> for Ctx {
    type Rejection = Trouble;

    async fn from_request_parts(parts: &mut Parts, server: &Server) -> Result<Self, Trouble> {
        let uri = parts.uri.path_and_query().map_or("/", |uri| uri.as_str()).to_owned();
        let is_get = parts.method == axum::http::Method::GET;
        let out = |failure| {
            let back = if is_get { uri.clone() } else { form_page(&parts.headers) };
            Trouble::unsigned(server.clone(), language(&parts.headers), failure, back)
        };
        let Some(token) = cookie_token(&parts.headers, server.cookie_name()) else {
            return Err(out(Failure::SignedOut));
        };
        let session = server.run(move |app| app.session(&token)).await.map_err(&out)?;
        let Some(signed) = session else { return Err(out(Failure::SignedOut)) };
        let words = Words::of(Language::from_code(&signed.language));
        let partial = parts.headers.contains_key("hx-request");
        let (server, undo, posted) = (server.clone(), None, !is_get);
        let mut ctx = Self { server, words, signed, token, uri, undo, posted, partial };
        if is_get
            && undo::tells_of_a_save(&ctx.uri)
            && let Some(user) = ctx.signed.actor.user
        {
            let saves = ctx.run(move |app, _| app.recent_saves(user)).await?;
            ctx.undo = undo::told_on(&ctx.uri, &saves).map(|save| save.set.clone());
        }
        Ok(ctx)
    }
}

impl OptionalFromRequestParts<Server> for Ctx {
    type Rejection = Trouble;

    async fn from_request_parts(
        parts: &mut Parts,
        server: &Server,
    ) -> Result<Option<Self>, Trouble> {
        match <Self as FromRequestParts<Server>>::from_request_parts(parts, server).await {
            Ok(ctx) => Ok(Some(ctx)),
            Err(trouble) if matches!(trouble.failure, Failure::SignedOut) => Ok(None),
            Err(trouble) => Err(trouble),
        }
    }
}
