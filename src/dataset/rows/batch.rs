//! Some rows of a table.

use ndarray::Array2;

use crate::dataset::DatasetError;

/// Some consecutive rows of a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Batch {
    /// The raw features `[k, d]` as the schema makes them, finite, in row-major standard layout.
    pub features: Array2<f32>,
    /// What each row is called: its id, or its 1-based number where it has none.
    pub ids: Vec<String>,
    /// The label of each row in the words anomaly and nominal, else as the table has it; empty
    /// where there is none.
    pub labels: Vec<String>,
}

/// The rows of a batch that is not full yet.
#[derive(Clone, Debug, Default)]
pub(super) struct Gathered {
    pub(super) features: Vec<f32>,
    pub(super) ids: Vec<String>,
    pub(super) labels: Vec<String>,
}

impl Gathered {
    /// Keeps the first `rows` of `d` features each.
    pub(super) fn truncate(&mut self, rows: usize, d: usize) {
        self.features.truncate(rows * d);
        self.ids.truncate(rows);
        self.labels.truncate(rows);
    }

    /// All of them as a batch of `d` features.
    pub(super) fn batch(self, d: usize) -> Result<Batch, DatasetError> {
        let (found, shape) = (self.features.len(), (self.ids.len(), d));
        let features = Array2::from_shape_vec(shape, self.features);
        Ok(Batch {
            features: features
                .map_err(|_| DatasetError::Sizes("values", found, shape.0 * shape.1))?,
            ids: self.ids,
            labels: self.labels,
        })
    }
}
