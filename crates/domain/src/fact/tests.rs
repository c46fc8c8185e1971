//! Facts keep their bytes for ever: golden bytes, and unknown kinds that survive untouched.

use super::*;
use tram_kernel::identifier::{Identifier, IdentifierKind};
use tram_kernel::{BirthDate, PersonId, Sex};

fn day(text: &str) -> Date {
    text.parse().expect("a date")
}

fn person_fact(body: impl Into<Body>) -> Fact {
    let person = PersonId::from_u128(0x0192_0000_0000_7000_8000_0000_0000_0001);
    Fact::new(person.into(), "04303".parse().expect("a code"), day("2026-01-16"), body.into())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

#[track_caller]
fn golden(fact: Fact, expected: &str) {
    let bytes = fact.to_bytes();
    assert_eq!(hex(&bytes), expected);
    assert_eq!(Fact::from_bytes(&bytes).expect("readable"), fact);
}

#[test]
fn the_bytes_of_a_registration_never_change() {
    let body = PersonRegistered {
        name: "Lò Văn Thưởng".into(),
        sex: Sex::Male,
        born: BirthDate::exact(day("2025-09-13")),
        born_minute: Some(425),
        ethnicity: Some("02".into()),
        occupation: None,
        phone: None,
        mother: None,
        mother_name: Some("Lò Thị Mai".into()),
    };
    golden(
        person_fact(body),
        "85820050019200000000700080000000000000011910cf194ff50082008189724cc3b22056c4836e205468c6\
         b0e1bb9f6e670182194f78001901a9623032f6f6f66d4cc3b2205468e1bb8b204d6169",
    );
}

#[test]
fn the_bytes_of_a_dose_never_change() {
    let body = DoseGiven {
        vaccine: "SII".into(),
        minute: None,
        lot: Some("25F012".into()),
        site: Some("right_thigh".into()),
        giver: None,
        elsewhere: None,
        screened: true,
        temperature: None,
    };
    golden(
        person_fact(body),
        "85820050019200000000700080000000000000011910cf194ff500820d818763534949f6663235463031326b\
         72696768745f7468696768f6f6f5",
    );
}

#[test]
fn the_bytes_of_a_pregnancy_never_change() {
    const HEAD: &str = "85820050019200000000700080000000000000011910cf194ff500";
    let stated = PregnancyNoted::of(day("2026-05-01"), DueDateBasis::Stated);
    golden(person_fact(stated), &format!("{HEAD}820a818219505e02"));
    let period = PregnancyNoted {
        last_period: Some(day("2026-01-15")),
        ..PregnancyNoted::of(day("2026-10-22"), DueDateBasis::LastPeriod)
    };
    golden(person_fact(period), &format!("{HEAD}820a818319510c00194ff4"));
    // What was added later stands behind what was there.
    let scanned = PregnancyNoted {
        scan: Some(Scan { on: day("2026-01-16"), weeks: 8, days: 2 }),
        fetuses: Some(2),
        ..PregnancyNoted::of(day("2026-10-22"), DueDateBasis::Ultrasound)
    };
    golden(person_fact(scanned), &format!("{HEAD}820a818619510c01f683194ff50802f602"));
}

#[test]
fn the_bytes_of_the_stock_book_never_change() {
    let lot = tram_kernel::LotId::from_u128(0x0192_0000_0000_8000_8000_0000_0000_0002);
    let shard = "04303".parse().expect("a code");
    let on = day("2026-01-16");
    let (from, document) = (Some("TTYT".to_owned()), Some("PX-7".to_owned()));
    let (vvm, temperature) = (Some(1), Some(52));
    let body = StockReceived { quantity: 20, from, document, vvm, temperature, note: None };
    golden(
        Fact::new(lot.into(), shard, on, body.into()),
        "85821450019200000000800080000000000000021910cf194ff50082186681851464545459546450\
         582d37011834",
    );
    let (expires, per_pack) = (Some(day("2027-06-30")), Some(10));
    let (item, lot_name) = ("BCG".to_owned(), "26A1".to_owned());
    let unit = tram_kernel::UnitId::from_u128(9);
    let kind = ItemKind::Vaccine;
    let body = LotRegistered { unit, kind, item, lot: lot_name, expires, maker: None, per_pack };
    golden(
        Fact::new(lot.into(), shard, on, body.into()),
        "85821450019200000000800080000000000000021910cf194ff50082186481875000000000000000\
         00000000000000000900634243476432364131195207f60a",
    );
}

#[test]
fn the_bytes_of_an_adverse_event_never_change() {
    let at = FactRef { node: tram_kernel::NodeId::from_u128(1), epoch: 1, seq: 2, ordinal: 0 };
    let body = AefiRecorded {
        doses: vec![at],
        severe: true,
        minute: Some(1160),
        signs: vec!["convulsion".into()],
        told: None,
        degree: None,
        care: None,
        outcome: "referred".into(),
        noticed_on: day("2026-01-16"),
        noticed_minute: 1180,
        unit: tram_kernel::UnitId::from_u128(9),
    };
    golden(
        person_fact(body),
        "85820050019200000000700080000000000000011910cf194ff5008212818b818450000000000000\
         00000000000000000001010200f5190488816a636f6e76756c73696f6ef6f6f66872656665727265\
         64194ff519049c5000000000000000000000000000000009",
    );
}

#[test]
fn a_number_is_written_with_its_kind() {
    let identifier =
        Identifier::parse(IdentifierKind::InsuranceCard, "TE1151234567890").expect("a card");
    let from = Some(day("2026-01-01"));
    golden(
        person_fact(IdentifierRecorded { identifier, from, to: None }),
        "85820050019200000000700080000000000000011910cf194ff5008202818282026f5445313135313233343536\
         37383930194fe6",
    );
}

#[test]
fn a_fact_of_a_newer_version_is_kept_byte_for_byte() {
    let mut bytes = person_fact(RecordConfirmed { source: None }).to_bytes();
    let known = hex(&bytes);
    // The body starts after the envelope: [variant, [fields]]. Variant 17 becomes 23.
    let at = known.find("821181").expect("the variant number") / 2 + 1;
    bytes[at] = 0x17;
    let fact = Fact::from_bytes(&bytes).expect("the envelope is readable");
    assert!(matches!(fact.body, Body::Unknown(_)));
    assert_eq!(fact.to_bytes(), bytes);
}

#[test]
fn the_bytes_of_an_entry_never_change() {
    let answer = |field: &str, value| Answer { field: field.into(), value };
    let body = FormRecorded {
        form: "hypertension_visit".into(),
        programme: Some("hypertension".into()),
        answers: vec![
            answer("sbp", Value::Number(152_000)),
            answer("diabetes", Value::Yes(false)),
            answer("plan", Value::Code("change".into())),
            answer("signs", Value::Codes(vec!["headache".into(), "chest".into()])),
            answer("next_on", Value::Day(day("2026-02-16"))),
            answer("note", Value::Text("Đo lại sau 5 phút".into())),
        ],
        replaces: None,
    };
    golden(
        person_fact(body),
        "85820050019200000000700080000000000000011910cf194ff5008218a0818372687970657274656e7369\
         6f6e5f76697369746c687970657274656e73696f6e8682637362708200811a000251c08268646961626574\
         6573820181f48264706c616e820281666368616e676582657369676e738203818268686561646163686565\
         636865737482676e6578745f6f6e82048119501482646e6f746582058175c4906f206ce1baa16920736175\
         2035207068c3ba74",
    );
    let body = ProgrammeEnrolled {
        programme: "hypertension".into(),
        source: Some("screening".into()),
        note: None,
    };
    golden(
        person_fact(body),
        "85820050019200000000700080000000000000011910cf194ff5008218a181826c687970657274656e7369\
         6f6e6973637265656e696e67",
    );
    let body = ProgrammeLeft {
        programme: "hypertension".into(),
        outcome: "moved_away".into(),
        note: Some("về ở với con".into()),
    };
    golden(
        person_fact(body),
        "85820050019200000000700080000000000000011910cf194ff5008218a281836c687970657274656e7369\
         6f6e6a6d6f7665645f617761797276e1bb8120e1bb9f2076e1bb9b6920636f6e",
    );
}
