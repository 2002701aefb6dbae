//! Temporal cycle-consistency: an embedding of moments, learnt without labels so that going to the
//! nearest moment of another sequence and back returns where it began.
//!
//! # Source
//! Dwibedi, Aytar, Tompson, Sermanet and Zisserman 2019, *Temporal Cycle-Consistency Learning*
//! (arXiv:1904.07846), sections 3.2 and 3.3. Their embedder is a convolutional network over video
//! frames; this one is a multi-layer perceptron over a window of moments, which is what a curve has
//! in their place.

mod autodiff;
mod encoder;
mod loss;
mod train;

pub use autodiff::cycle_loss_by_autodiff;
pub use encoder::{EMBEDDING, MomentEncoder};
pub use loss::{CycleLoss, SoftCycle, cycle_loss};
pub use train::{CycleSettings, TRAINING_ENCODER, train_encoder};
