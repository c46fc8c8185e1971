//! Cells as Excel stores them.

use crate::trial::{STYLES, WORKBOOK, packed, parts, workbook};
use crate::{BadFile, Cell, Limits, Workbook, read};

fn open(bytes: &[u8]) -> Workbook {
    read(bytes, &Limits::default()).expect("a workbook")
}

/// Goal: what one cell of sheet XML becomes. The API is called here only.
#[track_caller]
fn becomes(cell: &str, expected: Cell) {
    let book = open(&workbook(&format!(
        "<row r=\"1\"><c r=\"B1\"{cell}</c><c r=\"C1\"><v>7</v></c></row>"
    )));
    assert_eq!(book.sheets[0].rows[0].cell(1), &expected, "{cell}");
}

fn number(digits: &str) -> Cell {
    Cell::Number(digits.into())
}

fn text(text: &str) -> Cell {
    Cell::Text(text.into())
}

fn day(iso: &str) -> Cell {
    Cell::Day(iso.parse().expect("a date"))
}

#[test]
fn cells_become_values() {
    becomes("><v>12</v>", number("12"));
    becomes("><v>1.5</v>", number("1.5"));
    becomes("><v>1.001990123450E+11</v>", number("100199012345"));
    becomes("><v>1199012345</v>", number("1199012345"));
    becomes("><v>123456789012345678</v>", number("123456789012345680"));
    becomes("><v>-0</v>", number("0"));
    becomes(" t=\"b\"><v>1</v>", Cell::Flag(true));
    becomes(" t=\"e\"><v>#N/A</v>", Cell::Broken("#N/A"));
    becomes(" t=\"inlineStr\"><is><t>Lò Văn A</t></is>", text("Lò Văn A"));
    becomes(" t=\"inlineStr\"><is><r><t>Lò </t></r><r><t>A</t></r></is>", text("LòA"));
    becomes(" t=\"str\"><f>A2&amp;B2</f><v>Hoa &amp; Lan</v>", text("Hoa & Lan"));
    becomes("><f>TODAY()</f><v>3</v>", number("3"));
    becomes("><f>TODAY()</f>", Cell::Broken("formula"));
    becomes("><f t=\"shared\" si=\"4000000000\" ref=\"A1:A9\">B1</f><v>3</v>", number("3"));
    becomes(" s=\"1\"><v>46038</v>", day("2026-01-16"));
    becomes(" s=\"1\"><v>46038.75</v>", day("2026-01-16"));
    becomes(" s=\"1\"><v>60</v>", number("60"));
    becomes(" s=\"1\"><v>0.5</v>", number("0.5"));
    becomes(" s=\"1\"><v>-3</v>", number("-3"));
    becomes(" s=\"2\"><v>1.25</v>", number("1.25"));
    becomes(" t=\"d\"><v>1960-03-05T00:00:00</v>", day("1960-03-05"));
    becomes("><v>1e999</v>", Cell::Broken("#NUM!"));
    becomes(" t=\"inlineStr\"><is><t>   </t></is>", Cell::Empty);
}

#[test]
fn old_macintosh_workbooks_count_from_1904() {
    let mac = WORKBOOK.replace("<workbookPr/>", "<workbookPr date1904=\"1\"/>");
    let rows = "<row r=\"1\"><c r=\"A1\" s=\"1\"><v>44576</v></c></row>";
    let bytes = packed(parts(rows), &[("xl/workbook.xml", mac.as_bytes())]);
    let book = open(&bytes);
    assert_eq!(book.sheets[0].rows[0].cell(0), &day("2026-01-16"));
    assert_eq!(book.sheets[0].epoch, crate::Epoch::Year1904);
}

#[test]
fn rows_keep_their_numbers_and_only_visible_sheets_are_read() {
    let book = open(&workbook(
        "<row r=\"3\"><c r=\"A3\"><v>1</v></c></row><row r=\"9\"><c><v>2</v></c></row>",
    ));
    let numbers: Vec<u32> = book.sheets[0].rows.iter().map(|r| r.number).collect();
    assert_eq!((book.sheets[0].name.as_str(), numbers), ("Trang 1", vec![3, 9]));
    let hidden = WORKBOOK.replace("sheetId", "state=\"veryHidden\" sheetId");
    let bytes =
        packed(parts("<row><c><v>1</v></c></row>"), &[("xl/workbook.xml", hidden.as_bytes())]);
    assert_eq!(read(&bytes, &Limits::default()), Err(BadFile::Empty));
}

