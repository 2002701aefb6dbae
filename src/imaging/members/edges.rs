//! Edges by their direction, pooled over places that overlap.

use std::f64::consts::TAU;

use serde::{Deserialize, Serialize};

use super::colours::{opponents, units};
use super::{Neighbours, Principal};
use crate::numeric::{map_blocks, quantile, sorted};

/// Directions of edges that are told apart.
pub(in crate::imaging) const TURNS: usize = 8;

/// The deviation of the Gaussian by which an image is smoothed before its slopes are taken, and how
/// far its window goes, in pixels.
const FINE: (f64, usize) = (1.0, 4);

/// The same of the window over which slopes are pooled.
const COARSE: (f64, usize) = (3.0, 9);

/// Pixels between two places at which slopes are pooled.
const STEP: usize = 4;

/// Main directions of the pooled slopes.
const DIRECTIONS: usize = 64;

/// What is added to the variance along each direction, as a share of the mean variance of a number.
const RIDGE: f64 = 0.3;

/// The share of images, the most unusual ones, that the strict distribution is fitted without.
const LEFT_OUT: f64 = 0.05;

/// Added under the root, so that what rounding leaves of a flat image stays nothing.
pub(in crate::imaging) const FAINT: f32 = 1e-6;

/// Images whose slopes are pooled at once.
const BLOCK: usize = 16;

/// What the edges of an image are like: at each of a grid of places, how strong they are in each of
/// [`TURNS`] directions.
///
/// ```text
/// g = ∇(N(0, 1) * x),  h_k = √(10⁻⁶ + N(0, 3²) * max(0, g · (cos 2πk/8, sin 2πk/8)))  at every fourth pixel
/// ```
///
/// # Source
/// Dalal and Triggs 2005, *Histograms of Oriented Gradients*, with smooth windows; the first order of
/// Mallat's scattering (Bruna and Mallat 2013), where a class is told by its distance from an affine
/// space as well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Form {
    side: usize,
    channels: usize,
}

impl Form {
    fn across(self) -> usize {
        (self.side - STEP / 2).div_ceil(STEP)
    }

    /// The numbers of an image's edges.
    fn numbers(self) -> usize {
        self.across() * self.across() * self.channels * TURNS
    }

    /// The edges of images `[n, side, side, channels]`: `[n, across, across, channels, turns]`.
    fn pooled(self, images: &[f32]) -> Vec<f32> {
        let length = self.side * self.side * self.channels;
        let kernels = Kernels::new();
        let blocks = map_blocks(images.len() / length.max(1), BLOCK, |rows| {
            let images = images[rows.start * length..rows.end * length].chunks_exact(length);
            images
                .flat_map(|image| self.of_image(image, &kernels))
                .collect::<Vec<f32>>()
        });
        blocks.concat()
    }

    fn of_image(self, image: &[f32], kernels: &Kernels) -> Vec<f32> {
        let (side, across) = (self.side, self.across());
        let mut found = vec![0.0; self.numbers()];
        let turns = turns();
        for channel in 0..self.channels {
            let map: Vec<f32> = image
                .iter()
                .skip(channel)
                .step_by(self.channels)
                .copied()
                .collect();
            let smooth_down = self.filtered(&map, &kernels.smooth, false);
            let slope_across = self.filtered(&smooth_down, &kernels.slope, true);
            let smooth_across = self.filtered(&map, &kernels.smooth, true);
            let slope_down = self.filtered(&smooth_across, &kernels.slope, false);
            let mut lines = vec![0.0_f32; side * across];
            for (turn, [cosine, sine]) in turns.iter().enumerate() {
                let pairs = slope_across.iter().zip(&slope_down);
                let strong: Vec<f32> = pairs
                    .map(|(x, y)| (cosine * x + sine * y).max(0.0))
                    .collect();
                for (line, row) in lines
                    .chunks_exact_mut(across)
                    .zip(strong.chunks_exact(side))
                {
                    for (at, to) in line.iter_mut().enumerate() {
                        *to = kernels.pooled(at, side, |pixel| row[pixel]);
                    }
                }
                for place in 0..across * across {
                    let (row, column) = (place / across, place % across);
                    let sum = kernels.pooled(row, side, |line| lines[line * across + column]);
                    found[(place * self.channels + channel) * TURNS + turn] = (sum + FAINT).sqrt();
                }
            }
        }
        found
    }

