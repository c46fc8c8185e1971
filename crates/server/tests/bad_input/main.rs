//! Bad input through the whole server: each gets a friendly sentence, nothing is half saved, and the
//! server goes on.

mod files;
mod full_disk;
mod kept_words;
mod pregnancy;
mod web;

use axum::body::Body;
use axum::http::{StatusCode, header};
use std::io::Write as _;
use tram_kernel::PersonId;
use tram_store::sql::Engine;
use web::{Browser, Page, Site, encode, run};

const ENGINE: Engine = Engine::Sqlite;

fn ok(page: &Page) {
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
}

/// The fields of a registration; `change` replaces or adds some.
fn person<'a>(area: &'a str, change: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![
        ("name", "Lò Thị Mai"),
        ("sex", "f"),
        ("born", "3/5/1980"),
        ("area", area),
        ("residence", "permanent"),
        ("move_reason", "registered"),
    ];
    for (name, value) in change {
        fields.retain(|(known, _)| known != name);
        fields.push((name, value));
    }
    fields
}

async fn first_area(browser: &Browser) -> String {
    let form = browser.get("/people/new").await;
    ok(&form);
    let select = form.body.split("name=\"area\"").nth(1).expect("a choice of villages");
    let values = select.split("<option value=\"").skip(1).map(|rest| rest.split('"').next());
    values.flatten().find(|value| !value.is_empty()).expect("a village").to_owned()
}

async fn register(browser: &Browser, change: &[(&str, &str)]) -> Page {
    let area = first_area(browser).await;
    browser.fill("/people/new", "/people/new", &person(&area, change)).await
}

async fn people(browser: &Browser, typed: &str) -> Page {
    let token = browser.get("/people").await.input("csrf");
    let page = browser.post("/people", &[("csrf", &token), ("q", typed)]).await;
    // What is typed is never part of an address.
    assert_eq!(page.location(), "/people/found", "{}", page.text());
    browser.get("/people/found").await
}

async fn healthy(browser: &Browser) {
    assert_eq!(browser.get("/healthz").await.body, "ok");
    assert_eq!(browser.get("/readyz").await.status, StatusCode::OK);
}

fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    for (name, bytes) in entries {
        out.start_file(*name, options).expect("an entry");
        out.write_all(bytes).expect("written");
    }
    out.finish().expect("a whole archive").into_inner()
}

#[test]
fn files_that_cannot_be_read_are_refused_with_the_cure() {
    let site = Site::new(ENGINE);
    run(async {
        let lan = site.browser("lan").await;
        let garbage: Vec<u8> =
            (0..4_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        let mut cut =
            zip(&[("[Content_Types].xml", b"<Types/>"), ("xl/workbook.xml", b"<workbook/>")]);
        cut.truncate(cut.len() - 40);
        let ole = [b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".as_slice(), &[0; 600]].concat();
        let protected = {
            let name: Vec<u8> =
                "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
            [ole.as_slice(), &name].concat()
        };
        let bomb = zip(&[
            ("[Content_Types].xml", b"<Types/>"),
            ("xl/workbook.xml", b"<workbook/>"),
            ("xl/worksheets/sheet1.xml", &vec![b'0'; 210 * 1024 * 1024]),
        ]);
        for (name, bytes, sentence) in [
            (
                "rac.xlsx",
                [b"PK\x03\x04".as_slice(), &garbage].concat(),
                "Tệp bị hỏng hoặc không phải bảng tính",
            ),
            ("cut.xlsx", cut, "Tệp bị hỏng hoặc không phải bảng tính"),
            ("cu.xls", ole, "Tệp ở dạng Excel cũ"),
            ("khoa.xlsx", protected, "Tệp có mật khẩu"),
            ("anh.xlsx", b"\xFF\xD8\xFF\xE0 JFIF".to_vec(), "Đây là tệp ảnh"),
            ("bao-cao.xlsx", b"%PDF-1.7".to_vec(), "Đây là tệp PDF"),
            ("trang.csv", b"<html><table></table></html>".to_vec(), "Đây là trang web"),
            ("bom.xlsx", bomb, "Tệp nén bung ra quá lớn"),
            (
                "hong.csv",
                b"H\xE1\xBB\x8D t\xC3\xAAn;Tu\xFFi\n".to_vec(),
                "Tệp có ký tự hỏng ở dòng 1 (byte 13)",
            ),
            ("trong.csv", Vec::new(), "Tệp không có dữ liệu"),
        ] {
            let page = lan.upload(name, &bytes).await;
            assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}: {}", page.text());
            assert!(page.says(sentence), "{name}: {}", page.text());
            healthy(&lan).await;
        }
        // Nothing was kept of any of them.
        assert!(!lan.get("/import").await.body.contains("rac.xlsx"));
    });
}

#[test]
fn too_large_an_upload_is_refused_before_it_is_read() {
    let site = Site::new(ENGINE);
    run(async {
        let lan = site.browser("lan").await;
        let page = lan.upload("to.csv", &vec![b'a'; 27 * 1024 * 1024]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.says("Nội dung gửi lên vượt giới hạn 25 MB"), "{}", page.text());
        let mut rows = String::from("Họ và tên;Giới tính;Ngày sinh\n");
        rows.push_str(&"Lò Thị Mai;Nữ;1980\n".repeat(50_001));
        let page = lan.upload("dai.csv", rows.as_bytes()).await;
        assert!(page.says("Tệp có dữ liệu dưới dòng 50000"), "{}", page.text());
        healthy(&lan).await;
    });
}

#[test]
fn a_sheet_in_utf16_and_a_sheet_in_utf8_read_the_same() {
    let site = Site::new(ENGINE);
    run(async {
        let lan = site.browser("lan").await;
        let text = "Họ và tên;Giới tính;Ngày sinh;Thôn\nLò Thị Mai;Nữ;1980;Khe Pháo\n";
        let utf16: Vec<u8> = [0xFEFF_u16]
            .into_iter()
            .chain(text.encode_utf16())
            .flat_map(u16::to_le_bytes)
            .collect();
        let bom = [b"\xEF\xBB\xBF".as_slice(), text.as_bytes()].concat();
        for bytes in [text.as_bytes().to_vec(), bom, utf16] {
            let page = lan.upload("a.csv", &bytes).await;
            assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text());
            let check = lan.get(page.location()).await;
            ok(&check);
            assert!(check.says("1 người mới"), "{}", check.text());
        }
    });
}

