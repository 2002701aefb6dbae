//! The losses as formulas in Burn's tensors, to which the gradients are held.

use burn::tensor::activation::{leaky_relu, relu, softplus};
use burn::tensor::module::{conv_transpose2d, conv2d};
use burn::tensor::ops::{ConvOptions, ConvTransposeOptions};
use burn::tensor::{Device, Tensor, TensorData};
use rand_distr::{Distribution, StandardNormal};

use super::conv::Conv;
use super::encoder::miss;
use super::generator::{FrozenGenerator, Generator};
use super::trunk::{Trunk, sigmoid};
use super::{ImageShape, Z};
use crate::network::backend::{device, values, vector};
use crate::numeric::stream;

const SHAPE: ImageShape = ImageShape {
    side: 28,
    channels: 3,
    width: 2,
};

/// More than a block of images.
const N: usize = 11;

fn draws(count: usize, purpose: &str) -> Vec<f32> {
    let mut random = stream(7, purpose, 0);
    (0..count)
        .map(|_| StandardNormal.sample(&mut random))
        .collect()
}

fn images() -> Vec<f32> {
    draws(N * SHAPE.len(), "images")
        .into_iter()
        .map(f32::tanh)
        .collect()
}

/// Numbers of images `[n, side, side, channels]` as Burn has them, channels first.
fn maps(flat: Tensor<1>, side: usize, channels: usize) -> Tensor<4> {
    let n = flat.dims()[0] / (side * side * channels);
    flat.reshape([n, side, side, channels])
        .permute([0, 3, 1, 2])
}

/// And back again, an image a row.
fn rows(maps: Tensor<4>) -> Tensor<2> {
    let [n, c, h, w] = maps.dims();
    maps.permute([0, 2, 3, 1]).reshape([n, h * w * c])
}

/// Reads one layer after another from a vector of weights.
struct Reader {
    weights: Tensor<1>,
    at: usize,
}

impl Reader {
    fn new(weights: &Tensor<1>) -> Self {
        Self {
            weights: weights.clone(),
            at: 0,
        }
    }

    fn take(&mut self, count: usize) -> Tensor<1> {
        self.at += count;
        let own = self.at - count..self.at;
        self.weights.clone().slice(own)
    }

    fn window(&mut self, conv: &Conv) -> Tensor<4> {
        let flat = self.take(conv.weights());
        flat.reshape([4, 4, conv.large, conv.small])
            .permute([3, 2, 0, 1])
    }
}

/// Features and outputs of a trunk.
fn look(images: Tensor<4>, weights: &Tensor<1>, outputs: usize) -> (Tensor<2>, Tensor<2>) {
    let mut reader = Reader::new(weights);
    let mut x = images;
    for conv in SHAPE.convs() {
        let window = reader.window(&conv);
        let bias = reader.take(conv.small);
        let options = ConvOptions::new([2, 2], [1, 1], [1, 1], 1);
        x = leaky_relu(conv2d(x, window, Some(bias), options), 0.2);
    }
    let features = rows(x);
    let count = features.dims()[1];
    let head = reader.take(count * outputs).reshape([count, outputs]);
    let bias = reader.take(outputs).reshape([1, outputs]);
    let out = features.clone().matmul(head) + bias;
    (features, out)
}

