//! Texts to numbers: what the cells of a column are, as people write them.

use std::collections::BTreeSet;

use super::{codes, digits, forgive_infinite, times};
use crate::dataset::Missing;
use crate::dataset::columns::finding::Stray;
use crate::dataset::names::Part;
use crate::dataset::rows::cell::Cell;
use crate::dataset::rows::records::Records;
use crate::dataset::text::{list, quote};
use crate::dataset::written::{Hand, Trait, metric_of, multiple_of, number, seconds_of, words};

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
    units: BTreeSet<String>,
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
    let plain = records.columns[column].spread.count();
    let numbers = plain + read.count(|kind| matches!(kind, Kind::Number(_)));
    let others = read.count(|kind| kind == Kind::Other);
    let are_few = others * STRAY <= numbers || has_words_for_missing(records, column, &read);
    if numbers > 0 && are_few && read.has_one_unit() {
        take(records, column, read);
    } else if numbers > others && !read.has_one_unit() {
        let units = list(read.units.iter().map(|unit| quote(unit)));
        records.findings[column].evidence =
            Some(format!("its numbers have different units ({units})"));
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

    /// Whether all numbers are of one unit.
    fn has_one_unit(&self) -> bool {
        self.units.len() < 2
    }

    /// Brings numbers of several units of one kind to one: times to seconds, lengths to metres, and
    /// numbers with k, M and B to what they stand for. `plain` numbers have no unit.
    fn bring_to_one(&mut self, with_unit: &[WithUnit], plain: usize) {
        let units = || self.units.iter().map(String::as_str);
        let bare = plain + self.count(|kind| matches!(kind, Kind::Number(_))) - with_unit.len();
        let are_multiples = units().all(|unit| multiple_of(unit).is_some())
            && with_unit.iter().all(|cell| cell.is_tight)
            && (self.units.len() > 1 || bare > 0);
        let base = units().next().and_then(metric_of).map(|(base, _)| base);
        let is_metric = |unit: &str| metric_of(unit).map(|(base, _)| base) == base;
        type Factor = fn(&str) -> Option<f64>;
        let (factor, unit, what): (Factor, Option<&str>, Trait) = match self.units.len() {
            0 => return,
            _ if are_multiples => (multiple_of, None, Trait::Multiple),
            1 => {
                // A word behind a few of the numbers is a mark, and not their unit.
                if with_unit.len() <= bare {
                    self.units.clear();
                    self.traits.insert(Trait::Mark);
                }
                return;
            }
            // So are several letters, as statistical offices and laboratories mark their figures.
            _ if with_unit.len() < bare && units().all(is_mark) => {
                self.units.clear();
                self.traits.insert(Trait::Mark);
                return;
            }
            _ if units().all(|unit| seconds_of(unit).is_some()) => {
                (seconds_of, Some("s"), Trait::Duration)
            }
            _ if base.is_some() && bare == 0 && units().all(is_metric) => (
                |unit| metric_of(unit).map(|(_, factor)| factor),
                base,
                Trait::Scaled,
            ),
            _ => return,
        };
        for cell in with_unit {
            if let Kind::Number(value) = &mut self.cells[cell.at].1 {
                *value *= factor(&cell.unit).unwrap_or(1.0);
            }
        }
        self.units = unit.map(str::to_owned).into_iter().collect();
        self.traits.insert(what);
    }
}

/// Whether a word behind a number is a mark: a letter, or two small ones.
fn is_mark(word: &str) -> bool {
    match word.len() {
        1 => word.bytes().all(|byte| byte.is_ascii_alphabetic()),
        2 => word.bytes().all(|byte| byte.is_ascii_lowercase()),
        _ => false,
    }
}

/// A cell with a unit behind its number.
struct WithUnit {
    /// Its place among the cells.
    at: usize,
    unit: String,
    /// Whether nothing stands between digits and unit.
    is_tight: bool,
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
        units: BTreeSet::new(),
    };
    let mut with_unit: Vec<WithUnit> = Vec::new();
    for (row, text) in texts.iter() {
        let kind = match number(text, hand) {
            Some(written) if records.is_filler(written.value) => Kind::Missing,
            Some(written) => {
                read.traits.extend(written.traits);
                if let Some(unit) = written.unit {
                    if !read.units.contains(unit) {
                        read.units.insert(unit.to_owned());
                    }
                    let before = text.trim_end().strip_suffix(unit).unwrap_or(text);
                    with_unit.push(WithUnit {
                        at: read.cells.len(),
                        unit: unit.to_owned(),
                        is_tight: !before.ends_with(char::is_whitespace),
                    });
                }
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
    read.bring_to_one(&with_unit, records.columns[column].spread.count());
    Some(read)
}

/// Makes a column of numbers of its texts.
fn take(records: &mut Records, column: usize, read: Read) {
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
    if let [unit] = read.units.iter().collect::<Vec<_>>()[..] {
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
