//! What figures there are.

use super::Colouring;

/// What a map of a member shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Value {
    /// Its relevance `p`, around the prior b.
    #[default]
    Relevance,
    /// Its own score `s`.
    Score,
    /// Their product.
    Product,
    /// Its relevance again, on the whole scale from 0 to 1.
    WholeRelevance,
}

impl Value {
    /// What every member has a figure of; relevance is on the scale that tells most of it apart.
    pub const ALL: [Self; 3] = [Self::Relevance, Self::Score, Self::Product];

    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Relevance => "relevance",
            Self::Score => "member score",
            Self::Product => "contribution",
            Self::WholeRelevance => "relevance, 0 to 1",
        }
    }

    /// The same with its symbol, as it stands beside a scale.
    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Relevance | Self::WholeRelevance => "relevance p",
            Self::Score => "member score s",
            Self::Product => "contribution s·p",
        }
    }
}

/// A figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    /// The map, in the colours of something.
    Map(Colouring),
    /// All maps of members and of the two scores, on one sheet.
    Members(Value),
    /// The map of one of them.
    Member(usize, Value),
    /// The baseline's score, on the scale and the levels of the anomaly score.
    Baseline,
    /// What the last training changed.
    Change,
    /// The discovery curves.
    Discovery,
    /// The losses of priming.
    Priming,
    /// The losses of the updates.
    Updates,
    /// What the members contribute to the score of the current candidate.
    Contributions,
    /// What one of the first of them saw.
    MemberView(usize),
    /// The features' shares of the explanation.
    Shares,
    /// The distribution of the feature at this place among them.
    Feature(usize),
    /// A channel of the current candidate over the usual course, where it is a sequence.
    Channel(usize),
    /// How far its moments are from the usual course.
    Deviation,
}

impl Default for Figure {
    fn default() -> Self {
        Self::Map(Colouring::default())
    }
}
