//! One fact as a sentence: what kind of thing happened, and what exactly.

use super::choose::household_label;
use super::pregnancy::show_para;
use super::show::{
    born, field_code, inside, list_name, number, paper, residence_kind, validity, value,
};
use crate::http::Ctx;
use tram_app::person::PersonPage;
use tram_domain::fact::{
    AefiRecorded, BirthRecorded, Body, DeathRecorded, DoseGiven, DueDateBasis, FactRef,
    FormRecorded, IdentifierRecorded, PersonRegistered, PregnancyNoted, PregnancyOutcome,
    ResidenceStarted, StillbirthRecorded,
};
use tram_domain::immunisation::Course;
use tram_domain::programme::{Care, DIED};
use tram_kernel::number::show_count;
use tram_kernel::{HouseholdId, day, moment};

/// What the sentences are made with. The course is judged once for all lines.
pub struct Teller<'a> {
    ctx: &'a Ctx,
    page: &'a PersonPage,
    course: Course<'a>,
    care: Care<'a>,
}

/// Which tab of the timeline a fact belongs to.
pub const fn group(body: &Body) -> &'static str {
    match body {
        Body::DoseGiven(_)
        | Body::DoseDeferred(_)
        | Body::SeriesContraindicated(_)
        | Body::TetanusTold(_)
        | Body::AefiRecorded(_)
        | Body::AefiFollowed(_)
        | Body::AefiReported(_)
        | Body::AefiConcluded(_) => "doses",
        Body::FormRecorded(_) | Body::ProgrammeEnrolled(_) | Body::ProgrammeLeft(_) => "care",
        Body::ResidenceStarted(_)
        | Body::ResidenceEnded(_)
        | Body::HouseholdJoined(_)
        | Body::HouseholdLeft(_) => "places",
        Body::BirthRecorded(_)
        | Body::StillbirthRecorded(_)
        | Body::PregnancyNoted(_)
        | Body::PregnancyEnded(_)
        | Body::DeathRecorded(_) => "life",
        _ => "record",
    }
}

impl<'a> Teller<'a> {
    pub fn new(ctx: &'a Ctx, page: &'a PersonPage) -> Self {
        let care = Care::of(&page.view.defs, &page.view.person);
        Self { ctx, page, course: page.view.course(), care }
    }

    /// The kind of thing that happened: `Tiêm`, `Chuyển đi`.
    pub fn kind(&self, body: &Body) -> String {
        if let Body::FormRecorded(entry) = body {
            let forms = &self.page.view.defs.forms;
            let form = tram_defs::form::form_on(forms, &entry.form, self.ctx.today());
            return form.map_or(entry.form.as_str(), |form| form.short.as_str()).to_owned();
        }
        self.ctx.words.say(&format!("fact-{}", body.code())).into_owned()
    }

