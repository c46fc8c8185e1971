//! Random populations: villages, homes and people with busy lives, equal for equal seeds.

use std::sync::OnceLock;
use tram_defs::Definitions;
use tram_defs::form::Kind;
use tram_domain::fact::{
    Answer, AreaEntrusted, AreaRegistered, BirthRecorded, Body, DeathRecorded, DoseGiven, Draft,
    DueDateBasis, Fact, FactRetracted, FormRecorded, HouseholdAmended, HouseholdChange,
    HouseholdJoined, HouseholdLeft, HouseholdRegistered, IdentifierEnded, IdentifierRecorded,
    PersonAmended, PersonChange, PersonRegistered, PregnancyEnded, PregnancyNoted,
    PregnancyOutcome, ProgrammeEnrolled, ProgrammeLeft, RecordConfirmed, ResidenceEnded,
    ResidenceKind, ResidenceStarted, StillbirthRecorded, UnitKind, UnitRegistered, Value,
};
use tram_kernel::day::add_days;
use tram_kernel::identifier::{Identifier, IdentifierKind};
use tram_kernel::{
    AreaId, BirthDate, CommuneCode, Date, HouseholdId, Moment, PersonId, Precision, Sex, Shard,
    UnitId,
};
use tram_store::trial::shipped;
use tram_store::{Db, StoreError};

/// A small generator of its own (xorshift*), so that a seed means the same population for ever.
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 16
    }

    pub fn below(&mut self, n: u64) -> u64 {
        self.next() % n
    }

    pub fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    pub fn day(&mut self, from: Date, days: u64) -> Date {
        add_days(from, self.below(days) as i32)
    }

    pub fn pick<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len() as u64) as usize]
    }
}

pub fn day(text: &str) -> Date {
    text.parse().expect("a date")
}

pub fn shard() -> Shard {
    "04303".parse().expect("a code")
}

pub fn now() -> Moment {
    Moment::at(day("2026-03-31"), 480)
}

pub fn draft(facts: Vec<Fact>) -> Draft {
    Draft {
        action: "test",
        user: None,
        role: None,
        unit: None,
        recorded_at: now(),
        reason: None,
        acknowledged: vec![],
        facts,
    }
}

/// One population: a station with three villages and up to twelve people with busy lives.
pub struct Population {
    pub unit: UnitId,
    pub areas: Vec<AreaId>,
    pub people: Vec<PersonId>,
    pub homes: Vec<HouseholdId>,
}

/// The third village of a population belongs to another commune.
pub fn commune_of(at: usize) -> CommuneCode {
    if at == 2 { "04306".parse().expect("a code") } else { shard() }
}

/// The station and villages of a population.
pub fn places(seed: u64) -> (UnitId, Vec<AreaId>, Vec<Fact>) {
    let base = u128::from(seed) << 32;
    let unit = UnitId::from_u128(base | 0xFFFF);
    let areas: Vec<AreaId> = (0..3).map(|n| AreaId::from_u128(base | 0xA000 | n)).collect();
    let since = day("2000-01-01");
    let (name, kind) = (format!("Trạm {seed}"), UnitKind::Station);
    let body = UnitRegistered { name, kind, commune: None, facility_code: None };
    let mut facts = vec![Fact::new(unit.into(), shard(), since, body.into())];
    for (at, area) in areas.iter().enumerate() {
        let name = format!("Thôn {}", area.as_u128() & 0xF);
        let body = AreaRegistered { name, kind: "thôn".into(), commune: commune_of(at) };
        facts.push(Fact::new((*area).into(), shard(), since, body.into()));
        facts.push(Fact::new((*area).into(), shard(), since, AreaEntrusted { unit }.into()));
    }
    (unit, areas, facts)
}

