//! What the foot of the window says.

use super::App;
use crate::dataset::Label;
use crate::worker::Progress;

/// The line at the foot of the window.
#[derive(Clone, Debug, PartialEq)]
pub struct StatusView {
    /// The table's name.
    pub table: String,
    /// Instances.
    pub n_instances: usize,
    /// Features.
    pub n_features: usize,
    /// Ensemble members.
    pub members: usize,
    /// The fraction assumed anomalous.
    pub tau: f64,
    /// Instances labelled anomaly.
    pub anomalies: usize,
    /// Instances labelled nominal.
    pub nominals: usize,
    /// Instances with an answer that is no label.
    pub others: usize,
    /// The revision of the shown model.
    pub revision: u64,
    /// Answers until the next training.
    pub until_training: usize,
    /// How far the running work is.
    pub progress: Option<Progress>,
}

impl App {
    /// The line at the foot of the window; `None` without a table.
    pub fn status(&self) -> Option<StatusView> {
        let workspace = self.workspace()?;
        let fitted = workspace.model().fitted();
        let count = |label: Option<Label>| {
            workspace
                .answers()
                .values()
                .filter(|answer| answer.label() == label)
                .count()
        };
        let session = workspace.session();
        Some(StatusView {
            table: workspace.dataset().name().to_owned(),
            n_instances: workspace.dataset().n_instances(),
            n_features: workspace.dataset().n_features(),
            members: fitted.ensemble().len(),
            tau: fitted.settings().tau,
            anomalies: count(Some(Label::Anomaly)),
            nominals: count(Some(Label::Nominal)),
            others: count(None),
            revision: session.revision(),
            until_training: session.until_due(),
            progress: self.progress(),
        })
    }
}
