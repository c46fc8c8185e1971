#!/usr/bin/env python3
"""Check the place lists in definitions/lists: form, counts, keys, links, spelling; compare with a test oracle.

Usage:  python3 tools/places/check_places.py [--lists definitions/lists] [--oracle DIR]
The oracle is the GPL package `vietnam_provinces` (2026.9.0 holds the conversion table). It is only compared with, never
copied from; it is used when it can be imported, from --oracle or from the normal path, and skipped otherwise.
Exit status 0 when everything holds.
"""
import argparse
import csv
import io
import re
import sys
import tomllib
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

from build_places import split_kind, tone_key

FILES = {
    "province.csv": "code,name,kind,valid_from,valid_to",
    "province_link.csv": "old_code,new_code",
    "commune.csv": "code,name,kind,province,valid_from,valid_to,lat,lon,area_km2",
    "legacy_commune.csv": "code,name,kind,district,district_name,district_kind,province,valid_to",
    "commune_link.csv": "old_code,new_code,kind",
    "legacy_unresolved.csv": "code,reason_code,new_code",
}
LAST_OLD_DAY, REFORM, TODAY = "2025-06-30", "2025-07-01", "2026-11-21"
# Which old provinces each of the 34 took over, new code: old codes.
MERGED = """01:01 04:04 08:08,02 11:11 12:12 14:14 15:10,15 19:19,06 20:20 22:22 24:24,27 25:25,17,26 31:31,30 33:33,34
37:37,35,36 38:38 40:40 42:42 44:44,45 46:46 48:48,49 51:51,62 52:52,64 56:56,58 66:66,54 68:68,60,67 75:75,70 79:79,74,77
80:80,72 82:82,87 86:86,83,84 91:91,89 92:92,93,94 96:96,95"""
# Kept codes whose name changed sides: code -> (name before, name after).
SWAPPED = {"15": ("Yên Bái", "Lào Cai"), "24": ("Bắc Giang", "Bắc Ninh"), "44": ("Quảng Bình", "Quảng Trị"),
           "52": ("Bình Định", "Gia Lai"), "80": ("Long An", "Tây Ninh"), "82": ("Tiền Giang", "Đồng Tháp"),
           "91": ("Kiên Giang", "An Giang")}
ISLANDS = {"318": "11948", "471": "19742", "498": "20333", "536": "21548", "755": "26732"}
# Current names that the statistics office writes with the tone mark on the last vowel; all others have it on the first.
LAST_VOWEL = {"00922", "02287", "02353", "02419", "02620", "07840", "13396", "14167", "14182", "22924"}
LUC_YEN_NAMES = {"Lục Yên", "Lâm Thượng", "Tân Lĩnh", "Khánh Hòa", "Mường Lai", "Phúc Lợi"}
# Links where the oracle says otherwise and the quoted resolutions side with us: old codes.
ORACLE_DIFFERS = {
    "00553": "Cổ Bi: resolution names Đặng Xá for Thuận An", "00556": "Đặng Xá: same", "01615": "Hồng Quang: oracle puts it also "
    "where Mỹ Hưng belongs", "01651": "Mỹ Hưng: absent from the oracle", "02482": "Phú Thịnh: absent from the oracle",
    "02485": "Công Đa: oracle puts it also where Phú Thịnh belongs", "09910": "Ngọc Mỹ: resolution names a third part",
    "23053": "Hòa Thắng: resolution gives a part to Hồng Thái",
}
problems = []


def must(ok, text):
    if not ok:
        problems.append(text)