/// Images that a generator makes, normalised by the batch or frozen.
fn make(z: Tensor<2>, weights: &Tensor<1>, frozen: bool) -> Tensor<4> {
    let mut reader = Reader::new(weights);
    let ups: Vec<Conv> = SHAPE.convs().into_iter().rev().collect();
    let channels = ups[0].small;
    let first = reader.take(Z * ups[0].small_len());
    let flat = z.matmul(first.reshape([Z, ups[0].small_len()]));
    let n = flat.dims()[0];
    let mut x = maps(
        flat.reshape([n * ups[0].small_len()]),
        ups[0].side / 2,
        channels,
    );
    let norm = |x: Tensor<4>, channels: usize, reader: &mut Reader| match frozen {
        true => relu(x + reader.take(channels).reshape([1, channels, 1, 1])),
        false => {
            let mean = x.clone().mean_dim(0).mean_dim(2).mean_dim(3);
            let off = x - mean;
            let variance = off.clone().square().mean_dim(0).mean_dim(2).mean_dim(3);
            let scale = reader.take(channels).reshape([1, channels, 1, 1]);
            let shift = reader.take(channels).reshape([1, channels, 1, 1]);
            relu(off / (variance + 1e-5).sqrt() * scale + shift)
        }
    };
    x = norm(x, channels, &mut reader);
    for (index, conv) in ups.iter().enumerate() {
        let window = reader.window(conv);
        let options = ConvTransposeOptions::new([2, 2], [1, 1], [0, 0], [1, 1], 1);
        x = conv_transpose2d(x, window, None, options);
        x = match index + 1 < ups.len() {
            true => norm(x, conv.large, &mut reader),
            false => (x + reader.take(conv.large).reshape([1, conv.large, 1, 1])).tanh(),
        };
    }
    x
}

fn with_gradient(values: &[f32]) -> (Tensor<1>, Device) {
    let device = device().autodiff();
    (vector(values.to_vec(), &device).require_grad(), device)
}

fn gradient(loss: Tensor<1>, of: &Tensor<1>) -> Vec<f32> {
    let gradients = loss.backward();
    let found = of.grad(&gradients).expect("a gradient");
    values(found.to_device(&device()))
}

fn assert_close(found: &[f32], expected: &[f32]) {
    assert_eq!(found.len(), expected.len());
    let size = expected
        .iter()
        .fold(0.0_f32, |most, value| most.max(value.abs()));
    for (index, (found, expected)) in found.iter().zip(expected).enumerate() {
        assert!(
            (found - expected).abs() < 1e-3 * size,
            "{index}: {found} is not {expected}, of at most {size}"
        );
    }
}

#[test]
fn the_discriminator_has_the_gradient_of_the_formula() {
    let (trunk, images) = (Trunk::new(SHAPE, 1), images());
    let weights = trunk.draw(&mut stream(1, "discriminator", 0));
    let (tensor, device) = with_gradient(&weights);
    let x = maps(vector(images.clone(), &device), SHAPE.side, SHAPE.channels);
    let (_, out) = look(x, &tensor, 1);
    let expected = gradient(softplus(out, 1.0).mean(), &tensor);
    let (found, _) = trunk.fake_slopes(&images, &weights);
    assert_close(&found, &expected);
}

#[test]
fn the_loss_of_real_images_without_penalty_has_the_gradient_of_the_formula() {
    let (trunk, images) = (Trunk::new(SHAPE, 1), images());
    let weights = trunk.draw(&mut stream(1, "discriminator", 0));
    let (tensor, device) = with_gradient(&weights);
    let x = maps(vector(images.clone(), &device), SHAPE.side, SHAPE.channels);
    let (_, out) = look(x, &tensor, 1);
    let expected = gradient(softplus(out.neg(), 1.0).mean(), &tensor);
    assert_close(&trunk.real_slopes(&images, &weights, 0.0).0, &expected);
}

