//! Texts to numbers: what the cells of a column are, as people write them.

use std::collections::BTreeSet;

use super::{Stray, codes, forgive_infinite, times};
use crate::dataset::Missing;
use crate::dataset::cell::Cell;
use crate::dataset::names::Part;
use crate::dataset::records::Records;
use crate::dataset::text::{list, quote};
use crate::dataset::written::{Hand, Trait, number, seconds_of, words};

/// Of so many numbers, one cell may be none.
const STRAY: usize = 10;

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
pub(super) fn understand(records: &mut Records, place: usize, missing: Missing) {
    forgive_infinite(records, place, missing);
    if records.columns[place].texts.count == 0 {
        return;
    }
    if let Some(why) = codes_of(records, place) {
        records.parts[place] = Part::Code;
        records.findings[place].evidence = Some(why.to_owned());
        return;
    }
    let read = read(records, place);
    if times::find(
        records,
        place,
        read.as_ref().is_some_and(Read::are_durations),
    ) {
        return;
    }
    let Some(read) = read else { return };
    let plain = records.columns[place].spread.count();
    let numbers = plain + read.count(|kind| matches!(kind, Kind::Number(_)));
    let others = read.count(|kind| kind == Kind::Other);
    if numbers > 0 && others * STRAY <= numbers && read.has_one_unit() {
        take(records, place, read);
    } else if numbers > others && !read.has_one_unit() {
        let units = list(read.units.iter().map(|unit| quote(unit)));
        records.findings[place].evidence =
            Some(format!("its numbers have different units ({units})"));
    }
}

/// Why a column that was read as texts holds codes; `None` where it does not.
fn codes_of(records: &Records, place: usize) -> Option<&'static str> {
    let sampled = codes::cells(&records.frame.sample, place);
    let is_text = records.is_text(place);
    is_text.then(|| codes::are_codes(sampled)).flatten()
}

/// Reads the texts of a column as numbers, as that is chosen: what is none is missing.
pub(super) fn to_numbers(records: &mut Records, place: usize, missing: Missing) {
    forgive_infinite(records, place, missing);
    if let Some(read) = read(records, place) {
        take(records, place, read);
    }
}

impl Read {
    fn count(&self, is: impl Fn(Kind) -> bool) -> usize {
        self.cells.iter().filter(|(_, kind)| is(*kind)).count()
    }

    fn are_durations(&self) -> bool {
        self.traits.contains(&Trait::Duration)
    }

    /// Whether all numbers are of one unit, or of units of time.
    fn has_one_unit(&self) -> bool {
        self.units.len() < 2 || self.are_times()
    }

    fn are_times(&self) -> bool {
        self.units.len() > 1 && self.units.iter().all(|unit| seconds_of(unit).is_some())
    }
}

/// Reads the texts of a column; `None` where they were too many and too long to be kept.
fn read(records: &Records, place: usize) -> Option<Read> {
    let texts = &records.columns[place].texts;
    if texts.many && texts.all.is_none() {
        return None;
    }
    let hand = Hand {
        decimal: records.frame.marks[place],
    };
    let mut read = Read {
        cells: Vec::with_capacity(texts.count),
        traits: BTreeSet::new(),
        units: BTreeSet::new(),
    };
    // Cells with their unit; the unit may turn out to be one of time.
    let mut with_unit: Vec<(usize, f64)> = Vec::new();
    for (row, text) in texts.iter() {
        let kind = match number(text, hand) {
            Some(written) if records.is_filler(written.value) => Kind::Missing,
            Some(written) => {
                read.traits.extend(written.traits);
                if let Some(unit) = written.unit {
                    if !read.units.contains(unit) {
                        read.units.insert(unit.to_owned());
                    }
                    with_unit.push((read.cells.len(), seconds_of(unit).unwrap_or(1.0)));
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
    if read.are_times() {
        for (at, seconds) in with_unit {
            if let Kind::Number(value) = &mut read.cells[at].1 {
                *value *= seconds;
            }
        }
        read.traits.insert(Trait::Duration);
    }
    Some(read)
}

/// Makes a column of numbers of its texts.
fn take(records: &mut Records, place: usize, read: Read) {
    let texts = std::mem::take(&mut records.columns[place].texts);
    let mut stray: Option<Stray> = None;
    let mut missing: Option<(usize, u64)> = None;
    for (at, &(row, kind)) in read.cells.iter().enumerate() {
        let row = row as usize;
        if let Kind::Number(value) = kind {
            records.columns[place].spread.add(value);
            records.set(row, place, value as f32);
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
        records.columns[place].miss_some(count, line);
    }
    if let [unit] = read.units.iter().collect::<Vec<_>>()[..] {
        records.frame.units[place] = Some(unit.clone());
    } else if read.are_times() || read.are_durations() {
        records.frame.units[place] = Some("s".to_owned());
    }
    let finding = &mut records.findings[place];
    let words: Vec<&str> = read.traits.iter().map(|found| found.name()).collect();
    finding.evidence = (!words.is_empty())
        .then(|| format!("its cells are numbers, written with {}", words.join(", ")));
    finding.traits = read.traits;
    finding.stray = stray;
}
