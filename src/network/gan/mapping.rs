//! Finds images again as published: by steps along the gradient of `z`.

use rand_distr::{Distribution, StandardNormal};

use super::generator::FrozenGenerator;
use super::trunk::Trunk;
use super::{BATCH, ImageShape, Z};
use crate::network::AdamMoments;
use crate::network::adam::Optimiser;
use crate::numeric::{Cancelled, Watch, stream};

/// The name of the phase, as [`Watch`] is told it.
const MAPPING: &str = "finding each image again";

/// Steps for each image (Schlegl et al. 2017).
const STEPS: usize = 500;

const RATE: f64 = 0.05;

/// The weight λ of the discrimination score in `A = (1 − λ) R + λ D` (Schlegl et al. 2017).
pub(super) const LAMBDA: f32 = 0.1;

/// Seeks numbers `[n, Z]` for images by 500 steps of Adam each against
/// `(1 − λ) Σ|x − G(z)| + λ Σ|f(x) − f(G(z))|`, from random ones; the networks stay as they are.
pub(super) fn seek(
    shape: ImageShape,
    [generator, discriminator]: [&[f32]; 2],
    images: &[f32],
    seed: u64,
    watch: &mut dyn Watch,
) -> Result<Vec<f32>, Cancelled> {
    let (frozen, trunk) = (FrozenGenerator::new(shape), Trunk::new(shape, 1));
    let mut found = Vec::with_capacity(images.len() / shape.len() * Z);
    // All begin at the same place: what becomes of an image must not hang on those before it.
    let mut random = stream(seed, "mapping", 0);
    let start: Vec<f32> = (0..Z).map(|_| StandardNormal.sample(&mut random)).collect();
    let batches = images.chunks(BATCH * shape.len());
    let total = batches.len() * STEPS;
    for (batch, images) in batches.enumerate() {
        let n = images.len() / shape.len();
        let mut z = start.repeat(n);
        let mut adam = Optimiser::new(&AdamMoments::default(), RATE);
        let features = trunk.look(images, discriminator);
        for step in 0..STEPS {
            watch.step(MAPPING, batch * STEPS + step, total)?;
            let made = frozen.make(&z, generator);
            let brought_back = made.last().map_or(&[][..], Vec::as_slice);
            let seen = trunk.look(brought_back, discriminator);
            let off = signs(seen.features(), features.features(), LAMBDA);
            let back = trunk.back(&seen, discriminator, &[], Some(off), true);
            let mut delta = signs(brought_back, images, 1.0 - LAMBDA);
            (delta.iter_mut().zip(&back.images)).for_each(|(delta, by)| *delta += by);
            adam.step(&frozen.back(&made, generator, delta), &mut z);
        }
        found.extend(z);
    }
    Ok(found)
}

/// The gradient of `weight · Σ|a − b|` for `a`.
fn signs(a: &[f32], b: &[f32], weight: f32) -> Vec<f32> {
    let sign = |off: f32| if off == 0.0 { 0.0 } else { off.signum() };
    a.iter().zip(b).map(|(a, b)| weight * sign(a - b)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::generator::Generator;
    use super::*;
    use crate::numeric::Unwatched;

    #[test]
    fn an_image_that_was_made_is_found_again_and_alone_as_among_others() {
        let shape = ImageShape {
            side: 28,
            channels: 1,
            width: 2,
        };
        let (generator, trunk) = (Generator::new(shape), Trunk::new(shape, 1));
        let weights = generator.draw(&mut stream(1, "generator", 0));
        let mut random = stream(1, "numbers", 0);
        let mut draws = |n: usize| -> Vec<f32> {
            (0..n * Z)
                .map(|_| StandardNormal.sample(&mut random))
                .collect()
        };
        let g = generator.freeze(&draws(64), &weights);
        let d = trunk.draw(&mut stream(1, "discriminator", 0));
        let frozen = FrozenGenerator::new(shape);
        let made = frozen.make(&draws(3), &g).pop().expect("images");
        let find = |images: &[f32]| seek(shape, [&g, &d], images, 1, &mut Unwatched);
        let found = find(&made).expect("numbers");
        let off = |z: &[f32]| -> f32 {
            let back = frozen.make(z, &g).pop().expect("images");
            back.iter().zip(&made).map(|(a, b)| (a - b).abs()).sum()
        };
        let start = draws(3);
        assert!(
            off(&found) < 0.5 * off(&start),
            "{} {}",
            off(&found),
            off(&start)
        );
        let alone = find(&made[2 * shape.len()..]).expect("numbers");
        assert_eq!(alone, found[2 * Z..]);
    }
}
