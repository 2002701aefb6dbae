//! An open table with its session.

use std::collections::BTreeMap;
use std::mem::Discriminant;
use std::sync::Arc;

use super::answers::Answers;
use super::browse::Browse;
use super::insight::Insight;
use super::known_curves::KnownCurves;
use super::likeness::Likeness;
use super::original::KnownRows;
use super::player::Player;
use super::views::Views;
use crate::dataset::{ColumnSummary, Dataset};
use crate::detector::{Losses, Model, Overview, Viewpoint, Weights};
use crate::figures::ScoreMap;
use crate::session::{
    Answer, Confidence, DiscoveryCurve, Pick, Position, Remaining, Session, Stop, Strategy,
    Summary, TrainingPlan, remaining,
};
use crate::worker::{Lasso, Request};

/// An open table, the session on it, the model in force and what is looked at.
///
/// Lists and curves are derived when session or model change, not when they are painted.
pub struct Workspace {
    pub(super) dataset: Arc<Dataset>,
    overview: Arc<Overview>,
    pub(super) session: Session,
    pub(super) model: Arc<Model>,
    pub(super) training: Option<TrainingPlan>,
    /// A model on the way to that at the present position.
    pub(super) building: Option<Arc<Model>>,
    /// How far the journal has answered on the stream of what was done.
    pub(super) answered: Position,
    /// What is played.
    pub(super) player: Player,
    pub(super) waiting_since: Option<f64>,
    /// Whether the next candidate is to be the best one of the model that is being built: nobody
    /// is given one of the model before, as after an answer, for it may be far from it.
    pub(super) awaits_best: bool,
    pub(super) viewpoint: Viewpoint,
    pub(super) map: Option<Arc<ScoreMap>>,
    pub(super) insight: Insight,
    pub(super) known_rows: KnownRows,
    pub(super) known_curves: KnownCurves,
    pub(super) views: Views,
    pub(super) browse: Browse,
    pub(super) now: Option<u64>,
    pub(super) confidence: Confidence,
    pub(super) strategy: Strategy,
    pub(super) round: Vec<Pick>,
    /// The weights and the batch that the round was picked with.
    pub(super) round_of: Option<(Arc<Weights>, usize)>,
    pub(super) summary: Summary,
    pub(super) derived: Answers,
    pub(super) likeness: Likeness,
    /// The parts of the stopping rule that were told of.
    pub(super) told_stops: Vec<Discriminant<Stop>>,
    /// The losses of each training of this run, by revision.
    pub(super) losses: BTreeMap<u64, Losses>,
    /// Work that was asked for and has not been handed over yet.
    pub(super) wanted: Vec<Request>,
    pub(super) lasso: Option<Arc<Lasso>>,
    selected: Option<usize>,
    member_names: Vec<String>,
    listed: Vec<usize>,
    baseline: DiscoveryCurve,
    remaining: Remaining,
}

impl Workspace {
    pub(super) fn new(dataset: Arc<Dataset>, model: Arc<Model>, batch: usize) -> Self {
        let session = Session::new(Arc::clone(model.weights()), batch);
        let viewpoint = ScoreMap::usual_viewpoint(dataset.n_features());
        let insight = Insight::new(&dataset);
        let member_names = model.fitted().ensemble().names(dataset.feature_names());
        let mut workspace = Self {
            overview: Arc::clone(model.fitted().overview()),
            browse: Browse::new(&dataset, &member_names),
            member_names,
            dataset,
            session,
            model,
            training: None,
            building: None,
            answered: Position::default(),
            player: Player::default(),
            waiting_since: None,
            awaits_best: false,
            viewpoint,
            map: None,
            insight,
            known_rows: KnownRows::default(),
            known_curves: KnownCurves::default(),
            views: Views::default(),
            now: None,
            confidence: Confidence::Sure,
            strategy: Strategy::Top,
            round: Vec::new(),
            round_of: None,
            summary: Summary::default(),
            derived: Answers::default(),
            likeness: Likeness::default(),
            told_stops: Vec::new(),
            losses: BTreeMap::new(),
            wanted: Vec::new(),
            lasso: None,
            selected: None,
            listed: Vec::new(),
            baseline: Vec::new(),
            remaining: remaining(&[], 0),
        };
        workspace.refresh();
        workspace.select_best();
        workspace
    }

    /// The table.
    pub fn dataset(&self) -> &Arc<Dataset> {
        &self.dataset
    }

    /// The session.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// The model that the screen shows.
    pub fn model(&self) -> &Arc<Model> {
        &self.model
    }

    /// The names of the members.
    pub fn member_names(&self) -> &[String] {
        &self.member_names
    }

