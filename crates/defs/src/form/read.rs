//! Reading `forms/*.toml`, word for word, and checking what each line names.

use super::{
    Beside, Choice, Classify, Condition, Days, Derivation, Derive, Field, Form, Group, Keeps, Kind,
    Number, Rule, Says, Tone, Vocabulary,
};
use crate::finding::{Codes, DefFinding, unknown_word};
use crate::measure::{Amount, Measure};
use crate::provenance::with_provenance;
use crate::span::{Spanned, line_of, read};
use serde::Deserialize;
use std::collections::BTreeMap;
use tram_kernel::{Compartment, Message, text};

with_provenance! {
    struct RawForm {
        code: Spanned<String>,
        name: String,
        short: Option<String>,
        compartment: Option<Spanned<String>>,
        #[serde(default)]
        keeps: Keeps,
        #[serde(default)]
        beside: Vec<Beside>,
        #[serde(default)]
        whom: Vec<Spanned<String>>,
        #[serde(default)]
        summary: Vec<Spanned<String>>,
        group: Vec<RawGroup>,
        #[serde(default)]
        derive: Vec<RawDerive>,
        #[serde(default)]
        classify: Vec<RawClassify>,
        #[serde(default)]
        rule: Vec<RawRule>,
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawGroup {
    name: String,
    field: Vec<RawField>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawField {
    code: Spanned<String>,
    /// The measure it answers; its own code when `true`.
    measure: Option<Spanned<String>>,
    label: Option<String>,
    hint: Option<String>,
    kind: Option<Spanned<String>>,
    unit: Option<String>,
    decimals: Option<u8>,
    possible: Option<(Amount, Amount)>,
    #[serde(default)]
    options: Vec<RawChoice>,
    list: Option<Spanned<String>>,
    #[serde(default)]
    required: bool,
    #[serde(default)]
    carry: bool,
    #[serde(default)]
    when: Vec<Spanned<String>>,
    #[serde(default)]
    also: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawChoice {
    pub(crate) code: Spanned<String>,
    name: String,
    #[serde(default)]
    tone: Tone,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawDerive {
    measure: Spanned<String>,
    by: Spanned<String>,
    of: Vec<Spanned<String>>,
    #[serde(default)]
    unless: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawClassify {
    measure: Spanned<String>,
    class: Vec<RawClass>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawClass {
    code: Spanned<String>,
    when: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRule {
    code: Spanned<String>,
    says: Says,
    when: Vec<Spanned<String>>,
    text: String,
    at: Option<Spanned<String>>,
}

/// The choices of a field or measure; a code stands once.
pub(crate) fn read_choices(
    file: &str,
    text: &str,
    raw: &[RawChoice],
) -> Result<Vec<Choice>, Vec<DefFinding>> {
    let mut codes = Codes::default();
    let twice: Vec<DefFinding> = raw
        .iter()
        .filter_map(|c| codes.take(c.code.get_ref(), file, line_of(text, c.code.span().start)))
        .collect();
    let choice = |c: &RawChoice| {
        let (code, name) = (c.code.get_ref().clone(), c.name.clone());
        Choice { code, name, tone: c.tone }
    };
    if twice.is_empty() { Ok(raw.iter().map(choice).collect()) } else { Err(twice) }
}

/// The compartment a definition names.
pub(crate) fn compartment(
    file: &str,
    text: &str,
    written: Option<&Spanned<String>>,
) -> Result<Compartment, DefFinding> {
    const NAMED: [Compartment; 4] =
        [Compartment::Hiv, Compartment::Mental, Compartment::Tuberculosis, Compartment::Abortion];
    let Some(written) = written else { return Ok(Compartment::General) };
    let found = NAMED.into_iter().find(|known| known.code() == written.get_ref());
    found.ok_or_else(|| {
        let known = NAMED.iter().map(|known| known.code());
        let message = unknown_word("compartment", written.get_ref(), known);
        DefFinding::error(file, line_of(text, written.span().start), message)
    })
}

/// What the conditions of a form may name: its fields and the measures of the set.
struct Words<'w> {
    fields: BTreeMap<&'w str, &'w Kind>,
    measures: &'w [Measure],
}

impl Vocabulary for Words<'_> {
    fn kind(&self, word: &str) -> Option<&Kind> {
        let measure = || self.measures.iter().find(|measure| measure.code == word);
        self.fields.get(word).copied().or_else(|| measure().map(|measure| &measure.kind))
    }

    fn words(&self) -> Vec<&str> {
        let measures = self.measures.iter().map(|measure| measure.code.as_str());
        self.fields.keys().copied().chain(measures).collect()
    }
}

/// A file while it is being checked.
struct Checking<'c> {
    file: &'c str,
    text: &'c str,
    measures: &'c [Measure],
    lists: &'c [&'c str],
    findings: Vec<DefFinding>,
}

/// Reads one form. `measures` and `lists` are those of the set.
pub fn read_form(
    file: &str,
    text: &str,
    measures: &[Measure],
    lists: &[&str],
) -> Result<Form, Vec<DefFinding>> {
    let raw: RawForm = read(file, text).map_err(|f| vec![f])?;
    let provenance = raw.provenance(file, text).map_err(|f| vec![f])?;
    let mut checking = Checking { file, text, measures, lists, findings: Vec::new() };
    let compartment = compartment(file, text, raw.compartment.as_ref()).map_err(|f| vec![f])?;
    let kinds = checking.kinds(&raw.group);
    let words = Words {
        fields: kinds.iter().map(|(code, kind)| (code.as_str(), kind)).collect(),
        measures,
    };
    let groups = checking.groups(&raw.group, &words);
    let derive = raw.derive.iter().filter_map(|raw| checking.derive(raw, &words)).collect();
    let classify: Vec<Classify> =
        raw.classify.iter().filter_map(|raw| checking.classify(raw, &words)).collect();
    let rules = raw.rule.iter().map(|raw| checking.rule(raw, &words)).collect();
    let whom = checking.conditions(&raw.whom, &words);
    for (condition, written) in whom.iter().zip(&raw.whom) {
        if !condition.is_of_person() {
            checking.wrong(written, "def-not-of-person");
        }
    }
    for word in &raw.summary {
        if words.kind(word.get_ref()).is_none() {
            checking.unknown("field", word, words.words());
        }
    }
    if !checking.findings.is_empty() {
        return Err(checking.findings);
    }
    let short = raw.short.unwrap_or_else(|| raw.name.clone());
    let summary = raw.summary.into_iter().map(Spanned::into_inner).collect();
    let (code, name) = (raw.code.into_inner(), raw.name);
    Ok(Form {
        code,
        name,
        short,
        groups,
        derive,
        classify,
        rules,
        summary,
        whom,
        compartment,
        keeps: raw.keeps,
        beside: raw.beside,
        provenance,
    })
}

impl Checking<'_> {
    fn line(&self, at: &Spanned<String>) -> u32 {
        line_of(self.text, at.span().start)
    }

    fn wrong(&mut self, at: &Spanned<String>, code: &'static str) {
        let message = Message::new(code).with("word", at.get_ref().as_str());
        self.say(at, message);
    }

    fn unknown(&mut self, what: &'static str, at: &Spanned<String>, known: Vec<&str>) {
        let message = unknown_word(what, at.get_ref(), known);
        self.say(at, message);
    }

    fn say(&mut self, at: &Spanned<String>, message: Message) {
        self.findings.push(DefFinding::error(self.file, self.line(at), message));
    }

    /// What each field is, by code; a code stands once.
    fn kinds(&mut self, groups: &[RawGroup]) -> Vec<(String, Kind)> {
        let mut codes = Codes::default();
        let mut kinds = Vec::new();
        for raw in groups.iter().flat_map(|group| &group.field) {
            let line = self.line(&raw.code);
            self.findings.extend(codes.take(raw.code.get_ref(), self.file, line));
            if let Some(kind) = self.kind(raw) {
                kinds.push((raw.code.get_ref().clone(), kind));
            }
        }
        kinds
    }

    fn measure(&mut self, written: &Spanned<String>) -> Option<&Measure> {
        let found = self.measures.iter().find(|measure| &measure.code == written.get_ref());
        if found.is_none() {
            let known = self.measures.iter().map(|measure| measure.code.as_str()).collect();
            self.unknown("measure", written, known);
        }
        found
    }

    fn kind(&mut self, raw: &RawField) -> Option<Kind> {
        if let Some(measure) = &raw.measure {
            return self.measure(measure).map(|measure| measure.kind.clone());
        }
        if raw.label.is_none() {
            self.wrong(&raw.code, "def-field-label");
        }
        let Some(kind) = &raw.kind else {
            self.wrong(&raw.code, "def-field-kind");
            return None;
        };
        let needs_options = matches!(kind.get_ref().as_str(), "choice" | "choices");
        if needs_options && raw.options.is_empty() {
            self.wrong(&raw.code, "def-field-options");
        }
        let options = read_choices(self.file, self.text, &raw.options);
        let options = options.map_err(|found| self.findings.extend(found)).unwrap_or_default();
        match kind.get_ref().as_str() {
            "number" => {
                let possible = raw.possible.as_ref();
                let range = possible
                    .and_then(|(low, high)| low.thousandths().zip(high.thousandths()))
                    .filter(|(low, high)| low < high);
                let Some(possible) = range else {
                    self.wrong(&raw.code, "def-range-reversed");
                    return None;
                };
                let unit = raw.unit.clone().unwrap_or_default();
                let decimals = raw.decimals.unwrap_or(0).min(3);
                Some(Kind::Number(Number { unit, decimals, possible, usual: Vec::new() }))
            }
            "yes_no" => Some(Kind::YesNo),
            "choice" => Some(Kind::Choice(options)),
            "choices" => Some(Kind::Choices(options)),
            "day" => Some(Kind::Day(Days::Past)),
            "coming_day" => Some(Kind::Day(Days::Coming)),
            "text" => Some(Kind::Text(false)),
            "long_text" => Some(Kind::Text(true)),
            "listed" => {
                let list = raw.list.as_ref()?;
                if !self.lists.contains(&list.get_ref().as_str()) {
                    self.unknown("list", list, self.lists.to_vec());
                }
                Some(Kind::Listed(list.get_ref().clone()))
            }
            _ => {
                let known = vec![
                    "number",
                    "yes_no",
                    "choice",
                    "choices",
                    "listed",
                    "day",
                    "coming_day",
                    "text",
                    "long_text",
                ];
                self.unknown("kind", kind, known);
                None
            }
        }
    }

    fn groups(&mut self, raw: &[RawGroup], words: &Words<'_>) -> Vec<Group> {
        let mut groups = Vec::new();
        for group in raw {
            let mut fields = Vec::new();
            for raw in &group.field {
                let code = raw.code.get_ref().clone();
                let Some(kind) = words.fields.get(code.as_str()) else { continue };
                let measure = raw.measure.as_ref().map(|measure| measure.get_ref().clone());
                let known = measure
                    .as_ref()
                    .and_then(|code| self.measures.iter().find(|measure| &measure.code == code));
                let label = raw.label.clone().or_else(|| known.map(|m| m.name.clone()));
                let label = label.unwrap_or_default();
                let mut also: Vec<String> = raw.also.iter().map(|word| text::fold(word)).collect();
                also.push(text::fold(&label));
                also.extend(known.into_iter().flat_map(|measure| measure.also.clone()));
                let when = self.conditions(&raw.when, words);
                fields.push(Field {
                    code,
                    label,
                    hint: raw.hint.clone().unwrap_or_default(),
                    kind: (*kind).clone(),
                    required: raw.required,
                    carry: raw.carry,
                    when,
                    measure,
                    also,
                });
            }
            groups.push(Group { name: group.name.clone(), fields });
        }
        groups
    }

    fn conditions(&mut self, raw: &[Spanned<String>], words: &Words<'_>) -> Vec<Condition> {
        let mut conditions = Vec::new();
        for written in raw {
            match Condition::parse(written.get_ref(), words) {
                Ok(condition) => conditions.push(condition),
                Err(message) => self.say(written, message),
            }
        }
        conditions
    }

    fn derive(&mut self, raw: &RawDerive, words: &Words<'_>) -> Option<Derive> {
        self.measure(&raw.measure)?;
        let word = raw.by.get_ref();
        let Some(by) = Derivation::ALL.into_iter().find(|by| by.code() == word) else {
            let known = Derivation::ALL.iter().map(|by| by.code()).collect();
            self.unknown("derivation", &raw.by, known);
            return None;
        };
        let takes = by.wants()..=by.wants() + usize::from(by.takes_position());
        if !takes.contains(&raw.of.len()) {
            self.wrong(&raw.by, "def-derive-count");
        }
        for (at, field) in raw.of.iter().enumerate() {
            // What a child weighed another day says nothing about today: growth asks fields of the form.
            let known = match by.is_growth() {
                true => words.fields.get(field.get_ref().as_str()).copied(),
                false => words.kind(field.get_ref()),
            };
            match known {
                None if by.is_growth() => {
                    self.unknown("field", field, words.fields.keys().copied().collect());
                }
                None => self.unknown("field", field, words.words()),
                Some(kind) if at >= by.wants() => {
                    let says = |code| kind.choice(code).is_some();
                    if !says("lying") || !says("standing") {
                        self.wrong(field, "def-derive-position");
                    }
                }
                Some(_) => {}
            }
        }
        let unless = self.conditions(&raw.unless, words);
        let of = raw.of.iter().map(|field| field.get_ref().clone()).collect();
        Some(Derive { measure: raw.measure.get_ref().clone(), by, of, unless })
    }

    fn classify(&mut self, raw: &RawClassify, words: &Words<'_>) -> Option<Classify> {
        let Kind::Choice(choices) = self.measure(&raw.measure)?.kind.clone() else {
            self.wrong(&raw.measure, "def-classify-choice");
            return None;
        };
        let mut classes = Vec::new();
        for class in &raw.class {
            if !choices.iter().any(|choice| &choice.code == class.code.get_ref()) {
                let known = choices.iter().map(|choice| choice.code.as_str()).collect();
                self.unknown("choice", &class.code, known);
            }
            classes.push((class.code.get_ref().clone(), self.conditions(&class.when, words)));
        }
        Some(Classify { measure: raw.measure.get_ref().clone(), classes })
    }

    fn rule(&mut self, raw: &RawRule, words: &Words<'_>) -> Rule {
        if let Some(at) =
            raw.at.as_ref().filter(|at| !words.fields.contains_key(at.get_ref().as_str()))
        {
            self.unknown("field", at, words.fields.keys().copied().collect());
        }
        let (code, text) = (raw.code.get_ref().clone(), raw.text.clone());
        let at = raw.at.as_ref().map(|at| at.get_ref().clone());
        Rule { code, says: raw.says, when: self.conditions(&raw.when, words), text, at }
    }
}
