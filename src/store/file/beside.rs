//! Bytes beside a session's text: what is too much for it, packed, after a line that says of which
//! table it is.
//!
//! ```text
//! glad images 2 <fingerprint of the table> <sha256 of all that follows>
//! ```
//!
//! Format 1 had no digest; there the checksum of the packing tells.

use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use super::{FileError, unwritable};
use crate::dataset::hexadecimal;
use crate::disk::{
    fs::{self, File},
    replace, with_ending,
};

/// Most bytes that are unpacked.
const MOST: u64 = 4 << 30;
/// Digits of a digest.
const DIGITS: usize = 64;

const DAMAGED: &str = "is damaged";

/// A kind of file beside a session.
pub(super) struct Beside {
    /// What its name ends in after that of the session.
    pub(super) ending: &'static str,
    /// What its first line begins with; format, fingerprint of the table and digest follow.
    pub(super) head: &'static str,
}

impl Beside {
    /// Where it is.
    pub(super) fn of(&self, session: &Path) -> PathBuf {
        with_ending(session, self.ending)
    }

    fn line(&self, fingerprint: &str, digest: &str) -> String {
        format!("{} 2 {fingerprint} {digest}\n", self.head)
    }

    /// Writes it, unless it is there already and whole.
    ///
    /// # Errors
    /// [`FileError::Unwritable`].
    pub(super) fn write<T: Serialize>(
        &self,
        session: &Path,
        fingerprint: &str,
        value: impl FnOnce() -> T,
    ) -> Result<(), FileError> {
        let path = &self.of(session);
        if self.check(session, fingerprint) == Ok(Format::Digest) {
            return Ok(());
        }
        let head = self.line(fingerprint, &"0".repeat(DIGITS)).into_bytes();
        let length = head.len();
        let packed = || -> io::Result<Vec<u8>> {
            let mut packer = GzEncoder::new(head, Compression::fast());
            ciborium::into_writer(&value(), &mut packer).map_err(io::Error::other)?;
            let mut bytes = packer.finish()?;
            if let Some((head, body)) = bytes.split_at_mut_checked(length) {
                let digest = hexadecimal(&Sha256::digest(&*body));
                head.copy_from_slice(self.line(fingerprint, &digest).as_bytes());
            }
            Ok(bytes)
        };
        let done = packed().and_then(|bytes| replace(path, &bytes, || Ok(())));
        done.map_or_else(|error| Err(unwritable(path, &error)), |_| Ok(()))
    }

    /// Writes that of one session beside another one on the same table, unless it is there already;
    /// false where the first has none that is whole.
    ///
    /// # Errors
    /// [`FileError::Unwritable`].
    pub(super) fn copy(
        &self,
        from: &Path,
        to: &Path,
        fingerprint: &str,
    ) -> Result<bool, FileError> {
        if self.check(from, fingerprint).is_err() {
            return Ok(false);
        }
        let path = self.of(to);
        if self.check(to, fingerprint) != Ok(Format::Digest) {
            let copied =
                fs::read(self.of(from)).and_then(|bytes| replace(&path, &bytes, || Ok(())));
            copied.map_err(|error| unwritable(&path, &error))?;
        }
        Ok(true)
    }

    /// Reads it, if it is of this fingerprint; why it cannot be, as what follows its name.
    pub(super) fn read<T: DeserializeOwned>(
        &self,
        session: &Path,
        fingerprint: &str,
    ) -> Result<T, &'static str> {
        self.check(session, fingerprint)?;
        let (reader, _) = self.open(session, fingerprint)?;
        let unpacked = BufReader::new(GzDecoder::new(reader).take(MOST));
        ciborium::from_reader(unpacked).map_err(|_| DAMAGED)
    }

    /// Whether it is there, of this fingerprint, and every byte as it was written; why not, as what
    /// follows its name.
    pub(super) fn check(&self, session: &Path, fingerprint: &str) -> Result<Format, &'static str> {
        let (mut reader, digest) = self.open(session, fingerprint)?;
        let Some(digest) = digest else {
            // All of it, as its checksum stands at the end.
            let mut unpacked = GzDecoder::new(reader).take(MOST);
            let whole = io::copy(&mut unpacked, &mut io::sink());
            return whole.map_or(Err(DAMAGED), |_| Ok(Format::Packing));
        };
        let mut hash = Sha256::new();
        let mut piece = vec![0; 1 << 16];
        loop {
            match reader.read(&mut piece) {
                Ok(0) => break,
                Ok(read) => hash.update(piece.get(..read).unwrap_or_default()),
                Err(_) => return Err("cannot be read"),
            }
        }
        match hexadecimal(&hash.finalize()) == digest {
            true => Ok(Format::Digest),
            false => Err(DAMAGED),
        }
    }

    /// Opens it after its first line, with the digest that stands there.
    fn open(
        &self,
        session: &Path,
        fingerprint: &str,
    ) -> Result<(BufReader<File>, Option<String>), &'static str> {
        let file = File::open(self.of(session)).map_err(|_| "is not beside it")?;
        let mut reader = BufReader::new(file);
        let mut line = String::new();
        let read = (&mut reader).take(256).read_line(&mut line);
        let digest = line.get(line.len().saturating_sub(DIGITS + 1)..);
        let digest = digest.unwrap_or_default().trim_end();
        if read.is_ok() && line == self.line(fingerprint, digest) {
            return Ok((reader, Some(digest.to_owned())));
        }
        match read.is_ok() && line == format!("{} 1 {fingerprint}\n", self.head) {
            true => Ok((reader, None)),
            false => Err("belongs to another one or is damaged"),
        }
    }
}