    /// A map by a kernel along rows or columns; its borders go on as they are.
    fn filtered(self, map: &[f32], kernel: &[f32], along_rows: bool) -> Vec<f32> {
        let (side, reach) = (self.side, kernel.len() / 2);
        let mut found = vec![0.0; map.len()];
        for (at, to) in found.iter_mut().enumerate() {
            let (row, column) = (at / side, at % side);
            let centre = if along_rows { column } else { row };
            let terms = kernel.iter().enumerate().map(|(tap, weight)| {
                let other = (centre + tap).saturating_sub(reach).min(side - 1);
                let place = match along_rows {
                    true => row * side + other,
                    false => other * side + column,
                };
                weight * map[place]
            });
            *to = terms.sum();
        }
        found
    }
}

/// The windows as matrices that are multiplied with the rows or columns of an image of a side: the
/// Gaussian and its slope `[side, side]`, and the wide one `[across, side]`.
pub(in crate::imaging) fn windows(side: usize) -> [Vec<f32>; 3] {
    let kernels = Kernels::new();
    let across = Form { side, channels: 1 }.across();
    let fine = |kernel: &[f32]| {
        let mut matrix = vec![0.0_f32; side * side];
        for (row, line) in matrix.chunks_exact_mut(side).enumerate() {
            for (tap, weight) in kernel.iter().enumerate() {
                line[(row + tap).saturating_sub(FINE.1).min(side - 1)] += weight;
            }
        }
        matrix
    };
    let mut wide = vec![0.0_f32; across * side];
    for (place, line) in wide.chunks_exact_mut(side).enumerate() {
        for (at, weight) in line.iter_mut().enumerate() {
            let one = |pixel: usize| if pixel == at { 1.0 } else { 0.0 };
            *weight = kernels.pooled(place, side, one);
        }
    }
    [fine(&kernels.smooth), fine(&kernels.slope), wide]
}

/// Cosine and sine of each direction.
pub(in crate::imaging) fn turns() -> [[f32; 2]; TURNS] {
    std::array::from_fn(|turn| {
        let angle = TAU * turn as f64 / TURNS as f64;
        [angle.cos() as f32, angle.sin() as f32]
    })
}

/// The windows, along one side.
struct Kernels {
    /// A Gaussian.
    smooth: Vec<f32>,
    /// Its slope.
    slope: Vec<f32>,
    /// The wide Gaussian.
    coarse: Vec<f32>,
}

impl Kernels {
    fn new() -> Self {
        let smooth = gaussian(FINE);
        let (deviation, reach) = FINE;
        let slope = smooth.iter().enumerate();
        let slope = slope.map(|(tap, weight)| {
            (tap as f64 - reach as f64) / (deviation * deviation) * f64::from(*weight)
        });
        Self {
            slope: slope.map(|weight| weight as f32).collect(),
            smooth,
            coarse: gaussian(COARSE),
        }
    }

    /// The sum under the wide window at a place; beyond the borders there is nothing.
    fn pooled(&self, place: usize, side: usize, value: impl Fn(usize) -> f32) -> f32 {
        let centre = place * STEP + STEP / 2;
        let taps = self.coarse.iter().enumerate();
        let terms = taps.filter_map(|(tap, weight)| {
            let at = (centre + tap).checked_sub(COARSE.1)?;
            (at < side).then(|| weight * value(at))
        });
        terms.sum()
    }
}

fn gaussian((deviation, reach): (f64, usize)) -> Vec<f32> {
    let height = |tap: usize| {
        let off = (tap as f64 - reach as f64) / deviation;
        (-off * off / 2.0).exp()
    };
    let heights: Vec<f64> = (0..=2 * reach).map(height).collect();
    let sum: f64 = heights.iter().sum();
    heights.iter().map(|height| (height / sum) as f32).collect()
}

/// A normal distribution with a variance along each main direction and one in all others.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::imaging) struct Spread {
    pub(in crate::imaging) directions: Principal,
    /// The variance along each direction, the ridge included `[k]`.
    pub(in crate::imaging) variances: Vec<f32>,
    /// The same for one number beyond the directions.
    pub(in crate::imaging) rest: f32,
}

