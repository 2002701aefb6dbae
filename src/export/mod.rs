//! What leaves a session: charts of it as files, a report that is one page, and the trained model
//! for other programs ([`onnx`]).
//!
//! Charts and report are functions of a [`Course`]: the session as its file holds it, with every
//! revision built again. The same session gives the same bytes, in the window and on the command
//! line.

mod charts;
mod course;
mod error;
pub mod onnx;
mod report;
mod scene;
mod words;

pub use charts::{ChartKind, SessionChart, session_charts, write_charts};
pub use course::Course;
pub use error::ReportError;
pub use report::{report_html, write_report};
