//! Bytes beside a session's text: what is too much for it, packed, after a line that says of which
//! table it is.

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{FileError, unwritable};
use crate::disk::{fs::File, replace, with_ending};

/// Most bytes that are unpacked.
const MOST: u64 = 4 << 30;

/// A kind of file beside a session.
pub(super) struct Beside {
    /// What its name ends in after that of the session.
    pub(super) ending: &'static str,
    /// What its first line begins with; the fingerprint of the table follows.
    pub(super) head: &'static str,
}

impl Beside {
    /// Where it is.
    pub(super) fn of(&self, session: &Path) -> PathBuf {
        with_ending(session, self.ending)
    }

    fn line(&self, fingerprint: &str) -> String {
        format!("{}{fingerprint}\n", self.head)
    }

    /// Writes it, unless one of this fingerprint is there already.
    ///
    /// # Errors
    /// [`FileError::Unwritable`].
    pub(super) fn write<T: Serialize>(
        &self,
        session: &Path,
        fingerprint: &str,
        value: impl FnOnce() -> T,
    ) -> Result<(), FileError> {
        let (path, head) = (&self.of(session), self.line(fingerprint));
        if first_line(path).is_some_and(|line| line == head) {
            return Ok(());
        }
        let packed = || -> std::io::Result<Vec<u8>> {
            let mut packer = GzEncoder::new(head.into_bytes(), Compression::fast());
            ciborium::into_writer(&value(), &mut packer).map_err(std::io::Error::other)?;
            packer.finish()
        };
        let done = packed().and_then(|bytes| replace(path, &bytes, || Ok(())));
        done.map_or_else(|error| Err(unwritable(path, &error)), |_| Ok(()))
    }

    /// Reads it, if it is of this fingerprint; why it cannot be, as what follows its name.
    pub(super) fn read<T: DeserializeOwned>(
        &self,
        session: &Path,
        fingerprint: &str,
    ) -> Result<T, &'static str> {
        let file = File::open(self.of(session)).map_err(|_| "is not beside it")?;
        let mut reader = BufReader::new(file);
        let mut line = String::new();
        let read = (&mut reader).take(256).read_line(&mut line);
        if read.is_err() || line != self.line(fingerprint) {
            return Err("belongs to another one");
        }
        let unpacked = BufReader::new(GzDecoder::new(reader).take(MOST));
        ciborium::from_reader(unpacked).map_err(|_| "is damaged")
    }
}

fn first_line(path: &Path) -> Option<String> {
    let mut line = String::new();
    let file = File::open(path).ok()?;
    BufReader::new(file.take(256)).read_line(&mut line).ok()?;
    Some(line)
}
