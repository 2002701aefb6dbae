//! What panels paint, in numbers and words.

use std::borrow::Cow;

use super::{App, Workspace};
use crate::dataset::Label;
use crate::session::Answer;
use crate::worker::Progress;

/// A line of the candidate list.
#[derive(Clone, Debug, PartialEq)]
pub struct CandidateRow {
    /// The instance.
    pub instance: usize,
    /// Its rank, 1 for the most anomalous.
    pub rank: usize,
    /// Its name in the table.
    pub id: String,
    /// Its anomaly score.
    pub score: f32,
    /// The most relevant member.
    pub member: String,
    /// The answer, if it has one.
    pub answer: Option<Answer>,
    /// Whether it is looked at.
    pub is_current: bool,
}

/// The current candidate.
#[derive(Clone, Debug, PartialEq)]
pub struct CandidateView {
    /// Its line in the list.
    pub row: CandidateRow,
    /// The number of instances that it is ranked among.
    pub n_instances: usize,
}

/// A feature of the current candidate beside what is usual.
#[derive(Clone, Debug, PartialEq)]
pub struct FeatureRow<'a> {
    /// The column, with its unit.
    pub name: Cow<'a, str>,
    /// The candidate's value.
    pub value: f32,
    /// The table's median.
    pub median: f32,
    /// The fraction of instances with a lower value.
    pub quantile: f64,
}

/// The line at the foot of the window.
#[derive(Clone, Debug, PartialEq)]
pub struct StatusView {
    /// The table's name.
    pub table: String,
    /// Instances.
    pub n_instances: usize,
    /// Features.
    pub n_features: usize,
    /// Ensemble members.
    pub members: usize,
    /// The fraction assumed anomalous.
    pub tau: f64,
    /// Instances labelled anomaly.
    pub anomalies: usize,
    /// Instances labelled nominal.
    pub nominals: usize,
    /// Instances with an answer that is no label.
    pub others: usize,
    /// The revision of the shown model.
    pub revision: u64,
    /// Answers until the next training.
    pub until_training: usize,
    /// How far the running work is.
    pub progress: Option<Progress>,
}

impl Workspace {
    /// The line of an instance in the candidate list.
    pub fn row(&self, instance: usize) -> CandidateRow {
        CandidateRow {
            instance,
            rank: self.model().rank_of(instance) + 1,
            id: self.dataset().id(instance),
            score: self.model().scores()[instance],
            member: self.member_names()[self.model().most_relevant(instance)].clone(),
            answer: self.answers().get(&instance).copied(),
            is_current: self.selected() == Some(instance),
        }
    }

    /// The current candidate, unless the next one is being looked for.
    pub fn candidate(&self) -> Option<CandidateView> {
        let instance = self.selected()?;
        Some(CandidateView {
            row: self.row(instance),
            n_instances: self.dataset().n_instances(),
        })
    }

    /// One feature of an instance.
    pub fn feature(&self, instance: usize, feature: usize) -> FeatureRow<'_> {
        let value = self.dataset().features()[[instance, feature]];
        let column = &self.columns()[feature];
        FeatureRow {
            name: self.dataset().feature_label(feature),
            value,
            median: column.median(),
            quantile: column.quantile_of(value),
        }
    }
}

impl App {
    /// The line at the foot of the window; `None` without a table.
    pub fn status(&self) -> Option<StatusView> {
        let workspace = self.workspace()?;
        let fitted = workspace.model().fitted();
        let count = |label: Option<Label>| {
            workspace
                .answers()
                .values()
                .filter(|answer| answer.label() == label)
                .count()
        };
        let session = workspace.session();
        Some(StatusView {
            table: workspace.dataset().name().to_owned(),
            n_instances: workspace.dataset().n_instances(),
            n_features: workspace.dataset().n_features(),
            members: fitted.ensemble().len(),
            tau: fitted.settings().tau,
            anomalies: count(Some(Label::Anomaly)),
            nominals: count(Some(Label::Nominal)),
            others: count(None),
            revision: session.revision(),
            until_training: session.until_due(),
            progress: self.progress(),
        })
    }
}
