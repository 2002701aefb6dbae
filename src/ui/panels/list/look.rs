//! What the list looks like: its columns, their widths, its order. It is kept from one run to the
//! next; the condition is not, since it would hide rows that nobody thinks of any more.

use std::any::Any;
use std::collections::BTreeMap;
use std::sync::Arc;

use eframe::egui::Rangef;
use serde::{Deserialize, Serialize};

use crate::app::{Field, Fields, ListQuery, Rows, View};
use crate::ui::keys::Action;

/// Widths that a column can have, in points.
pub(super) const WIDTHS: Rangef = Rangef {
    min: 28.0,
    max: 900.0,
};

/// The columns of the list and its order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(in crate::ui) struct ListLook {
    /// The columns from left to right; one that a table has not is passed over.
    pub(super) columns: Vec<ColumnLook>,
    /// What the rows are sorted by.
    by: String,
    descending: bool,
    /// Whether rows with an answer are left out.
    pub(super) open_only: bool,
    /// Whether all rows of the table are listed, not just the candidates.
    pub(super) whole: bool,
}

/// A column of the list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(in crate::ui) struct ColumnLook {
    /// Its field, as [`Fields::all`] names it.
    pub(super) key: String,
    /// Its width in points, where it was chosen.
    pub(super) width: Option<f32>,
}

impl Default for ListLook {
    fn default() -> Self {
        let ListQuery { by, descending, .. } = ListQuery::default();
        let column = |key: &str| ColumnLook {
            key: key.to_owned(),
            width: None,
        };
        Self {
            columns: ["@rank", "@id", "@score", "@member"].map(column).to_vec(),
            by,
            descending,
            open_only: false,
            whole: false,
        }
    }
}

impl ListLook {
    /// The columns that the table has, by their places in [`ListLook::columns`].
    pub(super) fn shown(&self, fields: &Fields) -> Vec<(usize, Field)> {
        let indices = self.columns.iter().enumerate();
        let known =
            indices.filter_map(|(index, column)| Some((index, fields.of_key(&column.key)?)));
        known.collect()
    }

    /// Shows a column, or not.
    pub(super) fn choose(&mut self, key: &str, is_shown: bool) {
        self.columns.retain(|column| column.key != key);
        if is_shown {
            self.columns.push(ColumnLook {
                key: key.to_owned(),
                width: None,
            });
        }
    }

    /// Sorts by a column; by the one that it is sorted by already the other way round, and then by
    /// rank again.
    pub(super) fn sort(&mut self, key: &str) {
        let rank = ListQuery::default().by;
        if self.by != key {
            (self.by, self.descending) = (key.to_owned(), false);
        } else if !self.descending {
            self.descending = true;
        } else {
            (self.by, self.descending) = (rank, false);
        }
    }

    /// Sorts by the column that is shown after the one that it is sorted by.
    fn sort_by_next(&mut self, fields: &Fields) {
        let shown = self.shown(fields);
        let at = shown
            .iter()
            .position(|(index, _)| self.columns[*index].key == self.by);
        let next = at.map_or(0, |at| at + 1);
        let next = shown.get(next).or(shown.first());
        if let Some((index, _)) = next {
            (self.by, self.descending) = (self.columns[*index].key.clone(), false);
        }
    }
}

/// The list, as it is from frame to frame.
#[derive(Default)]
pub(in crate::ui) struct ListView {
    pub(in crate::ui) look: ListLook,
    /// The condition that is being typed.
    pub(super) text: String,
    /// The name of a column that is looked for.
    pub(super) sought: String,
    /// How far it is scrolled to the right, in points.
    pub(super) across: f32,
    /// The row that was scrolled to, and the rows that it was among.
    pub(super) followed: Option<Followed>,
    /// The table that the condition is about.
    table: Option<Arc<dyn Any + Send + Sync>>,
    /// Most relevant members by instance, and by which model: rows far down are not known before.
    leading: BTreeMap<usize, usize>,
    belief: Option<Arc<dyn Any + Send + Sync>>,
}

/// The row that is looked at, among the rows.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Followed {
    pub(super) selected: Option<usize>,
    /// The address of the rows and their number: enough to see that they are others.
    pub(super) rows: (usize, usize),
    /// Its place among them.
    pub(super) index: Option<usize>,
}

/// Members that are remembered at most.
const REMEMBERED: usize = 4_096;

impl ListView {
    /// Carries out an action on the list.
    pub(in crate::ui) fn act(&mut self, action: Action, workspace: Option<View<'_>>) {
        let look = &mut self.look;
        match action {
            Action::OpenOnly => look.open_only = !look.open_only,
            Action::WholeTable => look.whole = !look.whole,
            Action::TurnOrder => look.descending = !look.descending,
            Action::SortByNext => workspace
                .into_iter()
                .for_each(|workspace| look.sort_by_next(workspace.fields())),
            // All others are not about the list.
            _ => {}
        }
    }

    /// What it asks for; a condition on another table is forgotten.
    pub(super) fn query(&mut self, workspace: View<'_>) -> ListQuery {
        let table: Arc<dyn Any + Send + Sync> = workspace.dataset().clone();
        let same = self
            .table
            .as_ref()
            .is_some_and(|known| Arc::ptr_eq(known, &table));
        if !same {
            self.text.clear();
            self.table = Some(table);
        }
        ListQuery {
            text: self.text.clone(),
            by: self.look.by.clone(),
            descending: self.look.descending,
            open_only: self.look.open_only,
            whole: self.look.whole,
        }
    }

    /// A field of a row as text.
    pub(super) fn text_of(
        &mut self,
        workspace: View<'_>,
        rows: &Rows<'_>,
        field: Field,
        row: usize,
    ) -> String {
        if field != Field::Member {
            return rows.text(field, row);
        }
        let belief: Arc<dyn Any + Send + Sync> = workspace.model().clone();
        let same = self
            .belief
            .as_ref()
            .is_some_and(|known| Arc::ptr_eq(known, &belief));
        if !same || self.leading.len() >= REMEMBERED {
            self.leading.clear();
            self.belief = Some(belief);
        }
        let member = *self.leading.entry(row).or_insert_with(|| rows.member(row));
        workspace
            .member_names()
            .get(member)
            .cloned()
            .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_is_sorted_up_down_and_not_at_all() {
        let mut look = ListLook::default();
        let state = |look: &ListLook| (look.by.clone(), look.descending);
        look.sort("amount");
        assert_eq!(state(&look), ("amount".into(), false));
        look.sort("amount");
        assert_eq!(state(&look), ("amount".into(), true));
        look.sort("amount");
        assert_eq!(state(&look), ("@rank".into(), false));
    }

    #[test]
    fn a_column_is_chosen_once() {
        let mut look = ListLook::default();
        look.choose("amount", true);
        look.choose("amount", true);
        assert_eq!(look.columns.len(), 5);
        look.choose("amount", false);
        assert_eq!(look, ListLook::default());
    }
}
