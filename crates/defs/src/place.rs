//! Provinces and communes with their validity, the old communes, and how old became new.
//!
//! A code means nothing without its period: most codes of today were codes of other places before
//! 2025-07-01, so the key is (code, valid_from).

use crate::finding::DefFinding;
use crate::list::rows;
use tram_kernel::{CommuneCode, Date, Message, ProvinceCode, text};

/// A province or city of province level in one period of its code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Province {
    pub code: ProvinceCode,
    pub name: String,
    pub kind: String,
    pub valid_from: Option<Date>,
    pub valid_to: Option<Date>,
}

/// A commune, ward or special zone in one period of its code. Old ones also carry their district.
#[derive(Debug, Clone, PartialEq)]
pub struct Commune {
    pub code: CommuneCode,
    pub name: String,
    pub kind: String,
    pub province: ProvinceCode,
    pub district: Option<String>,
    pub valid_from: Option<Date>,
    pub valid_to: Option<Date>,
    /// Latitude and longitude of a point inside, degrees.
    pub point: Option<(f64, f64)>,
}

impl Commune {
    pub fn holds_on(&self, day: Date) -> bool {
        self.valid_from.is_none_or(|first| first <= day)
            && self.valid_to.is_none_or(|last| day <= last)
    }

    /// `xã Lục Yên`.
    pub fn full_name(&self) -> String {
        format!("{} {}", self.kind, self.name)
    }
}

/// What became of an old commune.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Successor {
    /// It went wholly into one commune of today.
    Whole(CommuneCode),
    /// It was divided; a person must choose by village.
    Candidates(Vec<CommuneCode>),
    /// No successor is known, with the code of the reason.
    Unresolved(String),
}

/// All places, current and old.
#[derive(Debug, Default)]
pub struct Places {
    pub provinces: Vec<Province>,
    /// Current first, then old; each sorted by code.
    communes: Vec<Commune>,
    folded: Vec<String>,
    links: Vec<(CommuneCode, CommuneCode, bool)>,
    /// Codes of old units without communes of their own (island districts) and the reason.
    unresolved: Vec<(String, String)>,
}

/// The texts of the five place files.
pub struct PlaceFiles<'a> {
    pub province: &'a str,
    pub commune: &'a str,
    pub legacy_commune: &'a str,
    pub commune_link: &'a str,
    pub legacy_unresolved: &'a str,
}

impl Places {
    pub fn read(files: &PlaceFiles<'_>) -> Result<Self, Vec<DefFinding>> {
        let mut reader = Reader { findings: Vec::new() };
        let provinces = reader.provinces("lists/province.csv", files.province);
        let mut communes = reader.communes("lists/commune.csv", files.commune);
        let legacy = reader.communes("lists/legacy_commune.csv", files.legacy_commune);
        communes.extend(legacy);
        let links = reader.links("lists/commune_link.csv", files.commune_link);
        let unresolved = reader.unresolved("lists/legacy_unresolved.csv", files.legacy_unresolved);
        if !reader.findings.is_empty() {
            return Err(reader.findings);
        }
        let folded = communes.iter().map(|c| text::fold(&c.name)).collect();
        Ok(Self { provinces, communes, folded, links, unresolved })
    }

    pub fn communes(&self) -> &[Commune] {
        &self.communes
    }

    /// The commune that bore this code on that day. A code may have had several owners.
    pub fn commune(&self, code: CommuneCode, on: Date) -> Option<&Commune> {
        self.communes.iter().find(|c| c.code == code && c.holds_on(on))
    }

    /// The commune that bore this code on that day; of today when none did then.
    pub fn commune_then(&self, code: CommuneCode, then: Date, today: Date) -> Option<&Commune> {
        self.commune(code, then).or_else(|| self.commune(code, today))
    }

    pub fn province(&self, code: ProvinceCode, on: Date) -> Option<&Province> {
        self.provinces.iter().find(|p| {
            p.code == code
                && p.valid_from.is_none_or(|first| first <= on)
                && p.valid_to.is_none_or(|last| on <= last)
        })
    }

    /// Communes whose name or code starts with what was typed, current ones first.
    pub fn search(&self, typed: &str, limit: usize) -> Vec<&Commune> {
        let wanted = text::fold(typed.trim());
        let of = |exact: bool| {
            let wanted = wanted.as_str();
            self.communes.iter().zip(&self.folded).filter(move |(commune, folded)| {
                let hit = commune.code.to_string() == wanted || folded.starts_with(wanted);
                hit && (folded.as_str() == wanted) == exact
            })
        };
        of(true).chain(of(false)).map(|(commune, _)| commune).take(limit).collect()
    }

