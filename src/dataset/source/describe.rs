//! What images or sequences at a path are, before anything is learnt of them.

use std::path::Path;

use super::Source;
use crate::dataset::{DatasetError, Description, ReadOptions, images, sequences};
use crate::disk::exists;

/// Says what images or sequences at a path are; `None` where they are a table.
///
/// # Errors
/// They do not read.
pub fn describe(path: &Path, options: &ReadOptions) -> Result<Option<Description>, DatasetError> {
    let source = Source::probe(path, options);
    if source == Source::Table {
        return Ok(None);
    }
    let is_named = source == Source::Sequences && sequences::is_toy(path);
    if !exists(path) && !is_named {
        return Err(DatasetError::NotFound(path.into()));
    }
    let options = options.suited(source, path)?;
    match source {
        Source::Images => images::describe(path, &options),
        _ => sequences::describe(path, &options),
    }
    .map(Some)
}
