//! Curves as numbers: standardised, resampled, cut into windows.

use ndarray::{Array2, ArrayView2, s};

use super::SequenceSet;

/// The moments of a window on either side of its middle.
const CONTEXT: isize = 2;

/// Curves of equal length have this many moments at most.
pub(super) const LONGEST_CURVE: usize = 150;

/// Strides in a sequence of the usual length.
const STRIDES: f64 = 30.0;

/// What brings each channel to mean 0 and deviation 1 over a set.
#[derive(Clone, Debug, PartialEq)]
pub struct ChannelScale {
    means: Vec<f64>,
    deviations: Vec<f64>,
}

impl ChannelScale {
    /// Measures the channels of a set.
    pub fn fit(set: &SequenceSet) -> Self {
        let width = set.channels().len();
        let (mut means, mut deviations) = (vec![0.0; width], vec![0.0; width]);
        let count: usize = set.sequences().iter().map(|sequence| sequence.len()).sum();
        for sequence in set.sequences() {
            for row in sequence.values.rows() {
                means
                    .iter_mut()
                    .zip(row)
                    .for_each(|(mean, value)| *mean += f64::from(*value));
            }
        }
        means
            .iter_mut()
            .for_each(|mean| *mean /= count.max(1) as f64);
        for sequence in set.sequences() {
            for row in sequence.values.rows() {
                let off = row
                    .iter()
                    .zip(&means)
                    .map(|(value, mean)| (f64::from(*value) - mean).powi(2));
                deviations
                    .iter_mut()
                    .zip(off)
                    .for_each(|(sum, off)| *sum += off);
            }
        }
        for deviation in &mut deviations {
            *deviation = (*deviation / count.max(1) as f64)
                .sqrt()
                .max(f64::MIN_POSITIVE);
        }
        Self { means, deviations }
    }

    /// The mean of each channel.
    pub fn means(&self) -> &[f64] {
        &self.means
    }

    /// The deviation of each channel, above 0.
    pub fn deviations(&self) -> &[f64] {
        &self.deviations
    }

    /// Standardises values `[t, channels]`.
    pub fn apply(&self, values: ArrayView2<'_, f32>) -> Array2<f32> {
        let mut scaled = values.to_owned();
        for mut row in scaled.rows_mut() {
            for ((value, mean), deviation) in row.iter_mut().zip(&self.means).zip(&self.deviations)
            {
                *value = ((f64::from(*value) - mean) / deviation) as f32;
            }
        }
        scaled
    }
}

/// The shortest usual length at which a window skips every other moment.
///
/// Five neighbouring moments of so coarse a curve do not tell where in its course they are.
const SKIPPED_FROM: usize = 20;

/// The moments between those of a window, for sequences of this usual length.
pub fn stride(usual_length: usize) -> usize {
    let least = if usual_length < SKIPPED_FROM { 1 } else { 2 };
    stride_before(usual_length).max(least)
}

/// The same as it was in files that do not name it.
pub fn stride_before(usual_length: usize) -> usize {
    (usual_length as f64 / STRIDES).round().max(1.0) as usize
}

/// How long curves of equal length are.
pub(super) fn equal_length(usual: usize) -> usize {
    usual.clamp(2, LONGEST_CURVE)
}

/// The numbers in a window over so many channels.
pub fn window_width(channels: usize) -> usize {
    channels * (2 * CONTEXT + 1) as usize
}

/// Where the moments of a window lie, seen from its middle.
pub fn window_offsets(stride: usize) -> impl Iterator<Item = isize> {
    (-CONTEXT..=CONTEXT).map(move |offset| offset * stride as isize)
}

/// The window around each moment: five moments a stride apart, all channels of each; beyond the
/// ends, the end is repeated.
///
/// # Shapes
/// `values` `[t, channels]`; returns `[t, 5 · channels]`.
pub fn windows(values: ArrayView2<'_, f32>, stride: usize) -> Array2<f32> {
    let (length, width) = values.dim();
    let mut found = Array2::zeros((length, window_width(width)));
    for moment in 0..length {
        for (place, offset) in window_offsets(stride).enumerate() {
            let at = (moment as isize + offset).clamp(0, length as isize - 1);
            found
                .slice_mut(s![moment, place * width..(place + 1) * width])
                .assign(&values.row(at as usize));
        }
    }
    found
}

/// Resamples values `[t, channels]` to `length` moments, on the lines between neighbours.
pub fn resample(values: ArrayView2<'_, f32>, length: usize) -> Array2<f32> {
    let (from, width) = values.dim();
    if from == length {
        return values.to_owned();
    }
    let step = (from.max(1) - 1) as f64 / (length.max(2) - 1) as f64;
    Array2::from_shape_fn((length, width), |(moment, channel)| {
        let at = moment as f64 * step;
        let low = (at as usize).min(from - 1);
        let high = (low + 1).min(from - 1);
        let share = (at - low as f64) as f32;
        let (a, b) = (values[[low, channel]], values[[high, channel]]);
        a + share * (b - a)
    })
}

/// Some rows, evenly spaced, the first and the last among them; all where they are no more.
pub fn thinned(values: ArrayView2<'_, f32>, most: usize) -> Array2<f32> {
    let rows = thinned_places(values.nrows(), most);
    values.select(ndarray::Axis(0), &rows)
}

/// The places that [`thinned`] keeps of `length`.
pub fn thinned_places(length: usize, most: usize) -> Vec<usize> {
    match length <= most {
        true => (0..length).collect(),
        false => (0..most)
            .map(|at| (at * (length - 1) + (most - 1) / 2) / (most - 1).max(1))
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn windows_repeat_the_ends_and_know_no_position() {
        let values = array![[1.0_f32], [2.0], [3.0], [4.0]];
        let found = windows(values.view(), 1);
        assert_eq!(found.row(0).to_vec(), [1.0, 1.0, 1.0, 2.0, 3.0]);
        assert_eq!(found.row(3).to_vec(), [2.0, 3.0, 4.0, 4.0, 4.0]);
        assert_eq!(
            windows(values.view(), 2).row(1).to_vec(),
            [1.0, 1.0, 2.0, 4.0, 4.0]
        );
        // The same values around it, the same window, wherever it stands.
        let flat = Array2::<f32>::ones((40, 2));
        let flat = windows(flat.view(), 1);
        assert!(flat.rows().into_iter().all(|row| row == flat.row(0)));
        assert_eq!((stride(150), stride(24), stride(7)), (5, 2, 1));
        assert_eq!((stride_before(150), stride_before(24)), (5, 1));
    }

    #[test]
    fn resampling_keeps_lines_and_ends() {
        let values = array![[0.0_f32], [2.0], [4.0]];
        assert_eq!(
            resample(values.view(), 5).column(0).to_vec(),
            [0.0, 1.0, 2.0, 3.0, 4.0]
        );
        assert_eq!(resample(values.view(), 2).column(0).to_vec(), [0.0, 4.0]);
        assert_eq!(thinned_places(10, 4), [0, 3, 6, 9]);
        assert_eq!(thinned_places(3, 4), [0, 1, 2]);
    }
}
