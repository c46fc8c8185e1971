//! The numbers of every shipped indicator as somebody good at SQL would ask for them by hand: one reading
//! of a table for all that is counted in it, by area. What the program counts must be the same.

use crate::error::Result;
use crate::sql::{Row, Sql, Val};
use crate::vals;
use std::collections::BTreeMap;
use tram_domain::indicator::Days;
use tram_kernel::day::{add_days, add_months, latest_birth};
use tram_kernel::{Date, Share};

crate::statements! {
    RESIDENTS = "SELECT x.area, count(*),
        count(*) FILTER (WHERE x.born > ?2), count(*) FILTER (WHERE x.born > ?3),
        count(*) FILTER (WHERE x.born > ?4), count(*) FILTER (WHERE x.born > ?5),
        count(*) FILTER (WHERE x.sex = 'f' AND x.born <= ?5 AND x.born > ?6),
        count(*) FILTER (WHERE x.born <= ?7), count(*) FILTER (WHERE x.born <= ?8),
        count(*) FILTER (WHERE x.insured), count(*) FILTER (WHERE x.born > ?4 AND x.insured),
        count(*) FILTER (WHERE x.born <= ?7 AND x.insured),
        count(*) FILTER (WHERE x.identified),
        count(*) FILTER (WHERE x.identified AND EXISTS (SELECT 1 FROM identifier i
            WHERE i.person = x.person AND i.kind = 'citizen'
            AND (i.from_on IS NULL OR i.from_on <= ?1) AND (i.to_on IS NULL OR i.to_on >= ?1)
            AND NOT EXISTS (SELECT 1 FROM identifier j WHERE j.value = i.value
                AND j.kind = 'citizen' AND j.person <> i.person
                AND (j.from_on IS NULL OR j.from_on <= ?1)
                AND (j.to_on IS NULL OR j.to_on >= ?1)))),
        count(*) FILTER (WHERE EXISTS (SELECT 1 FROM contact c WHERE c.person = x.person
            AND c.seen_on > ?9 AND c.seen_on <= ?1)),
        count(*) FILTER (WHERE EXISTS (SELECT 1 FROM contact c WHERE c.person = x.person
            AND c.seen_on > ?10 AND c.seen_on <= ?1))
        FROM (SELECT r.area, r.person, r.sex, r.born,
                EXISTS (SELECT 1 FROM identifier i WHERE i.person = r.person
                    AND i.kind IN ('insurance_card', 'social_insurance')
                    AND (i.from_on IS NULL OR i.from_on <= ?1)
                    AND (i.to_on IS NULL OR i.to_on >= ?1)) AS insured,
                EXISTS (SELECT 1 FROM identifier i WHERE i.person = r.person
                    AND i.kind = 'citizen' AND (i.from_on IS NULL OR i.from_on <= ?1)
                    AND (i.to_on IS NULL OR i.to_on >= ?1)) AS identified
            FROM residence r
            WHERE r.counted = 1 AND r.from_on <= ?1 AND (r.to_on IS NULL OR r.to_on > ?1)
            AND (r.died_on IS NULL OR r.died_on > ?1)) x
        GROUP BY x.area";
    MIDDLE = "SELECT x.area, count(*) FROM residence x
        WHERE x.counted = 1 AND x.from_on <= ?1 AND (x.to_on IS NULL OR x.to_on > ?1)
        AND (x.died_on IS NULL OR x.died_on > ?1) GROUP BY x.area";
    IMMUNISED = "SELECT x.area, count(*) FROM milestone m JOIN residence x ON x.person = m.person
        WHERE m.code = 'fully_immunised' AND m.on_day BETWEEN ?2 AND ?1 AND m.age_months < 12
        AND x.counted = 1 AND x.from_on <= ?1 AND (x.to_on IS NULL OR x.to_on > ?1)
        AND (x.died_on IS NULL OR x.died_on > ?1) GROUP BY x.area";
    ONE_YEAR = "SELECT x.area, count(*), count(*) FILTER (WHERE EXISTS (
            SELECT 1 FROM milestone m WHERE m.person = x.person AND m.code = 'fully_immunised'
            AND m.age_months < 12)),
        count(*) FILTER (WHERE bcg < 12), count(*) FILTER (WHERE bcg < 1),
        count(*) FILTER (WHERE dpt1 < 12), count(*) FILTER (WHERE dpt1 < 3),
        count(*) FILTER (WHERE dpt3 < 12),
        count(*) FILTER (WHERE dpt1 < 12 AND (dpt3 IS NULL OR dpt3 >= 12)),
        count(*) FILTER (WHERE opv3 < 12), count(*) FILTER (WHERE ipv1 < 12),
        count(*) FILTER (WHERE measles < 12), count(*) FILTER (WHERE rota2 < 12)
        FROM (SELECT x.area, x.person,
                min(CASE WHEN d.series = 'BCG' AND d.number = 1 THEN d.age_months END) AS bcg,
                min(CASE WHEN d.series = 'DPT_HB_HIB' AND d.number = 1
                    THEN d.age_months END) AS dpt1,
                min(CASE WHEN d.series = 'DPT_HB_HIB' AND d.number = 3
                    THEN d.age_months END) AS dpt3,
                min(CASE WHEN d.series = 'OPV' AND d.number = 3 THEN d.age_months END) AS opv3,
                min(CASE WHEN d.series = 'IPV' AND d.number = 1 THEN d.age_months END) AS ipv1,
                min(CASE WHEN d.series = 'MEASLES' AND d.number = 1
                    THEN d.age_months END) AS measles,
                min(CASE WHEN d.series = 'ROTA' AND d.number = 2 THEN d.age_months END) AS rota2
            FROM residence x LEFT JOIN dose d ON d.person = x.person
            WHERE x.counted = 1 AND x.from_on <= ?1 AND (x.to_on IS NULL OR x.to_on > ?1)
            AND (x.died_on IS NULL OR x.died_on > ?1) AND x.born > ?2 AND x.born <= ?3
            GROUP BY x.area, x.person) x
        GROUP BY x.area";
    TWO_YEARS = "SELECT x.area, count(*), count(*) FILTER (WHERE ipv2 < 24),
        count(*) FILTER (WHERE mr < 24), count(*) FILTER (WHERE dpt4 < 24),
        count(*) FILTER (WHERE je2 < 24)
        FROM (SELECT x.area, x.person,
                min(CASE WHEN d.series = 'IPV' AND d.number = 2 THEN d.age_months END) AS ipv2,
                min(CASE WHEN d.series = 'MR' AND d.number = 1 THEN d.age_months END) AS mr,
                min(CASE WHEN d.series = 'DPT4' AND d.number = 1 THEN d.age_months END) AS dpt4,
                min(CASE WHEN d.series = 'JE' AND d.number = 2 THEN d.age_months END) AS je2
            FROM residence x LEFT JOIN dose d ON d.person = x.person
            WHERE x.counted = 1 AND x.from_on <= ?1 AND (x.to_on IS NULL OR x.to_on > ?1)
            AND (x.died_on IS NULL OR x.died_on > ?1) AND x.born > ?2 AND x.born <= ?3
            GROUP BY x.area, x.person) x
        GROUP BY x.area";
    BIRTHS = "SELECT b.area, count(*), count(*) FILTER (WHERE b.alive = 1),
        count(*) FILTER (WHERE b.alive = 0), count(*) FILTER (WHERE b.alive = 1 AND b.sex = 'm'),
        count(*) FILTER (WHERE b.alive = 1 AND b.sex = 'f'),
        count(*) FILTER (WHERE b.alive = 1 AND b.birth_order >= 3),
        count(*) FILTER (WHERE b.place IS NOT NULL),
        count(*) FILTER (WHERE b.place IN ('hospital', 'station')),
        count(*) FILTER (WHERE b.place IN ('hospital', 'station', 'home_attended')),
        count(*) FILTER (WHERE b.alive = 1 AND b.grams IS NOT NULL),
        count(*) FILTER (WHERE b.alive = 1 AND b.grams < 2500),
        count(*) FILTER (WHERE b.alive = 1 AND EXISTS (SELECT 1 FROM milestone m
            WHERE m.person = b.person AND m.code = 'hepb0_24h'))
        FROM birth b WHERE b.born_on BETWEEN ?1 AND ?2 GROUP BY b.area";
    DEATHS = "SELECT d.area, count(*), count(*) FILTER (WHERE d.age_months < 12),
        count(*) FILTER (WHERE d.age_days < 28), count(*) FILTER (WHERE d.age_months < 60),
        count(*) FILTER (WHERE d.age_days < 7)
        FROM death d WHERE d.died_on BETWEEN ?1 AND ?2 GROUP BY d.area";
    DELIVERIES = "SELECT d.area, count(*), count(*) FILTER (WHERE d.tetanus = 1),
        count(*) FILTER (WHERE d.age_months < 240), count(*) FILTER (WHERE d.age_months < 216)
        FROM delivery d WHERE d.on_day BETWEEN ?1 AND ?2 GROUP BY d.area";
    ARRIVALS = "SELECT x.area, count(*) FROM residence x JOIN area a ON a.area = x.area
        WHERE x.counted = 1 AND x.moved = 1 AND x.from_on BETWEEN ?1 AND ?2
        AND NOT EXISTS (SELECT 1 FROM residence y JOIN area b ON b.area = y.area
            WHERE y.person = x.person AND y.n <> x.n AND y.to_on = x.from_on
            AND b.commune = a.commune)
        GROUP BY x.area";
    DEPARTURES = "SELECT x.area, count(*) FROM residence x JOIN area a ON a.area = x.area
        WHERE x.counted = 1 AND x.to_on BETWEEN ?1 AND ?2
        AND (x.died_on IS NULL OR x.died_on >= x.to_on)
        AND NOT EXISTS (SELECT 1 FROM residence y JOIN area b ON b.area = y.area
            WHERE y.person = x.person AND y.n <> x.n AND y.from_on = x.to_on
            AND b.commune = a.commune)
        GROUP BY x.area";
    HOMES = "SELECT h.area, count(*), count(*) FILTER (WHERE s.poverty = 'poor'),
        count(*) FILTER (WHERE s.poverty = 'near_poor')
        FROM (SELECT DISTINCT x.area, m.household FROM residence x
            JOIN membership m ON m.person = x.person AND m.from_on <= ?1
                AND (m.to_on IS NULL OR m.to_on > ?1)
            WHERE x.counted = 1 AND x.from_on <= ?1 AND (x.to_on IS NULL OR x.to_on > ?1)
            AND (x.died_on IS NULL OR x.died_on > ?1)) h
        LEFT JOIN household_standing s ON s.household = h.household
            AND (s.from_on IS NULL OR s.from_on <= ?1) AND (s.to_on IS NULL OR s.to_on > ?1)
        GROUP BY h.area";
    FORGET = "DELETE FROM cell";
}

