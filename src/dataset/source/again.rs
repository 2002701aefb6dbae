//! Reads a table again: from where it came, or another one of the same columns.

use std::path::{Path, PathBuf};

use ndarray::Array2;

use super::read::read_as_before;
use crate::dataset::images::open_image_toy;
use crate::dataset::rows::ids::Ids;
use crate::dataset::sequences::open_sequence_toy;
use crate::dataset::table::check_size;
use crate::dataset::table::read::READING;
use crate::dataset::{
    Continued, Dataset, DatasetError, Label, Origin, ReadOptions, Rows, Schema, Truth, toys,
};
use crate::disk::is_file;
use crate::imaging::image_toys;
use crate::numeric::{Unwatched, Watch};
use crate::sequence::sequence_toys;

/// Rows read between two looks at whether anybody waits.
const ROWS: usize = 1 << 14;

impl Origin {
    /// Reads the table again; one that is not where it was is looked for in `beside`, the folder of
    /// the session that asks, as the two often move together.
    ///
    /// # Errors
    /// It is in neither place, or does not read.
    pub fn open(&self, beside: Option<&Path>) -> Result<Dataset, DatasetError> {
        match self {
            Self::Toy(name) => toy_of(name),
            Self::File { path, .. } => self.open_at(&found(path, beside)),
            Self::Continued(continued) => self.open_at(&found(&continued.path, beside)),
        }
    }

    /// Reads the table from another place, as it was read before.
    ///
    /// # Errors
    /// It is not there, or does not read.
    pub fn open_at(&self, path: &Path) -> Result<Dataset, DatasetError> {
        match self {
            Self::Continued(continued) => continued.open(path),
            other => read_as_before(path, &other.read_options(), &mut Unwatched),
        }
    }
}

/// Where a file is: at its path, else in a folder.
fn found(path: &str, beside: Option<&Path>) -> PathBuf {
    // A file name of another system may have its separators.
    let name = path.rsplit(['/', '\\']).next().unwrap_or_default();
    let path = Path::new(path);
    let moved = beside.map(|folder| folder.join(name));
    let moved = moved.filter(|moved| !is_file(path) && is_file(moved));
    moved.unwrap_or_else(|| path.to_owned())
}

/// Opens the bundled table, images or sequences of a name.
fn toy_of(name: &str) -> Result<Dataset, DatasetError> {
    if let Some(toy) = toys().iter().find(|toy| toy.name == name) {
        return Ok(toy.open());
    }
    if let Some(toy) = image_toys().iter().find(|toy| toy.name == name) {
        return open_image_toy(toy, &ReadOptions::default(), &mut Unwatched);
    }
    match sequence_toys().iter().find(|toy| toy.name == name) {
        Some(toy) => open_sequence_toy(toy, &mut Unwatched),
        None => Err(DatasetError::NotFound(PathBuf::from(name))),
    }
}

impl Continued {
    /// Reads the table at `path`.
    ///
    /// # Errors
    /// [`DatasetError`].
    pub fn open(&self, path: &Path) -> Result<Dataset, DatasetError> {
        let new = read_by(path, &self.schema, &self.options, &mut Unwatched)?;
        let all = new.followed_by(&self.earlier)?;
        Ok(all.with_origin(Some(Origin::Continued(Box::new(self.clone())))))
    }
}

/// Reads a table by the columns of an earlier one; what is not as it was there is in its notices.
///
/// # Errors
/// [`DatasetError`]; a column that makes features is missing, among others.
pub fn read_by(
    path: &Path,
    schema: &Schema,
    options: &ReadOptions,
    watch: &mut dyn Watch,
) -> Result<Dataset, DatasetError> {
    let mut rows = Rows::open(path, schema, options)?;
    let [id_column, label_column] = rows.names().map(|name| name.map(str::to_owned));
    let mut ids = id_column.map(Ids::new);
    let mut labels = Vec::new();
    let mut values = Vec::new();
    let mut n = 0;
    while let Some(batch) = rows.next(ROWS)? {
        let (done, all) = rows.bytes();
        watch.step(READING, done as usize, all as usize)?;
        n += batch.ids.len();
        check_size(n.max(3), schema.feature_names(), schema.columns())?;
        values.extend(batch.features.iter());
        if let Some(ids) = &mut ids {
            batch.ids.iter().for_each(|id| ids.push(id));
        }
        labels.extend(batch.labels.iter().map(|label| label_of(label)));
    }
    check_size(n, schema.feature_names(), schema.columns())?;
    let shape = (n, schema.n_features());
    let found = values.len();
    let features = Array2::from_shape_vec(shape, values)
        .map_err(|_| DatasetError::Sizes("values", found, shape.0 * shape.1))?;
    let names = schema.feature_names().to_vec();
    Ok(Dataset {
        ids,
        truth: label_column.map(|column| Truth::new(column, labels)),
        notices: rows.notices(),
        origin: Some(Origin::of_file(path, options)),
        ..Dataset::bare(rows.name(), names, features, schema.columns().to_vec())
    })
}

fn label_of(text: &str) -> Option<Label> {
    let labels = [Label::Anomaly, Label::Nominal];
    labels.into_iter().find(|label| label.name() == text)
}