    /// What exactly happened, in one line.
    pub fn text(&self, at: FactRef, body: &Body) -> String {
        let words = self.ctx.words;
        let parts = match body {
            Body::PersonRegistered(body) => self.registered(body),
            Body::PersonAmended(body) => {
                let field = words.say(&format!("field-{}", field_code(&body.change))).into_owned();
                let value = value(self.ctx, self.page, &body.change);
                let args = [("field", field.into()), ("value", value.into())];
                vec![words.with("line-amended", args), self.reason(body.reason.as_deref())]
            }
            Body::IdentifierRecorded(body) => self.held(body),
            Body::IdentifierEnded(body) => {
                let paper = paper(words, body.identifier.kind());
                let shown = number(&body.identifier);
                vec![format!("{paper} {shown}"), self.reason(body.reason.as_deref())]
            }
            Body::ResidenceStarted(body) => self.lives(body),
            Body::ResidenceEnded(body) => {
                let to = body.to_place.as_deref();
                vec![self.with("line-to", "place", to), self.listed("move_reason", &body.reason)]
            }
            Body::HouseholdJoined(body) => {
                vec![self.household(body.household), self.listed("relation", &body.relation)]
            }
            Body::HouseholdLeft(body) => vec![self.household(body.household)],
            Body::BirthRecorded(body) => self.birth(body),
            Body::StillbirthRecorded(body) => self.still(body),
            Body::PregnancyNoted(body) => self.pregnancy(body),
            Body::PregnancyEnded(body) => vec![self.outcome(body.outcome)],
            Body::DeathRecorded(body) => self.death(body),
            Body::DoseGiven(body) => self.dose(at, body),
            Body::TetanusTold(body) => {
                let child = words.say(&format!("tetanus-child-{}", body.as_child)).into_owned();
                let doses = i64::from(body.doses);
                let args = [("child", child.into()), ("doses", doses.into())];
                let last =
                    body.last.map(|day| words.with("line-tetanus-last", [("day", day.into())]));
                let source = words.say(&format!("tetanus-paper-{}", body.on_paper)).into_owned();
                vec![words.with("line-tetanus", args), last.unwrap_or_default(), source]
            }
            Body::DoseDeferred(body) => vec![
                self.series(&body.series),
                self.listed("deferral_reason", &body.reason),
                words.with("line-until", [("day", body.until.into())]),
            ],
            Body::SeriesContraindicated(body) => vec![
                self.series(&body.series),
                self.listed("contraindication_reason", &body.reason),
            ],
            Body::AefiRecorded(body) => self.event(body),
            Body::AefiFollowed(body) => {
                vec![
                    self.listed("aefi_outcome", &body.outcome),
                    body.told.clone().unwrap_or_default(),
                ]
            }
            Body::AefiReported(body) => vec![
                self.listed("aefi_receiver", &body.to),
                moment::show_time(body.minute),
                body.by.clone().unwrap_or_default(),
            ],
            Body::AefiConcluded(body) => {
                vec![self.listed("aefi_cause", &body.cause), body.told.clone().unwrap_or_default()]
            }
            Body::FactRetracted(body) => {
                vec![self.named(body.what), self.reason(Some(&body.reason))]
            }
            Body::PersonLinked(body) => {
                vec![self.linked(at), self.reason(body.reason.as_deref())]
            }
            Body::PersonsDistinct(body) => {
                let other = self.page.people.get(&body.other).cloned().unwrap_or_default();
                vec![other, self.reason(body.reason.as_deref())]
            }
            Body::FormRecorded(body) => self.entry(at, body),
            Body::ProgrammeEnrolled(body) => vec![
                self.programme(&body.programme),
                self.choice(&body.programme, body.source.as_deref()),
                body.note.clone().unwrap_or_default(),
            ],
            Body::ProgrammeLeft(body) => vec![
                self.programme(&body.programme),
                self.choice(&body.programme, Some(&body.outcome)),
                body.note.clone().unwrap_or_default(),
            ],
            Body::RecordConfirmed(body) => vec![body.source.clone().unwrap_or_default()],
            // Facts about households, units and plans never stand on a person; the kind says enough.
            _ => Vec::new(),
        };
        let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        parts.join("; ")
    }

    /// An entry by the name of its form and what its form chose to tell.
    fn entry(&self, at: FactRef, body: &FormRecorded) -> Vec<String> {
        let defs = &self.page.view.defs;
        let filled = self.care.entries.iter().find(|filled| filled.entry.at == at);
        let on = self.page.history.iter().find(|line| line.at == at).map(|line| line.happened_on);
        let form = on.and_then(|on| tram_domain::form::form_of(defs, body, on));
        let Some(form) = form else { return vec![body.form.clone()] };
        let measures = filled.map(|filled| filled.measures.as_slice()).unwrap_or_default();
        let corrects = body.replaces.map(|_| self.ctx.words.say("line-corrects").into_owned());
        let told = crate::pages::programmes::line(defs, form, body, measures);
        vec![told, corrects.unwrap_or_default()]
    }

