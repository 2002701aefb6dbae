//! A total below the table: a row that sums up those above it.

use crate::dataset::rows::records::Records;
use crate::dataset::written::totals::{FEWEST, MOST, is_figure, is_total};

/// How far a sum may be off, as numbers are rounded when they are written.
const OFF: f64 = 1e-4;

/// Drops the last rows while they are totals or other figures of those above them: by their first
/// word, or, of the very last, by its numbers.
pub(super) fn drop(records: &mut Records) {
    for at in 0..MOST {
        if records.rows < FEWEST || !records.is_whole() {
            return;
        }
        let last = records.rows - 1;
        let by_word = word(records, last).or_else(|| remark(records, last));
        if by_word.is_none() && (at > 0 || !is_sum(records, last)) {
            return;
        }
        let line = records.lines.line(last);
        let text = by_word.unwrap_or_else(|| "the sums of the columns".to_owned());
        records.pop_row();
        records.furniture.total(line, text);
    }
}

/// The first cell of a row, where it is a word of totals that stands nowhere else.
fn word(records: &Records, row: usize) -> Option<String> {
    let column = (0..records.names.len()).find(|&column| {
        let is_last = records.columns[column]
            .texts
            .iter()
            .last()
            .is_some_and(|(at, _)| at as usize == row);
        is_last || !records.number(row, column).is_nan() || records.id_of(column, row).is_some()
    })?;
    let text = match records.id_of(column, row) {
        Some(id) => id.to_owned(),
        None => {
            let (at, text) = records.columns[column].texts.iter().last()?;
            (at as usize == row).then(|| text.to_owned())?
        }
    };
    // A word that the column holds elsewhere too is a value of it, and so is one among many words.
    let texts = &records.columns[column].texts;
    let same = texts.iter().filter(|(_, other)| *other == text).count();
    let has_digit = |text: &str| text.bytes().any(|byte| byte.is_ascii_digit());
    let others = texts.iter().filter(|(_, other)| has_digit(other)).count();
    let is_alone = texts.count <= MOST || others * 10 >= texts.count * 9;
    (same < 2 && (is_total(&text) || (is_alone && is_figure(&text)))).then_some(text)
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
        let (at, text) = records.columns[column].texts.iter().last()?;
        (at as usize == row).then(|| text.to_owned())
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
