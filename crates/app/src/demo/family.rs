//! The first inhabitants of a commune: ages from the pyramid, then couples, children, grandparents.
//!
//! ```text
//! pyramid ─► people by sex and age ─► couples ─► children find a mother ─► elders move in ─► families
//! ```

use super::calendar::{Day, years};
use super::chance::{Chance, Weighted};
use super::rates::{Rates, at_age};
use tram_kernel::Sex;

/// Somebody before having a name.
#[derive(Debug, Clone)]
pub(super) struct Being {
    pub sex: Sex,
    pub born: Day,
    pub mother: Option<usize>,
    pub spouse: Option<usize>,
    pub children: Vec<Day>,
}

/// People of one house with their relation to the head, who stands first.
pub(super) type Family = Vec<(usize, &'static str)>;

/// A couple or a single grown-up, with those who live with them.
#[derive(Default)]
struct Core {
    man: Option<usize>,
    woman: Option<usize>,
    children: Vec<usize>,
    others: Vec<usize>,
    elders: Option<usize>,
    is_guest: bool,
}

impl Core {
    fn grown_ups(&self) -> impl Iterator<Item = usize> {
        self.man.into_iter().chain(self.woman)
    }
}

struct Assembly<'a> {
    rates: &'a Rates,
    chance: &'a mut Chance,
    on: Day,
    beings: Vec<Being>,
    cores: Vec<Core>,
    /// Which core somebody is a grown-up of.
    core_of: Vec<Option<usize>>,
}

/// Everybody of a commune of `people` inhabitants on a day, and their families.
pub(super) fn assemble(
    rates: &Rates,
    chance: &mut Chance,
    people: f64,
    on: Day,
) -> (Vec<Being>, Vec<Family>) {
    let beings = beings(rates, chance, people, on);
    let core_of = vec![None; beings.len()];
    let mut all = Assembly { rates, chance, on, beings, cores: Vec::new(), core_of };
    all.marry();
    all.settle_single_elders();
    all.leave_home();
    all.find_mothers();
    all.take_in_elders();
    let families = (0..all.cores.len()).filter_map(|core| all.family(core)).collect();
    (all.beings, families)
}

/// People by the pyramid. What a group has in fractions is carried into the next one.
fn beings(rates: &Rates, chance: &mut Chance, people: f64, on: Day) -> Vec<Being> {
    let pyramid = &rates.population;
    let single: Weighted<i32> = pyramid
        .single_year_0_4
        .iter()
        .enumerate()
        .map(|(age, share)| (age as i32, *share))
        .collect();
    let mut all = Vec::with_capacity(people as usize + 1);
    let mut carried = 0.0;
    for (group, from) in pyramid.age_from.iter().enumerate() {
        for (sex, shares) in [(Sex::Male, &pyramid.male), (Sex::Female, &pyramid.female)] {
            carried += people * shares[group] / 1000.0;
            while carried >= 1.0 {
                carried -= 1.0;
                let age = match pyramid.age_from.get(group + 1) {
                    None => (from + chance.between(0, 4).min(chance.between(0, 12)))
                        .min(pyramid.max_age),
                    Some(_) if *from == 0 => single.draw(chance).copied().unwrap_or_default(),
                    Some(next) => chance.between(*from, next - 1),
                };
                let born = on - age * 1461 / 4 - chance.between(1, 364);
                all.push(Being { sex, born, mother: None, spouse: None, children: Vec::new() });
            }
        }
    }
    all
}

/// Families of this many children and more are rare: the share that goes on to the next child.
fn wants_another(children: usize) -> f64 {
    match children {
        0 => 1.0,
        1 => 0.85,
        2 => 0.22,
        3 => 0.10,
        _ => 0.03,
    }
}

