//! A row of a workbook as one number: rows of the first sheet are their own number.

/// More rows than a sheet may have here.
const SHEET: u32 = 1 << 16;

/// `sheet` counts from 0, `row` from 1 as the person sees it.
pub fn at(sheet: usize, row: u32) -> u32 {
    let sheet = u32::try_from(sheet).unwrap_or(0).min(u32::MAX / SHEET - 1);
    sheet * SHEET + row.min(SHEET - 1)
}

pub const fn sheet(place: u32) -> usize {
    (place / SHEET) as usize
}

pub const fn row(place: u32) -> u32 {
    place % SHEET
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_read_back() {
        for (s, r) in [(0, 1), (0, 50_000), (3, 12), (200, 50_000)] {
            assert_eq!((sheet(at(s, r)), row(at(s, r))), (s, r));
        }
        assert_eq!(at(0, 7), 7);
    }
}
