//! The rows of the list, as they are shown.

use std::sync::Arc;

use super::View;
use crate::app::ListQuery;
use crate::filter::{Field, Fields, Mistake, Rows};

/// The rows of the list as they are shown.
#[derive(Clone, Copy, Debug)]
pub struct Listed<'a> {
    /// The instances, in their order.
    pub rows: &'a [usize],
    /// How many there were to choose from.
    pub among: usize,
    /// Whether they are the ones that were asked for last.
    pub is_present: bool,
}

impl<'a> View<'a> {
    /// Which rows are wanted.
    pub fn list_query(self) -> &'a ListQuery {
        &self.state.list.query
    }

    /// What rows have.
    pub fn fields(self) -> &'a Fields {
        &self.state.list.fields
    }

    /// The field that the list is sorted by.
    pub fn sorted_by(self) -> Field {
        self.state.list.by()
    }

    /// What is wrong with the condition, if something is.
    pub fn filter_mistake(self) -> Option<&'a Mistake> {
        self.state.list.mistake.as_ref()
    }

    /// Whether a condition is in force.
    pub fn is_filtered(self) -> bool {
        self.state.list.filter.is_some()
    }

    /// The instances of the list, in its order.
    pub fn rows(self) -> &'a [usize] {
        self.list().rows
    }

    /// The list as it is shown.
    pub fn list(self) -> Listed<'a> {
        let plain = Listed {
            rows: self.listed(),
            among: self.listed().len(),
            is_present: true,
        };
        if self.state.list.is_plain() {
            return plain;
        }
        let is_present = !self.wants_list();
        match &self.state.list.listing {
            None => Listed {
                is_present: false,
                ..plain
            },
            Some(listing) => Listed {
                rows: &listing.rows,
                among: listing.among,
                is_present: is_present && Arc::ptr_eq(&listing.model, self.model()),
            },
        }
    }

    /// The rows' values as they are believed and answered at the moment.
    pub fn row_values(self) -> Rows<'a> {
        let listing = self.state.list.listing.as_deref();
        let listing = listing.filter(|listing| Arc::ptr_eq(&listing.model, self.model()));
        Rows {
            fields: &self.state.list.fields,
            model: self.model(),
            replies: self.replies(),
            ranks: listing.and_then(|listing| listing.ranks.as_deref()),
            leading: None,
        }
    }

    /// Whether the rows that are there are out of date and others have not been asked for.
    pub(in crate::app) fn wants_list(self) -> bool {
        let list = &self.state.list;
        if list.is_plain() {
            return false;
        }
        let Some(asked) = &list.asked else {
            return true;
        };
        let same_answers = match (&asked.replies, list.needs_answers()) {
            (Some(replies), true) => **replies == *self.replies(),
            (None, false) => true,
            _ => false,
        };
        !(same_answers
            && Arc::ptr_eq(&asked.weights, self.model().weights())
            && asked.filter == list.filter
            && asked.by == list.by()
            && asked.descending == list.query.descending
            && asked.open_only == list.query.open_only
            && asked.among == self.list_among())
    }

    pub(in crate::app) fn list_among(self) -> Option<usize> {
        (!self.state.list.query.whole).then(|| self.listed().len())
    }
}