#[test]
fn broken_utf8_in_a_form_names_the_byte() {
    let site = Site::new(ENGINE);
    run(async {
        let lan = site.browser("lan").await;
        let token = lan.get("/people/new").await.input("csrf");
        let body = [encode(&[("csrf", &token)]).as_bytes(), b"&name=%FF%FEab"].concat();
        let page = lan.post_bytes("/people/new", body).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.says("Dữ liệu chứa ký tự không hợp lệ tại byte"), "{}", page.text());
        let body = [encode(&[("csrf", &token)]).as_bytes(), b"&name=a%00b"].concat();
        assert_eq!(
            lan.post_bytes("/people/new", body).await.status,
            StatusCode::UNPROCESSABLE_ENTITY
        );
        healthy(&lan).await;
    });
}

#[test]
fn numbers_days_and_names_that_cannot_be_are_said_beside_their_box() {
    let site = Site::new(ENGINE);
    run(async {
        let lan = site.browser("lan").await;
        for (change, sentence) in [
            (("citizen", "01518000447"), "cần 12 chữ số, hiện có 11"),
            (("citizen", "0151800044711"), "cần 12 chữ số, hiện có 13"),
            (("citizen", "01518000447O"), "vị trí 12 không phải chữ số"),
            (("citizen", "1.5118E+11"), "đã bị Excel làm hỏng"),
            (("born", "30/02/1980"), "Lịch không có ngày này"),
            (("born", "31/04/1980"), "Lịch không có ngày này"),
            (("born", "29/02/2025"), "Lịch không có ngày này"),
            (("born", "13/25/2020"), "Lịch không có ngày này"),
            (("born", "17/01/2026"), "sau hôm nay"),
            (("born", "1/1/1890"), "tuổi sẽ là 136"),
            (("name", "Lò\u{202E} Mai"), "ký tự ẩn"),
            (("name", " "), "Chưa có họ và tên"),
        ] {
            let page = register(&lan, &[change]).await;
            assert_eq!(
                page.status,
                StatusCode::UNPROCESSABLE_ENTITY,
                "{change:?}: {}",
                page.text()
            );
            assert!(page.says(sentence), "{change:?}: {}", page.text());
            // What was typed is still there.
            let typed = page.input(change.0);
            assert_eq!(typed.trim(), change.1.trim(), "{change:?}");
        }
        assert!(!people(&lan, "lo thi mai").await.says("1980"));
    });
}

