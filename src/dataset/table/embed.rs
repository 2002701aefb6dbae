//! A table inside another file.

use std::collections::BTreeMap;

use ndarray::Array2;
use serde::{Deserialize, Serialize};

use super::{Dataset, check_size};
use crate::dataset::columns::times::Times;
use crate::dataset::rows::ids::{Ids, MAX_ID};
use crate::dataset::{Column, DatasetError, Label, Truth, names};

/// A whole table as plain values, to be written into a session file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EmbeddedTable {
    /// What the table is called.
    pub name: String,
    /// The columns with their roles.
    pub columns: Vec<Column>,
    /// The column of the ids, and the id of each instance.
    pub ids: Option<(String, Vec<String>)>,
    /// The column of the labels, and the label of each instance.
    pub truth: Option<(String, Vec<Option<Label>>)>,
    /// The columns of times, and the time of each instance as text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub times: Vec<(String, Vec<String>)>,
    /// The units of features, by their indices.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub units: BTreeMap<usize, String>,
    /// The features row by row.
    pub values: Vec<f32>,
}

impl EmbeddedTable {
    /// Takes a table apart.
    pub fn of(dataset: &Dataset) -> Self {
        let ids = dataset.ids.as_ref().map(|ids| {
            let all = (0..dataset.n_instances()).map(|instance| ids.get(instance));
            let texts = all.map(|id| id.unwrap_or_default().to_owned());
            (ids.column().to_owned(), texts.collect())
        });
        let truth = dataset.truth();
        Self {
            name: dataset.name().to_owned(),
            columns: dataset.columns().to_vec(),
            ids,
            truth: truth.map(|truth| (truth.column().to_owned(), truth.labels().to_vec())),
            times: dataset
                .times
                .iter()
                .map(|times| (times.name.clone(), times.texts()))
                .collect(),
            units: dataset.units.clone(),
            values: dataset.features().iter().copied().collect(),
        }
    }

    /// Puts the table together again.
    ///
    /// # Errors
    /// The parts do not fit together, a value is not finite, or a table of a file would be refused
    /// for its size.
    pub fn open(&self) -> Result<Dataset, DatasetError> {
        let (feature_names, _) =
            names::unique(self.columns.iter().flat_map(Column::features).collect());
        let width = feature_names.len();
        let rows = self.values.len() / width.max(1);
        check_size(rows, &feature_names, &self.columns)?;
        let count = |what, found, expected| match found == expected {
            true => Ok(()),
            false => Err(DatasetError::Sizes(what, found, expected)),
        };
        count("values", self.values.len(), rows * width)?;
        if let Some((column, ids)) = &self.ids {
            count("ids", ids.len(), rows)?;
            if let Some(row) = ids.iter().position(|id| id.len() > MAX_ID) {
                return Err(DatasetError::LongId(row as u64 + 1, column.clone()));
            }
        }
        for (_, times) in &self.times {
            count("times", times.len(), rows)?;
        }
        if let Some((_, labels)) = &self.truth {
            count("labels", labels.len(), rows)?;
        }
        if let Some(index) = self.values.iter().position(|value| !value.is_finite()) {
            let (row, column) = (index / width, index % width);
            return Err(DatasetError::NotFinite(
                row + 1,
                feature_names[column].clone(),
            ));
        }
        let features = Array2::from_shape_vec((rows, width), self.values.clone())
            .map_err(|_| DatasetError::Sizes("values", self.values.len(), rows * width))?;
        for (name, column) in feature_names.iter().zip(features.columns()) {
            if column.iter().all(|value| Some(value) == column.first()) {
                return Err(DatasetError::ConstantFeature(name.clone()));
            }
        }
        let ids = self.ids.as_ref().map(|(column, texts)| {
            let mut ids = Ids::new(column.clone());
            texts.iter().for_each(|id| ids.push(id));
            ids
        });
        let truth = self.truth.clone();
        Ok(Dataset {
            ids,
            truth: truth.map(|(column, labels)| Truth::new(column, labels)),
            units: self.units.clone(),
            times: self
                .times
                .iter()
                .map(|(name, texts)| Times::of_texts(name, texts))
                .collect(),
            ..Dataset::bare(&self.name, feature_names, features, self.columns.clone())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::{ReadOptions, read_from};

    fn table() -> Dataset {
        let text = "id,label,colour,x,y\na,anomaly,red,1,2\nb,,blue,3,1\nc,nominal,red,2,5\nd,nominal,blue,2,6\n";
        read_from(text.as_bytes(), "t", &ReadOptions::default()).expect("a table")
    }

    #[test]
    fn a_table_comes_out_as_it_went_in() {
        let before = table();
        let after = EmbeddedTable::of(&before).open().expect("a table");
        assert_eq!(before.fingerprint(), after.fingerprint());
        assert_eq!(before.feature_names(), after.feature_names());
        assert_eq!(
            (before.id(1), before.id_column()),
            (after.id(1), after.id_column())
        );
        assert_eq!(before.truth(), after.truth());
    }

    #[test]
    fn parts_that_do_not_fit_are_refused() {
        let refused = |change: fn(&mut EmbeddedTable)| {
            let mut parts = EmbeddedTable::of(&table());
            change(&mut parts);
            parts.open().expect_err("a refusal").to_string()
        };
        assert!(
            refused(|parts| {
                parts.values.pop();
            })
            .contains("values")
        );
        assert!(refused(|parts| parts.values[3] = f32::NAN).contains("not finite"));
        assert!(
            refused(|parts| {
                parts.ids.as_mut().map(|ids| ids.1.pop());
            })
            .contains("3 ids where 4")
        );
        assert!(refused(|parts| parts.columns.truncate(2)).contains("features are needed"));
        assert!(refused(|parts| parts.values.clear()).contains("0 rows"));
        assert!(
            refused(|parts| parts
                .values
                .iter_mut()
                .skip(2)
                .step_by(4)
                .for_each(|x| *x = 7.0))
            .contains("constant")
        );
    }
}
