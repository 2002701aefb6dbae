//! Rows as they stand in the file, those that were looked up.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::ViewState;
use crate::app::open_session::OpenSession;
use crate::worker::{LocalFile, OriginalRequest, Originals};

/// Rows that are looked up together, so that going down the list need not wait.
const AHEAD: usize = 200;
/// Rows that are kept.
const KEPT: usize = 4_000;

/// What is known of rows as they stand in the file.
#[derive(Debug, Default)]
pub(in crate::app) struct KnownRows {
    pub(in crate::app) rows: BTreeMap<usize, Vec<String>>,
    pub(in crate::app) files: Option<(usize, BTreeMap<usize, LocalFile>)>,
    /// The instance for which rows were asked last.
    pub(in crate::app) asked: Option<usize>,
    pub(in crate::app) trouble: Option<String>,
}

impl KnownRows {
    pub(in crate::app) fn looked_up(&mut self, originals: Originals) {
        match originals.rows {
            Ok(rows) => {
                if self.rows.len() + rows.len() > KEPT {
                    self.rows.clear();
                }
                self.rows.extend(rows);
            }
            Err(sentence) => self.trouble = Some(sentence),
        }
        self.files = originals.files;
    }
}

impl ViewState {
    pub(super) fn original_request(&mut self, open: &OpenSession) -> Option<OriginalRequest> {
        let at = self.selected?;
        self.known_rows.asked = Some(at);
        let known = &self.known_rows.rows;
        let mut instances = vec![at];
        if !known.contains_key(&at) {
            let ahead = open.listed.iter().copied();
            instances.extend(ahead.filter(|ahead| !known.contains_key(ahead)).take(AHEAD));
        } else if !self.of(open).has_unseen_columns() {
            // Nothing of it can name a file.
            return None;
        }
        Some(OriginalRequest {
            model: Arc::clone(&open.model),
            instances,
        })
    }
}
