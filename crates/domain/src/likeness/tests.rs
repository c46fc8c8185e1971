//! What makes two records alike, and how many of known pairs are found.

use super::*;
use tram_kernel::Date;

fn traits(key: i64, name: &str, born: &str) -> Traits {
    let today: Date = "2026-01-16".parse().expect("a day");
    Traits {
        key,
        words: Traits::words_of(name),
        sex: Sex::Female,
        born: BirthDate::parse(born, today).expect("a birth date"),
        citizen: Vec::new(),
        other_numbers: Vec::new(),
        phone: None,
        area: Some(1),
        household: None,
        mother: Vec::new(),
    }
}

#[track_caller]
fn alike(a: &Traits, b: &Traits) -> bool {
    let (one, other) = (compare(a, b), compare(b, a));
    assert_eq!(one, other, "the order does not matter");
    one.is_some()
}

#[test]
fn the_same_person_typed_twice_is_alike() {
    let first = traits(1, "Hoàng Thị Sính", "03/05/1985");
    for (name, born) in [
        ("Hoàng Thị Sính", "03/05/1985"),
        ("Hoang Thi Sinh", "03/05/1985"),
        ("Sính Hoàng Thị", "03/05/1985"),
        ("Hoàng Thị Sình", "03/05/1985"),
        ("Hoàng Sính", "03/05/1985"),
        ("Hoàng Thị Sín", "03/05/1985"),
        ("Hoàng Thị Sính", "05/03/1985"),
        ("Hoàng Thị Sính", "03/05/1986"),
        ("Hoàng Thị Sính", "08/05/1985"),
        ("Hoàng Thị Sính", "1985"),
    ] {
        assert!(alike(&first, &traits(2, name, born)), "{name} {born}");
    }
}

#[test]
fn two_people_are_not_alike() {
    let first = traits(1, "Hoàng Thị Sính", "03/05/1985");
    for (name, born) in [
        ("Hoàng Thị Lan", "03/05/1985"),
        ("Hoàng Thị Sính", "11/09/1991"),
        ("Lý Thị Mai", "03/05/1985"),
        ("Hoàng Thị Sín", "1985"),
    ] {
        assert!(!alike(&first, &traits(2, name, born)), "{name} {born}");
    }
    let mut numbered = first.clone();
    numbered.citizen = vec!["015185000001".into()];
    let mut another = traits(2, "Hoàng Thị Sính", "03/05/1985");
    another.citizen = vec!["015185999999".into()];
    assert!(!alike(&numbered, &another), "two numbers are two people");
    another.citizen = vec!["015185000010".into()];
    assert!(alike(&numbered, &another), "two digits exchanged are a slip");
}

#[test]
fn twins_at_home_are_two_children() {
    let (mut a, mut b) =
        (traits(1, "Lò Thị Hoa", "13/09/2025"), traits(2, "Lò Thị Huệ", "13/09/2025"));
    (a.household, b.household) = (Some(7), Some(7));
    a.mother = Traits::words_of("Lò Thị Mai");
    b.mother = Traits::words_of("Lo Thi Mai");
    assert!(!alike(&a, &b));
    let mut again = traits(3, "Lò Thị Ho", "13/09/2025");
    again.mother = Traits::words_of("Mai Lò Thị");
    assert!(alike(&a, &again), "the mother, too, may have two records");
    again.mother = Traits::words_of("Hà Thị Thắm");
    assert!(!alike(&a, &again));
}

/// One letter off is one letter off, whichever.
#[test]
fn slips_are_single() {
    for (a, b) in [("hoa", "hoe"), ("hoa", "ho"), ("hoa", "hoan"), ("hoa", "oha"), ("hoa", "hao")] {
        assert!(is_slip(a, b) && is_slip(b, a), "{a} {b}");
    }
    for (a, b) in [("hoa", "hoa"), ("hoa", "h"), ("hoa", "aoh"), ("hoa", "lan")] {
        assert!(!is_slip(a, b), "{a} {b}");
    }
}

#[test]
fn pairs_are_found_once_and_the_likeliest_first() {
    let mut all = vec![
        traits(1, "Hoàng Thị Sính", "03/05/1985"),
        traits(2, "Nông Văn Hải", "01/02/1990"),
        traits(3, "Sính Hoàng Thị", "03/05/1985"),
        traits(4, "Nông Văn Hải", "01/02/1990"),
    ];
    all[0].phone = Some("0912645013".into());
    all[2].phone = all[0].phone.clone();
    let found: Vec<(usize, usize)> = pairs(&all).into_iter().map(|(a, b, _)| (a, b)).collect();
    assert_eq!(found, [(0, 2), (1, 3)]);
}
