//! The interface for other programs, through the whole server: what it tells, what it writes, what it
//! refuses and how that is said.

mod client;
mod refused;
#[path = "../bad_input/web.rs"]
#[allow(dead_code, reason = "pages are filled in elsewhere")]
mod web;

use axum::http::{StatusCode, header};
use client::{Client, visit, woman};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use tram_kernel::PersonId;
use tram_store::sql::Engine;
use tram_store::trial::ENGINES;
use web::{Site, run};

fn entries<'t>(care: &'t Value, form: &str) -> Vec<&'t Value> {
    let all = care["entries"].as_array().expect("entries");
    all.iter().filter(|entry| entry["form"] == form).collect()
}

#[test]
fn a_program_signs_in_and_out() {
    let site = Site::new(Engine::Sqlite);
    run(async {
        let told = Client::nobody(&site).sign_in("lan", web::PASSWORD).await;
        told.must(StatusCode::CREATED);
        assert_eq!(told.body["schema"], 1);
        assert_eq!(told.body["role"], "station_head");
        assert_eq!(told.body["idle_minutes"], 240);
        assert!(told.body["expires_at"].as_str().expect("a moment").starts_with("2026-01-1"));
        assert!(told.headers.get(header::SET_COOKIE).is_none());
        let lan = Client::signed_in(&site, "lan").await;
        lan.get("/forms").await.must(StatusCode::OK);
        let ended = lan.send("DELETE", "/session", String::new(), &[]).await;
        ended.must(StatusCode::NO_CONTENT);
        lan.get("/forms").await.must(StatusCode::UNAUTHORIZED);
    });
}

#[test]
fn a_form_says_what_it_asks_and_what_is_possible() {
    let site = Site::new(Engine::Sqlite);
    run(async {
        let lan = Client::signed_in(&site, "lan").await;
        let list = lan.get("/forms").await;
        list.must(StatusCode::OK);
        let forms = list.body["forms"].as_array().expect("forms");
        assert!(forms.iter().any(|form| form["code"] == "hypertension_visit"));
        assert!(forms.iter().all(|form| form["compartment"] == "general"), "{forms:#?}");
        let form = lan.get("/forms/hypertension_visit").await.must(StatusCode::OK).body.clone();
        assert_eq!(form["schema"], 1);
        assert_eq!(
            (&form["valid_from"], &form["confidence"]),
            (&json!("2010-08-31"), &json!("secondary"))
        );
        let groups = form["groups"].as_array().expect("groups");
        let fields = groups.iter().flat_map(|group| group["fields"].as_array().expect("fields"));
        let fields: Vec<&Value> = fields.collect();
        let field = |code: &str| *fields.iter().find(|f| f["code"] == code).expect("a field");
        let sbp = field("sbp");
        assert_eq!((&sbp["kind"], &sbp["unit"]), (&json!("number"), &json!("mmHg")));
        assert_eq!(sbp["possible"], json!({ "low": 40, "high": 300 }));
        assert_eq!((&sbp["required"], &sbp["measure"]), (&json!(true), &json!("sbp")));
        let plan = field("plan");
        assert_eq!((&plan["kind"], &plan["carry"]), (&json!("choice"), &json!(true)));
        assert_eq!(plan["choices"][2], json!({ "code": "refer", "name": "Chuyển tuyến" }));
        let age = json!({ "asks": "age", "is": ">=", "length": { "months": 216, "days": 0 } });
        assert_eq!(form["whom"], json!([age]));
        let rule = &form["rules"][0];
        assert_eq!((&rule["says"], &rule["at"]), (&json!("refuse"), &json!("dbp")));
        let programme = lan.get("/programmes/hypertension").await.must(StatusCode::OK).body.clone();
        assert_eq!(programme["visits"][0]["form"], "hypertension_visit");
        assert_eq!(programme["visits"][0]["timing"]["repeats"], "every");
    });
}

