//! What the law says on going to a professional, and since when that is known.

use std::fmt;

use super::SourceIx;

/// A statement on who may go to a professional, or who may call themselves one.
#[derive(Debug, Clone)]
pub struct Access {
    /// What it says.
    pub says: String,
    /// The states that it is about; none where it is general.
    pub states: Vec<State>,
    /// When it was known to hold.
    pub as_of: Date,
    /// Where it comes from.
    pub sources: Vec<SourceIx>,
}

/// A state or territory, by the two capital letters that stand for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct State([u8; 2]);

impl State {
    /// The state with this code, if it could be one.
    pub fn from_code(code: &str) -> Option<Self> {
        let letters: [u8; 2] = code.as_bytes().try_into().ok()?;
        letters.iter().all(u8::is_ascii_uppercase).then_some(Self(letters))
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [first, second] = self.0.map(char::from);
        write!(f, "{first}{second}")
    }
}

/// A date as exactly as it is known: a year, a month or a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Date {
    /// The year, of four digits.
    pub year: u16,
    /// The month, from 1.
    pub month: Option<u8>,
    /// The day, from 1; never without the month.
    pub day: Option<u8>,
}

impl Date {
    /// The date that is written `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    pub fn from_iso(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let year = number(parts.next()?, 4)?;
        let month = parts.next().map(|month| number(month, 2)).map_or(Some(None), |month| month.map(Some))?;
        let day = parts.next().map(|day| number(day, 2)).map_or(Some(None), |day| day.map(Some))?;
        let real = month.is_none_or(|month| (1..=12).contains(&month))
            && day.is_none_or(|day| (1..=days(year, month.unwrap_or(0))).contains(&day));
        let narrow = |number: Option<u16>| number.and_then(|number| u8::try_from(number).ok());
        (parts.next().is_none() && real).then_some(Self { year, month: narrow(month), day: narrow(day) })
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        [self.month, self.day].into_iter().flatten().try_for_each(|part| write!(f, "-{part:02}"))
    }
}

/// A number of exactly so many digits.
fn number(digits: &str, count: usize) -> Option<u16> {
    let plain = digits.len() == count && digits.bytes().all(|digit| digit.is_ascii_digit());
    digits.parse().ok().filter(|_| plain)
}

/// How many days a month has.
fn days(year: u16, month: u16) -> u16 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_written_as_it_was_read() {
        for date in ["2019", "2019-07", "2024-05-24", "2024-02-29", "2000-02-29", "2019-12-31"] {
            assert_eq!(Date::from_iso(date).map(|date| date.to_string()).as_deref(), Some(date));
        }
    }

    #[test]
    fn no_other_text_is_a_date() {
        for wrong in [
            "",
            "19",
            "02019",
            "2019-7",
            "2019-00",
            "2019-13",
            "2019-07-00",
            "2019-06-31",
            "2019-02-29",
            "1900-02-29",
            "2019-07-01-01",
            "2019-",
            "2019-07-",
            "2019/07",
            "July 2019",
            "+019-07",
            "2019-+7",
            "٢٠١٩",
        ] {
            assert_eq!(Date::from_iso(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_state_is_two_capital_letters() {
        assert_eq!(State::from_code("TX").map(|state| state.to_string()).as_deref(), Some("TX"));
        for wrong in ["", "T", "tx", "Tx", "TEX", "T1", "É"] {
            assert_eq!(State::from_code(wrong), None, "{wrong}");
        }
    }
}
