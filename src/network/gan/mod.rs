//! A generative adversarial network of images with an encoder: AnoGAN.
//!
//! The generator makes images of random numbers, the discriminator tells them from real ones, the
//! encoder finds the numbers of which the generator makes an image once more. What cannot be made
//! again is unlike what they were trained on.
//!
//! Burn's convolutions take 36 to 145 times as long as the matrix products that they come down to,
//! so layers and gradients are written out here; tests hold them to Burn's automatic
//! differentiation and to finite differences. Adam is Burn's.
//!
//! # Source
//! Schlegl et al. 2017, *Unsupervised anomaly detection with generative adversarial networks to
//! guide marker discovery* (arXiv:1703.05921); Schlegl et al. 2019, *f-AnoGAN: fast unsupervised
//! anomaly detection with generative adversarial networks*, Medical Image Analysis 54.

mod anogan;
mod conv;
mod dense;
mod encoder;
mod generator;
mod layers;
mod mapping;
mod matrix;
mod norm;
mod shape;
#[cfg(test)]
mod specification;
mod train;
mod trunk;

pub use anogan::{AnoGan, Mapped};
pub use layers::{ConvLayer, DenseLayer, GanLayers};
pub use shape::ImageShape;
pub use train::{GanSettings, LEARNING_IMAGES, TrainingLosses};

/// The random numbers of which an image is made.
const Z: usize = 16;

/// Images that a step of training sees.
const BATCH: usize = 64;