#[test]
fn a_blood_pressure_is_recorded_once() {
    for engine in ENGINES {
        let site = Site::new(engine);
        let mai = woman(&site, "lan");
        run(async {
            let lan = Client::signed_in(&site, "lan").await;
            lan.enrol(mai).await;
            let to = format!("/people/{mai}/forms/hypertension_visit");
            let (body, key) = (visit(150, 85), "visit-1");
            let (first, second) =
                tokio::join!(lan.write(&to, key, &body), lan.write(&to, key, &body));
            first.must(StatusCode::CREATED);
            second.must(StatusCode::CREATED);
            assert_eq!(first.body, second.body, "the same key is told the same");
            assert!(first.body["entry"].is_string(), "{}", first.body);
            let care = lan.get(&format!("/people/{mai}/programmes")).await;
            let care = care.must(StatusCode::OK).body.clone();
            let visits = entries(&care, "hypertension_visit");
            assert_eq!(visits.len(), 1, "{engine:?}: {visits:#?}");
            let answers = json!({ "sbp": 150, "dbp": 85, "weight": 61.5, "plan": "continue" });
            assert_eq!(visits[0]["answers"], answers);
            assert_eq!(visits[0]["measures"]["bp_target"], "not_reached");
            assert_eq!(visits[0]["id"], first.body["entry"]);
            assert_eq!(care["episodes"][0]["from"], "2026-01-05");
            // Not at the target: seen again in two weeks.
            let due = care["due"].as_array().expect("due");
            assert!(due.iter().any(|d| d["visit"] == "follow_up" && d["due"] == "2026-01-30"));
            // The same key for something else is not carried out.
            let other = lan.write(&to, key, &visit(151, 85)).await;
            other.must(StatusCode::UNPROCESSABLE_ENTITY);
            assert_eq!(other.findings(), [("command-reused".to_owned(), None)]);
            register_and_due(&lan, mai).await;
        });
    }
}

async fn register_and_due(lan: &Client, mai: PersonId) {
    let register = lan.get("/programmes/hypertension/register").await;
    let people = register.must(StatusCode::OK).body["people"].clone();
    assert_eq!(people[0]["person"]["id"], mai.to_string());
    assert_eq!(people[0]["person"]["born"], "1970-05-03");
    assert_eq!(
        people[0]["measures"][0],
        json!({ "code": "sbp", "on": "2026-01-16", "value": 150 })
    );
    assert_eq!(people[0]["next"]["due"], "2026-01-30");
    let due = lan.get("/programmes/due?days=14&programme=hypertension").await;
    let due = due.must(StatusCode::OK).body.clone();
    let visits = due["people"][0]["visits"].as_array().expect("visits").clone();
    assert_eq!(visits.iter().map(|v| &v["visit"]).collect::<Vec<_>>(), ["follow_up", "tests"]);
    // A visit may be made a week early, so it is listed from then on.
    let due = lan.get("/programmes/due?days=6").await.must(StatusCode::OK).body.clone();
    let visits = due["people"][0]["visits"].as_array().expect("visits").clone();
    assert_eq!(visits.iter().map(|v| &v["visit"]).collect::<Vec<_>>(), ["tests"]);
    let all = lan.get("/programmes").await.must(StatusCode::OK).body.clone();
    let all = all["programmes"].as_array().expect("programmes").clone();
    let of = all.iter().find(|p| p["code"] == "hypertension").expect("a programme");
    assert_eq!(of["followed"], 1);
}

#[test]
fn a_warning_is_told_and_saved_once_it_is_accepted() {
    let site = Site::new(Engine::Sqlite);
    let mai = woman(&site, "lan");
    run(async {
        let lan = Client::signed_in(&site, "lan").await;
        let to = format!("/people/{mai}/forms/hypertension_visit");
        let mut body = visit(220, 100);
        body["answers"]["signs"] = json!(["chest", "breath"]);
        let asked = lan.write(&to, "k", &body).await;
        asked.must(StatusCode::CONFLICT);
        let keys: Vec<&str> = asked.body["findings"]
            .as_array()
            .expect("warnings")
            .iter()
            .map(|f| f["key"].as_str().expect("a key"))
            .collect();
        assert_eq!(keys, ["form-unusual:sbp", "form-warned:very_high", "form-not-enrolled"]);
        assert_eq!(asked.body["findings"][0]["severity"], "warning");
        let care = lan.get(&format!("/people/{mai}/programmes")).await;
        assert_eq!(care.body["entries"], json!([]), "nothing is saved before it is accepted");
        body["accept"] = json!(keys);
        let saved = lan.write(&to, "k", &body).await;
        saved.must(StatusCode::CREATED);
        assert_eq!(saved.body["warnings"], json!(keys));
        let advice = saved.body["advice"][0].as_str().expect("advice");
        assert!(advice.contains("chuyển tuyến ngay"), "{advice}");
        let again = lan.write(&to, "k", &body).await;
        assert_eq!(again.must(StatusCode::CREATED).body, saved.body);
    });
}

