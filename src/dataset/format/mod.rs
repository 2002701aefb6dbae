//! Formats of tables: whatever a file is, it becomes lines of text, or is named.
//!
//! 1. The first bytes say what a file is ([`magic`]), never its name.
//! 2. What is packed (gzip, Zstandard, zip) is unpacked as it is read, within bounds.
//! 3. CSV text goes on as it is. The records of other formats are rendered as lines of fields, so
//!    that whatever is inferred and chosen of a CSV file is so of any table.
//! 4. A file with several tables (a workbook, an archive) gives the chosen one, or its first and a
//!    note.

mod arff;
mod arrow;
mod blocks;
mod bytes;
mod civil;
mod columns;
mod fields;
mod json;
mod magic;
mod numpy;
mod packed;
mod parquet;
mod render;
mod sheet;
#[cfg(not(target_arch = "wasm32"))]
mod sqlite;
mod texts;

use std::io::Read;

pub(super) use self::blocks::{Block, Blocks, Values};
use self::bytes::Bytes;
pub(super) use self::bytes::Input;
use self::magic::Kind;
use self::packed::Archive;
use self::render::{Chunks, Rendered, Shared};
pub(super) use self::render::{DELIMITER, Notes};
use self::sheet::Workbook;
use super::text::{list, quote};
use super::{DatasetError, ReadOptions};

/// The endings of files that hold tables, in lower case and without the point.
pub const ENDINGS: [&str; 28] = [
    "csv", "tsv", "txt", "tab", "dat", "data", "parquet", "pq", "arrow", "arrows", "feather",
    "ipc", "xlsx", "xlsm", "xlsb", "xls", "ods", "sqlite", "sqlite3", "db", "db3", "jsonl",
    "ndjson", "json", "arff", "bed", "npy", "npz",
];

/// The endings of packed files.
pub const PACKED: [&str; 3] = ["gz", "zst", "zip"];

/// Most layers of packing around a table.
const MAX_LAYERS: usize = 3;

/// Most bytes that the parts of a workbook may unpack to.
const MAX_WORKBOOK: u64 = 2 << 30;

/// What a file holds.
pub(super) struct Contents<'a> {
    /// The text of a table.
    pub(super) text: Box<dyn Read + Send + 'a>,
    /// What the file is, and which table of it this is.
    pub(super) about: About,
    /// The same table as it is, where it has numbers that are no text.
    pub(super) blocks: Option<Box<dyn Blocks + 'a>>,
}

/// What a file is, and which of its tables is read.
#[derive(Clone, Debug, Default)]
pub(super) struct About {
    /// The name of the format.
    pub(super) format: &'static str,
    /// The tables that the file has, where it can have several.
    pub(super) sheets: Vec<String>,
    /// The one that is read.
    pub(super) sheet: Option<String>,
    /// The number of records, where the file says it.
    pub(super) rows: Option<u64>,
    /// Whether the text is rendered: fields are then separated by [`DELIMITER`].
    pub(super) is_rendered: bool,
    /// Whether the first record names the columns, where the format says it.
    pub(super) header: Option<bool>,
    /// The names of columns that hold categories, where the format says it.
    pub(super) categories: Vec<String>,
    /// Whether only the beginning of the table is there.
    pub(super) is_cut: bool,
    /// What is to be told; complete when the table has been read.
    pub(super) notes: Notes,
}

/// Tells what a file is, and opens the table in it as text; where its `beginning` will do, a format that
/// is read as a whole may leave out the rest.
///
/// # Errors
///
/// It is damaged, or no table that can be read; the sentence names what it is.
pub(super) fn open<'a>(
    input: Input<'a>,
    name: &str,
    options: &ReadOptions,
    beginning: bool,
) -> Result<Contents<'a>, DatasetError> {
    let mut opening = Opening {
        name,
        beginning,
        wanted: options.sheet.as_deref(),
        about: About::default(),
    };
    let contents = opening.open(input, 0)?;
    match opening.wanted {
        // A choice among one is no choice.
        Some(wanted) => Err(DatasetError::NoSuchSheet(
            name.into(),
            wanted.into(),
            contents.about.sheets,
        )),
        None => Ok(contents),
    }
}

struct Opening<'o> {
    name: &'o str,
    /// Whether the beginning of the table is enough.
    beginning: bool,
    /// The table that was chosen, until it is found.
    wanted: Option<&'o str>,
    about: About,
}

