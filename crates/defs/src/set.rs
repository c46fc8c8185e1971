//! The whole set of definitions: every file read and checked against the others, or all that is wrong.

mod check;

use crate::aefi::{AefiRule, read_aefi};
use crate::breakdown::{Breakdown, read_breakdowns};
use crate::calendar::{CalendarYear, read_year};
use crate::cold_chain::{Storage, Vial, read_storages, read_vials};
use crate::dropout::{Dropouts, read_dropouts};
use crate::finding::{Addition, Codes, DefFinding, overlay_of};
use crate::form::{Form, read_form};
use crate::growth::{Growth, read_standards};
use crate::immunisation::{FullSet, Schedule, Vaccine, read_full_sets, read_vaccines};
use crate::indicator::{AgeGroup, Indicator, Known, read_age_groups, read_indicators};
use crate::list::{List, list, read_entries, read_index};
use crate::measure::{Measure, read_measures};
use crate::place::{PlaceFiles, Places};
use crate::pregnancy::{Dating, read_datings};
use crate::programme::{Programme, read_programme};
use crate::role::{Role, read_roles};
use crate::screening::{Screening, read_screening};
use crate::session::{SessionRule, read_session};
use crate::small::{SmallRule, read_small};
use crate::tetanus::{Tetanus, read_tetanus};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::OnceLock;
use tram_kernel::Message;

/// One file of `definitions/`: path below that folder, with `/`, and its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    pub path: Cow<'static, str>,
    pub text: Cow<'static, str>,
}

/// The five place files are read when first asked for: they are large and rarely needed.
const PLACES: [&str; 5] = [
    "lists/province.csv",
    "lists/commune.csv",
    "lists/legacy_commune.csv",
    "lists/commune_link.csv",
    "lists/legacy_unresolved.csv",
];

const GROWTH: &str = "growth/standards.toml";

/// Files an overlay may add to, besides those of whole folders.
const OF_OVERLAYS: [&str; 3] =
    ["immunisation/vaccines.toml", "immunisation/full_sets.toml", "immunisation/vials.toml"];

/// A checked set of definitions.
#[derive(Debug)]
pub struct Definitions {
    /// Names the set: the hash of all its files.
    pub sha256: [u8; 32],
    /// Oldest first.
    pub schedules: Vec<Schedule>,
    /// Series no child is called for by age: of schools, adults, private practice.
    pub beyond: Option<Schedule>,
    /// Oldest first; sets adopted before the file existed have none.
    pub tetanus: Vec<Tetanus>,
    /// How pregnancies are dated, oldest first; sets adopted before the file existed have none.
    pub datings: Vec<Dating>,
    pub dropouts: Option<Dropouts>,
    pub session: Option<SessionRule>,
    pub vaccines: Vec<Vaccine>,
    pub full_sets: Vec<FullSet>,
    pub(crate) screening: Option<Screening>,
    /// Oldest first.
    pub storages: Vec<Storage>,
    pub vials: Vec<Vial>,
    pub(crate) aefi: Option<AefiRule>,
    pub indicators: Vec<Indicator>,
    pub age_groups: Vec<AgeGroup>,
    /// Ways to part the people behind a number, besides sex and age.
    pub breakdowns: Vec<Breakdown>,
    /// When counts are shown instead of a ratio; sets adopted before it existed have none.
    pub small: Option<SmallRule>,
    /// Working days and days off, oldest year first.
    pub calendar: Vec<CalendarYear>,
    /// What is asked of people under one code, whichever form asks it.
    pub measures: Vec<Measure>,
    /// Several of one code hold one after the other.
    pub forms: Vec<Form>,
    pub programmes: Vec<Programme>,
    /// Growth standards of children.
    pub growth: Growth,
    pub roles: Vec<Role>,
    pub lists: Vec<List>,
    /// What overlays of provinces and communes add to the national rules.
    pub additions: Vec<Addition>,
    place_texts: BTreeMap<String, Cow<'static, str>>,
    places: OnceLock<Places>,
}

impl Definitions {
    /// Reads and checks everything. The findings name file and line; none are dropped.
    pub fn load(files: &[SourceFile]) -> Result<Self, Vec<DefFinding>> {
        let mut loader = Loader { files, findings: Vec::new(), additions: Vec::new() };
        let set = loader.load();
        if loader.findings.is_empty() { Ok(set) } else { Err(loader.findings) }
    }

