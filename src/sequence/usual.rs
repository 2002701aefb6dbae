//! The usual course of a set: what the channels do along it, and how widely sequences differ.

use ndarray::{Array2, ArrayView2};

use super::raw::interpolated;
use crate::numeric::{map_each, quantile, sorted};

/// Places along the course.
pub const PLACES: usize = 100;

/// Sequences of which the course is made, at most.
const MOST: usize = 256;

/// The values of each channel along the usual course: the median over sequences that are aligned in
/// time, and the band in which eight of ten lie.
#[derive(Clone, Debug, PartialEq)]
pub struct TypicalCurve {
    /// The lower end of the band, the 10 % quantile `[PLACES, channels]`.
    pub low: Array2<f32>,
    /// The median.
    pub middle: Array2<f32>,
    /// The upper end of the band, the 90 % quantile.
    pub high: Array2<f32>,
}

impl TypicalCurve {
    /// Makes the course of `n` sequences, each given by its values `[t, channels]` and by how far
    /// along the course each of its moments is `[t]`, from 0 to 1 and never falling.
    pub(super) fn of<'a>(
        n: usize,
        channels: usize,
        sequence: impl Fn(usize) -> (ArrayView2<'a, f32>, &'a [f32]) + Sync,
    ) -> Self {
        let count = n.min(MOST);
        let aligned = map_each(count, |at| {
            let (values, course) = sequence(at * n / count.max(1));
            along(values, course)
        });
        let mut bands = [0.1, 0.5, 0.9].map(|_| Array2::zeros((PLACES, channels)));
        for place in 0..PLACES {
            for channel in 0..channels {
                let values = sorted(aligned.iter().map(|values| values[[place, channel]]));
                for (band, share) in bands.iter_mut().zip([0.1, 0.5, 0.9]) {
                    band[[place, channel]] = quantile(&values, share);
                }
            }
        }
        let [low, middle, high] = bands;
        Self { low, middle, high }
    }
}

/// The values of a sequence at even places along the course.
fn along(values: ArrayView2<'_, f32>, course: &[f32]) -> Array2<f32> {
    // Moments at one place count as their last: a line needs places that ascend.
    let mut places: Vec<f64> = Vec::with_capacity(course.len());
    let mut kept: Vec<usize> = Vec::with_capacity(course.len());
    for (moment, &place) in course.iter().enumerate() {
        if places.last().is_some_and(|last| f64::from(place) <= *last) {
            kept.pop();
            places.pop();
        }
        places.push(f64::from(place));
        kept.push(moment);
    }
    let mut found = Array2::zeros((PLACES, values.ncols()));
    for (channel, mut column) in found.columns_mut().into_iter().enumerate() {
        let values: Vec<f32> = kept
            .iter()
            .map(|&moment| values[[moment, channel]])
            .collect();
        for (place, value) in column.iter_mut().enumerate() {
            *value = interpolated(&places, &values, place as f64 / (PLACES - 1) as f64);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn sequences_that_are_aligned_lie_on_the_median() {
        const BENT: [[f32; 3]; 2] = [[0.0, 0.5, 1.0], [0.0, 0.25, 1.0]];
        let values = array![[0.0_f32], [2.0], [4.0]];
        let usual = TypicalCurve::of(11, 1, |at| (values.view(), &BENT[at % 2]));
        assert_eq!(
            (usual.middle[[0, 0]], usual.middle[[PLACES - 1, 0]]),
            (0.0, 4.0)
        );
        assert!(usual.low[[25, 0]] < usual.high[[25, 0]]);
        assert!(
            usual
                .low
                .iter()
                .zip(&usual.high)
                .all(|(low, high)| low <= high)
        );
    }

    #[test]
    fn moments_at_one_place_are_no_fault() {
        let found = along(array![[1.0_f32], [2.0], [3.0]].view(), &[0.0, 0.0, 1.0]);
        assert_eq!((found[[0, 0]], found[[PLACES - 1, 0]]), (2.0, 3.0));
    }
}
