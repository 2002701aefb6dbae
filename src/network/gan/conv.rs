//! Convolution and its transpose as matrix products.

use std::ops::Range;

use super::matrix::{Matrix, multiply};
use crate::numeric::{fill_blocks, map_blocks};

/// Images that are worked on at once; sums over images are made block by block in their order, so
/// that bits do not depend on the number of threads.
pub(super) const BLOCK: usize = 8;

/// The window of a convolution is so wide and high.
const WINDOW: usize = 4;

/// The convolution of a window of 4 × 4 in steps of 2 with a border of 1 between maps of a large
/// side and maps of half of it; and its transpose.
///
/// Images are `[side, side, channels]` row by row, the weights `[4, 4, large, small]`. By im2col:
/// the windows of an image become the rows of a matrix that is multiplied with the weights.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Conv {
    /// The side of the large maps, even.
    pub(super) side: usize,
    /// The channels of the large maps.
    pub(super) large: usize,
    /// The channels of the small maps.
    pub(super) small: usize,
}

impl Conv {
    /// The number of weights.
    pub(super) fn weights(&self) -> usize {
        self.window() * self.small
    }

    /// The numbers in a large image.
    pub(super) fn large_len(&self) -> usize {
        self.side * self.side * self.large
    }

    /// The numbers in a small image.
    pub(super) fn small_len(&self) -> usize {
        self.positions() * self.small
    }

    fn positions(&self) -> usize {
        (self.side / 2) * (self.side / 2)
    }

    fn window(&self) -> usize {
        WINDOW * WINDOW * self.large
    }

    /// For each row of windows and row in a window: the row of the large image, where there is one.
    fn rows(&self, at: usize) -> impl Iterator<Item = (usize, Option<usize>)> {
        let side = self.side;
        (0..WINDOW).map(move |offset| {
            let row = (2 * at + offset).checked_sub(1);
            (offset, row.filter(|&row| row < side))
        })
    }

    /// The columns of a window that lie in the image, as a range of the window and of a row.
    fn columns(&self, at: usize) -> (Range<usize>, Range<usize>) {
        let from = usize::from(at == 0);
        let to = WINDOW - usize::from(2 * at + WINDOW > self.side + 1);
        (from..to, 2 * at + from - 1..2 * at + to - 1)
    }

    /// Writes the windows of an image into the rows of `windows`.
    fn gather(&self, image: &[f32], windows: &mut [f32]) {
        let half = self.side / 2;
        let c = self.large;
        for (place, window) in windows.chunks_exact_mut(self.window()).enumerate() {
            let (row, column) = (place / half, place % half);
            let (inside, across) = self.columns(column);
            for (offset, from) in self.rows(row) {
                let line = &mut window[offset * WINDOW * c..(offset + 1) * WINDOW * c];
                match from {
                    None => line.fill(0.0),
                    Some(from) => {
                        let start = from * self.side * c;
                        line[..inside.start * c].fill(0.0);
                        line[inside.end * c..].fill(0.0);
                        line[inside.start * c..inside.end * c].copy_from_slice(
                            &image[start + across.start * c..start + across.end * c],
                        );
                    }
                }
            }
        }
    }

    /// Adds the rows of `windows` to the image where they came from.
    fn scatter(&self, windows: &[f32], image: &mut [f32]) {
        let half = self.side / 2;
        let c = self.large;
        for (place, window) in windows.chunks_exact(self.window()).enumerate() {
            let (row, column) = (place / half, place % half);
            let (inside, across) = self.columns(column);
            for (offset, to) in self.rows(row) {
                let Some(to) = to else { continue };
                let line = &window[offset * WINDOW * c..(offset + 1) * WINDOW * c];
                let start = to * self.side * c;
                let image = &mut image[start + across.start * c..start + across.end * c];
                let line = &line[inside.start * c..inside.end * c];
                image.iter_mut().zip(line).for_each(|(to, by)| *to += by);
            }
        }
    }

    /// Convolves large images into small ones, without bias.
    pub(super) fn down(&self, large: &[f32], weights: &[f32]) -> Vec<f32> {
        let n = large.len() / self.large_len();
        let mut small = vec![0.0; n * self.small_len()];
        fill_blocks(&mut small, BLOCK * self.small_len(), |block, small| {
            let mut windows = vec![0.0; self.positions() * self.window()];
            let images = large[block * BLOCK * self.large_len()..].chunks_exact(self.large_len());
            for (to, image) in small.chunks_exact_mut(self.small_len()).zip(images) {
                self.gather(image, &mut windows);
                let windows = Matrix::new(&windows, self.window());
                multiply(windows, Matrix::new(weights, self.small), 0.0, to);
            }
        });
        small
    }

