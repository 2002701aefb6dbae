//! What panels paint, in numbers and words.

use std::borrow::Cow;

use super::View;
use crate::session::Answer;

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

impl<'a> View<'a> {
    /// The line of an instance in the candidate list.
    pub fn row(self, instance: usize) -> CandidateRow {
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
    pub fn candidate(self) -> Option<CandidateView> {
        let instance = self.selected()?;
        Some(CandidateView {
            row: self.row(instance),
            n_instances: self.dataset().n_instances(),
        })
    }

    /// One feature of an instance.
    pub fn feature(self, instance: usize, feature: usize) -> FeatureRow<'a> {
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
