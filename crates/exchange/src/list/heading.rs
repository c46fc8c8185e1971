//! What a column heading means, however it is spelt.

use super::{Field, Kind};
use std::borrow::Cow;
use tram_domain::roster::ANSWER_COLUMN;
use tram_kernel::text;

/// What a column is used for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Holds {
    Field(Field),
    /// The answer to the question of this code, of the form the list is of.
    Answer(String),
    /// Family and middle name; the given name stands in the column of [`Field::Name`].
    NameStart,
    /// A mark in this column gives the field this code. Under "Nam" and "Nữ" the birth date may stand.
    Mark(Field, &'static str),
    /// Known, and not needed (STT, notes, age).
    Aside,
    Unknown,
}

impl Holds {
    /// What the hidden row of our own files says of the column; empty when it says nothing.
    pub fn code(&self) -> Cow<'static, str> {
        match self {
            Self::Field(field) => field.code().into(),
            Self::Answer(code) => format!("{ANSWER_COLUMN}{code}").into(),
            Self::NameStart => NAME_START.into(),
            Self::Mark(field, code) => format!("{}={code}", field.code()).into(),
            Self::Aside | Self::Unknown => "".into(),
        }
    }

    /// The inverse of [`Holds::code`]; other codes are passed over.
    pub fn from_code(code: &str) -> Self {
        if code == NAME_START {
            return Self::NameStart;
        }
        if let Some(field) = Field::from_code(code) {
            return Self::Field(field);
        }
        if let Some(asked) = code.strip_prefix(ANSWER_COLUMN) {
            return Self::Answer(asked.to_owned());
        }
        let marks = MARKS.into_iter().find(|holds| holds.code() == code);
        marks.unwrap_or(Self::Aside)
    }

    /// The field the column says something of.
    pub const fn field(&self) -> Option<Field> {
        match self {
            Self::Field(field) | Self::Mark(field, _) => Some(*field),
            Self::NameStart => Some(Field::Name),
            Self::Answer(_) | Self::Aside | Self::Unknown => None,
        }
    }

    /// What a finding about the column is said of; `None` when the column is not read.
    pub fn place(&self) -> Option<Cow<'static, str>> {
        match self {
            Self::Answer(_) => Some(self.code()),
            _ => self.field().map(|field| field.code().into()),
        }
    }
}

const NAME_START: &str = "name_start";
const MARKS: [Holds; 5] = [
    Holds::Mark(Field::Sex, "m"),
    Holds::Mark(Field::Sex, "f"),
    Holds::Mark(Field::Poverty, "poor"),
    Holds::Mark(Field::Poverty, "near_poor"),
    Holds::Mark(Field::Relation, "1"),
];

/// A heading in the form in which spellings are compared: words of folded text, no brackets.
pub fn key(heading: &str) -> String {
    let mut depth = 0_usize;
    let outside: String = heading
        .chars()
        .filter(|c| {
            depth += usize::from(matches!(c, '(' | '['));
            let keep = depth == 0;
            depth -= usize::from(matches!(c, ')' | ']') && depth > 0);
            keep
        })
        .collect();
    let folded = text::fold(&outside);
    let words: Vec<&str> = text::words(&folded).collect();
    let numbered = words.len() > 1 && words[0].bytes().all(|b| b.is_ascii_digit());
    words[usize::from(numbered)..].join(" ")
}

/// What one heading means in a list of this kind; `None` when it says nothing known.
pub fn recognise(heading: &str, kind: &Kind) -> Option<Holds> {
    let key = key(heading);
    let own = OWN
        .iter()
        .find(|(of, _, spellings)| *of == kind.word() && spellings.contains(&key.as_str()));
    let found = own.map(|(_, holds, _)| holds.clone()).or_else(|| anywhere(heading));
    let here = |holds: &Holds| holds.field().is_some_and(|field| kind.has(field));
    match found {
        // Who is meant is told by the same words everywhere; then the form says what its own mean.
        Some(found) if here(&found) => Some(found),
        found => asked(&key, kind).or(found.map(|_| Holds::Aside)),
    }
}

/// The question of the form a heading words.
fn asked(key: &str, kind: &Kind) -> Option<Holds> {
    let mut fields = kind.form()?.fields();
    let is_meant = |spelling: &String| self::key(spelling) == key;
    let field = fields.find(|field| is_meant(&field.label) || field.also.iter().any(is_meant))?;
    Some(Holds::Answer(field.code.clone()))
}

