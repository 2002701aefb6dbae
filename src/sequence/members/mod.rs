//! What unsupervised detectors of sequences say: one score an instance, higher is more anomalous.

mod curves;
mod moments;
mod neighbours;
mod rocket;
mod warping;

pub(super) use curves::{Main, Neighbours};
pub use moments::{MOMENTS, WORST};
pub(super) use moments::{Moments, References};
pub(super) use neighbours::references;
pub(super) use rocket::Rocket;
pub(super) use warping::Warping;

/// A detector of sequences: what it is called, and what it measures.
#[derive(Clone, Debug, PartialEq)]
pub struct SequenceScore {
    /// What it is called.
    pub name: String,
    /// What it measures; follows "it scores".
    pub meaning: &'static str,
    /// Whether it is a member of the default ensemble. Others are features of it: what they say is
    /// heard through its forests and the relevance network. Some of them can invert (order, cycle
    /// error), and together they blur what the best say; which vote was decided by measurement.
    pub votes: bool,
    /// Whether it follows from an encoder of moments alone.
    pub of_moments: bool,
}

impl SequenceScore {
    fn new(name: &str, meaning: &'static str, votes: bool) -> Self {
        Self {
            name: name.to_owned(),
            meaning,
            votes,
            of_moments: false,
        }
    }
}

/// How much a score of sequences counts beside the others, by its name.
pub fn sequence_weight(name: &str) -> f32 {
    let shapes = rocket::SHAPES.iter();
    let mut weights = shapes.filter(|(now, ..)| *now == name);
    weights.next().map_or(1.0, |(_, weight, _)| *weight)
}

/// The detectors of what was learnt before curves were brought to the usual time.
pub(super) fn scores_before() -> Vec<SequenceScore> {
    let mut all = scores();
    for score in &mut all {
        let mut shapes = rocket::SHAPES.iter();
        if let Some((.., before)) = shapes.find(|(now, ..)| *now == score.name) {
            score.name = (*before).to_owned();
        }
    }
    all
}

/// The detectors, in the order of the scores.
pub(super) fn scores() -> Vec<SequenceScore> {
    let mut all = Vec::new();
    for loss in ["cbr", "cbc"] {
        all.extend(moments::scores(loss));
    }
    all.extend(warping::scores());
    all.extend(curves::scores());
    all.extend(rocket::scores());
    all
}
