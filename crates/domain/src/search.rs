//! Finding people: what is typed, what is indexed, and which match is better.

use crate::person::Person;
use tram_kernel::text::{fold, initials, words};

/// What was typed, understood.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    /// Folded words; each must begin some word of the name, or the initials.
    pub words: Vec<String>,
    /// Words with digits; each must be a year of birth or the end of a number (folded).
    pub digits: Vec<String>,
}

impl Query {
    /// `anh nth 1998` → words `anh`, `nth`; digits `1998`.
    pub fn parse(typed: &str) -> Self {
        let folded = fold(typed);
        let mut query = Self::default();
        for word in words(&folded).take(8) {
            if word.bytes().any(|b| b.is_ascii_digit()) {
                query.digits.push(word.into());
            } else {
                query.words.push(word.into());
            }
        }
        query
    }

    pub fn is_empty(&self) -> bool {
        self.words.is_empty() && self.digits.is_empty()
    }

    /// The prefixes to look up in the index: words as they are, digits from the end.
    ///
    /// Four digits may be a year, which is not in the index; they are looked up only when there is
    /// no word.
    pub fn prefixes(&self) -> Vec<String> {
        let by_word = self.words.iter().cloned();
        let by_number = self.digits.iter().filter(|d| self.words.is_empty() || d.len() > 4);
        by_word.chain(by_number.map(|d| number_token(d))).collect()
    }

    /// Whether a person found by one prefix answers the whole query, and how well (lower is better).
    pub fn rank(&self, folded_name: &str, year: i16, numbers: &[String]) -> Option<u32> {
        let name: Vec<&str> = words(folded_name).collect();
        let first_letters = initials(folded_name);
        let mut score = 0;
        for word in &self.words {
            if name.last() == Some(&word.as_str()) {
                continue;
            }
            score += if name.contains(&word.as_str()) {
                1
            } else if name.iter().any(|n| n.starts_with(word.as_str())) {
                3
            } else if first_letters.starts_with(word.as_str()) {
                4
            } else {
                return None;
            };
        }
        for digits in &self.digits {
            let is_year = digits.len() == 4 && digits.parse() == Ok(year);
            if !is_year && !numbers.iter().any(|n| n.ends_with(digits.as_str())) {
                return None;
            }
        }
        let in_order = name.join(" ");
        let typed = self.words.join(" ");
        if !typed.is_empty() && !in_order.ends_with(&typed) && !in_order.starts_with(&typed) {
            score += 2;
        }
        Some(score + u32::try_from(name.len()).unwrap_or(u32::MAX))
    }
}

/// A number in the index: `#` and its digits from the end, so that "last six digits" is a prefix.
pub fn number_token(digits: &str) -> String {
    let reversed: String = digits.chars().rev().collect();
    format!("#{reversed}")
}

/// Everything under which a person is found.
pub fn tokens(person: &Person) -> Vec<String> {
    let mut tokens: Vec<String> = Vec::new();
    let mut seen_names: Vec<&str> = Vec::new();
    for (_, name) in person.name.heads() {
        if seen_names.contains(&name.as_str()) {
            continue;
        }
        seen_names.push(name);
        let folded = fold(name);
        tokens.extend(words(&folded).map(str::to_owned));
        tokens.push(initials(&folded));
    }
    for held in &person.identifiers {
        let digits: String =
            held.identifier.value().chars().filter(char::is_ascii_alphanumeric).collect();
        tokens.push(number_token(&fold(&digits)));
    }
    if let Some(phone) = person.phone.shown() {
        let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
        if !digits.is_empty() {
            tokens.push(number_token(&digits));
        }
    }
    tokens.sort();
    tokens.dedup();
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rank(typed: &str, name: &str) -> Option<u32> {
        let numbers = ["015198004471".to_owned()];
        Query::parse(typed).rank(&fold(name), 1998, &numbers)
    }

    #[test]
    fn people_are_found_as_they_are_typed() {
        let name = "Nguyễn Thị Hồng Ánh";
        for typed in [
            "nguyen thi hong anh",
            "ánh nth 1998",
            "anh nth",
            "hong anh",
            "anh 4471",
            "ng anh 1998",
        ] {
            assert!(rank(typed, name).is_some(), "{typed}");
        }
        for typed in ["anh 1999", "lan", "anh 4472", "hoa anh"] {
            assert_eq!(rank(typed, name), None, "{typed}");
        }
        assert!(rank("dao", "Đào Thị Hoa").is_some());
        assert!(rank("hòa", "Lê Thị Hoà").is_some());
    }

    #[test]
    fn the_given_name_weighs_more_than_the_rest() {
        assert!(rank("anh", "Lê Thị Ánh") < rank("anh", "Lê Ánh Hoa"));
        assert!(rank("thi hoa", "Lê Thị Hoa") < rank("thi hoa", "Hoa Thị Lê"));
    }

    #[test]
    fn last_digits_become_a_prefix() {
        let query = Query::parse("4471");
        assert_eq!(query.prefixes(), ["#1744"]);
        assert!(number_token("015198004471").starts_with(&query.prefixes()[0]));
        assert_eq!(Query::parse("anh 1998").prefixes(), ["anh"]);
    }
}
