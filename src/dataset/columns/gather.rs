//! What was met in one column while the records went by.

use super::spread::Spread;
use crate::dataset::rows::cell::Cell;
use crate::dataset::{DatasetError, MAX_CATEGORIES};

/// Longest text that is remembered, in bytes; longer ones are no categories.
const MAX_TEXT: usize = 200;

/// Texts after which it is asked whether they can mean anything.
const TRIED: usize = 2000;

/// What was met in one column.
///
/// Numbers go to the table at once, as `f32`; only what is not a number is kept here. So a column
/// of numbers costs nothing more, and a column of categories a few bytes per row.
#[derive(Default)]
pub(in crate::dataset) struct Gathered {
    /// The numbers that `f32` can hold.
    pub(in crate::dataset) spread: Spread,
    /// The first infinite or too large number, after its line.
    pub(in crate::dataset) unfit: Option<(u64, DatasetError)>,
    /// How many cells hold nothing, and the line of the first.
    pub(in crate::dataset) missing: (usize, u64),
    /// How many of those hold `NA`, which may be a value among texts: North America, Namibia.
    pub(in crate::dataset) na: usize,
    /// The cells that hold texts.
    pub(in crate::dataset) texts: Texts,
}

/// The texts of one column.
#[derive(Default)]
pub(in crate::dataset) struct Texts {
    /// How many cells hold a text.
    pub(in crate::dataset) count: usize,
    /// The different texts, as met; complete unless `many`.
    pub(in crate::dataset) different: Vec<String>,
    /// The line of the first text.
    pub(in crate::dataset) first_line: u64,
    /// Row and index in `different` of each cell; empty if `many`.
    pub(in crate::dataset) cells: Vec<(u32, u8)>,
    /// Whether there are too many different texts, or too long ones, to remember.
    pub(in crate::dataset) many: bool,
    /// All texts with their rows, where there are many and they may mean something.
    pub(in crate::dataset) all: Option<AllTexts>,
    /// Whether many texts are kept at all.
    pub(in crate::dataset) keeps: bool,
}

/// The texts of a column one after another.
#[derive(Default)]
pub(in crate::dataset) struct AllTexts {
    text: String,
    /// The row of each text, and where it ends.
    ends: Vec<(u32, usize)>,
}

impl AllTexts {
    fn push(&mut self, row: u32, text: &str) {
        self.text.push_str(text);
        self.ends.push((row, self.text.len()));
    }

    fn get(&self, row: u32) -> Option<&str> {
        let at = self.ends.binary_search_by_key(&row, |&(row, _)| row).ok()?;
        let start = match at.checked_sub(1) {
            Some(before) => self.ends.get(before)?.1,
            None => 0,
        };
        self.text.get(start..self.ends.get(at)?.1)
    }

    /// Each row with its text.
    pub(in crate::dataset) fn iter(&self) -> impl Iterator<Item = (u32, &str)> + Clone {
        let mut start = 0;
        self.ends.iter().map(move |&(row, end)| {
            let text = &self.text[start..end];
            start = end;
            (row, text)
        })
    }

    /// Whether texts are prose: no numbers, times or names of rows.
    fn is_prose(&self) -> bool {
        let is_prose = |text: &str| text.len() > 40 || text.split_whitespace().count() > 3;
        let prose = self.iter().filter(|(_, text)| is_prose(text)).count();
        prose * 2 > self.ends.len()
    }
}

impl Gathered {
    /// Nothing yet; many different texts are kept if `keeps` says so.
    pub(in crate::dataset) fn new(keeps: bool) -> Self {
        let texts = Texts {
            keeps,
            ..Texts::default()
        };
        Self {
            texts,
            ..Self::default()
        }
    }

    /// Takes in a cell that holds nothing, and returns what the table keeps of it.
    pub(in crate::dataset) fn miss(&mut self, line: u64) -> f32 {
        self.miss_some(1, line);
        f32::NAN
    }

    /// Counts cells that hold nothing, of which the first is on `line`.
    pub(in crate::dataset) fn miss_some(&mut self, count: usize, line: u64) {
        if self.missing.0 == 0 || line < self.missing.1 {
            self.missing.1 = line;
        }
        self.missing.0 += count;
    }

    /// Takes in a cell and returns what the table keeps of it: a number, or NaN.
    ///
    /// # Errors
    ///
    /// The cell is not UTF-8.
    pub(in crate::dataset) fn add(
        &mut self,
        cell: Cell<'_>,
        row: u32,
        column: &str,
        line: u64,
    ) -> Result<f32, DatasetError> {
        match cell {
            Cell::Number(number) => {
                self.spread.add(number);
                return Ok(number as f32);
            }
            Cell::Missing => return Ok(self.miss(line)),
            Cell::Text(text) => self.texts.add(text, row, line),
            Cell::TooLarge(_) | Cell::Infinite(_) => {
                if self.unfit.is_none() {
                    self.unfit = unfit(cell, column, line);
                }
                return Ok(f32::INFINITY);
            }
            Cell::NotUtf8 => return Err(DatasetError::NotUtf8(line)),
        }
        Ok(f32::NAN)
    }
}

