#!/usr/bin/env python3
"""Checks examples/demo: form (NFC, duplicates, weights, spelling), rates consistency, namesakes.
Run: python3 tools/check_demo.py  (standard library only, Python >= 3.11). Exit 1 on any error."""
import collections, csv, itertools, pathlib, random, re, sys, tomllib, unicodedata
D = pathlib.Path(__file__).resolve().parent.parent.parent / "examples" / "demo"
err = []
def bad(*a): err.append(" ".join(map(str, a)))
def load(f):
    raw = (D / f).read_bytes(); t = raw.decode("utf-8")
    if t != unicodedata.normalize("NFC", t): bad(f, "not NFC")
    if "\r" in t or "\ufeff" in t or "\u00a0" in t or not t.endswith("\n"): bad(f, "CR, BOM, NBSP or no final newline")
    return list(csv.DictReader(t.splitlines()))
fam, mid, giv = load("family_names.csv"), load("middle_names.csv"), load("given_names.csv")
vil, occ, pla = load("villages.csv"), load("occupations.csv"), load("places.csv")
for f in ("rates.toml", "README.md"):
    if not (D / f).exists(): bad(f, "missing")
    elif (t := (D / f).read_text("utf-8")) != unicodedata.normalize("NFC", t): bad(f, "not NFC")
R = tomllib.loads((D / "rates.toml").read_text("utf-8"))

# ---- form
def uniq(name, rows, *k):
    for x, n in collections.Counter(tuple(r[c] for c in k) for r in rows).items():
        if n > 1: bad(name, "duplicate", x)
uniq("family", fam, "ethnicity", "name"); uniq("middle", mid, "ethnicity", "sex", "name", "from_year")
uniq("given", giv, "ethnicity", "sex", "name", "from_year"); uniq("villages", vil, "commune", "village")
uniq("occupations", occ, "code", "name", "from_age"); uniq("places", pla, "province", "commune")
for n, rows in (("family", fam), ("middle", mid), ("given", giv), ("villages", vil), ("occ", occ), ("places", pla)):
    for r in rows:
        if not re.fullmatch(r"[1-9][0-9]*", r["weight"]): bad(n, "weight", r)
        for v in r.values():
            if v is None or v != v.strip() or "  " in v: bad(n, "blank or missing field", r)
for n, rows in (("middle", mid), ("given", giv)):
    by = collections.defaultdict(list)
    for r in rows:
        a, b = int(r["from_year"] or 1900), int(r["to_year"] or 2100)
        if a > b: bad(n, "years", r)
        by[r["ethnicity"], r["sex"], r["name"]].append((a, b))
    for k, v in by.items():
        v.sort()
        for (a, b), (c, d) in zip(v, v[1:]):
            if c <= b: bad(n, "overlapping years", k, v)

# ---- Vietnamese spelling, one syllable
TONE = {"\u0300": "huyền", "\u0309": "hỏi", "\u0303": "ngã", "\u0301": "sắc", "\u0323": "nặng"}
ONSET = ["ngh", "ng", "nh", "gh", "gi", "kh", "ph", "th", "tr", "ch", "qu"] + list("bcdđghklmnprstvx") + [""]
RIME = set("a ai ao au ay an am ang anh ach ac at ap ă ăn ăm ăng ăc ăt ăp âu ây ân âm âng âc ât âp e en em eng eo ec et ep ê ên êm ênh êu êch êt êp "
 "i in im inh iu ich it ip ia iên iêm iêng iêu iêt iêp iêc o oi on om ong oc ot op oong ô ôi ôn ôm ông ôc ôt ôp ơ ơi ơn ơm ơt ơp u ui un um ung uc ut up ua uôn uôm uông uôi uôc uôt "
 "ư ưi ưu ưn ưng ưc ưt ưa ươn ươm ương ươi ươu ươc ươt ươp y yên yêu yêm yêt ynh yt oa oai oan oang oanh oay oao oăn oăng oac oat oach oen oe oeo uê uênh uây uân uâng uât uy uyên uyêt uyn uynh uych uyt uyu uơ".split())
