//! The row of the current candidate as it stands in the file: what analysts decide by is often in
//! columns that no detector sees.

use super::View;
use crate::dataset::{Origin, Role};
use crate::worker::LocalFile;

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

impl<'a> View<'a> {
    /// Whether the table has columns that no detector sees: ids, dates, texts, links.
    pub fn has_unseen_columns(self) -> bool {
        let mut columns = self.open.dataset.columns().iter();
        columns.any(|column| reason(&column.role).is_some())
    }

    /// Whether there is a file in which rows can be looked up.
    pub fn has_original(self) -> bool {
        let is_table =
            self.open.dataset.gallery().is_none() && self.open.dataset.sequences().is_none();
        is_table && self.open.dataset.origin().and_then(Origin::path).is_some()
    }

    /// The current candidate's row as it stands in the file, the truth left out: it is what answers
    /// are judged by. `None` until it is read; a sentence where it cannot be.
    pub fn original(self) -> Option<Result<Vec<OriginalCell<'a>>, &'a str>> {
        let known = &self.state.known_rows;
        let at = self.selected()?;
        let Some(texts) = known.rows.get(&at) else {
            return known.trouble.as_deref().map(Err);
        };
        let files = known.files.as_ref().filter(|(of, _)| *of == at);
        let columns = self.open.dataset.columns().iter().zip(texts).enumerate();
        let cells = columns.filter(|(_, (column, _))| column.role != Role::Label);
        let shown = cells.map(|(index, (column, text))| OriginalCell {
            name: &column.name,
            text,
            unseen: reason(&column.role),
            file: files.and_then(|(_, by_column)| by_column.get(&index)),
        });
        Some(Ok(shown.collect()))
    }

    pub(in crate::app) fn wants_original(self) -> bool {
        let known = &self.state.known_rows;
        self.has_original()
            && known.trouble.is_none()
            && self.selected().is_some_and(|at| known.asked != Some(at))
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
