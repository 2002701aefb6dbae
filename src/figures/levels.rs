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

/// How far the scale of relevance reaches from the prior at least: what priming leaves of it is no
/// more than a pale hue.
const REACH: f32 = 0.1;

/// The colour scale of relevance around the prior: where it is white, its ends, and the values at
/// which lines stand, which are a quarter, a half and three quarters of its reach off the prior.
///
/// It reaches as far as any value is from the prior, rounded up to a twentieth, and ends at 0 and 1.
pub(super) fn around_prior(priors: &[f32], values: impl Iterator<Item = f32>) -> AroundPrior {
    let middle = priors.iter().sum::<f32>() / priors.len().max(1) as f32;
    let farthest = values.fold(0.0, |most, value| f32::max(most, (value - middle).abs()));
    let reach = (finite(farthest) / 0.05).ceil().max(REACH / 0.05) * 0.05;
    let ends = [middle - reach, middle + reach].map(|end| end.clamp(0.0, 1.0));
    let levels = of_difference(reach).into_iter().map(|off| middle + off);
    let inside = levels.filter(|level| (ends[0]..=ends[1]).contains(level));
    AroundPrior {
        middle,
        levels: inside.collect(),
        ends,
    }
}

/// A colour scale around the prior.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct AroundPrior {
    pub(super) middle: f32,
    pub(super) ends: [f32; 2],
    pub(super) levels: Vec<f32>,
}

/// On the whole scale lines stand at the same levels everywhere: between the tenths, for at the
/// prior itself (0.5, 0.2) relevance lies flat and has no line.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scale_of_relevance_reaches_as_far_as_its_values_and_not_beyond_0_and_1() {
        let near = |a: &[f32], b: &[f32]| {
            assert!(
                a.len() == b.len() && a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-5),
                "{a:?} {b:?}"
            );
        };
        let primed = around_prior(&[0.2], [0.2, 0.201].into_iter());
        near(&primed.ends, &[0.1, 0.3]);
        near(&primed.levels, &[0.125, 0.15, 0.175, 0.225, 0.25, 0.275]);
        let trained = around_prior(&[0.1, 0.3], [0.05, 0.61].into_iter());
        near(&trained.ends, &[0.0, 0.65]);
        assert!((trained.middle - 0.2).abs() < 1e-6 && trained.levels.len() == 4);
    }
}
