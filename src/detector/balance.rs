//! How answers are balanced against what detectors say.

use serde::{Deserialize, Serialize};

/// How answers are balanced against what detectors say without them.
///
/// How strongly a prior should hold depends on the table. Where the top of the baseline holds no
/// anomaly, answers must move the search at once; where it holds some, a few nominals among them
/// must not drive it away. So there are two tables of cells with two priors, and the one that
/// ranked better what was then labelled counts more ([`SourcePerformance::tables`](super::SourcePerformance)).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct BalanceSettings {
    /// The weight `λ` of the prior of the cautious table; 0 for no such table.
    pub cautious: f32,
    /// How much higher than its floor every cell stands, in standard deviations of its part's score.
    /// The higher all stand, the more what answers change counts against what detectors say.
    pub lift: f32,
    /// The number of anomalies found at which half of the lift is left; 0 for a lift that stays.
    ///
    /// What has not been found must be looked for away from where detectors point; what has been
    /// found is followed best with their help.
    pub fade: f32,
    /// Whether the patience with the network is counted in anomalies found rather than in labels:
    /// of nominals alone it learns where not to look, and says so far beyond them.
    pub by_found: bool,
    /// Whether a member counts in the network's prior by the spread of its scores rather than like
    /// any other: beside many small members, large ones would have hardly any prior.
    pub by_spread: bool,
    /// Whether both the lift and patience by anomalies are left out where detectors that were made
    /// for the data give their scores (images, sequences): what those say is worth more than what
    /// trees and projections say of a table, so answers need not be that loud.
    pub by_data: bool,
    /// Where such detectors give their scores ([`Self::by_data`]): the number of labels at which half
    /// of what was learnt from them counts, while the other half of every relevance stays at the
    /// prior; 0 where all of it counts at once.
    ///
    /// A few labels tell much of their neighbours and little of the rest, whose order is best left to
    /// the detectors.
    pub restraint: f32,
}

impl Default for BalanceSettings {
    fn default() -> Self {
        Self {
            cautious: 0.3,
            lift: 6.0,
            fade: 5.0,
            by_found: true,
            by_spread: true,
            by_data: true,
            restraint: 30.0,
        }
    }
}

impl BalanceSettings {
    /// One table, no lift, and the rest as it was: what sessions began with that say nothing of it.
    pub fn none() -> Self {
        Self {
            cautious: 0.0,
            lift: 0.0,
            fade: 0.0,
            by_found: false,
            by_spread: false,
            by_data: false,
            restraint: 0.0,
        }
    }

    /// What is in force where the scores of some members are given by the data, or none are.
    pub(super) fn with_given_scores(&self, are_given: bool) -> Self {
        match self.by_data && are_given {
            true => Self {
                lift: 0.0,
                by_found: false,
                ..self.clone()
            },
            false => Self {
                restraint: 0.0,
                ..self.clone()
            },
        }
    }

    /// How much of what was learnt from so many labels counts, in [0, 1]; the rest of every
    /// relevance stays at the prior.
    pub fn counted(&self, labels: usize) -> f32 {
        match self.restraint > 0.0 {
            true => labels as f32 / (labels as f32 + self.restraint),
            false => 1.0,
        }
    }

    /// Whether there is a cautious table.
    pub(super) fn has_two(&self) -> bool {
        self.cautious > 0.0
    }

    /// Whether anomalies found are counted.
    pub(super) fn counts(&self) -> bool {
        self.by_found || self.fades()
    }

    /// Whether the lift is lowered as anomalies are found.
    pub fn fades(&self) -> bool {
        self.lift > 0.0 && self.fade > 0.0
    }

    /// The part of the lift that is gone when so many anomalies were found, in [0, 1).
    pub fn gone(&self, found: u32) -> f32 {
        let found = found as f32;
        match self.fades() && found > 0.0 {
            true => found / (found + self.fade),
            false => 0.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn given_scores_take_the_lift_and_the_patience_by_anomalies_away() {
        let usual = BalanceSettings::default();
        let of_tables = usual.with_given_scores(false);
        assert_eq!(
            of_tables,
            BalanceSettings {
                restraint: 0.0,
                ..usual.clone()
            }
        );
        assert_eq!(of_tables.counted(1), 1.0);
        let given = usual.with_given_scores(true);
        assert_eq!(
            (given.lift, given.by_found, given.fades()),
            (0.0, false, false)
        );
        assert_eq!(
            (given.cautious, given.by_spread),
            (usual.cautious, usual.by_spread)
        );
        assert_eq!(
            [0, 30, 90].map(|labels| given.counted(labels)),
            [0.0, 0.5, 0.75]
        );
        // What an image session began with before stays.
        let before = BalanceSettings {
            by_data: false,
            restraint: 0.0,
            ..BalanceSettings::default()
        };
        assert_eq!(before.with_given_scores(true), before);
    }
}
