//! Signing in and out for programs: the session of a page, its token handed over instead of a cookie.

use super::caller::Caller;
use super::sent::Sent;
use super::trouble::{ReadTroubles, Trouble, WriteTroubles};
use super::wire::{SCHEMA, instant};
use crate::http::Server;
use crate::http::request::{hex, language};
use crate::words::Words;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use serde::{Deserialize, Serialize};
use tram_app::Failure;
use tram_app::signin::{IDLE_MS, LONGEST_MS};
use tram_kernel::Moment;
use utoipa::ToSchema;

/// Who signs in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Credentials {
    user: String,
    password: String,
}

/// A session that has begun.
#[derive(Serialize, ToSchema)]
pub struct Begun {
    schema: u8,
    /// Sent with every request: `Authorization: Bearer <token>`.
    token: String,
    /// It ends then at the latest.
    #[schema(format = DateTime)]
    expires_at: String,
    /// It ends sooner when nothing is asked for so long.
    idle_minutes: i64,
    /// The role and unit worked in.
    role: String,
    unit: String,
}

/// Signs in. Wrong tries count as those on the page do.
#[utoipa::path(post, path = "/session", tag = "session", security(()), request_body = Credentials,
    responses((status = 201, body = Begun), ReadTroubles, WriteTroubles,
        (status = 429, description = "Too many wrong tries")))]
pub async fn begin(
    State(server): State<Server>,
    headers: HeaderMap,
    sent: Sent<Credentials>,
) -> Result<(StatusCode, Json<Begun>), Trouble> {
    let spoken = language(&headers);
    let Credentials { user, password } = sent.body;
    let begun = server.run(move |app| {
        let token = app.sign_in(&user, &password, spoken.code())?;
        let signed = app.session(&token)?.ok_or(Failure::SignedOut)?;
        Ok((token, signed.actor, app.now()))
    });
    let (token, actor, now) =
        begun.await.map_err(|failure| Trouble::new(Words::of(spoken), failure))?;
    let begun = Begun {
        schema: SCHEMA,
        token: hex(&token),
        expires_at: instant(Moment::from_ms(now.ms() + LONGEST_MS)),
        idle_minutes: IDLE_MS / 60_000,
        role: actor.role,
        unit: actor.unit.to_string(),
    };
    Ok((StatusCode::CREATED, Json(begun)))
}

/// Ends the session of the token.
#[utoipa::path(delete, path = "/session", tag = "session",
    responses((status = 204, description = "The token opens nothing any more"), ReadTroubles))]
pub async fn end(caller: Caller) -> Result<StatusCode, Trouble> {
    let token = caller.token;
    caller.run(move |app, _| app.sign_out(&token)).await?;
    Ok(StatusCode::NO_CONTENT)
}
