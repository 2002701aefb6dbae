//! The distance to near neighbours among vectors of many numbers.

use serde::{Deserialize, Serialize};

use crate::numeric::{map_blocks, squared_distance};

/// Reference rows at most.
const MOST: usize = 2048;

/// Numbers of references at most.
const NUMBERS: usize = 1 << 21;

/// Which neighbour is measured.
pub(in crate::imaging) const NEIGHBOUR: usize = 5;

/// Rows that are scored at once.
const BLOCK: usize = 16;

/// Reference rows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::imaging) struct Neighbours {
    d: usize,
    rows: Vec<f32>,
}

impl Neighbours {
    /// Takes references, evenly, from rows of `d` numbers.
    pub(in crate::imaging) fn fit(values: &[f32], d: usize) -> Self {
        let most = (NUMBERS / d).clamp(64, MOST);
        let step = (values.len() / d).div_ceil(most).max(1);
        let rows = values.chunks_exact(d).step_by(step);
        Self {
            d,
            rows: rows.flatten().copied().collect(),
        }
    }

    /// The references `[n, d]`, and `d`.
    pub(in crate::imaging) fn parts(&self) -> (&[f32], usize) {
        (&self.rows, self.d)
    }

    /// The distance of each row to its fifth neighbour.
    ///
    /// The first reference at the very spot is taken for the row itself and left out: what was
    /// learnt from must not look closer to the others than what was not.
    pub(in crate::imaging) fn distances(&self, values: &[f32]) -> Vec<f32> {
        let blocks = map_blocks(values.len() / self.d, BLOCK, |rows| {
            let rows = values[rows.start * self.d..rows.end * self.d].chunks_exact(self.d);
            rows.map(|row| self.distance(row)).collect::<Vec<f32>>()
        });
        blocks.concat()
    }

    fn distance(&self, row: &[f32]) -> f32 {
        let mut nearest = [f32::INFINITY; NEIGHBOUR];
        let mut itself = false;
        for reference in self.rows.chunks_exact(self.d) {
            let square = squared_distance(row, reference);
            if square == 0.0 && !itself {
                itself = true;
                continue;
            }
            if square < nearest[NEIGHBOUR - 1] {
                let at = nearest.partition_point(|other| *other <= square);
                nearest.copy_within(at..NEIGHBOUR - 1, at + 1);
                nearest[at] = square;
            }
        }
        let known = nearest.iter().rev().find(|square| square.is_finite());
        known.map_or(0.0, |square| square.sqrt())
    }

    /// Checks references from a file for rows of `d` numbers.
    pub(in crate::imaging) fn validate(&self, d: usize) -> Result<(), String> {
        let fits = self.d == d
            && !self.rows.is_empty()
            && self.rows.len().is_multiple_of(d)
            && self.rows.iter().all(|value| value.is_finite());
        match fits {
            true => Ok(()),
            false => Err(format!("references of {} numbers do not fit {d}", self.d)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fifth_neighbour_is_counted_without_the_row_itself() {
        let rows: Vec<f32> = (0..8).flat_map(|at| [at as f32, 0.0]).collect();
        let neighbours = Neighbours::fit(&rows, 2);
        assert_eq!(
            neighbours.distances(&[0.0, 0.0, 4.0, 0.0, 0.0, 3.0]),
            [5.0, 3.0, 5.0]
        );
        let few = Neighbours::fit(&rows[..6], 2);
        assert_eq!(few.distances(&[0.0, 0.0]), [2.0]);
    }
}
