//! Files as stations send them, with their real bytes: what is converted, what is asked, what is refused.
//!
//! | row of the table of bad inputs | test |
//! |---|---|
//! | 1 cut off, random bytes; 2 password, macros, old Excel | `main.rs`: `files_that_cannot_be_read_are_refused_with_the_cure` |
//! | 3 TCVN3; 4 VNI, VISCII, windows-1258 | `old_encodings_are_shown_before_they_are_taken`, `old_fonts_of_excel_are_shown_before_they_are_taken` |
//! | 5 UTF-16 | `utf16_is_read_with_and_without_its_mark` and `main.rs`: `a_sheet_in_utf16_and_a_sheet_in_utf8_read_the_same` |
//! | 6 broken UTF-8 | `broken_bytes_are_named`; of forms in `main.rs`: `broken_utf8_in_a_form_names_the_byte` |
//! | 7 NFD, hidden characters; 8 one number twice; 9–12 numbers and days | `rows_are_refused_with_their_field_and_the_cure` |
//! | 13 day or month first, serial days, 1904 | `days_that_may_be_read_two_ways_are_asked_about`; serials and 1904 in `exchange`: `list/date/tests.rs`, `xlsx/tests.rs` |
//! | 17 too large | `sheets_beyond_the_limits_are_refused` and `main.rs`: `too_large_an_upload_is_refused_before_it_is_read` |
//! | 18 bombs, nested archives, 100,000 entries | `archives_that_unpack_too_large_are_refused` |
//! | 22 formulas | `a_formula_typed_into_a_list_never_leaves_as_one` |
//! | 23 names that lead out | `names_that_lead_out_of_an_archive_are_refused` |

use super::web::{Browser, Page, Site, run};
use super::{ENGINE, healthy, ok, people, zip};
use axum::http::StatusCode;

const TYPES: &[u8] = b"<Types/>";

/// A workbook of one sheet, byte by byte.
fn sheet(rows: &[&[&str]]) -> Vec<u8> {
    let mut data = String::new();
    for (number, cells) in (1..).zip(rows) {
        data.push_str(&format!("<row r=\"{number}\">"));
        for (column, text) in ('A'..).zip(*cells) {
            let cell =
                format!("<c r=\"{column}{number}\" t=\"inlineStr\"><is><t>{text}</t></is></c>");
            data.push_str(&cell);
        }
        data.push_str("</row>");
    }
    workbook(&data, &[])
}

fn workbook(data: &str, more: &[(&str, &[u8])]) -> Vec<u8> {
    const RELS: &str = r#"<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
    const BOOK: &str = r#"<workbook xmlns:r="r"><workbookPr/><sheets><sheet name="Trang 1" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
    const BOOK_RELS: &str = r#"<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;
    let sheet = format!("<worksheet><sheetData>{data}</sheetData></worksheet>");
    let mut parts: Vec<(&str, &[u8])> = vec![
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", RELS.as_bytes()),
        ("xl/workbook.xml", BOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", BOOK_RELS.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ];
    parts.extend_from_slice(more);
    zip(&parts)
}

/// The fields of the form that is sent on: hidden ones, and of each choice what is chosen.
fn hidden_and_chosen(body: &str) -> Vec<(String, String)> {
    let form = body.split("data-main").nth(1).expect("a form");
    let form = form.split("</form>").next().unwrap_or_default();
    let attribute = |tag: &str, name: &str| {
        let (_, rest) = tag.split_once(&format!("{name}=\""))?;
        Some(rest.split('"').next().unwrap_or_default().to_owned())
    };
    let mut fields = Vec::new();
    for tag in form.split("<input ").skip(1) {
        let tag = tag.split('>').next().unwrap_or_default();
        fields.extend(attribute(tag, "name").zip(attribute(tag, "value")));
    }
    for select in form.split("<select ").skip(1) {
        let name = attribute(select.split('>').next().unwrap_or_default(), "name");
        let options =
            || select.split("<option ").skip(1).map(|o| o.split('>').next().unwrap_or(""));
        let chosen = options().find(|o| o.contains("selected")).or_else(|| options().next());
        fields.extend(name.zip(chosen.and_then(|option| attribute(option, "value"))));
    }
    fields
}

async fn refused(browser: &Browser, name: &str, bytes: &[u8], sentence: &str) {
    let page = browser.upload(name, bytes).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}: {}", page.text());
    assert!(page.says(sentence), "{name}: {}", page.text());
    assert!(!browser.get("/import").await.body.contains(name), "{name} was kept");
    healthy(browser).await;
}

/// Uploads a file that has to be looked at, goes on as the person would, and saves.
async fn looked_at(browser: &Browser, name: &str, bytes: &[u8], shown: &[&str]) -> Page {
    let page = browser.upload(name, bytes).await;
    let columns = page.location().to_owned();
    assert!(columns.ends_with("/columns"), "{name}: {} {}", page.status, page.text());
    let look = browser.get(&columns).await;
    ok(&look);
    for sentence in shown {
        assert!(look.says(sentence), "{name}: {sentence}: {}", look.text());
    }
    let fields: Vec<(String, String)> = hidden_and_chosen(&look.body);
    let fields: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let checked = browser.post(&columns, &fields).await;
    assert_eq!(checked.status, StatusCode::SEE_OTHER, "{name}: {}", checked.text());
    browser.get(checked.location()).await
}

async fn save(browser: &Browser, check: &Page) {
    let action = check.body.split("action=\"").find_map(|rest| {
        let path = rest.split('"').next()?;
        path.ends_with("/apply").then(|| path.to_owned())
    });
    let token = check.input("csrf");
    let page = browser.post(&action.expect("a form"), &[("csrf", &token)]).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text());
}