pub fn population(seed: u64, db: &Db) -> Population {
    let mut random = Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let base = u128::from(seed) << 32;
    let (unit, areas, _) = places(seed);
    let count = 2 + random.below(11);
    let people: Vec<PersonId> =
        (0..count).map(|n| PersonId::from_u128(base | u128::from(n))).collect();
    let homes: Vec<HouseholdId> =
        (0..4).map(|n| HouseholdId::from_u128(base | 0xB000 | n)).collect();
    let standings: Vec<Fact> =
        homes.iter().flat_map(|home| standings(&mut random, *home, areas[0])).collect();
    let lives: Vec<Vec<Fact>> =
        people.iter().map(|person| life(&mut random, *person, (&areas, &homes), seed)).collect();
    let retract: Vec<bool> = people.iter().map(|_| random.chance(15)).collect();
    let written: Result<(), StoreError> = db.write(now(), |tx| {
        tx.append(&draft(standings.clone()))?;
        for (facts, retract) in lives.iter().zip(&retract) {
            let refs = tx.append(&draft(facts.clone()))?;
            if *retract {
                let what = refs[refs.len() - 1];
                let body = FactRetracted { what, reason: "nhầm".into() };
                let fact = Fact::new(facts[0].subject, shard(), day("2026-03-31"), body.into());
                tx.append(&draft(vec![fact]))?;
            }
        }
        Ok(())
    });
    written.expect("appended");
    Population { unit, areas, people, homes }
}

/// A household whose standing is reviewed now and then.
fn standings(random: &mut Random, id: HouseholdId, area: AreaId) -> Vec<Fact> {
    let codes = [None, Some("poor"), Some("near_poor"), Some("average")];
    let fact = |on: Date, body: Body| Fact::new(id.into(), shard(), on, body);
    let poverty = |random: &mut Random| random.pick(&codes).map(str::to_owned);
    let body = HouseholdRegistered { area, code: None, address: None, poverty: poverty(random) };
    let mut facts = vec![fact(day("2024-01-01"), body.into())];
    for _ in 0..random.below(3) {
        let change = HouseholdChange::Poverty(poverty(random));
        let body = HouseholdAmended { change, seen: vec![], reason: None };
        facts.push(fact(random.day(day("2024-06-01"), 700), body.into()));
    }
    facts
}

