//! Reads a file into a table.

use std::io::Read;
use std::path::Path;

use super::counted::Counted;
use super::format::Input;
use super::open::{self, Opened};
use super::records::{Look, Records};
use super::{Dataset, DatasetError, Origin, ReadOptions, images, memory, sequences, settle, sniff};
use crate::imaging::holds_images;
use crate::numeric::{Unwatched, Watch};

/// Reads a table in a file of any of the formats that the dataset's [`ENDINGS`](super::ENDINGS) name.
///
/// # Errors
///
/// The file cannot be opened, or is no table of finite numbers; see [`DatasetError`].
pub fn read_path(path: &Path, options: &ReadOptions) -> Result<Dataset, DatasetError> {
    read_path_watched(path, options, &mut Unwatched)
}

/// Does what [`read_path`] does, and tells `watch` how much of the file is read.
///
/// # Errors
///
/// As [`read_path`], and [`DatasetError::Cancelled`] when `watch` says so.
pub fn read_path_watched(
    path: &Path,
    options: &ReadOptions,
    watch: &mut dyn Watch,
) -> Result<Dataset, DatasetError> {
    // First, as an array of few floats at each of many moments is no picture.
    if sequences::is_meant(path, options) {
        return sequences::read(path, options, watch);
    }
    if holds_images(path) {
        return images::read(path, options, watch);
    }
    let file = open::file(path)?;
    let (counted, count) = Counted::new(file);
    let mut look = || {
        let (done, all) = count.so_far();
        let unit = |bytes: u64| (bytes >> 16) as usize;
        Ok(watch.step(READING, unit(done), unit(all).max(1))?)
    };
    let input = Input::file(counted, path);
    let length = Some(count.length());
    let name = open::table_name(path);
    let (mut dataset, sheet) = read(input, length, &name, options, &mut look)?;
    // The sheet that was found is the one to read again.
    let options = ReadOptions {
        sheet,
        ..options.clone()
    };
    dataset.origin = Some(Origin::of_file(path, &options));
    Ok(dataset)
}

/// Reads a table of any format, and calls it `name`.
///
/// # Errors
///
/// The bytes are no table of finite numbers; see [`DatasetError`].
pub fn read_from(
    reader: impl Read + Send,
    name: &str,
    options: &ReadOptions,
) -> Result<Dataset, DatasetError> {
    let input = Input::stream(reader);
    Ok(read(input, None, name, options, &mut || Ok(()))?.0)
}

/// The name of the phase, as [`Watch`] is told it.
pub const READING: &str = "reading the table";

/// Reads a table from so many bytes, if that is known; returns it with the sheet that was read.
fn read(
    input: Input<'_>,
    bytes: Option<u64>,
    name: &str,
    options: &ReadOptions,
    look: Look<'_>,
) -> Result<(Dataset, Option<String>), DatasetError> {
    look()?;
    let opened = Opened::new(input, name, options)?;
    let about = opened.about.clone();
    if let (Some(bytes), Some(free)) = (bytes, memory::free()) {
        let every = u64::from(options.every.unwrap_or(1));
        let head = opened.source.head().len();
        let rows = match about.rows {
            Some(rows) => rows,
            None => {
                let sample = &opened.frame.sample;
                memory::rows(bytes, head, &sample[..sample.len().min(sniff::SAMPLE)])
            }
        };
        memory::check(rows, opened.frame.names.len(), every, free)?;
    }
    let encoding = opened.source.encoding().notice();
    let records = Records::read(opened, name, options, look)?;
    let mut dataset = settle::dataset(records, name, options)?;
    let notes = about.notes.all().into_iter().chain(encoding);
    dataset.notices.splice(0..0, notes);
    Ok((dataset, about.sheet))
}
