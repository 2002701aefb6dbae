//! The name of the generation before, and the system's words.

use std::io;
use std::path::{Path, PathBuf};

use crate::disk::with_ending;

/// The name of the generation before: the file's own with `~` at its end.
pub fn backup_of(path: &Path) -> PathBuf {
    with_ending(path, "~")
}

/// The system's words, for what happens often in ours.
pub(crate) fn plainly(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "the disk is full".to_owned(),
        io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::PermissionDenied => {
            "the folder is read-only".to_owned()
        }
        io::ErrorKind::NotFound => "the folder is gone".to_owned(),
        _ => error.to_string(),
    }
}
