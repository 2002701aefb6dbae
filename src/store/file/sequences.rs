//! The sequences of a session and what was learnt of them: bytes beside its text.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::FileError;
use super::beside::Beside;
use crate::dataset::Dataset;
use crate::sequence::{Learnt, SequenceModel, SequenceParts, SequenceSet};

pub(super) const SEQUENCES: Beside = Beside {
    ending: ".sequences",
    head: "glad sequences",
};

/// What is written.
#[derive(Serialize)]
struct Written<'a> {
    set: &'a SequenceSet,
    parts: &'a SequenceParts,
}

/// What is read.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Stored {
    set: SequenceSet,
    parts: SequenceParts,
}

/// Where the sequences of a session are: its own name with `.sequences` at the end.
pub fn sequences_of(path: &Path) -> PathBuf {
    SEQUENCES.of(path)
}

/// Writes the sequences of a session beside it, unless they are there already.
pub(super) fn write_sequences(
    path: &Path,
    fingerprint: &str,
    learnt: &Learnt,
) -> Result<(), FileError> {
    SEQUENCES.write(path, fingerprint, || Written {
        set: learnt.set(),
        parts: learnt.model().parts(),
    })
}

/// Reads the sequences beside the session at a path, if they are there and belong to a table of
/// this fingerprint.
///
/// # Errors
/// A sentence where they are not.
pub(super) fn read_sequences(path: &Path, fingerprint: &str) -> Result<Learnt, String> {
    let missing = |why: &str| {
        format!(
            "The sequences of the session are not shown: {} {why}; answers and scores are whole.",
            sequences_of(path).display()
        )
    };
    let stored = stored(path, fingerprint).map_err(missing)?;
    Learnt::again(stored.set, stored.parts).map_err(|why| missing(&format!("is damaged: {why}")))
}

/// Reads what the session at a path has learnt of sequences, by which new ones are scored; nothing
/// where it is not beside the session, or belongs to another one.
pub(super) fn read_sequence_model(path: &Path, fingerprint: &str) -> Option<Arc<SequenceModel>> {
    let stored = stored(path, fingerprint).ok()?;
    let model = SequenceModel::again(&stored.set, stored.parts);
    model.ok().map(Arc::new)
}

/// Reads the file beside a session with sequences of this fingerprint; why it cannot be, as what
/// follows its name.
fn stored(session: &Path, fingerprint: &str) -> Result<Stored, &'static str> {
    SEQUENCES.read(session, fingerprint)
}

/// The table with the sequences that its instances are, where they are beside the session.
pub(super) fn with_sequences(table: Dataset, path: &Path) -> Dataset {
    match read_sequences(path, &table.fingerprint().sha256) {
        Ok(learnt) if learnt.set().len() == table.n_instances() => table.with_sequences(learnt),
        Ok(_) => table.with_notice(
            "The sequences of the session are not shown: they are of another number than its table; answers and scores are whole."
                .to_owned(),
        ),
        Err(sentence) => table.with_notice(sentence),
    }
}
