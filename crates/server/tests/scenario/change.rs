//! What changes in a record in a story: amendments, numbers, households, moves.

use super::act::{identifier, read, residence, sex};
use super::people::{Amend, Joined, Left, Moved, Number, NumberEnded};
use super::stage::{Ending, Stage, date};
use tram_app::person::{Amendment, MoveForm};
use tram_domain::fact::{HouseholdJoined, IdentifierRecorded, PersonChange, ResidenceEnded};
use tram_kernel::BirthDate;

impl Stage {
    pub(super) fn amend(&self, what: &Amend) -> Ending {
        let id = self.who(&what.who);
        let page = self.app.person_page(&self.head, id)?;
        let person = &page.view.person;
        let mut amendments = Vec::new();
        if let Some(name) = &what.name {
            let change = PersonChange::Name(name.clone());
            amendments.push(Amendment { change, seen: person.name.seen() });
        }
        if let Some(code) = &what.sex {
            let change = PersonChange::Sex(sex(code));
            amendments.push(Amendment { change, seen: person.sex.seen() });
        }
        if let Some(birth) = &what.birth {
            let birth = BirthDate::parse(birth, self.today).expect("a birth date");
            let minute = person.born.shown().minute;
            let change = PersonChange::Born(birth, minute);
            amendments.push(Amendment { change, seen: person.born.seen() });
        }
        self.asking(what.reason.as_deref(), |asking| {
            self.app.amend_person(&self.head, id, &amendments, asking)
        })
    }

    pub(super) fn number(&self, what: &Number) -> Ending {
        let identifier = identifier(&what.kind, &what.value);
        let held = IdentifierRecorded { identifier, from: read(&what.from), to: read(&what.to) };
        self.asking(None, |asking| {
            self.app.add_identifier(&self.head, self.who(&what.who), &held, asking)
        })
    }

    pub(super) fn number_ended(&self, what: &NumberEnded) -> Ending {
        let (number, on) = (identifier(&what.kind, &what.value), date(&what.on));
        self.asking(Some(&what.reason), |asking| {
            self.app.end_identifier(&self.head, self.who(&what.who), (&number, on), asking)
        })
    }

    pub(super) fn joined(&self, what: &Joined) -> Ending {
        let relation = what.relation.clone();
        let body = HouseholdJoined { household: self.home(&what.home), relation };
        let (id, on) = (self.who(&what.who), date(&what.on));
        self.asking(None, |asking| self.app.join_household(&self.head, id, &body, on, asking))
    }

    pub(super) fn moved(&self, what: &Moved) -> Ending {
        let form = MoveForm {
            area: self.area(&what.village),
            kind: residence(&what.residence),
            from: date(&what.on),
            reason: what.reason.clone(),
            from_place: what.from_place.clone(),
        };
        self.asking(None, |asking| {
            self.app.move_person(&self.head, self.who(&what.who), &form, asking)
        })
    }

    pub(super) fn left(&self, what: &Left) -> Ending {
        let body = ResidenceEnded { reason: what.reason.clone(), to_place: what.to.clone() };
        let (id, on) = (self.who(&what.who), date(&what.on));
        self.asking(None, |asking| self.app.move_person_out(&self.head, id, on, &body, asking))
    }
}
