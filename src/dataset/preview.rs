//! The beginning of a file, for whoever is about to open it.

use std::path::Path;

use super::counted::Counted;
use super::format::Input;
use super::label::{Spelling, Verdict};
use super::names::{self, Part};
use super::open::{self, Opened};
use super::text::short;
use super::{DatasetError, ReadOptions, cell::Cell, sequences};

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
    /// The classes, where the file holds sequences.
    pub classes: Option<Vec<String>>,
}

/// Reads the beginning of a file and says how the options would read it.
///
/// A choice that does not fit the columns (yet) is no error here: `label` and `id` are then
/// `None`, so that a dialog can still show what there is to choose from.
///
/// # Errors
///
/// The file cannot be opened, is empty, or is not text.
pub fn preview(path: &Path, options: &ReadOptions) -> Result<Preview, DatasetError> {
    if sequences::is_meant(path, options) {
        return sequences::preview(path, options);
    }
    let opened = Opened::new(
        Input::file(Counted::new(open::file(path)?).0),
        &open::table_name(path),
        options,
    )?;
    let (columns, _) = names::columns(&opened.sample[0], opened.header, opened.first_line)?;
    let records = &opened.sample[usize::from(opened.header)..];
    let parts = names::parts(&columns, options).unwrap_or_default();
    let is_label = |place: usize| match parts[place] {
        Part::Label => true,
        Part::PerhapsLabel => {
            let cells = records.iter().filter_map(|record| record.get(place));
            Verdict::of(cells.map(spelling)) == Verdict::Labels
        }
        _ => false,
    };
    let label = (0..parts.len()).find(|&place| is_label(place));
    let id = parts.iter().position(|&part| part == Part::Id);
    let show = |field: &[u8]| short(&String::from_utf8_lossy(field));
    Ok(Preview {
        delimiter: opened.delimiter,
        header: opened.header,
        rows: records
            .iter()
            .take(50)
            .map(|record| record.iter().map(show).collect())
            .collect(),
        label: label.map(|place| columns[place].clone()),
        id: id.map(|place| columns[place].clone()),
        columns,
        format: opened.about.format,
        notes: opened.about.notes.all(),
        sheets: opened.about.sheets,
        sheet: opened.about.sheet,
        classes: None,
    })
}

fn spelling(field: &[u8]) -> Spelling {
    match Cell::read(field) {
        Cell::Number(number) => Spelling::of_number(number as f32),
        Cell::Text(text) => Spelling::of_text(text),
        Cell::Missing => Spelling::Unknown,
        Cell::TooLarge(_) | Cell::Infinite(_) | Cell::NotUtf8 => Spelling::Other,
    }
}
