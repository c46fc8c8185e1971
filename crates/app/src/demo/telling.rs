//! The lives of all communes become deeds, and the deeds are carried out.
//!
//! ```text
//! all in order        commune ┐
//! (up to a region)    commune ┼─► every deed, sorted by time ─► carried out
//!                     commune ┘
//! commune by commune  commune ─► its deeds, sorted by time ─► carried out, while the next one is told
//! (a province)
//! ```

use super::carry;
use super::deed::{Cast, Deed};
use super::life;
use super::network::{Network, Place};
use super::soul::{Commune, World};
use super::{DemoPlan, Progress, stock};
use crate::failure::Failure;
use crate::opening::App;
use std::sync::mpsc::sync_channel;
use tram_defs::Definitions;
use tram_kernel::Moment;

/// User actions in one transaction.
const BATCH: usize = 500;

/// Tells what happened.
pub(super) struct Teller<'a> {
    pub world: &'a World<'a>,
    pub network: &'a Network,
    pub plan: &'a DemoPlan,
    pub defs: &'a Definitions,
}

/// What happened in one commune.
struct Told {
    souls: usize,
    lives: Vec<Deed>,
    stock: Vec<Deed>,
}

impl Teller<'_> {
    /// Everything in the order of time. Answers how many people there were.
    pub fn all_in_order(
        &self,
        app: &App,
        cast: &Cast,
        mut deeds: Vec<Deed>,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<usize, Failure> {
        let (people, mut lives, mut stock) = self.lives();
        deeds.append(&mut lives);
        deeds.append(&mut stock);
        let total = deeds.len();
        carry_out_all(app, cast, deeds, &mut |at| progress(Progress { total, ..at }))?;
        Ok(people)
    }

    /// What happened in all communes, two communes at a time: how many people there were, what they
    /// did, and what the stations had in store.
    pub fn lives(&self) -> (usize, Vec<Deed>, Vec<Deed>) {
        let (mut people, mut all, mut of_stock) = (0, Vec::new(), Vec::new());
        for pair in self.network.communes.chunks(2) {
            let told = std::thread::scope(|scope| {
                let other = pair.get(1).map(|place| scope.spawn(|| self.tell(place)));
                let mut told = vec![self.tell(&pair[0])];
                told.extend(other.map(|other| other.join().expect("a story is only told")));
                told
            });
            for Told { souls, lives, stock } in told {
                people += souls;
                all.extend(lives);
                of_stock.extend(stock);
            }
        }
        (people, all, of_stock)
    }

    /// The founding, then one commune after the other, each in the order of time. Answers how many
    /// people there were.
    pub fn commune_by_commune(
        &self,
        app: &App,
        cast: &Cast,
        founding: Vec<Deed>,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<usize, Failure> {
        let weights: f64 = self.network.communes.iter().map(|place| place.weight).sum();
        carry_out_all(app, cast, founding, &mut |_| ())?;
        let (mut people, mut before, mut told_of) = (0, 0, 0.0);
        std::thread::scope(|scope| {
            // One is carried out, one waits, one is being told.
            let (teller, told) = sync_channel(1);
            scope.spawn(move || {
                for place in &self.network.communes {
                    if teller.send((place, self.tell(place))).is_err() {
                        // Carrying out has failed; nobody listens any more.
                        break;
                    }
                }
            });
            for (place, Told { souls, mut lives, mut stock }) in told {
                people += souls;
                lives.append(&mut stock);
                told_of += place.weight;
                let sum = before + lives.len();
                let total = (sum as f64 / told_of * weights) as usize;
                let mut so_far = |at: Progress| {
                    progress(Progress { done: before + at.done, total: total.max(sum), ..at });
                };
                carry_out_all(app, cast, lives, &mut so_far)?;
                before = sum;
            }
            Ok(people)
        })
    }

    fn tell(&self, place: &Place) -> Told {
        let Self { world, network, plan, defs } = *self;
        let weights: f64 = network.communes.iter().map(|place| place.weight).sum();
        let growth = life::growth(world.rates, world.calendar.start, world.calendar.today);
        let uncounted = world.rates.residence.temporary_less_than_6_months;
        let number = place.number as u16 * 2;
        let mut commune = Commune::new(world, place, plan.seed, (Some(number), Some(number + 1)));
        let today = plan.scale.people(&place.name, place.weight / weights);
        commune.list(today / growth / (1.0 - uncounted));
        commune.live();
        commune.receive_numbers();
        commune.vaccinate(defs);
        commune.protect_women(defs, self.plan.seed);
        commune.follow_programmes(defs, self.plan.seed);
        commune.review();
        commune.open_twice();
        commune.two_minds();
        let (souls, lives) = (commune.souls.len(), commune.deeds);
        let stock = stock::keep(place, defs, (plan.seed, plan.today), &lives);
        Told { souls, lives, stock }
    }
}

/// Carries out the deeds in the order of time, at most half a month in each transaction: what was known
/// at the end of a month stays exactly that.
fn carry_out_all(
    app: &App,
    cast: &Cast,
    mut deeds: Vec<Deed>,
    progress: &mut dyn FnMut(Progress),
) -> Result<(), Failure> {
    Deed::sort(&mut deeds);
    let total = deeds.len();
    let half = |at: Moment| (at.day().first_of_month(), at.day().day() <= 15);
    let mut rest = deeds.into_iter().peekable();
    let mut batch = Vec::with_capacity(BATCH);
    let mut done = 0;
    while let Some(first) = rest.next() {
        let together = half(first.at);
        batch.push(first);
        while batch.len() < BATCH
            && let Some(deed) = rest.next_if(|deed| half(deed.at) == together)
        {
            batch.push(deed);
        }
        let at = batch.last().map_or(Moment::from_ms(0), |deed| deed.at);
        app.db.write(at, |tx| {
            tx.expect(batch.iter().flat_map(Deed::subjects))?;
            batch.iter().try_for_each(|deed| carry::carry_out(tx, cast, deed))
        })?;
        done += batch.len();
        batch.clear();
        progress(Progress { done, total, day: at.day() });
    }
    Ok(())
}
