//! When an analyst wants to stop: a rule of their own.

use serde::{Deserialize, Serialize};

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
