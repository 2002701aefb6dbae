//! What is known of files and folders.

use std::io;
use std::path::{Path, PathBuf};

/// [`std::fs::Metadata`], and the kind of a file too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Metadata {
    length: u64,
    is_folder: bool,
}

impl Metadata {
    pub(super) fn file(length: u64) -> Self {
        Self {
            length,
            is_folder: false,
        }
    }

    pub(super) fn folder() -> Self {
        Self {
            length: 0,
            is_folder: true,
        }
    }

    /// Bytes.
    #[allow(clippy::len_without_is_empty, reason = "as in the standard library")]
    pub fn len(&self) -> u64 {
        self.length
    }

    /// Whether it is a file.
    pub fn is_file(&self) -> bool {
        !self.is_folder
    }

    /// Whether it is a folder.
    pub fn is_dir(&self) -> bool {
        self.is_folder
    }
}

/// [`std::fs::DirEntry`].
#[derive(Clone, Debug)]
pub struct DirEntry {
    path: PathBuf,
    is_folder: bool,
}

impl DirEntry {
    pub(super) fn new(folder: &Path, name: &Path, is_folder: bool) -> Self {
        Self {
            path: folder.join(name.file_name().unwrap_or_default()),
            is_folder,
        }
    }

    /// The folder with its name.
    pub fn path(&self) -> PathBuf {
        self.path.clone()
    }

    /// Its name.
    pub fn file_name(&self) -> std::ffi::OsString {
        self.path.file_name().unwrap_or_default().to_owned()
    }

    /// Whether it is a file or a folder.
    ///
    /// # Errors
    /// None.
    pub fn file_type(&self) -> io::Result<Metadata> {
        Ok(match self.is_folder {
            true => Metadata::folder(),
            false => Metadata::file(0),
        })
    }
}
