//! Images with what was learnt of them.

use super::patched::heat;
use super::{ImageError, ImageModel, ImageOptions, ImageSet};
use crate::numeric::{Watch, quantile, sorted};

/// The seed of what is learnt of images: it is part of the data and not of the settings, so that
/// instances do not change with the seed of the ensemble that looks at them.
const SEED: u64 = 0;

/// Images with what was learnt of them or of others, and with what the generator makes in their
/// place; it never changes.
#[derive(Clone, Debug, PartialEq)]
pub struct Gallery {
    set: ImageSet,
    model: ImageModel,
    reconstructions: Vec<f32>,
    residual_high: f32,
    /// Of images that are cut, how unusual each place is `[side, side]`.
    heat: Vec<Vec<f32>>,
}

/// The share of all pixels whose residual is within the scale.
const WITHIN: f64 = 0.995;

/// Pixels by which the scale is chosen, at most about.
const PIXELS: usize = 200_000;

impl Gallery {
    /// Learns from a set of images.
    ///
    /// # Errors
    /// [`ImageError::Cancelled`] when `watch` says so.
    pub fn learn(
        set: ImageSet,
        options: &ImageOptions,
        watch: &mut dyn Watch,
    ) -> Result<Self, ImageError> {
        let model = ImageModel::fit(&set, options, SEED, watch)?;
        Self::of(set, model)
    }

    /// Looks at a set of images with what was learnt of another one.
    ///
    /// # Errors
    /// [`ImageError::Shape`] for images of another shape.
    pub fn of(set: ImageSet, model: ImageModel) -> Result<Self, ImageError> {
        model.validate(&set).map_err(ImageError::Shape)?;
        if let Some(patches) = set.patches() {
            let said = model.unusual(patches.pixels());
            let high = quantile(&sorted(said.iter().copied()), WITHIN);
            let heat = (0..set.len()).map(|image| {
                let own = patches.of(image);
                let said = said.get(own.clone()).unwrap_or_default();
                heat(&patches.places()[own], said)
            });
            return Ok(Self {
                residual_high: high.max(f32::MIN_POSITIVE),
                reconstructions: Vec::new(),
                heat: heat.collect(),
                set,
                model,
            });
        }
        let reconstructions = model.reconstruct(set.pixels()).reconstructions;
        let off = set.pixels().iter().zip(&reconstructions);
        let off = off.step_by(reconstructions.len().div_ceil(PIXELS).max(1));
        let off = sorted(off.map(|(own, back)| (own - back).abs() / 2.0));
        Ok(Self {
            residual_high: quantile(&off, WITHIN).max(1e-3),
            set,
            model,
            reconstructions,
            heat: Vec::new(),
        })
    }

    /// The images.
    pub fn set(&self) -> &ImageSet {
        &self.set
    }

    /// What was learnt.
    pub fn model(&self) -> &ImageModel {
        &self.model
    }

    /// The end of the scale of residuals, in shares of the range of brightness, or that of the heat of
    /// images that are cut: all but one in 200 are below. It is that of all images, so that a usual one does not glow.
    pub fn residual_high(&self) -> f32 {
        self.residual_high
    }

    /// Whether images are cut into patches: their heat stands in the place of residuals.
    pub fn is_cut(&self) -> bool {
        self.set.patches().is_some()
    }

    /// How unusual the patches are that cover each place of an image that is cut `[side, side]`, by
    /// their edges; empty where images are not.
    pub fn heat(&self, index: usize) -> &[f32] {
        self.heat.get(index).map_or(&[], Vec::as_slice)
    }

    /// What the generator makes in the place of an image, `[side, side, channels]`.
    pub fn reconstruction(&self, index: usize) -> &[f32] {
        let length = self.set.image_len();
        let own = index * length..(index + 1) * length;
        self.reconstructions.get(own).unwrap_or_default()
    }
}
