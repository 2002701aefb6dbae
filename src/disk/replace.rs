//! Writing a file so that at every moment either the old one or the new one is there.

use std::io::{self, BufReader, Read, Seek, Write};
use std::path::{Path, PathBuf};

use super::{File, process_id, remove, rename, sync_folder};

/// A path with more at the end of its file name.
pub fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(ending);
    path.with_file_name(name)
}

/// Writes a file as a whole: a temporary one in the same folder, synced, read back and compared,
/// takes its place, and the folder is synced. The file that is open then is returned.
///
/// `before` runs when the new file is whole and the old one still in its place.
///
/// # Errors
/// The system's, or that of `before`; the file that was there is untouched unless only the folder
/// could not be synced.
pub fn replace(
    path: &Path,
    bytes: &[u8],
    before: impl FnOnce() -> io::Result<()>,
) -> io::Result<File> {
    let part = with_ending(path, &format!(".part-{}", process_id()));
    let written = write_new(&part, bytes).and_then(|file| {
        before()?;
        rename(&part, path)?;
        sync_folder(path)?;
        Ok(file)
    });
    written.inspect_err(|_| {
        // Nothing is lost if it cannot be removed.
        drop(remove(&part));
    })
}

fn write_new(path: &Path, bytes: &[u8]) -> io::Result<File> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    file.sync()?;
    match holds(&mut file, bytes)? {
        true => Ok(file),
        false => Err(io::Error::other(
            "what was written reads back as something else",
        )),
    }
}

/// Whether a file holds these bytes and no more.
fn holds(file: &mut File, bytes: &[u8]) -> io::Result<bool> {
    file.rewind()?;
    let mut reader = BufReader::with_capacity(1 << 16, file);
    let mut piece = vec![0; 1 << 16];
    let mut rest = bytes;
    loop {
        let read = reader.read(&mut piece)?;
        match rest.split_at_checked(read) {
            Some((here, after)) if here == &piece[..read] => rest = after,
            _ => return Ok(false),
        }
        if read == 0 {
            return Ok(rest.is_empty());
        }
    }
}
