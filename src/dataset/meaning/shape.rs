//! Columns that count or name the rows, by what they hold.

use std::collections::BTreeSet;

use crate::dataset::names::{self, Part};
use crate::dataset::rows::ids::{Ids, MAX_ID};
use crate::dataset::rows::records::Records;
use crate::dataset::text::quote;
use crate::dataset::{ColumnChoice, ReadOptions};

/// Fewest rows of which an even step is no chance.
const ROWS: usize = 100;

/// Whole numbers up to here are exact in single precision.
const EXACT: f32 = 16_777_216.0;

/// What a column of row numbers is left out for.
const COUNTED: &str = "it counts the rows, so it is an id";

/// What a column of numbers with a name of ids is left out for.
const NUMBERED: &str = "its name and its whole numbers, mostly different, say that it is an id";

/// Fewest rows of which numbers that are mostly different are no chance.
const FEW: usize = 20;

/// What a column of names is left out for.
const NAMED: &str = "each row has another text in it, so it is an id";

/// Finds columns that count the rows, and names of rows; the first is shown where there is no other
/// id.
pub(super) fn find(records: &mut Records, choice: &ColumnChoice) {
    for column in 0..records.names.len() {
        let is_code = records.parts[column] == Part::Code;
        if !is_code && records.parts[column] != Part::Ordinary {
            continue;
        }
        let why = if is_counted(records, column) {
            COUNTED
        } else if is_numbered(records, column) {
            NUMBERED
        } else if !is_understood(records, column) && is_named(records, column) {
            NAMED
        } else {
            if keeps_step(records, column) {
                let name = &records.names[column];
                records.notes.push(format!(
                    "Column {} rises by the same step from row to row, as a clock does: if it says when a row was, leave it out (--column {name}=out).",
                    quote(name)
                ));
            } else if rises(records, column) {
                let name = &records.names[column];
                records.notes.push(format!(
                    "Column {} holds whole numbers that rise from row to row, as numbers of rows and counters do: if they name the rows, say so (--column {name}=id).",
                    quote(name)
                ));
            }
            continue;
        };
        if why == NAMED {
            tell_numbers(records, column);
        }
        if records.ids.is_none() && *choice == ColumnChoice::Recognise {
            records.ids = Some(ids(records, column));
            records.parts[column] = Part::Id;
            let evidence = records.findings[column].evidence.take();
            let evidence = evidence.unwrap_or_else(|| why.to_owned());
            records.findings[column].evidence = Some(evidence);
        } else {
            records.parts[column] = Part::LeftOut(why);
        }
    }
}

/// Says of a column of different texts that these look like numbers, if they do, though they read as
/// none.
fn tell_numbers(records: &mut Records, column: usize) {
    let name = &records.names[column];
    let texts = &records.columns[column].texts;
    let is_like_a_number = |text: &str| {
        let bare = text.trim_start_matches(['+', '-', '$', '(', '€', '£', '<', '>']);
        let letters = text.chars().filter(|letter| letter.is_alphabetic()).count();
        bare.starts_with(|first: char| first.is_ascii_digit())
            && letters <= MOST_LETTERS
            && !bare.bytes().all(|byte| byte.is_ascii_digit())
    };
    let is_named = names::may_be_id(name).is_some() || names::is_code(name);
    let mut tried = texts.iter().map(|(_, text)| text).take(ROWS);
    let Some(first) = texts.iter().next().map(|(_, text)| text) else {
        return;
    };
    if !is_named && tried.all(is_like_a_number) {
        let note = format!(
            "Column {} holds another text with digits in each row, such as {}, which reads neither as a number nor as a time; it is taken for an id.",
            quote(name),
            quote(first)
        );
        records.notes.push(note);
    }
}

/// Most letters of a text that may be a number.
const MOST_LETTERS: usize = 2;

/// Whether a column holds whole numbers that step evenly from row to row.
fn is_counted(records: &Records, column: usize) -> bool {
    let met = &records.columns[column];
    if records.rows < ROWS || met.spread.count() != records.rows {
        return false;
    }
    let first = records.number(0, column);
    let step = records.number(1, column) - first;
    let is_whole = |number: f32| number.fract() == 0.0 && number.abs() < EXACT;
    step != 0.0
        && is_whole(first)
        && is_whole(step)
        && (1..records.rows).all(|row| {
            let number = records.number(row, column);
            is_whole(number) && number - records.number(row - 1, column) == step
        })
}