impl Spread {
    fn fit(values: &[f32], d: usize, seed: u64) -> Self {
        let directions = Principal::fit(values, d, DIRECTIONS, seed);
        let (along, off) = placed(&directions, values, d);
        let k = directions.len();
        let n = off.len().max(1) as f64;
        let variances: Vec<f64> = (0..k)
            .map(|at| {
                let own = along.iter().skip(at).step_by(k);
                own.map(|value| f64::from(*value).powi(2)).sum::<f64>() / n
            })
            .collect();
        let left = off.iter().map(|off| f64::from(*off).powi(2)).sum::<f64>() / n;
        let all = variances.iter().sum::<f64>() + left;
        let ridge = (RIDGE * all / d as f64).max(1e-9);
        Self {
            directions,
            variances: variances.iter().map(|own| (own + ridge) as f32).collect(),
            rest: (left / d.saturating_sub(k).max(1) as f64 + ridge) as f32,
        }
    }

    /// How far rows of `d` numbers are from the mean, in standard deviations, and their coordinates
    /// in units of these `[n, k]`.
    fn scores(&self, values: &[f32], d: usize) -> (Vec<f32>, Vec<f32>) {
        let (mut along, off) = placed(&self.directions, values, d);
        let k = self.variances.len();
        for row in along.chunks_exact_mut(k) {
            let pairs = row.iter_mut().zip(&self.variances);
            pairs.for_each(|(value, variance)| *value /= variance.sqrt());
        }
        let rows = along.chunks_exact(k).zip(&off);
        let scores = rows.map(|(row, off)| {
            let squares: f32 = row.iter().map(|value| value * value).sum();
            (squares + off * off / self.rest).sqrt()
        });
        (scores.collect(), along)
    }

    fn validate(&self, d: usize) -> Result<(), String> {
        let positive = |value: &f32| *value > 0.0 && value.is_finite();
        let fits = self.variances.len() == self.directions.len()
            && self.variances.iter().all(positive)
            && positive(&self.rest);
        match fits {
            true => self.directions.validate(d),
            false => Err("the variances of edges are not above 0".to_owned()),
        }
    }
}

/// Rows along directions, and how far off these, on all cores.
fn placed(directions: &Principal, values: &[f32], d: usize) -> (Vec<f32>, Vec<f32>) {
    let blocks = map_blocks(values.len() / d, BLOCK, |rows| {
        directions.project(&values[rows.start * d..rows.end * d])
    });
    let (along, off): (Vec<_>, Vec<_>) = blocks.into_iter().unzip();
    (along.concat(), off.concat())
}

/// How usual the edges of images are: beside all images, beside the usual ones of them, and beside
/// the nearest of them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::imaging) struct Edges {
    /// Of images in colour, the units of red against green, blue against green, and brightness.
    pub(in crate::imaging) units: Option<[f32; 3]>,
    pub(in crate::imaging) all: Spread,
    /// Fitted without the most unusual: what is odd must not make itself usual.
    pub(in crate::imaging) usual: Spread,
    pub(in crate::imaging) neighbours: Neighbours,
}

impl Edges {
    /// Learns from images `[n, side, side, channels]`.
    pub(in crate::imaging) fn fit(images: &[f32], [side, channels]: [usize; 2], seed: u64) -> Self {
        let form = Form { side, channels };
        let units = (channels == 3).then(|| units(images));
        let d = form.numbers();
        let values = form.pooled(&told(images, units));
        let all = Spread::fit(&values, d, seed);
        let (scores, along) = all.scores(&values, d);
        let most = quantile(&sorted(scores.iter().copied()), 1.0 - LEFT_OUT);
        let rows = values.chunks_exact(d).zip(&scores);
        let kept: Vec<f32> = rows
            .filter(|(_, score)| **score <= most)
            .flat_map(|(row, _)| row.iter().copied())
            .collect();
        Self {
            units,
            usual: Spread::fit(&kept, d, seed),
            neighbours: Neighbours::fit(&along, all.directions.len()),
            all,
        }
    }

    /// The scores of images: beside all, beside the usual ones, and the distance to the fifth
    /// nearest.
    pub(in crate::imaging) fn scores(&self, images: &[f32], form: [usize; 2]) -> [Vec<f32>; 3] {
        let [side, channels] = form;
        let form = Form { side, channels };
        let values = form.pooled(&told(images, self.units));
        let d = form.numbers();
        let (all, along) = self.all.scores(&values, d);
        let (usual, _) = self.usual.scores(&values, d);
        [all, usual, self.neighbours.distances(&along)]
    }

