//! What was met in one column while the records went by.

use super::cell::Cell;
use super::spread::Spread;
use super::{DatasetError, MAX_CATEGORIES};

/// Longest text that is remembered, in bytes; longer ones are no categories.
const MAX_TEXT: usize = 200;

/// What was met in one column.
///
/// Numbers go to the table at once, as `f32`; only what is not a number is kept here. So a column
/// of numbers costs nothing more, and a column of categories a few bytes per row.
#[derive(Default)]
pub(super) struct Gathered {
    /// The numbers that `f32` can hold.
    pub(super) spread: Spread,
    /// The first infinite or too large number, after its line.
    pub(super) unfit: Option<(u64, DatasetError)>,
    /// How many cells hold nothing, and the line of the first.
    pub(super) missing: (usize, u64),
    /// The cells that hold texts.
    pub(super) texts: Texts,
}

/// The texts of one column.
#[derive(Default)]
pub(super) struct Texts {
    /// How many cells hold a text.
    pub(super) count: usize,
    /// The different texts, as met; complete unless `many`.
    pub(super) different: Vec<String>,
    /// The line of the first text.
    pub(super) first_line: u64,
    /// Row and place in `different` of each cell; empty if `many`.
    pub(super) cells: Vec<(u32, u8)>,
    /// Whether there are too many different texts, or too long ones, to remember.
    pub(super) many: bool,
}

impl Gathered {
    /// Takes in a cell and returns what the table keeps of it: a number, or NaN.
    ///
    /// # Errors
    ///
    /// The cell is not UTF-8.
    pub(super) fn add(
        &mut self,
        cell: Cell<'_>,
        row: u32,
        column: &str,
        line: impl Fn() -> u64,
    ) -> Result<f32, DatasetError> {
        match cell {
            Cell::Number(number) => {
                self.spread.add(number);
                return Ok(number as f32);
            }
            Cell::Missing => {
                if self.missing.0 == 0 {
                    self.missing.1 = line();
                }
                self.missing.0 += 1;
            }
            Cell::Text(text) => self.texts.add(text, row, line),
            Cell::TooLarge(_) | Cell::Infinite(_) => {
                if self.unfit.is_none() {
                    self.unfit = unfit(cell, column, line());
                }
                return Ok(f32::INFINITY);
            }
            Cell::NotUtf8 => return Err(DatasetError::NotUtf8(line())),
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
    fn add(&mut self, text: &str, row: u32, line: impl Fn() -> u64) {
        if self.count == 0 {
            self.first_line = line();
        }
        self.count += 1;
        if self.many {
            return;
        }
        let known = self.different.iter().position(|known| known == text);
        match known {
            // At most MAX_CATEGORIES: the place fits a byte.
            Some(place) => self.cells.push((row, place as u8)),
            None => self.add_new(text, row),
        }
    }

    fn add_new(&mut self, text: &str, row: u32) {
        if self.different.len() < MAX_CATEGORIES && text.len() <= MAX_TEXT {
            self.cells.push((row, self.different.len() as u8));
            self.different.push(text.into());
            return;
        }
        self.many = true;
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
            kept.push(
                column
                    .add(cell, row as u32, "x", || row as u64 + 2)
                    .unwrap(),
            );
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
