//! GLAD, GLocalized Anomaly Detection: find the anomalies in a table by answering a few questions.
//!
//! A table is fitted by an ensemble of unsupervised detectors ([`ensemble`]); a small network
//! ([`network`]) learns from an analyst's answers how far each of them is to be trusted at each
//! point of the feature space, and `Score(x) = Σ_m s_m(x) · p_m(x)` ranks the instances
//! ([`detector`]). A [`session`] holds the answers, says whom to ask next and when to train.
//!
//! # The whole way in a few lines
//!
//! ```
//! use std::sync::Arc;
//!
//! use glad::dataset::{ReadOptions, read_from};
//! use glad::detector::{Fitted, Settings};
//! use glad::export::{Cells, write_scores};
//! use glad::numeric::Unwatched;
//! use glad::session::{Answer, Outcome, Session};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! // Read: forty rows along a line, and one beside it.
//! let mut text = "speed,load\n".to_owned();
//! for row in 0..40 {
//!     text += &format!("{row},{}\n", 2 * row + row % 3);
//! }
//! text += "35,3\n";
//! let dataset = Arc::new(read_from(text.as_bytes(), "machines", &ReadOptions::default())?);
//!
//! // Fit: no label is needed.
//! let fitted = Arc::new(Fitted::fit(&dataset, &Settings::default(), &mut Unwatched)?);
//! let mut session = Session::new(Arc::clone(fitted.primed()), 1);
//! let mut model = glad::detector::Model::primed(&fitted);
//!
//! // Answer, and update: three questions, each about the best candidate.
//! for _ in 0..3 {
//!     let candidate = session.candidates(&model)[0];
//!     let answer = match candidate {
//!         40 => Answer::Anomaly,
//!         _ => Answer::Nominal,
//!     };
//!     session.answer(candidate, answer);
//!     while let Some(plan) = session.due() {
//!         model = plan.run(&model, &mut Unwatched)?;
//!         session.settle(&plan, Outcome::Trained(Arc::clone(model.weights())));
//!     }
//! }
//! assert_eq!(model.top(1), [40]);
//!
//! // Export.
//! let file = std::env::temp_dir().join(format!("glad-doc-{}.csv", std::process::id()));
//! write_scores(&model, &session.answers(), &file, Cells::Defused, &mut Unwatched)?;
//! let scores = std::fs::read_to_string(&file)?;
//! assert_eq!(scores.lines().count(), 1 + 41);
//! # std::fs::remove_file(&file)?;
//! # Ok(())
//! # }
//! ```
//!
//! Each module is a layer and imports only those above it in this list; `tests/suite/architecture.rs`
//! holds it, and ARCHITECTURE.md says why:
//!
//! [`numeric`], [`disk`], [`chart`] · [`network`], [`imaging`], [`dataset`] · [`ensemble`],
//! [`detector`], [`session`], [`figures`], [`evaluation`], [`export`], [`filter`] · [`worker`],
//! [`app`], [`ui`] · [`cli`]

pub mod app;
pub mod chart;
#[cfg(not(target_arch = "wasm32"))]
pub mod cli;
pub mod dataset;
pub mod detector;
pub mod disk;
pub mod ensemble;
pub mod evaluation;
pub mod export;
pub mod figures;
pub mod filter;
pub mod imaging;
pub mod network;
pub mod numeric;
pub mod sequence;
pub mod session;
pub mod store;
#[cfg(feature = "gui")]
pub mod ui;
pub mod worker;
