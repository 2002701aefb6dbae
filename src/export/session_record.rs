//! How a session went: all its revisions, built again.

use std::sync::Arc;

use super::whole::words;
use crate::dataset::{ColumnSummary, Dataset, Label};
use crate::detector::{Fitted, Losses, Model, Why};
use crate::numeric::{Cancelled, Watch};
use crate::session::{DiscoveryCurve, Session, Summary, Training, Visitor};
use crate::store::Document;

/// A session with the model at its position, the model before, and what its trainings lost.
///
/// 1. A session file holds the weights at its position only; the others are trained again on what was
///    known then, and their digests tell that they came out the same to the bit. What had fallen
///    due when the file was saved is trained, too, as it is when the session is opened.
/// 2. Where they do not (another version of the program saved the file), the model is that of the
///    weights in the file, and there is neither a model before nor a loss ([`Self::is_rebuilt`]).
#[derive(Clone, Debug)]
pub struct SessionRecord {
    pub(super) session: Session,
    pub(super) model: Arc<Model>,
    pub(super) before: Option<Arc<Model>>,
    pub(super) losses: Vec<Losses>,
    pub(super) rebuilt: bool,
    pub(super) summary: Summary,
    pub(super) columns: Vec<ColumnSummary>,
    pub(super) names: Vec<String>,
}

impl SessionRecord {
    /// Builds the revisions of a session again.
    ///
    /// # Errors
    /// [`Cancelled`] when `watch` says so.
    pub fn of(document: &Document, watch: &mut dyn Watch) -> Result<Self, Cancelled> {
        let fitted = document.fitted();
        let mut session = document.session.without_weights();
        let mut retraced = Retraced {
            revisions: session.revision(),
            ..Retraced::default()
        };
        let primed = Arc::new(Model::primed(fitted));
        let mut model = session.catch_up(primed, watch, &mut retraced)?;
        if retraced.differs {
            session = document.session.clone();
            model = Arc::clone(&document.model);
            (retraced.before, retraced.losses) = (None, Vec::new());
        }
        let Retraced { before, losses, .. } = retraced;
        let rebuilt = losses.len() as u64 == session.revision();
        let dataset = fitted.dataset();
        Ok(Self {
            summary: session.summary(),
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

    /// The model at its position.
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
        let what = dataset.id_name();
        format!("{what} {}", dataset.id(instance))
    }

    /// What all instances together are called: "the table", "the images"; and that they have something.
    pub(super) fn whole(&self) -> (&'static str, &'static str) {
        let (_, all, have) = words(self.dataset());
        (all, have)
    }

    /// The discovery curve.
    pub(super) fn curve(&self) -> &DiscoveryCurve {
        &self.summary.curve
    }

    /// The baseline's curve over as many queries.
    pub(super) fn baseline(&self) -> DiscoveryCurve {
        let order = self.fitted().baseline_order(self.curve().len());
        self.summary.baseline(self.dataset(), &order)
    }

    /// The anomalies of the table, where its truth knows both kinds.
    pub(super) fn true_anomalies(&self) -> Option<usize> {
        let truth = self.dataset().truth()?;
        (truth.anomalies() > 0 && truth.nominals() > 0).then(|| truth.anomalies())
    }

    /// The labels in force, by instance.
    pub(super) fn labels(&self) -> Vec<(usize, Label)> {
        let answers = self.summary.answers.iter();
        let labels = answers.filter_map(|(instance, answer)| Some((*instance, answer.label()?)));
        labels.collect()
    }

    pub(super) fn why(&self, instance: usize) -> Why {
        Why::of(&self.model, instance, self.labels())
    }

    pub(super) fn candidates(&self) -> Vec<usize> {
        (self.session).candidates_without(&self.model, &self.summary.answers)
    }
}

/// Collects what the report tells of the trainings; stops at one that comes out otherwise.
#[derive(Default)]
struct Retraced {
    /// The number of revisions in all.
    revisions: u64,
    before: Option<Arc<Model>>,
    losses: Vec<Losses>,
    differs: bool,
}

impl Visitor for Retraced {
    fn begins(&mut self, watch: &mut dyn Watch) -> Result<(), Cancelled> {
        let (done, all) = (self.losses.len(), self.revisions as usize);
        watch.step("training again", done, all)
    }

    fn ended(&mut self, training: &Training<'_>) -> bool {
        // What fell due and had not been trained when the file was saved has no digest.
        self.differs = training.differs();
        self.losses.push(training.after.losses().clone());
        self.before = Some(Arc::clone(training.before));
        !self.differs
    }
}
