//! Screens. One file a subject; each owns its routes. The parts they are built of are in `parts`.

mod household;
mod immunisation;
mod import;
pub mod layout;
pub mod parts;
mod person;
mod search;
mod session;
pub mod signin;
mod today;

use crate::http::Server;
use axum::Router;

/// All pages.
pub fn routes() -> Router<Server> {
    Router::new()
        .merge(signin::routes())
        .merge(today::routes())
        .merge(search::routes())
        .merge(person::routes())
        .merge(household::routes())
        .merge(immunisation::routes())
        .merge(session::routes())
        .merge(import::routes())
}
