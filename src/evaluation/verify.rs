//! Does a session reproduce itself?

use std::fmt;
use std::sync::Arc;

use crate::detector::{Fitted, Model};
use crate::numeric::{Cancelled, Watch};
use crate::session::file::SavedSession;
use crate::session::{Action, Outcome};

/// Where a session first differs from what its file says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// A revision came out with other weights.
    Revision {
        /// Which, counted from 1.
        revision: u64,
        /// The step of the history with which it fell due, counted from 1.
        step: usize,
        /// What was done in it.
        act: String,
    },
    /// The weights in the file are not those that its last revision ends with.
    Weights {
        /// The last revision.
        revision: u64,
    },
}

impl fmt::Display for Difference {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Revision {
                revision,
                step,
                act,
            } => write!(
                to,
                "revision {revision} ends with other weights (step {step}, {act})"
            ),
            Self::Weights { revision } => write!(
                to,
                "the weights in the file are not those that revision {revision} ends with"
            ),
        }
    }
}

/// Trains every revision of a session again, the undone ones too, and compares each with what its
/// file says; returns how many there were, or the first that differs.
///
/// # Errors
/// [`Cancelled`] when `watch` says so.
pub fn verify(
    saved: &SavedSession,
    fitted: &Arc<Fitted>,
    watch: &mut dyn Watch,
    tell: &mut dyn FnMut(u64),
) -> Result<Result<u64, Difference>, Cancelled> {
    let mut session = saved.outline(fitted);
    let place = session.place();
    session.play(session.history().len());
    let mut model = Model::primed(fitted);
    let mut revision = 0;
    let mut present = Arc::clone(fitted.primed());
    while let Some(plan) = session.due() {
        model = plan.run(&model, watch)?;
        let digest = model.weights().digest();
        if session.known_digest(&plan) != Some(digest) {
            let act = act(&session.history()[plan.step].action, fitted);
            return Ok(Err(Difference::Revision {
                revision: plan.revision,
                step: plan.step + 1,
                act,
            }));
        }
        revision = plan.revision;
        tell(revision);
        if plan.step < place {
            present = Arc::clone(model.weights());
        }
        session.settle(&plan, Outcome::Trained(Arc::clone(model.weights())));
    }
    let differs = saved
        .weights
        .as_ref()
        .is_some_and(|weights| *weights != *present);
    Ok(match differs {
        true => Err(Difference::Weights {
            revision: saved.revision() as u64,
        }),
        false => Ok(revision),
    })
}

fn act(action: &Action, fitted: &Fitted) -> String {
    let names: Vec<String> = action
        .instances()
        .iter()
        .take(3)
        .map(|&instance| fitted.dataset().id(instance))
        .collect();
    let what = fitted.dataset().id_column().unwrap_or("row");
    match action {
        Action::Answer { reply, .. } => {
            format!(
                "the answer {} to {what} {}",
                reply.answer.name(),
                names.join(", ")
            )
        }
        Action::Retrain => "training by hand".to_owned(),
        _ => format!("an act on {what} {}", names.join(", ")),
    }
}
