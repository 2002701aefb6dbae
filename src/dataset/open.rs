//! Opens a file or reader and recognises its form.

use std::io;
use std::path::Path;

use super::bytes::text_source::TextSource;
use super::format::{self, About, Blocks, Input};
use super::frame::Frame;
use super::{DatasetError, ReadOptions};
use crate::disk::{fs::File, is_dir};

/// A table whose form is known and whose records are still to be read.
pub(super) struct Opened<'a> {
    /// The text, from its beginning.
    pub(super) source: TextSource<'a>,
    /// What stands around the table in it.
    pub(super) frame: Frame,
    /// What the file is.
    pub(super) about: About,
    /// What follows the beginning of the text as it is, where it has numbers that are no text.
    pub(super) blocks: Option<Box<dyn Blocks + 'a>>,
}

impl<'a> Opened<'a> {
    /// Opens a table and recognises what the options leave open.
    pub(super) fn new(
        input: Input<'a>,
        name: &str,
        options: &ReadOptions,
    ) -> Result<Self, DatasetError> {
        Self::extent(input, name, options, false)
    }

    /// The same of the beginning of a table, where that is sooner read.
    pub(super) fn beginning(
        input: Input<'a>,
        name: &str,
        options: &ReadOptions,
    ) -> Result<Self, DatasetError> {
        Self::extent(input, name, options, true)
    }

    fn extent(
        input: Input<'a>,
        name: &str,
        options: &ReadOptions,
        beginning: bool,
    ) -> Result<Self, DatasetError> {
        if let Some(delimiter @ (b'"' | b'\n' | b'\r' | 0 | 0x80..)) = options.delimiter {
            return Err(DatasetError::Delimiter(delimiter));
        }
        let contents = format::open(input, name, options, beginning)?;
        let (about, blocks) = (contents.about, contents.blocks);
        // What is rendered is UTF-8, whatever the file is.
        let encoding = options.encoding.as_deref().filter(|_| !about.is_rendered);
        let mut source = TextSource::open(contents.text, name, encoding)?;
        if about.is_cut {
            source.cut();
        }
        if source.is_wrapped() {
            about
                .notes
                .add("Each line is in quotation marks as a whole; they are taken off.".to_owned());
        }
        let (head, whole) = (source.head(), source.head_is_whole());
        let frame = Frame::of(head, whole, name, options, &about)?;
        Ok(Self {
            source,
            frame,
            about,
            blocks,
        })
    }
}

/// Opens a file for reading.
pub(super) fn file(path: &Path) -> Result<File, DatasetError> {
    if is_dir(path) {
        return Err(DatasetError::Folder(path.into()));
    }
    File::open(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => DatasetError::NotFound(path.into()),
        io::ErrorKind::PermissionDenied => DatasetError::NoPermission(path.into()),
        _ => DatasetError::Unreadable(path.to_string_lossy().into_owned(), error.to_string()),
    })
}

/// The name of a table: its file's, without the endings of packed files and tables.
pub(super) fn table_name(path: &Path) -> String {
    let mut name = path
        .file_name()
        .map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    for endings in [&format::PACKED[..], &format::ENDINGS] {
        let lower = name.to_ascii_lowercase();
        let stem = |ending: &&str| lower.strip_suffix(*ending)?.strip_suffix('.').map(str::len);
        if let Some(length) = endings.iter().find_map(stem) {
            name.truncate(length);
        }
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_named_after_their_files() {
        for (path, name) in [
            ("a/wine.csv", "wine"),
            ("wine.2.TSV.gz", "wine.2"),
            ("wine.gz", "wine"),
            ("wine.data", "wine"),
            ("wine.parquet", "wine"),
            ("wine.xlsx.zip", "wine"),
            ("/", ""),
        ] {
            assert_eq!(table_name(Path::new(path)), name);
        }
    }
}
