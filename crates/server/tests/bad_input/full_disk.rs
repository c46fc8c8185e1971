//! Row 35 of the bad inputs: a disk without room. The banner stands on every page, forms come back with
//! everything typed in them, reading goes on, and saving goes on by itself.

use crate::web::{Browser, Site, run};
use axum::http::StatusCode;
use tram_store::sql::Engine;

const SENTENCE: &str = "tạm dừng ghi, dữ liệu đã lưu an toàn.";

async fn area(lan: &Browser) -> String {
    let form = lan.get("/people/new").await;
    let select = form.body.split("name=\"area\"").nth(1).expect("a choice of villages").to_owned();
    let values = select.split("<option value=\"").skip(1).map(|rest| rest.split('"').next());
    values.flatten().find(|value| !value.is_empty()).expect("a village").to_owned()
}

#[test]
fn a_full_disk_is_said_on_every_page_and_nothing_typed_is_lost() {
    let site = Site::new(Engine::Sqlite);
    run(async {
        let lan = site.browser("lan").await;
        let area = area(&lan).await;
        let person = |name: &'static str| {
            vec![
                ("name", name.to_owned()),
                ("sex", "f".to_owned()),
                ("born", "12/03/1990".to_owned()),
                ("area", area.clone()),
                ("residence", "permanent".to_owned()),
                ("move_reason", "registered".to_owned()),
            ]
        };
        let units = lan.get("/units").await.body;
        let own = units.split("/units/").nth(1).and_then(|rest| rest.split('"').next());
        let own = own.expect("a unit").to_owned();
        let plan = vec![
            ("title", "Kế hoạch năm".to_owned()),
            ("year", "2026".to_owned()),
            ("do", "save".to_owned()),
            ("unit", own.clone()),
            ("rows", "1".to_owned()),
            ("name-0", "Tỷ lệ tiêm chủng".to_owned()),
            ("value-0", "95".to_owned()),
            ("comparator-0", "at_least".to_owned()),
        ];
        let user = vec![
            ("unit", own.clone()),
            ("login", "nga".to_owned()),
            ("name", "Hoàng Thị Nga".to_owned()),
            ("role", "station_nurse".to_owned()),
        ];
        assert!(!lan.get("/").await.says(SENTENCE));
        site.app.keep_free(u64::MAX);
        for page in ["/", "/people", "/session", "/indicators", "/plans", "/units", "/system"] {
            let page = lan.get(page).await;
            assert_eq!(page.status, StatusCode::OK, "{}", page.text());
            assert!(page.says(SENTENCE), "{}", page.text());
        }
        let stranger = Browser { cookie: String::new(), ..lan.clone() };
        assert!(stranger.get("/sign-in").await.says(SENTENCE));
        for (to, fields, kept) in [
            ("/people/new", person("Lò Thị Mai"), "Lò Thị Mai"),
            ("/plans/new", plan.clone(), "Tỷ lệ tiêm chủng"),
            ("/users/new", user, "Hoàng Thị Nga"),
        ] {
            let fields: Vec<(&str, &str)> =
                fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            let page = lan.fill(to, to, &fields).await;
            assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{to}: {}", page.text());
            let said = page.text().matches("tạm dừng ghi").count();
            assert!(said >= 2, "{to}: said beside the form and above it: {}", page.text());
            assert!(page.body.contains(kept), "{to}: what was typed is gone: {}", page.text());
        }
        // Somebody else can still sign in and read.
        site.browser("hoa").await;
        site.app.keep_free(0);
        let person = person("Lò Thị Mai");
        let person: Vec<(&str, &str)> =
            person.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let page = lan.fill("/people/new", "/people/new", &person).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text());
        assert!(!lan.get("/").await.says(SENTENCE), "the banner stays");
        assert!(!lan.get("/plans").await.says("Kế hoạch năm"), "something was half saved");
    });
}

#[test]
fn only_keepers_of_the_machine_see_it_and_hear_of_old_backups() {
    let mut site = Site::new(Engine::Sqlite);
    site.with_backups();
    run(async {
        let lan = site.browser("lan").await;
        assert!(lan.get("/").await.says("Dữ liệu chưa được sao lưu lần nào."));
        assert!(lan.get("/system").await.says("Mỗi ngày lúc 22:00"));
        let units = lan.get("/units").await.body;
        let own = units.split("/units/").nth(1).and_then(|rest| rest.split('"').next());
        let nurse = [
            ("login", "nga"),
            ("name", "Hoàng Thị Nga"),
            ("role", "station_nurse"),
            ("unit", own.expect("a unit")),
        ];
        let made = lan.fill("/users/new", "/users/new", &nurse).await;
        assert_eq!(made.status, StatusCode::OK, "{}", made.text());
        let password = made.body.split("<b class=\"code\"").nth(1).expect("a password").to_owned();
        let password = password.split('>').nth(1).and_then(|rest| rest.split('<').next());
        let nga = site.browser_with("nga", password.expect("a password")).await;
        assert!(!nga.get("/").await.says("sao lưu"), "{}", nga.get("/").await.text());
        assert_eq!(nga.get("/system").await.status, StatusCode::FORBIDDEN);
    });
}