    fn programme(&self, code: &str) -> String {
        let rule = tram_domain::programme::rule_of(&self.page.view.defs, code, self.ctx.today());
        rule.map_or(code, |rule| rule.name.as_str()).to_owned()
    }

    /// How somebody came into a programme, or left it.
    fn choice(&self, programme: &str, code: Option<&str>) -> String {
        let Some(code) = code else { return String::new() };
        if code == DIED {
            return self.ctx.words.say("programme-died").into_owned();
        }
        let defs = &self.page.view.defs;
        let rule = tram_domain::programme::rule_of(defs, programme, self.ctx.today());
        let known = rule.into_iter().flat_map(|rule| rule.sources.iter().chain(&rule.outcomes));
        known.clone().find(|c| c.code == code).map_or(code, |c| c.name.as_str()).to_owned()
    }

    /// The name on the record that is read as part of this one.
    fn linked(&self, at: FactRef) -> String {
        let person = &self.page.view.person;
        let link = person.links.iter().find(|link| link.at == at);
        link.and_then(|link| self.page.people.get(&link.other).cloned()).unwrap_or_default()
    }

    /// Another line by its kind and day: `Tiêm, 12/10/2025`.
    fn named(&self, what: FactRef) -> String {
        let line = self.page.history.iter().find(|line| line.at == what);
        line.map_or(String::new(), |line| {
            format!("{}, {}", self.kind(&line.body), day::show(line.happened_on))
        })
    }

    fn registered(&self, body: &PersonRegistered) -> Vec<String> {
        let words = self.ctx.words;
        let sex = words.say(&format!("sex-{}", body.sex.code()));
        let born = born(words, body.born, body.born_minute);
        vec![format!("{}, {sex}, {} {born}", body.name, words.say("born-word"))]
    }

    fn held(&self, body: &IdentifierRecorded) -> Vec<String> {
        let words = self.ctx.words;
        let paper = paper(words, body.identifier.kind());
        let shown = number(&body.identifier);
        vec![format!("{paper} {shown}"), validity(words, body.from, body.to)]
    }

    fn lives(&self, body: &ResidenceStarted) -> Vec<String> {
        let area = self.page.areas.get(&body.area).cloned().unwrap_or_default();
        vec![
            area,
            inside(&residence_kind(self.ctx, body.kind)),
            self.listed("move_reason", &body.reason),
            self.with("line-from", "place", body.from_place.as_deref()),
        ]
    }

    fn birth(&self, body: &BirthRecorded) -> Vec<String> {
        let weight = body.weight_grams.map(|g| {
            let shown = show_count(g.into());
            self.ctx.words.with("line-weight", [("g", shown.into())])
        });
        let place = self.place("birth_place", body.place.as_deref());
        vec![self.order(body.order), place, weight.unwrap_or_default()]
    }

    fn pregnancy(&self, body: &PregnancyNoted) -> Vec<String> {
        let words = self.ctx.words;
        let basis = match body.basis {
            DueDateBasis::LastPeriod => "basis-period",
            DueDateBasis::Ultrasound => "basis-ultrasound",
            DueDateBasis::Stated => "basis-stated",
            DueDateBasis::Transfer => "basis-transfer",
        };
        let expected = words.with("line-expected", [("on", body.expected.into())]);
        let period = body.last_period;
        let period = period.map(|first| words.with("line-period", [("on", first.into())]));
        let scan = body.scan.map(|scan| {
            let (weeks, days) = (i64::from(scan.weeks), i64::from(scan.days));
            let args = [("on", scan.on.into()), ("weeks", weeks.into()), ("days", days.into())];
            words.with("line-scan", args)
        });
        let fetuses = body.fetuses.filter(|n| *n > 1);
        let fetuses = fetuses.map(|n| words.with("safety-fetuses", [("n", i64::from(n).into())]));
        let para = body.para.map(|p| words.with("safety-para", [("para", show_para(p).into())]));
        vec![
            expected,
            words.say(basis).into_owned(),
            period.unwrap_or_default(),
            scan.unwrap_or_default(),
            fetuses.unwrap_or_default(),
            para.unwrap_or_default(),
        ]
    }

