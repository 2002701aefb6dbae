//! The trained networks.

use serde::{Deserialize, Serialize};

use super::generator::FrozenGenerator;
use super::mapping::{LAMBDA, seek};
use super::train::{GanSettings, TrainingLosses, adversaries};
use super::trunk::Trunk;
use super::{BATCH, ImageShape, Z, encoder};
use crate::numeric::{Cancelled, Watch};

/// Generator, discriminator and encoder of images, frozen once trained.
///
/// 1. Same images, settings and seed give the same bits, on one thread or many.
/// 2. Every number of an image is in [−1, 1].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "AnoGanText")]
pub struct AnoGan {
    shape: ImageShape,
    generator: Vec<f32>,
    discriminator: Vec<f32>,
    encoder: Vec<f32>,
    course: TrainingLosses,
}

/// An [`AnoGan`] as it stands in a file.
#[derive(Deserialize)]
#[serde(rename = "AnoGan", deny_unknown_fields)]
struct AnoGanText {
    shape: ImageShape,
    generator: Vec<f32>,
    discriminator: Vec<f32>,
    encoder: Vec<f32>,
    course: TrainingLosses,
}

impl TryFrom<AnoGanText> for AnoGan {
    type Error = String;

    fn try_from(text: AnoGanText) -> Result<Self, String> {
        text.shape.validate()?;
        let due = [
            FrozenGenerator::new(text.shape).len(),
            Trunk::new(text.shape, 1).len(),
            Trunk::new(text.shape, Z).len(),
        ];
        let found = [&text.generator, &text.discriminator, &text.encoder];
        if found.map(Vec::len) != due {
            return Err(format!(
                "networks of images have {:?} weights where {due:?} are due",
                found.map(Vec::len)
            ));
        }
        if found
            .iter()
            .any(|weights| weights.iter().any(|weight| !weight.is_finite()))
        {
            return Err("a network of images has a weight that is not finite".to_owned());
        }
        Ok(Self {
            shape: text.shape,
            generator: text.generator,
            discriminator: text.discriminator,
            encoder: text.encoder,
            course: text.course,
        })
    }
}

/// What the networks say of images.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mapped {
    /// What the generator makes of each image, `[n, side, side, channels]`.
    pub reconstructions: Vec<f32>,
    /// The residual score `R(x) = Σ|x − G(z)|` of each.
    pub residual: Vec<f32>,
    /// The discrimination score `D(x) = Σ|f(x) − f(G(z))|` of each.
    pub discrimination: Vec<f32>,
    /// The score of f-AnoGAN of each, `mean (x − G(z))² + κ · mean (f(x) − f(G(z)))²`.
    pub squares: Vec<f32>,
}

impl Mapped {
    /// The anomaly score of AnoGAN of each, `(1 − λ) R + λ D` with λ = 0.1.
    pub fn anogan(&self) -> Vec<f32> {
        let pairs = self.residual.iter().zip(&self.discrimination);
        pairs
            .map(|(r, d)| (1.0 - LAMBDA) * r + LAMBDA * d)
            .collect()
    }
}

impl AnoGan {
    /// Trains on images `[n, side, side, channels]` of numbers in [−1, 1].
    ///
    /// # Errors
    /// [`Cancelled`] when `watch` says so.
    pub fn train(
        images: &[f32],
        shape: ImageShape,
        settings: &GanSettings,
        seed: u64,
        watch: &mut dyn Watch,
    ) -> Result<Self, Cancelled> {
        let mut course = TrainingLosses::default();
        let frozen = adversaries(images, shape, settings, seed, &mut course, watch)?;
        let weights = [&frozen.generator[..], &frozen.discriminator[..]];
        let encoder = encoder::train(images, shape, weights, settings, seed, &mut course, watch)?;
        Ok(Self {
            shape,
            generator: frozen.generator,
            discriminator: frozen.discriminator,
            encoder,
            course,
        })
    }

    /// The shape of its images.
    pub fn shape(&self) -> ImageShape {
        self.shape
    }

