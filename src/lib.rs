//! GLAD, GLocalized Anomaly Detection: find the anomalies in a table by answering a few questions.
//!
//! A table is fitted by an ensemble of unsupervised detectors ([`ensemble`]); a small network
//! ([`network`]) learns from an analyst's answers how far each of them is to be trusted at each
//! point of the feature space, and `Score(x) = Σ_m s_m(x) · p_m(x)` ranks the instances
//! ([`detector`]). A [`session`] holds the answers, says whom to ask next and when to train.
//!
//! Each module is a layer and imports only those above it in this list; `tests/suite/architecture.rs`
//! holds it:
//!
//! [`numeric`], [`chart`] · [`dataset`], [`network`] · [`ensemble`], [`detector`], [`session`],
//! [`evaluation`], [`export`] · [`worker`], [`app`], [`ui`] · [`cli`]

pub mod app;
pub mod chart;
pub mod cli;
pub mod dataset;
pub mod detector;
pub mod ensemble;
pub mod evaluation;
pub mod export;
pub mod network;
pub mod numeric;
pub mod session;
#[cfg(feature = "gui")]
pub mod ui;
pub mod worker;