#[test]
fn old_encodings_are_shown_before_they_are_taken() {
    // Made with iconv (TCVN5712-1, VISCII, CP1258); VNI from its character set. One line each:
    // Nguyễn Thị Hoà, Trần Văn Bảo, Lê Thị Lan.
    let heads = "Ho va ten;Gioi tinh;Nam sinh;Thon\n";
    let files: [(&str, &str, [&[u8]; 3]); 4] = [
        (
            "tcvn3.csv",
            "TCVN3 (ABC)",
            [b"Nguy\xD4n Th\xDE Ho\xB5", b"Tr\xC7n V\xA8n B\xB6o", b"L\xAA Th\xDE Lan"],
        ),
        (
            "viscii.csv",
            "VISCII",
            [b"Nguy\xADn Th\xB8 Ho\xE0", b"Tr\xA5n V\xE5n B\xE4o", b"L\xEA Th\xB8 Lan"],
        ),
        (
            "cp1258.csv",
            "Windows-1258",
            [b"Nguy\xEA\xDEn Thi\xF2 Ho\xE0", b"Tr\xE2\xCCn V\xE3n Ba\xD2o", b"L\xEA Thi\xF2 Lan"],
        ),
        (
            "vni.csv",
            "VNI",
            [b"Nguye\xE3n Th\xF2 Hoa\xF8", b"Tra\xE0n Va\xEAn Ba\xFBo", b"Le\xE2 Th\xF2 Lan"],
        ),
    ];
    for (name, code, names) in files {
        let site = Site::new(ENGINE);
        run(async {
            let lan = site.browser("lan").await;
            let mut bytes = heads.as_bytes().to_vec();
            for person in names {
                bytes.extend_from_slice(person);
                bytes.extend_from_slice(b";nam;1960;Khe Phao\n");
            }
            let check = looked_at(&lan, name, &bytes, &[code, "Nguyễn Thị Hoà"]).await;
            assert!(!people(&lan, "tran van bao").await.says("Trần Văn Bảo"), "saved by looking");
            save(&lan, &check).await;
            assert!(people(&lan, "tran van bao").await.says("Trần Văn Bảo"), "{name}");
            healthy(&lan).await;
        });
    }
}

#[test]
fn old_fonts_of_excel_are_shown_before_they_are_taken() {
    let site = Site::new(ENGINE);
    run(async {
        let lan = site.browser("lan").await;
        let bytes = sheet(&[
            &["Hä vµ tªn", "Giíi tÝnh", "N¨m sinh", "Th«n"],
            &["NguyÔn V¨n Phông", "Nam", "1960", "Khe Ph¸o"],
            &["Lương Thị Vân", "Nữ", "1961", "Khe Pháo"],
        ]);
        let shown = ["ô gõ bằng phông chữ cũ .VnTime", "NguyÔn V¨n Phông → Nguyễn Văn Phụng"];
        let check = looked_at(&lan, "phong.xlsx", &bytes, &shown).await;
        save(&lan, &check).await;
        assert!(people(&lan, "nguyen van phung").await.says("Nguyễn Văn Phụng"));
        assert!(people(&lan, "luong thi van").await.says("Lương Thị Vân"));
        healthy(&lan).await;
    });
}

