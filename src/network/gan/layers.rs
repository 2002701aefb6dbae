//! The layers of the trained networks, for those who compute them elsewhere.

use super::conv::Conv;
use super::generator::FrozenGenerator;
use super::trunk::{LEAK, Trunk};
use super::{AnoGan, Z};

/// A convolution of 4 × 4 with stride 2 and a border of one pixel of zeros, or the transposed one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ConvLayer<'a> {
    /// The side of the large maps; that of the small ones is half of it.
    pub side: usize,
    /// The channels of the large maps.
    pub large: usize,
    /// The channels of the small maps.
    pub small: usize,
    /// `[4, 4, large, small]`.
    pub weights: &'a [f32],
    /// One of each channel of the maps that it makes.
    pub bias: &'a [f32],
}

/// A fully connected layer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DenseLayer<'a> {
    /// `[inputs, outputs]`.
    pub weights: &'a [f32],
    /// One of each output, or of each channel where the outputs are maps `[side, side, channels]`.
    pub bias: &'a [f32],
    /// The number of outputs.
    pub outputs: usize,
}

/// All layers of an [`AnoGan`].
#[derive(Clone, Debug, PartialEq)]
pub struct GanLayers<'a> {
    /// The convolutions of the discriminator, each with a leaky ReLU after it: what the last one
    /// makes are the features `f(x)`.
    pub discriminator: Vec<ConvLayer<'a>>,
    /// The same of the encoder.
    pub encoder: Vec<ConvLayer<'a>>,
    /// From the encoder's maps to `z`.
    pub head: DenseLayer<'a>,
    /// From `z` to the smallest maps of the generator, with a ReLU after it.
    pub first: DenseLayer<'a>,
    /// Its transposed convolutions, each with a ReLU after it and the last with tanh.
    pub generator: Vec<ConvLayer<'a>>,
}

impl GanLayers<'_> {
    /// The slope of the leaky ReLU below 0.
    pub const LEAK: f32 = LEAK;
    /// The numbers of `z`.
    pub const Z: usize = Z;
}

impl AnoGan {
    /// Its layers.
    pub fn layers(&self) -> GanLayers<'_> {
        let shape = self.shape();
        let [generator, discriminator, encoder] = self.weights();
        let convs = shape.convs();
        let convolved = |outputs: usize, weights| {
            let layers = Trunk::new(shape, outputs).layers(weights);
            let own = convs
                .iter()
                .zip(&layers)
                .map(|(conv, own)| layer(conv, *own));
            let head = layers.last().copied().unwrap_or_default();
            (own.collect::<Vec<_>>(), head)
        };
        let (discriminator, _) = convolved(1, discriminator);
        let (encoder, head) = convolved(Z, encoder);
        let made = FrozenGenerator::new(shape).layers(generator);
        let first = made.first().copied().unwrap_or_default();
        let ups = convs.iter().rev().zip(made.iter().skip(1));
        GanLayers {
            discriminator,
            encoder,
            head: DenseLayer {
                weights: head.0,
                bias: head.1,
                outputs: Z,
            },
            first: DenseLayer {
                weights: first.0,
                bias: first.1,
                outputs: convs.last().map_or(0, Conv::small_len),
            },
            generator: ups.map(|(conv, own)| layer(conv, *own)).collect(),
        }
    }
}

fn layer<'a>(conv: &Conv, (weights, bias): (&'a [f32], &'a [f32])) -> ConvLayer<'a> {
    ConvLayer {
        side: conv.side,
        large: conv.large,
        small: conv.small,
        weights,
        bias,
    }
}
