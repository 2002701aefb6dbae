//! GLAD itself: an ensemble's member scores weighed by their relevance.
//!
//! ```text
//! Score(x) = Σ_m s_m(x) · p_m(x)
//! ```
//!
//! [`Fitted`] is what is learnt without labels and never changes; a [`Model`] is the belief after
//! one revision: network, scores and ranking. An update makes a new model and leaves the old one
//! as it is, so readers on other threads need no lock.

mod explanation;
mod fitted;
mod model;
mod settings;
mod surface;

pub use explanation::{Contribution, explain};
pub use fitted::{FitError, Fitted};
pub use model::{LabelledInstance, Model};
pub use settings::{Method, Settings, SettingsError};
pub use surface::{Plane, Surface, Viewpoint, surface};
