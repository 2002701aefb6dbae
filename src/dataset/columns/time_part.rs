//! What of a time can be a feature: its hour, its weekday, the seconds since the row before.

use serde::{Deserialize, Serialize};

use crate::dataset::written::Form;

/// Seconds of a day.
const DAY: f64 = 86_400.0;

/// What of a time is a feature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum TimePart {
    /// The hour of the day with its fraction, from 0 to 24.
    Hour,
    /// The day of the week, from 1 for Monday to 7 for Sunday.
    Weekday,
    /// The seconds since the row before that has a time.
    Step,
}

impl TimePart {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Hour, Self::Weekday, Self::Step];

    /// The word for it, in `--time-feature NAME=hour` and on the screen.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Hour => "hour",
            Self::Weekday => "weekday",
            Self::Step => "step",
        }
    }

    /// What it is, in a sentence's words.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Hour => "the hour of the day, from 0 to 24",
            Self::Weekday => "the day of the week, 1 for Monday to 7 for Sunday",
            Self::Step => "the seconds since the row before",
        }
    }

    /// The unit of the feature.
    pub(in crate::dataset) const fn unit(self) -> Option<&'static str> {
        match self {
            Self::Hour => Some("h"),
            Self::Weekday => None,
            Self::Step => Some("s"),
        }
    }

    /// The name of the feature of a column of times.
    pub(in crate::dataset) fn of_column(self, column: &str) -> String {
        format!("{column}: {}", self.name())
    }

    /// The feature of a time in seconds, behind another one; `None` where there is none.
    pub(in crate::dataset) fn of(self, time: f64, before: Option<f64>) -> Option<f32> {
        if time.is_nan() {
            return None;
        }
        match self {
            Self::Hour => Some((time.rem_euclid(DAY) / 3600.0) as f32),
            // 1970 began on a Thursday.
            Self::Weekday => Some((time.div_euclid(DAY) + 3.0).rem_euclid(7.0) as f32 + 1.0),
            Self::Step => before.map(|before| (time - before) as f32),
        }
    }

    /// Whether times of this form have it.
    pub(in crate::dataset) fn is_in(self, form: Form) -> bool {
        self != Self::Weekday || !(form.is_clock() || form == Form::Yearless)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_time() {
        let time = Form::YearFirst.read("2024-03-01 18:45").unwrap();
        assert_eq!(TimePart::Hour.of(time, None), Some(18.75));
        assert_eq!(TimePart::Weekday.of(time, None), Some(5.0));
        assert_eq!(TimePart::Step.of(time, Some(time - 90.0)), Some(90.0));
        assert_eq!(TimePart::Step.of(time, None), None);
        assert_eq!(TimePart::Hour.of(f64::NAN, None), None);
        let before = Form::YearFirst.read("1969-12-28").unwrap();
        assert_eq!(TimePart::Weekday.of(before, None), Some(7.0));
    }
}
