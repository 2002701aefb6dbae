//! Reads sequences from files.

mod folder;
mod how;
mod lines;
mod long;
mod npy;
mod npz;
mod text;
mod ts;

use std::io::Read;
use std::path::Path;

pub use how::{Decode, Decoded};
use how::{How, as_it_is};
use text::{Count, Lines, unreadable};

use super::options::{SequenceLayout, SequenceOptions};
use super::raw::{RawSequence, Tidying};
use super::{Sequence, SequenceError, SequenceSet};
use crate::disk::is_dir;

/// Longest text or array that is read as a whole, unpacked, in bytes.
const LONGEST: u64 = 1 << 31;

/// Sequences as they stand in a file, one after another.
type RawSequences = Box<dyn Iterator<Item = Result<RawSequence, SequenceError>> + Send>;

/// Whether a path holds sequences by its name alone: a `.ts` file, gzipped or not, an array of
/// NumPy or an archive of such, or a folder of CSV files.
pub fn is_sequences(path: &Path) -> bool {
    match ending(path).as_str() {
        "ts" => true,
        "npy" => npy::is_sequences(path),
        "npz" => npz::is_sequences(path),
        _ => is_dir(path) && folder::is_sequences(path),
    }
}

/// Reads a set of sequences.
///
/// # Errors
/// One sentence with the place, what is wrong there and what would be right.
pub fn read_sequences(
    path: &Path,
    options: &SequenceOptions,
) -> Result<SequenceSet, SequenceError> {
    SequenceReader::open(path, options)?.into_set()
}

/// Sequences of a file of any length, one after another, made fit for a set.
///
/// Of `.ts` files, of one sequence a line and of folders it holds one sequence at a time; long
/// tables and arrays it reads as a whole.
pub struct SequenceReader {
    name: String,
    rows: RawSequences,
    tidying: Tidying,
    count: Count,
    /// What was decided in opening the file.
    notes: Vec<String>,
}

/// The sequences of a file, and what was decided in opening it.
struct Found {
    channels: Vec<String>,
    rows: RawSequences,
    notes: Vec<String>,
}

impl From<(Vec<String>, RawSequences)> for Found {
    fn from((channels, rows): (Vec<String>, RawSequences)) -> Self {
        Self {
            channels,
            rows,
            notes: Vec::new(),
        }
    }
}

impl std::fmt::Debug for SequenceReader {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(to, "SequenceReader of {}", self.name)
    }
}

/// Reads all the times of a column that are no numbers, in seconds, or says what is wrong.
pub type TimesReader<'a> = dyn Fn(&[&str]) -> Result<Vec<f64>, String> + 'a;

/// Where times are numbers alone.
pub(super) fn no_dates(texts: &[&str]) -> Result<Vec<f64>, String> {
    Err(format!(
        "“{}” is no number",
        texts.first().map_or("", |text| text.trim())
    ))
}

impl SequenceReader {
    /// Opens a file or a folder whose texts are UTF-8.
    ///
    /// # Errors
    /// One sentence with the place, what is wrong there and what would be right.
    pub fn open(path: &Path, options: &SequenceOptions) -> Result<Self, SequenceError> {
        Self::open_decoded(path, options, as_it_is)
    }

    /// The same of texts that somebody decodes.
    ///
    /// # Errors
    /// As [`open`](Self::open).
    pub fn open_decoded(
        path: &Path,
        options: &SequenceOptions,
        decode: Decode,
    ) -> Result<Self, SequenceError> {
        let name = name(path);
        let how = How::of(options, decode);
        let mut count = Count::default();
        let found = if is_dir(path) {
            folder::read(path, &how)?
        } else if ending(path) == "npy" {
            npy::read(&bytes(path)?, &name, &how.numbers)?.into()
        } else if ending(path) == "npz" {
            npz::read(path, &name, &how.numbers)?.into()
        } else if ending(path) == "ts" || options.layout == Some(SequenceLayout::Lines) {
            let ((text, note), read) = how.open(path)?;
            count = read;
            let lines = Lines::new(text, path);
            let mut found = Found::from(match ending(path).as_str() {
                "ts" => ts::read(lines, &name, &how.numbers)?,
                _ => lines::read(lines, &name, &how.numbers),
            });
            found.notes.extend(note);
            found
        } else {
            let (text, note) = whole(path, &how)?;
            let layout = options.layout.as_ref();
            let mut found = long::read(&text, &name, layout, (&how.numbers, &no_dates))?;
            found.notes.extend(note);
            found
        };
        Ok(Self::of(name, found, options, count))
    }

    /// Reads sequences from a table of text; `times` reads the times of moments that are no numbers.
    ///
    /// # Errors
    /// As [`open`](Self::open).
    pub fn of_text(
        text: &str,
        name: &str,
        options: &SequenceOptions,
        times: &TimesReader<'_>,
    ) -> Result<Self, SequenceError> {
        let numbers = How::of(options, as_it_is).numbers;
        let found = match &options.layout {
            Some(SequenceLayout::Lines) => lines::read(Lines::of(text), name, &numbers).into(),
            layout => long::read(text, name, layout.as_ref(), (&numbers, times))?,
        };
        Ok(Self::of(name.to_owned(), found, options, Count::default()))
    }

