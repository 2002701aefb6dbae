//! What network to build and how to train it.

use serde::{Deserialize, Serialize};

/// The shape of the network and its priming.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct NetworkSettings {
    /// The widths of the hidden layers; empty for one of `max(50, 3 M)` units.
    pub hidden: Vec<usize>,
    /// The prior relevance `b`, in (0, 1); `None` for the one that suits each kind of member.
    pub b: Option<f32>,
    /// The standard deviation of a first-layer unit's input over the data, before priming. Small
    /// values give a relevance that changes slowly from place to place.
    pub gain: f32,
    /// The standard deviation of an output's logit over the data, before priming.
    pub output_gain: f32,
    /// The most epochs of priming.
    pub prime_epochs: usize,
}

impl Default for NetworkSettings {
    fn default() -> Self {
        Self {
            hidden: Vec::new(),
            b: None,
            gain: 1.0,
            output_gain: 0.1,
            prime_epochs: 200,
        }
    }
}

impl NetworkSettings {
    /// The widths of the hidden layers for `members` members.
    pub fn hidden_widths(&self, members: usize) -> Vec<usize> {
        if self.hidden.is_empty() {
            vec![(3 * members).max(50)]
        } else {
            self.hidden.clone()
        }
    }
}

/// How an update trains the network.
///
/// The numbers differ from the published ones; docs/EVALUATION.md says which were tried on which
/// tables, and which tables confirmed them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct UpdateSettings {
    /// The learning rate of Adam.
    pub rate: f64,
    /// The weight `λ` of the prior.
    pub lambda: f32,
    /// The weight of half the squared weights.
    pub l2: f32,
    /// By how much a score must clear `q_tau`, in standard deviations of the score.
    pub margin: f32,
    /// How softly the hinge bends, in the same unit.
    pub softness: f32,
    /// Whether `Score(x_tau)` is a threshold too, beside its value before the update.
    pub x_tau: bool,
    /// Steps an update.
    pub steps: usize,
    /// Rows whose prior enters a step.
    pub prior_rows: usize,
}

impl Default for UpdateSettings {
    fn default() -> Self {
        Self {
            rate: 0.01,
            lambda: 0.1,
            l2: 1e-3,
            margin: 0.5,
            softness: 0.5,
            x_tau: true,
            steps: 15,
            prior_rows: 25,
        }
    }
}

/// How an update trains the table of cells.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CellSettings {
    /// The learning rate of Adam.
    pub rate: f64,
    /// The weight `λ` of the prior.
    pub lambda: f32,
    /// By how much a score must clear `q_tau`, in standard deviations of the score, where there are
    /// many parts; see [`Self::margin_of`].
    pub margin: f32,
    /// How softly the hinge bends, in the same unit.
    pub softness: f32,
    /// Steps an update.
    pub steps: usize,
}

impl Default for CellSettings {
    fn default() -> Self {
        Self {
            rate: 0.05,
            lambda: 0.05,
            margin: 7.0,
            softness: 1.0,
            steps: 15,
        }
    }
}

/// Parts that halve the margin.
const FEW: f32 = 6.0;

impl CellSettings {
    /// The margin over an ensemble of so many parts.
    ///
    /// An answer is a vote on each of its cells. Where parts are few their cells are wide, and a
    /// wide margin would move a crowd for the sake of one instance.
    pub fn margin_of(&self, parts: usize) -> f32 {
        self.margin * parts as f32 / (parts as f32 + FEW)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_parts_have_a_narrow_margin() {
        let settings = CellSettings {
            margin: 5.0,
            ..CellSettings::default()
        };
        assert_eq!(
            [4, 6, 144].map(|parts| settings.margin_of(parts)),
            [2.0, 2.5, 4.8]
        );
    }
}
