//! Experiments: tables × methods × seeds, each a replay, and what they say together.
//!
//! A [`Design`] lists its [`Trial`]s; each becomes a [`Record`], one line of a file, whatever the
//! order in which they were run. [`Results`] reads such lines back, so that an experiment which was
//! interrupted goes on where it was, and a [`Report`] sums them up beside the curves of [`Peers`].

mod charts;
mod compare;
mod curves;
mod design;
mod markdown;
mod peers;
mod record;
mod report;
mod results;
mod rival;
mod section;
mod shares;
mod trial;
mod variant;

pub use charts::curve_charts;
pub use compare::{Contest, Opponent, Tally};
pub use curves::curves_csv;
pub use design::{Design, DesignError, Trial};
pub use markdown::markdown;
pub use peers::{PeerCurve, PeerError, Peers};
pub use record::Record;
pub use report::Report;
pub use results::{Results, ResultsError};
pub use section::{Line, Section, Spread};
pub use shares::Share;
pub use trial::{TrialError, run_trial};
pub use variant::Variant;