def load(folder, name):
    """Rows of one file as dicts, after checking its form byte by byte."""
    raw = (folder / name).read_bytes()
    text = raw.decode("utf-8")
    must(not text.startswith("\ufeff") and "\r" not in text and text.endswith("\n"), f"{name}: BOM, CR or no final newline")
    must(unicodedata.is_normalized("NFC", text), f"{name}: not NFC")
    must(not re.search(r"\t|  |[’‘`´ʼ\u00a0\u200b-\u200f]", text), f"{name}: tab, double space, odd apostrophe or invisible sign")
    must(text.split("\n")[0] == FILES[name], f"{name}: header")
    rows = list(csv.DictReader(io.StringIO(text)))
    again = io.StringIO()
    w = csv.writer(again, lineterminator="\n")
    w.writerow(FILES[name].split(","))
    w.writerows(r.values() for r in rows)
    must(again.getvalue() == text, f"{name}: not minimally quoted")
    key = [(r.get("code") or r["old_code"], r.get("valid_from") or r.get("new_code") or "") for r in rows]
    must(key == sorted(key) and len(set(key)) == len(key), f"{name}: not sorted or key not unique")
    for r in rows:
        must(all(v == v.strip() for v in r.values()), f"{name}: spaces around a value in {r}")
        for field in ("name", "district_name"):
            must(r.get(field, "x") != "" and not re.match(r"(?i)(xã|thị trấn|đặc khu|tỉnh|thành phố|huyện|quận) ", r.get(field, "")),
                 f"{name}: kind inside the name {r}")
            must(re.fullmatch(r"[\w' -]+", r.get(field, "x")), f"{name}: odd sign in {r}")
    return rows


def on(rows, day):
    return {r["code"]: r for r in rows if r.get("valid_from", "") <= day <= (r["valid_to"] or "9999")}


def check_periods(rows, name):
    by_code = defaultdict(list)
    for r in rows:
        must(not r["valid_to"] or r["valid_from"] <= r["valid_to"], f"{name}: empty period {r}")
        by_code[r["code"]].append(r)
    for group in by_code.values():
        for a, b in zip(group, group[1:]):
            must(a["valid_to"] and a["valid_to"] < b["valid_from"], f"{name}: periods overlap for {a['code']}")


def check_provinces(provinces, links):
    check_periods(provinces, "province")
    before, after, now = on(provinces, LAST_OLD_DAY), on(provinces, REFORM), on(provinces, TODAY)
    must((len(before), len(after), len(now)) == (63, 34, 34), f"provinces {len(before)} {len(after)} {len(now)}")
    count = [sum(r["kind"] == "thành phố" for r in s.values()) for s in (before, after, now)]
    must(count == [6, 6, 9], f"centrally governed cities {count}")
    want = {o: new for new, olds in (p.split(":") for p in MERGED.split()) for o in olds.split(",")}
    must({r["old_code"]: r["new_code"] for r in links} == want and len(links) == 63, "province_link differs from what the resolutions say")
    must(set(want) == set(before) and set(want.values()) == set(after), "province_link: unknown end")
    got = {c: (before[c]["name"], after[c]["name"]) for c in after if before[c]["name"] != after[c]["name"]}
    must(got == SWAPPED, f"codes that changed sides: {got}")
    return want


def check_communes(communes, provinces):
    check_periods(communes, "commune")
    for day, want in ((REFORM, (2621, 687, 13)), (TODAY, (2599, 709, 13))):
        rows, places = on(communes, day), on(provinces, day)
        kinds = Counter(r["kind"] for r in rows.values())
        must(len(rows) == 3321 and tuple(kinds[k] for k in ("xã", "phường", "đặc khu")) == want, f"communes on {day}: {kinds}")
        must(all(r["province"] in places for r in rows.values()), f"commune without province on {day}")
        print(f"communes on {day}: {len(rows)} {dict(kinds)}")
    for r in communes:
        must(re.fullmatch(r"\d{5}", r["code"]) and 7 <= float(r["lat"]) <= 23.5 and 102 <= float(r["lon"]) <= 115.5, f"commune {r}")
        must(re.fullmatch(r"\d+\.\d{4}", r["lat"]) and re.fullmatch(r"\d+\.\d{4}", r["lon"]), f"decimals {r}")
        must(r["area_km2"] == "" or 0.5 < float(r["area_km2"]) < 1200, f"area {r}")
    blank = sorted({r["code"] for r in communes if not r["area_km2"]})
    names = Counter((r["province"], r["kind"], tone_key(r["name"])) for r in on(communes, REFORM).values())
    must(max(names.values()) == 1, "two communes of one kind and name in a province")
    print(f"area unknown: {blank}")


