//! Apache Arrow's own format: columns with types, in batches, as a file (Feather) or a stream.
//!
//! A stream is read part by part; a file has an index at its end, which says where the parts are.

mod render;

use std::collections::{HashMap, VecDeque};
use std::io::{Read, Seek, SeekFrom};
use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch};
use arrow_ipc::convert::try_fb_to_schema;
use arrow_ipc::reader::{read_dictionary, read_record_batch};
use arrow_ipc::{Message, MessageHeader, MetadataVersion, root_as_footer, root_as_message};
use arrow_schema::{ArrowError, Schema};

use self::render::{Leaf, leaves};
use super::bytes::Bytes;
use super::columns::{lines, rows_at_once};
use super::guarded;
use super::render::{Chunks, Notes};
use crate::dataset::DatasetError;
use crate::dataset::bytes::memory;
use crate::dataset::text::{list, quote};
use crate::numeric::map_each;

/// The mark at the end of a file, and the length of its index before it.
const MARK: &[u8] = b"ARROW1";
const LENGTH: u64 = 4;

/// Longest description of a batch: 20 000 columns need some megabytes.
const MAX_DESCRIPTION: u32 = 64 << 20;

/// Most batches whose rows are counted before reading.
const COUNTED: usize = 100_000;

/// Bytes that what is packed may take beside what it is packed in, where the free memory is unknown.
const UNPACKED: u64 = 4 << 30;

/// The batches of a file or stream, from the first to the last.
pub(super) struct Arrow {
    name: String,
    bytes: Bytes,
    /// Where the parts of a file begin that are still to be read; `None` for a stream.
    parts: Option<VecDeque<u64>>,
    has_ended: bool,
    schema: Arc<Schema>,
    /// The columns of the schema that are read.
    projection: Vec<usize>,
    /// What is read of these columns.
    leaves: Vec<Leaf>,
    dictionaries: HashMap<i64, ArrayRef>,
    /// The batch that is being rendered, and its next row.
    batch: Option<(RecordBatch, usize)>,
}

impl Arrow {
    /// Opens a file or stream; returns it with the names of its columns and, where that can be told
    /// by going through the descriptions of its batches, the number of its rows.
    ///
    /// # Errors
    ///
    /// It is damaged or unfinished, or has no column of plain values.
    pub(super) fn open(
        mut bytes: Bytes,
        is_file: bool,
        name: &str,
        notes: &Notes,
    ) -> Result<(Self, Vec<String>, Option<u64>), DatasetError> {
        let damaged = |told| DatasetError::Damaged(name.into(), "Arrow file", told);
        let begun = guarded(|| match is_file {
            true => index(&bytes).map(|(schema, parts)| (schema, Some(parts))),
            false => schema(&mut bytes).map(|schema| (schema, None)),
        });
        let (schema, parts) = begun.and_then(|begun| begun).map_err(damaged)?;
        let found = leaves(&schema);
        if !found.left_out.is_empty() {
            let names = list(found.left_out.iter().map(|name| quote(name)));
            notes.add(format!(
                "Columns that hold lists or bytes were left out: {names}."
            ));
        }
        if found.leaves.is_empty() {
            return Err(damaged("no column holds plain values".to_owned()));
        }
        let rows = count(bytes.clone(), parts.clone());
        let table = Self {
            name: name.into(),
            bytes,
            parts,
            has_ended: false,
            schema: Arc::new(schema),
            projection: found.projection,
            leaves: found.leaves,
            dictionaries: HashMap::new(),
            batch: None,
        };
        Ok((table, found.names, rows))
    }

    fn damaged(&self, told: String) -> DatasetError {
        DatasetError::Damaged(self.name.clone(), "Arrow file", told)
    }

