"""Lists from before Unicode, written by iconv: every letter comes back, and only after somebody looked."""

import resource
import subprocess
import unicodedata
import zipfile

import openpyxl

MARKS = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]
VOWELS = ["a", "ă", "â", "e", "ê", "i", "o", "ô", "ơ", "u", "ư", "y"]
ENCODINGS = {"tcvn3": "TCVN5712-1", "viscii": "VISCII", "windows-1258": "CP1258"}
# In TCVN 5712 and VISCII some capitals stand among the control characters; ABC fonts do not have them.
HEAD = "Họ và tên;Giới tính;Ngày sinh;Thôn\r\n"


def letters():
    small = [unicodedata.normalize("NFC", vowel + mark) for vowel in VOWELS for mark in MARKS]
    return [*small, "đ"]


def encoded(text, encoding):
    """The bytes, or None when iconv knows no such letter."""
    done = subprocess.run(["iconv", "-f", "UTF-8", "-t", encoding], input=text.encode(), capture_output=True)
    return done.stdout if done.returncode == 0 else None


def people(encoding):
    """Names with each small letter inside, and each capital in front that the encoding has."""
    names = [f"Nguyễn Thị B{letter}n" for letter in letters()]
    for letter in letters():
        capital = letter.upper()
        alone = encoded(capital, encoding)
        if alone and min(alone) >= 0x20:
            names.append(f"Trần Văn {capital}nh")
    return names


def listed(program, code):
    encoding = ENCODINGS[code]
    names = people(encoding)
    rows = "".join(f"{name};Nữ;{1 + at % 28:02}/03/{1950 + at % 60};Khe Pháo\r\n" for at, name in enumerate(names))
    path = program.folder / f"{code}.csv"
    path.write_bytes(encoded(HEAD + rows, encoding))
    return path, names


def stored(program):
    shown = program.run("indicator", "show", "DAN_SO", "--period", "2026", "--people")
    return sorted(person["name"] for person in shown["people"])


def comes_back(program, code):
    program.station()
    path, names = listed(program, code)
    shown = program.run("import", path, expect=3)
    assert shown["converted"] == code, shown
    assert program.number("DAN_SO") == 0, "saved before somebody looked"
    applied = program.run("import", path, "--accept-converted")["applied"]
    assert applied["added"] == len(names), applied
    assert stored(program) == sorted(names)


def test_tcvn3(program):
    comes_back(program, "tcvn3")


def test_viscii(program):
    comes_back(program, "viscii")


def test_windows_1258(program):
    comes_back(program, "windows-1258")


# Excel with old fonts: the byte of each letter stands there as a Western letter.

FAMILY = ["Nguyễn", "Trần", "Phạm", "Hoàng", "Đặng", "Lường"]


def western(text, encoding):
    """What Excel holds of a text typed in such a font; plain text stays, and None is no text of the font."""
    raw = encoded(text, encoding)
    return None if raw is None or any(0x80 <= byte < 0xA0 for byte in raw) else raw.decode("latin-1")


VNI = {"\u0301": "ù", "\u0300": "ø", "\u0309": "û", "\u0303": "õ", "\u0323": "ï"}
VNI_HAT = {"": "â", "\u0301": "á", "\u0300": "à", "\u0309": "å", "\u0303": "ã", "\u0323": "ä"}
VNI_BREVE = {"": "ê", "\u0301": "é", "\u0300": "è", "\u0309": "ú", "\u0303": "ü", "\u0323": "ë"}
VNI_I = {"\u0301": "í", "\u0300": "ì", "\u0309": "æ", "\u0303": "ó", "\u0323": "ò"}


