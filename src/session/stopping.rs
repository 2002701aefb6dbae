//! When an analyst wants to stop: a rule of their own.

use serde::{Deserialize, Serialize};

use super::{Remaining, Session, labels_in_order};
use crate::dataset::Label;

/// A rule of the analyst's own for when to stop; any of its parts is enough. What it says is told,
/// and nothing else happens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct StoppingRule {
    /// So many labels in a row were nominal.
    pub nominals: Option<usize>,
    /// Fewer anomalies than this are expected among the candidates that are left.
    pub expected: Option<f64>,
    /// So many queries are spent.
    pub budget: Option<usize>,
}

/// A part of the rule that is met.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Stop {
    /// So many labels in a row are nominal.
    Nominals(usize),
    /// So many anomalies are expected to be left, below the rule's number.
    Expected(f64),
    /// So many queries are spent.
    Budget(usize),
}

impl StoppingRule {
    /// Whether it asks for nothing.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Checks that its numbers can be.
    ///
    /// # Errors
    /// A phrase that says which cannot.
    pub fn validate(&self) -> Result<(), &'static str> {
        let is_odd = |expected: f64| !(expected > 0.0 && expected.is_finite());
        match self {
            Self {
                nominals: Some(0), ..
            }
            | Self {
                budget: Some(0), ..
            } => Err("a stopping rule counts from 1"),
            Self {
                expected: Some(expected),
                ..
            } if is_odd(*expected) => {
                Err("the anomalies expected by a stopping rule are a number above 0")
            }
            _ => Ok(()),
        }
    }
}

impl Session {
    /// When the analyst wants to stop.
    pub fn stopping(&self) -> StoppingRule {
        self.stopping
    }

    /// The number of labels that were nominal since the last one that was not.
    pub fn nominals_in_a_row(&self) -> usize {
        let labels = labels_in_order(self.answers_in_order());
        let nominal = labels.iter().rev();
        nominal
            .take_while(|label| **label == Label::Nominal)
            .count()
    }

    /// The parts of the stopping rule that are met; `left` is the estimate at this place.
    pub fn stops(&self, left: &Remaining) -> Vec<Stop> {
        let rule = self.stopping;
        let mut met = Vec::new();
        let row = self.nominals_in_a_row();
        met.extend((rule.nominals.filter(|most| row >= *most)).map(|_| Stop::Nominals(row)));
        // Before any label the estimate is a guess.
        let known = left.answers > 0;
        let below = rule
            .expected
            .filter(|least| known && left.expected < *least);
        met.extend(below.map(|_| Stop::Expected(left.expected)));
        let spent = self.answers().len();
        met.extend((rule.budget.filter(|most| spent >= *most)).map(|_| Stop::Budget(spent)));
        met
    }
}
