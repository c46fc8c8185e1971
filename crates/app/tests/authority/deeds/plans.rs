//! Plans and their targets.

use super::{Deed, among, deed, done};
use crate::authority::records::{new_plan, target};
use tram_app::Command;
use tram_domain::fact::TargetReported;

pub const READS: &[Deed] = &[
    deed("plans", |s| among(s.app.plans(s.actor), |row| row.id == s.at.plan)),
    deed("plans (of the centre above)", |s| {
        among(s.app.plans(s.actor), |row| row.id == s.at.centre_plan)
    }),
    deed("plan_page", |s| done(s.app.plan_page(s.actor, s.at.plan))),
    deed("plan_page (of the centre above)", |s| done(s.app.plan_page(s.actor, s.at.centre_plan))),
];

pub const WRITES: &[Deed] = &[
    deed("add_plan", |s| done(s.app.add_plan(s.actor, &new_plan(s.at.unit)))),
    deed("add_plan_once", |s| {
        let command = Command::new(&s.at.household_code, b"a plan");
        done(s.app.add_plan_once(s.actor, &new_plan(s.at.unit), Some(command)))
    }),
    deed("report_target", |s| {
        let reported = TargetReported { row: 1, value: 1000, source: None };
        done(s.app.report_target(s.actor, s.at.plan, s.app.today(), &reported, None))
    }),
    deed("set_targets", |s| done(s.app.set_targets(s.actor, s.at.plan, &[target(2)], &[], None))),
    deed("set_targets (of the centre above)", |s| {
        done(s.app.set_targets(s.actor, s.at.centre_plan, &[target(2)], &[], None))
    }),
    deed("adopt_example", |s| {
        let id = s.app.adopt_example(s.actor, "tam-duong-2020", 2027)?;
        let page = s.app.plan_page(s.actor, id)?;
        Ok(page.plan.unit == s.at.unit)
    }),
];
