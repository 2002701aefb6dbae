//! How whatever is at a path would be read, for whoever is about to open it.

use std::path::Path;

use super::Source;
use crate::dataset::table::preview::{self, Preview};
use crate::dataset::{DatasetError, ReadOptions, images, sequences};

/// Reads the beginning of a file and says how the options would read it.
///
/// A choice that does not fit the columns (yet) is no error here: `label` and `id` are then
/// `None`, so that a dialog can still show what there is to choose from.
///
/// # Errors
///
/// The file cannot be opened, is empty, or is not text.
pub fn preview(path: &Path, options: &ReadOptions) -> Result<Preview, DatasetError> {
    let source = Source::probe(path, options);
    let options = options.suited(source, path)?;
    match source {
        Source::Table => preview::preview(path, &options),
        Source::Images => images::preview(path, &options),
        Source::Sequences => sequences::preview(path, &options),
    }
}
