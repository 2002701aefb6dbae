//! Columns that may be the truth where none is known to be.

use crate::dataset::names::{self, Part};
use crate::dataset::rows::records::Records;
use crate::dataset::text::{list, quote};
use crate::dataset::{ColumnChoice, ReadOptions};

/// Fewest rows among which a rare value can be told from a frequent one.
const ROWS: usize = 50;

/// The rarer of two values has to be in so many rows at least.
const EACH: usize = 3;

/// Of so many rows, at most one holds the rarer value.
const RARE: usize = 10;

/// Tells of the first and the last column, where no labels are known and one of them holds two values
/// of which one is rare: there the truth stands in most tables that have one.
pub(super) fn tell(records: &mut Records, options: &ReadOptions) {
    leave_out_sound(records);
    let is_asked = options.label == ColumnChoice::Recognise && options.columns.is_empty();
    if !is_asked || records.parts.contains(&Part::Label) || records.rows < ROWS {
        return;
    }
    leave_out_states(records);
    let ends = [0, records.names.len().saturating_sub(1)];
    let found = |columns: &mut dyn Iterator<Item = usize>| -> Vec<(usize, String, usize)> {
        let open = columns.filter(|&column| records.parts[column] == Part::Ordinary);
        let rare = open.filter_map(|column| {
            let (rare, count) = rarer(records, column)?;
            Some((column, rare, count))
        });
        rare.collect()
    };
    let mut told = found(&mut ends.into_iter());
    if told.is_empty() {
        // Elsewhere there is one such column, or they are flags of something else.
        told = found(&mut (1..records.names.len().saturating_sub(1)));
        if told.len() > 1 {
            return;
        }
    }
    for (column, rare, count) in told {
        let name = &records.names[column];
        records.notes.push(format!(
            "Column {} holds two values, and {} in {count} of {} rows only: if that tells which rows are anomalies, say so (--column {name}=label --anomaly {rare}), or it gives the truth away.",
            quote(name),
            quote(&rare),
            records.rows,
        ));
    }
}

/// Why a column that says which rows are as they should be is left out.
const SOUND: &str =
    "its name says which rows are as they should be, and giving that away would be no help";

/// Leaves out columns that hold the truth the other way round, and says how they become the labels.
fn leave_out_sound(records: &mut Records) {
    for column in 0..records.names.len() {
        let is_open = records.parts[column] == Part::Ordinary;
        if !is_open || records.rows < ROWS || !names::is_sound(&records.names[column]) {
            continue;
        }
        if let Some((rare, count)) = rarer(records, column) {
            records.parts[column] = Part::LeftOut(SOUND);
            let name = &records.names[column];
            records.notes.push(format!(
                "Column {} is {} in {count} of {} rows: if these are the anomalies, say so (--column {name}=label --anomaly {rare}).",
                quote(name),
                quote(&rare),
                records.rows,
            ));
        }
    }
}

/// Why a column of states, one of which is that of nearly all rows, is left out.
const STATES: &str = "its words tell rows that are as they should be from others, and giving that away would be no help";

/// Leaves out columns of a few words of which one, of most rows, says that a row is as it should be.
fn leave_out_states(records: &mut Records) {
    for column in 0..records.names.len() {
        let texts = &records.columns[column].texts;
        let is_open = records.parts[column] == Part::Ordinary && !texts.many;
        if !is_open || records.columns[column].spread.count() > 0 || texts.different.len() < 2 {
            continue;
        }
        let is_sound = |text: &String| {
            let bare = text.trim_end_matches('.');
            names::is_sound(bare) && bare.len() > 4
        };
        let Some(at) = texts.different.iter().position(is_sound) else {
            continue;
        };
        let is_it = |(_, other): &&(u32, u8)| usize::from(*other) == at;
        let count = texts.cells.iter().filter(is_it).count();
        if count * 2 > records.rows && count < records.rows {
            let sound = texts.different[at].clone();
            let others = texts.different.iter().filter(|text| **text != sound);
            let others = list(others.map(|text| quote(text)));
            records.parts[column] = Part::LeftOut(STATES);
            let name = &records.names[column];
            records.notes.push(format!(
                "Column {} is {} in {count} of {} rows: if the others ({others}) are the anomalies, say so (--column {name}=label --anomaly VALUE), and if it is a feature, --column {name}=category.",
                quote(name),
                quote(&sound),
                records.rows,
            ));
        }
    }
}

/// The rarer of the two values of a column, and how often it was met.
fn rarer(records: &Records, column: usize) -> Option<(String, usize)> {
    let texts = &records.columns[column].texts;
    if texts.many || texts.different.len() > 2 {
        return None;
    }
    let mut counts: Vec<(String, usize)> = Vec::new();
    for (at, text) in texts.different.iter().enumerate() {
        let is_it = |(_, other): &&(u32, u8)| usize::from(*other) == at;
        counts.push((text.clone(), texts.cells.iter().filter(is_it).count()));
    }
    let mut numbers: Vec<(f32, usize)> = Vec::new();
    for row in 0..records.rows {
        let number = records.number(row, column);
        if number.is_nan() {
            continue;
        }
        match numbers.iter().position(|(known, _)| *known == number) {
            Some(at) => numbers[at].1 += 1,
            None if numbers.len() + counts.len() == 2 => return None,
            None => numbers.push((number, 1)),
        }
    }
    counts.extend(
        numbers
            .into_iter()
            .map(|(number, count)| (number.to_string(), count)),
    );
    // A mark that some rows have is one of two values.
    if let [(_, count)] = counts[..]
        && texts.different.len() == 1
    {
        counts.push((String::new(), records.rows - count));
    }
    let [first, second] = counts.try_into().ok()?;
    let (rare, usual) = if first.1 <= second.1 {
        (first, second)
    } else {
        (second, first)
    };
    let is_rare = rare.1 >= EACH && rare.1 * RARE <= usual.1;
    (is_rare && !rare.0.is_empty()).then_some(rare)
}
