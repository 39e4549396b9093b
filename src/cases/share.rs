//! How many of all: exact, and never told as more than it is.

/// So many of so many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Share {
    /// So many of them.
    pub part: usize,
    /// How many there are.
    pub of: usize,
}

/// A least share, in hundredths of a percent: 0 to 10,000.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Floor(u32);

impl Floor {
    /// The share of so many percent, with at most two digits after a point; `None` for what is no such share.
    pub fn from_percent(text: &str) -> Option<Self> {
        let (whole, rest) = text.split_once('.').unwrap_or((text, "0"));
        let is_number = |digits: &str| !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit());
        if !is_number(whole) || !is_number(rest) || rest.len() > 2 {
            return None;
        }
        let hundredths =
            whole.parse::<u32>().ok()?.checked_mul(100)?.checked_add(format!("{rest:0<2}").parse().ok()?)?;
        (hundredths <= 10_000).then_some(Self(hundredths))
    }

    /// In percent: "95", "99.5".
    pub fn percent(self) -> String {
        let (whole, rest) = (self.0 / 100, self.0 % 100);
        if rest == 0 { whole.to_string() } else { format!("{whole}.{rest:02}").trim_end_matches('0').to_owned() }
    }
}

impl Share {
    /// How many tenths of a percent that is, rounded down; `None` of nothing.
    pub fn tenths(self) -> Option<u32> {
        let (part, of) = (self.part as u128, self.of as u128);
        (part * 1_000).checked_div(of).map(|tenths| u32::try_from(tenths).unwrap_or(u32::MAX))
    }

    /// Whether it is no less than that. Of nothing, there is nothing to miss.
    pub fn reaches(self, floor: Floor) -> bool {
        self.part as u128 * 10_000 >= u128::from(floor.0) * self.of as u128
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(part: usize, of: usize) -> Share {
        Share { part, of }
    }

    #[test]
    fn a_share_is_never_rounded_up() {
        assert_eq!(share(1999, 2000).tenths(), Some(999));
        assert_eq!(share(2, 3).tenths(), Some(666));
        assert_eq!(share(3, 3).tenths(), Some(1000));
        assert_eq!(share(0, 0).tenths(), None);
        assert_eq!(share(usize::MAX, usize::MAX).tenths(), Some(1000));
    }

    #[test]
    fn a_floor_is_compared_exactly() {
        let floor = |text| Floor::from_percent(text).unwrap();
        assert!(share(19, 20).reaches(floor("95")));
        assert!(!share(1899, 2000).reaches(floor("95")));
        assert!(share(2, 3).reaches(floor("66.66")) && !share(2, 3).reaches(floor("66.67")));
        assert!(!share(9_999, 10_000).reaches(floor("100")) && share(0, 0).reaches(floor("100")));
    }

    #[test]
    fn a_floor_is_a_percentage() {
        for wrong in ["", ".", "-1", "+1", "101", "100.01", "1e1", "9.999", "5.", ".5", "99999999999", "NaN"] {
            assert_eq!(Floor::from_percent(wrong), None, "{wrong}");
        }
        for text in ["0", "95", "99.5", "0.05", "100"] {
            assert_eq!(Floor::from_percent(text).unwrap().percent(), text);
        }
        assert_eq!(Floor::from_percent("095.50").unwrap().percent(), "95.5");
    }
}
