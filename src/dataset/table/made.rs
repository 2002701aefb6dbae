//! Tables that are made of what was learnt of other things: images, sequences.

use ndarray::Array2;

use super::{Dataset, check_size};
use crate::dataset::columns::spread::Spread;
use crate::dataset::rows::ids::Ids;
use crate::dataset::{Column, DatasetError, Role, Truth, names};

/// A table in the making: first the columns that name the instances, then those with values.
pub(in crate::dataset) struct Made {
    ids: Ids,
    truth: Option<Truth>,
    columns: Vec<Column>,
    features: Vec<Vec<f32>>,
}

impl Made {
    /// A table whose instances have ids, and perhaps a truth.
    pub(in crate::dataset) fn new(ids: Ids, truth: Option<Truth>) -> Self {
        let column = |name: &str, role| Column {
            name: name.to_owned(),
            role,
        };
        let mut columns = vec![column(ids.column(), Role::Id)];
        let label = truth.as_ref().map(Truth::column);
        columns.extend(label.map(|label| column(label, Role::Label)));
        Self {
            ids,
            truth,
            columns,
            features: Vec::new(),
        }
    }

    /// Adds a column with a value of each instance; one that does not vary makes no feature.
    pub(in crate::dataset) fn add(&mut self, name: String, role: Role, values: Vec<f32>) {
        let mut spread = Spread::default();
        (values.iter()).for_each(|value| spread.add(f64::from(*value)));
        let role = match spread.is_constant() {
            true => Role::constant(),
            false => {
                self.features.push(values);
                role
            }
        };
        self.columns.push(Column { name, role });
    }

    /// The table of `n` instances.
    ///
    /// # Errors
    /// It is too small or too large.
    pub(in crate::dataset) fn table(
        self,
        name: &str,
        n: usize,
        notices: Vec<String>,
    ) -> Result<Dataset, DatasetError> {
        let Self {
            ids,
            truth,
            columns,
            features,
        } = self;
        let (feature_names, _) = names::unique(columns.iter().flat_map(Column::features).collect());
        check_size(n, &feature_names, &columns)?;
        let values =
            Array2::from_shape_fn((n, features.len()), |(row, column)| features[column][row]);
        Ok(Dataset {
            ids: Some(ids),
            truth,
            notices,
            ..Dataset::bare(name, feature_names, values, columns)
        })
    }
}
