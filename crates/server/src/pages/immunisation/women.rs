//! What a woman says of tetanus doses before: the form's way in.

use super::{again, back, person_id};
use crate::http::{Answer, Fields};
use axum::extract::Path;
use tram_app::Failure;
use tram_domain::fact::TetanusTold;
use tram_kernel::{Message, day};

pub(super) async fn tell(Path(id): Path<String>, form: Fields) -> Answer {
    let id = person_id(&form.ctx, &id)?;
    let told = match read(&form) {
        Ok(told) => told,
        Err(failure) => return again(&form, id, failure).await,
    };
    let command = form.command();
    let saved =
        form.ctx.try_run(move |app, actor| app.tell_tetanus(actor, id, &told, command)).await;
    match saved {
        Ok(()) => Ok(back(id, "tetanus")),
        Err(failure) => again(&form, id, failure).await,
    }
}

fn read(form: &Fields) -> Result<TetanusTold, Failure> {
    let refused = |code: &'static str, field| Failure::refused_field(Message::new(code), field);
    let number = |name: &'static str| match form.get(name) {
        "" => Ok(0),
        typed => typed.parse().map_err(|_| refused("tetanus-doses", name)),
    };
    let last = match form.get("tt-last") {
        "" => None,
        typed => {
            let read = day::parse(typed, form.ctx.today());
            Some(read.map_err(|_| refused("typed-date-invalid", "tt-last"))?)
        }
    };
    let (as_child, doses) = (number("tt-child")?, number("tt-doses")?);
    Ok(TetanusTold { as_child, doses, last, on_paper: form.get("tt-paper") == "true" })
}
