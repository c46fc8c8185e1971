//! Words: every sentence people read, from `locales/<language>/*.ftl`. Vietnamese first.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use std::borrow::Cow;
use std::sync::OnceLock;
use tram_app::import::{Said, SaidValue};
use tram_kernel::{Arg, Date, Message, day};
use unic_langid::LanguageIdentifier;

/// The languages of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    #[default]
    Vi,
    En,
}

impl Language {
    pub const ALL: [Self; 2] = [Self::Vi, Self::En];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Vi => "vi",
            Self::En => "en",
        }
    }

    /// The language of a code; anything unknown is Vietnamese.
    pub fn from_code(code: &str) -> Self {
        if code.starts_with("en") { Self::En } else { Self::Vi }
    }
}

/// The files of both languages, as they stand in the source tree.
mod texts {
    include!(concat!(env!("OUT_DIR"), "/locales.rs"));
}

#[cfg(test)]
mod tests;

type Bundle = FluentBundle<FluentResource>;

/// The words of one language.
pub struct Words {
    language: Language,
    bundle: Bundle,
}

impl Words {
    /// The words of a language. Read once, when first asked for.
    pub fn of(language: Language) -> &'static Self {
        static VI: OnceLock<Words> = OnceLock::new();
        static EN: OnceLock<Words> = OnceLock::new();
        match language {
            Language::Vi => VI.get_or_init(|| Self::read(language, texts::VI)),
            Language::En => EN.get_or_init(|| Self::read(language, texts::EN)),
        }
    }

    fn read(language: Language, files: &[&str]) -> Self {
        let id: LanguageIdentifier = language.code().parse().expect("a language code");
        let mut bundle = Bundle::new_concurrent(vec![id]);
        // Marks around arguments would show up in copied text and in Excel.
        bundle.set_use_isolating(false);
        for text in files {
            let (resource, errors) = match FluentResource::try_new((*text).to_owned()) {
                Ok(resource) => (resource, Vec::new()),
                Err((resource, errors)) => (resource, errors),
            };
            debug_assert!(errors.is_empty(), "{errors:?}");
            bundle.add_resource_overriding(resource);
        }
        Self { language, bundle }
    }

    pub const fn language(&self) -> Language {
        self.language
    }

    pub fn has(&self, code: &str) -> bool {
        self.bundle.has_message(code)
    }

    /// A sentence without arguments.
    pub fn say(&self, code: &str) -> Cow<'_, str> {
        self.format(code, None)
    }

    /// A sentence with arguments.
    pub fn with<const N: usize>(&self, code: &str, args: [(&'static str, Arg); N]) -> String {
        let mut all = FluentArgs::with_capacity(N);
        for (name, value) in args {
            all.set(name, show(value));
        }
        self.format(code, Some(&all)).into_owned()
    }

    /// What a rule or the machine said.
    pub fn message(&self, message: &Message) -> String {
        let mut all = FluentArgs::with_capacity(message.args.len());
        for (name, value) in &message.args {
            all.set(*name, show(value.clone()));
        }
        self.format(message.code, Some(&all)).into_owned()
    }

    /// A finding that was kept beside a row.
    pub fn told(&self, said: &Said) -> String {
        let mut all = FluentArgs::with_capacity(said.args.len());
        for (name, value) in &said.args {
            let value = match value {
                SaidValue::Number(number) => FluentValue::from(*number),
                SaidValue::Text(text) => FluentValue::from(text.as_str()),
            };
            all.set(name.as_str(), value);
        }
        self.format(&said.code, Some(&all)).into_owned()
    }

    fn format<'a>(&'a self, code: &str, args: Option<&'a FluentArgs<'a>>) -> Cow<'a, str> {
        let pattern = self.bundle.get_message(code).and_then(|message| message.value());
        let Some(pattern) = pattern else {
            debug_assert!(false, "no sentence for {code}");
            return Cow::Owned(code.to_owned());
        };
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, args, &mut errors);
        debug_assert!(errors.is_empty(), "{code}: {errors:?}");
        Cow::Owned(text.into_owned())
    }
}

fn show(value: Arg) -> FluentValue<'static> {
    match value {
        Arg::Text(text) => FluentValue::from(text),
        Arg::Number(number) => FluentValue::from(number),
        Arg::Day(day) => FluentValue::from(day::show(day)),
    }
}

/// `Thứ Sáu, 16/01/2026`.
pub fn long_day(words: &Words, on: Date) -> String {
    let weekday = match on.weekday().to_monday_one_offset() {
        1 => "weekday-1",
        2 => "weekday-2",
        3 => "weekday-3",
        4 => "weekday-4",
        5 => "weekday-5",
        6 => "weekday-6",
        _ => "weekday-7",
    };
    format!("{}, {}", words.say(weekday), day::show(on))
}

/// The age as people say it: days under a month, months under five years, then years.
pub fn age(words: &Words, born: tram_kernel::BirthDate, on: Date) -> String {
    let first = born.first();
    if born.day().is_none() {
        return words.with("age-years", [("n", born.age_years(on).into())]);
    }
    let months = day::completed_months(first, on);
    match months {
        m if m < 1 => words.with("age-days", [("n", day::days_between(first, on).into())]),
        m if m < 60 => words.with("age-months", [("n", m.into())]),
        m => words.with("age-years", [("n", (m / 12).into())]),
    }
}
