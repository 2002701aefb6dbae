//! Another table of the same columns, for a session that goes on with it.

use ndarray::{Array2, Axis, concatenate};
use serde::{Deserialize, Serialize};

use super::{Dataset, check_size};
use crate::dataset::columns::times::Times;
use crate::dataset::rows::ids::Ids;
use crate::dataset::{DatasetError, EmbeddedTable, Label, ReadOptions, Schema, Truth};

/// A table that is read by the columns of an earlier one, with rows of that one at its end.
///
/// 1. Columns are found by name; categories are those of the earlier table, and gaps are filled by
///    its medians.
/// 2. The earlier rows are those that a session knows something of: their answers go on counting.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Continued {
    /// Where the table is.
    pub path: String,
    /// How it is read.
    pub options: ReadOptions,
    /// The columns.
    pub schema: Schema,
    /// The earlier rows; none where the table holds the earlier one.
    pub earlier: EmbeddedTable,
}

impl Dataset {
    /// Some rows, as a table inside another file.
    pub fn rows(&self, instances: &[usize]) -> EmbeddedTable {
        let ids = instances.iter().map(|&instance| self.id(instance));
        let truth = self.truth();
        EmbeddedTable {
            name: self.name.clone(),
            columns: self.columns.clone(),
            ids: Some((self.id_name().to_owned(), ids.collect())),
            truth: truth.map(|truth| {
                let labels = instances.iter().map(|&instance| truth.label(instance));
                (truth.column().to_owned(), labels.collect())
            }),
            values: self
                .features
                .select(Axis(0), instances)
                .into_iter()
                .collect(),
            times: (self.times.iter())
                .map(|times| {
                    let texts = instances.iter().map(|&instance| times.text(instance));
                    (times.name.clone(), texts.collect())
                })
                .collect(),
            units: self.units.clone(),
        }
    }

    /// This table with rows of an earlier one at its end; their ids say which it was.
    ///
    /// # Errors
    /// [`DatasetError::Sizes`] where the rows are of another width, and what is too large.
    pub fn followed_by(mut self, earlier: &EmbeddedTable) -> Result<Self, DatasetError> {
        let (n, width) = self.features.dim();
        let more = earlier.values.len() / width.max(1);
        let sizes = |what, found, expected| match found == expected {
            true => Ok(()),
            false => Err(DatasetError::Sizes(what, found, expected)),
        };
        sizes("values", earlier.values.len(), more * width)?;
        let texts = earlier.ids.as_ref().map(|(_, texts)| texts.as_slice());
        let texts = texts.unwrap_or_default();
        sizes("ids", texts.len(), more)?;
        if let Some((_, labels)) = &earlier.truth {
            sizes("labels", labels.len(), more)?;
        }
        if let Some(index) = earlier.values.iter().position(|value| !value.is_finite()) {
            let name = self.feature_names[index % width].clone();
            return Err(DatasetError::NotFinite(n + index / width + 1, name));
        }
        check_size(n + more, &self.feature_names, &self.columns)?;
        if more == 0 {
            return Ok(self);
        }
        let values = Array2::from_shape_vec((more, width), earlier.values.clone())
            .map_err(|_| DatasetError::Sizes("values", earlier.values.len(), more * width))?;
        let column = self.id_name().to_owned();
        let mut ids = Ids::new(column);
        (0..n).for_each(|instance| ids.push(&self.id(instance)));
        for text in texts {
            ids.push(&format!("{text} of {}", earlier.name));
        }
        let labels = |truth: &Option<(String, Vec<Option<Label>>)>| match truth {
            Some((_, labels)) => labels.clone(),
            None => vec![None; more],
        };
        let own = self.truth.as_ref();
        let column = own.map(Truth::column).map(str::to_owned);
        let column = column.or_else(|| earlier.truth.as_ref().map(|(column, _)| column.clone()));
        self.truth = column.map(|column| {
            let own = own.map_or_else(|| vec![None; n], |truth| truth.labels().to_vec());
            Truth::new(column, [own, labels(&earlier.truth)].concat())
        });
        self.features = concatenate(Axis(0), &[self.features.view(), values.view()])
            .map_err(|_| DatasetError::Sizes("values", earlier.values.len(), more * width))?;
        self.ids = Some(ids);
        for times in &mut self.times {
            let earlier = earlier.times.iter().find(|(name, _)| *name == times.name);
            let earlier = earlier.map(|(name, texts)| Times::of_texts(name, texts).seconds);
            times.seconds.resize(n, f64::NAN);
            times.seconds.extend(earlier.unwrap_or_default());
            times.seconds.resize(n + more, f64::NAN);
        }
        self.fingerprint = Default::default();
        self.origin = None;
        Ok(self)
    }

    /// Whether this table begins with all rows of another one, and has more.
    pub fn is_longer(&self, other: &Self) -> bool {
        let n = other.n_instances();
        let same = self.feature_names == other.feature_names && self.n_instances() > n;
        same && (other.features.rows().into_iter())
            .zip(self.features.rows())
            .all(|(theirs, own)| theirs == own)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::dataset::{Fill, read_from};

    #[test]
    fn another_table_is_read_by_the_columns_of_the_first_and_followed_by_rows_of_it() {
        let options = ReadOptions::default();
        let text =
            "id,a,colour,b,label\nm1,1,red,5,nominal\nm2,3,blue,6,anomaly\nm3,2,red,9,nominal\n";
        let first = read_from(text.as_bytes(), "monday", &options).expect("a table");
        let schema = Schema::of(&first);
        assert_eq!(schema.fills()[1], Fill::Number(2.0));
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("tuesday.csv");
        // Other order, another category, a column more, and a feature that is constant.
        let text = "b,label,id,a,extra,colour\n1,anomaly,t1,7,0,green\n2,,t2,7,0,red\n3,nominal,t3,7,1,red\n";
        fs::write(&path, text).expect("room");
        let earlier = first.rows(&[1]);
        let continued = Continued {
            path: path.display().to_string(),
            options: options.clone(),
            schema: schema.clone(),
            earlier,
        };
        let both = continued.open(&path).expect("a table");
        assert_eq!(both.feature_names(), first.feature_names());
        assert_eq!(both.n_instances(), 4);
        assert_eq!(both.features().row(0).to_vec(), [7.0, 0.0, 0.0, 1.0]);
        assert_eq!(both.features().row(3), first.features().row(1));
        assert_eq!(
            (both.id(0), both.id(3)),
            ("t1".into(), "m2 of monday".into())
        );
        let truth = both.truth().expect("labels");
        assert_eq!(
            (truth.label(1), truth.label(3)),
            (None, Some(Label::Anomaly))
        );
        let notices = both.notices().join(" ");
        assert!(
            notices.contains("extra") && notices.contains("green"),
            "{notices}"
        );
        assert_eq!(
            continued.open(&path).expect("again").fingerprint(),
            both.fingerprint()
        );
        fs::write(&path, "b,id,a\n1,2,3\n").expect("room");
        let told = continued.open(&path).expect_err("a refusal").to_string();
        assert!(told.contains("colour"), "{told}");
        assert!(!both.is_longer(&first) && !first.is_longer(&first));
        let longer = first.clone().followed_by(&first.rows(&[0])).expect("rows");
        assert!(longer.is_longer(&first));
    }
}
