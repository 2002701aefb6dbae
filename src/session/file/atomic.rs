//! Writing a file so that at every moment either the old one or the new one is there.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::{FileError, unwritable};

/// The name of the generation before: the file's own with `~` at its end.
pub fn backup_of(path: &Path) -> PathBuf {
    with_ending(path, "~")
}

/// A path with more at the end of its file name.
pub(in crate::session) fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(ending);
    path.with_file_name(name)
}

/// Writes a file as a whole: a temporary one in the same folder, synced, takes its place, and the
/// folder is synced. What was there before stays as [`backup_of`] it.
///
/// # Errors
/// [`FileError::Unwritable`]; the file that was there is untouched.
pub fn write_safely(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    let part = with_ending(path, &format!(".part-{}", std::process::id()));
    let written = write_new(&part, bytes)
        .and_then(|()| keep_backup(path))
        .and_then(|()| fs::rename(&part, path))
        .and_then(|()| sync_folder(path));
    written.map_err(|error| {
        // Nothing is lost if it cannot be removed.
        drop(fs::remove_file(&part));
        unwritable(path, &error)
    })
}

fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Gives the present file a second name; it keeps its own until the new one takes it.
fn keep_backup(path: &Path) -> io::Result<()> {
    if !path.exists() {
        return Ok(());
    }
    let next = with_ending(path, &format!("~-{}", std::process::id()));
    drop(fs::remove_file(&next));
    // Some file systems know no second names.
    if fs::hard_link(path, &next).is_err() {
        fs::copy(path, &next)?;
    }
    fs::rename(&next, backup_of(path))
}

/// Makes the new names in a file's folder last.
pub(in crate::session) fn sync_folder(path: &Path) -> io::Result<()> {
    if cfg!(not(unix)) {
        // Only Unix opens folders as files; elsewhere the rename is as lasting as it gets.
        return Ok(());
    }
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
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
