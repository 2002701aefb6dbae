//! Features that are made of times, where they are wished for: hour, weekday, and the seconds since the
//! row before.

use serde::{Deserialize, Serialize};

use super::assemble;
use super::column::TimeForm;
use super::feature::median;
use super::meaning::{Times, read_time};
use super::names;
use super::records::Records;
use super::spread::Spread;
use super::text::quote;
use super::written::Form;
use super::{Column, ColumnChoice, DatasetError, Missing, ReadOptions, Role, Schema};

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
    const fn unit(self) -> Option<&'static str> {
        match self {
            Self::Hour => Some("h"),
            Self::Weekday => None,
            Self::Step => Some("s"),
        }
    }

    /// The name of the feature of a column of times.
    fn of_column(self, column: &str) -> String {
        format!("{column}: {}", self.name())
    }

    /// The feature of a time in seconds, behind another one; `None` where there is none.
    pub(super) fn of(self, time: f64, before: Option<f64>) -> Option<f32> {
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
    fn is_in(self, form: Form) -> bool {
        self != Self::Weekday || !(form.is_clock() || form == Form::Yearless)
    }
}

/// A feature that is made of times.
pub(super) struct Made {
    pub(super) column: Column,
    pub(super) unit: Option<&'static str>,
    /// The value of each row; none where the column is left out.
    pub(super) values: Vec<f32>,
}

/// Makes the features that are wished for, and says what they are.
///
/// # Errors
///
/// A column that is named holds no times, or not such; a time is missing that may not be filled in.
pub(super) fn make(
    records: &Records,
    options: &ReadOptions,
    notices: &mut Vec<String>,
) -> Result<Vec<Made>, DatasetError> {
    let mut made = Vec::new();
    for (name, part) in &options.time_features {
        let choice = ColumnChoice::Named(name.clone());
        let place = names::find(&records.names, &choice)?;
        let name = place.map_or(name.as_str(), |place| &records.names[place]);
        let times = records.times.iter().find(|times| times.name == name);
        let (Some(times), Some(place)) = (times, place) else {
            return Err(DatasetError::NoTimes(name.to_owned(), *part));
        };
        if !part.is_in(times.form) {
            return Err(DatasetError::NoTimes(name.to_owned(), *part));
        }
        let (cells, line) = records.columns[place].missing;
        if cells > 0 && options.missing == Missing::Refuse {
            let column = name.to_owned();
            return Err(DatasetError::Missing {
                line,
                column,
                cells,
            });
        }
        made.push(feature(times, *part, notices));
    }
    Ok(made)
}

fn feature(times: &Times, part: TimePart, notices: &mut Vec<String>) -> Made {
    let mut before = None;
    let value = |time: &f64| {
        let value = part.of(*time, before);
        before = Some(*time).filter(|time| !time.is_nan()).or(before);
        value.unwrap_or(f32::NAN)
    };
    let mut values: Vec<f32> = times.seconds.iter().map(value).collect();
    let name = part.of_column(&times.name);
    let mut spread = Spread::default();
    let known = values.iter().filter(|value| !value.is_nan());
    known.for_each(|value| spread.add(f64::from(*value)));
    if spread.count() == 0 || spread.is_constant() {
        let role = Role::constant();
        return Made {
            column: Column { name, role },
            unit: None,
            values: Vec::new(),
        };
    }
    let fill = median(values.clone()).unwrap_or_default();
    let filled = values.iter().filter(|value| value.is_nan()).count();
    for value in values.iter_mut().filter(|value| value.is_nan()) {
        *value = fill;
    }
    let rows = match (part, filled) {
        (_, 0) => String::new(),
        (TimePart::Step, 1) => format!("; that of the first row is their median, {fill}"),
        (_, filled) => format!("; of {filled} rows it is their median, {fill}"),
    };
    notices.push(format!(
        "The feature {} is {} in column {}{rows}.",
        quote(&name),
        part.meaning(),
        quote(&times.name)
    ));
    Made {
        column: Column {
            name,
            role: Role::OfTime {
                column: times.name.clone(),
                part,
                form: TimeForm(times.form),
            },
        },
        unit: part.unit(),
        values,
    }
}

/// Puts further features behind those of each row.
pub(super) fn add(features: Vec<f32>, rows: usize, made: &[Made]) -> Vec<f32> {
    let more: Vec<&[f32]> = made
        .iter()
        .map(|made| made.values.as_slice())
        .filter(|values| !values.is_empty())
        .collect();
    assemble::beside(features, rows, &more)
}

/// The times of another table, as its rows go by.
#[derive(Debug)]
pub(super) struct Clocks {
    /// By column of the schema, the last time before the row.
    before: Vec<Option<f64>>,
}

/// What a cell with a time makes of a feature.
pub(super) struct OfTime {
    /// Whether there is no time.
    pub(super) is_missing: bool,
    /// The feature, where there is one: the first row has no row before.
    pub(super) value: Option<f32>,
}

impl Clocks {
    /// Before the first row.
    pub(super) fn new(schema: &Schema) -> Self {
        let before = vec![None; schema.columns().len()];
        Self { before }
    }

    /// The feature of a column of the schema, where it is made of times.
    pub(super) fn of(&self, at: usize, column: &Column, field: &[u8]) -> Option<OfTime> {
        let Role::OfTime { part, form, .. } = &column.role else {
            return None;
        };
        let time = read(*form, field);
        Some(OfTime {
            is_missing: time.is_nan(),
            value: part.of(time, self.before[at]),
        })
    }

    /// Passes a row, of which `field` gives the cell of each column of the schema.
    pub(super) fn pass<'f>(&mut self, schema: &Schema, field: impl Fn(usize) -> Option<&'f [u8]>) {
        for (at, column) in schema.columns().iter().enumerate() {
            if let (Role::OfTime { form, .. }, Some(field)) = (&column.role, field(at)) {
                let time = read(*form, field);
                self.before[at] = Some(time).filter(|time| !time.is_nan()).or(self.before[at]);
            }
        }
    }
}

/// A time in a cell of another table: by the form of the times that a session was made of, or else by
/// any that it has.
fn read(form: TimeForm, field: &[u8]) -> f64 {
    let text = std::str::from_utf8(field).unwrap_or_default();
    let read = form.0.read(text).or_else(|| read_time(text));
    read.unwrap_or(f64::NAN)
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
