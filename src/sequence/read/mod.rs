//! Reads sequences from files.

mod folder;
mod lines;
mod long;
mod npy;
mod ts;

use std::fs::File;
use std::io::Read;
use std::path::Path;

use flate2::read::MultiGzDecoder;

use super::options::{SequenceLayout, SequenceOptions};
use super::{SequenceError, SequenceSet};

/// Longest text or array, unpacked, in bytes.
const LONGEST: u64 = 1 << 31;

/// Whether a path holds sequences by its name alone: a `.ts` file, gzipped or not, an array of
/// NumPy, or a folder of CSV files.
pub fn is_sequences(path: &Path) -> bool {
    match ending(path).as_str() {
        "ts" => true,
        "npy" => npy::is_sequences(path),
        _ => path.is_dir() && folder::is_sequences(path),
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
    let name = name(path);
    if path.is_dir() {
        let (channels, raw) = folder::read(path)?;
        return SequenceSet::of(name, channels, raw, options);
    }
    if ending(path) == "npy" {
        let (channels, raw) = npy::read(&bytes(path)?, &name)?;
        return SequenceSet::of(name, channels, raw, options);
    }
    let text = text(path)?;
    if ending(path) == "ts" {
        let (channels, raw) = ts::read(&text, &name)?;
        return SequenceSet::of(name, channels, raw, options);
    }
    read_text(&text, &name, options)
}

/// Reads sequences from a table of text.
pub(super) fn read_text(
    text: &str,
    name: &str,
    options: &SequenceOptions,
) -> Result<SequenceSet, SequenceError> {
    let (channels, raw) = match &options.layout {
        Some(SequenceLayout::Lines) => lines::read(text, name)?,
        Some(layout @ SequenceLayout::Long { .. }) => long::read(text, name, layout)?,
        None => {
            return Err(SequenceError::new(
                name,
                "whether a line is a sequence or a moment cannot be told; say --sequences lines or --sequences long",
            ));
        }
    };
    SequenceSet::of(name.to_owned(), channels, raw, options)
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
        .filter(|_| !path.is_dir())
        .map_or(name, |(stem, _)| stem);
    stem.to_owned()
}

fn bytes(path: &Path) -> Result<Vec<u8>, SequenceError> {
    let refused = |error: std::io::Error| {
        SequenceError::new(
            path.display().to_string(),
            format!(
                "reading failed ({error}); check the path, and copy the file again if it is damaged"
            ),
        )
    };
    let file = File::open(path).map_err(refused)?;
    let mut bytes = Vec::new();
    let packed = path.to_string_lossy().to_ascii_lowercase().ends_with(".gz");
    let read = match packed {
        true => MultiGzDecoder::new(file)
            .take(LONGEST + 1)
            .read_to_end(&mut bytes),
        false => file.take(LONGEST + 1).read_to_end(&mut bytes),
    };
    read.map_err(refused)?;
    if bytes.len() as u64 > LONGEST {
        return Err(SequenceError::new(
            path.display().to_string(),
            "there are more than 2 GiB; split the set",
        ));
    }
    Ok(bytes)
}

fn text(path: &Path) -> Result<String, SequenceError> {
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
