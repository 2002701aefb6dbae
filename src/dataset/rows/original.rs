//! Rows as they stand in their file, columns that no detector sees included.

use std::collections::BTreeMap;
use std::path::PathBuf;

use thiserror::Error;

use crate::dataset::{Column, Dataset, DatasetError, Origin, Role, Rows, Schema};
use crate::numeric::Watch;

/// Rows between two looks at whether anybody still waits.
const ROWS: usize = 1 << 14;

/// The name of the phase, as [`Watch`] is told it.
pub const LOOKING_UP: &str = "looking rows up";

/// Why a row cannot be shown as it stands in its file.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum OriginalError {
    /// The table came from no file, or with the session and without its file.
    #[error("The table has no file here: what is not a feature of it is not known.")]
    NoFile,
    /// The file cannot be read.
    #[error(transparent)]
    Unreadable(#[from] DatasetError),
    /// It holds another table by now.
    #[error("The file “{}” has changed since the table was read (row {row}): its rows are not those of the table any more.", .path.display())]
    Changed {
        /// The file.
        path: PathBuf,
        /// The first row that was looked for and is another one, counted from 1.
        row: usize,
    },
}

/// Reads some rows of a table again from its file; of each instance the text of every column, in
/// the order of [`Dataset::columns`].
///
/// Each row is checked: it must make the features that the table holds, to the bit. `schema` is
/// that of the table.
///
/// # Errors
/// [`OriginalError`]; with [`DatasetError::Cancelled`] when `watch` says so.
pub fn originals(
    dataset: &Dataset,
    schema: &Schema,
    wanted: &[usize],
    watch: &mut dyn Watch,
) -> Result<BTreeMap<usize, Vec<String>>, OriginalError> {
    let origin = dataset.origin().ok_or(OriginalError::NoFile)?;
    let path = origin.path().ok_or(OriginalError::NoFile)?;
    let mut wanted = wanted.to_vec();
    wanted.sort_unstable();
    wanted.dedup();
    let last = wanted.last().copied().unwrap_or(0);
    let changed = |instance: usize| OriginalError::Changed {
        path: path.clone(),
        row: instance + 1,
    };
    let mut rows = Rows::open(&path, schema, &Origin::read_options(origin))?;
    let mut found = BTreeMap::new();
    let mut at = 0;
    for instance in wanted {
        while at < instance {
            if at.is_multiple_of(ROWS) {
                watch
                    .step(LOOKING_UP, at, last.max(1))
                    .map_err(DatasetError::from)?;
            }
            if !rows.pass()? {
                return Err(changed(at));
            }
            at += 1;
        }
        let (texts, features) = rows.here()?;
        let kept = dataset.features();
        let kept = kept.row(instance);
        let of_file = |column: &&Column| !matches!(column.role, Role::OfTime { .. });
        let columns = dataset.columns().iter().filter(of_file).count();
        let is_same = texts.len() == columns
            && features.len() == kept.len()
            && features.iter().zip(kept).all(|(read, kept)| read == kept);
        if !is_same {
            return Err(changed(instance));
        }
        found.insert(instance, texts);
    }
    Ok(found)
}
