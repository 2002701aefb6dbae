//! What rows that are read by a schema held that had to be told.

use super::cell::Cell;
use crate::dataset::columns::label::{Label, Spelling};
use crate::dataset::columns::resolve;
use crate::dataset::text::{list, quote};
use crate::dataset::{Column, DatasetError, ReadOptions};

/// What was met in one column that had to be told.
#[derive(Clone, Debug, Default)]
pub(super) struct Met {
    pub(super) filled: usize,
    /// Cells of categories that the schema does not know, and the first with its line.
    pub(super) unknown: usize,
    pub(super) first: Option<(String, u64)>,
}

/// Sentences about the columns of a schema, given what was met in each.
pub(super) fn notices(columns: &[Column], met: &[Met]) -> Vec<String> {
    let mut notices = Vec::new();
    let columns = || columns.iter().zip(met);
    let filled = columns().filter(|(_, met)| met.filled > 0);
    let filled: Vec<String> = filled
        .map(|(column, met)| format!("{} ({})", quote(&column.name), met.filled))
        .collect();
    if !filled.is_empty() {
        notices.push(format!(
            "Missing values were replaced by the median or most frequent value of the session's own table (number of cells): {}.",
            list(filled)
        ));
    }
    for (column, met) in columns() {
        if let Some((first, line)) = &met.first {
            notices.push(format!(
                "Column {} holds values that the session's own table did not have ({}); they count as none of its categories: the first is {} on line {line}.",
                quote(&column.name),
                met.unknown,
                quote(first)
            ));
        }
    }
    notices
}

/// The label of a row, by the text of its cell.
pub(super) fn label_of(text: &str, options: &ReadOptions) -> String {
    let anomalies = &options.anomalies;
    if !anomalies.is_empty() && Cell::read(text.as_bytes()) != Cell::Missing {
        let label = match resolve::is_one_of(text, anomalies) {
            true => Label::Anomaly,
            false => Label::Nominal,
        };
        return label.name().to_owned();
    }
    let spelling = match Cell::read(text.as_bytes()) {
        Cell::Number(number) => Spelling::of_number(number as f32),
        Cell::Missing => return String::new(),
        _ => resolve::Words::by(options.rules).read(text),
    };
    (spelling.label()).map_or_else(|| text.to_owned(), |label| label.name().to_owned())
}

/// That a cell of a column holds nothing.
pub(super) fn missing(line: u64, column: &Column) -> DatasetError {
    DatasetError::Missing {
        line,
        column: column.name.clone(),
        cells: 1,
    }
}
