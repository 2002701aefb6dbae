//! A total below the table: a row that sums up those above it.

use std::collections::BTreeSet;

use super::agree::Numbers;
use super::{figures, subtotals};
use crate::dataset::names::Part;
use crate::dataset::rows::records::Records;
use crate::dataset::written::totals::{FEWEST, Figure, MOST, figure, is_figure, is_total};

/// How far a sum may be off, as numbers are rounded when they are written.
const OFF: f64 = 1e-4;

/// Drops rows that are figures of others: means and limits above the rows and below them, subtotals
/// among them, and the last rows while they are totals: by their first word, or, of the very last, by
/// its numbers.
pub(super) fn drop(records: &mut Records) {
    if records.rows < FEWEST || !records.is_whole() {
        return;
    }
    figures::drop(records);
    subtotals::drop(records);
    // The rows of a table of figures are its rows.
    let is_figure_row = |row: &usize| {
        let leading = records.leading(*row);
        leading.is_some_and(|(_, text)| figure(&text).is_some())
    };
    let are_few = records.rows <= 2 * MOST;
    if are_few && (0..records.rows).filter(is_figure_row).count() * 2 > records.rows {
        return;
    }
    for at in 0..MOST {
        if records.rows < FEWEST {
            return;
        }
        let last = records.rows - 1;
        let by_word = word(records, last).or_else(|| remark(records, last));
        let by_sums = by_word.is_none() && at == 0 && is_sum(records, last);
        let is_open = by_word.is_none() && !by_sums;
        if is_open && (at > 0 || !is_nameless(records, last)) {
            return;
        }
        let line = records.lines.line(last);
        let text = by_word.unwrap_or_else(|| match by_sums {
            true => "the sums of the columns".to_owned(),
            false => "figures of the columns, without a name".to_owned(),
        });
        records.remove(&BTreeSet::from([last]));
        records.furniture.total(line, text);
    }
}

/// The first cell of a row, where it is a word of totals that stands nowhere else.
fn word(records: &Records, row: usize) -> Option<String> {
    let (column, text) = records.leading(row)?;
    // A word that the column holds elsewhere too is a value of it, and so is one among many words.
    let texts = &records.columns[column].texts;
    let same = texts.iter().filter(|(_, other)| *other == text).count();
    let has_digit = |text: &str| text.bytes().any(|byte| byte.is_ascii_digit());
    let others = texts.iter().filter(|(_, other)| has_digit(other)).count();
    let is_alone = texts.count <= MOST || others * 10 >= texts.count * 9;
    (same < 2 && (is_total(&text) || (is_alone && is_figure(&text)))).then_some(text)
}

/// Whether the last row alone has no name, time or number in the first column, and some of its numbers
/// are the sums of those above, or all of them their means.
fn is_nameless(records: &Records, row: usize) -> bool {
    let met = &records.columns[0];
    let is_empty = records.number(row, 0).is_nan()
        && met.texts.get(row as u32).is_none()
        && records.id_of(0, row).is_none();
    // Ids are not counted among what is missing.
    let is_only = match records.parts[0] {
        Part::Id => (0..row).all(|other| records.id_of(0, other).is_some()),
        _ => met.missing.0 == 1,
    };
    if !is_empty || !is_only {
        return false;
    }
    let numbers = Numbers::of(records);
    let others: Vec<usize> = (0..row).collect();
    let (sums, _) = numbers.agree(row, Figure::Sum, &others);
    let (means, all) = numbers.agree(row, Figure::Mean, &others);
    sums > 0 || (all > 1 && means == all)
}

/// The texts of a row that has no number at all, where each other one has several, and one of them
/// stands where else numbers are.
fn remark(records: &Records, row: usize) -> Option<String> {
    let is_measured = |column: &usize| {
        let met = &records.columns[*column];
        let texts = met.texts.count + met.missing.0;
        met.spread.count() >= 20 * texts.max(1)
    };
    let measured: Vec<usize> = (0..records.names.len()).filter(is_measured).collect();
    let has_none = |column: &usize| records.number(row, *column).is_nan();
    if measured.len() < 2 || !measured.iter().all(has_none) {
        return None;
    }
    let last = |column: usize| {
        let text = records.columns[column].texts.get(row as u32)?;
        Some(text.to_owned())
    };
    let is_among_numbers = measured.iter().any(|&column| last(column).is_some());
    let texts: Vec<String> = (0..records.names.len()).filter_map(last).collect();
    is_among_numbers.then(|| texts.join(" "))
}

/// Whether each number of a row is the sum of those above it.
fn is_sum(records: &Records, row: usize) -> bool {
    let mut sums = 0;
    for (column, met) in records.columns.iter().enumerate() {
        let number = f64::from(records.number(row, column));
        if number.is_nan() {
            continue;
        }
        let above = met.spread.sum() - number;
        if !number.is_finite() || (above - number).abs() > OFF * number.abs() || above == 0.0 {
            return false;
        }
        sums += 1;
    }
    sums > 1
}
