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

mod adam;
mod autodiff;
mod backend;
mod forward;
mod gradient;
mod layout;
mod loss;
mod prime;
mod settings;
mod state;
mod update;

pub use autodiff::loss_by_autodiff;
pub use forward::relevance;
pub use gradient::Gradient;
pub use layout::Layout;
pub use loss::{LossTerm, LossWeights, Thresholds};
pub use prime::{PRIMING, PrimingReport, prime};
pub use settings::{NetworkSettings, UpdateSettings};
pub use state::{AdamMoments, NetworkState};
pub use update::{Feedback, UpdateInput, UpdateReport, update};