/// A statement, its values, and what its columns after the area are called.
type Asked = (&'static str, Vec<Val>, &'static [&'static str]);

/// Numbers by area key, for one column.
type Column = BTreeMap<i64, i64>;

/// Indicator, numerator, what is taken off it, denominator: names of columns, empty for none.
const NUMBERS: [(&str, &str, &str, &str); 58] = [
    ("TRE_DUOI_5", "under_5", "", ""),
    ("TRE_DUOI_15", "under_15", "", ""),
    ("PN_15_49", "women", "", ""),
    ("NCT_60", "from_60", "", ""),
    ("NCT_80", "from_80", "", ""),
    ("TL_NCT", "from_60", "", "all"),
    ("TC_BCG", "bcg", "", "one"),
    ("BCG_1T", "bcg_soon", "", "one"),
    ("TC_DPT1", "dpt1", "", "one"),
    ("DPT1_3T", "dpt1_soon", "", "one"),
    ("TC_DPT3", "dpt3", "", "one"),
    ("BO_DPT", "dpt_left", "", "dpt1"),
    ("TC_OPV3", "opv3", "", "one"),
    ("TC_IPV1", "ipv1", "", "one"),
    ("TC_IPV2", "ipv2", "", "two"),
    ("TC_SOI", "measles", "", "one"),
    ("TC_ROTA2", "rota2", "", "one"),
    ("TC_MR", "mr", "", "two"),
    ("TC_DPT4", "dpt4", "", "two"),
    ("TC_VNNB2", "je2", "", "two"),
    ("SO_HO", "homes", "", ""),
    ("HO_NGHEO", "poor", "", "homes"),
    ("HO_CAN_NGHEO", "near_poor", "", "homes"),
    ("TCDD", "immunised", "", "under_1"),
    ("TCDD_1T", "one_full", "", "one"),
    ("VGB24", "hepb", "", "alive"),
    ("CHUYEN_DEN", "came", "", ""),
    ("CHUYEN_DI", "left", "", ""),
    ("DI_CU_THUAN", "came", "left", "middle"),
    ("DE_CSYT", "facility", "", "placed"),
    ("DE_NVYT", "attended", "", "placed"),
    ("CAN_SS", "weighed", "", "alive"),
    ("NHE2500", "light", "", "weighed"),
    ("DAN_SO", "all", "", ""),
    ("DS_QLSK", "seen_24", "", "all"),
    ("HSSK_DT", "unique", "", "all"),
    ("BHYT", "insured", "", "all"),
    ("DDCN", "identified", "", "all"),
    ("HS_12T", "seen_12", "", "all"),
    ("BHYT_TE6", "insured_child", "", "under_6"),
    ("BHYT_NCT", "insured_old", "", "from_60"),
    ("TRE_DUOI_1", "under_1", "", ""),
    ("SO_SINH", "alive", "", ""),
    ("CBR", "alive", "", "middle"),
    ("CDR", "dead", "", "middle"),
    ("RNI", "alive", "dead", "middle"),
    ("IMR", "dead_1", "", "alive"),
    ("NMR", "dead_28", "", "alive"),
    ("U5MR", "dead_5", "", "alive"),
    ("SRB", "boys", "", "girls"),
    ("SINH3", "third", "", "alive"),
    ("SO_CHET", "dead", "", ""),
    ("ENMR", "dead_7", "", "alive"),
    ("CHET_THAI", "still", "", "births"),
    ("SO_DE", "delivered", "", ""),
    ("UV2", "protected", "", "delivered"),
    ("DE_VTN", "young", "", "delivered"),
    ("DE_DUOI18", "minor", "", "delivered"),
];

fn asked(days: &Days) -> Vec<Asked> {
    let (start, end) = (days.start, days.end);
    let years = |n| latest_birth(end, n * 12);
    let people = vals![
        end,
        years(1),
        years(5),
        years(6),
        years(15),
        years(50),
        years(60),
        years(80),
        add_months(end, -24),
        add_months(end, -12),
    ];
    let reached = |months| -> Vec<Val> {
        let birth = |day: Date| latest_birth(day, months);
        vals![end, birth(add_days(start, -1)), birth(end)].into()
    };
    vec![
        (
            RESIDENTS,
            people.into(),
            &[
                "all",
                "under_1",
                "under_5",
                "under_6",
                "under_15",
                "women",
                "from_60",
                "from_80",
                "insured",
                "insured_child",
                "insured_old",
                "identified",
                "unique",
                "seen_24",
                "seen_12",
            ],
        ),
        (MIDDLE, vals![days.middle].into(), &["middle"]),
        (IMMUNISED, vals![end, days.year_start].into(), &["immunised"]),
        (
            ONE_YEAR,
            reached(12),
            &[
                "one",
                "one_full",
                "bcg",
                "bcg_soon",
                "dpt1",
                "dpt1_soon",
                "dpt3",
                "dpt_left",
                "opv3",
                "ipv1",
                "measles",
                "rota2",
            ],
        ),
        (TWO_YEARS, reached(24), &["two", "ipv2", "mr", "dpt4", "je2"]),
        (
            BIRTHS,
            vals![start, end].into(),
            &[
                "births", "alive", "still", "boys", "girls", "third", "placed", "facility",
                "attended", "weighed", "light", "hepb",
            ],
        ),
        (DEATHS, vals![start, end].into(), &["dead", "dead_1", "dead_28", "dead_5", "dead_7"]),
        (DELIVERIES, vals![start, end].into(), &["delivered", "protected", "young", "minor"]),
        (ARRIVALS, vals![start, end].into(), &["came"]),
        (DEPARTURES, vals![start, end].into(), &["left"]),
        (HOMES, vals![end].into(), &["homes", "poor", "near_poor"]),
    ]
}

/// Counts every indicator of the list over everybody: code → area → its two numbers.
pub fn by_hand(
    sql: &mut dyn Sql,
    days: &Days,
) -> Result<BTreeMap<&'static str, BTreeMap<i64, Share>>> {
    let mut columns: BTreeMap<&str, Column> = BTreeMap::new();
    for (text, values, names) in asked(days) {
        sql.each(text, &values, &mut |mut row: Row| {
            let area = row.int()?;
            for name in names {
                columns.entry(name).or_default().insert(area, row.int()?);
            }
            Ok(())
        })?;
    }
    let none = Column::new();
    let column = |name: &str| columns.get(name).unwrap_or(&none);
    let mut numbers = BTreeMap::new();
    for (code, above, off, below) in NUMBERS {
        let of: &mut BTreeMap<i64, Share> = numbers.entry(code).or_default();
        for (name, above, below) in [(above, 1, 0), (off, -1, 0), (below, 0, 1)] {
            for (area, n) in column(name) {
                let share = of.entry(*area).or_default();
                *share = share.plus(Share::new(above * n, below * n));
            }
        }
    }
    Ok(numbers)
}

/// Codes of the indicators that are written by hand.
pub fn known() -> impl Iterator<Item = &'static str> {
    NUMBERS.into_iter().map(|(code, ..)| code)
}

/// Forgets every kept number: the next question counts all of them.
pub fn forget_cells(sql: &mut dyn Sql) -> Result<()> {
    sql.exec(FORGET, &[])?;
    Ok(())
}