def syllable(s):
    d = unicodedata.normalize("NFD", s.lower()); tones = [c for c in d if c in TONE]
    if len(tones) > 1: return "two tones"
    base = unicodedata.normalize("NFC", "".join(c for c in d if c not in TONE))
    for o in ONSET:
        if base.startswith(o):
            r = base[len(o):]
            if o == "gi" and r == "": r = "i"
            if o == "gi" and r in RIME or o != "gi" and r in RIME:
                break
    else: return "rime"
    if o in ("k", "gh", "ngh") and r[0] not in "iêey": return "k/gh/ngh"
    if o in ("c", "g", "ng") and r[0] in "iêe" : return "c/g/ng"
    if re.search(r"(c|ch|t|p)$", r) and (not tones or TONE[tones[0]] not in ("sắc", "nặng")): return "stop without sắc/nặng"
    if tones:                                           # place of the mark
        vowels = [c for c in unicodedata.normalize("NFC", s.lower())]
        pos = next(i for i, c in enumerate(vowels) if any(x in TONE for x in unicodedata.normalize("NFD", c)))
        i = pos - len(o)
        if o == "gi" and r == "i": i = pos - 1
        nucleus = re.sub(r"(ng|nh|ch|n|m|c|t|p)$", "", r); closed = nucleus != r
        if len(nucleus) == 1: want = {0}
        elif re.fullmatch(r"iê|yê|uô|ươ|uâ|oă|oo", nucleus) : want = {1}
        elif nucleus == "uyê": want = {2}
        elif nucleus in ("ia", "ua", "ưa"): want = {0} if o != "qu" else {0}
        elif nucleus in ("oa", "oe", "uy", "uê", "uơ"): want = {1} if closed or nucleus in ("uê", "uơ") else {0, 1}
        elif len(nucleus) == 3: want = {1}
        else: want = {0}
        if i not in want: return f"tone place {i} {want} {nucleus}"
    return ""
for n, rows, col in (("family", fam, "name"), ("middle", mid, "name"), ("given", giv, "name"), ("villages", vil, "village")):
    for r in rows:
        for tok in r[col].split():
            if tok.isdigit() or (col == "village" and tok == "số"): continue
            if not tok[0].isupper() or not tok[1:].islower() and len(tok) > 1: bad(n, "case", tok)
            e = syllable(tok)
            if e: bad(n, "spelling", tok, e)

# ---- villages
E = {r["ethnicity"] for r in fam}
tot = collections.Counter(); W = {c: v["weight"] for c, v in R["communes"].items()}
mixes = []
for r in vil:
    m = {a: int(b) for a, b in (x.split(":") for x in r["ethnic_mix"].split())}
    if sum(m.values()) != 100 or not set(m) <= E or r["kind"] not in ("thôn", "bản", "tổ dân phố"): bad("village", r)
    mixes.append(m)
nv = collections.Counter(r["commune"] for r in vil)
if set(nv) != set(W): bad("communes", set(nv) ^ set(W))
if not all(9 <= x <= 16 for x in nv.values()): bad("village count", nv)
cw = collections.Counter()
for r in vil: cw[r["commune"]] += int(r["weight"])
for r, m in zip(vil, mixes):
    for e, p in m.items(): tot[e] += W[r["commune"]] / sum(W.values()) * int(r["weight"]) / cw[r["commune"]] * p / 100
# ---- occupations cover every age
for a in range(0, 111):
    if not any(int(r["from_age"]) <= a <= int(r["to_age"]) for r in occ): bad("no occupation at", a)

# ---- rates
def close(what, x, y, tol):
    if abs(x - y) > tol: bad(what, round(x, 4), "expected", y)
P = R["population"]; pop = sum(P["male"]) + sum(P["female"]); close("pyramid", pop, 1000, 0.01)
close("single years", sum(P["single_year_0_4"]), 1, 1e-9)
men = sum(P["male"]); under15 = sum(P["male"][:3] + P["female"][:3]); over60 = sum(P["male"][12:] + P["female"][12:])
B = R["births"]; iw = P["age_from"].index(15)
births = sum(f * a / 1000 for f, a in zip(P["female"][iw:iw + 7], B["asfr"])); close("births", births, 17.5, 0.15)
tfr = 5 * sum(B["asfr"]) / 1000
Dt = R["deaths"]; deaths = births * Dt["infant_per_1000_live_births"] / 1000
for s in ("male", "female"):
    p = dict(zip(P["age_from"], P[s]))
    for a, m in zip(Dt["age_from"], Dt[s]): deaths += (p[0] * 0.808 if a == 1 else p[a]) * m / 1000
