//! A posted form: strict UTF-8, the form token checked, values by name.

use super::answer::{Carried, Trouble};
use super::request::{Ctx, Server};
use super::settle::Settling;
use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use tram_app::{Command, Failure};
use tram_kernel::Message;

/// A form larger than this is not carried through signing in.
const CARRIED_MOST: usize = 512 * 1024;
/// What goes with a form and is not part of what it asks for.
const NOT_ASKED: [&str; 4] = ["accept", "csrf", "draft", "of"];

/// The fields of a form that came from one of our own pages, with the asker.
pub struct Fields {
    pub ctx: Ctx,
    pairs: Vec<(String, String)>,
}

impl Fields {
    /// The first value of a field, trimmed; `""` when it is absent.
    pub fn get(&self, name: &str) -> &str {
        self.pairs.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.trim())
    }

    /// The value of a field unless it is empty.
    pub fn filled(&self, name: &str) -> Option<String> {
        Some(self.get(name)).filter(|value| !value.is_empty()).map(str::to_owned)
    }

    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.pairs.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.trim())
    }

    pub fn has(&self, name: &str) -> bool {
        self.pairs.iter().any(|(key, _)| key == name)
    }

    pub fn pairs(&self) -> &[(String, String)] {
        &self.pairs
    }

    /// Warnings the person has read: values of `accept`.
    pub fn accepted(&self) -> Vec<String> {
        self.all("accept").map(str::to_owned).collect()
    }

    /// The command of this form: sending it twice does it once. Accepting a warning is part of the
    /// same attempt, so `accept` is not part of what was asked.
    pub fn command(&self) -> Option<Command> {
        let key = self.filled("idem")?;
        let asked = self.pairs.iter().filter(|(name, _)| !NOT_ASKED.contains(&name.as_str()));
        let text: Vec<String> = asked.map(|(name, value)| format!("{name}={value}")).collect();
        Some(Command::new(&key, text.join("\n").as_bytes()))
    }
}

/// Decodes `application/x-www-form-urlencoded` text; bytes that are not UTF-8 are named.
pub fn decode(body: &[u8]) -> Result<Vec<(String, String)>, usize> {
    let mut pairs = Vec::new();
    for pair in body.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()) {
        let at = pair.iter().position(|byte| *byte == b'=').unwrap_or(pair.len());
        let (name, value) = (&pair[..at], pair.get(at + 1..).unwrap_or_default());
        pairs.push((unescape(name)?, unescape(value)?));
    }
    Ok(pairs)
}

fn unescape(text: &[u8]) -> Result<String, usize> {
    let mut out = Vec::with_capacity(text.len());
    let mut at = 0;
    while at < text.len() {
        let hex = text.get(at + 1..at + 3).and_then(|two| std::str::from_utf8(two).ok());
        match (text[at], hex.and_then(|two| u8::from_str_radix(two, 16).ok())) {
            (b'%', Some(byte)) => {
                out.push(byte);
                at += 3;
                continue;
            }
            (b'+', _) => out.push(b' '),
            (byte, _) => out.push(byte),
        }
        at += 1;
    }
    let text = String::from_utf8(out).map_err(|error| error.utf8_error().valid_up_to())?;
    // NUL never belongs to a text and PostgreSQL refuses it.
    match text.find('\0') {
        Some(at) => Err(at),
        None => Ok(text),
    }
}

/// Equal in the same time whatever differs.
pub fn same(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).fold(0, |diff, (x, y)| diff | (x ^ y)) == 0
}

/// Signed out meanwhile: the page that asks to sign in again carries what was sent, so that it can be sent
/// once more.
async fn carry(trouble: Trouble, request: Request) -> Trouble {
    let to = request.uri().path().to_owned();
    if !trouble.is_signed_out() {
        return trouble;
    }
    let Ok(body) = axum::body::to_bytes(request.into_body(), CARRIED_MOST).await else {
        return trouble;
    };
    match decode(&body).ok().and_then(|pairs| Carried::of(to, pairs)) {
        Some(carried) => trouble.carrying(carried),
        None => trouble,
    }
}

impl FromRequest<Server> for Fields {
    type Rejection = Trouble;

    async fn from_request(request: Request, server: &Server) -> Result<Self, Trouble> {
        let (mut parts, body) = request.into_parts();
        let ctx = <Ctx as FromRequestParts<Server>>::from_request_parts(&mut parts, server).await;
        let ctx = match ctx {
            Ok(ctx) => ctx,
            Err(trouble) => return Err(carry(trouble, Request::from_parts(parts, body)).await),
        };
        let settling = parts.extensions.get::<Settling>().cloned();
        let refused = |message: Message| Trouble::signed(ctx.clone(), Failure::refused(message));
        let request = Request::from_parts(parts, body);
        let body = Bytes::from_request(request, server)
            .await
            .map_err(|_| refused(Message::new("request-too-large")))?;
        let pairs = decode(&body)
            .map_err(|at| refused(Message::new("request-invalid-utf8").with("byte", at)))?;
        let fields = Self { ctx, pairs };
        if same(fields.get("csrf"), &fields.ctx.signed.form_token) {
            if let (Some(settling), Some(form)) = (settling, fields.filled("draft")) {
                settling.on_saved(&fields.ctx, &form);
            }
            Ok(fields)
        } else {
            Err(Trouble::forged(fields.ctx))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_read_strictly() {
        let pairs = decode("name=Lò+Thị%20Mai&born=1%2F2%2F2026&x".as_bytes());
        let expected = [("name", "Lò Thị Mai"), ("born", "1/2/2026"), ("x", "")];
        assert_eq!(pairs, Ok(expected.map(|(k, v)| (k.to_owned(), v.to_owned())).to_vec()));
        assert_eq!(decode(b"name=%FF%FE"), Err(0));
        assert_eq!(decode(b"name=a%00b"), Err(1));
        assert_eq!(decode(b"name=100%"), Ok(vec![("name".to_owned(), "100%".to_owned())]));
    }

    #[test]
    fn tokens_are_compared_whole() {
        assert!(same("abc", "abc"));
        assert!(!same("abc", "abd"));
        assert!(!same("", "abc"));
    }
}
