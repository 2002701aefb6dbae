//! Texts to numbers: what the cells of a column are, as people write them.

use std::collections::BTreeSet;

use super::units::{Found, WithUnit};
use super::{codes, digits, forgive_infinite, times};
use crate::dataset::Missing;
use crate::dataset::columns::finding::Stray;
use crate::dataset::names::{self, Part};
use crate::dataset::rows::cell::Cell;
use crate::dataset::rows::records::Records;
use crate::dataset::text::{list, quote};
use crate::dataset::written::{Hand, Trait, number, words};

/// Of so many numbers, one cell may be none.
const STRAY: usize = 10;

/// Different numbers of a column that is measured, where words are met beside them.
const VALUES: usize = 20;

/// Most different words that stand for a missing value in one column.
const WORDS: usize = 5;

/// What a text is.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Number(f64),
    Missing,
    Infinite,
    Other,
}

/// The texts of a column, read as numbers.
struct Read {
    cells: Vec<(u32, Kind)>,
    traits: BTreeSet<Trait>,
    /// The units behind them, and the currencies.
    found: Found,
}

/// Decides what the texts of a column are, and reads them.
pub(super) fn understand(records: &mut Records, column: usize, missing: Missing) {
    forgive_infinite(records, column, missing);
    if records.columns[column].texts.count == 0 {
        return;
    }
    if let Some(why) = codes_of(records, column) {
        records.parts[column] = Part::Code;
        records.findings[column].evidence = Some(why.to_owned());
        return;
    }
    let read = read(records, column);
    if times::find(
        records,
        column,
        read.as_ref().is_some_and(Read::are_durations),
    ) {
        return;
    }
    let Some(read) = read else { return };
    if read.are_names(records, column) {
        return;
    }
    let plain = records.columns[column].spread.count();
    let numbers = plain + read.count(|kind| matches!(kind, Kind::Number(_)));
    let others = read.count(|kind| kind == Kind::Other);
    let are_few = others * STRAY <= numbers || has_words_for_missing(records, column, &read);
    if numbers > 0 && are_few && read.has_one_unit() {
        take(records, column, read);
    } else if numbers > others && !read.has_one_unit() {
        let (what, all) = match read.found.currencies.len() {
            0 | 1 => ("units", &read.found.units),
            _ => ("currencies", &read.found.currencies),
        };
        let all = list(all.iter().map(|unit| quote(unit)));
        records.findings[column].evidence =
            Some(format!("its numbers have different {what} ({all})"));
    }
}

/// Whether a column is mostly numbers, of many different values, and what is none are a few words met
/// again and again: what a device writes where it has no value.
fn has_words_for_missing(records: &Records, column: usize, read: &Read) -> bool {
    let others = read.count(|kind| kind == Kind::Other);
    let mut numbers: Vec<f64> = Vec::new();
    let plain = (0..records.rows).map(|row| f64::from(records.number(row, column)));
    let written = read.cells.iter().filter_map(|(_, kind)| match kind {
        Kind::Number(value) => Some(*value),
        _ => None,
    });
    let mut count = 0;
    for number in plain.filter(|number| number.is_finite()).chain(written) {
        count += 1;
        if numbers.len() < VALUES && !numbers.contains(&number) {
            numbers.push(number);
        }
    }
    if count < others || numbers.len() < VALUES {
        return false;
    }
    let texts = &records.columns[column].texts;
    let mut words: Vec<&str> = Vec::new();
    for ((_, text), (_, kind)) in texts.iter().zip(&read.cells) {
        if *kind == Kind::Other && !words.contains(&text) {
            words.push(text);
            if words.len() > WORDS {
                return false;
            }
        }
    }
    others >= 2 * words.len()
}

/// Why a column that was read as texts holds codes; `None` where it does not.
fn codes_of(records: &Records, column: usize) -> Option<&'static str> {
    if records.frame.categories.contains(&records.names[column]) {
        return Some("the file says that its values are categories");
    }
    let sampled = codes::cells(&records.frame.sample, column);
    // Times of many digits are no codes.
    let are_times = digits::in_digits(&records.names[column], sampled.clone()).is_some();
    let is_text = records.is_text(column) && !are_times;
    is_text
        .then(|| codes::are_codes(&records.names[column], sampled))
        .flatten()
}

/// Reads the texts of a column as numbers, as that is chosen: what is none is missing.
pub(super) fn to_numbers(records: &mut Records, column: usize, missing: Missing) {
    forgive_infinite(records, column, missing);
    if let Some(read) = read(records, column) {
        take(records, column, read);
    }
}

impl Read {
    fn count(&self, is: impl Fn(Kind) -> bool) -> usize {
        self.cells.iter().filter(|(_, kind)| is(*kind)).count()
    }

    fn are_durations(&self) -> bool {
        self.traits.contains(&Trait::Duration)
    }

    /// Whether all numbers are of one unit and one currency.
    fn has_one_unit(&self) -> bool {
        self.found.units.len() < 2 && self.found.currencies.len() < 2
    }

