//! What panels paint: the open session and what is looked at of it, to be read only.

mod answers;
mod candidate;
mod colouring;
mod curves;
mod explained;
mod figures;
mod layouts;
mod list;
mod original;
mod relevance_sources;
mod similar;
mod wants;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use self::candidate::{CandidateRow, CandidateView, FeatureRow};
pub use self::colouring::Shade;
pub use self::curves::Event;
pub use self::explained::Explained;
pub use self::list::Listed;
pub use self::original::OriginalCell;
pub use self::similar::{Compared, DIFFERS};
pub use super::view_state::View;
use crate::dataset::{ColumnSummary, Dataset};
use crate::detector::{Losses, Model, Viewpoint};
use crate::figures::ScoreMap;
use crate::numeric::local;
use crate::session::{Answer, Confidence, DiscoveryCurve, Remaining, Session, Strategy};
use crate::worker::Lasso;

impl<'a> View<'a> {
    /// The table.
    pub fn dataset(self) -> &'a Arc<Dataset> {
        &self.open.dataset
    }

    /// The session.
    pub fn session(self) -> &'a Session {
        &self.open.session
    }

    /// The model that the screen shows.
    pub fn model(self) -> &'a Arc<Model> {
        &self.open.model
    }

    /// The names of the members.
    pub fn member_names(self) -> &'a [String] {
        &self.open.member_names
    }

    /// The distribution of each feature.
    pub fn columns(self) -> &'a [ColumnSummary] {
        &self.open.overview.columns
    }

    /// The map, once it is computed.
    pub fn map(self) -> Option<&'a Arc<ScoreMap>> {
        self.state.map.as_ref()
    }

    /// From where the map is to be seen.
    pub fn viewpoint(self) -> Viewpoint {
        self.state.viewpoint
    }

    /// The instance that is looked at: the current candidate.
    pub fn selected(self) -> Option<usize> {
        self.state.selected
    }

    /// The instances that are selected together.
    pub fn lasso(self) -> Option<&'a Lasso> {
        self.state.lasso.as_deref()
    }

    /// How sure the next answer is.
    pub fn confidence(self) -> Confidence {
        self.state.confidence
    }

    /// How the instances of a round are picked.
    pub fn strategy(self) -> Strategy {
        self.state.strategy
    }

    /// The answers in force.
    pub fn answers(self) -> &'a BTreeMap<usize, Answer> {
        &self.open.summary.answers
    }

    /// The ranking down to the last candidate, answered instances included.
    pub fn listed(self) -> &'a [usize] {
        &self.open.listed
    }

    /// The discovery curve of this session.
    pub fn curve(self) -> &'a DiscoveryCurve {
        &self.open.summary.curve
    }

    /// The baseline's discovery curve over as many queries: by the table's truth where it has one,
    /// else by the answers so far.
    pub fn baseline(self) -> &'a DiscoveryCurve {
        &self.open.baseline
    }

    /// What is left to find among the candidates, by the answers so far.
    pub fn remaining(self) -> &'a Remaining {
        &self.open.remaining
    }

    /// Answers since the last anomaly was found.
    pub fn since_last_anomaly(self) -> usize {
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
    pub fn baseline_knows_truth(self) -> bool {
        self.open.dataset.truth().is_some()
    }

    /// Whether a training is under way or due.
    pub fn is_training(self) -> bool {
        self.open.is_training()
    }

    /// The unanswered instances of the top τ, best first.
    pub fn candidates(self) -> Vec<usize> {
        self.open.candidates()
    }

    /// Which revision of how many is being built, while earlier answers are taken up.
    pub fn recovering(self) -> Option<(u64, u64)> {
        let plan = self
            .open
            .training
            .as_ref()
            .filter(|_| self.state.awaits_best)?;
        Some((
            plan.revision,
            self.open.session.revision().max(plan.revision),
        ))
    }

    /// The losses of the trainings that led here, by revision; of those of this run.
    pub fn losses(self) -> impl Iterator<Item = (u64, &'a Losses)> {
        let losses = self.open.losses.range(..=self.open.session.revision());
        losses.map(|(revision, losses)| (*revision, losses))
    }

    /// What the last step done here was.
    pub(in crate::app) fn last_act(self) -> String {
        let Some(step) = self.open.session.steps().last() else {
            return "before the first answer".to_owned();
        };
        let instances = step.action.instances();
        let what = self.dataset().id_name();
        let names: Vec<String> = instances
            .iter()
            .take(3)
            .map(|&at| self.dataset().id(at))
            .collect();
        let more = if instances.len() > 3 { ", …" } else { "" };
        let name = step.action.name();
        let when = step
            .at
            .map_or_else(String::new, |at| format!(", {}", local(at)));
        match instances.is_empty() {
            true => format!("{name}{when}"),
            false => format!("{name}: {what} {}{more}{when}", names.join(", ")),
        }
    }

    /// A path for a new file: in the folder where the last one went, or beside the table.
    pub(in crate::app) fn beside(self, last: Option<&Path>, name: &str) -> PathBuf {
        let table = self.dataset().origin().and_then(|origin| origin.path());
        let folder = last.or_else(|| table.as_deref().and_then(Path::parent));
        // A page hands its files to the browser, which knows where they go.
        let folder = folder.filter(|_| !cfg!(target_arch = "wasm32"));
        folder.map_or_else(|| PathBuf::from(name), |folder| folder.join(name))
    }

    /// Whether the model on the screen is not that of the answers up to here.
    pub(in crate::app) fn is_behind(self) -> bool {
        self.session().due().is_some() || !self.session().is_current(self.model())
    }
}
