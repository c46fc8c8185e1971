//! How long a large list takes, and how much memory: `measure make FILE [rows]`, then `measure read FILE`.
//!
//! Run in release. Two runs, so that the memory of making the file is not counted as that of reading it.

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use std::path::Path;
use std::time::Instant;
use tram_defs::{Definitions, SourceFile};
use tram_exchange::{Limits, population, read};

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let args: Vec<&str> = args.iter().skip(1).map(String::as_str).collect();
    match args[..] {
        ["make", file] => make(file, 30_000),
        ["make", file, rows] => make(file, rows.parse().expect("a number of rows")),
        ["read", file] => measure(file),
        _ => println!("measure make FILE [rows] | measure read FILE"),
    }
}

fn make(file: &str, rows: u32) {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let date = Format::new().set_num_format("dd/mm/yyyy");
    let headings = [
        "STT",
        "Họ và tên",
        "Giới tính",
        "Ngày sinh",
        "Số CCCD",
        "Dân tộc",
        "Thôn",
        "Số hộ",
        "Quan hệ",
        "Số thẻ BHYT",
        "Hạn thẻ",
        "Điện thoại",
        "Nghề nghiệp",
        "Địa chỉ",
        "Diện hộ",
        "Cư trú",
    ];
    sheet.write_row(0, 0, headings).expect("in range");
    let families = ["Nguyễn", "Trần", "Lò", "Giàng", "Bàn", "Lê"];
    for row in 1..=rows {
        let pick = |words: &[&'static str], step: u32| words[(row / step) as usize % words.len()];
        let (year, month, day) = (1930 + row % 95, 1 + row % 12, 1 + row % 28);
        let woman = row % 2;
        let citizen =
            format!("001{}{:02}{row:06}", woman + 2 * u32::from(year >= 2000), year % 100);
        let name = format!("{} {} {row}", pick(&families, 1), ["Văn", "Thị"][woman as usize]);
        let born = ExcelDateTime::from_ymd(year as u16, month as u8, day as u8).expect("a date");
        sheet.write_number(row, 0, row).expect("in range");
        sheet.write_string(row, 1, name.replace(char::is_numeric, "a")).expect("in range");
        sheet.write_string(row, 2, ["Nam", "Nữ"][woman as usize]).expect("in range");
        sheet.write_datetime_with_format(row, 3, &born, &date).expect("in range");
        for (column, text) in [
            (4, citizen),
            (5, pick(&["Kinh", "Thái", "Hmông", "Dao"], 7).into()),
            (6, format!("Thôn {}", row / 2_000 + 1)),
            (7, (row / 4).to_string()),
            (8, pick(&["Chủ hộ", "Vợ", "Con", "Con"], 1).into()),
            (9, format!("GD401{row:010}")),
            (10, "31/12/2026".into()),
            (11, format!("09{row:08}")),
            (12, pick(&["làm ruộng", "công nhân", "học sinh"], 3).into()),
            (13, format!("Số nhà {row}, đường 3/2")),
            (14, pick(&["cận nghèo", "không", "nghèo"], 11).into()),
            (15, "Thường trú".into()),
        ] {
            sheet.write_string(row, column, text).expect("in range");
        }
    }
    workbook.save(file).expect("a writable file");
}

fn measure(file: &str) {
    let bytes = std::fs::read(file).expect("a file");
    let defs = definitions();
    let before = resident("VmRSS");
    let start = Instant::now();
    let book = read(&bytes, &Limits::default()).expect("a workbook");
    let cells = start.elapsed();
    let (index, mapping) = population::lists(&book).remove(0);
    let today = "2026-11-21".parse().expect("a date");
    let rows = population::parse(&book.sheets[index], &mapping, &defs, today);
    let all = start.elapsed();
    let good = rows.iter().filter(|row| row.listed.is_some()).count();
    println!("{} bytes, {} rows, {good} without errors", bytes.len(), rows.len());
    println!("cells {cells:?}, with people {all:?}");
    println!("memory before {before} KiB, most {} KiB", resident("VmHWM"));
}

/// A line of the process's own account of its memory; 0 where there is none.
fn resident(line: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let found = status.lines().find_map(|l| l.strip_prefix(line));
    found.and_then(|l| l.split_whitespace().nth(1)?.parse().ok()).unwrap_or_default()
}

fn definitions() -> Definitions {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../definitions");
    let mut files = Vec::new();
    walk(&root, &root, &mut files);
    Definitions::load(&files).expect("shipped definitions are right")
}

fn walk(root: &Path, folder: &Path, files: &mut Vec<SourceFile>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            walk(root, &path, files);
        } else {
            let name = path.strip_prefix(root).expect("below the root").display().to_string();
            let text = std::fs::read_to_string(&path).expect("UTF-8");
            files.push(SourceFile { path: name, text });
        }
    }
}
