//! What the columns of a table mean, by their names, their values and how these are written.
//!
//! 1. Before reading, [`texts()`](texts::texts) says which columns are to be read as texts, though they look like
//!    numbers: ids, codes, dates in digits, decimal commas.
//! 2. After reading, [`understand`] turns the texts of columns of numbers into numbers, finds times
//!    and codes, and drops a total below the table.
//! 3. When the label column is known, [`judge`] finds what would give the truth away, rows counted
//!    in a column, and values that stand for a missing one.
//!
//! Each finding has its evidence in one sentence; what is not obvious is a note, and whatever is
//! chosen for a column is left alone.

mod agree;
mod cells;
mod codes;
mod digits;
mod figures;
mod filler;
mod leak;
mod shape;
mod subtotals;
mod suspect;
pub(super) mod texts;
mod times;
mod total;
mod units;

use super::names::Part;
use super::rows::records::Records;
use super::text::quote;
use super::{DatasetError, Meaning, Missing, ReadOptions};

/// Understands the texts of every column, and drops a total below the table.
pub(super) fn understand(records: &mut Records, options: &ReadOptions) {
    total::drop(records);
    for column in 0..records.names.len() {
        match records.parts[column] {
            Part::Ordinary | Part::PerhapsLabel | Part::PerhapsTruth => {
                cells::understand(records, column, options.missing);
            }
            Part::Chosen(Meaning::Number) => cells::to_numbers(records, column, options.missing),
            Part::Chosen(Meaning::Time) => times::choose(records, column),
            _ => {}
        }
    }
}

/// Judges the columns beside the labels, when these are known.
pub(super) fn judge(records: &mut Records, options: &ReadOptions) {
    leak::find(records, options);
    shape::tell_few(records, options);
    shape::find(records, &options.id);
    filler::tell(records);
    suspect::tell(records, options);
}

/// Turns infinities into missing values, where these are filled in.
fn forgive_infinite(records: &mut Records, column: usize, missing: Missing) {
    let is_infinite = matches!(
        records.columns[column].unfit,
        Some((_, DatasetError::Infinite { .. }))
    );
    if missing == Missing::Refuse || !is_infinite {
        return;
    }
    let rows: Vec<usize> = (0..records.rows)
        .filter(|&row| records.number(row, column) == f32::INFINITY)
        .collect();
    rows.iter()
        .for_each(|&row| records.set(row, column, f32::NAN));
    let line = records
        .lines
        .line(rows.first().copied().unwrap_or_default());
    let met = &mut records.columns[column];
    met.unfit = None;
    met.miss_some(rows.len(), line);
    records.notes.push(format!(
        "Column {} holds infinite values ({}, the first on line {line}); they count as missing.",
        quote(&records.names[column]),
        rows.len()
    ));
}