fn life(
    random: &mut Random,
    id: PersonId,
    (areas, homes): (&[AreaId], &[HouseholdId]),
    seed: u64,
) -> Vec<Fact> {
    let young = random.chance(60);
    let born = if young {
        random.day(day("2023-06-01"), 1030)
    } else {
        random.day(day("1930-01-01"), 33_000)
    };
    let precision = match random.below(12) {
        0 => Precision::Year,
        1 => Precision::Month,
        _ => Precision::Day,
    };
    let date = BirthDate::new(born, precision);
    let born = date.first();
    let sex = *random.pick(&Sex::ALL);
    let minute = random.chance(60).then(|| random.below(1440) as u16);
    let fact = |on: Date, body: Body| Fact::new(id.into(), shard(), on, body);
    let registered = random.day(day("2024-01-01"), 800);
    let mut facts = vec![fact(
        registered,
        PersonRegistered {
            name: "Lò Văn A".into(),
            sex,
            born: date,
            born_minute: minute,
            ethnicity: random.pick(&[None, Some("01"), Some("03")]).map(str::to_owned),
            occupation: None,
            phone: None,
            mother: None,
            mother_name: None,
        }
        .into(),
    )];
    let mut from =
        if young && random.chance(80) { born } else { random.day(day("2023-01-01"), 1000) };
    from = from.max(born);
    for _ in 0..random.below(4) {
        let kind = *random.pick(&ResidenceKind::ALL);
        let kind = if random.chance(70) { ResidenceKind::Permanent } else { kind };
        let area = *random.pick(areas);
        let reason = (*random.pick(&["registered", "birth", "work", "marriage"])).to_owned();
        let body = ResidenceStarted { area, kind, reason, from_place: None };
        facts.push(fact(from, body.into()));
        if random.chance(30) {
            let on = add_days(from, random.below(300) as i32);
            let body = ResidenceEnded { reason: "work".into(), to_place: None };
            facts.push(fact(on, body.into()));
        }
        from = add_days(from, random.below(400) as i32);
    }
    for _ in 0..random.below(3) {
        let household = *random.pick(homes);
        let body = HouseholdJoined { household, relation: "1".into() };
        let on = random.day(day("2023-06-01"), 1000);
        facts.push(fact(on, body.into()));
        if random.chance(30) {
            let on = add_days(on, random.below(300) as i32);
            facts.push(fact(on, HouseholdLeft { household }.into()));
        }
    }
    for _ in 0..random.below(3) {
        // Few numbers, so that several people hold the same one.
        let number = format!("0151980{:05}", (seed % 1000) * 50 + random.below(6));
        let identifier = Identifier::parse(IdentifierKind::Citizen, &number).expect("12 digits");
        let from = random.chance(50).then(|| random.day(day("2024-01-01"), 800));
        let body = IdentifierRecorded { identifier: identifier.clone(), from, to: None };
        facts.push(fact(from.unwrap_or(registered), body.into()));
        if random.chance(20) {
            let on = random.day(day("2025-01-01"), 450);
            facts.push(fact(on, IdentifierEnded { identifier, reason: None }.into()));
        }
    }
    if random.chance(70) {
        let written = *random.pick(&["DT2151234567890", "HN2151234567890", "TE1151234567890"]);
        let identifier = Identifier::parse(IdentifierKind::InsuranceCard, written).expect("a card");
        let from = Some(random.day(day("2024-01-01"), 700));
        let to = random.chance(60).then(|| random.day(day("2025-06-01"), 500));
        let to = to.filter(|to| from.is_some_and(|from| from <= *to));
        facts.push(fact(day("2024-01-01"), IdentifierRecorded { identifier, from, to }.into()));
    }
    if random.chance(30) {
        let kind = IdentifierKind::SocialInsurance;
        let identifier = Identifier::parse(kind, "1512345678").expect("ten digits");
        let (from, to) = (Some(random.day(day("2024-01-01"), 700)), None);
        facts.push(fact(day("2024-01-01"), IdentifierRecorded { identifier, from, to }.into()));
    }
    if young && random.chance(80) {
        let order = random.chance(90).then(|| 1 + random.below(4) as u8);
        let place = random.pick(&[None, Some("hospital"), Some("home"), Some("home_attended")]);
        let place = place.map(str::to_owned);
        let weight_grams = random.chance(80).then(|| 2300 + random.below(900) as u16);
        facts.push(fact(born, BirthRecorded { order, place, weight_grams }.into()));
    }
    if sex == Sex::Female && random.chance(10) {
        let on = random.day(day("2025-01-01"), 440).max(born);
        let body = StillbirthRecorded { sex: None, order: Some(2), place: None, weeks: None };
        facts.push(fact(on, body.into()));
    }
    if sex == Sex::Female && random.chance(30) {
        pregnancy(random, &fact, &mut facts);
    }
    if young {
        doses(random, born, &fact, &mut facts);
    }
    if random.chance(40) {
        programmes(random, &fact, &mut facts);
    }
    if random.chance(15) {
        let on = random.day(born.max(day("2025-01-01")), 440);
        facts.push(fact(on, DeathRecorded { minute: None, place: None, cause: None }.into()));
    }
    if random.chance(30) {
        let on = random.day(day("2024-01-01"), 800);
        facts.push(fact(on, RecordConfirmed { source: None }.into()));
    }
    if random.chance(10) {
        let other = if sex == Sex::Male { Sex::Female } else { Sex::Male };
        let body = PersonAmended { change: PersonChange::Sex(other), seen: vec![], reason: None };
        facts.push(fact(registered, body.into()));
    }
    facts
}

/// Mostly timely, sometimes early, late or missing.
fn doses(
    random: &mut Random,
    born: Date,
    fact: &dyn Fn(Date, Body) -> Fact,
    facts: &mut Vec<Fact>,
) {
    let plan = [
        ("VGB-SS", 0, 2),
        ("BCG", 1, 20),
        ("SII", 62, 20),
        ("BOPV", 62, 20),
        ("SII", 93, 25),
        ("BOPV", 93, 25),
        ("SII", 124, 30),
        ("BOPV", 124, 30),
        ("IPV", 153, 30),
        ("MVVAC", 274, 40),
    ];
    let skip = random.below(12);
    for (at, (vaccine, age, late)) in plan.iter().enumerate() {
        if at as u64 == skip || random.chance(4) {
            continue;
        }
        let early = if random.chance(8) { -12 } else { 0 };
        let on = add_days(born, (age + early + random.below(*late) as i32).max(0));
        let body = DoseGiven {
            vaccine: (*vaccine).into(),
            minute: random.chance(70).then(|| random.below(1440) as u16),
            lot: None,
            site: None,
            giver: None,
            elsewhere: None,
            screened: true,
            temperature: None,
        };
        facts.push(fact(on, body.into()));
    }
}

