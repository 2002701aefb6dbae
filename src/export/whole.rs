//! What instances are called in what is written: rows of a table, images, or sequences.

use crate::dataset::Dataset;

/// One of them, as the name of a column, and all of them with the verb to have.
pub(super) fn words(dataset: &Dataset) -> (&'static str, &'static str, &'static str) {
    match dataset.id_column() {
        _ if dataset.given_scores().is_empty() => ("row", "the table", "The table has"),
        Some("image") => ("image", "the images", "The images have"),
        Some("sequence") => ("sequence", "the sequences", "The sequences have"),
        _ => ("row", "the table", "The table has"),
    }
}
