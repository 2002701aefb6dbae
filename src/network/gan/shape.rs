//! The shapes of images and of the networks that look at them.

use serde::{Deserialize, Serialize};

use super::conv::Conv;

/// The shape of images, and how wide the networks are that look at them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImageShape {
    /// Height and width in pixels: one of [`ImageShape::SIDES`].
    pub side: usize,
    /// 1 for grey, 3 for colour.
    pub channels: usize,
    /// The channels of the first convolution, or half of them on small images.
    pub width: usize,
}

impl ImageShape {
    /// The sides that images can have.
    pub const SIDES: [usize; 3] = [28, 32, 64];

    /// The numbers in an image.
    pub fn len(&self) -> usize {
        self.side * self.side * self.channels
    }

    /// Whether an image has no numbers; never in one that fits.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Checks that there are networks for the shape.
    ///
    /// # Errors
    /// A sentence that says what the shape is and which are possible.
    pub fn validate(&self) -> Result<(), String> {
        let Self {
            side,
            channels,
            width,
        } = self;
        let fits = Self::SIDES.contains(side) && [1, 3].contains(channels);
        match fits && (1..=128).contains(width) {
            true => Ok(()),
            false => Err(format!(
                "images of {side}×{side}×{channels} by networks of width {width} are not possible: the side is 28, 32 or 64, the channels 1 or 3, the width from 1 to 128"
            )),
        }
    }

    /// Side and channels of the maps in which places are still told apart: those after the second
    /// convolution.
    pub fn position_maps(&self) -> [usize; 2] {
        let second = self.convs().into_iter().nth(1);
        second.map_or([self.side, self.channels], |conv| {
            [conv.side / 2, conv.small]
        })
    }

    /// The convolutions from images to the smallest maps.
    pub(super) fn convs(&self) -> Vec<Conv> {
        let w = self.width;
        // The channels after each, each of which halves the side.
        let channels = match self.side {
            64 => vec![w, 2 * w, 4 * w, 8 * w],
            _ => vec![2 * w, 4 * w],
        };
        let before = std::iter::once(self.channels).chain(channels.iter().copied());
        let pairs = before.zip(channels.iter().copied()).enumerate();
        pairs
            .map(|(place, (large, small))| Conv {
                side: self.side >> place,
                large,
                small,
            })
            .collect()
    }
}
