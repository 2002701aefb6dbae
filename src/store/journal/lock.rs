//! One window on a session at a time.

use std::fs::TryLockError;
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::disk::fs::{self, File, OpenOptions};

/// Longest name of a holder that is shown.
const LONGEST: u64 = 200;

/// Why a lock was not given.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum LockError {
    /// Somebody has it (who).
    #[error("{0}")]
    Held(String),
    /// The file system gives none.
    #[error("{0}")]
    Unavailable(String),
}

/// A locked file with the name of its holder in it.
///
/// The lock is the operating system's, so that it ends with the process however that ends; the file
/// alone means nothing.
#[derive(Debug)]
pub struct Lock {
    file: File,
    path: PathBuf,
}

impl Lock {
    /// Takes the lock for `holder`.
    ///
    /// # Errors
    /// [`LockError`].
    pub fn take(path: &Path, holder: &str) -> Result<Self, LockError> {
        // The holder before may remove the file between opening and locking it.
        for _ in 0..10 {
            let mut file = OpenOptions::new()
                .read(true)
                .write(true)
                .create(true)
                .truncate(false)
                .open(path)
                .map_err(|error| unavailable(&error))?;
            match file.try_lock() {
                Ok(()) if leads_to(path, &file) => {
                    let named = file
                        .set_len(0)
                        .and_then(|()| file.rewind())
                        .and_then(|()| file.write_all(holder.as_bytes()));
                    named.map_err(|error| unavailable(&error))?;
                    let path = path.to_owned();
                    return Ok(Self { file, path });
                }
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Err(LockError::Held(name(&mut file))),
                Err(TryLockError::Error(error)) => return Err(unavailable(&error)),
            }
        }
        Err(LockError::Held("another window".to_owned()))
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Removed while it is still locked; who opened it meanwhile sees that it leads nowhere. If it
        // cannot be removed, it is an empty file without a lock.
        drop(fs::remove_file(&self.path));
        drop(self.file.unlock());
    }
}

fn unavailable(error: &io::Error) -> LockError {
    LockError::Unavailable(crate::store::file::plainly(error))
}

fn name(file: &mut File) -> String {
    let mut name = String::new();
    match file.take(LONGEST).read_to_string(&mut name) {
        Ok(_) if !name.trim().is_empty() => {
            name.trim().chars().flat_map(char::escape_debug).collect()
        }
        _ => "another window".to_owned(),
    }
}

/// Whether a path still leads to an open file.
#[cfg(unix)]
pub(super) fn leads_to(path: &Path, file: &File) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (fs::metadata(path), file.metadata()) {
        (Ok(there), Ok(here)) => (there.dev(), there.ino()) == (here.dev(), here.ino()),
        _ => false,
    }
}

/// Whether a path still leads to an open file: elsewhere an open file cannot be removed.
#[cfg(not(unix))]
pub(super) fn leads_to(path: &Path, _file: &File) -> bool {
    crate::disk::exists(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_is_told_who_has_it_and_gets_it_afterwards() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.lock");
        let first = Lock::take(&path, "process 7 on here").expect("free");
        let second = Lock::take(&path, "process 8 on here");
        assert_eq!(
            second.expect_err("held"),
            LockError::Held("process 7 on here".to_owned())
        );
        drop(first);
        assert!(!path.exists(), "nothing is left lying about");
        // A file without a holder, as a crash leaves it.
        fs::write(&path, "process 7 on here, long gone").expect("room");
        Lock::take(&path, "process 8 on here").expect("free again");
    }
}
