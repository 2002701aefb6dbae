//! Brings images to one size.

/// An image as it was read: numbers in [0, 1], `[height, width, channels]`.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Raw {
    pub(super) height: usize,
    pub(super) width: usize,
    pub(super) channels: usize,
    pub(super) values: Vec<f32>,
}

impl Raw {
    /// Whether it has colours.
    pub(super) fn is_coloured(&self) -> bool {
        self.channels == 3
            && (self.values.chunks_exact(3))
                .any(|pixel| pixel[0] != pixel[1] || pixel[1] != pixel[2])
    }

    /// The image with so many channels: grey by the luma of ITU-R BT.601, or grey three times.
    pub(super) fn with_channels(&self, channels: usize) -> Vec<f32> {
        match (self.channels, channels) {
            (3, 1) => {
                let luma = |pixel: &[f32]| 0.299 * pixel[0] + 0.587 * pixel[1] + 0.114 * pixel[2];
                self.values.chunks_exact(3).map(luma).collect()
            }
            (1, 3) => (self.values.iter()).flat_map(|&value| [value; 3]).collect(),
            _ => self.values.clone(),
        }
    }

    /// The image `[side, side, channels]` in [−1, 1]: each new pixel is the mean of what it covers.
    pub(super) fn fitted(&self, side: usize, channels: usize) -> Vec<f32> {
        let values = self.with_channels(channels);
        let across: Vec<Vec<(usize, f32)>> = shares(self.width, side);
        let down = shares(self.height, side);
        // Lines first, then columns: a box is the product of both.
        let mut lines = vec![0.0_f32; self.height * side * channels];
        for (row, line) in lines.chunks_exact_mut((side * channels).max(1)).enumerate() {
            let from = &values[row * self.width * channels..(row + 1) * self.width * channels];
            for (to, parts) in line.chunks_exact_mut(channels).zip(&across) {
                for &(at, share) in parts {
                    let pixel = &from[at * channels..(at + 1) * channels];
                    to.iter_mut()
                        .zip(pixel)
                        .for_each(|(to, by)| *to += share * by);
                }
            }
        }
        let length = side * channels;
        let mut fitted = vec![0.0_f32; side * length];
        for (to, parts) in fitted.chunks_exact_mut(length).zip(&down) {
            for &(at, share) in parts {
                let line = &lines[at * length..(at + 1) * length];
                to.iter_mut()
                    .zip(line)
                    .for_each(|(to, by)| *to += share * by);
            }
        }
        fitted
            .iter_mut()
            .for_each(|value| *value = (2.0 * *value - 1.0).clamp(-1.0, 1.0));
        fitted
    }
}

/// For each of `to` new pixels along a line the `from` old ones that it covers, with their shares.
fn shares(from: usize, to: usize) -> Vec<Vec<(usize, f32)>> {
    let scale = from as f64 / to as f64;
    (0..to)
        .map(|place| {
            let (low, high) = (place as f64 * scale, (place + 1) as f64 * scale);
            let last = (high.ceil() as usize).min(from);
            let parts = (low.floor() as usize..last).map(|at| {
                let covered = high.min(at as f64 + 1.0) - low.max(at as f64);
                (at, (covered / scale) as f32)
            });
            parts.filter(|(_, share)| *share > 0.0).collect()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_pixel_is_the_mean_of_what_it_covers() {
        let raw = Raw {
            height: 2,
            width: 6,
            channels: 1,
            values: vec![0.0, 1.0, 1.0, 0.0, 0.5, 0.5, 0.0, 1.0, 1.0, 0.0, 0.5, 0.5],
        };
        let fitted = raw.fitted(4, 1);
        // One and a half pixels each: 0 and half of 1, half of 1 and 1, ….
        let expected = [-1.0 / 3.0, 1.0, -2.0 / 3.0, 0.0];
        for line in fitted.chunks_exact(4) {
            for (found, expected) in line.iter().zip(expected) {
                assert!((found - expected).abs() < 1e-6, "{line:?}");
            }
        }
        assert_eq!(fitted.len(), 16);
    }

    #[test]
    fn colours_become_grey_and_grey_three_channels() {
        let red = Raw {
            height: 1,
            width: 1,
            channels: 3,
            values: vec![1.0, 0.0, 0.0],
        };
        assert!(red.is_coloured());
        assert!((red.fitted(1, 1)[0] - (0.299 * 2.0 - 1.0)).abs() < 1e-6);
        assert_eq!(red.fitted(1, 3), [1.0, -1.0, -1.0]);
        let grey = Raw {
            channels: 1,
            values: vec![0.5],
            ..red
        };
        assert_eq!(
            (grey.is_coloured(), grey.fitted(1, 3)),
            (false, vec![0.0; 3])
        );
    }
}
