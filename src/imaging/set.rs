//! Images that were read.

use super::patched::PATCH;
use super::{Brightness, PatchSet};

/// Images of one size, which never change.
///
/// 1. Every number is finite and in [−1, 1], black to white.
/// 2. Images keep the order of the file, or that of their names.
#[derive(Clone, Debug, PartialEq)]
pub struct ImageSet {
    pub(super) name: String,
    pub(super) side: usize,
    pub(super) channels: usize,
    pub(super) pixels: Vec<f32>,
    pub(super) ids: Option<Vec<String>>,
    pub(super) truth: Option<Vec<Option<bool>>>,
    pub(super) notices: Vec<String>,
    pub(super) brightness: Option<Brightness>,
    /// Where images are cut: what the networks see in the place of `pixels`.
    pub(super) patches: Option<PatchSet>,
}

impl ImageSet {
    /// Images that are at hand, `[n, side, side, channels]` in [−1, 1], without names or truth.
    pub fn of_pixels(name: String, side: usize, channels: usize, pixels: Vec<f32>) -> Self {
        Self {
            name,
            side,
            channels,
            pixels,
            ids: None,
            truth: None,
            notices: Vec::new(),
            brightness: None,
            patches: None,
        }
    }

    /// The same images with the patches that they are cut into.
    pub fn with_patches(mut self, patches: Option<PatchSet>) -> Self {
        self.patches = patches;
        self
    }

    /// The patches that they are cut into, if they are.
    pub fn patches(&self) -> Option<&PatchSet> {
        self.patches.as_ref()
    }

    /// What networks learn from: the images, or their patches `[k, side, side, channels]`.
    pub fn seen(&self) -> &[f32] {
        self.patches.as_ref().map_or(&self.pixels, PatchSet::pixels)
    }

    /// Height and width of what networks learn from.
    pub fn seen_side(&self) -> usize {
        if self.patches.is_some() {
            PATCH
        } else {
            self.side
        }
    }

    /// What the set is called: the stem of its file's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Height and width in pixels.
    pub fn side(&self) -> usize {
        self.side
    }

    /// 1 for grey, 3 for colour.
    pub fn channels(&self) -> usize {
        self.channels
    }

    /// All numbers, `[n, side, side, channels]`.
    pub fn pixels(&self) -> &[f32] {
        &self.pixels
    }

    /// How many images there are.
    pub fn len(&self) -> usize {
        self.pixels.len() / self.image_len().max(1)
    }

    /// Whether there are none; never after reading.
    pub fn is_empty(&self) -> bool {
        self.pixels.is_empty()
    }

    /// The numbers in an image.
    pub fn image_len(&self) -> usize {
        self.side * self.side * self.channels
    }

    /// One image `[side, side, channels]`; empty where there is none.
    pub fn image(&self, index: usize) -> &[f32] {
        let length = self.image_len();
        self.pixels
            .get(index * length..(index + 1) * length)
            .unwrap_or_default()
    }

    /// What images are called, where they have names.
    pub fn ids(&self) -> Option<&[String]> {
        self.ids.as_deref()
    }

    /// Whether each image is an anomaly, where the set tells.
    pub fn truth(&self) -> Option<&[Option<bool>]> {
        self.truth.as_deref()
    }

    /// Which numbers of its array are black and white, where it was read of one.
    pub fn brightness(&self) -> Option<Brightness> {
        self.brightness
    }

    /// Sentences for the analyst about what was decided in reading.
    pub fn notices(&self) -> &[String] {
        &self.notices
    }
}
