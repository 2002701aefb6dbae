//! Where the files of a session lie.

use std::path::{Path, PathBuf};

use crate::dataset::{Dataset, Origin};
use crate::disk::with_ending;

/// Sessions of one table that can be worked on at once without having been saved.
const MOST: usize = 20;

/// The journal of a session file.
pub fn journal_of(session: &Path) -> PathBuf {
    with_ending(session, ".journal")
}

/// The lock of a session file.
pub(super) fn lock_of(session: &Path) -> PathBuf {
    with_ending(session, ".lock")
}

/// Where a session of a table can be kept before it is saved, the best place first: beside the
/// table, else in the user's data folder; toy tables lie nowhere and have only the latter.
pub fn unsaved_places(dataset: &Dataset, data_folder: Option<&Path>) -> Vec<PathBuf> {
    let numbered = |stem: PathBuf| {
        (1..=MOST).map(move |number| match number {
            1 => with_ending(&stem, ".glad"),
            _ => with_ending(&stem, &format!(".{number}.glad")),
        })
    };
    let table = dataset.origin().and_then(Origin::path);
    let beside = table.clone().into_iter().flat_map(numbered);
    let name: String = dataset
        .name()
        .chars()
        .map(|letter| match letter.is_alphanumeric() {
            true => letter,
            false => '-',
        })
        .take(60)
        .collect();
    let known = dataset.fingerprint().sha256.chars().take(8);
    let stem = match table {
        Some(_) => format!("{name}-{}", known.collect::<String>()),
        None => name,
    };
    let elsewhere = data_folder
        .map(|folder| folder.join(stem))
        .into_iter()
        .flat_map(numbered);
    beside.chain(elsewhere).collect()
}