#[test]
fn utf16_is_read_with_and_without_its_mark() {
    let site = Site::new(ENGINE);
    run(async {
        let lan = site.browser("lan").await;
        let text = "Họ và tên;Giới tính;Ngày sinh;Thôn\nLò Thị Mai;Nữ;1980;Khe Pháo\n";
        for order in [u16::to_le_bytes, u16::to_be_bytes] {
            let bytes: Vec<u8> = text.encode_utf16().flat_map(order).collect();
            let page = lan.upload("u16.csv", &bytes).await;
            assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text());
            assert!(lan.get(page.location()).await.says("1 người mới"));
        }
        let lone = [b"\xFF\xFE".as_slice(), b"a\0;\0\x00\xD8\n\0"].concat();
        refused(&lan, "lone.csv", &lone, "Tệp mã UTF-16 bị hỏng").await;
    });
}

#[test]
fn broken_bytes_are_named() {
    let site = Site::new(ENGINE);
    run(async {
        let lan = site.browser("lan").await;
        let broken = "Họ và tên;Tuổi\nLò".as_bytes();
        let broken = [broken, b"\xE1\xBA;1\n"].concat();
        refused(&lan, "vo.csv", &broken, "Tệp có ký tự hỏng ở dòng 2").await;
        let nul = b"Ho ten;Tuoi\nHoa\0;2\n";
        refused(&lan, "nul.csv", nul, "Tệp có ký tự hỏng ở dòng 2").await;
    });
}

#[test]
fn rows_are_refused_with_their_field_and_the_cure() {
    let site = Site::new(ENGINE);
    run(async {
        let lan = site.browser("lan").await;
        let head = "Họ và tên;Giới tính;Ngày sinh;Số CCCD;Thôn\n";
        for (row, sentence) in [
            ("Lò\u{202E} Mai;Nữ;1980;;Khe Pháo", "Ô có ký tự ẩn không được phép"),
            ("Lò\u{200B} Mai;Nữ;1980;;Khe Pháo", "Ô có ký tự ẩn không được phép"),
            ("Lò Mai;Nữ;1980;01518000447;Khe Pháo", "Excel có thể đã bỏ số 0 đầu"),
            ("Lò Mai;Nữ;1980;0151800044711;Khe Pháo", "cần 12 chữ số, hiện có 13"),
            ("Lò Mai;Nữ;1980;01518000447O;Khe Pháo", "Ký tự thứ 12"),
            ("Lò Mai;Nữ;1980;1.0E+11;Khe Pháo", "thành dạng 1,0E+11"),
            ("Lò Mai;Nữ;1990;015085001903;Khe Pháo", "Số CCCD cho biết nam, sinh 1985"),
            ("Lò Mai;Nữ;30/02/2026;;Khe Pháo", "không có trong lịch"),
            ("Lò Mai;Nữ;31/04/1980;;Khe Pháo", "không có trong lịch"),
            ("Lò Mai;Nữ;00/00/1960;;Khe Pháo", "không có trong lịch"),
            ("Lò Mai;Nữ;13/25/2020;;Khe Pháo", "không có trong lịch"),
            ("Lò Mai;Nữ;25/12/2031;;Khe Pháo", "sau hôm nay"),
            ("Lò Mai;Nữ;1890;;Khe Pháo", "136"),
        ] {
            let page = lan.upload("dong.csv", format!("{head}{row}\n").as_bytes()).await;
            assert_eq!(page.status, StatusCode::SEE_OTHER, "{row}: {}", page.text());
            let check = lan.get(page.location()).await;
            assert!(check.says(sentence), "{row}: {}", check.text());
        }
        let twice = "Lò Mai;Nữ;1980;015180000447;Khe Pháo\nLò Lan;Nữ;1981;015180000447;Khe Pháo\n";
        let page = lan.upload("hai.csv", format!("{head}{twice}").as_bytes()).await;
        assert!(lan.get(page.location()).await.says("Số này đã có ở dòng 2 của tệp"));
        // One name in two forms is one person.
        let nfd = "Nguye\u{302}\u{303}n Thi\u{323} Ho\u{300}a;Nữ;13/03/1960;;Khe Pháo\n";
        let nfc = "Nguyễn Thị Hòa;Nữ;13/03/1960;;Khe Pháo\n";
        let page = lan.upload("nfd.csv", format!("{head}{nfd}").as_bytes()).await;
        save(&lan, &lan.get(page.location()).await).await;
        let page = lan.upload("nfc.csv", format!("{head}{nfc}").as_bytes()).await;
        assert!(lan.get(page.location()).await.says("1 đã có hồ sơ"));
        healthy(&lan).await;
    });
}

