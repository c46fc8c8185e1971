//! What the interface does not do, and how that is said.

use crate::client::{Client, visit, woman};
use crate::web::{Browser, Site, run};
use axum::body::Body;
use axum::http::{StatusCode, header};
use serde_json::{Value, json};
use tram_kernel::PersonId;
use tram_store::sql::Engine;
use tram_store::trial::ENGINES;

fn at(code: &str, field: &str) -> (String, Option<String>) {
    (code.to_owned(), Some(field.to_owned()))
}

fn whole(code: &str) -> (String, Option<String>) {
    (code.to_owned(), None)
}

#[test]
fn without_a_token_nothing_is_told() {
    let site = Site::new(Engine::Sqlite);
    let mai = woman(&site, "lan");
    run(async {
        let mut nobody = Client::nobody(&site);
        let to = format!("/people/{mai}/forms/hypertension_visit");
        for token in ["", "no-token", &"0".repeat(64)] {
            nobody.token = token.to_owned();
            for path in
                ["/forms", "/programmes", "/programmes/due", &format!("/people/{mai}/programmes")]
            {
                let told = nobody.get(path).await;
                told.must(StatusCode::UNAUTHORIZED);
                assert_eq!(told.findings(), [whole("signed-out")]);
                assert_eq!(told.headers[header::WWW_AUTHENTICATE], "Bearer");
            }
            let told = nobody.write(&to, "k", &visit(150, 85)).await;
            told.must(StatusCode::UNAUTHORIZED);
        }
        // The cookie of a page opens nothing here.
        let lan: Browser = site.browser("lan").await;
        let request = lan.request("GET", "/api/v1/forms").body(Body::empty()).expect("a request");
        assert_eq!(lan.send(request).await.status, StatusCode::UNAUTHORIZED);
    });
}

