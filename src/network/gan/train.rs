//! Trains generator and discriminator against each other.

use rand::seq::SliceRandom;
use rand_distr::{Distribution, StandardNormal};
use serde::{Deserialize, Serialize};

use super::generator::Generator;
use super::trunk::{Trunk, sigmoid, softplus};
use super::{BATCH, ImageShape, Z};
use crate::network::adam::Optimiser;
use crate::numeric::{Cancelled, Stream, Watch, stream};

/// The name of the phase, as [`Watch`] is told it.
pub const LEARNING_IMAGES: &str = "learning what images look like";

/// The rate of Adam (Radford, Metz and Chintala 2016).
const RATE: f64 = 2e-4;

/// Draws by which the normalisation is frozen.
const DRAWS: usize = 512;

/// Generated images that vary by less than this share of what real ones vary by are a collapse.
const COLLAPSE: f64 = 0.05;

/// How an [`AnoGan`](super::AnoGan) is trained.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct GanSettings {
    /// How often the two adversaries see each image, at most.
    pub epochs: usize,
    /// How many images they see in all, at most: a limit to the time that it takes.
    pub seen: usize,
    /// How often the encoder sees each image, at most.
    pub encoder_epochs: usize,
    /// The weight γ of the penalty on the discriminator's gradient (R1).
    pub gamma: f32,
    /// The weight κ of features beside pixels in the encoder's loss.
    pub kappa: f32,
}

impl Default for GanSettings {
    fn default() -> Self {
        Self {
            epochs: 60,
            seen: 100_000,
            encoder_epochs: 40,
            gamma: 1.0,
            kappa: 1.0,
        }
    }
}

/// How training went.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TrainingLosses {
    /// The losses of the discriminator and the generator, epoch by epoch.
    pub losses: Vec<[f32; 2]>,
    /// The losses of the encoder, epoch by epoch.
    pub encoder: Vec<f32>,
    /// How much generated images vary, as a share of what real ones vary by.
    pub variety: f32,
    /// Whether generated images are all alike, also at the second try: the scores of the networks
    /// tell little then.
    pub collapsed: bool,
}

/// Steps of training over shuffled images.
pub(super) struct Batches {
    order: Vec<usize>,
    next: usize,
}

impl Batches {
    pub(super) fn new(n: usize) -> Self {
        Self {
            order: (0..n).collect(),
            next: n,
        }
    }

    /// The images of a batch: no more than there are.
    pub(super) fn size(&self) -> usize {
        BATCH.min(self.order.len())
    }

    /// The steps of so many passes, but no more images than `seen`; at least one pass.
    pub(super) fn steps(&self, epochs: usize, seen: usize) -> usize {
        let n = self.order.len();
        let images = (epochs * n).min(seen).max(n);
        (images / self.size().max(1)).max(1)
    }

    /// The steps of one pass.
    pub(super) fn pass(&self) -> usize {
        (self.order.len() / self.size().max(1)).max(1)
    }

    /// The next batch, of images of so many numbers.
    pub(super) fn draw(&mut self, images: &[f32], length: usize, random: &mut Stream) -> Vec<f32> {
        let size = self.size();
        if self.next + size > self.order.len() {
            self.order.shuffle(random);
            self.next = 0;
        }
        let chosen = &self.order[self.next..self.next + size];
        self.next += size;
        chosen
            .iter()
            .flat_map(|&image| &images[image * length..(image + 1) * length])
            .copied()
            .collect()
    }
}

/// Weights of a frozen generator and of a discriminator.
pub(super) struct Adversaries {
    pub(super) generator: Vec<f32>,
    pub(super) discriminator: Vec<f32>,
}

/// Trains on images; once more from other weights where the first try ends in a collapse.
pub(super) fn adversaries(
    images: &[f32],
    shape: ImageShape,
    settings: &GanSettings,
    seed: u64,
    course: &mut TrainingLosses,
    watch: &mut dyn Watch,
) -> Result<Adversaries, Cancelled> {
    let mut found = attempt(images, shape, settings, seed, 0, course, watch)?;
    if course.collapsed {
        found = attempt(images, shape, settings, seed, 1, course, watch)?;
    }
    Ok(found)
}

fn attempt(
    images: &[f32],
    shape: ImageShape,
    settings: &GanSettings,
    seed: u64,
    index: u64,
    course: &mut TrainingLosses,
    watch: &mut dyn Watch,
) -> Result<Adversaries, Cancelled> {
    let (generator, trunk) = (Generator::new(shape), Trunk::new(shape, 1));
    let mut g = generator.draw(&mut stream(seed, "generator", index));
    let mut d = trunk.draw(&mut stream(seed, "discriminator", index));
    let mut random = stream(seed, "adversaries", index);
    let (mut g_adam, mut d_adam) = (Optimiser::adversarial(RATE), Optimiser::adversarial(RATE));
    let mut batches = Batches::new(images.len() / shape.len());
    let (steps, pass) = (
        batches.steps(settings.epochs, settings.seen),
        batches.pass(),
    );
    let size = batches.size();
    course.losses.clear();
    let mut sums = [0.0_f32; 2];
    for step in 0..steps {
        watch.step(LEARNING_IMAGES, step, steps)?;
        let real = batches.draw(images, shape.len(), &mut random);
        let z = normal(size, &mut random);
        let made = generator.make(&z, &g);
        let (mut slopes, [real_loss, penalty]) = trunk.real_slopes(&real, &d, settings.gamma);
        let (fake, fake_loss) = trunk.fake_slopes(&made.images, &d);
        (slopes.iter_mut().zip(fake)).for_each(|(slope, by)| *slope += by);
        d_adam.step(&slopes, &mut d);
        let seen = trunk.look(&made.images, &d);
        let by = 1.0 / size as f32;
        let out: Vec<f32> = seen.out.iter().map(|d| -by * sigmoid(-d)).collect();
        let back = trunk.back(&seen, &d, &out, None, true);
        g_adam.step(&generator.slopes(&z, &made, &g, back.images), &mut g);
        sums[0] += real_loss + penalty + fake_loss;
        sums[1] += by * seen.out.iter().map(|d| softplus(-d)).sum::<f32>();
        if (step + 1).is_multiple_of(pass) || step + 1 == steps {
            let steps = (step % pass + 1) as f32;
            course.losses.push(sums.map(|sum| sum / steps));
            sums = [0.0; 2];
        }
    }
    let z = normal(DRAWS, &mut random);
    let share = spread(&generator.make(&z, &g).images, shape.len()) / spread(images, shape.len());
    course.variety = share as f32;
    course.collapsed = share.is_nan() || share < COLLAPSE;
    Ok(Adversaries {
        generator: generator.freeze(&z, &g),
        discriminator: d,
    })
}

/// Random numbers for so many images.
fn normal(n: usize, random: &mut Stream) -> Vec<f32> {
    (0..n * Z).map(|_| StandardNormal.sample(random)).collect()
}

/// The variance of pixels over images, summed.
fn spread(images: &[f32], length: usize) -> f64 {
    let n = (images.len() / length).max(1) as f64;
    let (mut sums, mut squares) = (vec![0.0_f64; length], vec![0.0_f64; length]);
    for image in images.chunks_exact(length) {
        for ((value, sum), square) in image.iter().zip(&mut sums).zip(&mut squares) {
            *sum += f64::from(*value);
            *square += f64::from(*value).powi(2);
        }
    }
    let variances = sums.iter().zip(&squares);
    variances
        .map(|(sum, square)| square / n - (sum / n).powi(2))
        .sum()
}
