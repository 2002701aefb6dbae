//! How much of a file has been read.

use crate::disk::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// A file whose bytes are counted as they are read; whoever holds the count need not hold the file.
pub(in crate::dataset) struct Counted {
    file: File,
    read: Arc<AtomicU64>,
}

/// How much of a file has been read, in bytes.
#[derive(Clone, Debug, Default)]
pub(in crate::dataset) struct Count {
    read: Arc<AtomicU64>,
    length: u64,
}

impl Counted {
    /// Begins to count.
    pub(in crate::dataset) fn new(file: File) -> (Self, Count) {
        // A pipe has no length; then nothing is told of how much is left.
        let length = file.metadata().map_or(0, |about| about.len());
        let read = Arc::new(AtomicU64::new(0));
        let count = Count {
            read: Arc::clone(&read),
            length,
        };
        (Self { file, read }, count)
    }

    /// The length of a file that can be read from any offset; `None` for a pipe or a device.
    pub(in crate::dataset) fn seekable(&self) -> Option<u64> {
        let about = self.file.metadata().ok()?;
        about.is_file().then_some(about.len())
    }

    /// Counts bytes that another reader of the same file has read, no more than there are.
    #[cfg(not(target_arch = "wasm32"))]
    pub(in crate::dataset) fn count(&self, bytes: u64) {
        let length = self.seekable().unwrap_or(0);
        let read = self.read.load(Ordering::Relaxed).saturating_add(bytes);
        self.read.store(read.min(length), Ordering::Relaxed);
    }
}

impl Read for Counted {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read(bytes)?;
        self.read.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}

impl Seek for Counted {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}

impl Count {
    /// The bytes of the whole file; 0 where that is not known.
    pub(in crate::dataset) fn length(&self) -> u64 {
        self.length
    }

    /// The bytes that have been read, and those of the whole file.
    pub(in crate::dataset) fn so_far(&self) -> (u64, u64) {
        let read = self.read.load(Ordering::Relaxed);
        (read, self.length.max(read))
    }
}
