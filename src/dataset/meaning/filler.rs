//! Values that stand for a missing one: far from all others, and met again and again.

use crate::dataset::names::Part;
use crate::dataset::records::Records;
use crate::dataset::text::quote;

/// How often a value has to be met.
const OFTEN: usize = 3;

/// How many other values there have to be, so that far is far.
const OTHERS: usize = 10;

/// Tells of each column that holds such a value.
pub(super) fn tell(records: &mut Records) {
    let mut found: Vec<(String, f64, usize)> = Vec::new();
    for place in 0..records.names.len() {
        if records.parts[place] == Part::Ordinary {
            for (value, count) in fillers(records, place) {
                found.push((records.names[place].clone(), value, count));
            }
        }
    }
    let mut values: Vec<f64> = found.iter().map(|(_, value, _)| *value).collect();
    values.sort_unstable_by(f64::total_cmp);
    values.dedup();
    for value in values {
        let columns: Vec<String> = found
            .iter()
            .filter(|(_, other, _)| *other == value)
            .map(|(name, _, count)| format!("{} ({count} cells)", quote(name)))
            .collect();
        let text = spelled(value);
        records.notes.push(format!(
            "{text} lies far from all other values of {}: if it stands for a missing value, say so (--missing {text}).",
            crate::dataset::text::list(columns)
        ));
        records.fillers.push(text);
    }
}

/// The least and the greatest value of a column, where they are far from all others and frequent.
fn fillers(records: &Records, place: usize) -> Vec<(f64, usize)> {
    let met = &records.columns[place];
    if met.texts.count > 0 || met.unfit.is_some() {
        return Vec::new();
    }
    let ends = met.spread.ends();
    let mut found = Vec::new();
    for (at, (value, count)) in ends.into_iter().enumerate() {
        if count < OFTEN || count * 2 > met.spread.count() {
            continue;
        }
        let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
        let mut others: Vec<f32> = Vec::new();
        // The other end may be a filler too.
        let other_end = ends[1 - at];
        let passes_other = other_end.1 >= OFTEN && other_end.0 != value;
        for row in 0..records.rows {
            let number = records.number(row, place);
            let exact = f64::from(number);
            if number.is_nan()
                || number == value as f32
                || (passes_other && number == other_end.0 as f32)
            {
                continue;
            }
            (low, high) = (low.min(exact), high.max(exact));
            if others.len() < OTHERS && !others.contains(&number) {
                others.push(number);
            }
        }
        let gap = if at == 0 { low - value } else { value - high };
        let is_far = gap > high - low;
        let is_alone =
            at == 0 && value < 0.0 && low >= 0.0 && value.fract() == 0.0 && value <= -9.0;
        if others.len() == OTHERS && (is_far || is_alone) {
            found.push((value, count));
        }
    }
    found
}

/// A number as one would write it.
fn spelled(value: f64) -> String {
    match value.abs() {
        1e16.. => format!("{value:e}"),
        _ => value.to_string(),
    }
}
