//! The columns of lists: their codes, and how our own lists head them.

/// One field of a row; each [`Kind`](super::Kind) has some of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    Household,
    Name,
    Sex,
    Born,
    Citizen,
    OldCard,
    Insurance,
    InsuranceFrom,
    InsuranceTo,
    Ethnicity,
    Occupation,
    Relation,
    Village,
    Address,
    Residence,
    Since,
    Poverty,
    Phone,
    MotherName,
    Head,
    PovertySince,
    Temporary,
    InsuranceGroup,
    Vaccine,
    Antigen,
    Given,
    Dose,
    Lot,
    Place,
    EntryOn,
}

impl Field {
    pub const ALL: [Self; 30] = [
        Self::Household,
        Self::Relation,
        Self::Name,
        Self::Sex,
        Self::Born,
        Self::Citizen,
        Self::OldCard,
        Self::Insurance,
        Self::InsuranceFrom,
        Self::InsuranceTo,
        Self::Ethnicity,
        Self::Occupation,
        Self::Village,
        Self::Address,
        Self::Residence,
        Self::Since,
        Self::Poverty,
        Self::Phone,
        Self::MotherName,
        Self::Head,
        Self::PovertySince,
        Self::Temporary,
        Self::InsuranceGroup,
        Self::Vaccine,
        Self::Antigen,
        Self::Given,
        Self::Dose,
        Self::Lot,
        Self::Place,
        Self::EntryOn,
    ];

    /// The name of the field in findings and in the hidden row of the template.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Sex => "sex",
            Self::Born => "born",
            Self::Ethnicity => "ethnicity",
            Self::Occupation => "occupation",
            Self::Village => "village",
            Self::Household => "household",
            Self::Address => "address",
            Self::Relation => "relation",
            Self::Poverty => "poverty",
            Self::Citizen => "citizen",
            Self::OldCard => "old_card",
            Self::Insurance => "insurance",
            Self::InsuranceFrom => "insurance_from",
            Self::InsuranceTo => "insurance_to",
            Self::Phone => "phone",
            Self::MotherName => "mother_name",
            Self::Residence => "residence",
            Self::Since => "since",
            Self::Head => "head",
            Self::PovertySince => "poverty_since",
            Self::Temporary => "temporary",
            Self::InsuranceGroup => "insurance_group",
            Self::Vaccine => "vaccine",
            Self::Antigen => "antigen",
            Self::Given => "given",
            Self::Dose => "dose",
            Self::Lot => "lot",
            Self::Place => "place",
            Self::EntryOn => "entry_on",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.code() == code)
    }

    /// The heading of the column in our own lists.
    pub const fn heading(self) -> &'static str {
        match self {
            Self::Name => "Họ và tên",
            Self::Sex => "Giới tính",
            Self::Born => "Ngày sinh",
            Self::Ethnicity => "Dân tộc",
            Self::Occupation => "Nghề nghiệp",
            Self::Village => "Thôn/bản/tổ",
            Self::Household => "Số hộ",
            Self::Address => "Địa chỉ",
            Self::Relation => "Quan hệ với chủ hộ",
            Self::Poverty => "Diện hộ",
            Self::Citizen => "Số CCCD/định danh",
            Self::OldCard => "Số CMND cũ",
            Self::Insurance => "Số thẻ BHYT",
            Self::InsuranceFrom => "BHYT từ ngày",
            Self::InsuranceTo => "BHYT đến ngày",
            Self::Phone => "Điện thoại",
            Self::MotherName => "Họ tên mẹ",
            Self::Residence => "Tình trạng cư trú",
            Self::Since => "Cư trú từ ngày",
            Self::Head => "Họ tên chủ hộ",
            Self::PovertySince => "Diện hộ từ ngày",
            Self::Temporary => "Mã tạm",
            Self::InsuranceGroup => "Nhóm thẻ BHYT",
            Self::Vaccine => "Tên vắc xin",
            Self::Antigen => "Kháng nguyên/bệnh",
            Self::Given => "Ngày tiêm",
            Self::Dose => "Mũi số",
            Self::Lot => "Số lô vắc xin",
            Self::Place => "Nơi tiêm",
            Self::EntryOn => "Ngày ghi phiếu",
        }
    }

    /// The column holds days.
    pub const fn is_day(self) -> bool {
        matches!(
            self,
            Self::Born
                | Self::InsuranceFrom
                | Self::InsuranceTo
                | Self::Since
                | Self::PovertySince
                | Self::Given
                | Self::EntryOn
        )
    }

    /// The code list whose words the column holds.
    pub const fn list(self) -> Option<&'static str> {
        match self {
            Self::Ethnicity => Some("ethnicity"),
            Self::Occupation => Some("occupation"),
            Self::Relation => Some("relation"),
            Self::Poverty => Some("poverty"),
            Self::Residence => Some("residence_kind"),
            _ => None,
        }
    }
}
