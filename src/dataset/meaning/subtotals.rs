//! Subtotals among the rows: rows that sum up a group of those beside them.

use std::collections::BTreeSet;

use super::agree::Numbers;
use crate::dataset::rows::records::Records;
use crate::dataset::written::totals::{FEWEST, Figure, subtotal};

/// Words of a total of a group beside the group's name in another column.
const ALL: [&str; 4] = ["all", "alle", "overall", "tous"];

/// Most comparisons of rows that may be subtotals with all others.
const MOST: usize = 100_000_000;

/// Takes out rows that are subtotals: where their numbers are those of a group, or where their text is
/// that of the group right above them and a word of totals, and stands nowhere else.
pub(super) fn drop(records: &mut Records) {
    if records.rows < FEWEST {
        return;
    }
    let mut rows = BTreeSet::new();
    let mut numbers = None;
    for column in 0..records.names.len() {
        if records.columns[column].texts.count == 0 {
            continue;
        }
        let found = candidates(records, column);
        let is_much = found.len().saturating_mul(records.rows) > MOST;
        if found.is_empty() || found.len() * 2 > records.rows || is_much {
            continue;
        }
        let numbers = numbers.get_or_insert_with(|| Numbers::of(records));
        let texts = Texts::of(records, column);
        let words: BTreeSet<usize> = found.iter().map(|(row, ..)| *row).collect();
        for (row, group, figure) in found {
            let is = match group.as_str() {
                "" => texts.is_of_block(row, figure, numbers, &words),
                group => texts.is_of_group((row, figure), group, numbers, &words),
            };
            if is {
                rows.insert(row);
            }
        }
    }
    let some = records.rows - rows.len();
    if some < FEWEST {
        return;
    }
    for &row in &rows {
        let line = records.lines.line(row);
        records.furniture.subtotal(line);
    }
    records.remove(&rows);
}

/// The rows whose text in a column is a word of totals, perhaps beside the name of a group.
fn candidates(records: &Records, column: usize) -> Vec<(usize, String, Figure)> {
    let texts = &records.columns[column].texts;
    let is_first = column == 0;
    let read = |text: &str| {
        let is_all = || ALL.iter().any(|word| text.eq_ignore_ascii_case(word));
        match subtotal(text) {
            Some((group, figure)) => Some((group.to_owned(), figure)),
            None => (!is_first && is_all()).then(|| (String::new(), Figure::Sum)),
        }
    };
    let known: Vec<Option<(String, Figure)>> = match texts.many {
        true => Vec::new(),
        false => texts.different.iter().map(|text| read(text)).collect(),
    };
    if !texts.many && known.iter().all(Option::is_none) {
        return Vec::new();
    }
    let found = texts.iter().filter_map(|(row, text)| {
        let (group, figure) = read(text)?;
        Some((row as usize, group, figure))
    });
    found.collect()
}

/// The texts of a column and of the one before it, by row.
struct Texts<'r> {
    own: Vec<Option<&'r str>>,
    before: Vec<Option<&'r str>>,
}

impl<'r> Texts<'r> {
    fn of(records: &'r Records, column: usize) -> Self {
        let by_row = |column: usize| {
            let mut texts = vec![None; records.rows];
            for (row, text) in records.columns[column].texts.iter() {
                if let Some(kept) = texts.get_mut(row as usize) {
                    *kept = Some(text);
                }
            }
            texts
        };
        Self {
            own: by_row(column),
            before: column.checked_sub(1).map(by_row).unwrap_or_default(),
        }
    }

    /// The rows above, or below, one that hold a group, up to another one.
    fn block(
        &self,
        rows: &mut dyn Iterator<Item = usize>,
        is: &dyn Fn(usize) -> bool,
        words: &BTreeSet<usize>,
    ) -> Vec<usize> {
        let rows = rows.skip_while(|row| words.contains(row));
        rows.take_while(|row| is(*row) && !words.contains(row))
            .collect()
    }

    /// Whether a row whose text names a group is its subtotal.
    fn is_of_group(
        &self,
        (row, figure): (usize, Figure),
        group: &str,
        numbers: &Numbers,
        words: &BTreeSet<usize>,
    ) -> bool {
        let is = |other: usize| self.own.get(other).copied().flatten() == Some(group);
        let above = self.block(&mut (0..row).rev(), &is, words);
        let below = self.block(&mut (row + 1..self.own.len()), &is, words);
        let all = || {
            (0..self.own.len())
                .filter(|&other| is(other))
                .collect::<Vec<_>>()
        };
        let same = self
            .own
            .iter()
            .filter(|text| **text == self.own[row])
            .count();
        let is_alone = figure == Figure::Sum && same == 1 && !above.is_empty();
        is_alone
            || [above, below, all()]
                .iter()
                .any(|group| agrees(numbers, row, figure, group))
    }

    /// Whether a row with a word of totals alone sums up those above it: of one group in the column
    /// before, or all since the last such row.
    fn is_of_block(
        &self,
        row: usize,
        figure: Figure,
        numbers: &Numbers,
        words: &BTreeSet<usize>,
    ) -> bool {
        let label = |row: usize| self.before.get(row).copied().flatten();
        let of_label = label(row).map(|group| {
            let is = |other: usize| label(other) == Some(group);
            self.block(&mut (0..row).rev(), &is, words)
        });
        let since = self.block(&mut (0..row).rev(), &|_| true, words);
        // The last row of all may be the total of the table, which is looked for by itself.
        let is_last = row + 1 == self.own.len();
        let is_since = !is_last && agrees(numbers, row, figure, &since);
        is_since || of_label.is_some_and(|group| agrees(numbers, row, figure, &group))
    }
}

/// Whether the numbers of a row are a figure of those of a group, at least in half of the columns.
fn agrees(numbers: &Numbers, row: usize, figure: Figure, group: &[usize]) -> bool {
    if group.len() < 2 {
        return false;
    }
    let (agree, all) = numbers.agree(row, figure, group);
    agree > 0 && agree * 2 >= all
}
