//! Headers whose names are numbers: wavelengths, years, bands, or a count.

use csv::ByteRecord;

use crate::dataset::rows::cell::Cell;
use crate::dataset::written::{Hand, number};

/// The share of a column's cells that have to have decimals.
const MOSTLY: f64 = 0.9;

/// So many numbers that step evenly are names, unless rows below do so too.
const MANY: usize = 5;
const ROWS_BELOW: usize = 100;

/// Whether a record counts from 0 or 1 on above numbers with decimals, as programs name columns that
/// have no names.
pub(super) fn counts_up(first: &ByteRecord, rest: &[ByteRecord]) -> bool {
    let number = |cell: &[u8]| match Cell::read(cell) {
        Cell::Number(number) => Some(number),
        _ => None,
    };
    let Some(start) = first
        .get(0)
        .and_then(number)
        .filter(|start| [0.0, 1.0].contains(start))
    else {
        return false;
    };
    let counts = first
        .iter()
        .enumerate()
        .all(|(at, cell)| number(cell) == Some(start + at as f64));
    let has_decimals = |index: usize| {
        let cells = || rest.iter().filter_map(|record| record.get(index));
        let decimals = cells().filter(|cell| cell.contains(&b'.') || cell.contains(&b','));
        decimals.count() as f64 >= MOSTLY * cells().count() as f64
    };
    let decimals = (0..first.len())
        .filter(|&index| has_decimals(index))
        .count();
    counts && first.len() > 2 && rest.len() > 2 && decimals * 2 >= first.len()
}

/// Whether all numbers of a record are years, one after another, and few of those below them are.
pub(super) fn are_years(first: &ByteRecord, rest: &[ByteRecord]) -> bool {
    let year = |cell: &[u8]| match Cell::read(cell) {
        Cell::Number(number) if number.fract() == 0.0 && (1800.0..2200.0).contains(&number) => {
            Some(number)
        }
        _ => None,
    };
    let numbers = |record: &ByteRecord| {
        let is_number = |cell: &&[u8]| matches!(Cell::read(cell), Cell::Number(_));
        record.iter().filter(is_number).count()
    };
    let years: Vec<f64> = first.iter().filter_map(year).collect();
    let (mut below, mut all) = (0, 0);
    for record in rest.iter().take(ROWS_BELOW) {
        below += record.iter().filter_map(year).count();
        all += numbers(record);
    }
    years.len() > 2
        && years.len() == numbers(first)
        && years.windows(2).all(|pair| pair[0] < pair[1])
        && below * 5 < all
}

/// Whether so many numbers of a record rise, or fall, as those of no other one do, and most lie outside
/// what is below them: bands of frequencies, depths.
pub(super) fn rises(first: &ByteRecord, rest: &[ByteRecord]) -> bool {
    let numbers = |record: &ByteRecord| -> Option<Vec<f64>> {
        let number = |cell: &[u8]| match Cell::read(cell) {
            Cell::Number(number) => Some(number),
            _ => None,
        };
        record.iter().map(number).collect()
    };
    let is_steady = |numbers: &[f64]| {
        numbers.windows(2).all(|pair| pair[0] < pair[1])
            || numbers.windows(2).all(|pair| pair[0] > pair[1])
    };
    let Some(names) = numbers(first).filter(|names| names.len() > MANY && is_steady(names)) else {
        return false;
    };
    let below: Vec<Vec<f64>> = rest.iter().take(ROWS_BELOW).filter_map(numbers).collect();
    let is_outside = |at: &usize| {
        let column = below.iter().filter_map(|row| row.get(*at));
        let (low, high) = column.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
            (low.min(*value), high.max(*value))
        });
        names[*at] < low || names[*at] > high
    };
    let outside = (0..names.len()).filter(is_outside).count();
    below.len() > MANY && !below.iter().any(|row| is_steady(row)) && outside * 2 >= names.len()
}

/// Whether the numbers of a record step evenly and are none of those below them.
pub(super) fn steps_outside(first: &ByteRecord, rest: &[ByteRecord]) -> bool {
    // Wavelengths may have their unit: 400nm.
    let number = |cell: &[u8]| match Cell::read(cell) {
        Cell::Number(number) => Some(number),
        Cell::Text(text) => number(text, Hand::POINT)
            .filter(|written| written.unit.is_some())
            .map(|written| written.value),
        _ => None,
    };
    let named: Vec<(usize, f64)> = first
        .iter()
        .enumerate()
        .filter_map(|(index, cell)| Some((index, number(cell)?)))
        .collect();
    if named.len() < 3 || rest.is_empty() {
        return false;
    }
    let step = named[1].1 - named[0].1;
    let is_even = |pair: &[(usize, f64)]| {
        let this = pair[1].1 - pair[0].1;
        step != 0.0 && (this - step).abs() <= 1e-6 * step.abs()
    };
    let follows = |record: &ByteRecord| {
        let numbers: Option<Vec<(usize, f64)>> = named
            .iter()
            .map(|&(index, _)| Some((index, number(record.get(index)?)?)))
            .collect();
        numbers.is_some_and(|numbers| numbers.windows(2).all(is_even))
    };
    // Where all rows step as the first one does, it is one of them.
    if rest.iter().take(3).all(follows) {
        return false;
    }
    // That so many numbers step evenly, and those of no other record do, is no chance.
    if named.len() >= MANY
        && named.windows(2).all(is_even)
        && !rest.iter().take(ROWS_BELOW).any(follows)
    {
        return true;
    }
    let outside = named.iter().filter(|(index, name)| {
        let below = rest.iter().filter_map(|record| number(record.get(*index)?));
        let (low, high) = below.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
            (low.min(value), high.max(value))
        });
        *name < low || *name > high
    });
    named.windows(2).all(is_even) && outside.count() * 10 >= named.len() * 8
}