    /// The weights of generator, discriminator and encoder.
    pub(super) fn weights(&self) -> [&[f32]; 3] {
        [&self.generator, &self.discriminator, &self.encoder]
    }

    /// How training went.
    pub fn course(&self) -> &TrainingLosses {
        &self.course
    }

    /// The features `f(x)` of images, `[n, features]`: what the discriminator sees in them before
    /// it judges.
    pub fn features(&self, images: &[f32]) -> Vec<f32> {
        let trunk = Trunk::new(self.shape, 1);
        let batches = images.chunks(BATCH * self.shape.len());
        batches
            .flat_map(|images| {
                let mut seen = trunk.look(images, &self.discriminator);
                seen.activations.pop().unwrap_or_default()
            })
            .collect()
    }

    /// What the discriminator sees at each place, `[n, side, side, channels]` of
    /// [`ImageShape::position_maps`].
    pub fn position_features(&self, images: &[f32]) -> Vec<f32> {
        let trunk = Trunk::new(self.shape, 1);
        let batches = images.chunks(BATCH * self.shape.len());
        batches
            .flat_map(|images| {
                let mut seen = trunk.look(images, &self.discriminator);
                match seen.activations.len() > 1 {
                    true => seen.activations.swap_remove(1),
                    false => Vec::new(),
                }
            })
            .collect()
    }

    /// The number of features.
    pub fn n_features(&self) -> usize {
        Trunk::new(self.shape, 1).features()
    }

    /// Finds images again by the encoder.
    pub fn encode(&self, images: &[f32]) -> Mapped {
        let encoder = Trunk::new(self.shape, Z);
        let mut mapped = Mapped::default();
        for images in images.chunks(BATCH * self.shape.len()) {
            let z = encoder.look(images, &self.encoder).out;
            self.compare(images, &z, &mut mapped);
        }
        mapped
    }

    /// Finds images again as published, by 500 steps for each from random numbers.
    ///
    /// # Errors
    /// [`Cancelled`] when `watch` says so.
    pub fn map(
        &self,
        images: &[f32],
        seed: u64,
        watch: &mut dyn Watch,
    ) -> Result<Mapped, Cancelled> {
        let weights = [&self.generator[..], &self.discriminator[..]];
        let z = seek(self.shape, weights, images, seed, watch)?;
        let mut mapped = Mapped::default();
        let batches = images.chunks(BATCH * self.shape.len());
        for (images, z) in batches.zip(z.chunks(BATCH * Z)) {
            self.compare(images, z, &mut mapped);
        }
        Ok(mapped)
    }

    /// Holds images against what the generator makes of `z`.
    fn compare(&self, images: &[f32], z: &[f32], mapped: &mut Mapped) {
        let (generator, trunk) = (FrozenGenerator::new(self.shape), Trunk::new(self.shape, 1));
        let mut made = generator.make(z, &self.generator);
        let made = made.pop().unwrap_or_default();
        let own = trunk.look(images, &self.discriminator);
        let other = trunk.look(&made, &self.discriminator);
        let (length, features) = (self.shape.len(), trunk.features());
        let pixels = images.chunks_exact(length).zip(made.chunks_exact(length));
        let pairs = own.features().chunks_exact(features);
        let pairs = pairs.zip(other.features().chunks_exact(features));
        for ((x, back), (f, g)) in pixels.zip(pairs) {
            let ([r, r2], [d, d2]) = (distances(x, back), distances(f, g));
            mapped.residual.push(r as f32);
            mapped.discrimination.push(d as f32);
            mapped
                .squares
                .push((r2 / length as f64 + d2 / features as f64) as f32);
        }
        mapped.reconstructions.extend(made);
    }
}

/// The sums of absolute and of squared differences.
fn distances(a: &[f32], b: &[f32]) -> [f64; 2] {
    a.iter().zip(b).fold([0.0; 2], |[sum, squares], (a, b)| {
        let off = f64::from(a - b);
        [sum + off.abs(), squares + off * off]
    })
}
