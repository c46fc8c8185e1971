//! The fields of an entry form, drawn from its definition: one function for every form there is.

use crate::http::Ctx;
use crate::pages::parts::{
    ASKED, Choice, Field, Sheet, field, list_choices, radio_field, tick_field,
};
use maud::{Markup, html};
use tram_defs::form::{Condition, Field as Asked, Form, Kind};
use tram_defs::phrase::Compare;
use tram_domain::form::of_person;
use tram_domain::person::Person;
use tram_kernel::day;
use tram_kernel::number::show_thousandths;

/// More choices than this are a list to open.
const VISIBLE: usize = 5;

/// Names and labels of the boxes of a form.
pub fn labels(form: &Form) -> impl Iterator<Item = (String, String)> + '_ {
    form.fields().map(|asked| (format!("{ASKED}{}", asked.code), asked.label.clone()))
}

/// All groups of a form, without what is never asked of this person. The first box that must be filled has
/// the focus.
pub fn fields(ctx: &Ctx, sheet: &Sheet, form: &Form, person: &Person, focus: bool) -> Markup {
    let on = day::parse(sheet.get("on"), ctx.today()).unwrap_or_else(|_| ctx.today());
    let is_theirs = |asked: &&Asked| {
        asked.when.iter().all(|condition| of_person(condition, person, on) != Some(false))
    };
    let first = form.fields().find(|asked| asked.required && matches!(asked.kind, Kind::Number(_)));
    let first = first.or_else(|| form.fields().next()).map(|asked| asked.code.as_str());
    html! {
        @if form.fields().any(|asked| asked.required) { p.hint { (ctx.words.say("form-required")) } }
        @for group in &form.groups {
            @let theirs: Vec<&Asked> = group.fields.iter().filter(is_theirs).collect();
            @if !theirs.is_empty() { (group_part(ctx, sheet, (&group.name, &theirs), first.filter(|_| focus))) }
        }
    }
}

fn group_part(
    ctx: &Ctx,
    sheet: &Sheet,
    (name, fields): (&str, &[&Asked]),
    focus: Option<&str>,
) -> Markup {
    html! {
        section.sec aria-label=(name) {
            div.h { h2 { (name) } }
            div.cols {
                @for asked in fields {
                    @let drawn = one(ctx, sheet, asked, focus == Some(asked.code.as_str()));
                    @if asked.when.is_empty() { (drawn) } @else {
                        div class={ "when " (width(&asked.kind)) } data-when=(said(&asked.when)) { (drawn) }
                    }
                }
            }
        }
    }
}

fn width(kind: &Kind) -> &'static str {
    match kind {
        Kind::Number(_) | Kind::Day(_) => "c3",
        Kind::YesNo => "c4",
        Kind::Choice(choices) if choices.len() <= 2 => "c4",
        Kind::Choice(_) | Kind::Listed(_) | Kind::Text(false) => "c6",
        Kind::Choices(_) | Kind::Text(true) => "c12",
    }
}

fn one(ctx: &Ctx, sheet: &Sheet, asked: &Asked, focus: bool) -> Markup {
    let words = ctx.words;
    let id = format!("{ASKED}{}", asked.code);
    let wrong = sheet.wrong(&id).map(|message| words.message(message));
    let class = if asked.when.is_empty() { width(&asked.kind) } else { "" };
    // Most questions may be left open: those that may not are marked.
    let label = format!("{}{}", asked.label, if asked.required { " *" } else { "" });
    let mut f = Field {
        id: &id,
        label: &label,
        value: sheet.get(&id),
        hint: &asked.hint,
        wrong,
        required: asked.required && asked.when.is_empty(),
        autofocus: focus,
        class,
        ..Field::default()
    };
    match &asked.kind {
        Kind::Number(number) => {
            f.unit = &number.unit;
            f.mode = if number.decimals > 0 { "decimal" } else { "numeric" };
            field(words, &f)
        }
        Kind::YesNo => {
            f.choices = Some(
                [("yes", "form-yes"), ("no", "form-no")]
                    .map(|(value, code)| Choice {
                        value: value.to_owned(),
                        text: words.say(code).into_owned(),
                    })
                    .into(),
            );
            radio_field(&f)
        }
        Kind::Choice(choices) if choices.len() <= VISIBLE => {
            f.choices = Some(choices.iter().map(choice).collect());
            radio_field(&f)
        }
        Kind::Choice(choices) => {
            let none = Choice { value: String::new(), text: words.say("value-none").into_owned() };
            f.choices = Some(std::iter::once(none).chain(choices.iter().map(choice)).collect());
            field(words, &f)
        }
        Kind::Choices(choices) => {
            f.choices = Some(choices.iter().map(choice).collect());
            tick_field(&f, |value| sheet.has(&id, value))
        }
        Kind::Listed(list) => {
            f.choices = Some(list_choices(ctx, list, Some(&words.say("value-none"))));
            f.combo = true;
            field(words, &f)
        }
        Kind::Day(_) => {
            f.mode = "numeric";
            field(words, &f)
        }
        Kind::Text(long) => {
            f.rows = if *long { 3 } else { 0 };
            field(words, &f)
        }
    }
}

fn choice(choice: &tram_defs::form::Choice) -> Choice {
    Choice { value: choice.code.clone(), text: choice.name.clone() }
}

/// Conditions as the script reads them: `smoker=yes|no; sbp>=140`. What it cannot know it leaves open.
fn said(conditions: &[Condition]) -> String {
    let sign = |compare: &Compare| if *compare == Compare::Less { "<" } else { ">=" };
    let each = conditions.iter().filter_map(|condition| match condition {
        Condition::In { field, codes } => Some(format!("{ASKED}{field}={}", codes.join("|"))),
        Condition::Number { field, compare, than } => {
            Some(format!("{ASKED}{field}{}{}", sign(compare), show_thousandths(*than)))
        }
        Condition::Known(field) => Some(format!("{ASKED}{field}=*")),
        _ => None,
    });
    each.collect::<Vec<_>>().join("; ")
}

/// What goes into the boxes: answers of an entry, or those that are carried over from last time.
pub fn fill(sheet: &mut Sheet, form: &Form, answers: &[tram_domain::fact::Answer], carried: bool) {
    use tram_domain::fact::Value;
    for asked in form.fields().filter(|asked| !carried || asked.carry) {
        let Some(value) = tram_domain::form::answer_of(answers, &asked.code) else { continue };
        let name = format!("{ASKED}{}", asked.code);
        match value {
            Value::Codes(codes) => codes.iter().for_each(|code| sheet.tick(&name, code)),
            Value::Yes(yes) => sheet.set(&name, if *yes { "yes" } else { "no" }),
            value => sheet.set(&name, tram_domain::form::answer::typed(&asked.kind, value)),
        }
    }
}