/// A pregnancy dated once or twice, visits before and after its end, which may be missing or come first.
fn pregnancy(random: &mut Random, fact: &dyn Fn(Date, Body) -> Fact, facts: &mut Vec<Fact>) {
    static DEFS: OnceLock<Definitions> = OnceLock::new();
    let defs = DEFS.get_or_init(shipped);
    let first = random.day(day("2024-10-01"), 400);
    let expected = add_days(first, 280);
    let noted = |expected| PregnancyNoted::of(expected, DueDateBasis::LastPeriod);
    if random.chance(85) {
        facts.push(fact(add_days(first, 60), noted(expected).into()));
    }
    if random.chance(20) {
        let moved = add_days(expected, random.below(120) as i32 - 60);
        facts.push(fact(add_days(first, 90), noted(moved).into()));
    }
    let ended = add_days(expected, random.below(50) as i32 - 30);
    if random.chance(80) {
        let outcomes = [PregnancyOutcome::Birth, PregnancyOutcome::Birth, PregnancyOutcome::Loss];
        facts.push(fact(ended, PregnancyEnded { outcome: *random.pick(&outcomes) }.into()));
    }
    if random.chance(60) {
        let programme = "pregnancy".to_owned();
        let body = ProgrammeEnrolled { programme, source: None, note: None };
        facts.push(fact(random.day(add_days(first, 40), 200), body.into()));
    }
    for _ in 0..random.below(10) {
        let on = random.day(add_days(first, 30), 260);
        facts.push(fact(on, entry(random, defs, "antenatal_visit").into()));
    }
    for form in ["delivery", "postnatal_visit", "postnatal_visit", "pregnancy_hiv"] {
        if random.chance(50) {
            let on = random.day(add_days(ended, -4), 50);
            facts.push(fact(on, entry(random, defs, form).into()));
        }
    }
}

/// Taken in, measured, let go, in any order and by people of any age: both evaluations must agree on
/// nonsense too.
fn programmes(random: &mut Random, fact: &dyn Fn(Date, Body) -> Fact, facts: &mut Vec<Fact>) {
    static DEFS: OnceLock<Definitions> = OnceLock::new();
    let defs = DEFS.get_or_init(shipped);
    let begin = day("2024-06-01");
    for _ in 0..=random.below(2) {
        let rule = random.pick(&defs.programmes);
        let programme = rule.code.clone();
        let body = ProgrammeEnrolled { programme: programme.clone(), source: None, note: None };
        facts.push(fact(random.day(begin, 620), body.into()));
        if random.chance(40) {
            let outcome = random.pick(&rule.outcomes).code.clone();
            let body = ProgrammeLeft { programme, outcome, note: None };
            facts.push(fact(random.day(begin, 640), body.into()));
        }
        for _ in 0..random.below(6) {
            let forms: Vec<&str> = rule.forms().collect();
            let form = *random.pick(&forms);
            facts.push(fact(random.day(begin, 640), entry(random, defs, form).into()));
        }
    }
    if random.chance(50) {
        let form = random.pick(&defs.forms).code.clone();
        facts.push(fact(random.day(begin, 640), entry(random, defs, &form).into()));
    }
}

fn entry(random: &mut Random, defs: &Definitions, code: &str) -> FormRecorded {
    let form = defs.forms.iter().find(|form| form.code == code).expect("a form");
    let mut answers = Vec::new();
    for field in form.fields() {
        let value = match &field.kind {
            Kind::Number(number) => {
                let (low, high) = number.possible;
                let whole = (high - low) / 1000;
                Value::Number(low / 1000 * 1000 + random.below(whole.max(1) as u64) as i64 * 1000)
            }
            Kind::YesNo => Value::Yes(random.chance(50)),
            Kind::Choice(choices) => Value::Code(random.pick(choices).code.clone()),
            Kind::Choices(choices) => Value::Codes(vec![random.pick(choices).code.clone()]),
            _ => continue,
        };
        if random.chance(80) {
            answers.push(Answer { field: field.code.clone(), value });
        }
    }
    FormRecorded { form: code.to_owned(), programme: None, answers, replaces: None }
}
