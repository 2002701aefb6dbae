//! Reads sequences from files.

mod folder;
mod lines;
mod long;
mod npy;
mod npz;
mod text;
mod ts;

use std::io::Read;
use std::path::Path;

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
    /// Opens a file or a folder.
    ///
    /// # Errors
    /// One sentence with the place, what is wrong there and what would be right.
    pub fn open(path: &Path, options: &SequenceOptions) -> Result<Self, SequenceError> {
        let name = name(path);
        let mut count = Count::default();
        let (channels, rows) = if is_dir(path) {
            folder::read(path)?
        } else if ending(path) == "npy" {
            npy::read(&bytes(path)?, &name)?
        } else if ending(path) == "npz" {
            npz::read(path, &name)?
        } else if ending(path) == "ts" || options.layout == Some(SequenceLayout::Lines) {
            let (lines, read) = Lines::open(path)?;
            count = read;
            match ending(path).as_str() {
                "ts" => ts::read(lines, &name)?,
                _ => lines::read(lines, &name),
            }
        } else {
            long::read(&whole(path)?, &name, options.layout.as_ref(), &no_dates)?
        };
        Ok(Self {
            name,
            rows,
            tidying: Tidying::new(channels, options),
            count,
        })
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
        let (channels, rows) = match &options.layout {
            Some(SequenceLayout::Lines) => lines::read(Lines::of(text), name),
            layout => long::read(text, name, layout.as_ref(), times)?,
        };
        Ok(Self {
            name: name.to_owned(),
            rows,
            tidying: Tidying::new(channels, options),
            count: Count::default(),
        })
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
        }
    }

    /// Reads all of them.
    ///
    /// # Errors
    /// As [`open`](Self::open), and where they make no set.
    pub fn into_set(self) -> Result<SequenceSet, SequenceError> {
        SequenceSet::of(self.name, self.rows, self.tidying)
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
        self.tidying.notices()
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

fn whole(path: &Path) -> Result<String, SequenceError> {
    let bytes = bytes(path)?;
    match String::from_utf8(bytes) {
        Ok(text) => Ok(text
            .strip_prefix('\u{feff}')
            .map(str::to_owned)
            .unwrap_or(text)),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let line = error.as_bytes()[..at]
                .iter()
                .filter(|byte| **byte == b'\n')
                .count()
                + 1;
            Err(SequenceError::new(
                path.display().to_string(),
                format!("line {line} is not UTF-8 text; save the file in UTF-8"),
            ))
        }
    }
}

/// Reads a number; NaN for what stands for a missing value.
fn number(field: &str) -> Option<f32> {
    let field = field.trim();
    match field.to_ascii_lowercase().as_str() {
        "" | "?" | "nan" | "na" | "null" | "none" => Some(f32::NAN),
        _ => field.parse::<f32>().ok(),
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
