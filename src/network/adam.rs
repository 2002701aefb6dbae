//! Burn's Adam on one flat tensor.

use burn::optim::{Adam, AdamConfig, AdamState, AdaptiveMomentumState, Optimizer};
use burn::tensor::Device;

use super::AdamMoments;
use super::backend::{device, values, vector};

/// What moves weights: plain numbers before and after each step, tensors within it.
pub(super) struct Optimiser {
    adam: Adam,
    rate: f64,
    device: Device,
    memory: Option<AdamState<1>>,
}

impl Optimiser {
    /// Goes on from what an optimiser remembers of its weights, with a learning rate.
    pub(super) fn new(moments: &AdamMoments, rate: f64) -> Self {
        let device = device();
        let memory = (moments.time > 0).then(|| {
            let mean = vector(moments.mean.clone(), &device);
            let square = vector(moments.square.clone(), &device);
            AdamState::new(AdaptiveMomentumState::new(moments.time, mean, square))
        });
        Self {
            // Burn's own default of 1e-5 damps the small gradients of priming; this is the
            // published value, and TensorFlow's and PyTorch's.
            adam: AdamConfig::new().with_epsilon(1e-8).build(),
            rate,
            device,
            memory,
        }
    }

    /// A fresh one that forgets gradients at half the steps, as adversaries are trained (Radford,
    /// Metz and Chintala 2016).
    pub(super) fn adversarial(rate: f64) -> Self {
        Self {
            adam: AdamConfig::new()
                .with_beta_1(0.5)
                .with_epsilon(1e-8)
                .build(),
            ..Self::new(&AdamMoments::default(), rate)
        }
    }

    /// Takes one step against `gradient` and writes the new weights to `weights`.
    ///
    /// No tensor of the weights is kept: the backend copies out of a tensor that it shares one
    /// number at a time, which was half of an update of 225 trees.
    pub(super) fn step(&mut self, gradient: &[f32], weights: &mut Vec<f32>) {
        let gradient = vector(gradient.to_vec(), &self.device);
        let before = vector(std::mem::take(weights), &self.device);
        let (moved, memory) = self
            .adam
            .step(self.rate, before, gradient, self.memory.take());
        *weights = values(moved);
        self.memory = memory;
    }

    /// The optimiser's memory as plain numbers.
    pub(super) fn moments(self) -> AdamMoments {
        self.memory
            .map_or_else(AdamMoments::default, |memory| AdamMoments {
                time: memory.momentum.time,
                mean: values(memory.momentum.moment_1),
                square: values(memory.momentum.moment_2),
            })
    }
}
