//! What lists show of the answers.

use super::OpenSession;
use crate::session::{Contradiction, Pace, Stop, contradictions};

/// What lists show of the answers; derived when the session or the model changes.
#[derive(Clone, Debug, Default)]
pub(in crate::app) struct Answers {
    /// How fast the analyst answers.
    pub(in crate::app) pace: Option<Pace>,
    /// The parts of the stopping rule that are met.
    pub(in crate::app) stops: Vec<Stop>,
    /// The labels that the model contradicts, the most first.
    pub(in crate::app) contradictions: Vec<Contradiction>,
}

impl Answers {
    pub(super) fn of(open: &OpenSession) -> Self {
        Self {
            pace: open.session.pace(),
            stops: open.session.stops(&open.remaining),
            contradictions: contradictions(&open.model, open.summary.answers_in_order()),
        }
    }
}
