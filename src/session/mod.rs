//! What the analyst did, and what to ask next.
//!
//! A [`Session`] is a history of [`Step`]s and a place in it. It owns no model: it says which
//! training is due ([`Session::due`]), takes the weights that came of it, and says which weights
//! belong to the present position. So undo is moving the place back, and exact.

mod answer;
mod candidates;
mod catch_up;
mod discovery;
mod event;
mod given;
mod history;
mod mark;
mod pace;
mod rebuilt;
mod recheck;
mod remaining;
mod repeat;
mod said;
mod session_state;
mod stopping;
mod strategy;
mod summary;
mod tag;
mod tagged;
mod training;

pub use answer::{Answer, Confidence, Reply};
pub use candidates::candidates;
pub use catch_up::{Training, Unvisited, Visitor};
pub use discovery::{DiscoveryCurve, baseline_curve, curve_of, labels_in_order};
pub use event::{Event, OutcomeDigest, Position};
pub use given::Given;
pub use history::{Action, MAX_NOTE, Outcome, Step};
pub use mark::Mark;
pub use pace::Pace;
pub use recheck::{Contradiction, contradictions};
pub use remaining::{Remaining, remaining};
pub use session_state::Session;
pub use stopping::{Stop, StoppingRule};
pub use strategy::{Pick, Reason, Strategy, pick};
pub use summary::Summary;
pub use tag::{Tag, TagNames};
pub use training::TrainingPlan;