    /// Goes to the next batch that has rows; false after the last.
    fn advance(&mut self) -> Result<bool, DatasetError> {
        while !self.has_ended {
            let described = next(&mut self.bytes, &mut self.parts);
            let Some(described) = described.map_err(|told| self.damaged(told))? else {
                self.has_ended = true;
                return Ok(false);
            };
            let taken = guarded(|| self.take(&described)).and_then(|taken| taken);
            let batch = taken.map_err(|told| match told.strip_prefix(TOO_LARGE) {
                Some(_) => DatasetError::Packed(self.name.clone(), told),
                None => self.damaged(told),
            })?;
            if let Some(batch) = batch.filter(|batch| batch.num_rows() > 0) {
                self.batch = Some((batch, 0));
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Takes in a batch of rows, or the values of a column of few.
    fn take(&mut self, described: &[u8]) -> Result<Option<RecordBatch>, String> {
        let message = message(described)?;
        let length = body_of(&message)?;
        let body = body(&mut self.bytes, length)?;
        let version: MetadataVersion = message.version();
        match message.header_type() {
            MessageHeader::RecordBatch => {
                let batch = message.header_as_record_batch().ok_or(CONTRADICTION)?;
                check_unpacked(&batch, &body)?;
                let read = read_record_batch(
                    &body.into(),
                    batch,
                    Arc::clone(&self.schema),
                    &self.dictionaries,
                    Some(&self.projection),
                    &version,
                );
                read.map(Some).map_err(|error| told(&error))
            }
            MessageHeader::DictionaryBatch => {
                let values = message.header_as_dictionary_batch().ok_or(CONTRADICTION)?;
                if let Some(data) = values.data() {
                    check_unpacked(&data, &body)?;
                }
                let known = &mut self.dictionaries;
                let read = read_dictionary(&body.into(), values, &self.schema, known, &version);
                read.map(|()| None).map_err(|error| told(&error))
            }
            MessageHeader::Schema => Err("it names its columns twice".to_owned()),
            // Tensors and whatever is to come are no rows.
            _ => Ok(None),
        }
    }
}

impl Chunks for Arrow {
    fn next(&mut self) -> Result<Option<Vec<u8>>, DatasetError> {
        if self.batch.is_none() && !self.advance()? {
            return Ok(None);
        }
        let Some((batch, from)) = self.batch.take() else {
            return Ok(None);
        };
        let rows = (batch.num_rows() - from).min(rows_at_once(self.leaves.len()));
        let leaves = &self.leaves;
        let fields = guarded(|| {
            map_each(leaves.len(), |at| {
                leaves[at].render(&batch, from..from + rows)
            })
        });
        let fields = fields.and_then(|fields| fields.into_iter().collect::<Result<Vec<_>, _>>());
        let text = lines(&fields.map_err(|told| self.damaged(told))?, rows);
        if from + rows < batch.num_rows() {
            self.batch = Some((batch, from + rows));
        }
        Ok(Some(text))
    }
}

const CONTRADICTION: &str = "its parts contradict each other";
const CUT: &str = "it ends in the midst of its data";
const TOO_LARGE: &str = "a batch of its rows unpacks to ";

/// The columns at the beginning of a stream.
fn schema(bytes: &mut Bytes) -> Result<Schema, String> {
    let first = description(bytes)?.ok_or("it names no columns")?;
    let message = message(&first)?;
    skip(bytes, body_of(&message)?)?;
    let schema = message.header_as_schema();
    let schema = schema.ok_or("it does not begin with the names of its columns")?;
    try_fb_to_schema(schema).map_err(|error| told(&error))
}

/// The columns of a file, and where its parts begin: first those that hold the values of columns of few.
fn index(bytes: &Bytes) -> Result<(Schema, VecDeque<u64>), String> {
    let end = LENGTH + MARK.len() as u64;
    let begin = bytes.length().checked_sub(end).ok_or(CUT)?;
    let last = body(&mut bytes.at(begin), end)?;
    let length = match last[..] {
        [a, b, c, d, ref mark @ ..] if mark == MARK => u32::from_le_bytes([a, b, c, d]),
        _ => return Err(CUT.to_owned()),
    };
    let begin = begin.checked_sub(u64::from(length)).ok_or(CONTRADICTION)?;
    let index = body(&mut bytes.at(begin), u64::from(length.min(MAX_DESCRIPTION)))?;
    let footer = root_as_footer(&index).map_err(|error| error.to_string())?;
    let schema = footer.schema().ok_or("it names no columns")?;
    let schema = try_fb_to_schema(schema).map_err(|error| told(&error))?;
    let blocks = [footer.dictionaries(), footer.recordBatches()];
    let parts = blocks.into_iter().flatten().flatten();
    let parts = parts.map(|block| u64::try_from(block.offset()).map_err(|_| CONTRADICTION));
    let parts: Result<_, &str> = parts.collect();
    Ok((schema, parts?))
}

/// The description of the next part, of a stream or of a file with these `parts`; `None` after the last.
fn next(bytes: &mut Bytes, parts: &mut Option<VecDeque<u64>>) -> Result<Option<Vec<u8>>, String> {
    let Some(parts) = parts else {
        return description(bytes);
    };
    let Some(begin) = parts.pop_front() else {
        return Ok(None);
    };
    *bytes = bytes.at(begin);
    description(bytes)?.ok_or_else(|| CUT.to_owned()).map(Some)
}

/// The description of the part that begins here; `None` where none does.
fn description(bytes: &mut Bytes) -> Result<Option<Vec<u8>>, String> {
    let mut word = || -> Result<Option<u32>, String> {
        let mut four = Vec::with_capacity(4);
        let read = bytes.by_ref().take(4).read_to_end(&mut four);
        read.map_err(|error| error.to_string())?;
        match four[..] {
            [] => Ok(None),
            [a, b, c, d] => Ok(Some(u32::from_le_bytes([a, b, c, d]))),
            _ => Err(CUT.to_owned()),
        }
    };
    let Some(mut length) = word()? else {
        return Ok(None);
    };
    // Before the length stands a mark, but in files of before 2019.
    if length == u32::MAX {
        length = word()?.ok_or(CUT)?;
    }
    match length {
        0 => Ok(None),
        1..MAX_DESCRIPTION => body(bytes, u64::from(length)).map(Some),
        _ => Err(CONTRADICTION.to_owned()),
    }
}

/// So many bytes; memory grows with what is there, whatever was said.
fn body(bytes: &mut Bytes, length: u64) -> Result<Vec<u8>, String> {
    let mut read = Vec::new();
    let taken = bytes.by_ref().take(length).read_to_end(&mut read);
    match taken.map_err(|error| error.to_string())? as u64 == length {
        true => Ok(read),
        false => Err(CUT.to_owned()),
    }
}

fn skip(bytes: &mut Bytes, length: u64) -> Result<(), String> {
    let by = i64::try_from(length).map_err(|_| CONTRADICTION.to_owned())?;
    let moved = bytes.seek(SeekFrom::Current(by));
    moved.map(|_| ()).map_err(|error| error.to_string())
}

fn message(described: &[u8]) -> Result<Message<'_>, String> {
    root_as_message(described).map_err(|error| error.to_string())
}

fn body_of(message: &Message<'_>) -> Result<u64, String> {
    u64::try_from(message.bodyLength()).map_err(|_| CONTRADICTION.to_owned())
}

/// The rows of all batches, where the descriptions of not too many tell.
fn count(mut bytes: Bytes, mut parts: Option<VecDeque<u64>>) -> Option<u64> {
    let mut rows = 0_u64;
    for _ in 0..COUNTED {
        let Some(described) = next(&mut bytes, &mut parts).ok()? else {
            return Some(rows);
        };
        let message = message(&described).ok()?;
        if let Some(batch) = message.header_as_record_batch() {
            rows = rows.checked_add(u64::try_from(batch.length()).ok()?)?;
        }
        skip(&mut bytes, body_of(&message).ok()?).ok()?;
    }
    None
}

/// Refuses a batch whose parts say that they unpack to more than fits into memory.
fn check_unpacked(batch: &arrow_ipc::RecordBatch<'_>, body: &[u8]) -> Result<(), String> {
    if batch.compression().is_none() {
        return Ok(());
    }
    let said = |buffer: &arrow_ipc::Buffer| {
        let from = usize::try_from(buffer.offset()).ok()?;
        let length = body.get(from..from.checked_add(8)?)?.try_into().ok()?;
        // What is not packed says so by −1.
        u64::try_from(i64::from_le_bytes(length)).ok()
    };
    let buffers = batch.buffers().into_iter().flatten();
    let all = buffers.filter_map(said).fold(0, u64::saturating_add);
    let most = memory::free().unwrap_or(UNPACKED) / 2;
    match all <= most {
        true => Ok(()),
        false => Err(format!(
            "{TOO_LARGE}{} MB, for which there is no memory: write it in smaller batches",
            all >> 20
        )),
    }
}

/// What the library says, with a remedy where there is one.
fn told(error: &ArrowError) -> String {
    let text = error.to_string();
    match text.contains("feature") || matches!(error, ArrowError::NotYetImplemented(_)) {
        true => format!("{text}; write it with the compression lz4, or without"),
        false => text,
    }
}