srb = B["sex_ratio_boys_per_100_girls"]
close("IMR", (srb * Dt["infant_male"] + 100 * Dt["infant_female"]) / (srb + 100), Dt["infant_per_1000_live_births"], 0.05)
def e0(s):                                              # life expectancy at birth implied by the rates
    q0 = Dt["infant_" + s] / 1000; l, e = 1 - q0, 1 - 0.9 * q0
    for i, m in enumerate(Dt[s]):
        a = Dt["age_from"][i]; n = 4 if a == 1 else 5; m /= 1000
        if a == 90: e += l / m; break
        q = n * m / (1 + n / 2 * m); e += n * l * (1 - q / 2); l *= 1 - q
    return e
def mean(t): return sum(tot[e] * t[e] for e in tot)
third, fac = mean(B["third_or_higher_share"]), mean(B["place"]["facility"])
def walk(o, p=""):
    if isinstance(o, dict):
        n = [v for v in o.values() if isinstance(v, (int, float))]
        if len(n) == len(o) and len(n) > 1 and re.search(r"_split|reason|cause_|place$|water$|latrine$|size_share|_age$|method_share|age_share|first_visit|visits_total|early_days|groups", p) and not re.search(r"deaths$|births.place$", p):
            close("sum of " + p, sum(n), 1, 0.002)
        for k, v in o.items(): walk(v, p + "." + k)
    elif isinstance(o, list):
        for i, v in enumerate(o): walk(v, f"{p}[{i}]")
walk(R)
H = R["households"]["size_share"]; hh = sum(int(k) * v for k, v in H.items())
fx = B["place"]["facility_split"]; st = fx["commune_station"]
h0 = R["vaccination"]["hepb0"]["within_24h"]; hb = fac * ((1 - st) * h0["hospital"] + st * h0["commune_station"]) + (1 - fac) * h0["home"]
prev = {}
for d in R["vaccination"]["dose"]:
    c = [d["within_7"], d["within_30"], d["within_90"], d["ever"]]
    if c != sorted(c) or not 0 < c[0] or c[3] > 1: bad("dose", d)
    if d["dose"] > 1 and d["ever"] > prev[d["series"]]: bad("dose order", d)
    prev[d["series"]] = d["ever"]
ages = [(a, n) for a, n in zip(P["age_from"], map(sum, zip(P["male"], P["female"])))]
def in_band(lo, hi): return sum(n * max(0, min(hi, a + 4) - max(lo, a) + 1) / 5 for a, n in ages)
cov = cards = 0; grp = collections.Counter()
for b in R["insurance"]["band"]:
    n = in_band(b["age"][0], min(b["age"][1], 94)) * b["coverage"]; cov += n
    for g, s in b["groups"].items(): grp[g] += n * s
close("seasonality", sum(R["visits"]["seasonality_by_month"]) / 12, 1, 0.005)
close("insurance", cov / 1000, R["insurance"]["coverage_target"], 0.004)

# ---- simulate names
def simulate(n, seed, commune=None):
    g = random.Random(seed); cache = {}
    def pick(rows, e, s, y):
        k = (id(rows), e, s, y)
        if k not in cache:
            c = [r for r in rows if r["ethnicity"] in (e, "*") and r["sex"] == s and int(r["from_year"] or 0) <= y <= int(r["to_year"] or 9999)]
            cache[k] = ([r["name"] for r in c], list(itertools.accumulate(int(r["weight"]) for r in c)))
        return g.choices(cache[k][0], cum_weights=cache[k][1])[0]
    F = {e: ([r["name"] for r in fam if r["ethnicity"] == e], [int(r["weight"]) for r in fam if r["ethnicity"] == e]) for e in E}
    vs = [(r, m) for r, m in zip(vil, mixes) if commune in (None, r["commune"])]
    vw = [W[r["commune"]] / cw[r["commune"]] * int(r["weight"]) for r, _ in vs]
    cells = [(a, s) for a in P["age_from"] for s in "mf"]; cwt = [x for a in zip(P["male"], P["female"]) for x in a]
    out = []
    for _ in range(n):
        r, m = g.choices(vs, vw)[0]; e = g.choices(list(m), m.values())[0]; a, s = g.choices(cells, cwt)[0]
        y = 2025 - a - g.randrange(5); f = g.choices(*F[e])[0]
        while True:
            gv = pick(giv, e, s, y); nm = R["names"]["no_middle_before_1970" if y < 1970 else "no_middle"]
            skip = g.random() < (R["names"]["two_token_given_without_middle"] if " " in gv else nm)
            t = [f] + ([] if skip else pick(mid, e, s, y).split()) + gv.split()
            if len(set(t)) == len(t): break
        out.append((" ".join(t), s, y, r["village"], e))
    return out