#[test]
fn days_that_may_be_read_two_ways_are_asked_about() {
    let site = Site::new(ENGINE);
    run(async {
        let lan = site.browser("lan").await;
        let text = "Họ và tên;Giới tính;Ngày sinh;Thôn\nLò Thị Mai;Nữ;03/04/1980;Khe Pháo\n";
        let asked = ["“03/04/1980” có thể đọc hai cách", "tháng/ngày/năm"];
        let check = looked_at(&lan, "ngay.csv", text.as_bytes(), &asked).await;
        save(&lan, &check).await;
        assert!(people(&lan, "lo thi mai").await.says("03/04/1980"));
    });
}

#[test]
fn sheets_beyond_the_limits_are_refused() {
    let site = Site::new(ENGINE);
    run(async {
        let lan = site.browser("lan").await;
        let last = "<row r=\"1048576\"><c r=\"A1048576\"><v>1</v></c></row>";
        let bytes = workbook(last, &[]);
        refused(&lan, "trieu-dong.xlsx", &bytes, "Tệp có dữ liệu dưới dòng 50000").await;
        let long = format!("Họ và tên;Tuổi\n{};1\n", "a".repeat(10 * 1024 * 1024));
        refused(&lan, "o-dai.csv", long.as_bytes(), "Dấu ngoặc kép").await;
    });
}

#[test]
fn archives_that_unpack_too_large_are_refused() {
    let site = Site::new(ENGINE);
    run(async {
        let lan = site.browser("lan").await;
        let zeros = vec![b'0'; 1024 * 1024];
        let inner = zip(&[("0.txt", &zeros)]);
        let many: Vec<(String, &[u8])> =
            (0..1_200).map(|n| (format!("{n}.bin"), &b"x"[..])).collect();
        let many: Vec<(&str, &[u8])> =
            many.iter().map(|(name, bytes)| (name.as_str(), *bytes)).collect();
        let nested = zip(&[("1.zip", &inner), ("2.zip", &inner)]);
        for (name, bytes) in [("long.xlsx", nested), ("nhieu.xlsx", zip(&many))] {
            let started = std::time::Instant::now();
            refused(&lan, name, &bytes, "Tệp nén bung ra quá lớn").await;
            assert!(started.elapsed().as_secs() < 10, "{name}");
        }
    });
}

#[test]
fn a_formula_typed_into_a_list_never_leaves_as_one() {
    let site = Site::new(ENGINE);
    run(async {
        let lan = site.browser("lan").await;
        let text = "Họ và tên;Giới tính;Ngày sinh;Thôn\n=HYPERLINK(1);Nữ;30/02/1980;Khe Pháo\n";
        let page = lan.upload("cong-thuc.csv", text.as_bytes()).await;
        let file = lan.get(&format!("{}/errors.xlsx", page.location())).await;
        ok(&file);
        assert!(!file.body.contains("<f>"), "a formula");
    });
}

#[test]
fn names_that_lead_out_of_an_archive_are_refused() {
    let site = Site::new(ENGINE);
    run(async {
        let lan = site.browser("lan").await;
        for part in ["../../etc/passwd", "C:\\Windows\\x", "CON", "/etc/passwd"] {
            let bytes = workbook("", &[(part, b"x")]);
            refused(&lan, "duong-dan.xlsx", &bytes, "Tệp chứa một phần có tên không hợp lệ").await;
        }
    });
}