#[test]
fn an_entry_is_corrected_and_somebody_leaves() {
    let site = Site::new(Engine::Sqlite);
    let mai = woman(&site, "lan");
    run(async {
        let lan = Client::signed_in(&site, "lan").await;
        lan.enrol(mai).await;
        let to = format!("/people/{mai}/forms/hypertension_visit");
        let first = lan.write(&to, "1", &visit(150, 85)).await;
        let mut body = visit(135, 85);
        body["replaces"] = first.must(StatusCode::CREATED).body["entry"].clone();
        lan.write(&to, "2", &body).await.must(StatusCode::CREATED);
        let care = lan.get(&format!("/people/{mai}/programmes")).await.body;
        let visits = entries(&care, "hypertension_visit");
        assert_eq!(visits.len(), 1);
        assert_eq!(visits[0]["answers"]["sbp"], 135);
        // What was corrected is gone: it cannot be corrected once more.
        body["answers"]["sbp"] = json!(136);
        let late = lan.write(&to, "3", &body).await;
        late.must(StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(late.findings()[0].0, "form-entry-gone");
        let leave = format!("/people/{mai}/programmes/hypertension/leave");
        let body = json!({ "on": "2026-01-16", "outcome": "vanished" });
        let wrong = lan.write(&leave, "4", &body).await;
        wrong.must(StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(wrong.findings(), [("form-choose".to_owned(), Some("outcome".to_owned()))]);
        let body = json!({ "on": "2026-01-16", "outcome": "moved_away", "note": "Về quê" });
        let left = lan.write(&leave, "5", &body).await;
        assert_eq!(left.must(StatusCode::CREATED).body["entry"], Value::Null);
        let care = lan.get(&format!("/people/{mai}/programmes")).await.body;
        assert_eq!(care["episodes"][0]["outcome"], "moved_away");
    });
}

#[test]
fn an_answer_that_is_not_asked_is_left_out_and_named() {
    let site = Site::new(Engine::Sqlite);
    let mai = woman(&site, "lan");
    run(async {
        let lan = Client::signed_in(&site, "lan").await;
        // Whether there was a helmet is asked of those hurt on the road.
        let answers = json!({ "injury_cause": "fall", "happened_on": "2026-01-15", "place": "home",
            "helmet": true, "severity": "mild", "plan": "home" });
        let body = json!({ "on": "2026-01-16", "answers": answers });
        let saved = lan.write(&format!("/people/{mai}/forms/injury"), "k", &body).await;
        assert_eq!(saved.must(StatusCode::CREATED).body["left_out"], json!(["helmet"]));
        let care = lan.get(&format!("/people/{mai}/programmes")).await.body;
        let kept = &entries(&care, "injury")[0]["answers"];
        assert_eq!((&kept["helmet"], &kept["place"]), (&Value::Null, &json!("home")));
    });
}

#[test]
fn the_document_describes_every_route() {
    let site = Site::new(Engine::Sqlite);
    run(async {
        let document = Client::nobody(&site).get("/openapi.json").await;
        let document = document.must(StatusCode::OK).body.clone();
        assert!(document["openapi"].as_str().expect("a version").starts_with("3."));
        assert_eq!(document["servers"][0]["url"], "/api/v1");
        let mut described = BTreeSet::new();
        for (path, item) in document["paths"].as_object().expect("paths") {
            for method in item.as_object().expect("methods").keys() {
                described.insert(format!("{method} {path}"));
            }
        }
        let expected = [
            "delete /session",
            "get /forms",
            "get /forms/{code}",
            "get /people/{id}/programmes",
            "get /programmes",
            "get /programmes/due",
            "get /programmes/{code}",
            "get /programmes/{code}/register",
            "post /people/{id}/forms/{code}",
            "post /people/{id}/programmes/{code}/enrol",
            "post /people/{id}/programmes/{code}/leave",
            "post /session",
        ];
        let expected: BTreeSet<String> = expected.map(str::to_owned).into();
        assert_eq!(described, expected);
        // Every shape that is named is there.
        let text = document.to_string();
        for reference in text.split("\"#/components/schemas/").skip(1) {
            let name = reference.split('"').next().expect("a name");
            assert!(document["components"]["schemas"][name].is_object(), "{name}");
        }
        let body = &document["components"]["schemas"]["FormBody"];
        assert_eq!(body["additionalProperties"], json!(false));
    });
}
