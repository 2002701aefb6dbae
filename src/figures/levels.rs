//! Where lines of equal value stand, and where colour scales end.

use crate::numeric::{Grid, Polyline, contour_lines, quantile, sorted};

/// Contour lines of the anomaly score.
pub(super) const SCORE: usize = 7;
/// Contour lines of a member's score and of its product.
pub(super) const MEMBER: usize = 5;

/// The ends of a colour scale: all values but the highest hundredth, which a far corner of the map
/// would take for itself.
pub(super) fn ends(values: impl Iterator<Item = f32>) -> [f32; 2] {
    let all = sorted(values);
    [quantile(&all, 0.0), quantile(&all, 0.99)].map(finite)
}

/// The end of a scale of differences, by the same rule: the largest without sign.
pub(super) fn largest(differences: &[f32]) -> f32 {
    let sizes = sorted(differences.iter().map(|value| value.abs()));
    finite(quantile(&sizes, 0.99))
}

fn finite(value: f32) -> f32 {
    if value.is_finite() { value } else { 0.0 }
}

/// Relevance is read on one scale, so its lines stand at the same levels everywhere: between the
/// tenths, for at the prior itself (0.5, 0.2) it lies flat and has no line.
pub(super) fn of_relevance() -> Vec<f32> {
    (0..10).map(|tenth| tenth as f32 / 10.0 + 0.05).collect()
}

/// Differences have lines at a quarter, a half and three quarters of the largest, up and down.
pub(super) fn of_difference(largest: f32) -> Vec<f32> {
    let quarters = [-3, -2, -1, 1, 2, 3];
    quarters
        .map(|quarter| quarter as f32 / 4.0 * largest)
        .to_vec()
}

/// Lines of equal value at some levels.
pub(super) fn lines(grid: &Grid, values: &[f32], levels: &[f32]) -> Vec<Polyline> {
    let all = levels.iter();
    all.flat_map(|&level| contour_lines(grid, values, level))
        .collect()
}
