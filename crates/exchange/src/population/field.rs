//! The columns of a population list: their codes, and how our own lists head them.

/// One field of `Listed`.
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
}

impl Field {
    /// In the order of the template.
    pub const ALL: [Self; 19] = [
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
    ];

    /// The name of the field in `Listed`, in findings and in the hidden row of the template.
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
        }
    }

    /// Nobody can be registered without these.
    pub const REQUIRED: [Self; 3] = [Self::Name, Self::Sex, Self::Born];

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