    fn of(name: String, found: Found, options: &SequenceOptions, count: Count) -> Self {
        Self {
            name,
            rows: found.rows,
            tidying: Tidying::new(found.channels, options),
            count,
            notes: found.notes,
        }
    }

    /// The same with another sentence about how the file was opened.
    #[must_use]
    pub fn with_note(mut self, note: Option<String>) -> Self {
        self.notes.extend(note);
        self
    }

    /// Sequences that are at hand, to be made fit for a set.
    pub fn of_sequences(
        name: &str,
        channels: Vec<String>,
        sequences: Vec<Sequence>,
        options: &SequenceOptions,
    ) -> Self {
        let of = name.to_owned();
        let rows = sequences.into_iter().map(move |sequence| {
            Ok(RawSequence {
                place: format!("sequence {} of {of}", sequence.id),
                channels: sequence
                    .values
                    .columns()
                    .into_iter()
                    .map(|column| column.to_vec())
                    .collect(),
                id: sequence.id,
                class: sequence.class,
                times: None,
                phases: sequence.phases,
            })
        });
        Self {
            name: name.to_owned(),
            rows: Box::new(rows),
            tidying: Tidying::new(channels, options),
            count: Count::default(),
            notes: Vec::new(),
        }
    }

    /// Reads all of them.
    ///
    /// # Errors
    /// As [`open`](Self::open), and where they make no set.
    pub fn into_set(self) -> Result<SequenceSet, SequenceError> {
        SequenceSet::of(self.name, self.rows, self.tidying, self.notes)
    }

    /// The names of the channels.
    pub fn channels(&self) -> &[String] {
        self.tidying.channels()
    }

    /// Reads the next sequence; `None` after the last.
    ///
    /// # Errors
    /// It does not read, or is no sequence of these channels.
    pub fn next_sequence(&mut self) -> Result<Option<Sequence>, SequenceError> {
        let raw = self.rows.next().transpose()?;
        raw.map(|raw| self.tidying.tidy(raw)).transpose()
    }

    /// The bytes of the file that have been read, and all; zeros where it is read as a whole.
    pub fn progress(&self) -> (u64, u64) {
        self.count.so_far()
    }

    /// Sentences about what was done to the sequences so far.
    pub fn notices(&self) -> Vec<String> {
        let mut notices = self.notes.clone();
        notices.extend(self.tidying.notices());
        notices
    }
}

/// The ending of a name without `.gz`, in small letters.
fn ending(path: &Path) -> String {
    let name = path
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .to_ascii_lowercase();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    name.rsplit_once('.')
        .map_or_else(String::new, |(_, ending)| ending.to_owned())
}

/// What a set is called: the file's name without its endings.
fn name(path: &Path) -> String {
    let name = path
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    let stem = name
        .rsplit_once('.')
        .filter(|_| !is_dir(path))
        .map_or(name, |(stem, _)| stem);
    stem.to_owned()
}

fn bytes(path: &Path) -> Result<Vec<u8>, SequenceError> {
    let (reader, _) = text::open(path)?;
    all(reader, path)
}

/// All bytes of a reader, as long as they are not too many.
fn all(reader: impl Read, path: &Path) -> Result<Vec<u8>, SequenceError> {
    let mut bytes = Vec::new();
    let read = reader.take(LONGEST + 1).read_to_end(&mut bytes);
    read.map_err(|error| unreadable(path, &error))?;
    if bytes.len() as u64 > LONGEST {
        return Err(SequenceError::new(
            path.display().to_string(),
            "there are more than 2 GiB; split the set",
        ));
    }
    Ok(bytes)
}

/// All of a text, with a sentence where it was decoded.
fn whole(path: &Path, how: &How) -> Result<(String, Option<String>), SequenceError> {
    let ((reader, note), _) = how.open(path)?;
    let bytes = all(reader, path)?;
    match String::from_utf8(bytes) {
        Ok(text) => {
            let text = text
                .strip_prefix('\u{feff}')
                .map(str::to_owned)
                .unwrap_or(text);
            Ok((text, note))
        }
        Err(error) => {
            let before = &error.as_bytes()[..error.utf8_error().valid_up_to()];
            let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
            Err(SequenceError::new(
                path.display().to_string(),
                format!("line {line} is not UTF-8 text; save the file in UTF-8"),
            ))
        }
    }
}

fn not_a_number(place: String, field: &str) -> SequenceError {
    let shown: String = field.trim().chars().take(40).collect();
    SequenceError::new(
        place,
        format!(
            "“{}” is not a number; correct or remove it",
            shown.escape_debug()
        ),
    )
}
