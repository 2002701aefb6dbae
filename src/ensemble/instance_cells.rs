//! Where every instance of a table lies in every part of an ensemble.

use std::ops::Range;

/// The cells of all instances, part by part.
///
/// A part whose score is the same all over a cell holds no scores of its own: a table of 150 trees
/// takes 150 bytes an instance.
#[derive(Debug)]
pub struct InstanceCells {
    pub(super) columns: Vec<Column>,
}

impl InstanceCells {
    /// Those of some of the instances.
    pub fn of(&self, rows: &[usize]) -> Self {
        let columns = self.columns.iter().map(|column| Column {
            cells: column.cells.of(rows),
            scores: (column.scores.as_ref())
                .map(|scores| rows.iter().map(|&row| scores[row]).collect()),
        });
        Self {
            columns: columns.collect(),
        }
    }

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

    fn of(&self, rows: &[usize]) -> Self {
        match self {
            Self::Narrow(ids) => Self::Narrow(rows.iter().map(|&row| ids[row]).collect()),
            Self::Wide(ids) => Self::Wide(rows.iter().map(|&row| ids[row]).collect()),
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

/// Parts that are added at once.
pub(super) const SEVERAL: usize = 4;

/// Does what [`Column::accumulate`] does for [`SEVERAL`] columns one after another, and is quicker,
/// as each sum is taken up once; false, and nothing done, where they are not narrow columns whose
/// cells tell the score.
pub(super) fn accumulate_several<'a>(
    columns: &[Column],
    rows: Range<usize>,
    tables: impl ExactSizeIterator<Item = &'a [f32]>,
    sums: &mut [f32],
) -> bool {
    let narrow = |column: &Column| match (&column.cells, &column.scores) {
        (CellIds::Narrow(ids), None) => ids.get(rows.clone()).is_some(),
        _ => false,
    };
    let some = columns.get(..SEVERAL).unwrap_or_default();
    if some.len() < SEVERAL || tables.len() < SEVERAL || !some.iter().all(narrow) {
        return false;
    }
    // As long as a byte can point, so that no look-up needs to be checked.
    let mut own = [[0.0_f32; 256]; SEVERAL];
    for (own, table) in own.iter_mut().zip(tables) {
        let length = table.len().min(256);
        own[..length].copy_from_slice(&table[..length]);
    }
    let ids = |at: usize| match &some[at].cells {
        CellIds::Narrow(ids) => &ids[rows.clone()],
        CellIds::Wide(_) => &[],
    };
    let ids = ids(0).iter().zip(ids(1)).zip(ids(2).iter().zip(ids(3)));
    for (sum, ((a, b), (c, d))) in sums.iter_mut().zip(ids) {
        let two = *sum + own[0][usize::from(*a)] + own[1][usize::from(*b)];
        *sum = two + own[2][usize::from(*c)] + own[3][usize::from(*d)];
    }
    true
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
    fn several_columns_at_once_sum_to_the_same_bits() {
        let n = 50;
        let cells = |part: usize| (0..n).map(move |row| (row * (part + 3) % 7) as u32);
        let narrow = |part| Column {
            cells: CellIds::new(7, n, cells(part)),
            scores: None,
        };
        let columns: Vec<Column> = (0..SEVERAL).map(narrow).collect();
        let table = |part: usize| (0..7).map(move |cell| 1.0 / (cell + part + 3) as f32);
        let tables: Vec<Vec<f32>> = (0..SEVERAL).map(|part| table(part).collect()).collect();
        let (mut one_by_one, mut at_once) = ([0.1; 40], [0.1; 40]);
        for (column, table) in columns.iter().zip(&tables) {
            column.accumulate(5..45, table, &mut one_by_one);
        }
        let slices = || tables.iter().map(Vec::as_slice);
        assert!(accumulate_several(&columns, 5..45, slices(), &mut at_once));
        assert_eq!(one_by_one.map(f32::to_bits), at_once.map(f32::to_bits));
        let untouched = at_once;
        assert!(!accumulate_several(
            &columns[1..],
            5..45,
            slices(),
            &mut at_once
        ));
        let mut columns = columns;
        columns[2].scores = Some(vec![1.0; n]);
        assert!(!accumulate_several(&columns, 5..45, slices(), &mut at_once));
        assert_eq!(at_once, untouched);
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
