//! The words of the templates: titles, instructions, samples, widths.

use super::form;
use crate::list::{Field, Kind};
use rust_xlsxwriter::{Format, Worksheet, XlsxError};
use tram_defs::Definitions;

pub fn title(kind: &Kind) -> String {
    match kind {
        Kind::People => "DANH SÁCH DÂN CƯ".to_owned(),
        Kind::Households => "DANH SÁCH HỘ GIA ĐÌNH".to_owned(),
        Kind::Vaccinations => "LỊCH SỬ TIÊM CHỦNG".to_owned(),
        Kind::Cards => "DANH SÁCH THẺ BẢO HIỂM Y TẾ".to_owned(),
        Kind::Form(form) => form.name.to_uppercase(),
    }
}

pub const fn hint(kind: &Kind) -> &'static str {
    match kind {
        Kind::People => {
            "Mỗi người một dòng. Cột có dấu * phải điền. Dòng ví dụ được bỏ qua khi nhập, có thể xóa."
        }
        Kind::Households => {
            "Mỗi hộ một dòng. Cột có dấu * phải điền. Dòng ví dụ được bỏ qua khi nhập, có thể xóa."
        }
        Kind::Vaccinations => {
            "Mỗi mũi tiêm một dòng, chỉ cho người đã có hồ sơ. Dòng ví dụ được bỏ qua khi nhập, có thể xóa."
        }
        Kind::Cards => {
            "Mỗi thẻ một dòng, chỉ cho người đã có hồ sơ. Dòng ví dụ được bỏ qua khi nhập, có thể xóa."
        }
        Kind::Form(_) => form::HINT,
    }
}

pub const CITIZEN_TITLE: &str = "Số CCCD/định danh";
pub const CITIZEN_ERROR: &str =
    "Số CCCD có đúng 12 chữ số, kể cả số 0 đầu. Số CMND 9 chữ số điền ở cột bên cạnh.";
pub const CHOICE_ERROR: &str =
    "Từ này không có trong danh mục. Nên chọn trong danh sách để máy hiểu đúng.";
pub const SEVERAL: &str = "Nhiều mục thì gõ thêm, cách nhau bằng dấu chấm phẩy.";

const PEOPLE: &[&str] = &[
    "Điền vào trang Danh sách, mỗi người một dòng, không để dòng trống ở giữa.",
    "Ba cột bắt buộc: Họ và tên, Giới tính, Ngày sinh. Các cột khác biết đến đâu điền đến đó.",
    "Họ và tên gõ bằng phông Unicode (Times New Roman, Arial); phông .VnTime hay VNI sẽ phải chuyển mã và xem lại.",
    "Ngày sinh viết ngày/tháng/năm, ví dụ 05/03/1985. Chỉ biết năm thì viết năm, ví dụ 1950.",
    "Số CCCD/định danh đủ 12 chữ số, kể cả số 0 đầu; cột này đã đặt dạng Văn bản, xin giữ nguyên.",
    "Số thẻ BHYT là 15 ký tự hoặc 10 chữ số cuối (mã số BHXH).",
    "Số hộ: những người cùng hộ trong một thôn ghi cùng một số.",
    "Các cột có mũi tên: chọn trong danh sách. Mã hoặc cách viết quen dùng cũng được nhận.",
    "Có thể thêm, bớt, đổi chỗ các cột; xin không xóa dòng ẩn đầu tiên.",
    "Hai dòng chữ nghiêng màu xám là ví dụ; máy bỏ qua dòng có họ tên bắt đầu bằng \"Ví dụ:\".",
    "Tối đa 50.000 dòng, tệp không quá 25 MB, không đặt mật khẩu.",
];

const HOUSEHOLDS: &[&str] = &[
    "Điền vào trang Danh sách, mỗi hộ một dòng, không để dòng trống ở giữa.",
    "Bắt buộc: Họ tên chủ hộ. Nên có số hộ: số hộ là duy nhất trong một thôn.",
    "Hộ đã có trong phần mềm được nhận ra theo thôn và số hộ; không có số hộ thì theo chủ hộ.",
    "Chủ hộ đã có hồ sơ được ghi vào hộ; chủ hộ chưa có hồ sơ thì chỉ lập hộ, không lập hồ sơ người.",
    "Diện hộ: Hộ nghèo, Hộ cận nghèo, Không nghèo. Diện hộ từ ngày: ngày quyết định công nhận.",
    "Ngày viết ngày/tháng/năm, ví dụ 01/01/2026.",
    "Có thể thêm, bớt, đổi chỗ các cột; xin không xóa dòng ẩn đầu tiên.",
    "Tối đa 50.000 dòng, tệp không quá 25 MB, không đặt mật khẩu.",
];

