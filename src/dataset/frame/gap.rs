//! A table behind an empty line, below another one that is smaller.

use super::head::Found;
use crate::dataset::lines::is_typed;
use crate::dataset::written::totals::figure;

/// Lines among which such a table begins.
const LINES: usize = 60;

/// The record behind an empty line that begins a table of its own: names above numbers, where what
/// stands before the line is no row of it. That are remarks; figures of its rows, such as means; or
/// the rows of a smaller table with other names.
pub(super) fn behind_gap(found: &[Found], first: usize, usual: usize) -> Option<usize> {
    let is_blank = |cell: &[u8]| cell.trim_ascii().is_empty();
    let is_row = |found: &Found| {
        let typed = found
            .record
            .iter()
            .filter(|cell| !is_blank(cell) && is_typed(cell));
        found.record.len() == usual && typed.count() * 2 > usual
    };
    let are_names = |found: &Found| {
        let is_name = |cell: &[u8]| !is_blank(cell) && !is_typed(cell);
        found.record.len() == usual && found.record.iter().all(is_name)
    };
    let is_figure = |found: &Found| {
        let cell = found.record.get(0).unwrap_or_default();
        std::str::from_utf8(cell).is_ok_and(|text| figure(text).is_some())
    };
    let is_gap = |at: usize| found[at].line > found[at - 1].passed + 1;
    let last = found.len().min(first + LINES);
    (first + 1..last).find(|&at| {
        let begins = are_names(&found[at]) && found.get(at + 1).is_some_and(is_row);
        let before = &found[first..at];
        // Figures alone need no empty line behind them.
        let are_alone = before.iter().all(|found| is_row(found) && is_figure(found));
        if !begins || !(is_gap(at) || are_alone) {
            return false;
        }
        let rows = before.iter().filter(|found| is_row(found)).count();
        let behind = (at + 1..found.len())
            .take_while(|&row| found[row].record.len() == usual && !(row > at + 1 && is_gap(row)))
            .count();
        let same = before.iter().any(|found_before| {
            let same = found_before.record.iter().zip(found[at].record.iter());
            let same = same.filter(|(cell, other)| cell.eq_ignore_ascii_case(other));
            same.count() * 2 > usual
        });
        let are_figures = before.iter().filter(|found| is_row(found)).all(is_figure);
        rows == 0 || (rows < behind && (are_figures || !same))
    })
}
