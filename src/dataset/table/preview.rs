//! The beginning of a file, for whoever is about to open it.

use std::path::Path;

use crate::dataset::bytes::counted::Counted;
use crate::dataset::format::Input;
use crate::dataset::inspect::{self, Inspection};
use crate::dataset::open::{self, Opened};
use crate::dataset::text::short;
use crate::dataset::{DatasetError, Meaning, ReadOptions};

/// How a file would be read, and its first rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// The byte between fields.
    pub delimiter: u8,
    /// Whether the first record names the columns.
    pub header: bool,
    /// The names of the columns.
    pub columns: Vec<String>,
    /// The first records (at most 50) without the header; cells are cut at 40 characters.
    pub rows: Vec<Vec<String>>,
    /// The column that would be taken for the labels, as far as the first rows tell.
    pub label: Option<String>,
    /// The column that would be taken for the ids.
    pub id: Option<String>,
    /// The name of the file's format.
    pub format: &'static str,
    /// The sheets of a workbook, or the files of an archive.
    pub sheets: Vec<String>,
    /// The one that is read.
    pub sheet: Option<String>,
    /// Sentences about what was decided in reading.
    pub notes: Vec<String>,
    /// The classes, where the file holds sequences or images.
    pub classes: Option<Vec<String>>,
    /// What the columns mean, as far as the beginning tells; `None` where a choice does not fit them.
    pub found: Option<Box<Inspection>>,
}

/// How a table would be read.
pub(in crate::dataset) fn preview(
    path: &Path,
    options: &ReadOptions,
) -> Result<Preview, DatasetError> {
    let name = open::table_name(path);
    let input = Input::file(Counted::new(open::file(path)?).0, path);
    let opened = Opened::beginning(input, &name, options)?;
    let (frame, about) = (&opened.frame, opened.about.clone());
    let show = |field: &[u8]| short(&String::from_utf8_lossy(field));
    let rows = frame.sample.iter().take(50);
    let rows = rows
        .map(|record| record.iter().map(show).collect())
        .collect();
    let (delimiter, header, names) = (frame.grammar.delimiter, frame.header, frame.names.clone());
    // A choice that fits no column (yet), or a table that is too small, is told when it is opened.
    let found = inspect::beginning(opened, &name, options).ok();
    let first = |meaning| {
        let columns = found.iter().flat_map(|found| &found.columns);
        let mut columns = columns.filter(|column| column.meaning == meaning);
        columns.next().map(|column| column.name.clone())
    };
    Ok(Preview {
        delimiter,
        header,
        rows,
        label: first(Meaning::Label),
        id: first(Meaning::Id),
        columns: names,
        format: about.format,
        notes: found
            .as_ref()
            .map_or_else(|| about.notes.all(), |found| found.notes.clone()),
        sheets: about.sheets,
        sheet: about.sheet,
        found: found.map(Box::new),
        classes: None,
    })
}
