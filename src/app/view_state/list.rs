//! The rows of the list: which are chosen, in which order.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::ViewState;
use super::list_query::ListQuery;
use crate::app::open_session::OpenSession;
use crate::dataset::Dataset;
use crate::detector::Weights;
use crate::filter::{Field, Fields, Filter, Mistake};
use crate::session::{Reply, TagNames};
use crate::worker::{ListRequest, Listing};

/// The state of the list.
///
/// 1. What needs no work is there at once: the candidates by rank are [`View::listed`](crate::app::View::listed).
/// 2. Anything else is computed by the worker while a panel shows it; until it comes, the rows
///    before stay.
/// 3. While a condition has a mistake the last good one stays in force.
pub(in crate::app) struct List {
    pub(in crate::app) listing: Option<Arc<Listing>>,
    pub(in crate::app) query: ListQuery,
    pub(in crate::app) fields: Arc<Fields>,
    pub(in crate::app) filter: Option<Filter>,
    pub(in crate::app) mistake: Option<Mistake>,
    pub(in crate::app) asked: Option<Asked>,
}

/// What rows were asked for.
#[derive(Clone)]
pub(in crate::app) struct Asked {
    pub(in crate::app) weights: Arc<Weights>,
    pub(in crate::app) replies: Option<Arc<BTreeMap<usize, Reply>>>,
    pub(in crate::app) filter: Option<Filter>,
    pub(in crate::app) by: Field,
    pub(in crate::app) descending: bool,
    pub(in crate::app) open_only: bool,
    /// The number of candidates, where rows are chosen from them.
    pub(in crate::app) among: Option<usize>,
}

impl List {
    pub(in crate::app) fn new(dataset: &Dataset, members: &[String]) -> Self {
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
    pub(in crate::app) fn name_tags(&mut self, names: &TagNames) {
        if Arc::make_mut(&mut self.fields).name_tags(names) {
            self.read();
        }
    }

    /// Wants other rows, or another order.
    pub(in crate::app) fn choose(&mut self, query: ListQuery) {
        self.query = query;
        self.read();
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

    pub(in crate::app) fn by(&self) -> Field {
        self.fields.of_key(&self.query.by).unwrap_or(Field::Rank)
    }

    /// Whether it shows the candidates by rank.
    pub(in crate::app) fn is_plain(&self) -> bool {
        let query = &self.query;
        self.filter.is_none()
            && self.by() == Field::Rank
            && !(query.descending || query.open_only || query.whole)
    }

    /// Whether the rows change with the answers.
    pub(in crate::app) fn needs_answers(&self) -> bool {
        let said = [Field::Answer, Field::Tag];
        let asks = |filter: &Filter| said.iter().any(|field| filter.asks_for(*field));
        self.query.open_only || said.contains(&self.by()) || self.filter.as_ref().is_some_and(asks)
    }
}

impl ViewState {
    pub(super) fn list_request(&mut self, open: &OpenSession) -> ListRequest {
        let among = self.of(open).list_among();
        let replies = Arc::new(open.summary.replies.clone());
        let list = &mut self.list;
        let asked = Asked {
            weights: Arc::clone(open.model.weights()),
            replies: list.needs_answers().then(|| Arc::clone(&replies)),
            filter: list.filter.clone(),
            by: list.by(),
            descending: list.query.descending,
            open_only: list.query.open_only,
            among,
        };
        let request = ListRequest {
            model: Arc::clone(&open.model),
            replies,
            fields: Arc::clone(&list.fields),
            among: among.map(|_| open.listed.clone()),
            filter: asked.filter.clone(),
            open_only: asked.open_only,
            by: asked.by,
            descending: asked.descending,
        };
        list.asked = Some(asked);
        request
    }
}
