//! Where every instance of a table lies in every part of an ensemble.

use std::ops::Range;

/// The cells of all instances, part by part.
///
/// A part whose score is the same all over a cell holds no scores of its own: a table of 150 trees
/// takes 150 bytes an instance.
#[derive(Debug)]
pub struct Placements {
    pub(super) columns: Vec<Column>,
}

impl Placements {
    /// How many instances share the cell of one in a part, itself included.
    pub fn fellows(&self, part: usize, instance: usize) -> usize {
        match &self.columns[part].cells {
            CellIds::Narrow(ids) => ids.iter().filter(|id| **id == ids[instance]).count(),
            CellIds::Wide(ids) => ids.iter().filter(|id| **id == ids[instance]).count(),
        }
    }
}

/// One part's cells.
#[derive(Debug)]
pub(super) struct Column {
    pub(super) cells: CellIds,
    /// The scaled score of each instance, where cells do not tell it.
    pub(super) scores: Option<Vec<f32>>,
}

/// Cells in as many bytes as they need.
#[derive(Debug)]
pub(super) enum CellIds {
    Narrow(Vec<u8>),
    Wide(Vec<u16>),
}

impl CellIds {
    /// The cells of `n` instances in a part of so many cells.
    pub(super) fn new(cells: usize, n: usize, ids: impl Iterator<Item = u32>) -> Self {
        // Every id is below `cells`, of which a part has at most 65 536.
        match cells {
            0..=256 => Self::Narrow(filled(n, ids.map(|id| id as u8))),
            _ => Self::Wide(filled(n, ids.map(|id| id as u16))),
        }
    }

    pub(super) fn get(&self, instance: usize) -> usize {
        match self {
            Self::Narrow(ids) => usize::from(ids[instance]),
            Self::Wide(ids) => usize::from(ids[instance]),
        }
    }
}

/// Collects into exactly the room of `n`: an iterator that does not tell its length would leave
/// half of it empty.
fn filled<T>(n: usize, items: impl Iterator<Item = T>) -> Vec<T> {
    let mut all = Vec::with_capacity(n);
    all.extend(items);
    all
}

impl Column {
    /// Adds `table[cell]` of each of `rows` to `sums`, times the instance's own score where cells
    /// do not tell it.
    pub(super) fn accumulate(&self, rows: Range<usize>, table: &[f32], sums: &mut [f32]) {
        let scores = self.scores.as_ref().map(|scores| &scores[rows.clone()]);
        match &self.cells {
            CellIds::Narrow(ids) => add(&ids[rows], scores, table, sums),
            CellIds::Wide(ids) => add(&ids[rows], scores, table, sums),
        }
    }
}

fn add<Id: Copy + Into<usize>>(
    ids: &[Id],
    scores: Option<&[f32]>,
    table: &[f32],
    sums: &mut [f32],
) {
    match scores {
        None => {
            for (sum, &id) in sums.iter_mut().zip(ids) {
                *sum += table[id.into()];
            }
        }
        Some(scores) => {
            for ((sum, &id), score) in sums.iter_mut().zip(ids).zip(scores) {
                *sum += score * table[id.into()];
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_take_the_bytes_that_they_need() {
        assert!(matches!(
            CellIds::new(256, 1, [255].into_iter()),
            CellIds::Narrow(_)
        ));
        let wide = CellIds::new(257, 1, [256].into_iter());
        assert!(matches!(wide, CellIds::Wide(_)));
        assert_eq!(wide.get(0), 256);
    }

    #[test]
    fn tables_are_summed_with_scores_where_there_are_some() {
        let table = [10.0, 20.0];
        let cells = || CellIds::new(2, 3, [0, 1, 1].into_iter());
        let mut sums = [1.0; 2];
        Column {
            cells: cells(),
            scores: None,
        }
        .accumulate(1..3, &table, &mut sums);
        assert_eq!(sums, [21.0, 21.0]);
        let scores = Some(vec![0.5, 2.0, 3.0]);
        Column {
            cells: cells(),
            scores,
        }
        .accumulate(0..2, &table, &mut sums);
        assert_eq!(sums, [26.0, 61.0]);
    }
}
