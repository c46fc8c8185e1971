//! Screens. One file a subject; each owns its routes. The parts they are built of are in `parts`.

mod audit;
mod definitions;
mod indicators;
pub mod layout;
pub mod parts;
mod plans;
mod search;
pub mod signin;
mod today;
mod units;
mod users;

use crate::http::Server;
use axum::Router;

/// All pages.
pub fn routes() -> Router<Server> {
    Router::new()
        .merge(signin::routes())
        .merge(today::routes())
        .merge(search::routes())
        .merge(indicators::routes())
        .merge(plans::routes())
        .merge(units::routes())
        .merge(users::routes())
        .merge(audit::routes())
        .merge(definitions::routes())
}
