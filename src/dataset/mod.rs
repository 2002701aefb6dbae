//! The table of instances: reading files, scaling, truth and the bundled toy sets.
//!
//! A [`Dataset`] is read once ([`read_path`], [`read_from`]) and never changes afterwards. Every
//! value that detectors see is a finite `f32`; whatever in the file is not (a label, an id, a
//! constant, a text) has a [`Role`] that says what became of it, and whatever cannot be decided
//! for the analyst is a [`DatasetError`] of one sentence.
//!
//! Reading goes from bytes to table in one pass: `format` (whatever the file is, to text), `bytes`
//! (text to lines, bounded, in pieces for all cores), `frame` (delimiter, header, what stands around
//! the table), `names` (which column is what), `rows` (records to numbers and texts), `meaning` (what
//! these are), `columns` (what becomes of each column), `table` (the feature matrix, and what comes of
//! a table as a whole).
//!
//! Images become a table, too (`images`), and so do sequences (`sequences`): its features are made of
//! what was learnt of them. `source` is the seam by which all three come in.
//!
//! Knows nothing of detectors, scores or answers.

mod bytes;
mod columns;
mod description;
mod error;
mod format;
mod frame;
mod images;
mod inspect;
mod lines;
mod meaning;
mod names;
mod open;
mod options;
mod rows;
mod sequences;
mod source;
mod table;
mod text;
mod toys;
mod written;

pub use columns::column::{Column, Role, TimeForm};
pub use columns::label::Label;
pub use columns::schema::{Fill, Schema};
pub use columns::standardise::{Standardiser, bent};
pub use columns::time_part::TimePart;
pub use description::Description;
pub use error::DatasetError;
pub use format::{ENDINGS, PACKED};
pub use images::rows::{ImageRows, ImageSource, image_sources};
pub use images::{IMAGES, open_image_toy};
pub use inspect::{ColumnMeaning, Inspection, MOST_VALUES, delimiter_in_words, inspect};
pub use options::{ColumnChoice, Meaning, Missing, ReadOptions, Rules};
pub use rows::batch::Batch;
pub use rows::by_schema::Rows;
pub use rows::original::{LOOKING_UP, OriginalError, originals};
pub use rows::truth::Truth;
pub use sequences::open_sequence_toy;
pub use sequences::rows::SequenceRows;
pub use source::Source;
pub use source::again::read_by;
pub use source::describe::describe;
pub use source::incoming::Incoming;
pub use source::preview::preview;
pub use source::read::{read_path, read_path_watched};
pub use table::Dataset;
pub use table::continued::Continued;
pub use table::embed::EmbeddedTable;
pub use table::encoder::InstanceEncoder;
pub use table::fingerprint::Fingerprint;
pub(crate) use table::fingerprint::hexadecimal;
pub use table::given::Brought;
pub use table::origin::Origin;
pub use table::preview::Preview;
pub use table::read::{READING, read_from};
pub use table::summary::ColumnSummary;
pub use table::time_axis::TimeAxis;
pub use toys::{Toy, toys, write_toys};

/// Most features that a table may have, and most columns that a file may have.
const MAX_COLUMNS: usize = 20_000;

/// Most values that a table may hold (1.6 GB of `f32`).
const MAX_CELLS: usize = 400_000_000;

/// Fewest instances among which one can be called unlike the others.
const MIN_INSTANCES: usize = 3;

/// Fewest features among which a projection has something to choose.
const MIN_FEATURES: usize = 2;

/// Most different values of a text column that is one-hot encoded.
const MAX_CATEGORIES: usize = 12;
