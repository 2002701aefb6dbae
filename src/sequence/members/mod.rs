//! What unsupervised detectors of sequences say: one score an instance, higher is more anomalous.

mod curves;
mod moments;
mod neighbours;
mod rocket;
mod warping;

pub(super) use curves::{euclid, residuals};
pub(super) use moments::{Moments, moment_scores};
pub(super) use rocket::rocket;
pub(super) use warping::warping;

/// The scores of one detector, fitted to the very sequences that it scores.
#[derive(Clone, Debug, PartialEq)]
pub struct MemberScores {
    /// What it is called.
    pub name: String,
    /// What it measures; follows "it scores".
    pub meaning: &'static str,
    /// Whether it is a member of the default ensemble. Others are features of it: what they say is
    /// heard through its forests and the relevance network. Some of them can invert (order, cycle
    /// error), and together they blur what the best say; which vote was decided by measurement.
    pub votes: bool,
    /// A score for each sequence `[n]`; finite.
    pub values: Vec<f32>,
}