#[test]
fn wrong_tries_are_counted_as_on_the_page() {
    let site = Site::new(Engine::Sqlite);
    run(async {
        let nobody = Client::nobody(&site);
        for _ in 0..5 {
            let told = nobody.sign_in("lan", "mot cau khac han").await;
            told.must(StatusCode::UNAUTHORIZED);
            assert_eq!(told.findings(), [whole("sign-in-wrong")]);
        }
        let told = nobody.sign_in("lan", crate::web::PASSWORD).await;
        told.must(StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(told.findings(), [whole("sign-in-wait")]);
    });
}

#[test]
fn wrong_values_are_told_by_field_and_nothing_is_saved() {
    let site = Site::new(Engine::Sqlite);
    let mai = woman(&site, "lan");
    run(async {
        let lan = Client::signed_in(&site, "lan").await;
        let to = format!("/people/{mai}/forms/hypertension_visit");
        let (on, programme) = ("2026-01-16", "hypertension");
        let good = json!({ "sbp": 150, "dbp": 85, "plan": "continue" });
        let with = |name: &str, value: Value| {
            let mut answers = good.clone();
            answers[name] = value;
            json!({ "on": on, "programme": programme, "answers": answers })
        };
        for (body, found) in [
            (with("sbp", json!(999)), at("form-impossible", "sbp")),
            (with("sbp", json!(150.5)), at("form-decimals", "sbp")),
            (with("sbp", json!("cao")), at("form-not-a-number", "sbp")),
            (with("sbp", json!(true)), at("api-answer-kind", "sbp")),
            (with("sbp", json!(null)), at("field-missing", "sbp")),
            (with("dbp", json!(160)), at("form-refused", "dbp")),
            (with("plan", json!("wait")), at("form-choose", "plan")),
            (with("drugs", json!(5)), at("api-answer-kind", "drugs")),
            (with("signs", json!(["chest", "ear"])), at("form-choose", "signs")),
            (with("next_on", json!("2026-01-02")), at("form-day-before", "next_on")),
            (with("pressure", json!(150)), at("api-answer-unknown", "pressure")),
            (json!({ "answers": good }), at("field-missing", "on")),
            (json!({ "on": "16/1/2026", "answers": good }), at("api-not-a-day", "on")),
            (json!({ "on": "2026-02-01", "answers": good }), at("person-in-future", "on")),
            (
                json!({ "on": on, "programme": "diabetes", "answers": good }),
                at("api-form-elsewhere", "programme"),
            ),
            (
                json!({ "on": on, "programme": "none", "answers": good }),
                at("programme-unknown", "programme"),
            ),
            (
                json!({ "on": on, "replaces": "nut-1", "answers": good }),
                at("form-entry-gone", "replaces"),
            ),
            (json!({ "on": on, "answers": good, "note": "x" }), at("api-json-unfit", "note")),
            (json!({ "on": on, "answers": { "sbp": {} } }), at("api-json-unfit", "answers.sbp")),
            (json!({ "on": on, "answers": {} }), at("field-missing", "sbp")),
        ] {
            let told = lan.write(&to, "k", &body).await;
            told.must(StatusCode::UNPROCESSABLE_ENTITY);
            assert_eq!(told.findings()[0], found, "{body}: {}", told.body);
        }
        // Everything wrong is told at once.
        let body =
            json!({ "answers": { "sbp": 999, "dbp": "x", "pressure": 1, "plan": "continue" } });
        let told = lan.write(&to, "k", &body).await;
        let fields: Vec<_> = told.findings().into_iter().filter_map(|(_, field)| field).collect();
        assert_eq!(fields, ["on", "pressure", "sbp", "dbp"]);
        let care = lan.get(&format!("/people/{mai}/programmes")).await;
        assert_eq!(care.must(StatusCode::OK).body["entries"], json!([]));
    });
}

#[test]
fn what_cannot_be_read_is_named() {
    let site = Site::new(Engine::Sqlite);
    let mai = woman(&site, "lan");
    run(async {
        let lan = Client::signed_in(&site, "lan").await;
        let to = format!("/people/{mai}/forms/hypertension_visit");
        let key = [("idempotency-key", "k")];
        let broken = lan.send("POST", &to, "{\n \"on\": oops }".into(), &key).await;
        broken.must(StatusCode::BAD_REQUEST);
        assert_eq!(broken.findings(), [whole("api-json-broken")]);
        let said = broken.body["findings"][0]["message"].as_str().expect("a sentence");
        assert!(said.contains("dòng 2, cột 8"), "{said}");
        let missing = lan.send("POST", &to, visit(150, 85).to_string(), &[]).await;
        missing.must(StatusCode::BAD_REQUEST);
        assert_eq!(missing.findings(), [at("api-key-missing", "Idempotency-Key")]);
        assert!(missing.body["findings"][0]["fix"].is_string());
        let large = format!("{{\"on\": \"{}\"}}", "x".repeat(70_000));
        let large = lan.send("POST", &to, large, &key).await;
        assert_eq!(large.must(StatusCode::PAYLOAD_TOO_LARGE).findings(), [whole("api-too-large")]);
        let query = lan.get("/programmes/due?days=many").await;
        assert_eq!(
            query.must(StatusCode::UNPROCESSABLE_ENTITY).findings(),
            [at("field-bad-count", "days")]
        );
        let nowhere = lan.get("/patients").await;
        assert_eq!(nowhere.must(StatusCode::NOT_FOUND).findings(), [whole("not-found")]);
        let method = lan.send("PUT", "/forms", String::new(), &[]).await;
        assert_eq!(
            method.must(StatusCode::METHOD_NOT_ALLOWED).findings(),
            [whole("api-no-such-method")]
        );
        let english =
            lan.send("GET", "/patients", String::new(), &[("accept-language", "en")]).await;
        let said = english.body["findings"][0]["message"].as_str().expect("a sentence");
        assert!(said.starts_with("Not found"), "{said}");
    });
}

#[test]
fn people_of_another_commune_are_not_there() {
    for engine in ENGINES {
        let site = Site::new(engine);
        let mai = woman(&site, "lan");
        run(async {
            let hoa = Client::signed_in(&site, "hoa").await;
            let nobody = PersonId::from_u128(7);
            for path in [
                "programmes",
                "forms/hypertension_visit",
                "programmes/hypertension/enrol",
                "programmes/hypertension/leave",
            ] {
                let ask = async |person: PersonId| {
                    let to = format!("/people/{person}/{path}");
                    let answers = match path {
                        "programmes" => return hoa.get(&to).await,
                        "forms/hypertension_visit" => visit(150, 85)["answers"].clone(),
                        _ => json!({ "diagnosed_on": "2026-01-05", "diagnosed_at": "station",
                            "icd": "I10", "sbp": 165, "dbp": 95 }),
                    };
                    let body = match path {
                        "programmes/hypertension/leave" => {
                            json!({ "on": "2026-01-16", "outcome": "referred" })
                        }
                        _ => json!({ "on": "2026-01-16", "answers": answers }),
                    };
                    hoa.write(&to, &format!("{person} {path}"), &body).await
                };
                let (theirs, absent) = (ask(mai).await, ask(nobody).await);
                theirs.must(StatusCode::NOT_FOUND);
                assert_eq!((theirs.status, &theirs.body), (absent.status, &absent.body), "{path}");
            }
            let register = hoa.get("/programmes/hypertension/register").await;
            assert_eq!(register.must(StatusCode::OK).body["people"], json!([]));
            let lan = Client::signed_in(&site, "lan").await;
            let care = lan.get(&format!("/people/{mai}/programmes")).await;
            assert_eq!(care.must(StatusCode::OK).body["entries"], json!([]));
        });
    }
}

#[test]
fn what_lies_in_a_compartment_is_not_there() {
    let site = Site::new(Engine::Sqlite);
    let mai = woman(&site, "lan");
    run(async {
        let lan = Client::signed_in(&site, "lan").await;
        for (closed, absent) in [
            ("/forms/tb_visit", "/forms/none"),
            ("/forms/hiv_enrol", "/forms/none"),
            ("/programmes/tuberculosis", "/programmes/none"),
            ("/programmes/tuberculosis/register", "/programmes/none/register"),
            ("/programmes/due?programme=hiv", "/programmes/due?programme=none"),
        ] {
            let (closed, absent) = (lan.get(closed).await, lan.get(absent).await);
            closed.must(StatusCode::NOT_FOUND);
            assert_eq!(closed.body, absent.body);
        }
        let body = json!({ "on": "2026-01-16", "answers": { "place": "home" } });
        for to in ["forms/tb_visit", "programmes/tuberculosis/enrol"] {
            let told = lan.write(&format!("/people/{mai}/{to}"), "k", &body).await;
            assert_eq!(told.must(StatusCode::NOT_FOUND).findings(), [whole("not-found")]);
        }
        let body = json!({ "on": "2026-01-16", "outcome": "cured" });
        let to = format!("/people/{mai}/programmes/tuberculosis/leave");
        lan.write(&to, "k", &body).await.must(StatusCode::NOT_FOUND);
        let list = lan.get("/programmes").await.must(StatusCode::OK).body.to_string();
        for hidden in ["tuberculosis", "hiv", "methadone", "mental_health", "tpt"] {
            assert!(!list.contains(&format!("\"{hidden}\"")), "{hidden}");
        }
    });
}
