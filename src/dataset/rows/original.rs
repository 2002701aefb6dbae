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
    let mut wanted = wanted.to_vec();
    wanted.sort_unstable();
    wanted.dedup();
    let first = match by_number(dataset, schema, &wanted, watch) {
        Err(first) if !is_cancelled(&first) => first,
        done => return done,
    };
    // Rows that were taken out of the table, such as subtotals, stand in the file.
    match in_order(dataset, schema, &wanted, watch) {
        Err(second) if !is_cancelled(&second) => Err(first),
        done => done,
    }
}

fn is_cancelled(error: &OriginalError) -> bool {
    matches!(error, OriginalError::Unreadable(DatasetError::Cancelled(_)))
}

/// The texts of the rows that were looked for.
type Found = Result<BTreeMap<usize, Vec<String>>, OriginalError>;

/// That an instance is another row in the file by now.
fn changed(dataset: &Dataset, instance: usize) -> OriginalError {
    match dataset.origin().and_then(Origin::path) {
        Some(path) => OriginalError::Changed {
            path,
            row: instance + 1,
        },
        None => OriginalError::NoFile,
    }
}

/// The rows of the table's file.
fn rows_of<'s>(dataset: &Dataset, schema: &'s Schema) -> Result<Rows<'s>, OriginalError> {
    let origin = dataset.origin().ok_or(OriginalError::NoFile)?;
    let path = origin.path().ok_or(OriginalError::NoFile)?;
    Ok(Rows::open(&path, schema, &Origin::read_options(origin))?)
}

/// Whether a row of the file is an instance.
fn is_same(
    dataset: &Dataset,
    instance: usize,
    (texts, features): &(Vec<String>, Vec<f32>),
) -> bool {
    let kept = dataset.features();
    let kept = kept.row(instance);
    let of_file = |column: &&Column| !matches!(column.role, Role::OfTime { .. });
    texts.len() == dataset.columns().iter().filter(of_file).count()
        && features.len() == kept.len()
        && features.iter().zip(kept).all(|(read, kept)| read == kept)
}

/// Looks rows up by their numbers.
fn by_number(dataset: &Dataset, schema: &Schema, wanted: &[usize], watch: &mut dyn Watch) -> Found {
    let mut rows = rows_of(dataset, schema)?;
    let last = wanted.last().copied().unwrap_or(0);
    let mut found = BTreeMap::new();
    let mut at = 0;
    for &instance in wanted {
        while at < instance {
            look(at, last, watch)?;
            if !rows.pass()? {
                return Err(changed(dataset, at));
            }
            at += 1;
        }
        let here = rows.here()?;
        if !is_same(dataset, instance, &here) {
            return Err(changed(dataset, instance));
        }
        found.insert(instance, here.0);
    }
    Ok(found)
}

/// Looks rows up by comparing all before them, and passes over those of the file that are none of the
/// table.
fn in_order(dataset: &Dataset, schema: &Schema, wanted: &[usize], watch: &mut dyn Watch) -> Found {
    let mut rows = rows_of(dataset, schema)?;
    let last = wanted.last().copied().unwrap_or(0);
    let mut found = BTreeMap::new();
    let mut at = 0;
    loop {
        look(at, last, watch)?;
        // What is none of the table need not fit it.
        if let Ok(here) = rows.here()
            && is_same(dataset, at, &here)
        {
            if wanted.binary_search(&at).is_ok() {
                found.insert(at, here.0);
            }
            at += 1;
        }
        if at > last {
            return Ok(found);
        }
        if !rows.pass()? {
            return Err(changed(dataset, at));
        }
    }
}

fn look(at: usize, last: usize, watch: &mut dyn Watch) -> Result<(), OriginalError> {
    if at.is_multiple_of(ROWS) {
        watch
            .step(LOOKING_UP, at, last.max(1))
            .map_err(DatasetError::from)?;
    }
    Ok(())
}
