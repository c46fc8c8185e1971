//! What happens to people in a story: doses, deferrals, stillbirths, deaths, things taken back, lists.

use super::act::{minute, sex};
use super::stage::{Ending, Stage, date};
use super::story::{Contraindicate, Death, Defer, Dose, Import, Retract, Stillbirth};
use tram_app::Failure;
use tram_app::immunisation::DoseForm;
use tram_domain::fact::{
    DeathRecorded, DoseDeferred, DoseGiven, SeriesContraindicated, StillbirthRecorded,
};

impl Stage {
    pub(super) fn dose(&self, who: &str, what: &Dose) -> Ending {
        let given = |vaccine: &str| DoseGiven {
            vaccine: vaccine.into(),
            minute: what.at.as_deref().map(minute),
            lot: what.lot.clone(),
            site: None,
            giver: what.elsewhere.is_none().then_some(self.unit),
            elsewhere: what.elsewhere.clone(),
            screened: what.screened,
            temperature: None,
        };
        let doses: Vec<DoseGiven> = what.vaccine.split(" + ").map(given).collect();
        let (person, on) = (self.who(who), date(&what.on));
        let done = self.twice(|accepted| {
            let form = DoseForm { person, doses: doses.clone(), on, accepted };
            self.app.record_doses(&self.head, &form, None)
        })?;
        Ok(done.warnings)
    }

    pub(super) fn defer(&self, what: &Defer) -> Ending {
        let body = DoseDeferred {
            series: what.series.clone(),
            reason: what.reason.clone(),
            until: date(&what.until),
        };
        self.app.defer_doses(&self.head, self.who(&what.who), &[body])?;
        Ok(Vec::new())
    }

    pub(super) fn contraindicate(&self, what: &Contraindicate) -> Ending {
        let body =
            SeriesContraindicated { series: what.series.clone(), reason: what.reason.clone() };
        self.app.contraindicate(&self.head, self.who(&what.who), &body)?;
        Ok(Vec::new())
    }

    pub(super) fn stillbirth(&self, what: &Stillbirth) -> Ending {
        let body = StillbirthRecorded {
            sex: Some(sex(&what.sex)),
            order: None,
            place: None,
            weeks: Some(what.weeks),
        };
        let (mother, on) = (self.who(&what.mother), date(&what.on));
        self.asking(None, |asking| {
            self.app.record_stillbirth(&self.head, mother, on, &body, asking)
        })
    }

    pub(super) fn death(&self, what: &Death) -> Ending {
        let body = DeathRecorded {
            minute: what.at.as_deref().map(minute),
            place: None,
            cause: what.cause.clone(),
        };
        let (id, on) = (self.who(&what.who), date(&what.on));
        self.asking(None, |asking| self.app.record_death(&self.head, id, on, &body, asking))
    }

    pub(super) fn retract(&self, what: &Retract) -> Ending {
        let id = self.who(&what.who);
        let page = self.app.person_page(&self.head, id)?;
        let found = page.history.iter().find(|line| {
            let said = self.words.say(&format!("fact-{}", line.body.code()));
            said == what.what && line.happened_on == date(&what.on)
        });
        let at = found.unwrap_or_else(|| panic!("no {} on {}", what.what, what.on)).at;
        self.asking(Some(&what.reason), |asking| self.app.retract(&self.head, id, at, asking))
    }

    /// Brings in a list: what is said of each row, then what became of it.
    pub fn import(&mut self, what: &Import) {
        match self.bring_in(what) {
            Ok(said) => self.line(&said),
            Err(failure) => self.refused(&failure),
        }
    }

    fn bring_in(&mut self, what: &Import) -> Result<String, Failure> {
        let key = self.app.read_list(&self.head, &what.file, what.rows.as_bytes())?;
        self.app.check_list(&self.head, key, None)?;
        let view = self.app.check_view(&self.head, key)?;
        for row in &view.rows {
            for said in &row.findings {
                let field = said.field.as_ref().map(|code| self.words.say(&format!("list-{code}")));
                let field = field.unwrap_or_default();
                let level = self.words.say(&format!("severity-{}", said.severity)).into_owned();
                let text = self.words.told(said);
                self.line(&format!("{level}, dòng {}, {field}: {text}", row.number));
            }
        }
        let applied = self.app.apply_list(&self.head, key, what.accept_good, &mut |_, _| ())?;
        let args = [
            ("kind", view.file.kind.as_str().into()),
            ("added", applied.added.into()),
            ("updated", applied.updated.into()),
            ("unchanged", applied.unchanged.into()),
        ];
        Ok(self.words.with("import-done-what", args))
    }
}