/// Whether a column holds whole numbers that are mostly different and its name is one of ids.
fn is_numbered(records: &Records, column: usize) -> bool {
    let Some(share) = names::may_be_id(&records.names[column]) else {
        return false;
    };
    let met = &records.columns[column];
    if records.rows < FEW || met.spread.count() != records.rows {
        return false;
    }
    let mut numbers = records.column(column);
    if numbers.iter().any(|number| number.fract() != 0.0) {
        return false;
    }
    numbers.sort_unstable_by(f32::total_cmp);
    numbers.dedup();
    numbers.len() as f64 >= share * records.rows as f64
}

/// Whether a column holds whole numbers of which each is above that of the row before.
fn rises(records: &Records, column: usize) -> bool {
    let met = &records.columns[column];
    let is_whole = |number: f32| number.fract() == 0.0 && number.abs() < EXACT;
    records.rows >= ROWS
        && met.spread.count() == records.rows
        && is_whole(records.number(0, column))
        && (1..records.rows).all(|row| {
            let number = records.number(row, column);
            is_whole(number) && number > records.number(row - 1, column)
        })
}

/// Whether a column holds numbers that are not whole and rise by the same step from row to row.
fn keeps_step(records: &Records, column: usize) -> bool {
    let met = &records.columns[column];
    if records.rows < ROWS || met.spread.count() != records.rows {
        return false;
    }
    let last = records.number(records.rows - 1, column);
    let step = (last - records.number(0, column)) / (records.rows - 1) as f32;
    let is_step = |row: usize| {
        let (before, here) = (records.number(row - 1, column), records.number(row, column));
        // As exact as single precision holds a number of this size, and as files are rounded.
        let exact = (1e-2 * step).max(4.0 * f32::EPSILON * here.abs());
        (here - before - step).abs() <= exact
    };
    step > 0.0 && (1..records.rows).all(is_step)
}

/// Most different values of a column of ids that are told, and of how many rows at least each of them is.
const FEW_VALUES: usize = 50;
const EACH: usize = 5;

/// Tells of ids that name groups of rows rather than rows.
pub(super) fn tell_few(records: &mut Records, options: &ReadOptions) {
    for column in 0..records.names.len() {
        let name = &records.names[column];
        let is_chosen = options.columns.iter().any(|(other, _)| other == name);
        if is_chosen || options.id != ColumnChoice::Recognise {
            continue;
        }
        let mut different = BTreeSet::new();
        let mut all = 0;
        let texts = &records.columns[column].texts;
        let mut see = |text: &str| {
            all += 1;
            if different.len() <= FEW_VALUES && !different.contains(text) {
                different.insert(text.to_owned());
            }
        };
        match (records.parts[column], &records.ids) {
            (Part::Id, Some(ids)) => {
                (0..records.rows)
                    .filter_map(|row| ids.get(row))
                    .for_each(&mut see);
            }
            (Part::OtherId, _) => texts.iter().for_each(|(_, text)| see(text)),
            _ => continue,
        }
        let few = different.len();
        if (2..=FEW_VALUES).contains(&few) && few * EACH <= all {
            records.notes.push(format!(
                "Column {} is named like ids, but has {few} different values only: if it is a category, say so (--column {name}=category).",
                quote(name)
            ));
        }
    }
}

/// Whether something was found out of the texts of a column that says why they are no numbers and no
/// times.
fn is_understood(records: &Records, column: usize) -> bool {
    let is_open = records.parts[column] == Part::Ordinary;
    is_open
        && records.columns[column].texts.count > 0
        && records.findings[column].evidence.is_some()
}

/// Whether a column holds another short text without spaces in each row.
fn is_named(records: &Records, column: usize) -> bool {
    let texts = &records.columns[column].texts;
    if texts.all.is_none() || texts.count != records.rows {
        return false;
    }
    let is_name = |text: &str| text.len() <= MAX_ID.min(80) && !text.contains(' ');
    let mut all: Vec<&str> = Vec::with_capacity(texts.count);
    for (_, text) in texts.iter() {
        if !is_name(text) {
            return false;
        }
        all.push(text);
    }
    all.sort_unstable();
    all.windows(2).all(|pair| pair[0] != pair[1])
}

fn ids(records: &Records, column: usize) -> Ids {
    let mut ids = Ids::new(records.names[column].clone());
    let texts = &records.columns[column].texts;
    match texts.count {
        0 => (0..records.rows).for_each(|row| ids.push(&records.number(row, column).to_string())),
        _ => texts.iter().for_each(|(_, text)| ids.push(text)),
    }
    ids
}
