//! Large images, cut into patches that the networks see.

use std::ops::Range;

use super::resize::Raw;

/// The side of a patch in pixels.
pub(super) const PATCH: usize = 64;

/// The side to which whole images are brought that are cut: as they are shown.
pub(super) const WHOLE: usize = 128;

/// The patches of images.
///
/// 1. Each image has one patch or more, one after another.
/// 2. Together they cover all of it: the last row and the last column of patches lie at its borders.
#[derive(Clone, Debug, PartialEq)]
pub struct PatchSet {
    pub(super) stride: usize,
    /// `[p, 64, 64, channels]`.
    pub(super) pixels: Vec<f32>,
    /// The first patch of each image, and how many there are in all `[n + 1]`.
    pub(super) first: Vec<usize>,
    /// Where each patch lies: top, left, bottom and right as shares of height and width `[p]`.
    pub(super) places: Vec<[f32; 4]>,
}

impl PatchSet {
    pub(super) fn new(stride: usize) -> Self {
        Self {
            stride,
            pixels: Vec::new(),
            first: vec![0],
            places: Vec::new(),
        }
    }

    /// Patches that are at hand; a phrase where their parts do not fit.
    ///
    /// # Errors
    /// They do not fit images of so many channels.
    pub fn of_parts(
        stride: usize,
        pixels: Vec<f32>,
        first: Vec<usize>,
        places: Vec<[f32; 4]>,
        channels: usize,
    ) -> Result<Self, String> {
        let count = places.len();
        let fits = stride > 0
            && pixels.len() == count * PATCH * PATCH * channels
            && first.first() == Some(&0)
            && first.last() == Some(&count)
            && first.windows(2).all(|pair| pair[0] < pair[1])
            && places
                .iter()
                .flatten()
                .all(|share| (0.0..=1.0).contains(share));
        match fits {
            true => Ok(Self {
                stride,
                pixels,
                first,
                places,
            }),
            false => Err("the patches of images do not fit them".to_owned()),
        }
    }

    /// Cuts an image and takes in what comes of it.
    pub(super) fn take(&mut self, (pixels, places): Patched) {
        self.pixels.extend(pixels);
        self.places.extend(places);
        self.first.push(self.places.len());
    }

    /// The pixels between two patches.
    pub fn stride(&self) -> usize {
        self.stride
    }

    /// All numbers, `[p, 64, 64, channels]`.
    pub fn pixels(&self) -> &[f32] {
        &self.pixels
    }

    /// The first patch of each image, and how many there are in all `[n + 1]`.
    pub fn first(&self) -> &[usize] {
        &self.first
    }

    /// Where each patch lies: top, left, bottom and right as shares of height and width.
    pub fn places(&self) -> &[[f32; 4]] {
        &self.places
    }

    /// The patches of an image; none where there is no such image.
    pub fn of(&self, image: usize) -> Range<usize> {
        match self.first.get(image..image + 2) {
            Some([from, to]) => *from..*to,
            _ => 0..0,
        }
    }
}

/// The patches of one image and where they lie.
pub(super) type Patched = (Vec<f32>, Vec<[f32; 4]>);

/// Where patches begin along a side: every `stride` pixels, and once at the end.
fn starts(side: usize, stride: usize) -> Vec<usize> {
    let last = side - PATCH;
    let mut starts: Vec<usize> = (0..last).step_by(stride).collect();
    starts.push(last);
    starts
}

/// Cuts an image into patches; one that is smaller than a patch along a side is brought to one.
pub(super) fn cut(raw: &Raw, stride: usize, channels: usize) -> Patched {
    let (height, width) = (raw.height, raw.width);
    if height.min(width) < PATCH {
        return (raw.fitted(PATCH, channels), vec![[0.0, 0.0, 1.0, 1.0]]);
    }
    let values = raw.with_channels(channels);
    let (mut pixels, mut places) = (Vec::new(), Vec::new());
    for top in starts(height, stride) {
        for left in starts(width, stride) {
            for row in top..top + PATCH {
                let from = (row * width + left) * channels;
                let line = &values[from..from + PATCH * channels];
                pixels.extend(line.iter().map(|value| value * 2.0 - 1.0));
            }
            let share = |at: usize, side: usize| at as f32 / side as f32;
            places.push([
                share(top, height),
                share(left, width),
                share(top + PATCH, height),
                share(left + PATCH, width),
            ]);
        }
    }
    (pixels, places)
}

/// A map of an image `[WHOLE, WHOLE]`: at each pixel the mean of what is said of the patches that
/// cover it.
pub(super) fn heat(places: &[[f32; 4]], said: &[f32]) -> Vec<f32> {
    let (mut sums, mut counts) = (vec![0.0_f32; WHOLE * WHOLE], vec![0.0_f32; WHOLE * WHOLE]);
    let pixel = |share: f32| ((share * WHOLE as f32).round() as usize).min(WHOLE);
    for ([top, left, bottom, right], value) in places.iter().zip(said) {
        for row in pixel(*top)..pixel(*bottom) {
            let line = row * WHOLE;
            for at in line + pixel(*left)..line + pixel(*right) {
                sums[at] += value;
                counts[at] += 1.0;
            }
        }
    }
    let pairs = sums.iter().zip(&counts);
    pairs.map(|(sum, count)| sum / count.max(1.0)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patches_cover_an_image_and_small_ones_are_one() {
        assert_eq!(starts(64, 32), [0]);
        assert_eq!(starts(100, 32), [0, 32, 36]);
        assert_eq!(starts(128, 32), [0, 32, 64]);
        let raw = Raw {
            height: 64,
            width: 100,
            channels: 1,
            values: (0..6400).map(|at| (at % 100) as f32 / 100.0).collect(),
        };
        let (pixels, places) = cut(&raw, 32, 1);
        assert_eq!((places.len(), pixels.len()), (3, 3 * 64 * 64));
        assert_eq!(places[1], [0.0, 0.32, 1.0, 0.96]);
        // The second begins at the column 32.
        assert!((pixels[64 * 64] - (0.32 * 2.0 - 1.0)).abs() < 1e-6);
        let small = Raw {
            height: 40,
            width: 100,
            channels: 1,
            values: vec![0.5; 4000],
        };
        let (pixels, places) = cut(&small, 32, 1);
        assert_eq!(
            (places, pixels.len()),
            (vec![[0.0, 0.0, 1.0, 1.0]], 64 * 64)
        );
    }

    #[test]
    fn the_map_has_the_mean_of_the_patches_that_cover_a_place() {
        let halves = [[0.0, 0.0, 1.0, 0.5], [0.0, 0.25, 1.0, 1.0]];
        let map = heat(&halves, &[1.0, 3.0]);
        let row = &map[10 * WHOLE..11 * WHOLE];
        assert_eq!((row[0], row[40], row[100]), (1.0, 2.0, 3.0));
    }
}
