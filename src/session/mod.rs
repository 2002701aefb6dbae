//! What the analyst did, and what to ask next.
//!
//! A [`Session`] is a history of [`Step`]s and a place in it. It owns no model: it says which
//! training is due ([`Session::due`]), takes the weights that came of it, and says which weights
//! belong to the present place. So undo is moving the place back, and exact.

mod answer;
mod candidates;
mod continued;
mod discovery;
pub mod file;
mod given;
mod history;
mod joined;
pub mod keep;
mod merge;
mod pace;
mod preset;
mod recheck;
mod remaining;
mod session_state;
mod sitting;
mod stopping;
mod strategy;
mod tag;
mod training;

pub use answer::{Answer, Confidence, Reply};
pub use candidates::candidates;
pub use continued::{Continuation, ContinueError, Since, fit_on_both, go_on_with};
pub use discovery::{DiscoveryCurve, baseline_curve, curve_of, labels_in_order};
pub use given::Given;
pub use history::{Action, Outcome, Step};
pub use merge::{Disagreement, Merged, kappa, merge};
pub use pace::Pace;
pub use preset::{PresetError, read_preset, write_preset};
pub use recheck::{Contradiction, contradictions};
pub use remaining::{Remaining, remaining};
pub use session_state::Session;
pub use stopping::{Stop, StoppingRule};
pub use strategy::{Pick, Reason, Strategy, pick};
pub use tag::{Tag, TagNames};
pub use training::TrainingPlan;
