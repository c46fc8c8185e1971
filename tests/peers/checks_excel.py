"""Population lists as Excel files: our template in the hands of openpyxl, and back."""

import openpyxl

PEOPLE = [
    {"name": "Hoàng Văn Páo", "sex": "Nam", "born": "12/03/1965", "village": "Khe Pháo"},
    {"name": "Nông Thị Hồng", "sex": "Nữ", "born": "1968", "village": "Khe Pháo"},
    {"name": "Lò Thị Mai", "sex": "Nữ", "born": "05/2019", "village": "Bản Chang"},
]


def codes(sheet):
    """Hidden codes of the first row → column."""
    return {str(cell.value): cell.column for cell in sheet[1] if cell.value}


def filled(program, people, name="danh-sach.xlsx"):
    """The template, opened by openpyxl, filled in below its headings, and saved."""
    template = program.folder / "mau.xlsx"
    program.run("template", template)
    book = openpyxl.load_workbook(template)
    sheet = book.worksheets[0]
    columns = codes(sheet)
    heads = (sheet.cell(row, columns["name"]) for row in range(2, 40))
    first = next(cell.row for cell in heads if str(cell.value).startswith("Họ và tên")) + 1
    sheet.delete_rows(first, 20)
    for at, person in enumerate(people):
        for field, value in person.items():
            sheet.cell(first + at, columns[field]).value = value
    path = program.folder / name
    book.save(path)
    return path, first


def test_a_template_filled_in_elsewhere_is_imported_once(program):
    program.station()
    path, _ = filled(program, PEOPLE)
    first = program.run("import", path)["applied"]
    assert first["added"] == len(PEOPLE), first
    again = program.run("import", path)["applied"]
    assert (again["added"], again["unchanged"]) == (0, len(PEOPLE)), again
    assert program.number("DAN_SO") == len(PEOPLE)


def test_planted_errors_are_named_by_row_and_field_and_nothing_is_saved(program):
    program.station()
    bad = [dict(PEOPLE[0], born="30/02/1965"), dict(PEOPLE[1], sex="không rõ"), PEOPLE[2]]
    path, first = filled(program, bad, "loi.xlsx")
    said = program.run("import", path, expect=3)
    errors = {(f["row"], f["field"]) for f in said["findings"] if f["severity"] == "error"}
    assert errors == {(first, "born"), (first + 1, "sex")}, said
    assert program.number("DAN_SO") == 0


def test_the_worklist_opens_with_everybody_it_counts(program):
    program.demo()
    path = program.folder / "tiem.xlsx"
    said = program.run("worklist", "--xlsx", path)
    sheet = openpyxl.load_workbook(path).worksheets[0]
    cells = {str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None}
    names = [person["name"] for person in said["people"]]
    assert len(names) == said["due"] > 50, len(names)
    assert any(person["doses"] for person in said["people"])
    assert any(person["visits"] for person in said["people"])
    missing = [name for name in names if name not in cells]
    assert not missing, missing[:3]
    assert sheet.page_setup.paperSize in (9, "9"), "not A4"
    assert sheet.print_title_rows, "the heading is not repeated on every page"


def test_refused_rows_are_corrected_in_place_and_imported(program):
    program.station()
    bad = [dict(PEOPLE[0], born="30/02/1965"), dict(PEOPLE[1], sex="không rõ"), PEOPLE[2]]
    path, first = filled(program, bad, "loi.xlsx")
    rejects = program.folder / "can-sua.xlsx"
    said = program.run("import", path, "--accept-good", "--rejects", rejects, expect=3)
    assert said["applied"]["added"] == 1, said
    book = openpyxl.load_workbook(rejects)
    sheet = book.worksheets[0]
    columns = codes(sheet)
    rows = [row for row in range(2, sheet.max_row + 1) if sheet.cell(row, columns["name"]).value in {p["name"] for p in bad}]
    assert [sheet.cell(row, 2).value for row in rows] == [first, first + 1], "one line a row, by its number"
    assert all(sheet.cell(row, 4).value for row in rows), "what is wrong, and the cure"
    sheet.cell(rows[0], columns["born"]).value = "28/02/1965"
    sheet.cell(rows[1], columns["sex"]).value = "Nữ"
    book.save(rejects)
    again = program.run("import", rejects)["applied"]
    assert again["added"] == 2, again
    assert program.number("DAN_SO") == 3


def test_each_kind_of_list_has_its_template(program):
    program.station()
    for kind, field in [("population", "sex"), ("households", "head"), ("vaccinations", "given"), ("cards", "insurance_to")]:
        path = program.folder / f"{kind}.xlsx"
        program.run("template", path, "--kind", kind)
        assert field in codes(openpyxl.load_workbook(path).worksheets[0]), kind