/// By what it is known that a file is whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// The digest in its first line.
    Digest,
    /// The checksum of the packing alone.
    Packing,
}

#[cfg(test)]
mod tests {
    use super::*;

    const KIND: Beside = Beside {
        ending: ".kind",
        head: "glad kind",
    };

    /// Numbers that do not pack well.
    fn values() -> Vec<u64> {
        let mut state = 7_u64;
        let next = |_| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(9);
            state
        };
        (0..300).map(next).collect()
    }

    fn read(session: &Path) -> Result<Vec<u64>, &'static str> {
        KIND.read(session, &"a".repeat(DIGITS))
    }

    fn write(session: &Path) {
        let written = KIND.write(session, &"a".repeat(DIGITS), values);
        written.expect("room");
    }

    #[test]
    fn one_flipped_bit_anywhere_is_found() {
        let folder = tempfile::tempdir().expect("a folder");
        let session = folder.path().join("a.glad");
        write(&session);
        assert_eq!(read(&session), Ok(values()));
        let path = KIND.of(&session);
        let whole = fs::read(&path).expect("it");
        for at in 0..whole.len() {
            let mut bytes = whole.clone();
            bytes[at] ^= 1 << (at % 8);
            fs::write(&path, &bytes).expect("room");
            assert!(read(&session).is_err(), "byte {at}");
        }
        // Cut off, or longer.
        for bytes in [&whole[..whole.len() - 1], &[&whole[..], b"x"].concat()] {
            fs::write(&path, bytes).expect("room");
            assert_eq!(read(&session), Err(DAMAGED));
        }
        // The next save mends it.
        write(&session);
        assert_eq!(fs::read(&path).expect("it"), whole);
        assert_eq!(
            KIND.check(&session, &"b".repeat(DIGITS)),
            Err("belongs to another one or is damaged")
        );
    }

    #[test]
    fn one_without_a_digest_opens_and_tells_damage_by_its_packing() {
        let folder = tempfile::tempdir().expect("a folder");
        let session = folder.path().join("a.glad");
        let path = KIND.of(&session);
        let head = format!("glad kind 1 {}\n", "a".repeat(DIGITS));
        let mut packer = GzEncoder::new(head.clone().into_bytes(), Compression::fast());
        ciborium::into_writer(&values(), &mut packer).expect("packed");
        let whole = packer.finish().expect("packed");
        fs::write(&path, &whole).expect("room");
        assert_eq!(read(&session), Ok(values()));
        // After the ten bytes of the packing's own head.
        for at in head.len() + 10..whole.len() {
            let mut bytes = whole.clone();
            bytes[at] ^= 1 << (at % 8);
            fs::write(&path, &bytes).expect("room");
            assert!(read(&session).is_err(), "byte {at}");
        }
        // With the next save it gets one.
        write(&session);
        assert_eq!(
            KIND.check(&session, &"a".repeat(DIGITS)),
            Ok(Format::Digest)
        );
        let other = folder.path().join("b.glad");
        assert_eq!(KIND.copy(&session, &other, &"a".repeat(DIGITS)), Ok(true));
        assert_eq!(read(&other), Ok(values()));
        assert_eq!(KIND.copy(&session, &other, &"b".repeat(DIGITS)), Ok(false));
    }

    #[test]
    fn on_a_failing_disk_it_is_the_old_one_or_the_new_one() {
        use crate::disk::fault::{FAULTS, failing};
        for fault in FAULTS {
            for nth in 0.. {
                let folder = tempfile::tempdir().expect("a folder");
                let (session, other) = (folder.path().join("a"), folder.path().join("b"));
                write(&session);
                let whole = fs::read(KIND.of(&session)).expect("it");
                let damaged = &whole[..whole.len() - 3];
                fs::write(KIND.of(&session), damaged).expect("room");
                let (done, struck) = failing(fault, nth, false, || {
                    KIND.write(&session, &"a".repeat(DIGITS), values)?;
                    KIND.copy(&session, &other, &"a".repeat(DIGITS))
                });
                let there = fs::read(KIND.of(&session)).expect("one of them");
                assert!(there == whole || (there == damaged && done.is_err()));
                let copied = fs::read(KIND.of(&other));
                assert!(copied.map_or(done.is_err(), |copied| copied == whole));
                if !struck {
                    assert_eq!(done, Ok(true));
                    break;
                }
            }
        }
    }
}
