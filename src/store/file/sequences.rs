//! The sequences of a session and what was learnt of them: bytes beside its text.

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use serde::{Deserialize, Serialize};

use super::{FileError, unwritable};
use crate::dataset::Dataset;
use crate::disk::{fs::File, replace, with_ending};
use crate::sequence::{Learnt, SequenceModel, SequenceParts, SequenceSet};

/// What the first line begins with; the fingerprint of the table follows.
const HEAD: &str = "glad sequences 1 ";

/// Most bytes that are unpacked.
const MOST: u64 = 4 << 30;

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
    with_ending(path, ".sequences")
}

/// Writes the sequences of a session beside it, unless they are there already.
pub(super) fn write_sequences(
    path: &Path,
    fingerprint: &str,
    learnt: &Learnt,
) -> Result<(), FileError> {
    let path = &sequences_of(path);
    let head = format!("{HEAD}{fingerprint}\n");
    if first_line(path).is_some_and(|line| line == head) {
        return Ok(());
    }
    let written = Written {
        set: learnt.set(),
        parts: learnt.model().parts(),
    };
    let packed = || -> std::io::Result<Vec<u8>> {
        let mut packer = GzEncoder::new(head.as_bytes().to_vec(), Compression::fast());
        ciborium::into_writer(&written, &mut packer).map_err(std::io::Error::other)?;
        packer.finish()
    };
    let done = packed().and_then(|bytes| replace(path, &bytes, || Ok(())));
    done.map_or_else(|error| Err(unwritable(path, &error)), |_| Ok(()))
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
    let file = File::open(sequences_of(session)).map_err(|_| "is not beside it")?;
    let mut reader = BufReader::new(file);
    let mut line = String::new();
    let read = (&mut reader).take(256).read_line(&mut line);
    if read.is_err() || line != format!("{HEAD}{fingerprint}\n") {
        return Err("belongs to another one");
    }
    let unpacked = BufReader::new(GzDecoder::new(reader).take(MOST));
    ciborium::from_reader(unpacked).map_err(|_| "is damaged")
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

fn first_line(path: &Path) -> Option<String> {
    let mut line = String::new();
    let file = File::open(path).ok()?;
    BufReader::new(file.take(256)).read_line(&mut line).ok()?;
    Some(line)
}