/// What it means where no list says otherwise.
fn anywhere(heading: &str) -> Option<Holds> {
    if let Some(sex) = sex_mark(heading) {
        return Some(sex);
    }
    let key = key(heading);
    let known = SPELLINGS.iter().find(|(_, spellings)| spellings.contains(&key.as_str()));
    known.map(|(holds, _)| holds.clone()).or_else(|| by_words(&key))
}

/// A heading below another one that spans it ("Năm sinh" over "Nam" and "Nữ").
pub fn recognise_below(above: &str, heading: &str, kind: &Kind) -> Option<Holds> {
    let recognise = |heading: &str| recognise(heading, kind);
    let above_key = key(above);
    let of_mother = above_key.split(' ').any(|w| w == "me");
    if of_mother || about_another(&above_key) {
        let is_name = recognise(heading) == Some(Holds::Field(Field::Name));
        return (of_mother && is_name && *kind == Kind::People)
            .then_some(Holds::Field(Field::MotherName));
    }
    recognise(&format!("{above} {heading}")).or_else(|| recognise(heading))
}

/// "Nam" is not "Năm" (year), so the accent decides before it is folded away.
fn sex_mark(heading: &str) -> Option<Holds> {
    let plain = text::clean(heading, 20).ok()?.to_lowercase();
    match plain.as_str() {
        "nam" => Some(Holds::Mark(Field::Sex, "m")),
        "nữ" | "nu" => Some(Holds::Mark(Field::Sex, "f")),
        _ => None,
    }
}

/// Mother, father, head of household, guardian: their numbers are not those of the person.
fn about_another(key: &str) -> bool {
    let phrases = ["chu ho", "giam ho", "nguoi cham soc", "than nhan"];
    key.split(' ').any(|w| matches!(w, "me" | "cha" | "bo" | "vo" | "chong"))
        || phrases.iter().any(|p| key.contains(p))
}

/// Headings put together from known words: kinds of villages, and names of the personal number.
fn by_words(key: &str) -> Option<Holds> {
    const VILLAGE: [&str; 13] = [
        "thon", "ban", "ap", "xom", "buon", "lang", "khom", "khu", "to", "phum", "soc", "tdp", "kp",
    ];
    const BESIDE: [&str; 5] = ["ten", "dan", "pho", "ma", "vuc"];
    let words: Vec<&str> = key.split(' ').collect();
    let has = |list: &[&str]| words.iter().any(|w| list.contains(w));
    if has(&VILLAGE) && words.iter().all(|w| VILLAGE.contains(w) || BESIDE.contains(w)) {
        return Some(Holds::Field(Field::Village));
    }
    let names_number =
        has(&["cccd", "ddcn"]) || key.contains("dinh danh") || key.contains("can cuoc");
    if names_number && !has(&["cap", "han", "anh"]) && !about_another(key) {
        return Some(Holds::Field(Field::Citizen));
    }
    None
}