impl Assembly<'_> {
    fn age(&self, who: usize) -> i32 {
        years(self.beings[who].born, self.on)
    }

    fn of_sex(&self, sex: Sex) -> impl Iterator<Item = usize> + '_ {
        (0..self.beings.len()).filter(move |who| self.beings[*who].sex == sex)
    }

    fn open(&mut self, man: Option<usize>, woman: Option<usize>) {
        let core = Core { man, woman, ..Core::default() };
        for who in core.grown_ups() {
            self.core_of[who] = Some(self.cores.len());
        }
        self.cores.push(core);
    }

    /// Women marry by their age; each takes the free man whose age is nearest to the one wished for.
    fn marry(&mut self) {
        let mut men: Vec<Vec<usize>> = vec![Vec::new(); 130];
        for man in self.of_sex(Sex::Male) {
            men[self.age(man).clamp(0, 129) as usize].push(man);
        }
        for of_age in &mut men {
            self.chance.shuffle(of_age);
        }
        let mut women: Vec<usize> = self.of_sex(Sex::Female).collect();
        self.chance.shuffle(&mut women);
        let rates = &self.rates.marriage;
        for woman in women {
            let age = self.age(woman);
            if age < 15 || !self.chance.is(rates.married_share_by_age_female.at(age)) {
                continue;
            }
            let older = rates.male_minus_female_age_mean
                + rates.male_minus_female_age_sd * self.chance.bell();
            let wished = (age + older.round() as i32).max(17);
            let near = (0..=8).flat_map(|far| [wished + far, wished - far]);
            let fits = |age: &i32| (17..130).contains(age) && !men[*age as usize].is_empty();
            let found = near.into_iter().find(fits);
            let Some(man) = found.and_then(|age| men[age as usize].pop()) else { continue };
            self.beings[woman].spouse = Some(man);
            self.beings[man].spouse = Some(woman);
            self.open(Some(man), Some(woman));
        }
    }

    /// Widowed and unmarried people from 45 on keep house for themselves.
    fn settle_single_elders(&mut self) {
        for who in 0..self.beings.len() {
            if self.beings[who].spouse.is_none() && self.age(who) >= 45 {
                let is_man = self.beings[who].sex == Sex::Male;
                self.open(is_man.then_some(who), (!is_man).then_some(who));
            }
        }
    }

    /// Unmarried grown-ups leave home until there are as many houses as people need.
    fn leave_home(&mut self) {
        let households = &self.rates.households;
        let houses = self.beings.len() as f64 / households.mean_size();
        // Some of them will take in their parents.
        let wanted = (houses * (1.0 + households.three_generations)).round() as usize;
        let is_free =
            |who: &usize| self.core_of[*who].is_none() && (22..45).contains(&self.age(*who));
        let mut free: Vec<usize> = (0..self.beings.len()).filter(is_free).collect();
        self.chance.shuffle(&mut free);
        for who in free.into_iter().take(wanted.saturating_sub(self.cores.len())) {
            let is_man = self.beings[who].sex == Sex::Male;
            self.open(is_man.then_some(who), (!is_man).then_some(who));
        }
    }

    /// Everybody else lives with a mother; the oldest children are given out first.
    fn find_mothers(&mut self) {
        let mut by_age: Vec<Vec<usize>> = vec![Vec::new(); 130];
        for woman in self.of_sex(Sex::Female) {
            if self.core_of[woman].is_some() {
                by_age[self.age(woman).clamp(0, 129) as usize].push(woman);
            }
        }
        let births = &self.rates.births;
        let ages = births.asfr_age_from.iter().zip(&births.asfr);
        let at_birth: Weighted<i32> = ages
            .flat_map(|(from, rate)| (0..5).map(move |n| (from + n, *rate)))
            .filter(|(age, _)| *age >= births.min_mother_age + 2)
            .collect();
        let mut children: Vec<usize> =
            (0..self.beings.len()).filter(|who| self.core_of[*who].is_none()).collect();
        self.chance.shuffle(&mut children);
        children.sort_by_key(|who| self.beings[*who].born);
        for child in children {
            match self.mother_for(child, &at_birth, &by_age) {
                Some(mother) => {
                    self.beings[child].mother = Some(mother);
                    let born = self.beings[child].born;
                    self.beings[mother].children.push(born);
                    if let Some(core) = self.core_of[mother] {
                        self.cores[core].children.push(child);
                    }
                }
                None => self.place_alone(child),
            }
        }
    }

    fn mother_for(
        &mut self,
        child: usize,
        at_birth: &Weighted<i32>,
        by_age: &[Vec<usize>],
    ) -> Option<usize> {
        let (age, born) = (self.age(child), self.beings[child].born);
        let mut last = None;
        for _ in 0..24 {
            let of_age = by_age.get((age + at_birth.draw(self.chance)?) as usize)?;
            let Some(mother) = self.chance.pick(of_age).copied() else { continue };
            let siblings = &self.beings[mother].children;
            if siblings.iter().any(|other| (other - born).abs() < 400) {
                continue;
            }
            let another = wants_another(siblings.len());
            last = Some(mother);
            if self.chance.is(another) {
                return last;
            }
        }
        last
    }

    /// Grown-ups without a mother here keep house alone; children live with other relatives.
    fn place_alone(&mut self, who: usize) {
        let is_man = self.beings[who].sex == Sex::Male;
        if self.age(who) >= 20 || self.cores.is_empty() {
            self.open(is_man.then_some(who), (!is_man).then_some(who));
            return;
        }
        let core = self.chance.below(self.cores.len() as u32) as usize;
        self.cores[core].others.push(who);
    }

    /// Parents move in with a grown child until enough houses hold three generations.
    fn take_in_elders(&mut self) {
        let age_of = |all: &Self, core: &Core| core.grown_ups().map(|who| all.age(who)).max();
        let mut elders: Vec<(bool, usize)> = Vec::new();
        let mut hosts: Vec<usize> = Vec::new();
        for (at, core) in self.cores.iter().enumerate() {
            let is_couple = core.man.is_some() && core.woman.is_some();
            match age_of(self, core).unwrap_or_default() {
                50.. => elders.push((is_couple, at)),
                _ if is_couple => hosts.push(at),
                _ => {}
            }
        }
        self.chance.shuffle(&mut elders);
        // The widowed first: few live alone.
        elders.sort_by_key(|(is_couple, _)| *is_couple);
        self.chance.shuffle(&mut hosts);
        let share = self.rates.households.three_generations;
        let wanted = (self.cores.len() as f64 * share / (1.0 + share)).round() as usize;
        let mut taken_in = 0;
        for (_, elder) in elders {
            if taken_in == wanted {
                break;
            }
            let parent = self.cores[elder].woman.or(self.cores[elder].man);
            let Some(parent_age) = parent.map(|who| self.age(who)) else { continue };
            let fits = |host: &usize| {
                let child = self.cores[*host].man.map(|who| self.age(who)).unwrap_or_default();
                (18..=42).contains(&(parent_age - child))
            };
            let Some(at) = hosts.iter().position(fits) else { continue };
            let host = hosts.swap_remove(at);
            self.cores[host].elders = Some(elder);
            self.cores[elder].is_guest = true;
            if let (Some(mother), Some(son)) = (self.cores[elder].woman, self.cores[host].man) {
                self.beings[son].mother = Some(mother);
                let born = self.beings[son].born;
                self.beings[mother].children.push(born);
            }
            taken_in += 1;
        }
    }

    /// The house of a core with relations; `None` for guests, who are listed with their hosts.
    fn family(&mut self, core: usize) -> Option<Family> {
        if self.cores[core].is_guest {
            return None;
        }
        let mut is_woman_head = self.chance.is(self.rates.households.female_head);
        let house = &self.cores[core];
        is_woman_head &= house.elders.is_none();
        let elders = house.elders.map(|at| &self.cores[at]);
        let elder_head = elders.and_then(|e| e.man).filter(|man| self.age(*man) < 66);
        let mut family = Family::new();
        let mut add = |who: &[usize], relation| {
            family.extend(who.iter().map(|who| (*who, relation)));
        };
        let (man, woman) = (house.man.as_slice(), house.woman.as_slice());
        match (elders, elder_head) {
            (Some(elders), Some(head)) => {
                add(&[head], "1");
                add(elders.woman.as_slice(), "2");
                add(&elders.children, "3");
                add(man, "3");
                add(woman, "8");
                add(&house.children, "6");
            }
            _ if is_woman_head && !woman.is_empty() => {
                add(woman, "1");
                add(man, "2");
                add(&house.children, "3");
            }
            _ => {
                add(man, "1");
                add(woman, if man.is_empty() { "1" } else { "2" });
                add(&house.children, "3");
                if let Some(elders) = elders {
                    add(elders.man.as_slice(), "4");
                    add(elders.woman.as_slice(), "4");
                    add(&elders.children, "7");
                }
            }
        }
        add(&house.others, "6");
        add(elders.map_or(&[], |elders| &elders.others), "9");
        Some(family)
    }
}

