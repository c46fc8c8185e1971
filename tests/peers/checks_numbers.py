"""Indicators counted again, straight from the tables, by another program."""

import sqlite3

YEAR = ("2025-01-01", "2026-01-01")


def people(program, code, side="numerator", period="2025"):
    shown = program.run("indicator", "show", code, "--period", period, "--people", "--side", side)
    return [person["person"] for person in shown["people"]]


def test_the_people_behind_a_number_are_as_many_as_it_counts(program):
    program.demo()
    shown = program.run("indicator", "show", "--period", "2025")
    counted = {line["code"]: line for line in shown["indicators"]}
    for code in ["DAN_SO", "BHYT", "TCDD", "TCDD_1T", "VGB24", "HSSK_DT", "SO_SINH"]:
        line = counted[code]
        listed = people(program, code)
        assert len(listed) == len(set(listed)) == line["numerator"], (code, len(listed), line)
        if line["denominator"] is not None:
            assert len(people(program, code, "denominator")) == line["denominator"], code
            missing = people(program, code, "missing")
            assert not set(missing) & set(listed), code


def test_births_and_deaths_of_a_year_agree_with_plain_sql(program):
    program.demo()
    database = sqlite3.connect(program.database)
    births = database.execute(
        "SELECT count(*) FROM birth WHERE alive = 1 AND born_on >= ? AND born_on < ?", YEAR
    ).fetchone()[0]
    assert births > 50
    assert program.number("SO_SINH", "2025") == births
    deaths = database.execute(
        "SELECT count(*) FROM death WHERE died_on >= ? AND died_on < ?", YEAR
    ).fetchone()[0]
    assert program.number("CDR", "2025") == deaths


HOME = """JOIN residence x ON x.person = v.person AND x.counted = 1"""


def test_what_happened_in_programmes_agrees_with_plain_sql(program):
    program.demo()
    database = sqlite3.connect(program.database)

    def counted(text):
        return database.execute(text, YEAR).fetchone()[0]

    for code, programme in [("THA_MOI", "hypertension"), ("DTD_MOI", "diabetes")]:
        joined = counted(
            f"""SELECT count(*) FROM episode v {HOME} AND x.from_on <= v.from_on
                AND (x.to_on IS NULL OR x.to_on > v.from_on)
                WHERE v.programme = '{programme}' AND coalesce(v.outcome, '') <> 'wrong'
                AND v.from_on >= ? AND v.from_on < ?"""
        )
        assert program.number(code, "2025") == joined, code
    left = counted(
        f"""SELECT count(*) FROM episode v {HOME}
            AND (x.from_on < v.to_on OR x.n = 0 AND x.from_on = v.to_on)
            AND (x.to_on IS NULL OR x.to_on >= v.to_on)
            WHERE v.programme = 'hypertension' AND v.outcome = 'died'
            AND v.to_on >= ? AND v.to_on < ?"""
    )
    assert program.number("THA_RA_CHET", "2025") == left
    hurt = counted(
        f"""SELECT count(*) FROM entry v {HOME} AND x.from_on <= v.on_day
            AND (x.to_on IS NULL OR x.to_on > v.on_day)
            WHERE v.form = 'injury' AND v.on_day >= ? AND v.on_day < ?"""
    )
    assert hurt > 0
    assert program.number("TNTT", "2025") == hurt
