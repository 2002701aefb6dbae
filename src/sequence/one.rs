//! One sequence.

use ndarray::Array2;
use serde::{Deserialize, Serialize};

/// One sequence: an instance.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sequence {
    /// What the analyst calls it.
    pub id: String,
    /// Its class in the file, where there is one.
    pub class: Option<String>,
    /// The values `[t, channels]`.
    #[serde(with = "matrix")]
    pub values: Array2<f32>,
    /// The phase of each moment, where the file names it.
    pub phases: Option<Vec<String>>,
}

impl Sequence {
    /// The number of moments.
    pub fn len(&self) -> usize {
        self.values.nrows()
    }

    /// Whether there are no moments; never.
    pub fn is_empty(&self) -> bool {
        self.values.nrows() == 0
    }
}

/// Values are written as their number of columns and themselves, row by row.
mod matrix {
    use ndarray::Array2;
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(super) fn serialize<S: Serializer>(values: &Array2<f32>, to: S) -> Result<S::Ok, S::Error> {
        let all: Vec<f32> = values.iter().copied().collect();
        (values.ncols(), all).serialize(to)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Array2<f32>, D::Error> {
        let (width, values) = <(usize, Vec<f32>)>::deserialize(from)?;
        let shape = (values.len() / width.max(1), width);
        Array2::from_shape_vec(shape, values).map_err(D::Error::custom)
    }
}