    /// The distribution of each feature.
    pub fn columns(&self) -> &[ColumnSummary] {
        &self.overview.columns
    }

    /// The map, once it is computed.
    pub fn map(&self) -> Option<&Arc<ScoreMap>> {
        self.map.as_ref()
    }

    /// From where the map is to be seen.
    pub fn viewpoint(&self) -> Viewpoint {
        self.viewpoint
    }

    /// The instance that is looked at: the current candidate.
    pub fn selected(&self) -> Option<usize> {
        self.selected
    }

    /// The instances that are selected together.
    pub fn lasso(&self) -> Option<&Lasso> {
        self.lasso.as_deref()
    }

    /// How sure the next answer is.
    pub fn confidence(&self) -> Confidence {
        self.confidence
    }

    /// How the instances of a round are picked.
    pub fn strategy(&self) -> Strategy {
        self.strategy
    }

    /// The answers in force.
    pub fn answers(&self) -> &BTreeMap<usize, Answer> {
        &self.summary.answers
    }

    /// The ranking down to the last candidate, answered instances included.
    pub fn listed(&self) -> &[usize] {
        &self.listed
    }

    /// The discovery curve of this session.
    pub fn curve(&self) -> &DiscoveryCurve {
        &self.summary.curve
    }

    /// The baseline's discovery curve over as many queries: by the table's truth where it has one,
    /// else by the answers so far.
    pub fn baseline(&self) -> &DiscoveryCurve {
        &self.baseline
    }

    /// What is left to find among the candidates, by the answers so far.
    pub fn remaining(&self) -> &Remaining {
        &self.remaining
    }

    /// Answers since the last anomaly was found.
    pub fn since_last_anomaly(&self) -> usize {
        let curve = self.curve();
        let found = curve.last().copied().unwrap_or(0);
        curve
            .iter()
            .rev()
            .take_while(|&&before| before == found)
            .count()
            - usize::from(found > 0)
    }

    /// Whether the baseline's curve counts the truth and not just the answers so far.
    pub fn baseline_knows_truth(&self) -> bool {
        self.dataset.truth().is_some()
    }

    /// Whether a training is under way or due.
    pub fn is_training(&self) -> bool {
        self.training.is_some() || !self.is_settled() || !self.session.is_current(&self.model)
    }

    /// The unanswered instances of the top τ, best first.
    pub fn candidates(&self) -> Vec<usize> {
        (self.session).candidates_without(&self.model, self.answers())
    }

    pub(super) fn select(&mut self, instance: Option<usize>) {
        self.selected = instance.filter(|&instance| instance < self.dataset.n_instances());
        self.awaits_best &= self.selected.is_none();
    }

    pub(super) fn select_best(&mut self) {
        if !self.is_settled() {
            // The next candidate comes when the answer is on the disk.
            return self.select(None);
        }
        if self.open_picks().next().is_none() {
            self.renew_round(true);
        }
        let best = self.open_picks().next();
        self.waiting_since = None;
        self.select(best);
    }

    /// Selects the best candidate, once the model at the present position is there.
    pub(super) fn select_when_known(&mut self) {
        match self.session.is_current(&self.model) {
            true => self.select_best(),
            false => self.select(None),
        }
    }

    /// Which revision of how many is being built, while earlier answers are taken up.
    pub fn recovering(&self) -> Option<(u64, u64)> {
        let plan = self.training.as_ref().filter(|_| self.awaits_best)?;
        Some((plan.revision, self.session.revision().max(plan.revision)))
    }

    /// Moves along the rows of the list by so many places; from outside them to their first.
    pub(super) fn step(&mut self, by: isize) {
        let rows = self.rows();
        let Some(last) = rows.len().checked_sub(1) else {
            return;
        };
        let at = self
            .selected
            .and_then(|selected| rows.iter().position(|&listed| listed == selected));
        let to = rows[at.map_or(0, |at| at.saturating_add_signed(by).min(last))];
        self.waiting_since = None;
        self.select(Some(to));
    }

    /// Shows another model; what is looked at stays.
    pub(super) fn show(&mut self, model: Arc<Model>) {
        let earlier = std::mem::replace(&mut self.model, model);
        self.insight.leave(earlier);
        self.refresh();
        self.select(self.selected);
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
        self.browse.name_tags(&self.summary.tag_names);
        self.renew_round(false);
    }

    fn list_down(&self) -> Vec<usize> {
        let last = self
            .candidates()
            .last()
            .map_or(0, |&last| self.model.rank_of(last) + 1);
        self.model.top(last)
    }
}