fn unfit(cell: Cell<'_>, column: &str, line: u64) -> Option<(u64, DatasetError)> {
    let column = column.into();
    let error = match cell {
        Cell::TooLarge(text) => {
            let text = text.into();
            DatasetError::TooLarge { line, column, text }
        }
        Cell::Infinite(text) => {
            let text = text.into();
            DatasetError::Infinite { line, column, text }
        }
        Cell::Number(_) | Cell::Missing | Cell::Text(_) | Cell::NotUtf8 => return None,
    };
    Some((line, error))
}

impl Texts {
    fn add(&mut self, text: &str, row: u32, line: u64) {
        if self.count == 0 {
            self.first_line = line;
        }
        self.count += 1;
        if self.many {
            if let Some(all) = &mut self.all {
                all.push(row, text);
                if self.count == TRIED && all.is_prose() {
                    self.all = None;
                }
            }
            return;
        }
        let known = self.different.iter().position(|known| known == text);
        match known {
            // At most MAX_CATEGORIES: the index fits a byte.
            Some(index) => self.cells.push((row, index as u8)),
            None => self.add_new(text, row),
        }
    }

    /// The text of a row, if it has one and that is remembered.
    pub(in crate::dataset) fn get(&self, row: u32) -> Option<&str> {
        if let Some(all) = &self.all {
            return all.get(row);
        }
        let at = self
            .cells
            .binary_search_by_key(&row, |&(row, _)| row)
            .ok()?;
        let &(_, index) = self.cells.get(at)?;
        self.different.get(usize::from(index)).map(String::as_str)
    }

    /// The texts of some rows alone, which are on these `lines`.
    pub(in crate::dataset) fn only(&self, rows: &[usize], lines: &[u64]) -> Self {
        let mut texts = Self {
            keeps: self.keeps,
            ..Self::default()
        };
        for (at, (&row, &line)) in rows.iter().zip(lines).enumerate() {
            if let Some(text) = self.get(row as u32) {
                texts.add(text, at as u32, line);
            }
        }
        if self.many && self.all.is_none() {
            // They were too many and too long to be remembered, and still are.
            texts.count = self.count;
            texts.first_line = self.first_line;
            texts.many = true;
            texts.different = self.different.clone();
        }
        texts
    }

    /// Each row with its text, as far as they are remembered.
    pub(in crate::dataset) fn iter(&self) -> Box<dyn Iterator<Item = (u32, &str)> + '_> {
        match &self.all {
            Some(all) => Box::new(all.iter()),
            None => {
                let text =
                    |&(row, index): &(u32, u8)| (row, self.different[usize::from(index)].as_str());
                Box::new(self.cells.iter().map(text))
            }
        }
    }

    fn add_new(&mut self, text: &str, row: u32) {
        if self.different.len() < MAX_CATEGORIES && text.len() <= MAX_TEXT {
            self.cells.push((row, self.different.len() as u8));
            self.different.push(text.into());
            return;
        }
        self.many = true;
        if self.keeps {
            let mut all = AllTexts::default();
            for &(row, index) in &self.cells {
                all.push(row, &self.different[usize::from(index)]);
            }
            all.push(row, text);
            self.all = Some(all);
        }
        self.cells = Vec::new();
        if self.different.is_empty() {
            // Kept only to be shown, so what a sentence cuts anyway may be cut here.
            self.different.push(text.chars().take(MAX_TEXT).collect());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gathered(cells: &[&str]) -> (Gathered, Vec<f32>) {
        let mut column = Gathered::default();
        let mut kept = Vec::new();
        for (row, cell) in cells.iter().enumerate() {
            let cell = Cell::read(cell.as_bytes());
            kept.push(column.add(cell, row as u32, "x", row as u64 + 2).unwrap());
        }
        (column, kept)
    }

    #[test]
    fn numbers_are_handed_on_and_texts_kept() {
        let (column, kept) = gathered(&["1", "red", "", "blue", "red", "inf"]);
        assert_eq!(kept[0], 1.0);
        assert!(kept[1..5].iter().all(|number| number.is_nan()));
        assert_eq!(column.spread.count(), 1);
        assert_eq!(column.missing, (1, 4));
        assert_eq!((column.texts.count, column.texts.first_line), (3, 3));
        assert_eq!(column.texts.different, ["red", "blue"]);
        assert_eq!(column.texts.cells, [(1, 0), (3, 1), (4, 0)]);
        assert!(matches!(
            column.unfit,
            Some((7, DatasetError::Infinite { .. }))
        ));
    }

    #[test]
    fn many_or_long_texts_are_counted_but_not_remembered() {
        let different: Vec<String> = (0..13).map(|i| format!("t{i}")).collect();
        let different: Vec<&str> = different.iter().map(String::as_str).collect();
        let (column, _) = gathered(&different);
        assert!(column.texts.many && column.texts.cells.is_empty());
        assert_eq!((column.texts.count, column.texts.different.len()), (13, 12));
        let long = "x".repeat(500);
        let (column, _) = gathered(&[&long]);
        assert!(column.texts.many && column.texts.different[0].len() == MAX_TEXT);
    }
}
