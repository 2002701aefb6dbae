//! What needs ground truth: an oracle that answers in the analyst's place, the replay of a whole
//! session with it, and experiments over many replays.

mod experiment;
mod metrics;
mod oracle;
mod replay;
mod verify;

pub use experiment::{
    Contest, Design, DesignError, Line, Opponent, PeerCurve, PeerError, Peers, Record, Report,
    Results, ResultsError, Section, Share, Spread, Tally, Trial, TrialError, Variant, curve_charts,
    curves_csv, markdown, run_trial,
};
pub use metrics::{area_under_curve, auroc, average_precision, found_after};
pub use oracle::{Oracle, OracleError};
pub use replay::{Replay, ReplayEvent, replay, replay_by};
pub use verify::{Difference, verify};