#[test]
fn the_penalty_has_the_slope_of_its_own_values() {
    // Few images and a short step: where a mask changes on the way, the penalty jumps.
    let (trunk, images) = (Trunk::new(SHAPE, 1), images()[..2 * SHAPE.len()].to_vec());
    let weights = trunk.draw(&mut stream(1, "discriminator", 0));
    let gamma = 30.0;
    let (slopes, [_, penalty]) = trunk.real_slopes(&images, &weights, gamma);
    let (without, [_, none]) = trunk.real_slopes(&images, &weights, 0.0);
    assert!(penalty > 0.1 && none == 0.0, "{penalty}");
    let own: Vec<f32> = slopes.iter().zip(&without).map(|(a, b)| a - b).collect();
    let norm = |values: &[f32]| values.iter().map(|value| value * value).sum::<f32>().sqrt();
    // Along the gradient itself, and along directions that have nothing to do with it.
    let mut directions = vec![own.clone()];
    directions.extend((0..3).map(|at| draws(own.len(), &format!("direction {at}"))));
    for direction in directions {
        let length = norm(&direction);
        let at = |by: f32| {
            let moved = weights.iter().zip(&direction);
            let moved: Vec<f32> = moved.map(|(w, d)| w + by * d / length).collect();
            f64::from(trunk.real_slopes(&images, &moved, gamma).1[1])
        };
        let step = 3e-5;
        let expected = (at(step) - at(-step)) / (2.0 * f64::from(step));
        let found: f32 = own
            .iter()
            .zip(&direction)
            .map(|(a, b)| a * b / length)
            .sum();
        let off = (f64::from(found) - expected).abs();
        assert!(
            off < 0.01 * f64::from(norm(&own)),
            "{found} is not {expected}"
        );
    }
}

#[test]
fn the_generator_has_the_gradient_of_the_formula() {
    let (generator, trunk) = (Generator::new(SHAPE), Trunk::new(SHAPE, 1));
    let weights = generator.draw(&mut stream(1, "generator", 0));
    let judge = trunk.draw(&mut stream(1, "discriminator", 0));
    let z = draws(N * Z, "z");
    let (tensor, device) = with_gradient(&weights);
    let flat = Tensor::<2>::from_data(TensorData::new(z.clone(), [N, Z]), &device);
    let made = make(flat, &tensor, false);
    let (_, out) = look(made.clone(), &vector(judge.clone(), &device), 1);
    let expected = gradient(softplus(out.neg(), 1.0).mean(), &tensor);

    let own = generator.make(&z, &weights);
    assert_close(&own.images, &values(rows(made).inner()));
    let seen = trunk.look(&own.images, &judge);
    let out: Vec<f32> = seen.out.iter().map(|d| -sigmoid(-d) / N as f32).collect();
    let back = trunk.back(&seen, &judge, &out, None, true);
    assert_close(
        &generator.slopes(&z, &own, &weights, back.images),
        &expected,
    );
}

#[test]
fn the_encoder_s_loss_has_the_gradient_of_the_formula_through_frozen_networks() {
    let trunk = Trunk::new(SHAPE, 1);
    let generator = Generator::new(SHAPE);
    let trained = generator.draw(&mut stream(1, "generator", 0));
    let frozen = generator.freeze(&draws(64 * Z, "freeze"), &trained);
    let judge = trunk.draw(&mut stream(1, "discriminator", 0));
    let (z, x) = (draws(N * Z, "z"), images());
    let (tensor, device) = with_gradient(&z);
    let weights = vector(frozen.clone(), &device);
    let made = make(tensor.clone().reshape([N, Z]), &weights, true);
    let x_tensor = maps(vector(x.clone(), &device), SHAPE.side, SHAPE.channels);
    let judge_tensor = vector(judge.clone(), &device);
    let (own, _) = look(x_tensor.clone(), &judge_tensor, 1);
    let (other, _) = look(made.clone(), &judge_tensor, 1);
    let loss = (made.clone() - x_tensor).square().mean() + (other - own).square().mean() * 0.7;
    let expected = gradient(loss, &tensor);
    let (_, found) = miss(SHAPE, [&frozen, &judge], &x, &z, 0.7);
    assert_close(&found, &expected);
    let own = FrozenGenerator::new(SHAPE).make(&z, &frozen);
    assert_close(own.last().expect("images"), &values(rows(made).inner()));
}

#[test]
fn freezing_by_a_batch_makes_the_images_of_that_batch() {
    let generator = Generator::new(SHAPE);
    let weights = generator.draw(&mut stream(1, "generator", 0));
    let z = draws(N * Z, "z");
    let frozen = generator.freeze(&z, &weights);
    let made = FrozenGenerator::new(SHAPE).make(&z, &frozen);
    assert_close(
        made.last().expect("images"),
        &generator.make(&z, &weights).images,
    );
}
