//! Records of one person linked and parted in a story, and what should be looked at again.

use super::stage::{Ending, Stage};
use super::story::{Apart, Link, Part};
use tram_domain::person::link::{Choices, Whose};

impl Stage {
    pub(super) fn link(&self, what: &Link) -> Ending {
        let pair = (self.who(&what.kept), self.who(&what.other));
        let from_other = what.take.iter().cloned().collect();
        let choices = Choices { from_other, home: Whose::Kept, reason: None };
        self.asking(None, |asking| self.app.link_people(&self.head, pair, &choices, asking))
    }

    pub(super) fn part(&self, what: &Part) -> Ending {
        let (id, other) = (self.who(&what.who), self.who(&what.other));
        let page = self.app.person_page(&self.head, id)?;
        let links = &page.view.person.links;
        let link = links.iter().find(|link| link.other == other).expect("a link of the two");
        let joined = self.app.joined(&self.head, id, link.at)?;
        let is_theirs = |kind: &str| {
            what.take.iter().any(|wanted| *wanted == self.words.say(&format!("fact-{kind}")))
        };
        let since = joined.since.iter().filter(|known| is_theirs(known.fact.body.code()));
        let moved: Vec<_> = since.map(|known| known.at).collect();
        self.asking(Some(&what.reason), |asking| {
            self.app.unlink(&self.head, id, (link.at, &moved), asking)
        })
    }

    pub(super) fn apart(&self, what: &Apart) -> Ending {
        let pair = (self.who(&what.one), self.who(&what.other));
        self.asking(None, |asking| self.app.keep_apart(&self.head, pair, asking))
    }

    pub(super) fn inbox(&mut self) {
        let inbox = self.app.inbox(&self.head).expect("an inbox");
        let mut lines = vec![format!("Cần đối chiếu: {} cặp hồ sơ", inbox.pairs_total)];
        for pair in &inbox.pairs {
            let reasons: Vec<_> =
                pair.reasons.iter().map(|reason| self.words.say(reason.code())).collect();
            let (a, b) = (&pair.first, &pair.second);
            let (born_a, born_b) = (a.born.show(), b.born.show());
            lines.push(format!(
                "  {} ({born_a}) và {} ({born_b}): {}",
                a.name,
                b.name,
                reasons.join(", ")
            ));
        }
        for family in &inbox.families {
            lines.push(format!("  cả hộ giống nhau: {} cặp", family.pairs));
        }
        for (code, people) in [
            ("số CCCD mâu thuẫn", &inbox.contradicted),
            ("chưa có ngày sinh đầy đủ", &inbox.without_birth_day),
            ("chưa ghi vào hộ", &inbox.without_household),
        ] {
            let names: Vec<&str> = people.iter().map(|line| line.name.as_str()).collect();
            if !names.is_empty() {
                lines.push(format!("  {code}: {}", names.join(", ")));
            }
        }
        self.lines(&lines);
    }
}
