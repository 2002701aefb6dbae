//! A session in which the oracle answers.

use std::sync::Arc;

use super::Oracle;
use crate::detector::{Fitted, Model};
use crate::numeric::{Cancelled, Watch};
use crate::session::{DiscoveryCurve, Outcome, Session, candidates, curve_of};

/// A finished replay.
#[derive(Clone, Debug)]
pub struct Replay {
    /// The session as an analyst would have left it.
    pub session: Session,
    /// The last model.
    pub model: Model,
    /// Anomalies found, one entry a query.
    pub found: DiscoveryCurve,
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

/// Runs a session of `budget` queries in batches of `batch`, answered by the oracle.
///
/// It takes the same steps as an analyst in the window, through the same [`Session`], so that a
/// replay is evidence of what the window does. It ends early when no instance is left.
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
    let mut session = Session::new(Arc::clone(fitted.primed()), batch);
    let mut model = Model::primed(fitted);
    let mut spent = 0;
    while spent < budget {
        let round = session.batch().min(budget - spent);
        let asked = candidates(&model, &session.answers(), round);
        if asked.is_empty() {
            break;
        }
        for instance in asked.into_iter().take(round) {
            session.answer(instance, oracle.answer(instance));
            spent += 1;
            tell(ReplayEvent::Answered(spent));
        }
        while let Some(plan) = session.due() {
            tell(ReplayEvent::UpdateBegins);
            model = plan.run(&model, watch)?;
            tell(ReplayEvent::UpdateEnds);
            session.settle(&plan, Outcome::Trained(Arc::clone(model.weights())));
        }
    }
    let found = curve_of(session.answers_in_order());
    Ok(Replay {
        session,
        model,
        found,
    })
}
