//! Dynamic time warping.

use ndarray::Array2;

use super::MemberScores;
use super::neighbours::{neighbour_distances, references};

/// References at most.
const REFERENCES: usize = 256;

/// The one of the two that votes.
const FIFTH: &str = "fifth nearest after warping";

/// How far from the diagonal a path may go, as a share of the longer sequence.
const BAND: f64 = 0.2;

/// The distance to the fifth nearest sequence after warping time.
///
/// # Source
/// Sakoe and Chiba 1978, *IEEE Transactions on Acoustics, Speech and Signal Processing* 26.
pub(in super::super) fn warping(curves: &[Array2<f32>]) -> Vec<MemberScores> {
    let n = curves.len();
    let found = neighbour_distances(n, &references(n, REFERENCES), &[1, 5], |a, b| {
        distance(&curves[a], &curves[b])
    });
    let names = [
        (
            "nearest after warping",
            "how far it is from the nearest other sequence when time may be stretched (DTW)",
        ),
        (
            FIFTH,
            "how far it is from the fifth nearest sequence when time may be stretched (DTW)",
        ),
    ];
    let named = names.into_iter().zip(found);
    named
        .map(|((name, meaning), values)| MemberScores {
            name: name.to_owned(),
            meaning,
            votes: name == FIFTH,
            values,
        })
        .collect()
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
