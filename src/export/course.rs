//! How a session went: all its revisions, built again.

use std::sync::Arc;

use super::ExportError;
use crate::dataset::{ColumnSummary, Dataset, Label};
use crate::detector::{Fitted, Losses, Model, Why};
use crate::numeric::{Cancelled, Watch};
use crate::session::file::SavedSession;
use crate::session::{
    DiscoveryCurve, Given, Outcome, Session, baseline_curve, curve_of, labels_in_order,
};

/// A session with the belief of its place, the belief before, and what its trainings lost.
///
/// 1. A session file holds the weights of its place only; the others are trained again on what was
///    known then, and their digests tell that they came out the same to the bit. What had fallen
///    due when the file was saved is trained, too, as it is when the session is opened.
/// 2. Where they do not (another version of the program saved the file), the belief is that of the
///    weights in the file, and there is neither a belief before nor a loss ([`Self::is_rebuilt`]).
#[derive(Clone, Debug)]
pub struct Course {
    pub(super) session: Session,
    pub(super) model: Arc<Model>,
    pub(super) before: Option<Arc<Model>>,
    pub(super) losses: Vec<Losses>,
    pub(super) rebuilt: bool,
    pub(super) given: Vec<Given>,
    pub(super) columns: Vec<ColumnSummary>,
    pub(super) names: Vec<String>,
}

impl Course {
    /// Builds the revisions of a session again, on its table.
    ///
    /// # Errors
    /// [`ExportError::Session`] on another table or with weights that do not fit it,
    /// [`ExportError::Cancelled`] when `watch` says so.
    pub fn of(
        saved: &SavedSession,
        fitted: &Arc<Fitted>,
        watch: &mut dyn Watch,
    ) -> Result<Self, ExportError> {
        let resumed = saved.resume(Arc::clone(fitted), "the session")?.session;
        let (session, model, before, losses) = match retrace(saved, fitted, watch)? {
            Some(Retraced {
                session,
                model,
                before,
                losses,
            }) => (session, model, before, losses),
            None => {
                let weights = resumed.weights();
                let model = match weights {
                    Some(weights) => Model::with_weights(fitted, Arc::clone(weights)),
                    None => Model::primed(fitted),
                };
                (resumed, Arc::new(model), None, Vec::new())
            }
        };
        let rebuilt = losses.len() as u64 == session.revision();
        let dataset = fitted.dataset();
        Ok(Self {
            given: session.given(),
            columns: ColumnSummary::of(dataset),
            names: fitted.ensemble().names(dataset.feature_names()),
            session,
            model,
            before,
            losses,
            rebuilt,
        })
    }

    /// Whether all revisions came out as their file says.
    pub fn is_rebuilt(&self) -> bool {
        self.rebuilt
    }

    /// The belief of its place.
    pub fn model(&self) -> &Arc<Model> {
        &self.model
    }

    /// The session.
    pub fn session(&self) -> &Session {
        &self.session
    }

    pub(super) fn fitted(&self) -> &Arc<Fitted> {
        self.model.fitted()
    }

    pub(super) fn dataset(&self) -> &Arc<Dataset> {
        self.fitted().dataset()
    }

    /// What the analyst calls an instance: the id column's name, or "row", and its id.
    pub(super) fn name_of(&self, instance: usize) -> String {
        let dataset = self.dataset();
        let what = dataset.id_column().unwrap_or("row");
        format!("{what} {}", dataset.id(instance))
    }

    pub(super) fn curve(&self) -> DiscoveryCurve {
        curve_of(self.session.answers_in_order())
    }

    /// The baseline's curve over as many queries: by the truth where there is one, else by the
    /// answers.
    pub(super) fn baseline(&self, queries: usize) -> DiscoveryCurve {
        let answers = self.session.answers();
        let truth = self.dataset().truth();
        let label = |instance: usize| match truth {
            Some(truth) => truth.label(instance),
            None => answers.get(&instance).and_then(|answer| answer.label()),
        };
        baseline_curve(&self.fitted().baseline_order(queries), queries, label)
    }

    /// The anomalies of the table, where its truth knows both kinds.
    pub(super) fn true_anomalies(&self) -> Option<usize> {
        let truth = self.dataset().truth()?;
        (truth.anomalies() > 0 && truth.nominals() > 0).then(|| truth.anomalies())
    }

    /// The labels in force, by instance.
    pub(super) fn labels(&self) -> Vec<(usize, Label)> {
        let answers = self.session.answers().into_iter();
        let labels = answers.filter_map(|(instance, answer)| Some((instance, answer.label()?)));
        labels.collect()
    }

    /// The labels in force, in the order of their answers.
    pub(super) fn labels_in_order(&self) -> Vec<Label> {
        labels_in_order(self.session.answers_in_order())
    }

    pub(super) fn why(&self, instance: usize) -> Why {
        Why::of(&self.model, instance, self.labels())
    }

    pub(super) fn candidates(&self) -> Vec<usize> {
        self.session.candidates(&self.model)
    }
}

struct Retraced {
    session: Session,
    model: Arc<Model>,
    before: Option<Arc<Model>>,
    losses: Vec<Losses>,
}

/// Trains the revisions up to the place of a session again, and what has fallen due since; `None`
/// where one comes out otherwise.
fn retrace(
    saved: &SavedSession,
    fitted: &Arc<Fitted>,
    watch: &mut dyn Watch,
) -> Result<Option<Retraced>, Cancelled> {
    let mut session = saved.outline(fitted);
    let mut model = Arc::new(Model::primed(fitted));
    let (mut before, mut losses) = (None, Vec::new());
    while let Some(plan) = session.due() {
        watch.step("training again", losses.len(), saved.revision())?;
        let next = Arc::new(plan.run(&model, watch)?);
        // What fell due and had not been trained when the file was saved has no digest.
        let known = session.known_digest(&plan);
        if known.is_some_and(|known| known != next.weights().digest()) {
            return Ok(None);
        }
        losses.push(next.losses().clone());
        session.settle(&plan, Outcome::Trained(Arc::clone(next.weights())));
        before = Some(std::mem::replace(&mut model, next));
    }
    Ok(Some(Retraced {
        session,
        model,
        before,
        losses,
    }))
}
