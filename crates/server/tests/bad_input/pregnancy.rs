//! A pregnancy typed wrong: each mistake is said beside its box, nothing is written, and what is typed stays.

use super::web::{Site, run};
use super::{ENGINE, register};
use axum::http::StatusCode;

/// Today is 16/01/2026.
#[test]
fn a_pregnancy_that_cannot_be_is_said_beside_its_box() {
    let site = Site::new(ENGINE);
    run(async {
        let lan = site.browser("lan").await;
        let opened = register(&lan, &[("born", "3/5/1998")]).await;
        let record = opened.location().split('?').next().expect("an address").to_owned();
        let form = format!("{record}/pregnancy");
        let on = ("noted_on", "16/1/2026");
        for (typed, sentence) in [
            (vec![on], "Cần một trong các ngày"),
            (vec![on, ("last_period", "17/1/2026")], "không thể sau ngày ấy"),
            (vec![on, ("last_period", "1/3/2025")], "trước hơn 44 tuần"),
            (vec![on, ("scan_on", "10/1/2026")], "Chưa điền"),
            (vec![on, ("scan_on", "10/1/2026"), ("scan_weeks", "43")], "không thể có"),
            (vec![on, ("last_period", "1/11/2025"), ("para", "12")], "đúng 4 chữ số"),
            (vec![on, ("expected", "1/1/2027")], "không hợp với ngày"),
            (vec![on, ("transfer_on", "20/1/2026")], "xem lại ngày và tuổi phôi"),
        ] {
            let page = lan.fill(&form, &form, &typed).await;
            assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{typed:?}: {}", page.text());
            assert!(page.says(sentence), "{typed:?}: {}", page.text());
        }
        assert!(!lan.get(&record).await.says("Đang mang thai"));
        // No form of antenatal care without a pregnancy; with one it opens.
        let visit = format!("{record}/forms/antenatal_visit");
        let answers = [
            ("on", "16/1/2026"),
            ("a_weight", "50"),
            ("a_sbp", "110"),
            ("a_dbp", "70"),
            ("a_signs", "none"),
            ("a_plan", "continue"),
        ];
        let page = lan.fill(&visit, &visit, &answers).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", page.text());
        assert!(page.says("chưa ghi mang thai"), "{}", page.text());
        let right = [on, ("last_period", "1/11/2025"), ("para", "0000")];
        let saved = lan.fill(&form, &form, &right).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
        assert!(lan.get(&record).await.says("10 tuần 6 ngày, dự kiến sinh 08/08/2026"));
        let page = lan.fill(&visit, &visit, &answers).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text());
        // A second pregnancy beside it, and the same told twice.
        let second = [on, ("expected", "20/2/2026")];
        let page = lan.fill(&form, &form, &second).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", page.text());
        assert!(page.says("chưa kết thúc"), "{}", page.text());
        let page = lan.fill(&form, &form, &right).await;
        assert!(page.says("Chưa có gì thay đổi"), "{}", page.text());
        // Another way of dating is a question first.
        let moved = [on, ("scan_on", "16/1/2026"), ("scan_weeks", "9"), ("scan_days", "0")];
        let page = lan.fill(&form, &form, &moved).await;
        assert_eq!(page.status, StatusCode::CONFLICT, "{}", page.text());
        assert!(page.says("đổi từ 08/08/2026 sang 21/08/2026"), "{}", page.text());
    });
}
