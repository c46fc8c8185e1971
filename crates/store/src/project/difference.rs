//! From which day on two states of a record tell something else.

use tram_domain::person::Residence;
use tram_kernel::Date;
use tram_kernel::day::days_between;

/// What is asked of births in the month of the birth may come about some days later.
pub(super) fn as_of_birth(born: Date, on: Date) -> Date {
    if days_between(born, on) <= 31 { born.min(on) } else { on }
}

/// Days on which two lists of residences tell something else.
pub(super) fn residence_difference(a: &[Residence], b: &[Residence]) -> Vec<Date> {
    let mut days = Vec::new();
    for at in 0..a.len().max(b.len()) {
        match (a.get(at), b.get(at)) {
            (Some(x), Some(y))
                if (x.area, x.from, x.kind, x.is_move())
                    == (y.area, y.from, y.kind, y.is_move()) =>
            {
                if x.to != y.to {
                    days.extend(x.to.into_iter().chain(y.to));
                }
            }
            (x, y) => days.extend(x.into_iter().chain(y).map(|lives| lives.from)),
        }
    }
    days
}
