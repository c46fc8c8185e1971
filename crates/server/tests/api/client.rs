//! A program that calls: JSON through the whole server, with the token of its session.

use crate::web::{PASSWORD, Site, day};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use serde_json::{Value, json};
use tower::ServiceExt;
use tram_app::person::Registration;
use tram_domain::fact::ResidenceKind;
use tram_kernel::{BirthDate, PersonId, Sex};

/// An answer, read to its end.
#[derive(Debug, Clone)]
pub struct Told {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Value,
}

impl Told {
    /// The codes of what was found, each with its field.
    pub fn findings(&self) -> Vec<(String, Option<String>)> {
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let found = self.body["findings"].as_array().unwrap_or_else(|| panic!("{self:?}"));
        found.iter().map(|f| (text(&f["code"]).expect("a code"), text(&f["field"]))).collect()
    }

    pub fn must(&self, status: StatusCode) -> &Self {
        assert_eq!(self.status, status, "{}", self.body);
        self
    }
}

#[derive(Clone)]
pub struct Client {
    router: Router,
    pub token: String,
}

impl Client {
    pub fn nobody(site: &Site) -> Self {
        Self { router: site.router.clone(), token: String::new() }
    }

    pub async fn signed_in(site: &Site, login: &str) -> Self {
        let told = Self::nobody(site).sign_in(login, PASSWORD).await;
        told.must(StatusCode::CREATED);
        let token = told.body["token"].as_str().expect("a token").to_owned();
        Self { router: site.router.clone(), token }
    }

    pub async fn sign_in(&self, user: &str, password: &str) -> Told {
        let body = json!({ "user": user, "password": password }).to_string();
        self.send("POST", "/session", body, &[]).await
    }

    pub async fn send(
        &self,
        method: &str,
        to: &str,
        body: String,
        headers: &[(&str, &str)],
    ) -> Told {
        let mut request = Request::builder().method(method).uri(format!("/api/v1{to}"));
        if !self.token.is_empty() {
            request = request.header(header::AUTHORIZATION, format!("Bearer {}", self.token));
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::from(body)).expect("a request");
        let answer = self.router.clone().oneshot(request).await.expect("an answer");
        let (parts, body) = answer.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.expect("a whole body");
        let body = match bytes.is_empty() {
            true => Value::Null,
            false => serde_json::from_slice(&bytes).expect("JSON, whatever happens"),
        };
        Told { status: parts.status, headers: parts.headers, body }
    }

    pub async fn get(&self, to: &str) -> Told {
        self.send("GET", to, String::new(), &[]).await
    }

    /// Writes under the key of an attempt.
    pub async fn write(&self, to: &str, key: &str, body: &Value) -> Told {
        self.send("POST", to, body.to_string(), &[("idempotency-key", key)]).await
    }

    /// Takes somebody into the care of high blood pressure.
    pub async fn enrol(&self, person: PersonId) {
        let answers = json!({ "diagnosed_on": "2026-01-05", "diagnosed_at": "station",
            "icd": "I10", "sbp": 165, "dbp": 95 });
        let body = json!({ "on": "2026-01-05", "source": "screening", "answers": answers });
        let to = format!("/people/{person}/programmes/hypertension/enrol");
        self.write(&to, "enrol", &body).await.must(StatusCode::CREATED);
    }
}

/// A woman of the station of this user, registered before any request.
pub fn woman(site: &Site, login: &str) -> PersonId {
    let app = &site.app;
    let token = app.sign_in(login, PASSWORD, "vi").expect("signed in");
    let actor = app.session(&token).expect("read").expect("a session").actor;
    let area = app.areas(&actor).expect("villages")[0].key;
    let form = Registration {
        name: "Lò Thị Mai".into(),
        sex: Sex::Female,
        born: BirthDate::exact(day("1970-05-03")),
        born_minute: None,
        ethnicity: None,
        occupation: None,
        phone: None,
        mother: None,
        mother_name: None,
        identifiers: Vec::new(),
        area,
        residence: ResidenceKind::Permanent,
        since: None,
        move_reason: "registered".into(),
        from_place: None,
        household: None,
        accepted: Vec::new(),
    };
    app.register_person(&actor, &form, None).expect("registered").value
}

/// A visit for high blood pressure.
pub fn visit(sbp: i64, dbp: i64) -> Value {
    let answers = json!({ "sbp": sbp, "dbp": dbp, "weight": 61.5, "plan": "continue" });
    json!({ "on": "2026-01-16", "programme": "hypertension", "answers": answers })
}