def vni(text):
    """A text as the VNI fonts hold it, written apart from the program under test."""
    out = []
    for letter in unicodedata.normalize("NFC", text):
        marks = unicodedata.normalize("NFD", letter.replace("đ", "ñ").replace("Đ", "Ñ"))
        base, marks = marks[0], marks[1:]
        if letter in "đĐ":
            out.append("ñ" if letter == "đ" else "Ñ")
            continue
        tone = next((m for m in marks if m in VNI), "")
        case = str.upper if base.isupper() else str
        if "\u0302" in marks:
            out.append(base + case(VNI_HAT[tone]))
        elif "\u0306" in marks:
            out.append(base + case(VNI_BREVE[tone]))
        elif "\u031b" in marks:
            horn = {"o": "ô", "u": "ö"}[base.lower()]
            out.append(case(horn) + (case(VNI[tone]) if tone else ""))
        elif base in "iI" and tone:
            out.append(case(VNI_I[tone]))
        elif base in "yY" and tone == "\u0323":
            out.append(case("î"))
        else:
            out.append(base + (case(VNI[tone]) if tone else ""))
    return "".join(out)


def excel(program, name, rows):
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    path = program.folder / name
    book.save(path)
    return path


def old_font(program, name, typed):
    """A sheet in an old font beside right rows: every name is what was meant, after somebody looked."""
    program.station()
    names = [f"{family} Thị {given}" for family in FAMILY for given in ["Hồng", "Ánh", "Lan", "Mỵ", "Tươi", "Bưởi"]]
    rows = [(one, old) for one in names if (old := typed(one)) is not None]
    assert len(rows) > 20, len(rows)
    sheet = [["Họ và tên", "Giới tính", "Năm sinh", "Thôn"]]
    sheet += [[old, "Nữ", 1950 + at, "Khe Pháo"] for at, (_, old) in enumerate(rows)]
    right = ["Lê Thị Hà", "Nguyễn Thị Yến", "Bùi Thị Hòa"]
    sheet += [[one, "Nữ", 2000 + at, "Khe Pháo"] for at, one in enumerate(right)]
    path = excel(program, name, sheet)
    shown = program.run("import", path, expect=3)
    assert shown["converted"] == name.split(".")[0], shown
    assert program.number("DAN_SO") == 0, "saved before somebody looked"
    applied = program.run("import", path, "--accept-converted")["applied"]
    assert applied["added"] == len(rows) + len(right), applied
    assert stored(program) == sorted([one for one, _ in rows] + right)


def test_excel_in_vntime(program):
    old_font(program, "tcvn3.xlsx", lambda text: western(text, "TCVN5712-1"))


def test_excel_in_vni(program):
    old_font(program, "vni.xlsx", vni)


def test_excel_in_capitals(program):
    """.VnTimeH shows the small letters as capitals: the bytes are those of small letters."""
    program.station()
    names = ["Nguyễn Thị Hồng", "Phạm Thị Mỵ", "Trần Thị Bưởi"]
    capital = ["".join(c.upper() if c.isascii() else western(c, "TCVN5712-1") for c in one.lower()) for one in names]
    sheet = [["Họ và tên", "Giới tính", "Năm sinh", "Thôn"]]
    sheet += [[old, "Nữ", 1950 + at, "Khe Pháo"] for at, old in enumerate(capital)]
    path = excel(program, "hoa.xlsx", sheet)
    program.run("import", path, "--accept-converted")
    assert stored(program) == sorted(names)


def test_hostile_files_cost_little_memory(program):
    """Bombs and endless sheets are refused, and no run of the program takes more than 512 MB."""
    program.station()
    bomb = program.folder / "bom.xlsx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("[Content_Types].xml", "<Types/>")
        parts.writestr("xl/workbook.xml", "<workbook/>")
        with parts.open("xl/worksheets/sheet1.xml", "w") as sheet:
            for _ in range(400):
                sheet.write(b"0" * 1024 * 1024)
    rows = program.folder / "trieu.csv"
    rows.write_text("Họ và tên;Giới tính;Năm sinh\n" + "Lò Mai;Nữ;1980\n" * 1_048_576)
    for path in (bomb, rows):
        program.run("import", path, expect=3)
    used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    assert used <= 512 * 1024, f"{used} KiB"
