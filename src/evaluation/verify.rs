//! Does a session reproduce itself?

use std::fmt;
use std::sync::Arc;

use crate::detector::{Fitted, Model, Weights};
use crate::numeric::{Cancelled, Watch};
use crate::session::{Action, Step, Training, Visitor};
use crate::store::SavedSession;

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
    let mut check = Check {
        history: session.history().to_vec(),
        cursor: session.cursor(),
        fitted,
        tell,
        revision: 0,
        present: Arc::clone(fitted.primed()),
        difference: None,
    };
    session.play(session.history().len());
    session.catch_up(Arc::new(Model::primed(fitted)), watch, &mut check)?;
    let differs = saved
        .weights
        .as_ref()
        .is_some_and(|weights| *weights != *check.present);
    Ok(match (check.difference, differs) {
        (Some(difference), _) => Err(difference),
        (None, true) => Err(Difference::Weights {
            revision: saved.revision() as u64,
        }),
        (None, false) => Ok(check.revision),
    })
}

/// Compares each revision with what its file says, and stops at the first that differs.
struct Check<'a> {
    history: Vec<Step>,
    /// How many of the steps are done.
    cursor: usize,
    fitted: &'a Fitted,
    tell: &'a mut dyn FnMut(u64),
    /// The last revision that came out the same.
    revision: u64,
    /// The weights of the place, as far as they are built.
    present: Arc<Weights>,
    difference: Option<Difference>,
}

impl Visitor for Check<'_> {
    fn ended(&mut self, training: &Training<'_>) -> bool {
        let plan = training.plan;
        if training.differs() {
            self.difference = Some(Difference::Revision {
                revision: plan.revision,
                step: plan.step + 1,
                act: act(&self.history[plan.step].action, self.fitted),
            });
            return false;
        }
        self.revision = plan.revision;
        (self.tell)(plan.revision);
        if plan.step < self.cursor {
            self.present = Arc::clone(training.after.weights());
        }
        true
    }
}

fn act(action: &Action, fitted: &Fitted) -> String {
    let names: Vec<String> = action
        .instances()
        .iter()
        .take(3)
        .map(|&instance| fitted.dataset().id(instance))
        .collect();
    let what = fitted.dataset().id_name();
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
