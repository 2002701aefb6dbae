//! Regular grids over a rectangle.

use serde::{Deserialize, Serialize};

/// An interval cut into equal cells; values belong to the middle of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Axis {
    low: f32,
    high: f32,
    cells: usize,
}

impl Axis {
    /// Cuts `[low, high]` into `cells` cells; an empty interval is widened to one unit.
    pub fn new(low: f32, high: f32, cells: usize) -> Self {
        let (low, high) = if high > low {
            (low, high)
        } else {
            (low - 0.5, low + 0.5)
        };
        Self {
            low,
            high,
            cells: cells.max(1),
        }
    }

    /// Covers all finite `values` with a margin on both sides, a share of their range.
    pub fn covering(values: impl IntoIterator<Item = f32>, margin: f32, cells: usize) -> Self {
        let (low, high) = values
            .into_iter()
            .filter(|value| value.is_finite())
            .fold((f32::INFINITY, f32::NEG_INFINITY), |(low, high), value| {
                (low.min(value), high.max(value))
            });
        if low > high {
            return Self::new(0.0, 1.0, cells);
        }
        let margin = margin * (high - low);
        Self::new(low - margin, high + margin, cells)
    }

    /// The left end.
    pub fn low(&self) -> f32 {
        self.low
    }

    /// The right end.
    pub fn high(&self) -> f32 {
        self.high
    }

    /// The number of cells.
    pub fn cells(&self) -> usize {
        self.cells
    }

    /// The width of a cell.
    pub fn step(&self) -> f32 {
        (self.high - self.low) / self.cells as f32
    }

    /// The cell that a value lies in, if it is in any.
    pub fn cell(&self, value: f32) -> Option<usize> {
        let cell = ((value - self.low) / self.step()).floor();
        let is_in = cell >= 0.0 && cell < self.cells as f32;
        is_in.then_some(cell as usize)
    }

    /// The middle of cell `index`.
    pub fn centre(&self, index: usize) -> f32 {
        self.low + (index as f32 + 0.5) * self.step()
    }
}

/// A rectangle cut into cells, row by row from the lowest `y`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Grid {
    /// The horizontal cut.
    pub x: Axis,
    /// The vertical cut.
    pub y: Axis,
}

impl Grid {
    /// The number of cells.
    pub fn len(&self) -> usize {
        self.x.cells() * self.y.cells()
    }

    /// Whether there are no cells; never, since an axis has at least one.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many of some points lie in each cell, in the order of [`Grid::centres`].
    pub fn counts(&self, points: impl IntoIterator<Item = [f32; 2]>) -> Vec<u32> {
        let mut counts = vec![0; self.len()];
        for [x, y] in points {
            if let (Some(column), Some(row)) = (self.x.cell(x), self.y.cell(y)) {
                counts[row * self.x.cells() + column] += 1;
            }
        }
        counts
    }

    /// The middles of all cells, row by row from the lowest `y`: the order of a surface's values.
    pub fn centres(&self) -> impl Iterator<Item = (f32, f32)> + '_ {
        (0..self.y.cells()).flat_map(move |row| {
            (0..self.x.cells()).map(move |column| (self.x.centre(column), self.y.centre(row)))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn centres_lie_in_the_middle_of_their_cells() {
        let grid = Grid {
            x: Axis::new(0.0, 4.0, 2),
            y: Axis::new(-1.0, 1.0, 1),
        };
        assert_eq!(grid.centres().collect::<Vec<_>>(), [(1.0, 0.0), (3.0, 0.0)]);
    }

    #[test]
    fn points_are_counted_in_the_cell_that_they_lie_in() {
        let grid = Grid {
            x: Axis::new(0.0, 4.0, 2),
            y: Axis::new(-1.0, 1.0, 2),
        };
        let points = [
            [1.0, -0.5],
            [1.9, -1.0],
            [3.0, 0.0],
            [9.0, 0.0],
            [0.0, f32::NAN],
        ];
        assert_eq!(grid.counts(points), [2, 0, 0, 1]);
        assert_eq!((grid.x.cell(-0.1), grid.x.cell(4.0)), (None, None));
    }

    #[test]
    fn an_axis_without_range_or_values_still_has_width() {
        assert_eq!(Axis::covering([2.0, 2.0], 0.1, 4), Axis::new(1.5, 2.5, 4));
        assert_eq!(Axis::covering([f32::NAN], 0.1, 4), Axis::new(0.0, 1.0, 4));
    }
}
