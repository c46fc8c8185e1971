//! A form with a file in it.

use super::answer::Trouble;
use super::fields::same;
use super::request::{Ctx, Server};
use axum::extract::multipart::{Multipart, MultipartError};
use axum::extract::{FromRequest, FromRequestParts, Request};
use tram_app::Failure;
use tram_kernel::Message;

/// An uploaded file from one of our own pages.
pub struct Upload {
    pub ctx: Ctx,
    /// What the person says the file is.
    pub kind: String,
    pub name: String,
    pub bytes: Vec<u8>,
}

impl FromRequest<Server> for Upload {
    type Rejection = Trouble;

    async fn from_request(request: Request, server: &Server) -> Result<Self, Trouble> {
        let (mut parts, body) = request.into_parts();
        let ctx = <Ctx as FromRequestParts<Server>>::from_request_parts(&mut parts, server).await?;
        let request = Request::from_parts(parts, body);
        let refused =
            |code: &'static str| Trouble::signed(ctx.clone(), Failure::refused(Message::new(code)));
        let too_large = |_: MultipartError| refused("request-too-large");
        let mut form = Multipart::from_request(request, server)
            .await
            .map_err(|_| refused("request-no-file"))?;
        let (mut name, mut bytes, mut token) = (String::new(), None, String::new());
        let mut kind = String::new();
        while let Some(field) = form.next_field().await.map_err(too_large)? {
            match field.name() {
                Some("csrf") => token = field.text().await.map_err(too_large)?,
                Some("kind") => kind = field.text().await.map_err(too_large)?,
                Some("file") => {
                    name = field.file_name().unwrap_or_default().to_owned();
                    bytes = Some(field.bytes().await.map_err(too_large)?.to_vec());
                }
                _ => {}
            }
        }
        if !same(&token, &ctx.signed.form_token) {
            return Err(Trouble::forged(ctx));
        }
        match bytes {
            Some(bytes) if !name.is_empty() => Ok(Self { ctx, kind, name, bytes }),
            _ => Err(refused("request-no-file")),
        }
    }
}
