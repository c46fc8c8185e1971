//! Reading `programmes/*.toml`, word for word, and checking what each line names.

use super::{Begins, Goal, Occasion, Programme, Propose, Reminder, Since, Timing, VisitRule};
use crate::finding::{Codes, DefFinding, unknown_word};
use crate::form::{Condition, Form, Kind, RawChoice, Vocabulary, compartment, read_choices};
use crate::measure::Measure;
use crate::phrase::{Span, parse_span};
use crate::provenance::with_provenance;
use crate::span::{Spanned, line_of, read};
use serde::Deserialize;
use tram_kernel::Message;

with_provenance! {
    struct RawProgramme {
        code: Spanned<String>,
        name: String,
        short: String,
        compartment: Option<Spanned<String>>,
        enrol_form: Option<Spanned<String>>,
        #[serde(default)]
        whom: Vec<Spanned<String>>,
        #[serde(default)]
        propose: Vec<RawPropose>,
        begins: Option<RawBegins>,
        #[serde(default)]
        ends: Vec<RawEnds>,
        #[serde(default)]
        sources: Vec<RawChoice>,
        visit: Vec<RawVisit>,
        outcomes: Vec<RawChoice>,
        lost_after: Spanned<String>,
        #[serde(default)]
        reminder: Vec<RawReminder>,
        #[serde(default)]
        shows: Vec<Spanned<String>>,
        goal: Option<RawGoal>,
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPropose {
    when: Vec<Spanned<String>>,
    within: Spanned<String>,
    why: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawBegins {
    on: Spanned<String>,
    lasts: Spanned<String>,
    outcome: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawEnds {
    on: Spanned<String>,
    outcome: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawGoal {
    name: String,
    when: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawVisit {
    code: Spanned<String>,
    name: String,
    form: Spanned<String>,
    from: Option<Spanned<String>>,
    first: Option<Spanned<String>>,
    every: Option<Spanned<String>>,
    #[serde(default)]
    cases: Vec<RawCase>,
    #[serde(default)]
    at: Vec<Spanned<String>>,
    at_age: Option<Spanned<String>>,
    grace: Spanned<String>,
    early: Option<Spanned<String>>,
    appointment: Option<Spanned<String>>,
    #[serde(default)]
    when: Vec<Spanned<String>>,
    #[serde(default)]
    in_order: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCase {
    when: Vec<Spanned<String>>,
    every: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawReminder {
    visit: Spanned<String>,
    after: Spanned<String>,
    assign: String,
    text: String,
}

/// The measures of the set, as words of conditions.
struct Words<'w>(&'w [Measure]);

impl Vocabulary for Words<'_> {
    fn kind(&self, word: &str) -> Option<&Kind> {
        self.0.iter().find(|measure| measure.code == word).map(|measure| &measure.kind)
    }

    fn words(&self) -> Vec<&str> {
        self.0.iter().map(|measure| measure.code.as_str()).collect()
    }
}

/// A file while it is being checked.
struct Checking<'c> {
    file: &'c str,
    text: &'c str,
    measures: &'c [Measure],
    forms: &'c [Form],
    findings: Vec<DefFinding>,
}

/// Reads one programme. `measures` and `forms` are those of the set.
pub fn read_programme(
    file: &str,
    text: &str,
    measures: &[Measure],
    forms: &[Form],
) -> Result<Programme, Vec<DefFinding>> {
    let raw: RawProgramme = read(file, text).map_err(|f| vec![f])?;
    let provenance = raw.provenance(file, text).map_err(|f| vec![f])?;
    let compartment = compartment(file, text, raw.compartment.as_ref()).map_err(|f| vec![f])?;
    let mut checking = Checking { file, text, measures, forms, findings: Vec::new() };
    let enrol_form = raw.enrol_form.as_ref().map(|form| checking.form(form));
    let whom = checking.conditions(&raw.whom);
    for (condition, written) in whom.iter().zip(&raw.whom) {
        if !condition.is_of_person() {
            let message =
                Message::new("def-not-of-person").with("word", written.get_ref().as_str());
            checking.say(written, message);
        }
    }
    let propose = raw.propose.iter().map(|raw| Propose {
        when: checking.conditions(&raw.when),
        within: checking.span(&raw.within),
        why: raw.why.clone(),
    });
    let propose = propose.collect();
    let visits: Vec<VisitRule> = raw.visit.iter().map(|raw| checking.visit(raw)).collect();
    checking.check_codes(&raw.visit);
    let mut reminders = Vec::new();
    for raw in &raw.reminder {
        if !visits.iter().any(|visit| &visit.code == raw.visit.get_ref()) {
            let known = visits.iter().map(|visit| visit.code.as_str());
            let message = unknown_word("visit", raw.visit.get_ref(), known);
            checking.say(&raw.visit, message);
        }
        reminders.push(Reminder {
            visit: raw.visit.get_ref().clone(),
            after: checking.span(&raw.after),
            assign: raw.assign.clone(),
            text: raw.text.clone(),
        });
    }
    let shows = raw.shows.iter().map(|code| checking.measure(code)).collect();
    let goal = raw
        .goal
        .as_ref()
        .map(|goal| Goal { name: goal.name.clone(), when: checking.conditions(&goal.when) });
    let begins = raw.begins.as_ref().map(|begins| Begins {
        on: checking.occasion(&begins.on),
        lasts: checking.span(&begins.lasts),
        outcome: checking.outcome(&begins.outcome, &raw.outcomes),
    });
    let ends = raw
        .ends
        .iter()
        .map(|ends| (checking.occasion(&ends.on), checking.outcome(&ends.outcome, &raw.outcomes)));
    let ends = ends.collect();
    let lost_after = checking.span(&raw.lost_after);
    let [outcomes, sources] = [&raw.outcomes, &raw.sources].map(|choices| {
        let read = read_choices(file, text, choices);
        read.map_err(|found| checking.findings.extend(found)).unwrap_or_default()
    });
    if outcomes.is_empty() {
        checking.say(&raw.code, Message::new("def-no-outcome"));
    }
    if !checking.findings.is_empty() {
        return Err(checking.findings);
    }
    Ok(Programme {
        code: raw.code.into_inner(),
        name: raw.name,
        short: raw.short,
        compartment,
        enrol_form,
        whom,
        propose,
        begins,
        ends,
        sources,
        visits,
        outcomes,
        lost_after,
        reminders,
        shows,
        goal,
        provenance,
    })
}

impl Checking<'_> {
    fn say(&mut self, at: &Spanned<String>, message: Message) {
        let line = line_of(self.text, at.span().start);
        self.findings.push(DefFinding::error(self.file, line, message));
    }

    fn check_codes(&mut self, visits: &[RawVisit]) {
        let mut codes = Codes::default();
        for raw in visits {
            let line = line_of(self.text, raw.code.span().start);
            self.findings.extend(codes.take(raw.code.get_ref(), self.file, line));
        }
    }

    fn conditions(&mut self, raw: &[Spanned<String>]) -> Vec<Condition> {
        let mut conditions = Vec::new();
        for written in raw {
            match Condition::parse(written.get_ref(), &Words(self.measures)) {
                Ok(condition) => conditions.push(condition),
                Err(message) => self.say(written, message),
            }
        }
        conditions
    }

    fn span(&mut self, written: &Spanned<String>) -> Span {
        parse_span(written.get_ref()).unwrap_or_else(|| {
            let message = Message::new("def-not-a-span").with("word", written.get_ref().as_str());
            self.say(written, message);
            Span::ZERO
        })
    }

    fn form(&mut self, written: &Spanned<String>) -> String {
        if !self.forms.iter().any(|form| &form.code == written.get_ref()) {
            let known = self.forms.iter().map(|form| form.code.as_str());
            let message = unknown_word("form", written.get_ref(), known);
            self.say(written, message);
        }
        written.get_ref().clone()
    }

    fn occasion(&mut self, written: &Spanned<String>) -> Occasion {
        let found = Occasion::ALL.into_iter().find(|known| known.code() == written.get_ref());
        found.unwrap_or_else(|| {
            let known = Occasion::ALL.map(Occasion::code);
            let message = unknown_word("occasion", written.get_ref(), known);
            self.say(written, message);
            Occasion::Delivery
        })
    }

    /// One of the outcomes of the programme.
    fn outcome(&mut self, written: &Spanned<String>, outcomes: &[RawChoice]) -> String {
        if !outcomes.iter().any(|known| known.code.get_ref() == written.get_ref()) {
            let known = outcomes.iter().map(|known| known.code.get_ref().as_str());
            let message = unknown_word("outcome", written.get_ref(), known);
            self.say(written, message);
        }
        written.get_ref().clone()
    }

    fn since(&mut self, written: Option<&Spanned<String>>) -> Since {
        match written {
            None => Since::Enrolment,
            Some(written) if written.get_ref() == "gestation" => Since::Gestation,
            Some(written) => Since::Measure(self.measure(written)),
        }
    }

    fn measure(&mut self, written: &Spanned<String>) -> String {
        if !self.measures.iter().any(|measure| &measure.code == written.get_ref()) {
            let known = self.measures.iter().map(|measure| measure.code.as_str());
            let message = unknown_word("measure", written.get_ref(), known);
            self.say(written, message);
        }
        written.get_ref().clone()
    }

    fn visit(&mut self, raw: &RawVisit) -> VisitRule {
        let form = self.form(&raw.form);
        if let Some(at) = &raw.appointment {
            let asked = self.forms.iter().filter(|known| known.code == form);
            let mut days = asked.flat_map(Form::fields).filter(|f| matches!(f.kind, Kind::Day(_)));
            if !days.any(|field| &field.code == at.get_ref()) {
                let message =
                    Message::new("def-not-a-day-field").with("word", at.get_ref().as_str());
                self.say(at, message);
            }
        }
        let timing = match (&raw.every, raw.at.is_empty(), &raw.at_age) {
            (Some(every), true, None) => Timing::Every {
                first: raw.first.as_ref().map_or(Span::ZERO, |first| self.span(first)),
                usual: self.span(every),
                cases: raw
                    .cases
                    .iter()
                    .map(|case| (self.conditions(&case.when), self.span(&case.every)))
                    .collect(),
            },
            (None, true, Some(age)) => Timing::AtAge(self.span(age)),
            (None, false, None) => Timing::At(raw.at.iter().map(|at| self.span(at)).collect()),
            _ => {
                let message =
                    Message::new("def-visit-timing").with("word", raw.code.get_ref().as_str());
                self.say(&raw.code, message);
                Timing::At(Vec::new())
            }
        };
        VisitRule {
            code: raw.code.get_ref().clone(),
            name: raw.name.clone(),
            form,
            from: self.since(raw.from.as_ref()),
            timing,
            grace: self.span(&raw.grace),
            early: raw.early.as_ref().map_or(Span::ZERO, |early| self.span(early)),
            appointment: raw.appointment.as_ref().map(|at| at.get_ref().clone()),
            when: self.conditions(&raw.when),
            in_order: raw.in_order,
        }
    }
}