def check_tone(communes, legacy):
    def last_vowel(name):
        flat = unicodedata.normalize("NFD", name.lower())
        return re.search("(?<!q)(?:o[ae]|uy)[\u0300\u0301\u0303\u0309\u0323](?![a-z\u0306\u0302])", flat)

    got = {r["code"] for r in communes if last_vowel(r["name"])}
    must(got == LAST_VOWEL, f"tone placement of current names: {got ^ LAST_VOWEL}")
    must(not [r for r in legacy if last_vowel(r["name"]) or last_vowel(r["district_name"])], "tone placement of old names")


def check_links(links, legacy, communes, lost, province_of_old):
    old, new = {r["code"]: r for r in legacy}, on(communes, REFORM)
    targets, sources = defaultdict(set), defaultdict(set)
    for r in links:
        must(r["old_code"] in old and r["new_code"] in new, f"link end unknown {r}")
        targets[r["old_code"]].add(r["new_code"])
        sources[r["new_code"]].add(r["old_code"])
        must(province_of_old[old[r["old_code"]]["province"]] == new[r["new_code"]]["province"], f"link leaves its province {r}")
    must(all((r["kind"] == "whole") == (len(targets[r["old_code"]]) == 1) for r in links), "whole/part does not match the number of rows")
    unresolved = {r["code"]: r for r in lost}
    must(set(old) - set(targets) == set(unresolved) & set(old), "an old commune neither resolves nor is listed")
    must({c: r["new_code"] for c, r in unresolved.items() if r["reason_code"] == "island_district"} == ISLANDS, "island districts")
    must(set(new) - set(sources) == set(ISLANDS.values()), f"new communes without predecessor: {set(new) - set(sources)}")
    must(set(sources) <= set(old), "a new commune with predecessors has a code that is not an old one")
    split = Counter(len(t) for t in targets.values())
    must(sum(n for k, n in split.items() if k > 1) == 441 and max(split) == 5, f"split communes {split}")
    most = max(sources, key=lambda n: len(sources[n]))
    print(f"links {len(links)}: old communes by number of new ones {dict(sorted(split.items()))}; most parts {len(sources[most])} {new[most]['name']}")
    return targets, sources


def check_legacy(legacy, provinces):
    kinds = Counter(r["kind"] for r in legacy)
    must(len(legacy) == 10035 and set(kinds) == {"xã", "phường", "thị trấn"}, f"legacy {len(legacy)} {kinds}")
    districts = {(r["district"], r["district_name"], r["district_kind"], r["province"]) for r in legacy}
    must(len(districts) == len({d[0] for d in districts}) == 691, f"districts {len(districts)}")
    must({d[2] for d in districts} == {"quận", "huyện", "thị xã", "thành phố"}, "district kinds")
    must({r["province"] for r in legacy} == set(on(provinces, LAST_OLD_DAY)), "legacy provinces")
    must({r["valid_to"] for r in legacy} == {LAST_OLD_DAY}, "legacy valid_to")
    names = Counter((r["district"], r["kind"], tone_key(r["name"])) for r in legacy)
    must(max(names.values()) == 1, "two old communes of one kind and name in a district")
    print(f"old communes {len(legacy)} {dict(kinds)}, districts {len(districts)} + {len(ISLANDS)} without communes")


