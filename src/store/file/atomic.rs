//! Writing a session's file, with the generation before beside it.

use std::io;
use std::path::{Path, PathBuf};

use super::{FileError, unwritable};
use crate::disk::{copy, exists, hard_link, process_id, remove, rename, replace, with_ending};

/// The name of the generation before: the file's own with `~` at its end.
pub fn backup_of(path: &Path) -> PathBuf {
    with_ending(path, "~")
}

/// Writes a file as a whole ([`replace`]). What was there before stays as [`backup_of`] it.
///
/// # Errors
/// [`FileError::Unwritable`]; the file that was there is untouched.
pub fn write_safely(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    let written = replace(path, bytes, || keep_backup(path));
    written.map(drop).map_err(|error| unwritable(path, &error))
}

/// Gives the present file a second name; it keeps its own until a new one takes it.
pub(in crate::store) fn keep_backup(path: &Path) -> io::Result<()> {
    if !exists(path) {
        return Ok(());
    }
    let next = with_ending(path, &format!("~-{}", process_id()));
    drop(remove(&next));
    // Some file systems know no second names.
    let kept = hard_link(path, &next)
        .or_else(|_| copy(path, &next))
        .and_then(|()| rename(&next, &backup_of(path)));
    kept.inspect_err(|_| {
        // Nothing is lost if it cannot be removed.
        drop(remove(&next));
    })
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

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn one_generation_is_kept_and_nothing_else_is_left() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.glad");
        for text in ["one", "two", "three"] {
            write_safely(&path, text.as_bytes()).expect("room");
        }
        assert_eq!(fs::read(&path).expect("the file"), b"three");
        assert_eq!(fs::read(backup_of(&path)).expect("the backup"), b"two");
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 2);
        let nowhere = folder.path().join("gone/a.glad");
        let error = write_safely(&nowhere, b"x").expect_err("a refusal");
        assert!(error.to_string().contains("the folder is gone"), "{error}");
    }
}