    /// Whether texts that read as numbers are rather names: hexadecimal ones that are few, or in a column
    /// that is named like ids, numbers of two parts such as `12_345`, and limits alone, which are classes.
    fn are_names(&self, records: &Records, column: usize) -> bool {
        let (name, met) = (&records.names[column], &records.columns[column]);
        let texts = || met.texts.iter().map(|(_, text)| text);
        let is_id = || names::may_be_id(name).is_some() || names::is_code(name);
        let is_limit = |text: &str| text.starts_with(['<', '>', '≤', '≥']);
        let are_few = !met.texts.many || self.count(|kind| kind == Kind::Other) > 0;
        (self.traits.contains(&Trait::Hexadecimal) && (is_id() || are_few))
            || (self.traits.contains(&Trait::Underscores)
                && !texts().any(|text| text.matches('_').count() > 1))
            || (met.spread.count() == 0
                && met.texts.different.len() > 1
                && !met.texts.many
                && texts().all(is_limit))
    }
}

/// Reads the texts of a column; `None` where they were too many and too long to be kept.
fn read(records: &Records, column: usize) -> Option<Read> {
    let texts = &records.columns[column].texts;
    if texts.many && texts.all.is_none() {
        return None;
    }
    let hand = Hand {
        decimal: records.frame.marks[column],
    };
    let mut read = Read {
        cells: Vec::with_capacity(texts.count),
        traits: BTreeSet::new(),
        found: Found::default(),
    };
    let found = &mut read.found;
    for (row, text) in texts.iter() {
        let kind = match number(text, hand) {
            Some(written) if records.is_filler(written.value) => Kind::Missing,
            Some(written) => {
                if let Some(unit) = written.unit {
                    let before = text.trim_end().strip_suffix(unit).unwrap_or(text);
                    found.with_unit(WithUnit {
                        at: read.cells.len(),
                        value: written.value,
                        unit: unit.to_owned(),
                        is_tight: !before.ends_with(char::is_whitespace),
                    });
                } else if written.traits.contains(&Trait::Percent) {
                    found.percents += 1;
                } else if written.traits.contains(&Trait::Duration) {
                    found.durations += 1;
                } else if written.value != 0.0 {
                    found.bare(row as usize, written.value);
                }
                if let Some(sign) = written.currency {
                    found.currency(sign);
                }
                read.traits.extend(written.traits);
                Kind::Number(written.value)
            }
            None if words::is_infinite(text) => Kind::Infinite,
            None if words::is_nothing_among_numbers(text) => Kind::Missing,
            // A column that was read as texts may hold what a plain reader knows.
            None => match Cell::read(text.as_bytes()) {
                Cell::Missing => Kind::Missing,
                Cell::Infinite(_) => Kind::Infinite,
                _ => Kind::Other,
            },
        };
        read.cells.push((row, kind));
    }
    if !read.found.is_plain() {
        for row in 0..records.rows {
            let number = f64::from(records.number(row, column));
            if number.is_finite() && number != 0.0 {
                read.found.bare(row, number);
            }
        }
        let own = records.frame.units[column].as_deref();
        let (factors, what) = read.found.bring_to_one(own);
        for (at, factor) in factors {
            if let Some((_, Kind::Number(value))) = read.cells.get_mut(at) {
                *value *= factor;
            }
        }
        read.traits.extend(what);
    }
    Some(read)
}

/// Makes a column of numbers of its texts.
fn take(records: &mut Records, column: usize, read: Read) {
    let bare = read.found.first_bare.map(|row| records.lines.line(row));
    let told = bare.and_then(|line| read.found.tell(&records.names[column], line));
    records.notes.extend(told);
    let texts = std::mem::take(&mut records.columns[column].texts);
    let mut stray: Option<Stray> = None;
    let mut missing: Option<(usize, u64)> = None;
    for (at, &(row, kind)) in read.cells.iter().enumerate() {
        let row = row as usize;
        if let Kind::Number(value) = kind {
            records.columns[column].spread.add(value);
            records.set(row, column, value as f32);
            continue;
        }
        let line = records.lines.line(row);
        missing.get_or_insert((0, line)).0 += 1;
        if kind == Kind::Other {
            let text = || texts.iter().nth(at).map_or("", |(_, text)| text).to_owned();
            let stray = stray.get_or_insert_with(|| Stray {
                count: 0,
                line,
                text: text(),
            });
            stray.count += 1;
        }
    }
    if let Some((count, line)) = missing {
        records.columns[column].miss_some(count, line);
    }
    if let [unit] = read.found.units.iter().collect::<Vec<_>>()[..] {
        records.frame.units[column] = Some(unit.clone());
    } else if read.are_durations() {
        records.frame.units[column] = Some("s".to_owned());
    }
    let finding = &mut records.findings[column];
    let words: Vec<&str> = read.traits.iter().map(|found| found.name()).collect();
    finding.evidence = (!words.is_empty())
        .then(|| format!("its cells are numbers, written with {}", words.join(", ")));
    finding.traits = read.traits;
    finding.stray = stray;
}
