//! The row of the current candidate as it stands in the file: what analysts decide by is often in
//! columns that no detector sees.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Workspace;
use crate::dataset::{Origin, Role};
use crate::worker::{LocalFile, OriginalRequest, Originals};

/// Rows that are looked up together, so that going down the list need not wait.
const AHEAD: usize = 200;
/// Rows that are kept.
const KEPT: usize = 4_000;

/// What is known of rows as they stand in the file.
#[derive(Debug, Default)]
pub(super) struct KnownRows {
    rows: BTreeMap<usize, Vec<String>>,
    files: Option<(usize, BTreeMap<usize, LocalFile>)>,
    /// The instance for which rows were asked last.
    asked: Option<usize>,
    trouble: Option<String>,
}

/// A cell of the current candidate's row.
#[derive(Clone, Debug)]
pub struct OriginalCell<'a> {
    /// The column.
    pub name: &'a str,
    /// What stands there.
    pub text: &'a str,
    /// Why no detector sees it, as it follows "because"; `None` for what is a feature.
    pub unseen: Option<&'a str>,
    /// The file on this machine that it names.
    pub file: Option<&'a LocalFile>,
}

impl Workspace {
    /// Whether the table has columns that no detector sees: ids, dates, texts, links.
    pub fn has_unseen_columns(&self) -> bool {
        let mut columns = self.dataset.columns().iter();
        columns.any(|column| reason(&column.role).is_some())
    }

    /// Whether there is a file in which rows can be looked up.
    pub fn has_original(&self) -> bool {
        let is_table = self.dataset.gallery().is_none() && self.dataset.sequences().is_none();
        is_table && self.dataset.origin().and_then(Origin::path).is_some()
    }

    /// The current candidate's row as it stands in the file, the truth left out: it is what answers
    /// are judged by. `None` until it is read; a sentence where it cannot be.
    pub fn original(&self) -> Option<Result<Vec<OriginalCell<'_>>, &str>> {
        let known = &self.known_rows;
        let at = self.selected()?;
        let Some(texts) = known.rows.get(&at) else {
            return known.trouble.as_deref().map(Err);
        };
        let files = known.files.as_ref().filter(|(of, _)| *of == at);
        let columns = self.dataset.columns().iter().zip(texts).enumerate();
        let cells = columns.filter(|(_, (column, _))| column.role != Role::Label);
        let shown = cells.map(|(place, (column, text))| OriginalCell {
            name: &column.name,
            text,
            unseen: reason(&column.role),
            file: files.and_then(|(_, by_column)| by_column.get(&place)),
        });
        Some(Ok(shown.collect()))
    }

    pub(super) fn wants_original(&self) -> bool {
        let known = &self.known_rows;
        self.has_original()
            && known.trouble.is_none()
            && self.selected().is_some_and(|at| known.asked != Some(at))
    }

    pub(super) fn ask_original(&mut self) -> Option<OriginalRequest> {
        let at = self.selected()?;
        self.known_rows.asked = Some(at);
        let known = &self.known_rows.rows;
        let mut instances = vec![at];
        if !known.contains_key(&at) {
            let ahead = self.listed().iter().copied();
            instances.extend(ahead.filter(|ahead| !known.contains_key(ahead)).take(AHEAD));
        } else if !self.has_unseen_columns() {
            // Nothing of it can name a file.
            return None;
        }
        Some(OriginalRequest {
            model: Arc::clone(&self.model),
            instances,
        })
    }

    pub(super) fn looked_up(&mut self, originals: Originals) {
        let known = &mut self.known_rows;
        match originals.rows {
            Ok(rows) => {
                if known.rows.len() + rows.len() > KEPT {
                    known.rows.clear();
                }
                known.rows.extend(rows);
            }
            Err(sentence) => known.trouble = Some(sentence),
        }
        known.files = originals.files;
    }
}

/// Why no detector sees a column.
fn reason(role: &Role) -> Option<&str> {
    match role {
        Role::Feature | Role::OneHot { .. } | Role::Score { .. } | Role::OfTime { .. } => None,
        Role::Label => None,
        Role::LeftOut { reason } => Some(reason),
        Role::Id => Some("it is what the row is called"),
        Role::Time => Some("it is a time"),
    }
}
