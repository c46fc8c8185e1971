//! The words of the template of a form: its heading, and a guide that says of every column what it takes and
//! of the form where it comes from.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Worksheet, XlsxError};
use tram_defs::form::{Choice, Days, Field, Form, Kind, Number};
use tram_defs::{Confidence, Definitions};
use tram_kernel::day;
use tram_kernel::number::show_thousandths;

pub const HINT: &str = "Mỗi lần ghi phiếu một dòng, chỉ cho người đã có hồ sơ. Cột có dấu * phải điền. Dòng ví dụ được bỏ qua khi nhập, có thể xóa.";

const LINES: &[&str] = &[
    "Điền vào trang Danh sách, mỗi lần ghi phiếu một dòng, không để dòng trống ở giữa.",
    "Người được ghi phiếu phải có hồ sơ. Nhận ra theo số CCCD, số thẻ BHYT hoặc mã tạm; không có số thì theo họ tên, ngày sinh và thôn.",
    "Ngày ghi phiếu là ngày khám hay ngày hỏi, viết ngày/tháng/năm, không sau hôm nay.",
    "Cột có mũi tên: chọn trong danh sách. Gõ không dấu hoặc gõ mã cũng được nhận. Không hỏi, không đo thì để trống ô.",
    "Số viết phần lẻ sau dấu phẩy, ví dụ 3,25. Số không thể có bị báo lỗi; số khác thường được hỏi lại.",
    "Phiếu đã có (cùng người, cùng ngày, cùng câu trả lời) không bị ghi thêm lần nữa.",
    "Có thể thêm, bớt, đổi chỗ các cột; xin không xóa dòng ẩn đầu tiên: dòng ấy cho biết đây là phiếu nào.",
    "Tối đa 50.000 dòng, tệp không quá 25 MB, không đặt mật khẩu.",
];
/// Where the form is also the first of a programme.
const ENROLS: &str =
    "Tệp này chỉ ghi phiếu. Đưa người bệnh vào quản lý vẫn làm trên trang của chương trình.";

/// The label, and the unit of a number.
pub fn heading(field: &Field) -> String {
    match &field.kind {
        Kind::Number(number) if !number.unit.is_empty() => {
            format!("{} ({})", field.label, number.unit)
        }
        _ => field.label.clone(),
    }
}

/// What a column takes, in words.
pub fn accepts(defs: &Definitions, field: &Field) -> String {
    let names = |choices: &[Choice]| {
        choices.iter().map(|choice| choice.name.as_str()).collect::<Vec<_>>().join("; ")
    };
    match &field.kind {
        Kind::Number(number) => numbers(number),
        Kind::YesNo => "Có hoặc Không; x, 1 là có; 0 là không.".to_owned(),
        Kind::Choice(choices) => format!("Chọn một: {}.", names(choices)),
        Kind::Choices(choices) => {
            format!("Chọn một hoặc nhiều, cách nhau bằng dấu chấm phẩy: {}.", names(choices))
        }
        Kind::Listed(code) => match defs.list(code) {
            Some(list) => format!("Chọn một mục, tên hoặc mã, trong danh mục: {}.", list.title),
            None => String::new(),
        },
        Kind::Day(Days::Past) => "Ngày/tháng/năm, không sau ngày ghi phiếu.".to_owned(),
        Kind::Day(Days::Coming) => "Ngày/tháng/năm, sau ngày ghi phiếu.".to_owned(),
        Kind::Text(_) => "Chữ, không quá 1.000 ký tự.".to_owned(),
    }
}

fn numbers(number: &Number) -> String {
    let shown = show_thousandths;
    let (low, high) = number.possible;
    let decimals = match number.decimals {
        0 => "số nguyên".to_owned(),
        n => format!("nhiều nhất {n} chữ số sau dấu phẩy"),
    };
    let unit = number.unit.as_str();
    let said = format!("Từ {} đến {} {unit}", shown(low), shown(high));
    let usual = match &number.usual[..] {
        [only] if only.before.is_none() => {
            format!("; thường từ {} đến {}", shown(only.low), shown(only.high))
        }
        _ => String::new(),
    };
    format!("{}, {decimals}{usual}.", said.trim_end())
}

/// Whether it must be answered.
const fn asked(field: &Field) -> &'static str {
    match (field.required, field.when.is_empty()) {
        (true, true) => "Bắt buộc",
        (true, false) => "Bắt buộc khi phiếu hỏi đến",
        (false, true) => "",
        (false, false) => "Chỉ khi phiếu hỏi đến",
    }
}

/// What may be said of how a form was read.
const fn trusted(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Text => "Đã đối chiếu với văn bản gốc.",
        Confidence::Secondary => "Soạn theo tài liệu dẫn lại văn bản, chưa đối chiếu bản gốc.",
        Confidence::Unverified => "Chưa đối chiếu với văn bản; cần xem lại trước khi dùng rộng.",
    }
}

/// The guide: how the file is filled in, what each column takes, where the form comes from.
pub fn write_guide(
    sheet: &mut Worksheet,
    form: &Form,
    defs: &Definitions,
) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    let title = bold.clone().set_font_size(14);
    sheet.set_name("Hướng dẫn")?.set_paper_size(9).set_landscape().set_print_fit_to_pages(1, 0);
    for (at, width) in (0..).zip([34, 24, 64, 44]) {
        sheet.set_column_width(at, width)?;
    }
    sheet.write_string_with_format(0, 0, &form.name, &title)?;
    let enrols = defs.programmes.iter().any(|rule| rule.enrol_form.as_ref() == Some(&form.code));
    let mut row = 1;
    for (n, line) in (1..).zip(LINES.iter().chain(enrols.then_some(&ENROLS))) {
        sheet.write_string(row, 0, format!("{n}. {line}"))?;
        row += 1;
    }
    row = write_questions(sheet, form, defs, row + 1)? + 1;
    let known = &form.provenance;
    let article = known.article.as_deref().unwrap_or_default();
    let from = day::show(known.valid_from);
    for (what, said) in [
        ("Nguồn của phiếu", format!("{} {article}", known.source)),
        ("Áp dụng từ", from),
        ("Độ tin cậy", trusted(known.confidence).to_owned()),
        ("Lưu ý", known.note.clone().unwrap_or_default()),
    ] {
        if !said.trim().is_empty() {
            sheet.write_string_with_format(row, 0, what, &bold)?;
            sheet.write_string(row, 1, said.trim())?;
            row += 1;
        }
    }
    Ok(())
}

/// One line a column; answers the row below the last one.
fn write_questions(
    sheet: &mut Worksheet,
    form: &Form,
    defs: &Definitions,
    first: u32,
) -> Result<u32, XlsxError> {
    let cell =
        Format::new().set_text_wrap().set_align(FormatAlign::Top).set_border(FormatBorder::Thin);
    let head = cell.clone().set_bold();
    for (at, name) in (0..).zip(["Cột", "Phải điền", "Nhận gì", "Gợi ý"]) {
        sheet.write_string_with_format(first, at, name, &head)?;
    }
    let mut row = first + 1;
    for field in form.fields() {
        let said = [heading(field), asked(field).into(), accepts(defs, field), field.hint.clone()];
        for (at, said) in (0..).zip(&said) {
            sheet.write_string_with_format(row, at, said, &cell)?;
        }
        row += 1;
    }
    Ok(row)
}