#[test]
fn limits_are_held_while_reading() {
    let limits = Limits { rows: 10, columns: 5, cells: 12, ..Limits::default() };
    let refused = |data: &str| read(&workbook(data), &limits).err();
    let far = "<row r=\"1048576\"><c r=\"A1048576\" s=\"1\"/></row>";
    let near = "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>";
    assert_eq!(refused(&format!("{near}{far}")), None, "formatted and empty costs nothing");
    let far = "<row r=\"11\"><c r=\"A11\"><v>1</v></c></row>";
    assert_eq!(refused(far), Some(BadFile::TooManyRows { limit: 10 }));
    let wide = "<row r=\"1\"><c r=\"F1\"><v>1</v></c></row>";
    assert_eq!(refused(wide), Some(BadFile::TooManyColumns { limit: 5 }));
    let many: String =
        (1..=3).map(|r| format!("<row r=\"{r}\"><c r=\"E{r}\"><v>1</v></c></row>")).collect();
    assert_eq!(refused(&many), Some(BadFile::TooManyCells { limit: 12 }));
    let text = format!("<si><t>{}</t></si>", "a".repeat(30_000));
    let strings = format!("<sst uniqueCount=\"1\">{text}</sst>");
    let cells: String = (1..=9)
        .map(|r| format!("<row r=\"{r}\"><c r=\"A{r}\" t=\"s\"><v>0</v></c></row>"))
        .collect();
    let small = Limits { unpacked: 400_000, ..Limits::default() };
    let bytes = packed(parts(&cells), &[("xl/sharedStrings.xml", strings.as_bytes())]);
    assert_eq!(read(&bytes, &small), Err(BadFile::ArchiveLimit), "one text, shown again and again");
}

#[test]
fn a_sheet_of_a_million_rows_is_refused_at_the_limit() {
    let rows: String = (1..=60_000)
        .map(|r| format!("<row r=\"{r}\"><c r=\"A{r}\"><v>{r}</v></c></row>"))
        .collect();
    let found = read(&workbook(&rows), &Limits::default());
    assert_eq!(found, Err(BadFile::TooManyRows { limit: 50_000 }));
}

#[test]
fn broken_workbooks_are_corrupt() {
    let whole = workbook("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>");
    let corrupt = |bytes: &[u8]| assert_eq!(read(bytes, &Limits::default()), Err(BadFile::Corrupt));
    for cut in [whole.len() - 1, whole.len() / 2, 30, 4] {
        corrupt(&whole[..cut]);
    }
    corrupt(&workbook("<row r=\"1\"><c r=\"A1\"><v>1</v></c>").replace_tail());
    // Where arithmetic is not checked the row number wraps around to one beyond the limit.
    let far = workbook("<row r=\"99999999999\"><c r=\"A99999999999\"><v>1</v></c></row>");
    assert!(read(&far, &Limits::default()).is_err());
    corrupt(&workbook(
        "<row r=\"2\"><c r=\"A2\"><v>1</v></c></row><row r=\"1\"><c r=\"A1\"><v>1</v></c></row>",
    ));
    corrupt(&workbook("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>5</v></c></row>"));
    let no_rels = packed(parts(""), &[("xl/_rels/workbook.xml.rels", b"<Relationships/>")]);
    corrupt(&no_rels);
    let styles = STYLES.replace("numFmtId", "numFmtId=");
    corrupt(&packed(parts("<row><c><v>1</v></c></row>"), &[("xl/styles.xml", styles.as_bytes())]));
}

/// Flips a byte in the middle, so that a checksum no longer fits.
trait ReplaceTail {
    fn replace_tail(self) -> Self;
}

impl ReplaceTail for Vec<u8> {
    fn replace_tail(mut self) -> Self {
        let at = self.windows(4).rposition(|w| w == b"PK\x03\x04").expect("a part") + 70;
        self[at] ^= 0x55;
        self
    }
}
