//! What rows that are read by a schema held that had to be told.

use crate::dataset::text::{list, quote};
use crate::dataset::{Column, DatasetError};

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

/// That a cell of a column holds nothing.
pub(super) fn missing(line: u64, column: &Column) -> DatasetError {
    DatasetError::Missing {
        line,
        column: column.name.clone(),
        cells: 1,
    }
}
