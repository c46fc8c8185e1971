//! Passwords a person can read out and type: four plain syllables and four digits, about 37 bits. They
//! are made by the machine, shown once, and meant to be changed.

use crate::opening::App;
use crate::signin::check_password;

/// Syllables without marks, so that no keyboard driver gets in the way. 64 of them: six bits each.
const SYLLABLES: [&str; 64] = [
    "hoa", "sen", "lua", "ngo", "che", "mua", "nang", "gio", "song", "suoi", "nui", "rung", "dao",
    "man", "mo", "le", "tre", "truc", "mai", "lan", "cuc", "hue", "bac", "vang", "xanh", "tim",
    "trang", "sao", "may", "bien", "thuyen", "cau", "duong", "nha", "san", "vuon", "cam", "quyt",
    "chuoi", "xoai", "voi", "huou", "nai", "tho", "cong", "phuong", "hac", "yen", "dong", "tay",
    "nam", "xuan", "thu", "sang", "chieu", "toi", "dem", "ngay", "thang", "mot", "hai", "ba",
    "bon", "nghin",
];

impl App {
    /// `sen-suoi-mai-vang-4821`, never with the login in it: `lan` is a syllable as well as a name.
    pub fn readable_password(login: &str) -> String {
        let mut made = std::iter::repeat_with(Self::syllables);
        made.find(|password| check_password(password, login).is_ok()).expect("most of them")
    }

    fn syllables() -> String {
        let bytes = Self::secret::<6>();
        let mut parts: Vec<String> =
            bytes[..4].iter().map(|byte| SYLLABLES[usize::from(byte % 64)].to_owned()).collect();
        let digits = u16::from_be_bytes([bytes[4], bytes[5]]) % 10_000;
        parts.push(format!("{digits:04}"));
        parts.join("-")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn readable_passwords_are_long_enough_and_differ() {
        let made: BTreeSet<String> = (0..50).map(|_| App::readable_password("x-login")).collect();
        assert_eq!(made.len(), 50);
        assert!(made.iter().all(|password| check_password(password, "x-login").is_ok()));
        assert_eq!(BTreeSet::from(SYLLABLES).len(), 64);
        for login in ["lan", "nga", "a", "mai.le"] {
            let made: Vec<String> = (0..200).map(|_| App::readable_password(login)).collect();
            assert!(made.iter().all(|password| check_password(password, login).is_ok()), "{login}");
        }
    }
}
