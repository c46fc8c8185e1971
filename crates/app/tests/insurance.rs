//! Cards: who has none, whose ended, whose ends soon; and households given to a family doctor.

mod common;

use common::crash::registration;
use common::{Station, day, user};
use tram_app::Failure;
use tram_app::household::HouseholdForm;
use tram_app::insurance::Standing;
use tram_app::person::Asking;
use tram_domain::fact::{HouseholdChange, IdentifierRecorded};
use tram_kernel::PersonId;
use tram_kernel::identifier::{Identifier, IdentifierKind};
use tram_store::trial::ENGINES;

/// Somebody with a card that is good until a day, or with none.
fn insured(s: &Station, n: usize, until: Option<&str>) -> PersonId {
    let mut form = registration(s.area_key(0), n);
    // Names come round again; that is not what is asked here.
    form.accepted = vec!["warn-same-person".into()];
    let id = s.app.register_person(&s.head, &form, None).expect("opened").value;
    if let Some(until) = until {
        let number = format!("DN4151234567{:03}", n + 1);
        let identifier = Identifier::parse(IdentifierKind::InsuranceCard, &number);
        let (from, to) = (Some(day("2025-01-01")), Some(day(until)));
        let held = IdentifierRecorded { identifier: identifier.expect("a card"), from, to };
        let added = s.app.add_identifier(&s.head, id, &held, &Asking::default());
        added.expect("a card is added");
    }
    id
}

#[test]
fn everybody_without_a_card_that_holds_stands_in_one_list() {
    for engine in ENGINES {
        let s = Station::new(engine);
        // Today is 16/01/2026; sixty days on is 17/03/2026.
        let missing = insured(&s, 0, None);
        let ended = insured(&s, 1, Some("2026-01-15"));
        let last_day = insured(&s, 2, Some("2026-01-16"));
        let soon = insured(&s, 3, Some("2026-03-17"));
        let good = insured(&s, 4, Some("2026-03-18"));
        let list = |standing| {
            let review = s.app.insurance_review(&s.head, None, standing, 10).expect("a review");
            let who: Vec<PersonId> = review.lines.iter().map(|line| line.person.id).collect();
            assert_eq!(review.count(standing), who.len(), "{engine:?}, {standing:?}");
            who
        };
        assert_eq!(list(Standing::Missing), [missing], "{engine:?}");
        assert_eq!(list(Standing::Expired), [ended], "{engine:?}");
        assert_eq!(list(Standing::Ending), [last_day, soon], "{engine:?}");
        assert!(!Standing::ALL.into_iter().any(|of| list(of).contains(&good)), "{engine:?}");
        let cut = s.app.insurance_review(&s.head, None, Standing::Ending, 1).expect("a review");
        assert_eq!((cut.lines.len(), cut.count(Standing::Ending)), (1, 2), "{engine:?}");
    }
}

#[test]
fn households_of_a_village_are_given_to_one_who_works_here() {
    for engine in ENGINES {
        let s = Station::new(engine);
        let area = s.area_key(0);
        let home = |code: &str| {
            let form =
                HouseholdForm { area, code: Some(code.into()), address: None, poverty: None };
            s.app.add_household(&s.head, &form, None).expect("a household")
        };
        let (first, second) = (home("1"), home("2"));
        let operator = s.app.operator(s.unit).expect("an operator");
        let (lan, mai) = (s.head.user.expect("a user"), {
            let mai = user(&s.app, &operator, "mai", "station_nurse", s.unit);
            mai.user.expect("a user")
        });
        let to_mai = [HouseholdChange::Doctor(Some(mai))];
        s.app.amend_household(&s.head, first, &to_mai, None).expect("no reason is needed");
        let given = |all| s.app.assign_doctor(&s.head, area, lan, all).expect("given");
        let doctor = |id| s.app.household_row(&s.head, id).expect("a row").doctor;
        assert_eq!(given(false), 1, "{engine:?}: only the one without a doctor");
        assert_eq!(doctor(first).as_deref(), Some("Nông Thị mai"), "{engine:?}");
        assert_eq!(doctor(second).as_deref(), Some("Nông Thị lan"), "{engine:?}");
        assert_eq!((given(true), given(true)), (1, 0), "{engine:?}: the other, then nothing");
        let leader = user(&s.app, &operator, "vinh", "viewer", s.unit);
        let stranger = leader.user.expect("a user");
        let refused = s.app.assign_doctor(&s.head, area, stranger, true);
        assert!(matches!(refused, Err(Failure::Refused { .. })), "{engine:?}: {refused:?}");
    }
}
