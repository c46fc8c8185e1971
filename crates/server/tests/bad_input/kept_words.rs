//! Words that cannot be kept are refused beside their box; none are dropped in silence.

use crate::web::{Site, run};
use axum::http::StatusCode;
use tram_store::sql::Engine;

#[test]
fn words_that_cannot_be_kept_are_refused_and_stay_in_their_box() {
    let site = Site::new(Engine::Sqlite);
    run(async {
        let lan = site.browser("lan").await;
        let long = "lý do ".repeat(90);
        let long = long.trim();
        let hidden = "lý\u{200B}do";
        let units = lan.get("/units").await;
        let unit = format!("/units/{}", link(&units.body, "/units/"));
        let own = unit.trim_start_matches("/units/").to_owned();
        let head = format!("/users/{}", link(&lan.get("/users").await.body, "/users/"));
        let nurse = [
            ("login", "nga"),
            ("name", "Hoàng Thị Nga"),
            ("role", "station_nurse"),
            ("unit", &own),
        ];
        let opened = lan.fill("/users/new", "/users/new", &nurse).await;
        assert_eq!(opened.status, StatusCode::OK, "{}", opened.text());
        let others = lan.get("/users").await.body.replace(&head, "");
        let user = format!("/users/{}", link(&others, "/users/"));
        let plan = |change: [(&'static str, &str); 1]| -> Vec<(&'static str, String)> {
            let of = |name: &'static str, value: &str| (name, value.to_owned());
            let mut fields =
                vec![of("title", "Kế hoạch năm"), of("year", "2026"), of("do", "save")];
            fields.extend([of("unit", &own), of("rows", "1"), of("name-0", "Tỷ lệ tiêm chủng")]);
            fields.extend([of("value-0", "95"), of("comparator-0", "at_least")]);
            fields.extend(change.map(|(name, value)| of(name, value)));
            fields
        };
        let one = |name: &'static str, typed: &str| vec![(name, typed.to_owned())];
        let role = |typed: &str| {
            let of = |name: &'static str, value: &str| (name, value.to_owned());
            vec![of("role", "station_nurse"), of("unit", &own), of("reason", typed)]
        };
        let named = |typed: &str| {
            let of = |name: &'static str, value: &str| (name, value.to_owned());
            vec![of("form", "name"), of("name", "Trạm Y tế mới"), of("name_reason", typed)]
        };
        let (rename, revoke) = (format!("{unit}/name"), format!("{user}/revoke"));
        let close = format!("{user}/close");
        for typed in [long, hidden] {
            let sentence = if typed == long { "Dài quá 500 ký tự" } else { "ký tự ẩn" };
            for (page, to, fields) in [
                ("/plans/new", "/plans/new", plan([("note-0", typed)])),
                ("/plans/new", "/plans/new", plan([("group-0", typed)])),
                ("/plans/new", "/plans/new", plan([("source", typed)])),
                ("/plans/new", "/plans/new", plan([("number", typed)])),
                (&unit, &rename, named(typed)),
                (&user, &revoke, role(typed)),
                (&user, &close, one("close_reason", typed)),
            ] {
                let fields: Vec<(&str, &str)> =
                    fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
                let page = lan.fill(page, to, &fields).await;
                let about = format!("{to} {:?}: {}", fields.last(), page.text());
                assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{about}");
                assert!(page.says(sentence), "{about}");
                assert!(page.body.contains(typed), "what was typed is gone: {about}");
            }
        }
        let plans = lan.get("/plans").await;
        assert!(!plans.says("Kế hoạch năm"), "{}", plans.text());
        assert!(!lan.get("/units").await.says("Trạm Y tế mới"));
        let saved = lan
            .fill(
                "/plans/new",
                "/plans/new",
                &[
                    ("title", "Kế hoạch năm"),
                    ("year", "2026"),
                    ("do", "save"),
                    ("unit", own.as_str()),
                    ("rows", "1"),
                    ("name-0", "Tỷ lệ tiêm chủng"),
                    ("value-0", "95"),
                    ("comparator-0", "at_least"),
                    ("note-0", "ghi chú"),
                    ("unit-0", "percent"),
                ],
            )
            .await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
    });
}

/// The first id an address of this beginning is followed by.
fn link<'b>(body: &'b str, start: &str) -> &'b str {
    let ends = body.split(start).skip(1).filter_map(|rest| rest.split(['"', '/', '?']).next());
    let mut ids = ends.filter(|end| end.len() > 20);
    ids.next().unwrap_or_else(|| panic!("no address {start}… in {body}"))
}