    /// The transpose of [`Self::down`]: small images into large ones, without bias. It is also the
    /// gradient of a convolution for its images.
    pub(super) fn up(&self, small: &[f32], weights: &[f32]) -> Vec<f32> {
        let n = small.len() / self.small_len();
        let mut large = vec![0.0; n * self.large_len()];
        fill_blocks(&mut large, BLOCK * self.large_len(), |block, large| {
            let mut windows = vec![0.0; self.positions() * self.window()];
            let images = small[block * BLOCK * self.small_len()..].chunks_exact(self.small_len());
            for (to, image) in large.chunks_exact_mut(self.large_len()).zip(images) {
                let weights = Matrix::new(weights, self.small).turned();
                multiply(Matrix::new(image, self.small), weights, 0.0, &mut windows);
                self.scatter(&windows, to);
            }
        });
        large
    }

    /// The gradient of the weights of either, summed over the images.
    pub(super) fn slopes(&self, large: &[f32], small: &[f32]) -> Vec<f32> {
        let n = large.len() / self.large_len();
        let blocks = map_blocks(n, BLOCK, |images| {
            let mut windows = vec![0.0; self.positions() * self.window()];
            let mut slopes = vec![0.0; self.weights()];
            for image in images {
                let (large_len, small_len) = (self.large_len(), self.small_len());
                self.gather(
                    &large[image * large_len..(image + 1) * large_len],
                    &mut windows,
                );
                let small = &small[image * small_len..(image + 1) * small_len];
                let windows = Matrix::new(&windows, self.window()).turned();
                multiply(windows, Matrix::new(small, self.small), 1.0, &mut slopes);
            }
            slopes
        });
        summed(blocks, self.weights())
    }
}

/// Adds up the sums of blocks, in their order.
pub(super) fn summed(blocks: Vec<Vec<f32>>, length: usize) -> Vec<f32> {
    let mut total = vec![0.0; length];
    for block in blocks {
        (total.iter_mut().zip(block)).for_each(|(total, by)| *total += by);
    }
    total
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::stream;
    use rand_distr::{Distribution, StandardNormal};

    const CONV: Conv = Conv {
        side: 6,
        large: 3,
        small: 2,
    };

    fn draws(count: usize, index: u64) -> Vec<f32> {
        let mut random = stream(1, "test", index);
        (0..count)
            .map(|_| StandardNormal.sample(&mut random))
            .collect()
    }

    fn dot(a: &[f32], b: &[f32]) -> f64 {
        let products = a.iter().zip(b).map(|(a, b)| f64::from(*a) * f64::from(*b));
        products.sum()
    }

    #[test]
    fn it_is_the_sum_over_windows() {
        let (image, weights) = (draws(CONV.large_len(), 0), draws(CONV.weights(), 1));
        let found = CONV.down(&image, &weights);
        for row in 0..3_usize {
            for column in 0..3_usize {
                for out in 0..2 {
                    let mut sum = 0.0;
                    for (i, j, c) in (0..48).map(|at| (at / 12, at / 3 % 4, at % 3)) {
                        let (y, x) = (2 * row + i, 2 * column + j);
                        if (1..=6).contains(&y) && (1..=6).contains(&x) {
                            let pixel = image[((y - 1) * 6 + x - 1) * 3 + c];
                            sum += pixel * weights[((i * 4 + j) * 3 + c) * 2 + out];
                        }
                    }
                    let found = found[(row * 3 + column) * 2 + out];
                    assert!((found - sum).abs() < 1e-4, "{found} is not {sum}");
                }
            }
        }
    }

    #[test]
    fn the_transpose_and_the_slopes_are_those_of_the_same_product() {
        // More images than a block has.
        let n = BLOCK + 3;
        let large = draws(n * CONV.large_len(), 0);
        let small = draws(n * CONV.small_len(), 1);
        let weights = draws(CONV.weights(), 2);
        let expected = dot(&CONV.down(&large, &weights), &small);
        for found in [
            dot(&large, &CONV.up(&small, &weights)),
            dot(&weights, &CONV.slopes(&large, &small)),
        ] {
            assert!(
                (found - expected).abs() < 1e-3 * expected.abs(),
                "{found} is not {expected}"
            );
        }
    }
}
