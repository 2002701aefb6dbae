//! Some rows of a table.

use ndarray::Array2;

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