def check_luc_yen(legacy, communes, targets, sources):
    """The six communes that the former district Lục Yên (Yên Bái) became."""
    parts = [r["code"] for r in legacy if r["district_name"] == "Lục Yên" and r["province"] == "15"]
    codes = {n for o in parts for n in targets[o]}
    new, old = on(communes, TODAY), {r["code"]: r for r in legacy}
    must({new[c]["name"] for c in codes} == LUC_YEN_NAMES and {new[c]["province"] for c in codes} == {"15"}, f"Lục Yên: {codes}")
    for c in sorted(codes):
        olds = [f"{old[o]['kind']} {old[o]['name']} ({o}, {old[o]['district_name']})" for o in sorted(sources[c])]
        print(f"  {c} {new[c]['kind']} {new[c]['name']}: {'; '.join(olds)}")


def check_index(folder):
    lists = tomllib.loads((folder / "index.toml").read_text("utf-8"))["list"]
    must({x["file"] for x in lists} == set(FILES), "index.toml does not list exactly the files")
    for x in lists:
        must(set(x) == {"file", "title", "source", "licence", "valid_from", "confidence", "note"}, f"index.toml {x['file']}")
        must(x["confidence"] in {"text", "secondary", "unverified"}, f"index.toml {x['file']}: confidence")


def check_oracle(path, communes, legacy, targets):
    if path:
        sys.path.insert(0, path)
    try:
        from vietnam_provinces import Ward, __data_version__
        from vietnam_provinces._ward_conversion_2025 import OLD_TO_NEW
        from vietnam_provinces.legacy import Ward as OldWard
    except ImportError as e:
        print(f"oracle not compared ({e})")
        return
    new, now, old = on(communes, REFORM), on(communes, TODAY), {r["code"]: r for r in legacy}
    theirs = {f"{int(w.code.value):05}": w for w in Ward.iter_all()}
    must(set(theirs) == set(new), "oracle: codes differ")
    for c, w in theirs.items():
        kind, name = split_kind(w.name)
        must(tone_key(name) == tone_key(new[c]["name"]), f"oracle: {c} {w.name} / {new[c]['name']}")
        must(kind in (new[c]["kind"], now[c]["kind"]) and f"{int(w.province_code.value):02}" == new[c]["province"], f"oracle: kind or province of {c}")
    mine = {f"{o:05}": {f"{w.code:05}" for w in e.new_wards} for o, e in OLD_TO_NEW.items()}
    differ = {o for o in old if targets[o] != mine.get(o, set())}
    must(differ == set(ORACLE_DIFFERS) and set(mine) <= set(old), f"oracle: links differ for {sorted(differ ^ set(ORACLE_DIFFERS))}")
    old_names = {f"{int(w.code.value):05}": split_kind(w.name)[1] for w in OldWard.iter_all()}
    spelling = sum(tone_key(old_names[c]) != tone_key(r["name"]) for c, r in old.items() if c in old_names)
    print(f"oracle of {__data_version__}: {len(theirs)} codes and names equal; links equal for {len(old) - len(differ)} of {len(old)} old "
          f"communes, known differences {len(differ)}; {spelling} old names spelt otherwise, {len(set(old) - set(old_names))} of ours not there")


def main():
    args = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    args.add_argument("--lists", default=str(Path(__file__).resolve().parent.parent.parent / "definitions" / "lists"))
    args.add_argument("--oracle", help="folder that contains the package vietnam_provinces")
    opt = args.parse_args()
    folder = Path(opt.lists)
    provinces, plinks, communes, legacy, links, lost = (load(folder, name) for name in FILES)
    province_of_old = check_provinces(provinces, plinks)
    check_communes(communes, provinces)
    check_legacy(legacy, provinces)
    check_tone(communes, legacy)
    targets, sources = check_links(links, legacy, communes, lost, province_of_old)
    check_luc_yen(legacy, communes, targets, sources)
    check_index(folder)
    check_oracle(opt.oracle, communes, legacy, targets)
    print("\n".join(problems) if problems else "all checks passed")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