    /// What an old commune became on 2025-07-01.
    pub fn successor(&self, old: CommuneCode) -> Successor {
        let to: Vec<CommuneCode> = self.links_of(old).map(|(_, new, _)| *new).collect();
        match to[..] {
            [] => {
                let old = old.to_string();
                let found = self.unresolved.iter().find(|(code, _)| *code == old);
                Successor::Unresolved(found.map_or("unknown", |(_, why)| why.as_str()).into())
            }
            [only] if self.links_of(old).all(|(.., whole)| *whole) => Successor::Whole(only),
            _ => Successor::Candidates(to),
        }
    }

    /// The old communes behind one of today, with whether each came wholly.
    pub fn predecessors(&self, new: CommuneCode) -> Vec<(CommuneCode, bool)> {
        self.links.iter().filter(|(_, n, _)| *n == new).map(|(o, _, whole)| (*o, *whole)).collect()
    }

    fn links_of(
        &self,
        old: CommuneCode,
    ) -> impl Iterator<Item = &(CommuneCode, CommuneCode, bool)> {
        let start = self.links.partition_point(|(o, ..)| *o < old);
        self.links[start..].iter().take_while(move |(o, ..)| *o == old)
    }
}

struct Reader {
    findings: Vec<DefFinding>,
}

impl Reader {
    fn each(
        &mut self,
        path: &str,
        text: &str,
        columns: &[&str],
    ) -> Vec<(u32, crate::list::Fields)> {
        rows(path, text, columns).unwrap_or_else(|found| {
            self.findings.extend(found);
            Vec::new()
        })
    }

    fn bad<T>(&mut self, path: &str, line: u32, word: &str) -> Option<T> {
        let message = Message::new("def-bad-cell").with("word", word);
        self.findings.push(DefFinding::error(path, line, message));
        None
    }

    fn day(&mut self, path: &str, line: u32, cell: &str) -> Option<Date> {
        if cell.is_empty() {
            return None;
        }
        cell.parse().ok().or_else(|| self.bad(path, line, cell))
    }

    fn code<T: std::str::FromStr>(&mut self, path: &str, line: u32, cell: &str) -> Option<T> {
        cell.parse().ok().or_else(|| self.bad(path, line, cell))
    }

    fn provinces(&mut self, path: &str, text: &str) -> Vec<Province> {
        let mut provinces = Vec::new();
        for (line, row) in self.each(path, text, &["code", "name", "kind", "valid_from"]) {
            let Some(code) = self.code(path, line, row.get("code")) else { continue };
            provinces.push(Province {
                code,
                name: row.get("name").into(),
                kind: row.get("kind").into(),
                valid_from: self.day(path, line, row.get("valid_from")),
                valid_to: self.day(path, line, row.get("valid_to")),
            });
        }
        provinces
    }

    fn communes(&mut self, path: &str, text: &str) -> Vec<Commune> {
        let mut communes = Vec::new();
        for (line, row) in self.each(path, text, &["code", "name", "kind", "province", "valid_to"])
        {
            let code = self.code(path, line, row.get("code"));
            let province = self.code(path, line, row.get("province"));
            let (Some(code), Some(province)) = (code, province) else { continue };
            let point = (row.get("lat").parse().ok()).zip(row.get("lon").parse().ok());
            let district = row.get("district_name");
            communes.push(Commune {
                code,
                name: row.get("name").into(),
                kind: row.get("kind").into(),
                province,
                district: (!district.is_empty()).then(|| district.into()),
                valid_from: self.day(path, line, row.get("valid_from")),
                valid_to: self.day(path, line, row.get("valid_to")),
                point,
            });
        }
        communes
    }

    fn links(&mut self, path: &str, text: &str) -> Vec<(CommuneCode, CommuneCode, bool)> {
        let mut links = Vec::new();
        for (line, row) in self.each(path, text, &["old_code", "new_code", "kind"]) {
            let old = self.code(path, line, row.get("old_code"));
            let new = self.code(path, line, row.get("new_code"));
            let (Some(old), Some(new)) = (old, new) else { continue };
            links.push((old, new, row.get("kind") == "whole"));
        }
        links.sort();
        links
    }

    fn unresolved(&mut self, path: &str, text: &str) -> Vec<(String, String)> {
        let rows = self.each(path, text, &["code", "reason_code"]);
        rows.iter().map(|(_, r)| (r.get("code").into(), r.get("reason_code").into())).collect()
    }
}
