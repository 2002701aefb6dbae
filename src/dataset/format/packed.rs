//! What is packed: gzip and Zstandard streams, and tables in zip archives.

use std::io::{self, BufReader, Read};

use flate2::Crc;
use flate2::read::{DeflateDecoder, MultiGzDecoder};
use zip::{CompressionMethod, ZipArchive};

use super::bytes::{Bytes, Input};
use crate::dataset::DatasetError;

/// Unpacked bytes of any file, however small.
const LITTLE: u64 = 4 << 30;

/// Most unpacked bytes for each that is packed, beyond [`LITTLE`]: what deflate can reach at best.
const RATIO: u64 = 1100;

/// Most entries of an archive.
const MAX_ENTRIES: usize = 10_000;

/// Bytes as they are unpacked; what goes wrong is told in the words of the packer.
struct Unpacked<R> {
    inner: R,
    what: &'static str,
    name: String,
    given: u64,
    most: u64,
}

impl<R: Read> Unpacked<R> {
    fn new(inner: R, what: &'static str, name: &str, packed: Option<u64>) -> Self {
        let most = packed.map_or(u64::MAX, |packed| LITTLE.max(packed.saturating_mul(RATIO)));
        Self {
            inner,
            what,
            name: name.into(),
            given: 0,
            most,
        }
    }
}

impl<R: Read> Read for Unpacked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self
            .inner
            .read(buffer)
            .map_err(|error| match DatasetError::in_io(&error) {
                Some(_) => error,
                None => io::Error::other(DatasetError::Damaged(
                    self.name.clone(),
                    self.what,
                    error.to_string(),
                )),
            })?;
        self.given += read as u64;
        match self.given > self.most {
            true => Err(io::Error::other(DatasetError::Packed(
                self.name.clone(),
                format!(
                    "it unpacks to more than {} GB: unpack it first, to see what is in it",
                    self.most >> 30
                ),
            ))),
            false => Ok(read),
        }
    }
}

/// Unpacks a gzip stream.
pub(super) fn gzip<'a>(input: Input<'a>, name: &str) -> Input<'a> {
    // Deflate bounds itself: 1 to 1032.
    let packed = MultiGzDecoder::new(BufReader::new(input.into_reader()));
    Input::stream(Unpacked::new(packed, "gzip file", name, None))
}

/// Unpacks a Zstandard stream.
#[cfg(not(target_arch = "wasm32"))]
pub(super) fn zstd<'a>(input: Input<'a>, name: &str) -> Result<Input<'a>, DatasetError> {
    let length = input.length();
    let packed = zstd::stream::read::Decoder::new(input.into_reader());
    let packed = packed.map_err(|error| DatasetError::of_io(name, &error))?;
    Ok(Input::stream(Unpacked::new(
        packed,
        "Zstandard file",
        name,
        Some(length.unwrap_or(0)),
    )))
}

/// A page has no code that unpacks Zstandard: that is written in C.
#[cfg(target_arch = "wasm32")]
pub(super) fn zstd<'a>(_: Input<'a>, name: &str) -> Result<Input<'a>, DatasetError> {
    let why = "a page cannot unpack Zstandard: unpack it, or pack it by gzip";
    Err(DatasetError::Packed(name.into(), why.into()))
}

/// A zip archive whose entries are known.
pub(super) struct Archive {
    zip: ZipArchive<BufReader<Bytes>>,
    bytes: Bytes,
    name: String,
    /// The names of the entries that are files, with their indices, in the archive's order.
    pub(super) entries: Vec<(String, usize)>,
    /// How many bytes all entries unpack to, as the archive says.
    pub(super) unpacked: u64,
}

