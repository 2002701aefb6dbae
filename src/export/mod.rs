//! What leaves a session: its answers and scores as tables, charts of it as files, a report that is
//! one page, and the trained model for other programs ([`onnx`]); and the scores of other tables.
//!
//! Charts and report are functions of a [`SessionRecord`]: the session as its file holds it, with every
//! revision built again. The same session gives the same bytes, in the window and on the command
//! line.
//!
//! Every file is written beside its place and renamed when it is whole, so that a full disk or a
//! cancelled export never leaves half a file, nor harms an older one. Texts of strangers are defused
//! where a spreadsheet would run them ([`Cells`]).
//!
//! A table of scores has the columns `id`, `score`, `rank` (1 for the most anomalous), `label`,
//! `member` (the most relevant one), then `relevance_1` … `relevance_M` and `member_score_1` …
//! `member_score_M`, in CSV and in Parquet ([`ScoreRow`]).

mod charts;
mod csv_table;
mod draft;
mod escape;
mod events;
mod failure;
#[cfg(test)]
mod faults;
mod labels;
pub mod onnx;
mod parquet_table;
mod report;
mod row;
mod row_queue;
mod scores;
mod selection;
mod session_record;
mod stream;
mod table;
mod whole;

pub use crate::chart::defused;
pub use charts::{ChartKind, SessionChart, session_charts, write_charts, write_pictures};
pub use draft::Draft;
pub use escape::Cells;
pub use events::write_events;
pub use failure::{ExportError, check_apart, check_output};
pub use labels::write_labels;
pub use report::{report_html, write_report};
pub use row::ScoreRow;
pub use scores::write_scores;
pub use selection::write_selection;
pub use session_record::SessionRecord;
pub use stream::{SCORING, ScoreJob, ScoreReport, TOP, TopRow, WRITING};
pub use table::{TableKind, TableWriter};
