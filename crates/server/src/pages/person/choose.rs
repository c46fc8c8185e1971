//! Choosing a mother or a household: by a list as one types, or by the name or number alone.

use crate::http::{Answer, Ctx, Fields, Trouble};
use crate::pages::parts::{Sheet, option_line, typed};
use crate::words::{Words, age};
use axum::response::{Html, IntoResponse};
use maud::html;
use tram_app::Failure;
use tram_app::household::{HouseholdForm, HouseholdRow};
use tram_kernel::{HouseholdId, Message, PersonId, Sex};

/// Women who answer what was typed, as lines of a list.
pub async fn mothers(form: Fields) -> Answer {
    let (ctx, typed) = (&form.ctx, form.get("q").to_owned());
    let (found, _) = ctx.run(move |app, actor| app.search(actor, &typed, None)).await?;
    let women = found.iter().filter(|p| p.sex == Sex::Female && p.died_on.is_none());
    let lines = html! { @for p in women.take(12) {
        (option_line(&p.id.to_string(), &p.name, &format!(
            "{}, {}, {}",
            p.born.show(),
            age(ctx.words, p.born, ctx.today()),
            p.area_name.as_deref().unwrap_or_default(),
        )))
    } };
    Ok(Html(lines.into_string()).into_response())
}

/// What a household is called: its number and its head.
pub fn household_label(words: &Words, row: &HouseholdRow) -> String {
    match (&row.code, &row.head) {
        (Some(code), Some(head)) => format!("{code}, {head}"),
        (None, Some(head)) => head.clone(),
        (Some(code), None) => code.clone(),
        (None, None) => words.say("household-nameless").into_owned(),
    }
}

/// The mother of a form: a record when one was chosen, otherwise a name as it was typed.
pub async fn resolve_mother(
    ctx: &Ctx,
    sheet: &mut Sheet,
) -> Answer<(Option<PersonId>, Option<String>)> {
    let Some(text) = sheet.filled("mother_text") else { return Ok((None, None)) };
    if let Ok(id) = sheet.get("mother").parse::<PersonId>() {
        match ctx.try_run(move |app, actor| app.person_line(actor, id)).await {
            // Without scripts the name may have been typed over: then the old choice no longer holds.
            Ok(line) if line.name == text => return Ok((Some(id), None)),
            Ok(_) | Err(Failure::NotFound) => {}
            Err(failure) => return Err(Trouble::signed(ctx.clone(), failure)),
        }
    }
    match typed::name(&text) {
        Ok(name) => Ok((None, Some(name))),
        Err(bad) => {
            sheet.refuse("mother", bad);
            Ok((None, None))
        }
    }
}

/// The household of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Chosen {
    None,
    Known(HouseholdRow),
    /// Not there yet, and asked to be opened under this number.
    New(HouseholdForm),
}

/// The household of a form: chosen from the list, or by its number in the village.
pub async fn resolve_household(ctx: &Ctx, sheet: &mut Sheet, area: Option<i64>) -> Answer<Chosen> {
    let Some(text) = sheet.filled("household_text") else { return Ok(Chosen::None) };
    if let Ok(id) = sheet.get("household").parse::<HouseholdId>() {
        match ctx.try_run(move |app, actor| app.household_row(actor, id)).await {
            Ok(row) if household_label(ctx.words, &row) == text => return Ok(Chosen::Known(row)),
            Ok(_) | Err(Failure::NotFound) => {}
            Err(failure) => return Err(Trouble::signed(ctx.clone(), failure)),
        }
    }
    let number = text.split(',').next().unwrap_or_default();
    let (code, area) = match (typed::book_number(number), area) {
        (Ok(code), Some(area)) => (code, area),
        (Err(bad), _) => {
            sheet.refuse("household", bad);
            return Ok(Chosen::None);
        }
        // Without a village a number means nothing; the village is asked for first.
        (Ok(_), None) => return Ok(Chosen::None),
    };
    let wanted = code.clone();
    let mut found = ctx.run(move |app, actor| app.households(actor, area, &wanted)).await?;
    match (found.len(), found.pop()) {
        (1, Some(row)) => {
            sheet.set("household", row.id.to_string());
            sheet.set("household_text", household_label(ctx.words, &row));
            return Ok(Chosen::Known(row));
        }
        (0, _) if !sheet.get("open_household").is_empty() => {
            return Ok(Chosen::New(HouseholdForm {
                area,
                code: Some(code),
                address: None,
                poverty: None,
            }));
        }
        (0, _) => {
            sheet.refuse("household", Message::new("household-unknown").with("code", code));
        }
        _ => sheet.refuse("household", Message::new("household-several").with("code", code)),
    }
    Ok(Chosen::None)
}

/// Opens the household that was asked for, unless it is there already.
pub async fn open_household(
    ctx: &Ctx,
    sheet: &mut Sheet,
    chosen: Chosen,
) -> Answer<Option<HouseholdId>> {
    match chosen {
        Chosen::None => Ok(None),
        Chosen::Known(row) => Ok(Some(row.id)),
        Chosen::New(form) => {
            sheet
                .run(ctx, "household", move |app, actor| app.add_household(actor, &form, None))
                .await
        }
    }
}
