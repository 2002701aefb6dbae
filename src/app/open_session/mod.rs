//! The session that is open, on its table and with the model in force: what the analyst does to it, and
//! what is derived of it. It does not know what is looked at.

mod answers;
mod carry_out;
mod next;
mod trained;

use std::collections::BTreeMap;
use std::mem::Discriminant;
use std::sync::Arc;

use self::answers::Answers;
pub(super) use self::next::{Current, Next};
use crate::dataset::Dataset;
use crate::detector::{Losses, Model, Overview};
use crate::session::{
    Action, DiscoveryCurve, Position, Remaining, Session, Stop, Summary, TrainingPlan, remaining,
};
use crate::store::Document;
use crate::worker::Request;

/// A session with its table, and the model in force.
///
/// Lists and curves are derived when session or model change, not when they are painted.
pub(super) struct OpenSession {
    pub(super) dataset: Arc<Dataset>,
    pub(super) overview: Arc<Overview>,
    pub(super) session: Session,
    pub(super) model: Arc<Model>,
    pub(super) training: Option<TrainingPlan>,
    /// A model on the way to that at the present position.
    pub(super) building: Option<Arc<Model>>,
    /// How far the journal has answered on the stream of what was done.
    pub(super) answered: Position,
    /// The time that acts are recorded with.
    pub(super) now: Option<u64>,
    pub(super) summary: Summary,
    pub(super) derived: Answers,
    /// The parts of the stopping rule that were told of.
    pub(super) told_stops: Vec<Discriminant<Stop>>,
    /// The losses of each training of this run, by revision.
    pub(super) losses: BTreeMap<u64, Losses>,
    pub(super) member_names: Vec<String>,
    pub(super) listed: Vec<usize>,
    pub(super) baseline: DiscoveryCurve,
    pub(super) remaining: Remaining,
    /// How often lists and curves were derived anew.
    pub(super) refreshed: u64,
}

impl OpenSession {
    pub(super) fn new(dataset: Arc<Dataset>, model: Arc<Model>, batch: usize) -> Self {
        let mut open = Self {
            overview: Arc::clone(model.fitted().overview()),
            session: Session::new(Arc::clone(model.weights()), batch),
            member_names: model.fitted().ensemble().names(dataset.feature_names()),
            dataset,
            model,
            training: None,
            building: None,
            answered: Position::default(),
            now: None,
            summary: Summary::default(),
            derived: Answers::default(),
            told_stops: Vec::new(),
            losses: BTreeMap::new(),
            listed: Vec::new(),
            baseline: Vec::new(),
            remaining: remaining(&[], 0),
            refreshed: 0,
        };
        open.refresh();
        open
    }

    /// Derives lists and curves anew after session or model changed.
    ///
    /// What is not on the disk yet is not shown: until then everything stays as it was.
    pub(super) fn refresh(&mut self) {
        if !self.is_settled() {
            return;
        }
        self.summary = self.session.summary();
        self.baseline = (self.summary).baseline(&self.dataset, &self.overview.baseline_order);
        self.listed = self.list_down();
        self.remaining = remaining(&self.summary.labels, self.candidates().len());
        self.derived = Answers::of(self);
        self.refreshed += 1;
    }

    fn list_down(&self) -> Vec<usize> {
        let last = self
            .candidates()
            .last()
            .map_or(0, |&last| self.model.rank_of(last) + 1);
        self.model.top(last)
    }

    /// The unanswered instances of the top τ, best first.
    pub(super) fn candidates(&self) -> Vec<usize> {
        (self.session).candidates_without(&self.model, &self.summary.answers)
    }

    /// Whether all that was done is on the disk, so that the screen may say so.
    pub(super) fn is_settled(&self) -> bool {
        self.answered.acts >= self.session.position().acts
    }

    /// Whether the model is the one at the present position.
    pub(super) fn is_current(&self) -> bool {
        self.session.is_current(&self.model)
    }

    /// Whether a training is under way or due.
    pub(super) fn is_training(&self) -> bool {
        self.training.is_some() || !self.is_settled() || !self.is_current()
    }

    /// Whether the model is the one at the present position, and nothing is under way.
    pub(super) fn is_at_rest(&self) -> bool {
        !self.is_training() && self.session.due().is_none()
    }

    /// The session as it is now with its model.
    pub(super) fn document(&self, embed: bool, layout: Option<String>) -> Document {
        let document = Document::new(self.session.clone(), Arc::clone(&self.model));
        Document {
            embed,
            layout,
            ..document
        }
    }

    /// Records an act with the time of the clock; false where there is nothing to it.
    pub(super) fn act(&mut self, action: Action) -> bool {
        let is_act = self.session.act(action, self.now);
        if is_act {
            self.refresh();
        }
        is_act
    }

    /// Takes in how far the journal has answered; true where that is all that was done, so that what
    /// is shown has caught up.
    pub(super) fn answered(&mut self, position: Position) -> bool {
        let was_settled = self.is_settled();
        self.answered = position;
        let catches_up = !was_settled && self.is_settled();
        if catches_up {
            self.refresh();
        }
        catches_up
    }

    /// Goes on with another session on the same detector.
    pub(super) fn take_up(&mut self, session: Session) {
        self.session = session;
        self.training = None;
        self.building = None;
        self.refresh();
    }

    /// Goes to a place of the history, to be looked at; returns the instance that was answered there
    /// next.
    pub(super) fn play(&mut self, cursor: usize) -> Option<usize> {
        self.session.play(cursor);
        self.refresh();
        let next = self.session.history().get(self.session.cursor());
        next.and_then(|step| step.action.instances().first().copied())
    }

    /// The work that brings the model at the present position: a training that is due, from the
    /// weights before it, or a ranking by weights that are at hand.
    pub(super) fn model_request(&mut self) -> Option<Request> {
        let Some(plan) = self.session.due() else {
            let weights = Arc::clone(self.session.weights()?);
            let mut known = std::iter::once(&self.model).chain(&self.building);
            let current = known.any(|model| self.session.is_current(model));
            return (!current).then(|| Request::Rank(Arc::clone(&self.model), weights));
        };
        let before = self.session.weights_before(&plan);
        let models = std::iter::once(&self.model).chain(&self.building);
        let from = models
            .into_iter()
            .find(|model| Arc::ptr_eq(model.weights(), before));
        Some(match from.cloned() {
            Some(model) => {
                self.training = Some(plan.clone());
                Request::Train(model, plan)
            }
            None => Request::Rank(Arc::clone(&self.model), Arc::clone(before)),
        })
    }

    /// Takes in a model: if it is the one at the present position it is in force, and the one before
    /// it is returned; else it is a step on the way there.
    pub(super) fn take(&mut self, model: Arc<Model>) -> Option<Arc<Model>> {
        if !self.session.is_current(&model) || !self.is_settled() {
            self.building = Some(model);
            return None;
        }
        self.building = None;
        let earlier = std::mem::replace(&mut self.model, model);
        self.refresh();
        Some(earlier)
    }
}
