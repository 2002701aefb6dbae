//! The rows of the list: which are chosen, in which order.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Workspace;
use crate::dataset::Dataset;
use crate::detector::Weights;
use crate::filter::{Field, Fields, Filter, Mistake, Rows};
use crate::session::{Reply, TagNames};
use crate::worker::{ListRequest, Listing};

/// Which rows an analyst wants to see, in which order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListQuery {
    /// The condition, as it is written; empty for none.
    pub text: String,
    /// What they are sorted by, as [`Fields::all`] names it. What the table has not is the rank.
    pub by: String,
    /// Whether the largest comes first.
    pub descending: bool,
    /// Whether those with an answer are left out.
    pub open_only: bool,
    /// Whether all rows of the table are chosen from, not just the candidates.
    pub whole: bool,
}

impl Default for ListQuery {
    fn default() -> Self {
        Self {
            text: String::new(),
            by: "@rank".to_owned(),
            descending: false,
            open_only: false,
            whole: false,
        }
    }
}

/// The state of the list.
///
/// 1. What needs no work is there at once: the candidates by rank are [`Workspace::listed`].
/// 2. Anything else is computed by the worker while a panel shows it; until it comes, the rows
///    before stay.
/// 3. While a condition has a mistake the last good one stays in force.
pub(super) struct Browse {
    pub(super) listing: Option<Arc<Listing>>,
    query: ListQuery,
    fields: Arc<Fields>,
    filter: Option<Filter>,
    mistake: Option<Mistake>,
    asked: Option<Asked>,
}

/// What rows were asked for.
#[derive(Clone)]
struct Asked {
    weights: Arc<Weights>,
    replies: Option<Arc<BTreeMap<usize, Reply>>>,
    filter: Option<Filter>,
    by: Field,
    descending: bool,
    open_only: bool,
    /// The number of candidates, where rows are chosen from them.
    among: Option<usize>,
}

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

impl Browse {
    pub(super) fn new(dataset: &Dataset, members: &[String]) -> Self {
        Self {
            listing: None,
            query: ListQuery::default(),
            fields: Arc::new(Fields::new(dataset, members.to_vec())),
            filter: None,
            mistake: None,
            asked: None,
        }
    }

    /// Calls the tags by other names; the condition is read anew, as it may name one.
    pub(super) fn name_tags(&mut self, names: &TagNames) {
        if Arc::make_mut(&mut self.fields).name_tags(names) {
            self.read();
        }
    }

    /// Reads the condition; while it has a mistake the last good one stays in force.
    fn read(&mut self) {
        match Filter::read(&self.query.text, &self.fields) {
            Ok(filter) => {
                self.filter = filter;
                self.mistake = None;
            }
            Err(mistake) => self.mistake = Some(mistake),
        }
    }

    fn by(&self) -> Field {
        self.fields.of_key(&self.query.by).unwrap_or(Field::Rank)
    }

    /// Whether it shows the candidates by rank.
    fn is_plain(&self) -> bool {
        let query = &self.query;
        self.filter.is_none()
            && self.by() == Field::Rank
            && !(query.descending || query.open_only || query.whole)
    }

    /// Whether the rows change with the answers.
    fn needs_answers(&self) -> bool {
        let said = [Field::Answer, Field::Tag];
        let asks = |filter: &Filter| said.iter().any(|field| filter.asks_for(*field));
        self.query.open_only || said.contains(&self.by()) || self.filter.as_ref().is_some_and(asks)
    }
}

impl Workspace {
    /// Which rows are wanted.
    pub fn list_query(&self) -> &ListQuery {
        &self.browse.query
    }

    /// What rows have.
    pub fn fields(&self) -> &Fields {
        &self.browse.fields
    }

    /// The field that the list is sorted by.
    pub fn sorted_by(&self) -> Field {
        self.browse.by()
    }

    /// What is wrong with the condition, if something is.
    pub fn filter_mistake(&self) -> Option<&Mistake> {
        self.browse.mistake.as_ref()
    }

    /// Whether a condition is in force.
    pub fn is_filtered(&self) -> bool {
        self.browse.filter.is_some()
    }

    /// The instances of the list, in its order.
    pub fn rows(&self) -> &[usize] {
        self.list().rows
    }

    /// The list as it is shown.
    pub fn list(&self) -> Listed<'_> {
        let plain = Listed {
            rows: self.listed(),
            among: self.listed().len(),
            is_present: true,
        };
        if self.browse.is_plain() {
            return plain;
        }
        let is_present = !self.wants_list();
        match &self.browse.listing {
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
    pub fn row_values(&self) -> Rows<'_> {
        let listing = self.browse.listing.as_deref();
        let listing = listing.filter(|listing| Arc::ptr_eq(&listing.model, self.model()));
        Rows {
            fields: &self.browse.fields,
            model: self.model(),
            replies: self.replies(),
            ranks: listing.and_then(|listing| listing.ranks.as_deref()),
            leading: None,
        }
    }

    /// Wants other rows, or another order.
    pub(super) fn list_by(&mut self, query: ListQuery) {
        self.browse.query = query;
        self.browse.read();
    }

    /// Whether the rows that are there are out of date and others have not been asked for.
    pub(super) fn wants_list(&self) -> bool {
        let browse = &self.browse;
        if browse.is_plain() {
            return false;
        }
        let Some(asked) = &browse.asked else {
            return true;
        };
        let same_answers = match (&asked.replies, browse.needs_answers()) {
            (Some(replies), true) => **replies == *self.replies(),
            (None, false) => true,
            _ => false,
        };
        !(same_answers
            && Arc::ptr_eq(&asked.weights, self.model().weights())
            && asked.filter == browse.filter
            && asked.by == browse.by()
            && asked.descending == browse.query.descending
            && asked.open_only == browse.query.open_only
            && asked.among == self.list_among())
    }

    fn list_among(&self) -> Option<usize> {
        (!self.browse.query.whole).then(|| self.listed().len())
    }

    pub(super) fn list_request(&mut self) -> Option<ListRequest> {
        let replies = Arc::new(self.replies().clone());
        let browse = &self.browse;
        let asked = Asked {
            weights: Arc::clone(self.model().weights()),
            replies: browse.needs_answers().then(|| Arc::clone(&replies)),
            filter: browse.filter.clone(),
            by: browse.by(),
            descending: browse.query.descending,
            open_only: browse.query.open_only,
            among: self.list_among(),
        };
        let request = ListRequest {
            model: Arc::clone(self.model()),
            replies,
            fields: Arc::clone(&browse.fields),
            among: asked.among.map(|_| self.listed().to_vec()),
            filter: asked.filter.clone(),
            open_only: asked.open_only,
            by: asked.by,
            descending: asked.descending,
        };
        self.browse.asked = Some(asked);
        Some(request)
    }
}
