//! Columns that would give the truth away.

use crate::dataset::Label;
use crate::dataset::names::Part;
use crate::dataset::records::Records;
use crate::dataset::{MAX_CATEGORIES, resolve};

/// Fewest rows of known label among which a rule can be told from chance.
const ROWS: usize = 30;

/// Fewest rows of either label.
const EACH: usize = 3;

/// What a column is left out for.
const WHY: &str = "each of its values goes with one label only, so it would give the truth away";

/// Leaves out each column of a few values of which none goes with both labels.
pub(super) fn find(records: &mut Records, anomalies: &[String]) {
    let Some(truth) = resolve::truth(records, anomalies) else {
        return;
    };
    let known = truth.anomalies() + truth.nominals();
    if known < ROWS || truth.anomalies() < EACH || truth.nominals() < EACH {
        return;
    }
    for place in 0..records.names.len() {
        if matches!(
            records.parts[place],
            Part::Ordinary | Part::Code | Part::PerhapsTruth
        ) && goes_with(records, place, truth.labels())
        {
            records.parts[place] = Part::LeftOut(WHY);
        }
    }
}

/// A value of a column: the bits of a number, or the place of a text.
#[derive(Clone, Copy, PartialEq)]
enum Value {
    Number(u32),
    Text(u8),
}

/// Most different numbers of such a column: more are rather measured.
const MOST_NUMBERS: usize = 4;

/// Whether a column has a few values and each goes with one label.
fn goes_with(records: &Records, place: usize, labels: &[Option<Label>]) -> bool {
    let texts = &records.columns[place].texts;
    if texts.many {
        return false;
    }
    let numbers = (0..records.rows).filter_map(|row| {
        let number = records.number(row, place);
        (!number.is_nan()).then_some((row, Value::Number(number.to_bits())))
    });
    let texts = texts
        .cells
        .iter()
        .map(|&(row, at)| (row as usize, Value::Text(at)));
    let mut seen: Vec<(Value, Label)> = Vec::new();
    for (row, value) in numbers.chain(texts) {
        let Some(label) = labels.get(row).copied().flatten() else {
            continue;
        };
        match seen.iter().find(|(known, _)| *known == value) {
            Some((_, known)) if *known == label => {}
            None if seen.len() < MAX_CATEGORIES => seen.push((value, label)),
            _ => return false,
        }
    }
    let numbers = seen
        .iter()
        .filter(|(value, _)| matches!(value, Value::Number(_)));
    seen.len() > 1 && numbers.count() <= MOST_NUMBERS
}
