//! Opens a file or reader and recognises its form.

use std::fs::File;
use std::io;
use std::path::Path;

use csv::ByteRecord;

use super::format::{self, About, Input};
use super::source::Source;
use super::{DatasetError, ReadOptions, sniff};

/// A table whose form is known and whose records are still to be read.
pub(super) struct Opened<'a> {
    /// The text, from its beginning.
    pub(super) source: Source<'a>,
    /// The byte between fields.
    pub(super) delimiter: u8,
    /// Whether the first record names the columns.
    pub(super) header: bool,
    /// The line of the first record, after empty lines.
    pub(super) first_line: u64,
    /// The first records; not empty.
    pub(super) sample: Vec<ByteRecord>,
    /// What the file is.
    pub(super) about: About,
}

impl<'a> Opened<'a> {
    /// Opens a table and recognises what the options leave open.
    pub(super) fn new(
        input: Input<'a>,
        name: &str,
        options: &ReadOptions,
    ) -> Result<Self, DatasetError> {
        if let Some(delimiter @ (b'"' | b'\n' | b'\r' | 0 | 0x80..)) = options.delimiter {
            return Err(DatasetError::Delimiter(delimiter));
        }
        let contents = format::open(input, name, options)?;
        let about = contents.about;
        let source = Source::open(contents.text, name)?;
        let (head, whole) = (source.head(), source.head_is_whole());
        let delimiter = match about.is_rendered {
            true => format::DELIMITER,
            false => options
                .delimiter
                .unwrap_or_else(|| sniff::delimiter(head, whole)),
        };
        let sample = sniff::sample(head, whole, delimiter);
        if sample.is_empty() {
            return Err(DatasetError::Empty(name.into()));
        }
        let empty_lines = head.iter().take_while(|&&byte| byte == b'\n').count();
        Ok(Self {
            first_line: empty_lines as u64 + 1,
            header: about
                .header
                .or(options.header)
                .unwrap_or_else(|| sniff::has_header(&sample)),
            source,
            delimiter,
            sample,
            about,
        })
    }

    /// Where in the head the first record ends; `None` if it goes on beyond.
    pub(super) fn end_of_first_record(&self) -> Option<usize> {
        let head = self.source.head();
        let mut reader = sniff::parser(self.delimiter).from_reader(head);
        let is_read = reader.read_byte_record(&mut ByteRecord::new()).ok()?;
        let end = reader.position().byte() as usize;
        (is_read && (self.source.head_is_whole() || end < head.len())).then_some(end)
    }
}

/// Opens a file for reading.
pub(super) fn file(path: &Path) -> Result<File, DatasetError> {
    if path.is_dir() {
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
