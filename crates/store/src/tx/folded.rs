//! Subjects as they are known inside a transaction, with what it has added itself.

use super::Tx;
use crate::error::Result;
use tram_domain::cold_chain::Fridge;
use tram_domain::household::Household;
use tram_domain::immunisation::session::{Campaign, Session};
use tram_domain::plan::Plan;
use tram_domain::stock::Lot;
use tram_domain::unit::{Area, Unit};
use tram_domain::user::User;
use tram_kernel::{
    AreaId, CampaignId, FridgeId, HouseholdId, LotId, PlanId, SessionId, UnitId, UserId,
};

macro_rules! folded {
    ($($name:ident: $id:ty => $state:ty;)*) => {
        impl Tx<'_> {
            $(pub fn $name(&mut self, id: $id) -> Result<Option<$state>> {
                Ok(<$state>::fold(id, &self.facts_of(id.into())?))
            })*
        }
    };
}

folded! {
    household: HouseholdId => Household;
    unit: UnitId => Unit;
    area: AreaId => Area;
    plan: PlanId => Plan;
    lot: LotId => Lot;
    fridge: FridgeId => Fridge;
    session: SessionId => Session;
    campaign: CampaignId => Campaign;
    user: UserId => User;
}
