//! The words of the template: title, instructions, samples, widths.

use crate::population::Field;
use rust_xlsxwriter::{Format, Worksheet, XlsxError};

pub const TITLE: &str = "DANH SÁCH DÂN CƯ";
pub const HINT: &str =
    "Mỗi người một dòng. Cột có dấu * phải điền. Dòng ví dụ được bỏ qua khi nhập, có thể xóa.";
pub const CITIZEN_TITLE: &str = "Số CCCD/định danh";
pub const CITIZEN_ERROR: &str =
    "Số CCCD có đúng 12 chữ số, kể cả số 0 đầu. Số CMND 9 chữ số điền ở cột bên cạnh.";
pub const CHOICE_ERROR: &str =
    "Từ này không có trong danh mục. Nên chọn trong danh sách để máy hiểu đúng.";

const GUIDE: [&str; 11] = [
    "Điền vào trang Danh sách, mỗi người một dòng, không để dòng trống ở giữa.",
    "Ba cột bắt buộc: Họ và tên, Giới tính, Ngày sinh. Các cột khác biết đến đâu điền đến đó.",
    "Họ và tên gõ bằng phông Unicode (Times New Roman, Arial); không dùng phông .VnTime hay VNI.",
    "Ngày sinh viết ngày/tháng/năm, ví dụ 05/03/1985. Chỉ biết năm thì viết năm, ví dụ 1950.",
    "Số CCCD/định danh đủ 12 chữ số, kể cả số 0 đầu; cột này đã đặt dạng Văn bản, xin giữ nguyên.",
    "Số thẻ BHYT là 15 ký tự hoặc 10 chữ số cuối (mã số BHXH).",
    "Số hộ: những người cùng hộ trong một thôn ghi cùng một số.",
    "Các cột có mũi tên: chọn trong danh sách. Mã hoặc cách viết quen dùng cũng được nhận.",
    "Có thể thêm, bớt, đổi chỗ các cột; xin không xóa dòng ẩn đầu tiên.",
    "Hai dòng chữ nghiêng màu xám là ví dụ; máy bỏ qua dòng có họ tên bắt đầu bằng \"Ví dụ:\".",
    "Tối đa 50.000 dòng, tệp không quá 25 MB, không đặt mật khẩu.",
];

pub fn write(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    let wrapped = Format::new().set_text_wrap();
    sheet.set_name("Hướng dẫn")?.set_column_width(0, 100)?.set_paper_size(9);
    sheet.write_string_with_format(0, 0, TITLE, &Format::new().set_bold().set_font_size(14))?;
    for (row, line) in (1..).zip(GUIDE) {
        sheet.write_string_with_format(row, 0, format!("{row}. {line}"), &wrapped)?;
    }
    Ok(())
}

/// Column width in characters.
pub const fn width(field: Field) -> u16 {
    match field {
        Field::Name | Field::MotherName | Field::Address => 26,
        Field::Citizen | Field::Insurance | Field::Occupation | Field::Residence => 20,
        Field::Village | Field::Relation | Field::Ethnicity | Field::Poverty => 17,
        Field::Sex | Field::Household => 9,
        _ => 14,
    }
}

type Sample = &'static [(Field, &'static str)];

/// People who do not exist; days in ISO form become Excel dates.
pub const SAMPLES: [Sample; 2] = [
    &[
        (Field::Household, "12"),
        (Field::Relation, "Chủ hộ"),
        (Field::Name, "Nguyễn Thị Hoa"),
        (Field::Sex, "Nữ"),
        (Field::Born, "05/03/1985"),
        (Field::Citizen, "001185000000"),
        (Field::Insurance, "GD4010000000000"),
        (Field::InsuranceFrom, "2026-01-01"),
        (Field::InsuranceTo, "2026-12-31"),
        (Field::Ethnicity, "Kinh"),
        (Field::Residence, "Thường trú"),
        (Field::Phone, "0900000000"),
    ],
    &[
        (Field::Household, "12"),
        (Field::Relation, "Bố/mẹ"),
        (Field::Name, "Giàng A Páo"),
        (Field::Sex, "Nam"),
        (Field::Born, "1950"),
        (Field::Ethnicity, "Hmông (Mèo)"),
        (Field::Residence, "Thường trú"),
        (Field::Poverty, "Hộ cận nghèo"),
    ],
];
