//! The units and currencies behind the numbers of one column.

use std::collections::BTreeSet;

use crate::dataset::text::quote;
use crate::dataset::written::{
    Trait, currency_of, is_known_unit, metric_of, multiple_of, parts_of, seconds_of, side_of,
};

/// What was found behind the numbers of a column.
#[derive(Default)]
pub(super) struct Found {
    /// The different units.
    pub(super) units: BTreeSet<String>,
    /// The different currencies.
    pub(super) currencies: BTreeSet<String>,
    /// How many numbers have a per cent sign, and how many are spans of time, in seconds.
    pub(super) percents: usize,
    pub(super) durations: usize,
    /// The row of the first number without a unit.
    pub(super) first_bare: Option<usize>,
    /// The cells with a unit.
    cells: Vec<WithUnit>,
    /// How many numbers have no unit; zero is the same in all units, and not among them.
    bare: usize,
    /// The sizes of the first of these.
    sizes: Vec<f64>,
    /// Whether the numbers without a unit are known to have that of the column.
    is_own: bool,
    /// The unit of which nothing says that the bare numbers have it too.
    doubted: Option<String>,
}

/// A cell with a unit behind its number.
pub(super) struct WithUnit {
    /// Its place among the cells.
    pub(super) at: usize,
    pub(super) value: f64,
    pub(super) unit: String,
    /// Whether nothing stands between digits and unit.
    pub(super) is_tight: bool,
}

/// How many sizes tell whether numbers with a letter are multiples.
const SIZES: usize = 1000;

/// What cells with a unit are multiplied by, each by its place among the cells, and how that is told.
type Brought = (Vec<(usize, f64)>, Option<Trait>);

impl Found {
    pub(super) fn with_unit(&mut self, cell: WithUnit) {
        if !self.units.contains(&cell.unit) {
            self.units.insert(cell.unit.clone());
        }
        self.cells.push(cell);
    }

    pub(super) fn currency(&mut self, sign: &str) {
        let sign = currency_of(sign);
        if !self.currencies.contains(sign) {
            self.currencies.insert(sign.to_owned());
        }
    }

    pub(super) fn bare(&mut self, row: usize, value: f64) {
        self.bare += 1;
        if self.sizes.len() < SIZES {
            self.sizes.push(value.abs());
        }
        self.first_bare = Some(self.first_bare.map_or(row, |first| first.min(row)));
    }

    /// Whether no number has a unit.
    pub(super) fn is_plain(&self) -> bool {
        self.units.is_empty() && self.percents == 0
    }

    /// Brings numbers of several units of one kind to one: times to seconds, lengths to metres, and
    /// numbers with k, M and B to what they stand for. `own` is the unit that the header says.
    pub(super) fn bring_to_one(&mut self, own: Option<&str>) -> Brought {
        self.take_percents();
        let count = self.cells.len();
        let bare = self.bare + self.percents + self.durations;
        let units: Vec<&str> = self.units.iter().map(String::as_str).collect();
        let all = |is: &dyn Fn(&str) -> bool| units.iter().all(|unit| is(unit));
        let Some(&first) = units.first() else {
            self.doubted = (own != Some("%")).then(|| "%".to_owned());
            return (Vec::new(), None);
        };
        let is_own = own.is_some_and(|own| multiple_of(own).is_some());
        if !is_own && all(&|unit| multiple_of(unit).is_some()) && self.are_multiples(bare) {
            return self.scale(None, Trait::Multiple, &multiple_of);
        }
        // Where the header says the unit of the numbers without one, those with one are brought to it.
        if let Some(own) = own {
            let of = |unit: &str| ratio(unit, own);
            if all(&|unit| of(unit).is_some()) {
                self.is_own = true;
                return match units[..] == [own] {
                    true => (Vec::new(), None),
                    false => self.scale(Some(own), Trait::Scaled, &of),
                };
            }
        }
        let are_times = all(&|unit| seconds_of(unit).is_some());
        if are_times && (units.len() > 1 || self.durations > 0) {
            self.doubted = Some("s".to_owned());
            return self.scale(Some("s"), Trait::Duration, &seconds_of);
        }
        if all(&|unit| parts_of(unit).is_some()) && self.percents > 0 && self.bare == 0 {
            return self.scale(Some("%"), Trait::Scaled, &parts_of);
        }
        let base = metric_of(first).map(|(base, _)| base);
        let is_metric = |unit: &str| metric_of(unit).map(|(base, _)| base) == base;
        let is_scale = |unit: &str| metric_of(unit).is_some() || seconds_of(unit).is_some();
        // A word behind a few of the numbers is a mark, and not their unit; so are several letters,
        // as statistical offices and laboratories mark their figures.
        let are_few = match units.len() {
            1 => count <= bare,
            _ => count < bare,
        };
        if are_few && (all(&is_mark) || (units.len() == 1 && !is_known_unit(first))) {
            // Capital letters are rather marks, such as L and H for low and high.
            if units.len() == 1 && is_scale(first) && first.starts_with(char::is_lowercase) {
                self.doubted = Some(first.to_owned());
            }
            self.units.clear();
            return (Vec::new(), Some(Trait::Mark));
        }
        if units.len() == 1 {
            self.doubted = is_known_unit(first).then(|| first.to_owned());
            if count <= bare {
                self.units.clear();
            }
            return (Vec::new(), None);
        }
        if self.bare == 0 && all(&|unit| side_of(unit, first).is_some()) {
            let first = first.to_owned();
            return self.scale(Some(&first), Trait::Scaled, &|unit| side_of(unit, &first));
        }
        if base.is_some() && bare == 0 && all(&is_metric) {
            let factor = |unit: &str| metric_of(unit).map(|(_, factor)| factor);
            return self.scale(base, Trait::Scaled, &factor);
        }
        (Vec::new(), None)
    }

