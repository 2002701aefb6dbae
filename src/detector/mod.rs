//! GLAD itself: an ensemble's member scores weighed by their relevance.
//!
//! ```text
//! Score(x) = Σ_m s_m(x) · p_m(x)
//! ```
//!
//! Relevance has two sources. The network (FSSN) is smooth: it sees the whole feature space, learns
//! directions from a few labels, and draws a map that can be read. The cells are local: each part
//! of each member cuts the space into cells, and a logit for each cell that a label has touched
//! moves just the instances that share it. A member's relevance is the mixture
//!
//! ```text
//! p_m(x) = a_cells · mean over its parts j, weighed by s_j, of σ(logit(b_m) + θ[cell_j(x)])
//!        + a_network · σ(f_m(x))
//! ```
//!
//! in which the source that ranks better what the analyst is asked counts more ([`SourcePerformance`]). The
//! cells have two tables of logits in turn, one held strictly by its prior and one loosely, mixed
//! in the same way ([`BalanceSettings`]): `σ(…)` above is the mean of both by their shares. All cells
//! stand higher by a lift, so that answers count for more while little is found; as anomalies are
//! found it fades, which holds a part of both sources' relevance at the prior.
//!
//! [`Fitted`] is what is learnt without labels and never changes, and [`Frozen`] what remains of it
//! without the table; a [`Model`] is the model after
//! one revision: weights, scores and ranking. An update makes a new model and leaves the old one
//! as it is, so readers on other threads need no lock.

mod balance;
mod change;
mod drift;
mod explanation;
mod fitted;
mod frozen;
mod held;
mod kept;
mod learning;
mod losses;
mod model;
mod overview;
mod picture;
mod preset;
mod region;
mod relevance_grid;
mod rules;
mod ruling;
mod sample;
mod scored;
mod scoring;
mod settings;
mod similar;
mod source_performance;
mod surface;
mod tables;
mod temper;
mod trained;
mod weights;
mod why;

pub use balance::BalanceSettings;
pub use change::{Move, moves};
pub use drift::{ColumnDrift, Drift, MemberDrift};
pub use explanation::{Contribution, explain};
pub use fitted::{FitError, Fitted, RestoreError};
pub use frozen::Frozen;
pub use kept::kept_settings;
pub use losses::Losses;
pub use model::{LabelledInstance, Model};
pub use overview::Overview;
pub use picture::Picture;
pub use preset::Preset;
pub use region::{Condition, Region};
pub use relevance_grid::{
    Layer, RelevanceGrid, RelevanceLayer, choose_layers, leading_members, relevance_grid,
};
pub use rules::RuleTree;
pub use ruling::Ruling;
pub use scored::{Parts, Scored};
pub use scoring::PartScore;
pub use settings::{Method, Settings, SettingsError};
pub use similar::{Near, Similar, Space};
pub use source_performance::{Mixture, MixtureSettings, RelevanceSources, SourcePerformance};
pub use surface::{Plane, Surface, Viewpoint, known_viewpoint, score_and_baseline, surface};
pub use trained::{Calibration, Trained};
pub use weights::Weights;
pub use why::{FeatureShare, MemberView, Neighbour, PartDetail, Why};
