//! Values that stand for a missing one: far from all others, and met again and again.

use crate::dataset::names::Part;
use crate::dataset::rows::records::Records;
use crate::dataset::text::quote;

/// How often a value has to be met.
const OFTEN: usize = 3;

/// How many other values there have to be, so that far is far.
const OTHERS: usize = 10;

/// Most such values of one column.
const MOST: usize = 4;

/// Tells of each column that holds such a value.
pub(super) fn tell(records: &mut Records) {
    let mut found: Vec<(String, f64, usize)> = Vec::new();
    for column in 0..records.names.len() {
        if records.parts[column] == Part::Ordinary {
            for (value, count) in fillers(records, column) {
                found.push((records.names[column].clone(), value, count));
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

/// Values at either end of a column that are met again and again and far from all others. What lies at
/// an end when those are left out may be another.
fn fillers(records: &Records, column: usize) -> Vec<(f64, usize)> {
    let met = &records.columns[column];
    if met.texts.count > 0 || met.unfit.is_some() {
        return Vec::new();
    }
    let mut found: Vec<(f64, usize)> = Vec::new();
    // Most columns are done with what was counted while they were read.
    if met.spread.ends().iter().all(|(_, count)| *count < OFTEN) {
        return found;
    }
    let mut numbers = records.column(column);
    numbers.retain(|number| number.is_finite());
    while found.len() < MOST {
        let least = |from: &dyn Fn(f32) -> bool| {
            numbers
                .iter()
                .copied()
                .filter(|number| from(*number))
                .fold(f32::INFINITY, f32::min)
        };
        let most = |from: &dyn Fn(f32) -> bool| {
            numbers
                .iter()
                .copied()
                .filter(|number| from(*number))
                .fold(f32::NEG_INFINITY, f32::max)
        };
        let (low, high) = (least(&|_| true), most(&|_| true));
        // Behind one such value there may be another.
        let ends = [
            (low, least(&|number| number > low)),
            (high, most(&|number| number < high)),
        ];
        let next = ends
            .into_iter()
            .enumerate()
            .find_map(|(at, (end, beside))| {
                let count = numbers.iter().filter(|number| **number == end).count();
                let passes = count >= OFTEN && is_usual(f64::from(beside));
                let others = numbers.iter().copied();
                let others =
                    others.filter(|number| *number != end && !(passes && *number == beside));
                let is_far = count >= OFTEN && is_far(end, at == 0, others, count);
                is_far.then_some((end, count))
            });
        let Some((end, count)) = next else {
            break;
        };
        numbers.retain(|number| *number != end);
        found.push((exact(met.spread.ends(), end), count));
    }
    found
}

/// Whether an end of a column is no value of it, given the `others` and how often it was met.
fn is_far(end: f32, is_low: bool, others: impl Iterator<Item = f32>, count: usize) -> bool {
    let mut different: Vec<f32> = Vec::new();
    let (mut low, mut high, mut all) = (f32::INFINITY, f32::NEG_INFINITY, 0);
    for number in others {
        (low, high, all) = (low.min(number), high.max(number), all + 1);
        if different.len() < OTHERS && !different.contains(&number) {
            different.push(number);
        }
    }
    let (low, high, value) = (f64::from(low), f64::from(high), f64::from(end));
    let gap = if is_low { low - value } else { value - high };
    let is_alone = is_low && value < 0.0 && low >= 0.0 && value.fract() == 0.0;
    let is_usual = is_usual(value);
    let is_far = gap > high - low
        || is_alone
        || (is_usual && gap * 4.0 > high - low)
        || (is_usual && is_low && low >= 0.0);
    // Of most rows it may be a value, unless it looks like none.
    different.len() == OTHERS && is_far && (count <= all || is_alone || is_usual)
}

/// Whether a number is one of those that programs write where they have none: all nines or eights, or
/// an end of the whole numbers of a machine.
fn is_usual(value: f64) -> bool {
    let digits: Vec<u8> = value
        .abs()
        .to_string()
        .bytes()
        .filter(u8::is_ascii_digit)
        .collect();
    // Single precision makes 99.99 of 99.98999.
    let short = format!("{:.3}", value.abs());
    let bare: Vec<u8> = short
        .trim_end_matches('0')
        .bytes()
        .filter(u8::is_ascii_digit)
        .collect();
    let are =
        |digits: &[u8], digit: u8| digits.len() > 1 && digits.iter().all(|&found| found == digit);
    [&digits, &bare]
        .iter()
        .any(|digits| are(digits, b'9') || are(digits, b'8'))
        || [
            32_767.0,
            32_768.0,
            65_535.0,
            7999.0,
            6999.0,
            2_147_483_647.0,
            2_147_483_648.0,
        ]
        .contains(&value.abs())
        || value.abs() >= 1e19
}

/// An end in double precision, where it is one of those that were counted while the column was read.
fn exact(ends: [(f64, usize); 2], end: f32) -> f64 {
    let same = ends.iter().find(|(value, _)| *value as f32 == end);
    same.map_or_else(
        || end.to_string().parse().unwrap_or_else(|_| f64::from(end)),
        |(value, _)| *value,
    )
}

/// A number as one would write it.
fn spelled(value: f64) -> String {
    match value.abs() {
        1e16.. => format!("{value:e}"),
        _ => value.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_stand_for_none() {
        for value in [-999.0, -99.99, 999.9, -888.0, 65_535.0, -1e30, 9999.0] {
            assert!(is_usual(value), "{value}");
        }
        for value in [0.0, 9.0, 98.0, 1000.0, -1.5] {
            assert!(!is_usual(value), "{value}");
        }
        let values = || (0..40_u8).map(f32::from);
        assert!(is_far(-1.0, true, values(), 5) && is_far(-99.99, true, values(), 5));
        assert!(is_far(-200.0, true, values(), 400) && is_far(500.0, false, values(), 3));
        assert!(!is_far(45.0, false, values(), 3) && !is_far(500.0, false, values(), 400));
    }
}
