//! Bytes that can be read from any offset: a file, or a stream that was taken into memory.

use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use parquet::errors::{ParquetError, Result as ParquetResult};
use parquet::file::reader::{ChunkReader, Length};

use crate::dataset::DatasetError;
use crate::dataset::bytes::counted::Counted;

/// Most bytes of a stream that are taken into memory, where its format has to be read from its end.
const MAX_QUEUED: u64 = 1 << 30;

/// What a table is read from.
pub(in crate::dataset) enum Input<'a> {
    /// A file, whose bytes are counted as they are read.
    File(Bytes),
    /// Bytes that can be read once.
    Stream(Box<dyn Read + Send + 'a>),
}

impl<'a> Input<'a> {
    /// A file, or a pipe that has the name of one.
    pub(in crate::dataset) fn file(file: Counted, path: &Path) -> Self {
        match file.seekable() {
            Some(length) => Self::File(Bytes {
                store: Arc::new(Store::File(Mutex::new(file), path.into())),
                length,
                offset: 0,
            }),
            None => Self::stream(file),
        }
    }

    /// Bytes that can be read once.
    pub(in crate::dataset) fn stream(reader: impl Read + Send + 'a) -> Self {
        Self::Stream(Box::new(reader))
    }

    /// The first bytes, as many as there are up to `most`, and the whole again.
    pub(super) fn look(self, most: u64) -> io::Result<(Vec<u8>, Self)> {
        let mut head = Vec::new();
        match self {
            Self::File(bytes) => {
                bytes.clone().take(most).read_to_end(&mut head)?;
                Ok((head, Self::File(bytes)))
            }
            Self::Stream(mut reader) => {
                reader.by_ref().take(most).read_to_end(&mut head)?;
                let whole = Cursor::new(head.clone()).chain(reader);
                Ok((head, Self::stream(whole)))
            }
        }
    }

    /// Where the bytes are a file of their own.
    #[cfg(not(target_arch = "wasm32"))]
    pub(super) fn path(&self) -> Option<&Path> {
        match self {
            Self::File(bytes) => match &*bytes.store {
                Store::File(_, path) => Some(path),
                Store::Memory(_) => None,
            },
            Self::Stream(_) => None,
        }
    }

    /// How many bytes there are, where that is known.
    #[cfg(not(target_arch = "wasm32"))]
    pub(super) fn length(&self) -> Option<u64> {
        match self {
            Self::File(bytes) => Some(bytes.length),
            Self::Stream(_) => None,
        }
    }

    /// All bytes, from the first on.
    pub(super) fn into_reader(self) -> Box<dyn Read + Send + 'a> {
        match self {
            Self::File(bytes) => Box::new(bytes),
            Self::Stream(reader) => reader,
        }
    }

    /// The bytes as they can be read from any offset; a stream is taken into memory.
    pub(super) fn into_bytes(self, name: &str) -> Result<Bytes, DatasetError> {
        let reader = match self {
            Self::File(bytes) => return Ok(bytes),
            Self::Stream(reader) => reader,
        };
        let mut all = Vec::new();
        let read = reader.take(MAX_QUEUED + 1).read_to_end(&mut all);
        read.map_err(|error| DatasetError::of_io(name, &error))?;
        match all.len() as u64 > MAX_QUEUED {
            true => Err(DatasetError::Packed(
                name.into(),
                "it holds more than 1 GiB: unpack it first, and open what is in it".into(),
            )),
            false => Ok(Bytes {
                length: all.len() as u64,
                store: Arc::new(Store::Memory(all)),
                offset: 0,
            }),
        }
    }
}

enum Store {
    File(Mutex<Counted>, PathBuf),
    Memory(Vec<u8>),
}

/// A reader at an offset of bytes that several can read beside each other.
#[derive(Clone)]
pub(in crate::dataset) struct Bytes {
    store: Arc<Store>,
    length: u64,
    offset: u64,
}

impl Bytes {
    /// A reader of its own, of the bytes from `offset` on.
    pub(super) fn at(&self, offset: u64) -> Self {
        Self {
            offset,
            ..self.clone()
        }
    }

    /// How many bytes there are.
    pub(super) fn length(&self) -> u64 {
        self.length
    }

    /// Counts bytes that another reader of the same file has read.
    #[cfg(not(target_arch = "wasm32"))]
    pub(super) fn count(&self, bytes: u64) {
        if let Store::File(file, _) = &*self.store {
            let file = file.lock().unwrap_or_else(PoisonError::into_inner);
            file.count(bytes);
        }
    }
}

impl Read for Bytes {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = match &*self.store {
            Store::File(file, _) => {
                let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
                file.seek(SeekFrom::Start(self.offset))?;
                file.read(buffer)?
            }
            Store::Memory(all) => {
                let rest = all.get(self.offset as usize..).unwrap_or_default();
                let most = rest.len().min(buffer.len());
                buffer[..most].copy_from_slice(&rest[..most]);
                most
            }
        };
        self.offset += read as u64;
        Ok(read)
    }
}

impl Seek for Bytes {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let offset = match to {
            SeekFrom::Start(offset) => Some(offset),
            SeekFrom::End(by) => self.length.checked_add_signed(by),
            SeekFrom::Current(by) => self.offset.checked_add_signed(by),
        };
        let before = || {
            io::Error::new(
                io::ErrorKind::InvalidInput,
                "an offset before the beginning",
            )
        };
        self.offset = offset.ok_or_else(before)?;
        Ok(self.offset)
    }
}

impl Length for Bytes {
    fn len(&self) -> u64 {
        self.length
    }
}

impl ChunkReader for Bytes {
    type T = io::BufReader<Self>;

    fn get_read(&self, start: u64) -> ParquetResult<Self::T> {
        Ok(io::BufReader::new(self.at(start)))
    }

    fn get_bytes(&self, start: u64, length: usize) -> ParquetResult<bytes::Bytes> {
        let end = start.checked_add(length as u64);
        if end.is_none_or(|end| end > self.length) {
            return Err(ParquetError::EOF(
                "the file ends before its data".to_owned(),
            ));
        }
        let mut buffer = Vec::with_capacity(length);
        self.at(start)
            .take(length as u64)
            .read_to_end(&mut buffer)?;
        match buffer.len() == length {
            true => Ok(buffer.into()),
            false => Err(ParquetError::EOF(
                "the file ends before its data".to_owned(),
            )),
        }
    }
}
