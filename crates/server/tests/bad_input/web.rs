//! A browser without a screen: requests through the whole server, cookies kept, forms filled from pages.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use std::sync::Arc;
use tower::ServiceExt;
use tram_app::backup::BackupPlan;
use tram_app::opening::migrate;
use tram_app::unit::{NewArea, NewUnit};
use tram_app::user::NewUser;
use tram_app::{App, Clock, Purpose};
use tram_domain::fact::UnitKind;
use tram_kernel::Date;
use tram_server::http::{Server, router};
use tram_store::sql::Engine;
use tram_store::trial::Trial;

pub const TODAY: &str = "2026-01-16";
pub const PASSWORD: &str = "mot cau that dai";
const HOST: &str = "127.0.0.1:8080";

pub fn day(text: &str) -> Date {
    text.parse().expect("a date")
}

/// Runs requests. The database is opened and closed outside, where waiting is allowed.
pub fn run(work: impl Future<Output = ()>) {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    runtime.expect("a runtime").block_on(work);
}

/// Two stations of one server, each with a head.
pub struct Site {
    pub router: Router,
    pub app: Arc<App>,
    _trial: Trial,
}

/// An answer, read to its end.
#[derive(Debug)]
pub struct Page {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Page {
    pub fn location(&self) -> &str {
        self.headers.get(header::LOCATION).map_or("", |to| to.to_str().expect("ASCII"))
    }

    /// The value of the first hidden or visible input of this name.
    pub fn input(&self, name: &str) -> String {
        let at = self.body.find(&format!("name=\"{name}\"")).unwrap_or_else(|| {
            panic!("no input {name} in {}", self.body);
        });
        let from = self.body[..at].rfind('<').expect("a tag");
        let tag = &self.body[from..from + self.body[from..].find('>').expect("the end of a tag")];
        let value = tag.split_once("value=\"").map(|(_, rest)| rest.split('"').next());
        value.flatten().unwrap_or_default().to_owned()
    }

    /// The text without tags, to look for sentences in.
    pub fn text(&self) -> String {
        let mut out = String::new();
        let mut inside = false;
        for c in self.body.chars() {
            match c {
                '<' => inside = true,
                '>' => {
                    inside = false;
                    out.push(' ');
                }
                c if !inside => out.push(c),
                _ => {}
            }
        }
        out.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"")
    }

    pub fn says(&self, sentence: &str) -> bool {
        self.text().split_whitespace().collect::<Vec<_>>().join(" ").contains(sentence)
    }
}

impl Site {
    pub fn new(engine: Engine) -> Self {
        let trial = Trial::empty(engine);
        let clock = Clock::on(day(TODAY));
        migrate(&trial.location, clock).expect("a migrated database");
        let purpose = Purpose::Write("site");
        let app = App::open(&trial.location, purpose, clock, &trial.folder).expect("open");
        let app = Arc::new(app);
        for (name, commune, login) in
            [("Trạm Y tế xã Lục Yên", "04303", "lan"), ("Trạm Y tế xã Mường Lai", "04309", "hoa")]
        {
            station(&app, name, commune, login);
        }
        let (meter, backup) = Default::default();
        let server = Server { app: Arc::clone(&app), demo: false, secure: false, meter, backup };
        Self { router: router(server), app, _trial: trial }
    }

    /// The same server, as one that makes backups by itself.
    pub fn with_backups(&mut self) {
        let plan = BackupPlan { folder: "unused".into(), at: 22 * 60, keep: 14, warn_days: 3 };
        let (app, meter) = (Arc::clone(&self.app), Arc::default());
        let backup = Some(Arc::new(plan));
        self.router = router(Server { app, demo: false, secure: false, meter, backup });
    }

    /// Signs in and answers the browser of that person.
    pub async fn browser(&self, login: &str) -> Browser {
        self.browser_with(login, PASSWORD).await
    }

    pub async fn browser_with(&self, login: &str, password: &str) -> Browser {
        let mut browser = Browser { router: self.router.clone(), cookie: String::new() };
        let page = browser.post("/sign-in", &[("user", login), ("password", password)]).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.body);
        let cookie = page.headers[header::SET_COOKIE].to_str().expect("ASCII");
        browser.cookie = cookie.split(';').next().expect("a cookie").to_owned();
        browser
    }
}