impl Archive {
    /// Reads the list of entries.
    ///
    /// # Errors
    ///
    /// It is damaged, has too many entries, or one whose name leads out of it.
    pub(super) fn open(bytes: Bytes, name: &str) -> Result<Self, DatasetError> {
        let damaged = |error: zip::result::ZipError| {
            DatasetError::Damaged(name.into(), "zip archive", error.to_string())
        };
        let mut zip = ZipArchive::new(BufReader::new(bytes.clone())).map_err(damaged)?;
        if zip.len() > MAX_ENTRIES {
            return Err(DatasetError::Packed(
                name.into(),
                format!(
                    "it has {} entries, where at most {MAX_ENTRIES} are looked at: unpack it, and open the table that is in it",
                    zip.len()
                ),
            ));
        }
        let (mut entries, mut unpacked) = (Vec::new(), 0_u64);
        for index in 0..zip.len() {
            let entry = zip.by_index_raw(index).map_err(damaged)?;
            let entry_name = entry.name().map_err(damaged)?.into_owned();
            unpacked = unpacked.saturating_add(entry.size());
            if entry.enclosed_name().is_none() {
                return Err(DatasetError::Packed(
                    name.into(),
                    format!(
                        "its entry {} leads out of the archive, as none may",
                        crate::dataset::text::quote(&entry_name)
                    ),
                ));
            }
            if !entry.is_dir() && !is_hidden(&entry_name) {
                entries.push((entry_name, index));
            }
        }
        Ok(Self {
            zip,
            bytes,
            name: name.into(),
            entries,
            unpacked,
        })
    }

    /// Whether there is an entry of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|(entry, _)| entry == name)
    }

    /// The first entry with an ending of a table, or the only one there is.
    pub(super) fn first_table(&self) -> Option<usize> {
        let is_table = |name: &str| {
            let name = name.to_ascii_lowercase();
            super::ENDINGS
                .iter()
                .chain(&super::PACKED)
                .any(|ending| name.ends_with(&format!(".{ending}")))
        };
        // What the Macintosh adds, and what explains the table.
        let is_beside = |name: &str| {
            let file = name.rsplit('/').next().unwrap_or(name).to_ascii_lowercase();
            let words = [
                "readme",
                "read_me",
                "license",
                "licence",
                "changelog",
                "notes",
            ];
            name.starts_with("__MACOSX/")
                || file.starts_with('.')
                || words.iter().any(|word| file.starts_with(word))
        };
        let find = |is: &dyn Fn(&str) -> bool| {
            let mut entries = self.entries.iter();
            entries.position(|(name, _)| is_table(name) && is(name))
        };
        match self.entries.as_slice() {
            [_] => Some(0),
            _ => find(&|name| !is_beside(name) && !name.to_ascii_lowercase().ends_with(".txt"))
                .or_else(|| find(&|name| !is_beside(name)))
                .or_else(|| find(&|_| true)),
        }
    }

    /// The entry at an index of `entries`, unpacked as it is read.
    pub(super) fn entry(&mut self, at: usize) -> Result<Input<'static>, DatasetError> {
        let (entry_name, index) = &self.entries[at];
        let refused = |why: &str| {
            DatasetError::Packed(
                self.name.clone(),
                format!(
                    "its entry {} {why}: unpack it, and open the table that is in it",
                    crate::dataset::text::quote(entry_name)
                ),
            )
        };
        let name = self.name.clone();
        let damaged = |told: String| DatasetError::Damaged(name.clone(), "zip archive", told);
        let entry = self
            .zip
            .by_index_raw(*index)
            .map_err(|error| damaged(error.to_string()))?;
        if entry.encrypted() {
            return Err(refused("is encrypted"));
        }
        let start = entry
            .data_start()
            .ok_or_else(|| damaged("an entry without data".to_owned()))?;
        let packed = entry.compressed_size();
        let bytes = BufReader::new(self.bytes.at(start)).take(packed);
        let inner: Box<dyn Read + Send> = match entry.compression() {
            CompressionMethod::Stored => Box::new(bytes),
            CompressionMethod::Deflated => Box::new(DeflateDecoder::new(bytes)),
            _ => return Err(refused("is packed in a way that is not read here")),
        };
        let checked = Checked {
            inner,
            crc: Crc::new(),
            expected: entry.crc32(),
        };
        Ok(Input::stream(Unpacked::new(
            checked,
            "zip archive",
            &self.name,
            Some(packed),
        )))
    }
}

/// What systems put into archives beside the files.
fn is_hidden(name: &str) -> bool {
    name.starts_with("__MACOSX/")
        || name
            .rsplit('/')
            .next()
            .is_some_and(|file| file.starts_with('.'))
}

/// Compares the sum of an entry's bytes at their end.
struct Checked {
    inner: Box<dyn Read + Send>,
    crc: Crc,
    expected: u32,
}

impl Read for Checked {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.crc.update(&buffer[..read]);
        match read == 0 && !buffer.is_empty() && self.crc.sum() != self.expected {
            true => Err(io::Error::other("the sum of an entry's bytes is wrong")),
            false => Ok(read),
        }
    }
}
