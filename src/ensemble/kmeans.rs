//! Centres of clusters.

use ndarray::ArrayView2;
use rand::RngExt;

use super::sampling::square_distance;
use crate::numeric::Stream;

/// Rounds of assigning and averaging at most.
const ROUNDS: usize = 50;

/// Finds `count` centres `[d]` (fewer where there are not so many different points) and the number
/// of points that are nearest to each.
///
/// # Source
/// Lloyd 1982; started as Arthur and Vassilvitskii 2007, *k-means++*, SODA.
pub(super) fn k_means(
    x: ArrayView2<'_, f32>,
    count: usize,
    random: &mut Stream,
) -> (Vec<Vec<f32>>, Vec<usize>) {
    let d = x.ncols();
    let points: Vec<&[f32]> = x
        .as_slice()
        .unwrap_or_default()
        .chunks_exact(d.max(1))
        .collect();
    let mut centres = start(&points, count, random);
    let mut own = vec![usize::MAX; points.len()];
    let mut counts = vec![0; centres.len()];
    for _ in 0..ROUNDS {
        let next: Vec<usize> = points
            .iter()
            .map(|point| nearest(&centres, point).0)
            .collect();
        if next == own {
            break;
        }
        own = next;
        let mut sums = vec![vec![0.0_f64; d]; centres.len()];
        counts.fill(0);
        for (&centre, point) in own.iter().zip(&points) {
            counts[centre] += 1;
            for (sum, value) in sums[centre].iter_mut().zip(*point) {
                *sum += f64::from(*value);
            }
        }
        for ((centre, sum), &count) in centres.iter_mut().zip(&sums).zip(&counts) {
            if count > 0 {
                *centre = sum.iter().map(|sum| (sum / count as f64) as f32).collect();
            }
        }
    }
    (centres, counts)
}

/// The nearest centre and its squared distance; ties by place.
pub(super) fn nearest(centres: &[Vec<f32>], x: &[f32]) -> (usize, f32) {
    let mut best = (0, f32::INFINITY);
    for (place, centre) in centres.iter().enumerate() {
        let square = square_distance(centre, x);
        if square < best.1 {
            best = (place, square);
        }
    }
    best
}

/// Draws points with a chance in proportion to their squared distance from those drawn before.
fn start(points: &[&[f32]], count: usize, random: &mut Stream) -> Vec<Vec<f32>> {
    let mut centres: Vec<Vec<f32>> = Vec::new();
    let mut squares = vec![1.0_f64; points.len()];
    while centres.len() < count {
        let total: f64 = squares.iter().sum();
        if total <= 0.0 {
            break;
        }
        let mut left = random.random::<f64>() * total;
        let fits = |square: &f64| {
            left -= square;
            left < 0.0
        };
        let last = || squares.iter().rposition(|square| *square > 0.0);
        let Some(drawn) = squares.iter().position(fits).or_else(last) else {
            break;
        };
        let centre = points[drawn].to_vec();
        let first = centres.is_empty();
        for (square, point) in squares.iter_mut().zip(points) {
            let to_new = f64::from(square_distance(point, &centre));
            *square = if first { to_new } else { square.min(to_new) };
        }
        centres.push(centre);
    }
    centres
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::stream;
    use ndarray::{Array2, array};

    #[test]
    fn separate_groups_get_their_means() {
        let x = array![[0.0_f32], [1.0], [10.0], [11.0], [12.0]];
        let (mut centres, counts) = k_means(x.view(), 2, &mut stream(1, "test", 0));
        assert_eq!(counts.iter().sum::<usize>(), 5);
        centres.sort_by(|a, b| a[0].total_cmp(&b[0]));
        assert_eq!(centres, [[0.5], [11.0]]);
        assert_eq!(nearest(&centres, &[9.0]), (1, 4.0));
    }

    #[test]
    fn no_more_centres_than_different_points() {
        let (centres, counts) = k_means(Array2::ones((9, 2)).view(), 4, &mut stream(1, "test", 0));
        assert_eq!((centres.len(), counts), (1, vec![9]));
    }
}