def fold(s):
    s = unicodedata.normalize("NFD", s.lower()); return "".join(c for c in s if not unicodedata.combining(c)).replace("đ", "d")
def namesakes(out, label):
    c = collections.Counter(o[0] for o in out); f = collections.Counter(fold(o[0]) for o in out)
    ppl = sum(v for v in c.values() if v > 1) / len(out); dist = sum(v > 1 for v in c.values()) / len(c)
    fp = sum(v for v in f.values() if v > 1) / len(out)
    ny = collections.Counter((o[0], o[2]) for o in out); nyp = sum(v for v in ny.values() if v > 1) / len(out)
    print(f"{label}: people {len(out)}, distinct names {len(c)}, people with a namesake {ppl:.1%} (folded {fp:.1%}), distinct names shared {dist:.1%}, same name and year {nyp:.1%}, largest {c.most_common(6)}")
    return ppl, c
res = [namesakes(simulate(12000, s), f"6 communes, seed {s}")[0] for s in (7, 8, 9)]
for c in W: namesakes(simulate(12000, 7, c), c)
if min(res) < 0.25 or max(res) > 0.80: bad("namesakes", res)

if __name__ == "__main__":
    if "-v" in sys.argv:
        g = simulate(12000, 7)
        for e in sorted(E): print(e, "; ".join(f"{o[0]} ({o[1]}{o[2]})" for o in [x for x in g if x[4] == e][:22]))
        for lo, hi in ((1925, 1959), (1960, 1979), (1980, 1999), (2000, 2014), (2015, 2026)):
            x = [o for o in g if lo <= o[2] <= hi]
            sh = lambda s, t: sum(t in o[0].split()[1:2] for o in x if o[1] == s) / max(1, sum(o[1] == s for o in x))
            print(lo, hi, f"Thị {sh('f','Thị'):.0%} Văn {sh('m','Văn'):.0%}", collections.Counter(o[0].split()[-1] for o in x if o[1] == "f").most_common(6), collections.Counter(o[0].split()[-1] for o in x if o[1] == "m").most_common(6), f"tokens {collections.Counter(len(o[0].split()) for o in x)}")
    gn = {s: len({r["name"] for r in giv if r["sex"] == s}) for s in "mf"}; ga = {s: len({r["name"] for r in giv if r["sex"] == s and r["ethnicity"] == "*"}) for s in "mf"}
    print("rows: family", len(fam), "middle", len(mid), "given", len(giv), "villages", len(vil), dict(nv), "occupations", len(occ), "places", len(pla))
    print("given names, distinct:", gn, "of all ethnicities:", ga, "two-token:", len({r['name'] for r in giv if ' ' in r['name']}))
    print("ethnic mix:", {e: round(p, 3) for e, p in tot.most_common()})
    print(f"pyramid: men {men/10:.1f} %, < 15 {under15/10:.1f} %, >= 60 {over60/10:.1f} %; births {births:.2f}, deaths {deaths:.2f} per 1,000, TFR {tfr:.2f}, e0 men {e0('male'):.1f} women {e0('female'):.1f}; third+ {third:.3f}; facility {fac:.3f}; HepB 24 h {hb:.3f}; household {hh:.2f}; insured {cov/1000:.3f}")
    print("cards:", {g: round(n / cov, 3) for g, n in grp.most_common()})
    print(*err, sep="\n"); print("errors:", len(err)); sys.exit(bool(err))