    /// Numbers with a per cent sign beside such with a unit have a unit too.
    fn take_percents(&mut self) {
        let are_units = self
            .units
            .iter()
            .any(|unit| is_known_unit(unit) && !is_mark(unit));
        let are_parts = self.bare == 0 && self.units.iter().all(|unit| parts_of(unit).is_some());
        if self.percents > 0 && are_units && !are_parts {
            self.units.insert("%".to_owned());
        }
    }

    /// Whether k, M, B and their words multiply: where they are words or directly behind the digits, or
    /// several of them, or where the numbers without one are so large.
    fn are_multiples(&self, bare: usize) -> bool {
        let is_sure = |cell: &WithUnit| cell.is_tight || cell.unit.chars().count() > 1;
        (self.units.len() > 1 || bare > 0)
            && (self.units.len() > 1
                || self.cells.iter().all(is_sure)
                || self.is_multiple_by_size())
    }

    fn is_multiple_by_size(&self) -> bool {
        let middle = |mut sizes: Vec<f64>| {
            sizes.sort_unstable_by(f64::total_cmp);
            sizes.get(sizes.len() / 2).copied()
        };
        let with = middle(self.cells.iter().map(|cell| cell.value.abs()).collect());
        let factor = self.cells.first().and_then(|cell| multiple_of(&cell.unit));
        match (middle(self.sizes.clone()), with, factor) {
            (Some(bare), Some(with), Some(factor)) if bare > 0.0 && with > 0.0 => {
                let off = |size: f64| (bare / size).ln().abs();
                off(with * factor) < off(with)
            }
            _ => false,
        }
    }

    /// Multiplies every cell by what its unit stands for, and takes one unit for all.
    fn scale(
        &mut self,
        unit: Option<&str>,
        what: Trait,
        factor: &dyn Fn(&str) -> Option<f64>,
    ) -> Brought {
        let of = |cell: &WithUnit| (cell.at, factor(&cell.unit).unwrap_or(1.0));
        self.units = unit.map(str::to_owned).into_iter().collect();
        (self.cells.iter().map(of).collect(), Some(what))
    }

    /// That numbers without a unit stand beside such with one, of which the first is on `line`.
    pub(super) fn tell(&self, name: &str, line: u64) -> Option<String> {
        let unit = self.doubted.as_deref().filter(|_| !self.is_own)?;
        let bare = self.bare;
        let (with, sign) = match unit {
            "%" => (self.percents, "a per cent sign".to_owned()),
            _ => (
                self.cells.len() + self.durations,
                match self.units.contains(unit) && self.cells.iter().any(|cell| cell.unit != unit) {
                    true => "a unit of time".to_owned(),
                    false => format!("the unit {}", quote(unit)),
                },
            ),
        };
        let taken = match self.units.is_empty() || unit == "%" {
            true => "all are taken as they are written".to_owned(),
            false => format!("they are taken to have {} too", quote(unit)),
        };
        (with > 0 && bare > 0).then(|| {
            format!(
                "In column {} {with} numbers have {sign} and {bare} have none, the first of them on line {line}; {taken}. If that is wrong, write one unit behind all of them, or leave the column out (--column {name}=out).",
                quote(name)
            )
        })
    }
}

/// How many of one unit make one of another of its kind.
fn ratio(unit: &str, own: &str) -> Option<f64> {
    if unit == own {
        return Some(1.0);
    }
    match (metric_of(unit), metric_of(own)) {
        (Some((kind, here)), Some((other, there))) if kind == other => Some(here / there),
        _ => {
            let by = |of: fn(&str) -> Option<f64>| Some(of(unit)? / of(own)?);
            by(seconds_of).or_else(|| by(multiple_of))
        }
    }
}

/// Whether a word behind a number is a mark: a letter, or two small ones.
fn is_mark(word: &str) -> bool {
    match word.len() {
        1 => word.bytes().all(|byte| byte.is_ascii_alphabetic()),
        2 => {
            let is_scale = metric_of(word).is_some() || seconds_of(word).is_some();
            word.bytes().all(|byte| byte.is_ascii_lowercase()) && !is_scale && !is_known_unit(word)
        }
        _ => false,
    }
}
