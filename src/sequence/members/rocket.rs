//! Random convolutions in the manner of MiniRocket.

use ndarray::{Array2, ArrayView2};
use rand::RngExt;
use rand::seq::SliceRandom;

use super::MemberScores;
use super::neighbours::{neighbour_distances, references};
use crate::numeric::{map_each, quantile, sorted, stream};

/// The length of a kernel.
const LENGTH: usize = 9;

/// Features at most.
const FEATURES: usize = 2016;

/// References at most.
const REFERENCES: usize = 1024;

/// The three places of each of the 84 kernels whose weight is 2; those of the others are −1.
fn kernels() -> Vec<[usize; 3]> {
    let mut kernels = Vec::new();
    for a in 0..LENGTH {
        for b in a + 1..LENGTH {
            for c in b + 1..LENGTH {
                kernels.push([a, b, c]);
            }
        }
    }
    kernels
}

/// One convolution: a kernel with gaps, over the sum of some channels.
struct Convolution {
    kernel: [usize; 3],
    dilation: usize,
    channels: Vec<usize>,
}

/// The distance to the first and the fifth nearest sequence by the shares of moments at which
/// random convolutions exceed a bias.
///
/// # Source
/// Dempster, Schmidt and Webb 2021, *MiniRocket* (arXiv:2012.08791): 84 kernels of length 9 with
/// weights −1 and 2, exponential dilations, biases from quantiles of the convolution of a random
/// sequence, the share of positive values as the feature; here all padded, so that lengths may
/// differ.
pub(in super::super) fn rocket(
    curves: &[Array2<f32>],
    usual_length: usize,
    seed: u64,
) -> Vec<MemberScores> {
    let steps: Vec<Array2<f32>> = curves.iter().map(differences).collect();
    let [own, of_steps] = [(curves, 0), (&steps, 1)].map(|(curves, index)| {
        let features = features(curves, usual_length, seed, index);
        let n = curves.len();
        let mut found = neighbour_distances(n, &references(n, REFERENCES), &[1, 5], |a, b| {
            let pairs = features[a].iter().zip(&features[b]);
            pairs.map(|(x, y)| (x - y) * (x - y)).sum::<f32>().sqrt()
        });
        (
            found.pop().unwrap_or_default(),
            found.pop().unwrap_or_default(),
        )
    });
    let member = |name: &str, meaning, votes, values| MemberScores {
        name: name.to_owned(),
        meaning,
        votes,
        values,
    };
    vec![
        member(
            "nearest by shapes",
            "how far it is from the nearest other sequence by the small shapes in it (random convolutions)",
            false,
            own.1,
        ),
        member(
            "fifth nearest by shapes",
            "how far it is from the fifth nearest sequence by the small shapes in it (random convolutions)",
            true,
            own.0,
        ),
        member(
            "fifth nearest by shapes of change",
            "how far it is from the fifth nearest sequence by the small shapes in how it changes from moment to moment (random convolutions)",
            true,
            of_steps.0,
        ),
    ]
}

/// The change from each moment to the next.
fn differences(curve: &Array2<f32>) -> Array2<f32> {
    let (length, width) = curve.dim();
    Array2::from_shape_fn((length.saturating_sub(1), width), |(at, channel)| {
        curve[[at + 1, channel]] - curve[[at, channel]]
    })
}