    /// Reads the files that are otherwise read on first use (places, growth) for their findings; `tram defs
    /// check` and the packing at build do this.
    pub fn check_large(&self) -> Vec<DefFinding> {
        let mut findings = Places::read(&self.place_files()).err().unwrap_or_default();
        findings.extend(self.growth.check());
        findings
    }

    fn place_files(&self) -> PlaceFiles<'_> {
        let text = |path: &str| self.place_texts.get(path).map_or("", AsRef::as_ref);
        PlaceFiles {
            province: text(PLACES[0]),
            commune: text(PLACES[1]),
            legacy_commune: text(PLACES[2]),
            commune_link: text(PLACES[3]),
            legacy_unresolved: text(PLACES[4]),
        }
    }

    /// Provinces and communes. Read on first use; the texts were checked when the set was packed.
    pub fn places(&self) -> &Places {
        self.places.get_or_init(|| Places::read(&self.place_files()).unwrap_or_default())
    }
}

struct Loader<'a> {
    files: &'a [SourceFile],
    findings: Vec<DefFinding>,
    additions: Vec<Addition>,
}

impl Loader<'_> {
    fn load(&mut self) -> Definitions {
        self.check_overlays();
        let mut codes = Codes::default();
        let mut schedules = self
            .each("immunisation/schedules/", |file, text| Schedule::read(file, text, &mut codes));
        // A schedule that cannot be read may know any series: nothing is called unknown then.
        let all_read = self.findings.is_empty();
        self.settle(codes, &mut schedules, |schedule| &schedule.code);
        schedules.sort_by_key(|s| s.provenance.valid_from);
        if schedules.is_empty() {
            self.missing("immunisation/schedules/");
        }
        let series: Vec<String> =
            schedules.iter().flat_map(|s| s.series.iter().map(|s| s.code.clone())).collect();
        let of_schedules: Vec<&str> = series.iter().map(String::as_str).collect();
        let of_schedules = all_read.then_some(of_schedules.as_slice());
        let tetanus = self.maybe("immunisation/tetanus.toml", |file, text| {
            read_tetanus(file, text, of_schedules)
        });
        let datings = self.maybe("pregnancy.toml", read_datings);
        let dropouts = self.maybe("immunisation/dropouts.toml", |file, text| {
            read_dropouts(file, text, of_schedules)
        });
        let session = self.maybe("immunisation/session.toml", read_session);
        let mut codes = Codes::default();
        let beyond = self.maybe("immunisation/beyond.toml", |file, text| {
            Schedule::read(file, text, &mut codes).map(Some)
        });
        let others = beyond.iter().flat_map(|b| &b.series).chain(tetanus.iter().map(|t| &t.series));
        let mut all = of_schedules.unwrap_or_default().to_vec();
        all.extend(others.map(|series| series.code.as_str()));
        let series = (all_read && self.findings.is_empty()).then_some(all.as_slice());
        let mut codes = Codes::default();
        let mut vaccines = self.all("immunisation/vaccines.toml", |file, text| {
            read_vaccines(file, text, series, &mut codes)
        });
        self.settle(codes, &mut vaccines, |vaccine| &vaccine.code);
        let mut codes = Codes::default();
        let mut full_sets = self.all("immunisation/full_sets.toml", |file, text| {
            read_full_sets(file, text, &mut codes)
        });
        self.settle(codes, &mut full_sets, |set| &set.code);
        self.check_needs(&full_sets, series.unwrap_or_default());
        let screening = self.one("immunisation/screening.toml", read_screening);
        let storages = self.one("immunisation/cold_chain.toml", read_storages);
        if storages.is_empty() {
            self.missing("immunisation/cold_chain.toml");
        }
        let mut codes = Codes::default();
        let mut vials =
            self.all("immunisation/vials.toml", |file, text| read_vials(file, text, &mut codes));
        self.settle(codes, &mut vials, |vial| &vial.vaccine);
        self.check_vials(&vials, &vaccines);
        let aefi = self.one("immunisation/aefi.toml", read_aefi);
        let lists = self.lists();
        let small = self.maybe("small_numbers.toml", read_small);
        let [birth_places, poverty] = ["birth_place", "poverty"].map(|code| codes_of(&lists, code));
        let measures = self.maybe("measures.toml", read_measures);
        let growth = self.growth();
        let (forms, programmes) = self.programmes(&measures, &lists, growth.tables.is_empty());
        let known = Known {
            series,
            birth_places: birth_places.as_deref(),
            poverty: poverty.as_deref(),
            measures: &measures,
            forms: &forms,
            programmes: &programmes,
            small: small.as_ref().map(|rule| rule.small).unwrap_or_default(),
        };
        let indicators = self.indicators(known);
        let breakdowns =
            self.maybe("breakdowns.toml", |file, text| read_breakdowns(file, text, &lists));
        let age_groups = self.one("age_groups.toml", read_age_groups);
        let mut codes = Codes::default();
        let mut calendar = self.each("calendar/", |file, text| read_year(file, text, &mut codes));
        calendar.sort_by_key(|year| year.year);
        let roles = self.one("roles.toml", read_roles);
        self.check_reasons(screening.as_ref(), &lists);
        let unknown = aefi.as_ref().map(|rule| rule.unknown("immunisation/aefi.toml", &lists));
        self.findings.extend(unknown.unwrap_or_default());
        let place_texts = self.places();
        Definitions {
            sha256: crate::bundle::hash(self.files),
            schedules,
            beyond,
            tetanus,
            datings,
            dropouts,
            session,
            vaccines,
            full_sets,
            screening,
            storages,
            vials,
            aefi,
            indicators,
            age_groups,
            breakdowns,
            small,
            calendar,
            measures,
            forms,
            programmes,
            growth,
            roles,
            lists,
            additions: std::mem::take(&mut self.additions),
            place_texts,
            places: OnceLock::new(),
        }
    }

    fn indicators(&mut self, known: Known<'_>) -> Vec<Indicator> {
        let mut codes = Codes::default();
        let read = |file: &str, text: &str| read_indicators(file, text, known, &mut codes);
        let mut indicators: Vec<Indicator> =
            self.each("indicators/", read).into_iter().flatten().collect();
        self.settle(codes, &mut indicators, |indicator| &indicator.code);
        indicators
    }

    /// Forms and programmes. What one of them lacks because another could not be read is not said again.
    fn programmes(
        &mut self,
        measures: &[Measure],
        lists: &[List],
        no_growth: bool,
    ) -> (Vec<Form>, Vec<Programme>) {
        if measures.is_empty() && !self.findings.is_empty() {
            return (Vec::new(), Vec::new());
        }
        let lists: Vec<&str> = lists.iter().map(|list| list.code.as_str()).collect();
        let before = self.findings.len();
        let mut forms = self.each("forms/", |file, text| read_form(file, text, measures, &lists));
        let asks = |form: &Form| form.derive.iter().any(|derive| derive.by.is_growth());
        if no_growth && self.findings.len() == before && forms.iter().any(asks) {
            self.missing(GROWTH);
        }
        forms.sort_by(|a, b| {
            (&a.code, a.provenance.valid_from).cmp(&(&b.code, b.provenance.valid_from))
        });
        if self.findings.len() > before {
            return (forms, Vec::new());
        }
        let mut programmes =
            self.each("programmes/", |file, text| read_programme(file, text, measures, &forms));
        programmes.sort_by(|a, b| {
            (&a.code, a.provenance.valid_from).cmp(&(&b.code, b.provenance.valid_from))
        });
        (forms, programmes)
    }

    fn growth(&mut self) -> Growth {
        let files = self.files;
        let text_of =
            |path: &str| files.iter().find(|file| file.path == path).map(|file| file.text.clone());
        self.maybe(GROWTH, |file, text| read_standards(file, text, &text_of))
    }

    fn missing(&mut self, path: &str) {
        self.findings.push(DefFinding::error(path, 1, Message::new("def-missing-file")));
    }

    /// An overlay adds to these files and to no others: roles and places are national.
    fn check_overlays(&mut self) {
        let index = self.files.iter().find(|file| file.path == "lists/index.toml");
        let listed = index.and_then(|file| read_index(&file.path, &file.text).ok());
        let listed: Vec<String> =
            listed.into_iter().flatten().map(|l| format!("lists/{}", l.file)).collect();
        for file in self.files {
            let Some((_, path)) = overlay_of(&file.path) else { continue };
            let is_rule = OF_OVERLAYS.contains(&path)
                || (path.ends_with(".toml")
                    && ["immunisation/schedules/", "indicators/"]
                        .iter()
                        .any(|f| path.starts_with(f)));
            let is_list = listed.iter().any(|known| known == path) && !PLACES.contains(&path);
            if !is_rule && !is_list {
                let message = Message::new("def-overlay-file");
                self.findings.push(DefFinding::error(&file.path, 1, message));
            }
        }
    }

    fn settle<T>(&mut self, codes: Codes, rules: &mut Vec<T>, code_of: impl Fn(&T) -> &str) {
        codes.settle(rules, code_of);
        self.additions.extend(codes.additions);
    }

    /// The files of a folder, those of overlays after the national ones.
    fn each<T>(
        &mut self,
        folder: &str,
        mut read: impl FnMut(&str, &str) -> Result<T, Vec<DefFinding>>,
    ) -> Vec<T> {
        let mut read_all = Vec::new();
        let (national, overlays): (Vec<_>, Vec<_>) =
            self.files.iter().partition(|file| overlay_of(&file.path).is_none());
        for file in national.into_iter().chain(overlays) {
            let path = overlay_of(&file.path).map_or(&*file.path, |(_, path)| path);
            if path.starts_with(folder) && path.ends_with(".toml") {
                match read(&file.path, &file.text) {
                    Ok(value) => read_all.push(value),
                    Err(found) => self.findings.extend(found),
                }
            }
        }
        read_all
    }

    /// A national file and what overlays add to it.
    fn all<T>(
        &mut self,
        path: &str,
        mut read: impl FnMut(&str, &str) -> Result<Vec<T>, Vec<DefFinding>>,
    ) -> Vec<T> {
        let mut all = self.one(path, &mut read);
        let of_overlay =
            |file: &&SourceFile| overlay_of(&file.path).is_some_and(|(_, p)| p == path);
        for file in self.files.iter().filter(of_overlay) {
            match read(&file.path, &file.text) {
                Ok(more) => all.extend(more),
                Err(found) => self.findings.extend(found),
            }
        }
        all
    }

    /// A file that sets adopted before it existed do not have.
    fn maybe<T: Default>(
        &mut self,
        path: &str,
        read: impl FnMut(&str, &str) -> Result<T, Vec<DefFinding>>,
    ) -> T {
        let is_there = self.files.iter().any(|f| f.path == path);
        if is_there { self.one(path, read) } else { T::default() }
    }

    fn one<T: Default>(
        &mut self,
        path: &str,
        mut read: impl FnMut(&str, &str) -> Result<T, Vec<DefFinding>>,
    ) -> T {
        let Some(file) = self.files.iter().find(|f| f.path == path) else {
            self.missing(path);
            return T::default();
        };
        read(path, &file.text).unwrap_or_else(|found| {
            self.findings.extend(found);
            T::default()
        })
    }

    fn lists(&mut self) -> Vec<List> {
        let mut lists = Vec::new();
        for listed in self.one("lists/index.toml", read_index) {
            let path = format!("lists/{}", listed.file);
            if !self.files.iter().any(|f| f.path == path) {
                let message = Message::new("def-missing-file").with("word", path.as_str());
                self.findings.push(DefFinding::error("lists/index.toml", listed.line, message));
                continue;
            }
            if PLACES.contains(&path.as_str()) || listed.file == "province_link.csv" {
                continue;
            }
            let mut codes = Codes::default();
            let entries = self.all(&path, |file, text| read_entries(file, text, &mut codes));
            self.additions.extend(codes.additions);
            lists.push(list(listed, entries));
        }
        lists
    }

    fn places(&mut self) -> BTreeMap<String, Cow<'static, str>> {
        let mut texts = BTreeMap::new();
        for path in PLACES {
            match self.files.iter().find(|f| f.path == path) {
                Some(file) => {
                    texts.insert(path.to_owned(), file.text.clone());
                }
                None => self.missing(path),
            }
        }
        texts
    }
}

fn codes_of<'l>(lists: &'l [List], code: &str) -> Option<Vec<&'l str>> {
    let list = lists.iter().find(|list| list.code == code)?;
    Some(list.entries.iter().map(|entry| entry.code.as_str()).collect())
}
