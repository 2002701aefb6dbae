//! What needs ground truth: an oracle that answers in the analyst's place, and the replay of a
//! whole session with it.

mod oracle;
mod replay;

pub use oracle::{Oracle, OracleError};
pub use replay::{Replay, ReplayEvent, replay};
