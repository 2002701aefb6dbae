//! A session that goes on with another table: what is asked for, and the seam between the two.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::Document;
use crate::dataset::ReadOptions;
use crate::session::Session;

/// Which session is to go on with which table.
#[derive(Clone, Debug)]
pub struct GoOnRequest {
    /// The session with its model.
    pub document: Document,
    /// The table.
    pub table: PathBuf,
    /// How to read it.
    pub options: ReadOptions,
    /// Whether the detectors are fitted again on both tables.
    pub both: bool,
    /// The session that went on with the table already, and where instances of the earlier one are
    /// in it.
    pub since: Option<(Session, BTreeMap<usize, usize>)>,
}

/// The seam at which a session went on with another table: with it the detectors can be fitted again
/// on both.
#[derive(Clone, Debug)]
pub struct Seam {
    /// What was asked for.
    pub(super) request: GoOnRequest,
    /// Where instances of the earlier table are now.
    pub(super) now_at: BTreeMap<usize, usize>,
}

impl Seam {
    /// The request to fit the detectors again on both tables; `now` is the session since.
    pub fn fit_on_both(&self, now: &Session) -> GoOnRequest {
        GoOnRequest {
            both: true,
            since: Some((now.clone(), self.now_at.clone())),
            ..self.request.clone()
        }
    }
}