#[test]
fn a_citizen_number_that_contradicts_is_a_warning_that_can_be_accepted() {
    let site = Site::new(ENGINE);
    run(async {
        let lan = site.browser("lan").await;
        // A man born in 1985, says the number.
        let page = register(&lan, &[("citizen", "015085001903")]).await;
        assert_eq!(page.status, StatusCode::CONFLICT, "{}", page.text());
        assert!(page.says("1985"), "{}", page.text());
        let change = [("citizen", "015085001903"), ("accept", "warn-citizen-contradicts")];
        let page = register(&lan, &change).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text());
        // The same number for somebody else is said before it is saved.
        let change =
            [("name", "Vàng A Páo"), ("sex", "m"), ("born", "1985"), ("citizen", "015085001903")];
        let page = register(&lan, &change).await;
        assert_eq!(page.status, StatusCode::CONFLICT, "{}", page.text());
        assert!(page.says("1903"), "{}", page.text());
    });
}

#[test]
fn markup_and_sql_are_only_text() {
    let site = Site::new(ENGINE);
    run(async {
        let lan = site.browser("lan").await;
        let name = "<script>alert(1)</script> O'Brien; DROP TABLE person;--";
        let page = register(&lan, &[("name", name)]).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text());
        let record = lan.get(page.location().split('?').next().expect("a path")).await;
        ok(&record);
        assert!(!record.body.contains("<script>alert"), "markup came through");
        assert!(record.body.contains("&lt;script&gt;alert(1)"));
        let policy = record.headers["content-security-policy"].to_str().expect("ASCII");
        assert!(policy.contains("default-src 'self'") && !policy.contains("unsafe"));
        for typed in
            ["' OR 1=1 --", "\"; DROP TABLE person; --", "%' UNION SELECT 1", "\\", "%", "_"]
        {
            let page = people(&lan, typed).await;
            ok(&page);
        }
        for address in ["/?area=1%20OR%201%3D1&only=x%27&series=%27--", "/audit?from=%27--"] {
            let status = lan.get(address).await.status;
            assert!(status.is_success() || status.is_client_error(), "{address}: {status}");
        }
        assert!(people(&lan, "brien").await.says("DROP TABLE"));
        let page = lan
            .upload(
                "<img src=x onerror=alert(1)>.csv",
                "Họ và tên;Giới tính;Ngày sinh;Thôn\nLò Mai;Nữ;1980;Khe Pháo\n".as_bytes(),
            )
            .await;
        let check = lan.get(page.location()).await;
        assert!(check.body.contains("&lt;img") && !check.body.contains("<img"));
        healthy(&lan).await;
    });
}

#[test]
fn records_of_another_commune_are_not_there() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let site = Site::new(engine);
        run(async {
            let (lan, hoa) = (site.browser("lan").await, site.browser("hoa").await);
            let page = register(&lan, &[]).await;
            assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text());
            let record = page.location().split('?').next().expect("a path").to_owned();
            ok(&lan.get(&record).await);
            let nobody = format!("/people/{}", PersonId::from_u128(7));
            for path in ["", "/edit", "/immunisation", "/move", "/death", "/audit", "/birth"] {
                let theirs = hoa.get(&format!("{record}{path}")).await;
                let absent = hoa.get(&format!("{nobody}{path}")).await;
                assert_eq!(theirs.status, StatusCode::NOT_FOUND, "{path}");
                // The answer for a record of others is the answer for no record.
                assert_eq!(theirs.status, absent.status, "{path}");
                assert_eq!(theirs.text(), absent.text(), "{path}");
                assert!(!theirs.body.contains("Mai"));
            }
            assert!(!people(&hoa, "lo thi mai").await.says("1980"));
            let token = hoa.get("/people/new").await.input("csrf");
            let death = [("csrf", token.as_str()), ("on", "1/1/2026")];
            let posted = hoa.post(&format!("{record}/death"), &death).await;
            assert_eq!(posted.status, StatusCode::NOT_FOUND);
        });
    }
}

#[test]
fn a_form_of_another_site_is_refused() {
    let site = Site::new(ENGINE);
    run(async {
        let lan = site.browser("lan").await;
        let area = first_area(&lan).await;
        let without = lan.post("/people/new", &person(&area, &[])).await;
        assert_eq!(without.status, StatusCode::FORBIDDEN);
        assert!(without.says("Phiếu này không đến từ trang của phần mềm"));
        let token = lan.get("/people/new").await.input("csrf");
        for (name, value) in [
            ("origin", "http://evil.example"),
            ("origin", "null"),
            ("sec-fetch-site", "cross-site"),
        ] {
            let fields = person(&area, &[("csrf", &token)]);
            let request = lan
                .request("POST", "/people/new")
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                .header(name, value)
                .body(Body::from(encode(&fields)))
                .expect("a request");
            assert_eq!(lan.send(request).await.status, StatusCode::FORBIDDEN, "{name}: {value}");
        }
        // The token of another session is not the token of this one.
        let other = site.browser("hoa").await.get("/people/new").await.input("csrf");
        let fields = person(&area, &[("csrf", &other)]);
        assert_eq!(lan.post("/people/new", &fields).await.status, StatusCode::FORBIDDEN);
        assert!(!people(&lan, "lo thi mai").await.says("1980"));
    });
}