    /// Checks edges from a file.
    ///
    /// # Errors
    /// A phrase that says what is wrong with them.
    pub(in crate::imaging) fn validate(&self, [side, channels]: [usize; 2]) -> Result<(), String> {
        let d = Form { side, channels }.numbers();
        let units = self.units.iter().flatten();
        let are_units = units.clone().all(|unit| *unit > 0.0 && unit.is_finite());
        if !are_units || (self.units.is_some() != (channels == 3)) {
            return Err("the units of colours do not fit the images".to_owned());
        }
        self.all.validate(d)?;
        self.usual.validate(d)?;
        self.neighbours.validate(self.all.directions.len())
    }
}

/// Images with their colours apart from brightness.
fn told(images: &[f32], units: Option<[f32; 3]>) -> Vec<f32> {
    match units {
        Some(units) => opponents(images, units),
        None => images.to_vec(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::stream;
    use rand_distr::{Distribution, StandardNormal};

    const SIDE: usize = 28;

    /// Bars across, at heights that differ, or one that stands upright.
    fn bar(height: usize, upright: bool, mut noise: impl FnMut() -> f32) -> Vec<f32> {
        let pixels = (0..SIDE * SIDE).map(|at| {
            let (row, column) = (at / SIDE, at % SIDE);
            let (along, beside) = if upright {
                (row, column)
            } else {
                (column, row)
            };
            let is_bar = (6..22).contains(&along) && (height..height + 4).contains(&beside);
            noise() + if is_bar { 0.8 } else { -0.8 }
        });
        pixels.collect()
    }

    #[test]
    fn the_strengths_are_those_of_the_slopes() {
        let form = Form {
            side: SIDE,
            channels: 1,
        };
        assert_eq!((form.across(), form.numbers()), (7, 7 * 7 * TURNS));
        // Brighter by 0.05 a column: all slopes point across, with that strength.
        let slope: Vec<f32> = (0..SIDE * SIDE)
            .map(|at| 0.05 * (at % SIDE) as f32)
            .collect();
        let found = form.pooled(&slope);
        let middle = &found[(3 * 7 + 3) * TURNS..(3 * 7 + 4) * TURNS];
        for (turn, [cosine, _]) in turns().iter().enumerate() {
            let expected = (0.05 * cosine.max(0.0) + FAINT).sqrt();
            assert!((middle[turn] - expected).abs() < 2e-3, "{middle:?}");
        }
        // Nothing but a flat image has none.
        assert!(
            form.pooled(&[0.3; SIDE * SIDE])
                .iter()
                .all(|own| (*own - 1e-3).abs() < 1e-4)
        );
    }

    #[test]
    fn a_bar_of_another_direction_is_far_from_all_also_where_one_was_learnt_from() {
        let mut random = stream(1, "test", 0);
        let mut draw = || -> f32 {
            let draw: f32 = StandardNormal.sample(&mut random);
            0.05 * draw
        };
        let mut images: Vec<f32> = (0..80)
            .flat_map(|at| bar(8 + at % 9, false, &mut draw))
            .collect();
        images.extend(bar(11, true, &mut draw));
        let edges = Edges::fit(&images, [SIDE, 1], 1);
        assert_eq!(edges.validate([SIDE, 1]), Ok(()));
        assert!(edges.validate([32, 1]).is_err() && edges.validate([SIDE, 3]).is_err());
        for scores in edges.scores(&images, [SIDE, 1]) {
            let usual = scores[..80].iter().copied().fold(0.0, f32::max);
            assert!(scores[80] > usual, "{} beside {usual}", scores[80]);
        }
        // One by one they say the same.
        let alone = edges.scores(&images[80 * SIDE * SIDE..], [SIDE, 1]);
        let together = edges.scores(&images, [SIDE, 1]);
        for (alone, together) in alone.iter().zip(&together) {
            assert_eq!(alone[0].to_bits(), together[80].to_bits());
        }
        let text = serde_json::to_string(&edges).expect("text");
        let back: Edges = serde_json::from_str(&text).expect("edges");
        assert_eq!(back, edges);
    }
}