fn features(curves: &[Array2<f32>], usual_length: usize, seed: u64, index: u64) -> Vec<Vec<f32>> {
    let mut random = stream(seed, "rocket", index);
    let width = curves.first().map_or(1, Array2::ncols);
    let longest = (usual_length.saturating_sub(1) / (LENGTH - 1)).max(1);
    let dilations: Vec<usize> = (0..6)
        .map(|power| 1 << power)
        .take_while(|dilation| *dilation <= longest)
        .collect();
    let mut convolutions = Vec::new();
    for &dilation in &dilations {
        for kernel in kernels() {
            // As many channels as the power of two of an even draw, as in the multivariate form.
            let most = (width.min(LENGTH) as f64).log2();
            let count = (2.0_f64).powf(random.random_range(0.0..most + 1.0)) as usize;
            let mut channels: Vec<usize> = (0..width).collect();
            channels.shuffle(&mut random);
            channels.truncate(count.clamp(1, width));
            convolutions.push(Convolution {
                kernel,
                dilation,
                channels,
            });
        }
    }
    let biases = (FEATURES / convolutions.len().max(1)).max(1);
    let samples: Vec<usize> = convolutions
        .iter()
        .map(|_| random.random_range(0..curves.len() as u64) as usize)
        .collect();
    let levels = map_each(convolutions.len(), |at| {
        let curve = &curves[samples[at]];
        let sorted = sorted(convolutions[at].apply(curve.view()));
        // Even steps of the golden ratio: quantiles without two alike.
        let golden = (5_f64.sqrt() + 1.0) / 2.0;
        let share = |bias: usize| ((at * biases + bias + 1) as f64 * golden).fract();
        (0..biases)
            .map(|bias| quantile(&sorted, share(bias)))
            .collect::<Vec<f32>>()
    });
    map_each(curves.len(), |instance| {
        let curve = curves[instance].view();
        let mut shares = Vec::with_capacity(convolutions.len() * biases);
        for (convolution, levels) in convolutions.iter().zip(&levels) {
            let values = convolution.apply(curve);
            for level in levels {
                let above = values.iter().filter(|value| *value > level).count();
                shares.push(above as f32 / values.len().max(1) as f32);
            }
        }
        shares
    })
}

impl Convolution {
    /// The convolution at each moment `[t]`; beyond the ends there are zeros.
    fn apply(&self, curve: ArrayView2<'_, f32>) -> Vec<f32> {
        let length = curve.nrows();
        let mut summed = vec![0.0_f32; length];
        for &channel in &self.channels {
            summed
                .iter_mut()
                .zip(curve.column(channel))
                .for_each(|(sum, value)| *sum += value);
        }
        let mut found = vec![0.0_f32; length];
        for place in 0..LENGTH {
            let weight = if self.kernel.contains(&place) {
                2.0
            } else {
                -1.0
            };
            let offset = (place as isize - (LENGTH / 2) as isize) * self.dilation as isize;
            let from = offset.max(0) as usize;
            let to = (-offset).max(0) as usize;
            let pairs = found.iter_mut().skip(to).zip(summed.iter().skip(from));
            pairs.for_each(|(sum, value)| *sum += weight * value);
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_convolution_is_the_sum_by_hand() {
        assert_eq!(kernels().len(), 84);
        let convolution = Convolution {
            kernel: [3, 4, 5],
            dilation: 1,
            channels: vec![0],
        };
        let curve = Array2::from_shape_fn((3, 1), |(at, _)| [1.0, 10.0, 100.0][at]);
        // All three moments lie under the weights 2 at the middle, two and a −1 elsewhere.
        assert_eq!(
            convolution.apply(curve.view()),
            [2.0 + 20.0 - 100.0, 222.0, -1.0 + 20.0 + 200.0]
        );
    }

    #[test]
    fn the_odd_shape_is_the_farthest() {
        let curve = |phase: f32, odd: bool| {
            Array2::from_shape_fn((60, 1), |(at, _)| {
                let at = at as f32 / 6.0 + phase;
                if odd { (at * 3.0).sin() } else { at.sin() }
            })
        };
        let mut curves: Vec<Array2<f32>> = (0..12).map(|k| curve(k as f32 * 0.3, false)).collect();
        curves.push(curve(0.4, true));
        for member in rocket(&curves, 60, 1) {
            let most = member.values.iter().copied().fold(0.0, f32::max);
            assert_eq!(
                member.values.iter().position(|value| *value == most),
                Some(12),
                "{member:?}"
            );
        }
    }
}
