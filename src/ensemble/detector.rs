//! What every kind of detector can do.

use super::{CellScore, PartView};

/// An unsupervised detector, frozen once fitted.
///
/// It is made of one or more parts (the trees of a forest); a part cuts the space into cells and
/// scores a point, and the detector's score is the sum over its parts.
pub trait Detector: Sync {
    /// The number of parts, at least 1.
    fn parts(&self) -> usize;

    /// The number of cells of a part, at least 1 and at most 65 536.
    fn cells(&self, part: usize) -> usize;

    /// The cell and the raw score of one standardised point `[d]`; finite, and higher is more
    /// anomalous.
    fn cell_score(&self, part: usize, x: &[f32]) -> CellScore;

    /// Finds the cells of many standardised points `[k, d]`, row by row, into `cells` `[k]`.
    fn find_cells(&self, part: usize, x: &[f32], cells: &mut [u32]) {
        let d = x.len() / cells.len().max(1);
        for (cell, x) in cells.iter_mut().zip(x.chunks_exact(d.max(1))) {
            // A part has at most 65 536 cells.
            *cell = self.cell_score(part, x).cell as u32;
        }
    }

    /// Whether any point of a cell has the cell's raw score, also one that the detector was not
    /// fitted to.
    fn is_even(&self) -> bool {
        false
    }

    /// The raw score in each cell of a part, where it is the same for all points of a cell that
    /// the detector was fitted to.
    fn cell_scores(&self, part: usize) -> Option<Vec<f32>>;

    /// How strongly each feature enters the score of a point, `>= 0`; `[d]`.
    fn feature_shares(&self, x: &[f32]) -> Vec<f32>;

    /// The direction in standardised space along which the detector looks, where it has one; `[d]`.
    fn direction(&self) -> Option<&[f32]> {
        None
    }

    /// What a part sees of a point `[d]`, for a picture of it.
    fn part_view(&self, _part: usize, _x: &[f32]) -> PartView {
        PartView::Score
    }

    /// Checks that it can look at points of `d` features: what comes from a file is not used before.
    ///
    /// # Errors
    /// A sentence that says what does not fit.
    fn validate(&self, d: usize) -> Result<(), String>;

    /// What it measures at a point, in the words of an analyst who sees `features` as column
    /// names; follows "it scores".
    fn describe(&self, features: &[String], x: &[f32]) -> String;
}
