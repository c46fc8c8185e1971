//! Tetanus doses a woman had before, as she or her papers say.

use crate::actor::Actor;
use crate::authority::Resource;
use crate::command::Command;
use crate::failure::Failure;
use crate::opening::App;
use tram_defs::role::Action;
use tram_domain::fact::TetanusTold;
use tram_domain::immunisation::tetanus::tell;
use tram_kernel::PersonId;

impl App {
    /// Writes down what is told; the last one told stands.
    pub fn tell_tetanus(
        &self,
        actor: &Actor,
        person: PersonId,
        told: &TetanusTold,
        command: Option<Command>,
    ) -> Result<(), Failure> {
        let today = self.today();
        self.db.write(self.now(), |tx| {
            let whose = Resource::Person(person);
            self.check(tx.sql(), actor, Action::ImmunisationWrite, whose)?;
            if let Some(command) = command
                && command.before(tx)?.is_some()
            {
                return Ok(());
            }
            let found = tx.person(person)?.ok_or(Failure::NotFound)?;
            let fact = tell(tx.definitions(), &found, told.clone(), today, today)?;
            let draft = self.draft(actor, "immunisation.tetanus", vec![fact], &[], None);
            self.append(tx, actor, &draft)?;
            if let Some(command) = command {
                command.remember(tx, "done")?;
            }
            Ok(())
        })
    }
}
