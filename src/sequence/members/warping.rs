//! Dynamic time warping.

use ndarray::Array2;

use super::SequenceScore;
use super::neighbours::near;

/// How far from the diagonal a path may go, as a share of the longer sequence.
const BAND: f64 = 0.2;

pub(super) fn scores() -> [SequenceScore; 2] {
    [
        SequenceScore::new(
            "nearest after warping",
            "how far it is from the nearest other sequence when time may be stretched (DTW)",
            false,
        ),
        SequenceScore::new(
            "fifth nearest after warping",
            "how far it is from the fifth nearest sequence when time may be stretched (DTW)",
            true,
        ),
    ]
}

/// Sequences among which near ones are found after warping time.
///
/// # Source
/// Sakoe and Chiba 1978, *IEEE Transactions on Acoustics, Speech and Signal Processing* 26.
#[derive(Clone, Debug)]
pub(in super::super) struct Warping {
    references: Vec<usize>,
    curves: Vec<Array2<f32>>,
}

impl Warping {
    /// References at most.
    pub(in super::super) const REFERENCES: usize = 256;

    /// Takes some of the instances, whose curves these are, as references.
    pub(in super::super) fn fit(references: Vec<usize>, curves: Vec<Array2<f32>>) -> Self {
        Self { references, curves }
    }

    /// The distance to the first and to the fifth nearest sequence.
    pub(in super::super) fn distances(
        &self,
        curve: &Array2<f32>,
        itself: Option<usize>,
    ) -> [f32; 2] {
        near(&self.references, itself, |other| {
            distance(curve, &self.curves[other])
        })
    }
}

/// The root of the mean squared distance along the best path within the band.
fn distance(a: &Array2<f32>, b: &Array2<f32>) -> f32 {
    let (rows, columns) = (a.nrows(), b.nrows());
    let band = (BAND * rows.max(columns) as f64).ceil().max(2.0);
    let slope = columns as f64 / rows.max(1) as f64;
    let mut before = vec![f32::INFINITY; columns + 1];
    let mut now = vec![f32::INFINITY; columns + 1];
    before[0] = 0.0;
    for (i, row) in a.rows().into_iter().enumerate() {
        let middle = (i as f64 + 0.5) * slope;
        let reach = band.max(slope);
        let low = (middle - reach).floor().max(0.0) as usize;
        let high = ((middle + reach).ceil() as usize).min(columns);
        now.fill(f32::INFINITY);
        for j in low..high {
            let square: f32 = row
                .iter()
                .zip(b.row(j))
                .map(|(x, y)| (x - y) * (x - y))
                .sum();
            now[j + 1] = square + before[j].min(before[j + 1]).min(now[j]);
        }
        std::mem::swap(&mut before, &mut now);
        before[0] = f32::INFINITY;
    }
    (before[columns] / (rows + columns) as f32).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretched_time_costs_nothing_and_other_values_do() {
        let curve = |values: &[f32]| Array2::from_shape_fn((values.len(), 1), |(at, _)| values[at]);
        let a = curve(&[0.0, 1.0, 2.0, 1.0, 0.0]);
        assert_eq!(distance(&a, &curve(&[0.0, 1.0, 1.0, 2.0, 1.0, 0.0])), 0.0);
        assert_eq!(
            distance(&a, &curve(&[0.0, 1.0, 2.0, 1.0, 3.0])),
            (9.0_f32 / 10.0).sqrt()
        );
        // Of very different lengths, too.
        let long = curve(&[[0.0; 20], [1.0; 20], [2.0; 20], [1.0; 20], [0.0; 20]].concat());
        assert_eq!(distance(&a, &long), 0.0);
        assert_eq!(distance(&long, &a), 0.0);
    }
}
