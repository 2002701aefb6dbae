//! What the analyst looks at, and how. It reads the session and cannot change it.

mod ask;
pub(super) mod insight;
pub(super) mod known_curves;
pub(super) mod known_rows;
pub(super) mod layouts;
pub(super) mod likeness;
pub(super) mod list;
pub(super) mod list_query;
mod look;
mod round;

use std::sync::Arc;

use self::insight::Insight;
use self::known_curves::KnownCurves;
use self::known_rows::KnownRows;
use self::layouts::Layouts;
use self::likeness::Likeness;
use self::list::List;
use self::round::Round;
use super::open_session::{Current, Next, OpenSession};
use crate::detector::{Model, Viewpoint};
use crate::figures::ScoreMap;
use crate::session::{Confidence, Strategy};
use crate::worker::{Lasso, MapRequest, Request};

/// What is looked at, and what was computed to be shown.
pub(super) struct ViewState {
    pub(super) selected: Option<usize>,
    /// Whether the next candidate is to be the best one of the model that is being built: nobody
    /// is given one of the model before, as after an answer, for it may be far from it.
    pub(super) awaits_best: bool,
    /// Since when the next candidate is awaited.
    pub(super) waiting_since: Option<f64>,
    pub(super) viewpoint: Viewpoint,
    pub(super) map: Option<Arc<ScoreMap>>,
    pub(super) insight: Insight,
    pub(super) known_rows: KnownRows,
    pub(super) known_curves: KnownCurves,
    pub(super) layouts: Layouts,
    pub(super) list: List,
    pub(super) likeness: Likeness,
    pub(super) lasso: Option<Arc<Lasso>>,
    pub(super) confidence: Confidence,
    pub(super) strategy: Strategy,
    pub(super) round: Round,
    /// Which of the session's refreshments was the last that this took in.
    followed: u64,
    /// Work that was asked for and has not been handed over yet.
    pub(super) wanted: Vec<Request>,
}

/// An open table, the session on it, the model in force and what is looked at: to be read only.
#[derive(Clone, Copy)]
pub struct View<'a> {
    pub(super) open: &'a OpenSession,
    pub(super) state: &'a ViewState,
}

impl ViewState {
    pub(super) fn new(open: &OpenSession) -> Self {
        let mut state = Self {
            selected: None,
            awaits_best: false,
            waiting_since: None,
            viewpoint: ScoreMap::usual_viewpoint(open.dataset.n_features()),
            map: None,
            insight: Insight::new(&open.dataset),
            known_rows: KnownRows::default(),
            known_curves: KnownCurves::default(),
            layouts: Layouts::default(),
            list: List::new(&open.dataset, &open.member_names),
            likeness: Likeness::default(),
            lasso: None,
            confidence: Confidence::Sure,
            strategy: Strategy::Top,
            round: Round::default(),
            followed: 0,
            wanted: Vec::new(),
        };
        state.follow(open);
        state.select_best(open);
        state
    }

    /// What is seen of a session.
    pub(super) fn of<'a>(&'a self, open: &'a OpenSession) -> View<'a> {
        View { open, state: self }
    }

    /// The candidate that an answer is about.
    pub(super) fn current(&self) -> Current {
        Current {
            instance: self.selected,
            confidence: self.confidence,
        }
    }

    /// After the session or its model changed: derives what the screen shows of them.
    pub(super) fn follow(&mut self, open: &OpenSession) {
        if self.followed != open.refreshed {
            self.followed = open.refreshed;
            self.list.name_tags(&open.summary.tag_names);
            self.renew_round(open, false);
        }
    }

    /// Goes on to what is to be looked at after something was done to the session.
    pub(super) fn go_on(&mut self, open: &OpenSession, next: Next) {
        self.follow(open);
        match next {
            Next::Stay => {}
            Next::GoTo(instance) => self.select(open, Some(instance)),
            Next::Answered(instances) => {
                let goes_on = self.selected.is_none_or(|at| instances.contains(&at));
                self.confidence = Confidence::Sure;
                if goes_on {
                    match open.session.due() {
                        // The next candidate is known when the training is done.
                        Some(_) => self.select(open, None),
                        None => self.select_best(open),
                    }
                }
            }
        }
    }

    pub(super) fn select(&mut self, open: &OpenSession, instance: Option<usize>) {
        self.selected = instance.filter(|&instance| instance < open.dataset.n_instances());
        self.awaits_best &= self.selected.is_none();
    }

    pub(super) fn select_best(&mut self, open: &OpenSession) {
        if !open.is_settled() {
            // The next candidate comes when the answer is on the disk.
            return self.select(open, None);
        }
        if self.of(open).open_picks().next().is_none() {
            self.renew_round(open, true);
        }
        let best = self.of(open).open_picks().next();
        self.waiting_since = None;
        self.select(open, best);
    }

    /// Selects the best candidate where none is selected, unless a training is due.
    pub(super) fn select_next(&mut self, open: &OpenSession) {
        if self.selected.is_none() && open.session.due().is_none() {
            self.select_best(open);
        }
    }

    /// Selects the best candidate, once the model at the present position is there.
    pub(super) fn select_when_known(&mut self, open: &OpenSession) {
        match open.is_current() {
            true => self.select_best(open),
            false => self.select(open, None),
        }
    }

    /// Moves along the rows of the list by so many rows; from outside them to their first.
    fn step(&mut self, open: &OpenSession, by: isize) {
        let rows = self.of(open).rows();
        let Some(last) = rows.len().checked_sub(1) else {
            return;
        };
        let at = self
            .selected
            .and_then(|selected| rows.iter().position(|&listed| listed == selected));
        let to = rows[at.map_or(0, |at| at.saturating_add_signed(by).min(last))];
        self.waiting_since = None;
        self.select(open, Some(to));
    }

    /// After another model came in force; what is looked at stays.
    pub(super) fn shows(&mut self, open: &OpenSession, earlier: Arc<Model>) {
        self.insight.leave(earlier);
        self.follow(open);
        self.select(open, self.selected);
    }

    /// The map that is wanted and not there yet.
    pub(super) fn map_request(&self, open: &OpenSession) -> Option<MapRequest> {
        // While the next candidate is awaited the old map stays.
        let anchor = self.selected?;
        let flat = open.dataset.n_features() == 2;
        let known = self.map.as_ref();
        let known = known.filter(|map| map.viewpoint == self.viewpoint);
        let fits = |map: &Arc<ScoreMap>| {
            Arc::ptr_eq(map.model.weights(), open.model.weights()) && (flat || map.anchor == anchor)
        };
        (!known.is_some_and(fits)).then(|| MapRequest {
            model: Arc::clone(&open.model),
            viewpoint: self.viewpoint,
            anchor,
            known: known.cloned(),
        })
    }
}
