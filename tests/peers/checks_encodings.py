"""Lists from before Unicode, written by iconv: every letter comes back, and only after somebody looked."""

import subprocess
import unicodedata

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
