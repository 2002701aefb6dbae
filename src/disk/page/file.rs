//! Open files.

use std::fs::TryLockError;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::Arc;

use super::DISK;
use super::disk::{Disk, Node, put};
use super::log::Change;
use super::metadata::Metadata;
use crate::numeric::lock;

/// [`std::fs::File`].
#[derive(Debug)]
pub struct File {
    node: Arc<Node>,
    disk: Whose,
    at: u64,
}

/// The files that an open one is of.
#[derive(Clone, Copy)]
pub(super) struct Whose(pub(super) &'static Disk);

impl std::fmt::Debug for Whose {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        to.write_str("the page")
    }
}

/// [`std::fs::OpenOptions`].
#[derive(Clone, Copy, Debug, Default)]
pub struct OpenOptions {
    creates: bool,
    truncates: bool,
    is_new: bool,
}

impl OpenOptions {
    /// Opens what is there.
    pub fn new() -> Self {
        Self::default()
    }

    /// Every file can be read.
    pub fn read(&mut self, _: bool) -> &mut Self {
        self
    }

    /// Every file can be written.
    pub fn write(&mut self, _: bool) -> &mut Self {
        self
    }

    /// Makes a file that is not there.
    pub fn create(&mut self, creates: bool) -> &mut Self {
        self.creates = creates;
        self
    }

    /// Makes a file, and refuses where one is there.
    pub fn create_new(&mut self, is_new: bool) -> &mut Self {
        self.is_new = is_new;
        self
    }

    /// Empties a file that is there.
    pub fn truncate(&mut self, truncates: bool) -> &mut Self {
        self.truncates = truncates;
        self
    }

    /// Opens a file.
    ///
    /// # Errors
    /// There is none, or one where it must be new.
    pub fn open(&self, path: impl AsRef<Path>) -> io::Result<File> {
        self.open_in(&DISK, path.as_ref())
    }

    pub(super) fn open_in(&self, disk: &'static Disk, path: &Path) -> io::Result<File> {
        let node = match self.creates || self.is_new {
            true => disk.make(path, self.is_new)?,
            false => disk.find(path)?,
        };
        let disk = Whose(disk);
        let file = File { node, disk, at: 0 };
        if self.truncates {
            file.set_len(0)?;
        }
        Ok(file)
    }
}

impl File {
    /// [`std::fs::File::open`].
    ///
    /// # Errors
    /// There is no file of that name.
    pub fn open(path: impl AsRef<Path>) -> io::Result<Self> {
        OpenOptions::new().open(path)
    }

    /// [`std::fs::File::create`].
    ///
    /// # Errors
    /// The name is that of a folder.
    pub fn create(path: impl AsRef<Path>) -> io::Result<Self> {
        OpenOptions::new().create(true).truncate(true).open(path)
    }

    /// [`std::fs::File::metadata`].
    ///
    /// # Errors
    /// None.
    pub fn metadata(&self) -> io::Result<Metadata> {
        Ok(Metadata::file(lock(&self.node.bytes).len() as u64))
    }

    /// [`std::fs::File::set_len`].
    ///
    /// # Errors
    /// None.
    pub fn set_len(&self, length: u64) -> io::Result<()> {
        let mut bytes = lock(&self.node.bytes);
        let whole = usize::try_from(length).map_err(io::Error::other)?;
        if whole != bytes.len() {
            bytes.resize(whole, 0);
            let cut = || Change::Cut(self.node.number, length);
            self.disk.0.tell(&self.node, cut);
        }
        Ok(())
    }

    /// [`std::fs::File::sync_all`]: waits until the storage holds it.
    ///
    /// # Errors
    /// Why the storage does not take it.
    pub fn sync_all(&self) -> io::Result<()> {
        match self.node.is_kept {
            true => self.disk.0.store.sync(),
            false => Ok(()),
        }
    }

    /// [`std::fs::File::sync_data`].
    ///
    /// # Errors
    /// Why the storage does not take it.
    pub fn sync_data(&self) -> io::Result<()> {
        self.sync_all()
    }

    /// [`std::fs::File::try_lock`]: the page is alone with its storage.
    ///
    /// # Errors
    /// None.
    pub fn try_lock(&self) -> Result<(), TryLockError> {
        Ok(())
    }

    /// [`std::fs::File::unlock`].
    ///
    /// # Errors
    /// None.
    pub fn unlock(&self) -> io::Result<()> {
        Ok(())
    }
}

impl Read for File {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let bytes = lock(&self.node.bytes);
        let from = usize::try_from(self.at).unwrap_or(usize::MAX);
        let rest = bytes.get(from..).unwrap_or_default();
        let count = rest.len().min(to.len());
        to[..count].copy_from_slice(&rest[..count]);
        self.at += count as u64;
        Ok(count)
    }
}

impl Write for File {
    fn write(&mut self, new: &[u8]) -> io::Result<usize> {
        let mut bytes = lock(&self.node.bytes);
        put(&mut bytes, self.at, new);
        let written = || Change::Written(self.node.number, self.at, new.to_vec());
        self.disk.0.tell(&self.node, written);
        self.at += new.len() as u64;
        Ok(new.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Seek for File {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let length = lock(&self.node.bytes).len() as u64;
        let place = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => length.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = place.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.at)
    }
}
