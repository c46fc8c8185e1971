//! Screens. One file a subject; each owns its routes. The parts they are built of are in `parts`.

mod aefi;
mod audit;
pub mod calendar;
mod citizen;
mod cold_chain;
mod definitions;
mod drafts;
mod growth;
mod household;
mod immunisation;
pub(crate) mod import;
mod indicators;
mod insurance;
mod keys;
pub mod layout;
pub mod parts;
mod person;
mod plans;
mod programmes;
mod quality;
mod resume;
mod search;
mod session;
mod sessions;
pub mod signin;
mod stock;
mod switch;
pub mod system;
pub mod today;
pub mod undo;
mod units;
mod users;

use crate::http::Server;
use axum::Router;

/// Pages that bring in whole lists: they may take minutes on an old machine.
pub fn slow_routes() -> Router<Server> {
    import::routes()
}

/// All other pages.
pub fn routes() -> Router<Server> {
    Router::new()
        .merge(signin::routes())
        .merge(switch::routes())
        .merge(citizen::routes())
        .merge(today::routes())
        .merge(drafts::routes())
        .merge(undo::routes())
        .merge(search::routes())
        .merge(person::routes())
        .merge(household::routes())
        .merge(immunisation::routes())
        .merge(session::routes())
        .merge(sessions::routes())
        .merge(stock::routes())
        .merge(cold_chain::routes())
        .merge(aefi::routes())
        .merge(indicators::routes())
        .merge(insurance::routes())
        .merge(plans::routes())
        .merge(programmes::routes())
        .merge(growth::routes())
        .merge(quality::routes())
        .merge(units::routes())
        .merge(users::routes())
        .merge(audit::routes())
        .merge(calendar::routes())
        .merge(definitions::routes())
        .merge(system::routes())
        .merge(keys::routes())
}
