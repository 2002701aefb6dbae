//! Reads whatever is at a path: a table, images or sequences.

use std::path::Path;

use super::Source;
use crate::dataset::table::read::read_table;
use crate::dataset::{Dataset, DatasetError, ReadOptions, images, sequences};
use crate::numeric::{Unwatched, Watch};

/// Reads a table in a file of any of the formats that the dataset's [`ENDINGS`](crate::dataset::ENDINGS) name.
///
/// # Errors
///
/// The file cannot be opened, or is no table of finite numbers; see [`DatasetError`].
pub fn read_path(path: &Path, options: &ReadOptions) -> Result<Dataset, DatasetError> {
    read_path_watched(path, options, &mut Unwatched)
}

/// Does what [`read_path`] does, and tells `watch` how much of the file is read.
///
/// # Errors
///
/// As [`read_path`], and [`DatasetError::Cancelled`] when `watch` says so.
pub fn read_path_watched(
    path: &Path,
    options: &ReadOptions,
    watch: &mut dyn Watch,
) -> Result<Dataset, DatasetError> {
    let options = options.suited(Source::probe(path, options), path)?;
    read_as_before(path, &options, watch)
}

/// Does the same by options that have been used before, of which none is refused or understood in
/// another way than then.
pub(super) fn read_as_before(
    path: &Path,
    options: &ReadOptions,
    watch: &mut dyn Watch,
) -> Result<Dataset, DatasetError> {
    match Source::probe(path, options) {
        Source::Table => read_table(path, options, watch),
        Source::Images => images::read(path, options, watch),
        Source::Sequences => sequences::read(path, options, watch),
    }
}
