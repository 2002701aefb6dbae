//! Trains the encoder: from an image to the numbers of which the generator makes it once more.

use super::generator::FrozenGenerator;
use super::train::{Batches, GanSettings, TrainingLosses};
use super::trunk::Trunk;
use super::{ImageShape, Z};
use crate::network::AdamMoments;
use crate::network::adam::Optimiser;
use crate::numeric::{Cancelled, Watch, stream};

/// The name of the phase, as [`Watch`] is told it.
const ENCODING: &str = "learning to find images again";

const RATE: f64 = 1e-3;

/// The loss of a batch and the gradient of `z`:
///
/// ```text
/// mean (x − G(z))²  +  κ · mean (f(x) − f(G(z)))²
/// ```
///
/// # Source
/// Schlegl et al. 2019, *f-AnoGAN* (izi_f).
pub(super) fn miss(
    shape: ImageShape,
    [generator, discriminator]: [&[f32]; 2],
    images: &[f32],
    z: &[f32],
    kappa: f32,
) -> (f32, Vec<f32>) {
    let (frozen, trunk) = (FrozenGenerator::new(shape), Trunk::new(shape, 1));
    let features = trunk.look(images, discriminator);
    let made = frozen.make(z, generator);
    let brought_back = made.last().map_or(&[][..], Vec::as_slice);
    let seen = trunk.look(brought_back, discriminator);
    let (by_features, off) = squares(seen.features(), features.features(), kappa);
    let back = trunk.back(&seen, discriminator, &[], Some(off), true);
    let (by_pixels, mut delta) = squares(brought_back, images, 1.0);
    (delta.iter_mut().zip(&back.images)).for_each(|(delta, by)| *delta += by);
    let slopes = frozen.back(&made, generator, delta);
    (by_pixels + by_features, slopes)
}

/// `weight · mean (a − b)²` and its gradient for `a`.
fn squares(a: &[f32], b: &[f32], weight: f32) -> (f32, Vec<f32>) {
    let share = weight / a.len().max(1) as f32;
    let off: Vec<f32> = a.iter().zip(b).map(|(a, b)| a - b).collect();
    let sum: f64 = off.iter().map(|off| f64::from(*off).powi(2)).sum();
    let slopes = off.into_iter().map(|off| 2.0 * share * off).collect();
    ((sum * f64::from(share)) as f32, slopes)
}

/// Trains an encoder for frozen adversaries and returns its weights.
pub(super) fn train(
    images: &[f32],
    shape: ImageShape,
    frozen: [&[f32]; 2],
    settings: &GanSettings,
    seed: u64,
    course: &mut TrainingLosses,
    watch: &mut dyn Watch,
) -> Result<Vec<f32>, Cancelled> {
    let trunk = Trunk::new(shape, Z);
    let mut weights = trunk.draw(&mut stream(seed, "encoder", 0));
    let mut random = stream(seed, "encoder order", 0);
    let mut adam = Optimiser::new(&AdamMoments::default(), RATE);
    let mut batches = Batches::new(images.len() / shape.len());
    let steps = batches.steps(settings.encoder_epochs, settings.seen);
    let pass = batches.pass();
    let mut sum = 0.0;
    for step in 0..steps {
        watch.step(ENCODING, step, steps)?;
        let batch = batches.draw(images, shape.len(), &mut random);
        let seen = trunk.look(&batch, &weights);
        let (loss, slopes) = miss(shape, frozen, &batch, &seen.out, settings.kappa);
        let back = trunk.back(&seen, &weights, &slopes, None, false);
        let slopes = trunk.slopes(&batch, &seen.activations, &back, &slopes);
        adam.step(&slopes, &mut weights);
        sum += loss;
        if (step + 1).is_multiple_of(pass) || step + 1 == steps {
            course.encoder.push(sum / (step % pass + 1) as f32);
            sum = 0.0;
        }
    }
    Ok(weights)
}
