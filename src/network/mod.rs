//! The relevance network (FSSN): how far each member is to be trusted, at each point of the
//! feature space.
//!
//! The only room that knows Burn. What goes in and out are arrays of `f32`, settings and a
//! [`NetworkState`]; there is no tensor, device or backend in a public signature.
//!
//! All weights live in one flat vector (see [`Layout`]), which is one Burn tensor to its Adam. The
//! loss has two forms: [`loss_by_autodiff`], the formula in Burn tensors, is the specification;
//! [`Gradient`], written out by hand, is what training runs, because on batches of 25 rows the
//! bookkeeping of the former costs ten times the arithmetic. Tests hold them to each other and to
//! finite differences.
//!
//! Beside the network stands a [`CellTable`]: relevance by cell of the ensemble's parts. The
//! network knows the lie of the land, the table the spot; how the two are weighed against each
//! other is the detector's business.

mod activation;
mod adam;
mod autodiff;
mod autoencoder;
mod backend;
mod bounds;
mod cells;
mod check;
mod cycle;
mod forward;
mod gan;
mod gradient;
mod layout;
mod loss;
mod prime;
mod settings;
mod state;
mod update;

pub use activation::{LEAK, logit, sigmoid};
pub use autodiff::loss_by_autodiff;
pub use autoencoder::{AutoencoderLayer, AutoencoderNetwork};
pub use cells::{CellInput, CellTable, LabelledCells};
pub use cycle::{
    CycleLoss, CycleSettings, EMBEDDING, MomentEncoder, SoftCycle, TRAINING_ENCODER, cycle_loss,
    cycle_loss_by_autodiff, train_encoder,
};
pub use forward::relevance;
pub use gan::{
    AnoGan, ConvLayer, DenseLayer, GanLayers, GanSettings, ImageShape, LEARNING_IMAGES, Mapped,
    TrainingLosses,
};
pub use gradient::Gradient;
pub use layout::Layout;
pub use loss::{LossTerm, LossWeights, Thresholds};
pub use prime::{PRIMING, PrimingReport, prime};
pub use settings::{CellSettings, NetworkSettings, UpdateSettings};
pub use state::{AdamMoments, NetworkState};
pub use update::{Feedback, TRAINING, UpdateInput, update};
