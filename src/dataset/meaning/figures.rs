//! Rows of means, deviations, limits and the like, above the rows and below them.

use std::collections::BTreeSet;

use super::agree::Numbers;
use crate::dataset::rows::records::Records;
use crate::dataset::written::totals::{FEWEST, Figure, MOST, figure};

/// A row that may be a figure of the others.
struct May {
    row: usize,
    text: String,
    figure: Figure,
}

/// Takes out the first and the last rows where they are figures of the others: by several words that
/// follow on each other, or by one whose numbers are what it says.
pub(super) fn drop(records: &mut Records) {
    let top = run(records, &mut (0..records.rows));
    let bottom = run(records, &mut (0..records.rows).rev());
    let all = top.len() + bottom.len();
    // What is left has to be more than what is taken out of it.
    if all == 0 || records.rows < FEWEST + all || records.rows < 2 * all {
        return;
    }
    let last = records.rows - bottom.len();
    let others: Vec<usize> = (top.len()..last).collect();
    let numbers = Numbers::of(records);
    let are = |run: &[May]| are_figures(run, &numbers, &others);
    let mut rows = BTreeSet::new();
    for (run, is_top) in [(top, true), (bottom, false)] {
        if !are(&run) {
            continue;
        }
        for may in run {
            let line = records.lines.line(may.row);
            rows.insert(may.row);
            match is_top {
                true => records.furniture.figure(line, may.text),
                false => records.furniture.total(line, may.text),
            }
        }
    }
    records.remove(&rows);
}

/// The rows of figures with which the table begins, or ends.
fn run(records: &Records, rows: &mut dyn Iterator<Item = usize>) -> Vec<May> {
    let mut run: Vec<May> = Vec::new();
    let mut column = None;
    for row in rows.take(MOST + 1) {
        let Some((at, text)) = records.leading(row) else {
            break;
        };
        let Some(figure) = figure(&text) else { break };
        let is_new = run.iter().all(|may| may.text != text);
        if column.is_some_and(|column| column != at) || !is_new || is_elsewhere(records, at, &text)
        {
            break;
        }
        column = Some(at);
        run.push(May { row, text, figure });
    }
    match run.len() {
        // So many are the rows of a table of figures.
        0..=MOST => run,
        _ => Vec::new(),
    }
}

/// Whether a column holds a text more than once: then it is one of its values.
fn is_elsewhere(records: &Records, column: usize, text: &str) -> bool {
    let texts = records.columns[column].texts.iter();
    let same = texts.filter(|(_, other)| other.eq_ignore_ascii_case(text));
    same.take(2).count() > 1
}

/// Whether the rows of a run are figures of the others.
fn are_figures(run: &[May], numbers: &Numbers, others: &[usize]) -> bool {
    let agrees = |may: &May| numbers.agree(may.row, may.figure, others);
    match run {
        [] => false,
        [one] => {
            let (agree, all) = agrees(one);
            // That one row holds what is least, or most, may be by chance.
            let fewest = match one.figure {
                Figure::Min | Figure::Max | Figure::Quantile(_) => 2,
                _ => 1,
            };
            agree == all && all >= fewest
        }
        _ => {
            let find = |figure| run.iter().find(|may| may.figure == figure);
            let are_limits = find(Figure::Min)
                .zip(find(Figure::Max))
                .is_some_and(|(low, high)| numbers.are_limits(low.row, high.row, others));
            // Limits of a specification say nothing of the rows.
            let are_all_limits = run.iter().all(|may| may.figure == Figure::Limit);
            are_all_limits
                || are_limits
                || run.iter().any(|may| {
                    let (agree, all) = agrees(may);
                    agree > 0 && agree * 2 >= all
                })
        }
    }
}
