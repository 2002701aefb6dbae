//! The labels that came with the table.

use crate::dataset::Label;

/// The labels that came with the table, one per instance, some perhaps unknown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Truth {
    column: String,
    labels: Vec<Option<Label>>,
    anomalies: usize,
    nominals: usize,
}

impl Truth {
    pub(in crate::dataset) fn new(column: String, labels: Vec<Option<Label>>) -> Self {
        let count = |label| labels.iter().filter(|&&known| known == Some(label)).count();
        Self {
            anomalies: count(Label::Anomaly),
            nominals: count(Label::Nominal),
            column,
            labels,
        }
    }

    /// The column that the labels came from.
    pub fn column(&self) -> &str {
        &self.column
    }

    /// The label of an instance; `None` when it is unknown or there is no such instance.
    pub fn label(&self, instance: usize) -> Option<Label> {
        self.labels.get(instance).copied().flatten()
    }

    /// All labels, `[n_instances]`.
    pub fn labels(&self) -> &[Option<Label>] {
        &self.labels
    }

    /// How many instances are known to be anomalies.
    pub fn anomalies(&self) -> usize {
        self.anomalies
    }

    /// How many instances are known to be nominal.
    pub fn nominals(&self) -> usize {
        self.nominals
    }

    /// The fraction of anomalies among the instances whose label is known; 0 when none is.
    pub fn contamination(&self) -> f64 {
        match self.anomalies + self.nominals {
            0 => 0.0,
            known => self.anomalies as f64 / known as f64,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contamination_counts_known_labels_only() {
        let labels = vec![Some(Label::Anomaly), None, Some(Label::Nominal), None];
        let truth = Truth::new("label".into(), labels);
        assert_eq!((truth.anomalies(), truth.nominals()), (1, 1));
        assert_eq!(truth.contamination(), 0.5);
        assert_eq!(truth.label(1), None);
        assert_eq!(truth.label(9), None);
        assert_eq!(Truth::new("y".into(), vec![None; 3]).contamination(), 0.0);
    }
}
