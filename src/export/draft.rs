//! A file that is not there before it is whole.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::ExportError;
use crate::disk::{File, is_dir, process_id, remove, rename};

/// A file in the making.
///
/// 1. Until [`Draft::finish`] what was there before stays as it is.
/// 2. A draft that is dropped unfinished leaves nothing behind.
#[derive(Debug)]
pub struct Draft {
    path: PathBuf,
    draft: PathBuf,
    file: Option<BufWriter<File>>,
}

impl Draft {
    /// Begins a file beside the place where it will be.
    ///
    /// # Errors
    /// [`ExportError::Unwritable`].
    pub fn new(path: &Path) -> Result<Self, ExportError> {
        let told = |error: io::Error| ExportError::unwritable(path, &error);
        let Some(name) = path.file_name().filter(|_| !is_dir(path)) else {
            return Err(ExportError::Unwritable(
                path.into(),
                "it is a folder".to_owned(),
            ));
        };
        let draft = format!(".{}.{}.part", name.to_string_lossy(), process_id());
        let draft = path.with_file_name(draft);
        let file = File::create(&draft).map_err(told)?;
        Ok(Self {
            path: path.into(),
            draft,
            file: Some(BufWriter::with_capacity(1 << 18, file)),
        })
    }

    /// Writes a whole file.
    ///
    /// # Errors
    /// [`ExportError::Unwritable`].
    pub fn write(path: &Path, bytes: &[u8]) -> Result<(), ExportError> {
        let mut draft = Self::new(path)?;
        let written = draft.write_all(bytes);
        written.map_err(|error| ExportError::unwritable(path, &error))?;
        draft.finish()
    }

    /// The error of a failed write.
    pub fn told(&self, error: &dyn std::fmt::Display) -> ExportError {
        ExportError::Unwritable(self.path.clone(), error.to_string())
    }

    /// Puts the file in its place.
    ///
    /// # Errors
    /// [`ExportError::Unwritable`].
    pub fn finish(mut self) -> Result<(), ExportError> {
        let flushed = match self.file.take() {
            Some(file) => file.into_inner().map_err(|error| error.into_error()),
            None => return Ok(()),
        };
        let synced = flushed.and_then(|file| file.sync());
        let placed = synced.and_then(|()| rename(&self.draft, &self.path));
        placed.map_err(|error| {
            // The first error is the one to tell.
            drop(remove(&self.draft));
            ExportError::unwritable(&self.path, &error)
        })
    }
}

impl Write for Draft {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.file {
            Some(file) => file.write(bytes),
            None => Ok(0),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.as_mut().map_or(Ok(()), Write::flush)
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if self.file.take().is_some() {
            // What cannot be removed is a hidden file that the next export of this process replaces.
            drop(remove(&self.draft));
        }
    }
}
