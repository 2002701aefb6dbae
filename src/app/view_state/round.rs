//! The instances that are asked about together.

use std::sync::Arc;

use super::ViewState;
use crate::app::open_session::OpenSession;
use crate::detector::Weights;
use crate::session::{Pick, pick};

/// The instances of a round.
#[derive(Default)]
pub(in crate::app) struct Round {
    pub(in crate::app) picks: Vec<Pick>,
    /// The weights and the batch that they were picked with.
    of: Option<(Arc<Weights>, usize)>,
}

impl ViewState {
    /// Picks the instances of a round anew where model, batch or answers ask for it.
    ///
    /// While a training is under way an answered round stays on the screen: the next one is of the
    /// model to come. `at_once` is for an analyst who does not wait.
    pub(in crate::app) fn renew_round(&mut self, open: &OpenSession, at_once: bool) {
        let (weights, batch) = (open.model.weights(), open.session.batch());
        let is_same =
            |(of, picked): &(Arc<Weights>, usize)| Arc::ptr_eq(of, weights) && *picked == batch;
        let same_model = self.round.of.as_ref().is_some_and(is_same);
        let is_open = self.of(open).open_picks().next().is_some();
        let waits = open.session.due().is_some() && !self.round.picks.is_empty();
        if !at_once && same_model && (is_open || waits) {
            return;
        }
        // After an undo a batch may be half answered already.
        let count = match open.session.is_automatic() {
            true => open.session.until_due(),
            false => batch,
        };
        self.round = Round {
            picks: pick(&open.model, &open.candidates(), count, self.strategy),
            of: Some((Arc::clone(weights), batch)),
        };
    }
}
