//! A plan being typed: its heading, its rows, and what is said about them.

use super::grid::Said;
use super::typed::{self, TypedRow};
use crate::http::{Ctx, Fields};
use crate::pages::parts::typed::words_or_none;
use std::hash::{Hash, Hasher};
use tram_app::plan::PlanPage;
use tram_app::unit::UnitRow;
use tram_domain::fact::TargetSet;
use tram_kernel::{Message, PlanId};

/// Empty rows kept at the end of the table.
pub const SPARE: usize = 5;

/// The form as it stands: which plan, its heading, the rows as typed.
#[derive(Default)]
pub struct Form {
    pub plan: Option<(PlanId, String)>,
    pub title: String,
    pub number: String,
    pub year: i16,
    pub unit: String,
    pub source: String,
    pub reason: String,
    pub rows: Vec<TypedRow>,
    /// The table as it is stored, to tell what changed.
    pub stored: Vec<TargetSet>,
    pub units: Vec<UnitRow>,
    /// The state of the stored table that the typist was looking at.
    pub seen: String,
    /// The page holds all that was typed, so no draft of it is needed.
    pub is_posted: bool,
}

/// The heading and the rows understood.
#[derive(Default)]
pub struct Checked {
    pub reason: Option<String>,
    pub number: Option<String>,
    pub source: Option<String>,
    /// One entry a row.
    pub said: Vec<Said>,
    pub wrong: Vec<(String, String)>,
    pub targets: Vec<TargetSet>,
    pub withdrawn: Vec<u16>,
}

impl Checked {
    pub fn open(&self) -> usize {
        self.said.iter().filter(|said| said.open).count()
    }

    fn words(&mut self, ctx: &Ctx, field: &str, typed: &str) -> Option<String> {
        words_or_none(typed).unwrap_or_else(|message| {
            self.wrong.push((field.into(), ctx.words.message(&message)));
            None
        })
    }
}

impl Form {
    pub fn of(page: &PlanPage) -> Self {
        let stored: Vec<TargetSet> = page.plan.targets.values().cloned().collect();
        Self {
            plan: Some((page.plan.id, page.plan.title.clone())),
            year: page.plan.year,
            rows: typed::with_spare(stored.iter().map(TypedRow::of).collect(), SPARE),
            stored,
            ..Self::default()
        }
    }

    /// Names the stored table: another one means that somebody changed it meanwhile.
    pub fn version(&self) -> String {
        let mut hasher = std::hash::DefaultHasher::new();
        format!("{:?}", self.stored).hash(&mut hasher);
        format!("{:016x}", hasher.finish())
    }

    /// Where the browser keeps what is typed.
    pub fn draft(&self) -> String {
        let stored = self.plan.as_ref().map(|(id, _)| format!("plan:{id}"));
        stored.unwrap_or_else(|| super::NEW_DRAFT.to_owned())
    }

    pub fn take(&mut self, form: &Fields) {
        self.is_posted = true;
        let of = |name: &str| form.get(name).to_owned();
        self.seen = of("seen");
        self.rows = typed::rows(form);
        self.reason = of("reason");
        if self.plan.is_none() {
            self.title = of("title");
            self.number = of("number");
            self.year = form.get("year").parse().unwrap_or(self.year);
            self.unit = of("unit");
            self.source = of("source");
        }
    }

    /// Reads every row; what was stored unchanged has been answered before.
    pub fn check(&self, ctx: &Ctx) -> Checked {
        let words = ctx.words;
        let defs = ctx.server.app.definitions();
        let highest = self.stored.iter().map(|target| target.row).max().unwrap_or(0);
        let mut next = highest;
        let mut checked = Checked::default();
        for (at, row) in self.rows.iter().enumerate() {
            let mut said = Said::default();
            if row.drop {
                checked.withdrawn.extend(row.row.parse::<u16>().ok());
            } else if !row.is_blank() {
                if row.row.is_empty() {
                    next += 1;
                }
                let read = match row.with_code(&defs, &self.stored) {
                    Ok(row) => row.target(next, self.year),
                    Err(unknown) => {
                        let mut wrong = row.target(next, self.year).err().unwrap_or_default();
                        wrong.push(unknown);
                        Err(wrong)
                    }
                };
                match read {
                    Err(wrong) => {
                        let place = |(field, message): &(&'static str, Message)| {
                            (format!("{field}-{at}"), words.message(message))
                        };
                        checked.wrong.extend(wrong.iter().map(place));
                        said.wrong = wrong;
                    }
                    Ok(target) => {
                        let indicator = target.indicator.as_deref().and_then(|c| defs.indicator(c));
                        said.warnings = tram_domain::plan::check_target(&target, indicator);
                        let known = self.stored.contains(&target) || row.accepted == row.numbers();
                        said.open = !said.warnings.is_empty() && !known;
                        said.target = Some(target.clone());
                        checked.targets.push(target);
                    }
                }
            }
            checked.said.push(said);
        }
        checked.reason = checked.words(ctx, "reason", &self.reason);
        checked.number = checked.words(ctx, "number", &self.number);
        checked.source = checked.words(ctx, "source", &self.source);
        checked
    }
}