impl Opening<'_> {
    fn open<'a>(&mut self, input: Input<'a>, layers: usize) -> Result<Contents<'a>, DatasetError> {
        let name = self.name;
        let (head, input) = input
            .look(magic::LOOK)
            .map_err(|error| DatasetError::of_io(name, &error))?;
        if layers > MAX_LAYERS {
            return Err(DatasetError::Packed(
                name.into(),
                "it is packed over and over: unpack it, and open the table that is in it".into(),
            ));
        }
        match magic::kind(&head) {
            Kind::Gzip => self.open(packed::gzip(input, name), layers + 1),
            Kind::Zstd => self.open(packed::zstd(input, name)?, layers + 1),
            Kind::Zip => self.archive(input.into_bytes(name)?, layers),
            Kind::Compound => match has_text(&head, "EncryptedPackage") {
                true => Err(self.foreign("an encrypted workbook", "save it without a password")),
                false => self.sheet(input.into_bytes(name)?, Workbook::Xls),
            },
            Kind::Parquet => {
                let (table, names, rows) =
                    parquet::Parquet::open(input.into_bytes(name)?, name, &self.about.notes)?;
                self.about.rows = Some(rows);
                let names = render::header(names.iter().map(String::as_str));
                Ok(self.rendered("Parquet", names, table))
            }
            Kind::Arrow { is_file } => {
                let bytes = input.into_bytes(name)?;
                let (table, names, rows) =
                    arrow::Arrow::open(bytes, is_file, name, &self.about.notes)?;
                self.about.rows = rows;
                let names = render::header(names.iter().map(String::as_str));
                Ok(self.rendered("Arrow", names, table))
            }
            Kind::Sqlite => self.database(input),
            Kind::Json => {
                let (table, names) =
                    json::Json::open(input.into_reader(), name, &self.about.notes)?;
                Ok(self.rendered("JSON", names, table))
            }
            Kind::Arff => {
                let (table, names, categories) = arff::Arff::open(input.into_reader(), name)?;
                self.about.categories = categories;
                Ok(self.rendered("ARFF", names, table))
            }
            Kind::Numpy => {
                let bytes = numpy::take(input.into_reader(), name, &mut 0)?;
                self.numpy(vec![("array".to_owned(), bytes)])
            }
            Kind::Foreign(what, right) => Err(self.foreign(what, right)),
            Kind::Text => {
                self.about.format = "text";
                let about = std::mem::take(&mut self.about);
                Ok(Contents {
                    text: input.into_reader(),
                    about,
                    blocks: None,
                })
            }
        }
    }

    fn foreign(&self, what: &'static str, right: &'static str) -> DatasetError {
        DatasetError::Foreign(self.name.into(), what, right)
    }

    fn rendered<'a, C: Chunks + 'a>(
        &mut self,
        format: &'static str,
        names: Vec<u8>,
        table: C,
    ) -> Contents<'a> {
        self.about.format = format;
        self.about.is_rendered = true;
        self.about.header = (!names.is_empty()).then_some(true);
        let about = std::mem::take(&mut self.about);
        let rendered = Rendered::new(names, table);
        if !C::HAS_BLOCKS {
            return Contents {
                text: Box::new(rendered),
                about,
                blocks: None,
            };
        }
        let shared = Shared::new(rendered);
        Contents {
            text: Box::new(shared.clone()),
            about,
            blocks: Some(Box::new(shared)),
        }
    }

    fn numpy<'a>(&mut self, arrays: Vec<(String, Vec<u8>)>) -> Result<Contents<'a>, DatasetError> {
        let wanted = self.wanted.take();
        if arrays.len() > 1 {
            let names = arrays
                .iter()
                .map(|(entry, _)| entry.trim_end_matches(".npy").to_owned());
            self.about.sheets = names.collect();
        }
        let (table, names) = numpy::Numpy::open(arrays, self.name, wanted, &self.about.notes)?;
        self.about.rows = Some(table.rows());
        let names = render::header(names.iter().map(String::as_str));
        Ok(self.rendered("NumPy", names, table))
    }

    /// A zip archive: a workbook, or one with tables in it.
    fn archive<'a>(&mut self, bytes: Bytes, layers: usize) -> Result<Contents<'a>, DatasetError> {
        let mut archive = Archive::open(bytes.clone(), self.name)?;
        let office = [
            ("xl/workbook.xml", Workbook::Xlsx),
            ("xl/workbook.bin", Workbook::Xlsb),
        ];
        let office = office
            .iter()
            .find(|(part, _)| archive.has(part))
            .map(|(_, format)| *format);
        let is_open_document = archive.has("mimetype") && archive.has("content.xml");
        if let Some(format) = office.or(is_open_document.then_some(Workbook::Ods)) {
            if archive.unpacked > MAX_WORKBOOK {
                return Err(DatasetError::Packed(
                    self.name.into(),
                    "its sheets unpack to more than 2 GiB: save the table as CSV or Parquet".into(),
                ));
            }
            return self.sheet(bytes, format);
        }
        for (part, what, right) in [
            (
                "word/document.xml",
                "a Word document",
                "copy the table into a spreadsheet, and save that",
            ),
            (
                "ppt/presentation.xml",
                "a presentation",
                "copy the table into a spreadsheet, and save that",
            ),
            ("META-INF/MANIFEST.MF", "a program (Java)", "choose a table"),
            (
                "META-INF/container.xml",
                "an electronic book",
                "choose a table",
            ),
        ] {
            if archive.has(part) {
                return Err(self.foreign(what, right));
            }
        }
        if archive
            .entries
            .iter()
            .any(|(entry, _)| entry.ends_with("data.pkl"))
        {
            return Err(self.foreign(
                "a model or tensor of PyTorch",
                "save its table as CSV or Parquet",
            ));
        }
        let is_array = |(entry, _): &(String, usize)| entry.ends_with(".npy");
        if !archive.entries.is_empty() && archive.entries.iter().all(is_array) {
            let (mut arrays, mut taken) = (Vec::new(), 0);
            for at in 0..archive.entries.len() {
                let bytes = numpy::take(archive.entry(at)?.into_reader(), self.name, &mut taken)?;
                arrays.push((archive.entries[at].0.clone(), bytes));
            }
            return self.numpy(arrays);
        }
        let names: Vec<String> = archive
            .entries
            .iter()
            .map(|(entry, _)| entry.clone())
            .collect();
        let chosen = self
            .wanted
            .and_then(|wanted| names.iter().position(|entry| entry == wanted));
        if chosen.is_some() {
            self.wanted = None;
        }
        let Some(at) = chosen.or_else(|| archive.first_table()) else {
            let held = list(names.iter().map(|entry| quote(entry)));
            let why = match names.is_empty() {
                true => "it is empty".to_owned(),
                false => format!("none of its files has the name of a table; it holds {held}"),
            };
            return Err(DatasetError::Packed(self.name.into(), why));
        };
        if names.len() > 1 {
            if chosen.is_none() {
                let others = names.iter().enumerate().filter(|(index, _)| *index != at);
                let others = list(others.map(|(_, entry)| quote(entry)));
                self.about.notes.add(format!("The archive holds several files; {} is read. Another can be chosen (--sheet): {others}.", quote(&names[at])));
            }
            self.about.sheet = Some(names[at].clone());
            self.about.sheets = names;
        }
        self.open(archive.entry(at)?, layers + 1)
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn database<'a>(&mut self, input: Input<'a>) -> Result<Contents<'a>, DatasetError> {
        let wanted = self.wanted.take();
        let sqlite::Chosen {
            rows,
            tables,
            table,
            names,
        } = sqlite::open(input, self.name, wanted, &self.about.notes)?;
        if tables.len() > 1 && wanted.is_none() {
            let others = tables.iter().filter(|other| **other != table);
            let others = list(others.map(|other| quote(other)));
            self.about.notes.add(format!("The database has several tables; {} is read, the first with rows enough. Another can be chosen (--sheet): {others}.", quote(&table)));
        }
        (self.about.sheets, self.about.sheet) = (tables, Some(table));
        let names = render::header(names.iter().map(String::as_str));
        Ok(self.rendered("SQLite", names, rows))
    }

    #[cfg(target_arch = "wasm32")]
    fn database<'a>(&mut self, _: Input<'a>) -> Result<Contents<'a>, DatasetError> {
        Err(self.foreign(
            "an SQLite database, which the page does not read",
            "open it in the program that is installed, or save the table as CSV",
        ))
    }

    fn sheet<'a>(&mut self, bytes: Bytes, kind: Workbook) -> Result<Contents<'a>, DatasetError> {
        let wanted = self.wanted.take();
        let sheet::Chosen {
            rows,
            sheets,
            sheet,
            is_cut,
        } = sheet::open(bytes, kind, self.name, wanted, self.beginning)?;
        self.about.is_cut = is_cut;
        if sheets.len() > 1 && wanted.is_none() {
            let others = list(
                sheets
                    .iter()
                    .filter(|other| **other != sheet)
                    .map(|other| quote(other)),
            );
            self.about.notes.add(format!("The workbook has several sheets; {} is read, the first with a table. Another can be chosen (--sheet): {others}.", quote(&sheet)));
        }
        (self.about.sheets, self.about.sheet) = (sheets, Some(sheet));
        Ok(self.rendered(kind.name(), Vec::new(), rows))
    }
}

/// Whether the bytes of a compound file name a part of it.
fn has_text(head: &[u8], name: &str) -> bool {
    let wide: Vec<u8> = name.bytes().flat_map(|byte| [byte, 0]).collect();
    head.windows(wide.len()).any(|part| part == wide)
}

/// Calls the reader of another format, which may stop at a file that was made to break it.
fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    let work = std::panic::AssertUnwindSafe(work);
    std::panic::catch_unwind(work).map_err(|_| "its parts contradict each other".to_owned())
}