const VACCINATIONS: &[&str] = &[
    "Điền vào trang Danh sách, mỗi mũi tiêm một dòng, không để dòng trống ở giữa.",
    "Người tiêm phải có hồ sơ. Nhận ra theo số CCCD, số thẻ BHYT hoặc mã tạm; không có số thì theo họ tên, ngày sinh và thôn.",
    "Tên vắc xin: chọn trong danh sách. Không biết sản phẩm thì ghi kháng nguyên/bệnh, nếu chỉ có một sản phẩm phòng bệnh ấy.",
    "Ngày tiêm viết ngày/tháng/năm, phải đủ ngày.",
    "Mũi số ghi như trong sổ; phần mềm tự tính lại và báo nếu khác.",
    "Mũi tiêm nhập từ tệp được ghi là tiêm ở nơi khác: không trừ kho vắc xin.",
    "Mũi đã có (cùng người, cùng vắc xin, cùng ngày) không bị ghi thêm lần nữa.",
    "Có thể thêm, bớt, đổi chỗ các cột; xin không xóa dòng ẩn đầu tiên.",
    "Tối đa 50.000 dòng, tệp không quá 25 MB, không đặt mật khẩu.",
];

const CARDS: &[&str] = &[
    "Điền vào trang Danh sách, mỗi thẻ một dòng, không để dòng trống ở giữa.",
    "Người có thẻ phải có hồ sơ. Nhận ra theo số CCCD hoặc mã tạm; không có số thì theo họ tên, ngày sinh và thôn.",
    "Số thẻ BHYT là 15 ký tự hoặc 10 chữ số cuối (mã số BHXH).",
    "Ngày viết ngày/tháng/năm. Thẻ đã có mà hạn mới dài hơn thì được gia hạn.",
    "Nhóm thẻ (hai chữ cái đầu) chỉ để đối chiếu với số thẻ.",
    "Có thể thêm, bớt, đổi chỗ các cột; xin không xóa dòng ẩn đầu tiên.",
    "Tối đa 50.000 dòng, tệp không quá 25 MB, không đặt mật khẩu.",
];

pub fn write(sheet: &mut Worksheet, kind: &Kind, defs: &Definitions) -> Result<(), XlsxError> {
    let lines = match kind {
        Kind::People => PEOPLE,
        Kind::Households => HOUSEHOLDS,
        Kind::Vaccinations => VACCINATIONS,
        Kind::Cards => CARDS,
        Kind::Form(form) => return form::write_guide(sheet, form, defs),
    };
    let wrapped = Format::new().set_text_wrap();
    sheet.set_name("Hướng dẫn")?.set_column_width(0, 100)?.set_paper_size(9);
    sheet.write_string_with_format(
        0,
        0,
        title(kind),
        &Format::new().set_bold().set_font_size(14),
    )?;
    for (row, line) in (1..).zip(lines) {
        sheet.write_string_with_format(row, 0, format!("{row}. {line}"), &wrapped)?;
    }
    Ok(())
}

/// Column width in characters.
pub const fn width(field: Field) -> u16 {
    match field {
        Field::Name | Field::MotherName | Field::Address | Field::Head | Field::Place => 26,
        Field::Vaccine | Field::Antigen => 30,
        Field::Citizen | Field::Insurance | Field::Occupation | Field::Residence => 20,
        Field::Village | Field::Relation | Field::Ethnicity | Field::Poverty => 17,
        Field::Sex | Field::Household | Field::Dose => 9,
        _ => 14,
    }
}

type Sample = &'static [(Field, &'static str)];

pub const fn samples(kind: &Kind) -> &'static [Sample] {
    match kind {
        Kind::People => &PERSONS,
        Kind::Households => &HOMES,
        Kind::Vaccinations => &DOSES,
        Kind::Cards => &HELD,
        Kind::Form(_) => &ENTRIES,
    }
}

const HOMES: [Sample; 1] = [&[
    (Field::Household, "12"),
    (Field::Head, "Nguyễn Thị Hoa"),
    (Field::Born, "05/03/1985"),
    (Field::Citizen, "001185000000"),
    (Field::Poverty, "Hộ cận nghèo"),
    (Field::PovertySince, "2026-01-01"),
]];

const DOSES: [Sample; 1] = [&[
    (Field::Name, "Giàng A Páo"),
    (Field::Sex, "Nam"),
    (Field::Born, "05/03/2025"),
    (Field::Vaccine, "BCG (IVAC)"),
    (Field::Given, "2025-03-08"),
    (Field::Dose, "1"),
    (Field::Lot, "LO-0001"),
    (Field::Place, "Bệnh viện đa khoa tỉnh"),
]];

const HELD: [Sample; 1] = [&[
    (Field::Name, "Nguyễn Thị Hoa"),
    (Field::Sex, "Nữ"),
    (Field::Born, "05/03/1985"),
    (Field::Citizen, "001185000000"),
    (Field::Insurance, "GD4010000000000"),
    (Field::InsuranceFrom, "2026-01-01"),
    (Field::InsuranceTo, "2026-12-31"),
]];

const ENTRIES: [Sample; 1] = [&[
    (Field::Name, "Nguyễn Thị Hoa"),
    (Field::Sex, "Nữ"),
    (Field::Born, "05/03/1985"),
    (Field::Citizen, "001185000000"),
    (Field::EntryOn, "2026-01-15"),
]];

/// People who do not exist; days in ISO form become Excel dates.
const PERSONS: [Sample; 2] = [
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
