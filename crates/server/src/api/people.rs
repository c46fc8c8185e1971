//! What the programmes say of one person.

use super::caller::Caller;
use super::trouble::{ReadTroubles, Trouble};
use super::wire::PersonCare;
use axum::Json;
use axum::extract::Path;
use tram_app::programme::DueVisit;
use tram_domain::programme::Care;

/// Episodes, entries with their answers and measures, and what is due. The opening is audited.
#[utoipa::path(get, path = "/people/{id}/programmes", tag = "people",
    params(("id" = String, Path, description = "`ng-` and 32 hex digits")),
    responses((status = 200, body = PersonCare), ReadTroubles))]
pub async fn programmes(
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Json<PersonCare>, Trouble> {
    let id = caller.person(&id)?;
    let care = caller.run(move |app, actor| {
        app.programme_definitions(actor)?;
        let page = app.person_page(actor, id)?;
        let (defs, person) = (&page.view.defs, &page.view.person);
        let care = Care::of(defs, person);
        // What is proposed may lie where the caller does not see.
        let due = care
            .due
            .iter()
            .filter(|due| actor.sees(due.compartment) && due.is_asked_on(app.today()));
        let due: Vec<DueVisit> = due.map(DueVisit::from).collect();
        let open = actor.programmes(defs, app.today());
        let is_open = |code: &str| open.iter().any(|rule| rule.code == code);
        Ok(PersonCare::of(person.id, &care.episodes, &care.entries, &due, &is_open))
    });
    care.await.map(Json)
}
