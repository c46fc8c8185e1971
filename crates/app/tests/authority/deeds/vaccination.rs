//! Vaccination days, campaigns, who was lost, tetanus of women.

use super::{Deed, Scene, Seen, among, deed, done};
use crate::common::day;
use tram_domain::fact::{
    CampaignEnded, CampaignPlanned, SessionEnd, SessionEnded, SessionPlace, SessionPlanned,
    TetanusTold,
};
use tram_kernel::day::{add_days, add_months};
use tram_kernel::{CampaignId, Period, SessionId};

fn session_body(s: &Scene<'_>) -> SessionPlanned {
    SessionPlanned {
        unit: s.at.unit,
        on: s.app.today(),
        at: None,
        place: SessionPlace::Fixed,
        point: None,
        areas: vec![s.at.area],
        series: vec!["DPT_HB_HIB".into(), "OPV".into(), "ROTA".into()],
        campaign: None,
        note: None,
    }
}

fn session(s: &Scene<'_>) -> SessionId {
    s.app.plan_session(&s.at.operator, &session_body(s), None).expect("planned")
}

fn campaign_body(s: &Scene<'_>) -> CampaignPlanned {
    let today = s.app.today();
    CampaignPlanned {
        unit: s.at.unit,
        name: "Sởi bổ sung".into(),
        series: "MR".into(),
        born_from: add_months(today, -120),
        born_to: today,
        sex: None,
        first: today,
        last: add_days(today, 7),
        document: None,
    }
}

fn campaign(s: &Scene<'_>) -> CampaignId {
    s.app.plan_campaign(&s.at.operator, &campaign_body(s), None).expect("planned")
}

/// Whether the village of the target is among those looked at.
fn gaps(s: &Scene<'_>) -> Seen {
    let today = s.app.today();
    let page = s.app.gaps(s.actor, (add_months(today, -12), today))?;
    Ok(page.areas.iter().any(|area| area.key == s.at.area_key))
}

pub const READS: &[Deed] = &[
    deed("gaps", gaps),
    deed("lost_between", |s| {
        // The child of the target had its first dose months ago and is overdue for the third.
        let days = (day("2020-01-01"), s.app.today());
        let found = s.app.lost_between(s.actor, "DPT1-DPT3", days).map(|(_, people)| people);
        among(found, |person| person.area == Some(s.at.area_key))
    }),
    deed("given_in", |s| {
        let month = s.app.given_in(s.actor, Period::month_of(s.at.vaccinated))?;
        Ok(s.actor.unit == s.at.unit && !month.doses.is_empty())
    }),
];

pub const WRITES: &[Deed] = &[
    deed("plan_session", |s| done(s.app.plan_session(s.actor, &session_body(s), None))),
    deed("sessions", |s| {
        let id = session(s);
        among(s.app.sessions(s.actor).map(|page| page.sessions), |row| row.id == id)
    }),
    deed("session_page", |s| done(s.app.session_page(s.actor, session(s)))),
    deed("invite", |s| done(s.app.invite(s.actor, session(s), None))),
    deed("end_session", |s| {
        let body = SessionEnded { how: SessionEnd::Held, reason: None };
        done(s.app.end_session(s.actor, session(s), &body, None))
    }),
    deed("plan_campaign", |s| done(s.app.plan_campaign(s.actor, &campaign_body(s), None))),
    deed("campaign_page", |s| done(s.app.campaign_page(s.actor, campaign(s)))),
    deed("end_campaign", |s| {
        let body = CampaignEnded { reason: Some("đủ chỉ tiêu".into()) };
        done(s.app.end_campaign(s.actor, campaign(s), &body, None))
    }),
    deed("tell_tetanus", |s| {
        let told = TetanusTold { as_child: 3, doses: 1, last: None, on_paper: true };
        done(s.app.tell_tetanus(s.actor, s.at.mother, &told, None))
    }),
];