/// Word of a kind, what the heading means there, its spellings.
type Own = (&'static str, Holds, &'static [&'static str]);

/// Headings that mean something else, or anything at all, only in one kind of list.
#[rustfmt::skip]
static OWN: [Own; 13] = [
    ("households", Holds::Field(Field::Head), &["chu ho", "ho ten chu ho", "ho va ten chu ho", "ten chu ho", "ho va ten", "ho ten", "ten", "dai dien ho", "ho ten dai dien ho"]),
    ("households", Holds::Field(Field::Born), &["ngay sinh chu ho", "nam sinh chu ho"]),
    ("households", Holds::Field(Field::Citizen), &["so cccd chu ho", "cccd chu ho", "so dinh danh chu ho", "so cccd dinh danh chu ho"]),
    ("households", Holds::Field(Field::PovertySince), &["dien ho tu ngay", "dien ho tu", "tu ngay", "ap dung tu ngay", "cong nhan tu ngay", "ngay cong nhan", "ngay quyet dinh"]),
    ("vaccinations", Holds::Field(Field::Vaccine), &["vac xin", "vaccine", "vacxin", "vaxin", "ten vac xin", "ten vaccine", "ten vacxin", "loai vac xin", "loai vaccine", "san pham", "ten san pham", "ten thuong mai", "ten biet duoc"]),
    ("vaccinations", Holds::Field(Field::Antigen), &["khang nguyen", "khang nguyen benh", "benh phong", "phong benh", "antigen"]),
    ("vaccinations", Holds::Field(Field::Given), &["ngay tiem", "ngay tiem chung", "ngay tiem uong", "ngay chung ngua", "ngay tiem vac xin", "ngay uong"]),
    ("vaccinations", Holds::Field(Field::Dose), &["mui", "mui so", "mui tiem", "mui thu", "lan tiem", "lan", "thu tu mui", "thu tu mui tiem", "lieu", "lieu so"]),
    ("vaccinations", Holds::Field(Field::Lot), &["lo", "so lo", "lo vac xin", "so lo vac xin", "lo vaccine", "so lo vaccine"]),
    ("vaccinations", Holds::Field(Field::Place), &["noi tiem", "co so tiem", "co so tiem chung", "don vi tiem", "dia diem tiem", "noi tiem chung", "noi tiem uong"]),
    ("cards", Holds::Field(Field::InsuranceGroup), &["nhom the bhyt", "nhom the", "nhom", "ma nhom", "ma doi tuong", "doi tuong", "nhom doi tuong", "ma doi tuong bhyt"]),
    ("cards", Holds::Field(Field::InsuranceTo), &["han"]),
    ("form", Holds::Field(Field::EntryOn), &["ngay ghi phieu", "ngay ghi", "ngay kham", "ngay lap phieu"]),
];

type Spellings = (Holds, &'static [&'static str]);

#[rustfmt::skip]
static SPELLINGS: [Spellings; 25] = [
    (Holds::Aside, &["stt", "tt", "so tt", "so thu tu", "ghi chu", "tuoi", "chu ho", "ho ten chu ho", "ho va ten chu ho", "ten chu ho"]),
    (Holds::Field(Field::Name), &["ho va ten", "ho ten", "ten", "ho va chu dem va ten", "ho chu dem va ten", "ho chu dem ten", "ho dem va ten", "ho ten dem", "ho va ten khai sinh", "ho ten khai sinh", "ho va ten nguoi dan", "ho ten nguoi dan", "ten nguoi dan", "ho va ten cong dan", "ho ten cong dan", "ho va ten tre", "ho ten tre", "ho va ten nhan khau", "ho ten nhan khau", "ten nhan khau", "ho va ten thanh vien", "ho ten thanh vien", "ho va ten doi tuong", "ho ten doi tuong", "ho va ten nguoi benh", "ho ten nguoi benh", "ho ten benh nhan", "ho va ten benh nhan", "ho va ten nhan khau trong ho", "ten dem va ten", "chu dem va ten", "dem va ten", "name", "full name"]),
    (Holds::NameStart, &["ho", "ho dem", "ho va dem", "ho lot", "ho va ten dem", "ho va chu dem", "ho chu dem", "ho va chu lot", "ho chu lot"]),
    (Holds::Field(Field::Sex), &["gioi tinh", "gioi", "phai", "nam nu", "sex", "gender"]),
    (Holds::Field(Field::Born), &["ngay sinh", "nam sinh", "ngay thang nam sinh", "ngay thang sinh", "sinh ngay", "ntns", "ngay nam sinh", "ngay sinh nam sinh", "ngay sinh duong lich", "ngay thang nam sinh duong lich", "sinh nam", "date of birth", "birthday", "dob"]),
    (Holds::Field(Field::Ethnicity), &["dan toc", "ethnicity"]),
    (Holds::Field(Field::Occupation), &["nghe nghiep", "nghe", "cong viec", "nghe nghiep hien tai", "nghe nghiep hien nay"]),
    (Holds::Field(Field::Village), &["dia ban", "don vi thon", "thon noi cu tru", "thon noi o"]),
    (Holds::Field(Field::Household), &["so ho", "ma ho", "ma so ho", "so ho khau", "so so ho khau", "so so ho", "so ho gia dinh", "ma ho gia dinh", "so so ho gia dinh", "ma ho gd", "ma hgd", "so hgd", "stt ho", "so thu tu ho", "ma ho khau", "household"]),
    (Holds::Field(Field::Address), &["dia chi", "dia chi thuong tru", "noi thuong tru", "thuong tru", "noi dang ky thuong tru", "ho khau thuong tru", "noi o", "noi o hien tai", "noi o hien nay", "cho o hien nay", "cho o hien tai", "dia chi hien tai", "dia chi hien nay", "dia chi cu tru", "noi cu tru", "dia chi noi o", "so nha", "so nha duong pho", "dia chi chi tiet", "address"]),
    (Holds::Field(Field::Relation), &["quan he voi chu ho", "quan he chu ho", "quan he", "qh voi chu ho", "qh chu ho", "qhch", "moi quan he voi chu ho", "quan he voi ch", "qh voi ch"]),
    (Holds::Field(Field::Poverty), &["dien ho", "loai ho", "phan loai ho", "ho ngheo can ngheo", "ho ngheo ho can ngheo", "muc song", "kinh te ho", "hoan canh kinh te", "dien ho ngheo", "doi tuong ho", "tinh trang kinh te", "dien kinh te"]),
    (Holds::Mark(Field::Poverty, "poor"), &["ho ngheo", "ngheo"]),
    (Holds::Mark(Field::Poverty, "near_poor"), &["ho can ngheo", "can ngheo"]),
    (Holds::Mark(Field::Relation, "1"), &["la chu ho"]),
    (Holds::Field(Field::Citizen), &["so giay to", "so dinh danh", "citizen id"]),
    (Holds::Field(Field::OldCard), &["cmnd", "so cmnd", "cmt", "so cmt", "cmnd cu", "so cmnd cu", "chung minh nhan dan", "so chung minh nhan dan", "chung minh thu", "so chung minh thu"]),
    (Holds::Field(Field::Insurance), &["so the bhyt", "ma the bhyt", "the bhyt", "bhyt", "so bhyt", "ma bhyt", "ma so bhyt", "so the", "ma the", "the bao hiem y te", "so the bao hiem y te", "ma the bao hiem y te", "bao hiem y te", "so bhxh", "ma so bhxh", "ma bhxh", "so so bhxh", "ma so the bhyt", "bhyt so the", "bhyt ma the"]),
    (Holds::Field(Field::InsuranceFrom), &["bhyt tu ngay", "the bhyt tu ngay", "tu ngay", "han the tu", "han the bhyt tu", "gia tri tu", "gia tri the tu", "gia tri su dung tu", "gia tri su dung tu ngay", "han su dung tu", "han su dung tu ngay", "hieu luc tu", "hieu luc tu ngay", "bhyt gia tri tu", "bhyt gia tri tu ngay", "ngay bat dau the"]),
    (Holds::Field(Field::InsuranceTo), &["bhyt den ngay", "the bhyt den ngay", "den ngay", "han the", "han bhyt", "han the bhyt", "han the den", "han the bhyt den", "gia tri den", "gia tri the den", "gia tri su dung den", "gia tri su dung den ngay", "gia tri su dung", "han su dung", "han su dung den", "han su dung den ngay", "han su dung the bhyt", "hieu luc den", "hieu luc den ngay", "bhyt gia tri den", "bhyt gia tri den ngay", "ngay het han the"]),
    (Holds::Field(Field::Phone), &["dien thoai", "so dien thoai", "sdt", "so dt", "dien thoai lien he", "so dien thoai lien he", "sdt lien he", "dien thoai di dong", "di dong", "dtdd", "phone"]),
    (Holds::Field(Field::MotherName), &["ho ten me", "ho va ten me", "ten me", "me", "ho ten me de", "ho va ten me de"]),
    (Holds::Field(Field::Temporary), &["ma tam", "ma tam thoi", "ma so tam", "ma ho so tam"]),
    (Holds::Field(Field::Residence), &["tinh trang cu tru", "cu tru", "loai cu tru", "hinh thuc cu tru", "dien cu tru", "thuong tru tam tru", "tam tru thuong tru", "loai ho khau"]),
    (Holds::Field(Field::Since), &["cu tru tu ngay", "cu tru tu", "o tu ngay", "o tu", "ngay chuyen den", "ngay den", "ngay bat dau cu tru", "ngay dang ky cu tru", "tu ngay cu tru"]),
];

#[cfg(test)]
mod tests {
    use super::*;

    /// Goal: one line per way in which stations head their columns.
    #[track_caller]
    fn means(headings: &str, expected: Holds) {
        for heading in headings.split('|').map(str::trim) {
            assert_eq!(recognise(heading, &Kind::People), Some(expected.clone()), "{heading}");
        }
    }

    #[test]
    fn headings_are_recognised_as_stations_write_them() {
        let field = Holds::Field;
        means(
            "Họ và tên | Họ tên | Tên | HỌ VÀ TÊN (*) | 2. Họ, chữ đệm và tên",
            field(Field::Name),
        );
        means("Họ và đệm | Họ lót", Holds::NameStart);
        means("Giới tính | Phái | Nam/Nữ | GIỚI TÍNH\n(Nam/Nữ)", field(Field::Sex));
        means(
            "Ngày sinh | Ngày, tháng, năm sinh | Năm sinh | Sinh năm | NGÀY THÁNG NĂM SINH (dd/mm/yyyy)",
            field(Field::Born),
        );
        means("Nam | NAM", Holds::Mark(Field::Sex, "m"));
        means("Nữ | NỮ | nữ", Holds::Mark(Field::Sex, "f"));
        means(
            "CCCD | Số CCCD | Số định danh | Số định danh cá nhân | Số CMND/CCCD | Căn cước công dân \
             | Số CCCD (12 số) | Mã định danh | Số CCCD/Mã định danh | Số căn cước",
            field(Field::Citizen),
        );
        means("CMND | Số CMT", field(Field::OldCard));
        means("Số thẻ BHYT | Mã thẻ | Mã thẻ BHYT | BHYT | Mã số BHXH", field(Field::Insurance));
        means("Hạn thẻ | Giá trị sử dụng đến", field(Field::InsuranceTo));
        means("Dân tộc", field(Field::Ethnicity));
        means(
            "Thôn | Bản | Thôn/bản | Tổ dân phố | Thôn, xóm | Khu phố | Ấp | Buôn | Tên thôn",
            field(Field::Village),
        );
        means("Địa chỉ | Chỗ ở hiện nay | Nơi thường trú", field(Field::Address));
        means("Quan hệ với chủ hộ | QH với chủ hộ", field(Field::Relation));
        means("Số hộ | Mã hộ | Số sổ hộ khẩu", field(Field::Household));
        means("Hộ nghèo", Holds::Mark(Field::Poverty, "poor"));
        means("STT | TT | Số TT | Ghi chú", Holds::Aside);
    }

    #[test]
    fn headings_about_somebody_else_or_something_else_are_left_alone() {
        for heading in [
            "Số CCCD mẹ",
            "CCCD chủ hộ",
            "Ngày cấp CCCD",
            "Nơi cấp CCCD",
            "Năm",
            "Cân nặng",
            "",
            "Ảnh CCCD",
            "Ngày cấp",
            "Họ tên bố",
        ] {
            assert_eq!(recognise(heading, &Kind::People), None, "{heading}");
        }
    }

    #[test]
    fn a_heading_below_another_is_read_with_it() {
        for (above, heading, expected) in [
            ("Năm sinh", "Nam", Some(Holds::Mark(Field::Sex, "m"))),
            ("Thẻ BHYT", "Số thẻ", Some(Holds::Field(Field::Insurance))),
            ("Thẻ BHYT", "Từ ngày", Some(Holds::Field(Field::InsuranceFrom))),
            ("Mẹ", "Họ và tên", Some(Holds::Field(Field::MotherName))),
            ("Mẹ", "Số CCCD", None),
            ("Bố", "Họ và tên", None),
            ("Cư trú", "Từ ngày", Some(Holds::Field(Field::Since))),
        ] {
            assert_eq!(
                recognise_below(above, heading, &Kind::People),
                expected,
                "{above} / {heading}"
            );
        }
    }

    #[test]
    fn every_field_is_recognised_by_its_own_heading() {
        let forms = crate::trial::defs().forms.iter().cloned().map(Kind::of_form);
        for kind in Kind::LISTS.into_iter().chain(forms) {
            for field in kind.fields() {
                let means = recognise(field.heading(), &kind);
                assert_eq!(means, Some(Holds::Field(*field)), "{field:?}");
            }
        }
        for field in Field::ALL {
            assert_eq!(Field::from_code(field.code()), Some(field));
        }
        for holds in MARKS.into_iter().chain([Holds::NameStart, Holds::Field(Field::Born)]) {
            assert_eq!(Holds::from_code(&holds.code()), holds);
        }
    }
}
