//! Reads a file into a table.

use std::io::Read;
use std::path::Path;

use super::Dataset;
use crate::dataset::bytes::counted::Counted;
use crate::dataset::bytes::memory;
use crate::dataset::columns::settle;
use crate::dataset::format::Input;
use crate::dataset::frame::sniff;
use crate::dataset::open::{self, Opened};
use crate::dataset::rows::records::{Look, Records};
use crate::dataset::{DatasetError, Origin, ReadOptions};
use crate::numeric::Watch;

/// Reads a table in a file, and tells `watch` how much of it is read.
///
/// # Errors
///
/// It is no table of finite numbers, or `watch` cancels.
pub(in crate::dataset) fn read_table(
    path: &Path,
    options: &ReadOptions,
    watch: &mut dyn Watch,
) -> Result<Dataset, DatasetError> {
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
