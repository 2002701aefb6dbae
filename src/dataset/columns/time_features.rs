//! Features that are made of times, where they are wished for.

use super::assemble;
use super::column::{Column, Role, TimeForm};
use super::feature::median;
use super::spread::Spread;
use super::time_part::TimePart;
use super::times::Times;
use crate::dataset::rows::records::Records;
use crate::dataset::text::quote;
use crate::dataset::written::read_any_time;
use crate::dataset::{ColumnChoice, DatasetError, Missing, ReadOptions, names};

/// A feature that is made of times.
pub(in crate::dataset) struct Made {
    pub(in crate::dataset) column: Column,
    pub(in crate::dataset) unit: Option<&'static str>,
    /// The value of each row; none where the column is left out.
    pub(in crate::dataset) values: Vec<f32>,
}

/// Makes the features that are wished for, and says what they are.
///
/// # Errors
///
/// A column that is named holds no times, or not such; a time is missing that may not be filled in.
pub(in crate::dataset) fn make(
    records: &Records,
    options: &ReadOptions,
    notices: &mut Vec<String>,
) -> Result<Vec<Made>, DatasetError> {
    let mut made = Vec::new();
    for (name, part) in &options.time_features {
        let choice = ColumnChoice::Named(name.clone());
        let index = names::find(&records.names, &choice)?;
        let name = index.map_or(name.as_str(), |index| &records.names[index]);
        let times = records.times.iter().find(|times| times.name == name);
        let (Some(times), Some(index)) = (times, index) else {
            return Err(DatasetError::NoTimes(name.to_owned(), *part));
        };
        if !part.is_in(times.form) {
            return Err(DatasetError::NoTimes(name.to_owned(), *part));
        }
        let (cells, line) = records.columns[index].missing;
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
pub(in crate::dataset) fn add(features: Vec<f32>, rows: usize, made: &[Made]) -> Vec<f32> {
    let more: Vec<&[f32]> = made
        .iter()
        .map(|made| made.values.as_slice())
        .filter(|values| !values.is_empty())
        .collect();
    assemble::beside(features, rows, &more)
}

/// The times of another table, as its rows go by.
#[derive(Debug)]
pub(in crate::dataset) struct Clocks {
    /// By column, the last time before the row.
    before: Vec<Option<f64>>,
}

/// What a cell with a time makes of a feature.
pub(in crate::dataset) struct OfTime {
    /// Whether there is no time.
    pub(in crate::dataset) is_missing: bool,
    /// The feature, where there is one: the first row has no row before.
    pub(in crate::dataset) value: Option<f32>,
}

impl Clocks {
    /// Before the first row.
    pub(in crate::dataset) fn new(columns: &[Column]) -> Self {
        let before = vec![None; columns.len()];
        Self { before }
    }

    /// The feature of a column, where it is made of times.
    pub(in crate::dataset) fn of(
        &self,
        at: usize,
        column: &Column,
        field: &[u8],
    ) -> Option<OfTime> {
        let Role::OfTime { part, form, .. } = &column.role else {
            return None;
        };
        let time = read(*form, field);
        Some(OfTime {
            is_missing: time.is_nan(),
            value: part.of(time, self.before[at]),
        })
    }

    /// Passes a row, of which `field` gives the cell of each column.
    pub(in crate::dataset) fn pass<'f>(
        &mut self,
        columns: &[Column],
        field: impl Fn(usize) -> Option<&'f [u8]>,
    ) {
        for (at, column) in columns.iter().enumerate() {
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
    let read = form.0.read(text).or_else(|| read_any_time(text));
    read.unwrap_or(f64::NAN)
}