    fn outcome(&self, outcome: PregnancyOutcome) -> String {
        let code = match outcome {
            PregnancyOutcome::Birth => "outcome-birth",
            PregnancyOutcome::Stillbirth => "outcome-stillbirth",
            PregnancyOutcome::Loss => "outcome-loss",
        };
        self.ctx.words.say(code).into_owned()
    }

    fn still(&self, body: &StillbirthRecorded) -> Vec<String> {
        let words = self.ctx.words;
        let sex = body.sex.map(|sex| words.say(&format!("sex-{}", sex.code())).into_owned());
        let weeks = body.weeks.map(|n| words.with("line-weeks", [("n", i64::from(n).into())]));
        vec![
            sex.unwrap_or_default(),
            self.order(body.order),
            weeks.unwrap_or_default(),
            self.place("birth_place", body.place.as_deref()),
        ]
    }

    fn death(&self, body: &DeathRecorded) -> Vec<String> {
        vec![
            body.minute.map(moment::show_time).unwrap_or_default(),
            self.place("death_place", body.place.as_deref()),
            self.with("line-cause", "cause", body.cause.as_deref()),
        ]
    }

    fn dose(&self, at: FactRef, body: &DoseGiven) -> Vec<String> {
        let words = self.ctx.words;
        let defs = &self.page.view.defs;
        let vaccine = defs.vaccine(&body.vaccine).map_or(&body.vaccine, |v| &v.name);
        let counts = self.course.verdicts_on(at).map(|verdict| match &verdict.counts {
            Ok(n) => format!("{} {n}", self.series(&verdict.series)),
            Err(_) => words.say("line-not-counted").into_owned(),
        });
        let giver = body.giver.and_then(|unit| self.page.units.get(&unit).cloned());
        let mut parts = vec![vaccine.clone()];
        parts.extend(counts);
        parts.push(self.with("line-lot", "lot", body.lot.as_deref()));
        parts.push(self.place("injection_site", body.site.as_deref()));
        parts.push(giver.or_else(|| body.elsewhere.clone()).unwrap_or_default());
        parts
    }

    fn event(&self, body: &AefiRecorded) -> Vec<String> {
        let code = if body.severe { "aefi-severe" } else { "aefi-mild" };
        let mut parts = vec![self.ctx.words.say(code).into_owned()];
        parts.extend(body.signs.iter().map(|sign| self.listed("aefi_sign", sign)));
        parts.extend(body.told.clone());
        parts
    }

    fn series(&self, code: &str) -> String {
        self.course.schedule.find(code).map_or(code, |s| s.short.as_str()).to_owned()
    }

    fn household(&self, id: HouseholdId) -> String {
        let row = self.page.households.get(&id);
        row.map_or(String::new(), |row| household_label(self.ctx.words, row))
    }

    fn order(&self, order: Option<u8>) -> String {
        order.map_or(String::new(), |n| {
            self.ctx.words.with("line-order", [("n", i64::from(n).into())])
        })
    }

    fn place(&self, list: &str, code: Option<&str>) -> String {
        code.map_or(String::new(), |code| self.listed(list, code))
    }

    fn listed(&self, list: &str, code: &str) -> String {
        inside(&list_name(self.ctx, list, code))
    }

    fn reason(&self, text: Option<&str>) -> String {
        self.with("line-reason", "reason", text)
    }

    fn with(&self, code: &str, name: &'static str, text: Option<&str>) -> String {
        text.filter(|text| !text.is_empty())
            .map_or(String::new(), |text| self.ctx.words.with(code, [(name, text.into())]))
    }
}