fn station(app: &App, name: &str, commune: &str, login: &str) {
    let since = day("2017-01-01");
    let commune = commune.parse().expect("a code");
    let unit = NewUnit {
        name: name.into(),
        kind: UnitKind::Station,
        commune: Some(commune),
        facility_code: None,
        since,
        under: Vec::new(),
    };
    let (units, _) = app.found(&[unit], &[]).expect("a station");
    let unit = units[0];
    let villages: Vec<NewArea> = ["Khe Pháo", "Bản Chang"]
        .map(|name| NewArea { name: name.into(), kind: "thôn".into(), commune, unit, since })
        .into();
    app.found(&[], &villages).expect("villages");
    let operator = app.operator(unit).expect("an operator");
    let head = NewUser {
        login: login.into(),
        name: format!("Nông Thị {login}"),
        password: PASSWORD.into(),
        role: "station_head".into(),
        unit,
        from: since,
        to: None,
    };
    app.add_user(&operator, &head).expect("a user");
}

#[derive(Clone)]
pub struct Browser {
    pub router: Router,
    pub cookie: String,
}

impl Browser {
    pub async fn send(&self, request: Request<Body>) -> Page {
        let answer = self.router.clone().oneshot(request).await.expect("an answer");
        let (parts, body) = answer.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.expect("a whole body");
        let body = String::from_utf8_lossy(&bytes).into_owned();
        Page { status: parts.status, headers: parts.headers, body }
    }

    pub fn request(&self, method: &str, to: &str) -> axum::http::request::Builder {
        let request = Request::builder().method(method).uri(to).header(header::HOST, HOST);
        if self.cookie.is_empty() { request } else { request.header(header::COOKIE, &self.cookie) }
    }

    pub async fn get(&self, to: &str) -> Page {
        self.send(self.request("GET", to).body(Body::empty()).expect("a request")).await
    }

    /// Posts a form exactly as given.
    pub async fn post(&self, to: &str, fields: &[(&str, &str)]) -> Page {
        self.post_bytes(to, encode(fields).into_bytes()).await
    }

    pub async fn post_bytes(&self, to: &str, body: Vec<u8>) -> Page {
        let request = self
            .request("POST", to)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body))
            .expect("a request");
        self.send(request).await
    }

    /// Opens a page and posts a form of it: its tokens, and these fields.
    pub async fn fill(&self, page: &str, to: &str, fields: &[(&str, &str)]) -> Page {
        let form = self.get(page).await;
        let (csrf, idem) = (form.input("csrf"), form.input("idem"));
        let mut all = vec![("csrf", csrf.as_str()), ("idem", idem.as_str())];
        all.extend_from_slice(fields);
        self.post(to, &all).await
    }

    /// Uploads a file on the import page.
    pub async fn upload(&self, name: &str, bytes: &[u8]) -> Page {
        let token = self.get("/import").await.input("csrf");
        let mut body = Vec::new();
        let line = "--TrAm\r\nContent-Disposition: form-data; name=";
        body.extend(format!("{line}\"csrf\"\r\n\r\n{token}\r\n").bytes());
        body.extend(format!("{line}\"file\"; filename=\"{name}\"\r\n\r\n").bytes());
        body.extend_from_slice(bytes);
        body.extend(b"\r\n--TrAm--\r\n");
        let request = self
            .request("POST", "/import")
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=TrAm")
            .body(Body::from(body))
            .expect("a request");
        self.send(request).await
    }
}

/// `a=b&c=d` with everything but plain letters escaped.
pub fn encode(fields: &[(&str, &str)]) -> String {
    let escape = |text: &str| -> String {
        text.bytes()
            .map(|byte| match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' => {
                    char::from(byte).to_string()
                }
                byte => format!("%{byte:02X}"),
            })
            .collect()
    };
    let pairs: Vec<String> =
        fields.iter().map(|(name, value)| format!("{}={}", escape(name), escape(value))).collect();
    pairs.join("&")
}