#[test]
fn a_session_that_is_over_asks_to_sign_in_and_says_the_draft_is_kept() {
    let site = Site::new(ENGINE);
    run(async {
        let lan = site.browser("lan").await;
        let area = first_area(&lan).await;
        let form = lan.get("/people/new").await;
        let (csrf, idem) = (form.input("csrf"), form.input("idem"));
        lan.post("/sign-out", &[("csrf", &csrf)]).await;
        let fields = person(&area, &[("csrf", &csrf), ("idem", &idem)]);
        let page = lan.post("/people/new", &fields).await;
        assert_eq!(page.status, StatusCode::UNAUTHORIZED);
        assert!(page.body.contains("name=\"password\""));
        let page = lan.get("/people/new").await;
        assert_eq!(page.status, StatusCode::UNAUTHORIZED);
        assert!(page.says("Bản nháp của phiếu đang nhập vẫn được giữ"), "{}", page.text());
        let forged = Browser { cookie: format!("tram={}", "0".repeat(64)), ..lan.clone() };
        assert_eq!(forged.get("/people").await.status, StatusCode::UNAUTHORIZED);
    });
}

#[test]
fn sending_a_form_twice_opens_one_record() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let site = Site::new(engine);
        run(async {
            let lan = site.browser("lan").await;
            let area = first_area(&lan).await;
            let form = lan.get("/people/new").await;
            let (csrf, idem) = (form.input("csrf"), form.input("idem"));
            let tokens = [("csrf", csrf.as_str()), ("idem", idem.as_str())];
            let fields = person(&area, &tokens);
            let (first, second) =
                tokio::join!(lan.post("/people/new", &fields), lan.post("/people/new", &fields));
            assert_eq!(first.status, StatusCode::SEE_OTHER, "{}", first.text());
            assert_eq!(
                first.location(),
                second.location(),
                "{engine:?} {} {}",
                second.status,
                second.text()
            );
            let found = people(&lan, "lo thi mai").await;
            assert_eq!(found.body.matches(" data-open>").count(), 1, "{}", found.text());
            // The same key with another content is not carried out.
            let mut other = tokens.to_vec();
            other.push(("name", "Lò Thị Mận"));
            let page = lan.post("/people/new", &person(&area, &other)).await;
            assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", page.text());
            assert!(page.says("Yêu cầu này đã được xử lý"), "{}", page.text());
        });
    }
}

#[test]
fn two_people_who_change_the_same_field_are_both_kept_and_shown() {
    let site = Site::new(ENGINE);
    run(async {
        let lan = site.browser("lan").await;
        let page = register(&lan, &[]).await;
        let record = page.location().split('?').next().expect("a path").to_owned();
        let edit = format!("{record}/edit");
        let (one, two) = (lan.get(&edit).await, lan.get(&edit).await);
        for (form, name) in [(one, "Lò Thị Mây"), (two, "Lò Thị May")] {
            let mut fields: Vec<(String, String)> = ["csrf", "idem", "seen", "sex", "born"]
                .iter()
                .filter(|name| form.body.contains(&format!("name=\"{name}\"")))
                .map(|name| ((*name).to_owned(), form.input(name)))
                .collect();
            fields.retain(|(known, _)| known != "name" && known != "sex");
            fields.push(("name".into(), name.into()));
            fields.push(("sex".into(), "f".into()));
            let seen = hidden(&form.body, "seen");
            fields.retain(|(known, _)| !known.starts_with("seen"));
            fields.extend(seen);
            let pairs: Vec<(&str, &str)> =
                fields.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
            let saved = lan.post(&edit, &pairs).await;
            assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
        }
        let shown = lan.get(&record).await;
        assert!(shown.body.contains("Lò Thị Mây") && shown.body.contains("Lò Thị May"));
        assert!(shown.body.contains("/conflict"), "{}", shown.text());
    });
}

/// Every hidden input whose name begins like this.
fn hidden(body: &str, start: &str) -> Vec<(String, String)> {
    body.split("<input")
        .skip(1)
        .filter_map(|tag| {
            let tag = tag.split('>').next()?;
            let value = |name: &str| {
                let (_, rest) = tag.split_once(&format!("{name}=\""))?;
                Some(rest.split('"').next()?.to_owned())
            };
            let name = value("name")?;
            name.starts_with(start).then(|| (name, value("value").unwrap_or_default()))
        })
        .collect()
}