/// Births a year per 1,000 women of an age.
pub(super) fn fertility(rates: &Rates, age: i32) -> f64 {
    if age < rates.births.min_mother_age {
        return 0.0;
    }
    at_age(&rates.births.asfr_age_from, &rates.births.asfr, age)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn families_look_like_families() {
        let rates = Rates::shipped();
        let mut chance = Chance::new(5, 0);
        let on = 19_000;
        let (beings, families) = assemble(&rates, &mut chance, 4000.0, on);
        let mut placed: Vec<usize> = families.iter().flatten().map(|(who, _)| *who).collect();
        placed.sort_unstable();
        assert_eq!(
            placed,
            (0..beings.len()).collect::<Vec<_>>(),
            "everybody lives somewhere, once"
        );
        let size = beings.len() as f64 / families.len() as f64;
        assert!((3.8..4.1).contains(&size), "{size}");
        let alone = families.iter().filter(|f| f.len() == 1).count() as f64 / families.len() as f64;
        assert!((0.02..0.14).contains(&alone), "{alone}");
        for family in &families {
            assert_eq!(family.iter().filter(|(_, relation)| *relation == "1").count(), 1);
            assert!(family.len() <= 14, "{}", family.len());
        }
        for being in &beings {
            if let Some(mother) = being.mother {
                let age = years(beings[mother].born, being.born);
                assert!((16..=50).contains(&age), "a mother of {age}");
            }
        }
        let children = beings.iter().filter(|b| years(b.born, on) < 15).collect::<Vec<_>>();
        let with_mother = children.iter().filter(|b| b.mother.is_some()).count();
        assert!(with_mother * 100 > children.len() * 93, "{with_mother} of {}", children.len());
    }
}
