//! A session in which the oracle answers.

use std::sync::Arc;

use super::Oracle;
use crate::detector::{Fitted, Model};
use crate::numeric::{Cancelled, Watch};
use crate::session::{
    DiscoveryCurve, Session, Strategy, Training, Visitor, candidates, curve_of, pick,
};

/// A replay, under way or finished.
#[derive(Clone, Debug)]
pub struct Replay {
    /// The session as an analyst would have left it.
    pub session: Session,
    /// The last model.
    pub model: Arc<Model>,
    /// Anomalies found, one entry a query.
    pub found: DiscoveryCurve,
    strategy: Strategy,
}

/// What a replay tells of its course; the caller holds the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReplayEvent {
    /// An update (score, train, rank) begins.
    UpdateBegins,
    /// It has ended.
    UpdateEnds,
    /// So many queries have been answered.
    Answered(usize),
}

impl Replay {
    /// A replay before its first query, in batches of the `batch` best candidates.
    pub fn begin(fitted: &Arc<Fitted>, batch: usize) -> Self {
        Self {
            session: Session::new(Arc::clone(fitted.primed()), batch),
            model: Arc::new(Model::primed(fitted)),
            found: DiscoveryCurve::new(),
            strategy: Strategy::Top,
        }
    }

    /// The same with batches that a strategy picks.
    pub fn picking(mut self, strategy: Strategy) -> Self {
        self.strategy = strategy;
        self
    }

    /// Answers one batch, of at most `most` queries, and trains on it; false where no instance is
    /// left.
    ///
    /// # Errors
    /// [`Cancelled`] when `watch` says so; the next round then begins with the training that was
    /// not done.
    pub fn round(
        &mut self,
        oracle: Oracle<'_>,
        most: usize,
        watch: &mut dyn Watch,
        tell: &mut dyn FnMut(ReplayEvent),
    ) -> Result<bool, Cancelled> {
        self.train(watch, tell)?;
        let round = self.session.batch().min(most);
        let open = candidates(&self.model, &self.session.answers(), round);
        let asked = pick(&self.model, &open, round, self.strategy);
        for (index, asked) in asked.iter().enumerate() {
            let instance = asked.instance;
            self.session.answer(instance, oracle.answer(instance));
            tell(ReplayEvent::Answered(self.found.len() + index + 1));
        }
        self.found = curve_of(self.session.answers_in_order());
        self.train(watch, tell)?;
        Ok(!asked.is_empty())
    }

    fn train(
        &mut self,
        watch: &mut dyn Watch,
        tell: &mut dyn FnMut(ReplayEvent),
    ) -> Result<(), Cancelled> {
        let model = Arc::clone(&self.model);
        self.model = (self.session).catch_up(model, watch, &mut Told(tell))?;
        Ok(())
    }
}

/// Tells when an update begins and ends.
struct Told<'a>(&'a mut dyn FnMut(ReplayEvent));

impl Visitor for Told<'_> {
    fn begins(&mut self, _watch: &mut dyn Watch) -> Result<(), Cancelled> {
        (self.0)(ReplayEvent::UpdateBegins);
        Ok(())
    }

    fn ended(&mut self, _training: &Training<'_>) -> bool {
        (self.0)(ReplayEvent::UpdateEnds);
        true
    }
}

/// Runs a session of `budget` queries in batches of the `batch` best candidates: [`replay_by`] with
/// [`Strategy::Top`].
///
/// # Errors
/// [`Cancelled`] when `watch` says so.
pub fn replay(
    fitted: &Arc<Fitted>,
    oracle: Oracle<'_>,
    budget: usize,
    batch: usize,
    watch: &mut dyn Watch,
    tell: &mut dyn FnMut(ReplayEvent),
) -> Result<Replay, Cancelled> {
    replay_by(Strategy::Top, fitted, oracle, budget, batch, watch, tell)
}

/// Runs a session of `budget` queries in batches of `batch`, picked by a strategy and answered by
/// the oracle.
///
/// It takes the same steps as an analyst in the window, through the same [`Session`], so that a
/// replay is evidence of what the window does. It ends early when no instance is left.
///
/// # Errors
/// [`Cancelled`] when `watch` says so.
pub fn replay_by(
    strategy: Strategy,
    fitted: &Arc<Fitted>,
    oracle: Oracle<'_>,
    budget: usize,
    batch: usize,
    watch: &mut dyn Watch,
    tell: &mut dyn FnMut(ReplayEvent),
) -> Result<Replay, Cancelled> {
    let mut replay = Replay::begin(fitted, batch).picking(strategy);
    while replay.found.len() < budget {
        let left = budget - replay.found.len();
        if !replay.round(oracle, left, watch, tell)? {
            break;
        }
    }
    Ok(replay)
}
