//! Files and names, one call of the system each.

use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;

use super::fs::{self, OpenOptions};

/// Lets a call fail that a test has chosen.
macro_rules! may_fail {
    () => {
        #[cfg(test)]
        super::fault::call()?;
    };
}

/// A file that is open for reading and writing.
#[derive(Debug)]
pub struct File(fs::File);

impl File {
    /// Makes a file, or empties the one that is there.
    ///
    /// # Errors
    /// The system's.
    pub fn create(path: &Path) -> io::Result<Self> {
        may_fail!();
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(true);
        options.open(path).map(Self)
    }

    /// Opens a file that is there.
    ///
    /// # Errors
    /// The system's.
    pub fn open(path: &Path) -> io::Result<Self> {
        may_fail!();
        let opened = OpenOptions::new().read(true).write(true).open(path);
        opened.map(Self)
    }

    /// Makes a file so long.
    ///
    /// # Errors
    /// The system's.
    pub fn set_len(&self, length: u64) -> io::Result<()> {
        may_fail!();
        self.0.set_len(length)
    }

    /// Brings content and length to the disk.
    ///
    /// # Errors
    /// The system's.
    pub fn sync(&self) -> io::Result<()> {
        may_fail!();
        self.0.sync_all()
    }

    /// Brings content to the disk, and of what is known about the file what it takes to read it.
    ///
    /// # Errors
    /// The system's.
    pub fn sync_content(&self) -> io::Result<()> {
        may_fail!();
        self.0.sync_data()
    }

    /// The system's own.
    pub fn inner(&self) -> &fs::File {
        &self.0
    }
}

impl Read for File {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        self.0.read(bytes)
    }
}

impl Seek for File {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.0.seek(to)
    }
}

impl Write for File {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        #[cfg(test)]
        let bytes = &bytes[..super::fault::write(bytes.len())?];
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// Gives a file another name; one that has the name already is gone.
///
/// # Errors
/// The system's.
pub fn rename(from: &Path, to: &Path) -> io::Result<()> {
    may_fail!();
    fs::rename(from, to)
}

/// Gives a file a second name.
///
/// # Errors
/// The system's: some file systems know no second names.
pub fn hard_link(file: &Path, name: &Path) -> io::Result<()> {
    may_fail!();
    fs::hard_link(file, name)
}

/// Copies a file.
///
/// # Errors
/// The system's.
pub fn copy(from: &Path, to: &Path) -> io::Result<()> {
    may_fail!();
    fs::copy(from, to).map(drop)
}

/// Takes a name away.
///
/// # Errors
/// The system's.
pub fn remove(path: &Path) -> io::Result<()> {
    may_fail!();
    fs::remove_file(path)
}

/// Makes the new names in a file's folder last.
///
/// # Errors
/// The system's.
pub fn sync_folder(path: &Path) -> io::Result<()> {
    may_fail!();
    if cfg!(not(unix)) {
        // Only Unix opens folders as files; elsewhere the rename is as lasting as it gets.
        return Ok(());
    }
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    fs::File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}
