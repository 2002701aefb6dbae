//! Rows that are taken out again, once they are known to be none.

use std::collections::BTreeSet;

use super::Records;
use crate::dataset::columns::spread::Spread;
use crate::dataset::names::Part;
use crate::dataset::rows::ids::Ids;
use crate::dataset::rows::lines_of::LinesOf;

impl Records {
    /// Takes rows out.
    pub(in crate::dataset) fn remove(&mut self, rows: &BTreeSet<usize>) {
        if rows.is_empty() {
            return;
        }
        let kept: Vec<usize> = (0..self.rows).filter(|row| !rows.contains(row)).collect();
        let lines: Vec<u64> = kept.iter().map(|&row| self.lines.line(row)).collect();
        for index in 0..self.names.len() {
            self.remove_from(index, rows, &kept, &lines);
        }
        let width = self.names.len();
        let mut row = 0;
        let mut at = 0;
        self.numbers.retain(|_| {
            let is_kept = !rows.contains(&row);
            at += 1;
            if at == width {
                (row, at) = (row + 1, 0);
            }
            is_kept
        });
        if let Some(ids) = &mut self.ids {
            let mut others = Ids::new(ids.column().to_owned());
            kept.iter()
                .for_each(|&row| others.push(ids.get(row).unwrap_or_default()));
            *ids = others;
        }
        self.lines = LinesOf::default();
        for (row, &line) in lines.iter().enumerate() {
            self.lines.add(row as u32, line);
        }
        self.rows = kept.len();
    }

    /// Takes the cells of rows out of what was met in a column.
    fn remove_from(&mut self, index: usize, rows: &BTreeSet<usize>, kept: &[usize], lines: &[u64]) {
        let has_number: Vec<usize> = rows
            .iter()
            .copied()
            .filter(|&row| !self.number(row, index).is_nan())
            .collect();
        let texts = &self.columns[index].texts;
        let has_text = |row: &usize| texts.get(*row as u32).is_some();
        let is_missing = |row: &&usize| !has_number.contains(row) && !has_text(row);
        let missing = match self.parts[index] {
            Part::Id => 0,
            _ => rows.iter().filter(is_missing).count(),
        };
        let (count, first) = self.columns[index].missing;
        let left = count.saturating_sub(missing);
        let is_first = missing > 0 && rows.iter().any(|&row| self.lines.line(row) == first);
        let line = match is_first && left > 0 {
            true => kept
                .iter()
                .zip(lines)
                .find(|(row, _)| self.number(**row, index).is_nan() && !has_text(row))
                .map_or(first, |(_, &line)| line),
            false => first,
        };
        let texts = (texts.count > 0).then(|| texts.only(kept, lines));
        let spread = (!has_number.is_empty()).then(|| {
            let numbers = kept.iter().map(|&row| self.number(row, index));
            Spread::of(numbers)
        });
        let met = &mut self.columns[index];
        met.missing = (left, line);
        if let Some(texts) = texts {
            met.texts = texts;
        }
        if let Some(spread) = spread {
            met.spread = spread;
        }
    }
}
