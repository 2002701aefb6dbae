//! The table of instances: reading files, scaling, truth and the bundled toy sets.
//!
//! A [`Dataset`] is read once ([`read_path`], [`read_from`]) and never changes afterwards. Every
//! value that detectors see is a finite `f32`; whatever in the file is not (a label, an id, a
//! constant, a text) has a [`Role`] that says what became of it, and whatever cannot be decided
//! for the analyst is a [`DatasetError`] of one sentence.
//!
//! Reading goes from bytes to table in one pass: `format` (whatever the file is, to text), `source`
//! (text to lines, bounded), `sniff`
//! (delimiter and header), `names` (which column is what), `pieces` (lines to fields, on all cores
//! while the grammar is simple), `gather` (records to numbers and texts), `settle` (what becomes of each column), `assemble` (the feature matrix).
//!
//! Images become a table, too (`images`), and so do sequences (`sequences`): its features are made of
//! what was learnt of them.
//!
//! Knows nothing of detectors, scores or answers.

mod assemble;
mod categories;
mod cell;
mod column;
mod continued;
mod counted;
mod embed;
mod error;
mod feature;
mod fingerprint;
mod format;
mod frame;
mod frames;
mod furniture;
mod gather;
mod ids;
mod images;
mod incoming;
mod inspect;
mod label;
mod lines;
mod lines_of;
mod made;
mod matching;
mod meaning;
mod memory;
mod names;
mod notice;
mod open;
mod options;
mod origin;
mod original;
mod pieces;
mod preview;
mod read;
mod records;
mod resolve;
mod rows;
mod schema;
mod sequence_rows;
mod sequence_times;
mod sequences;
mod settle;
mod sniff;
mod source;
mod spread;
mod standardise;
mod summary;
mod table;
mod text;
mod time_axis;
mod time_features;
mod time_part;
mod toys;
mod truth;
mod written;

pub use column::{Column, Role, TimeForm};
pub use continued::{Continued, read_by};
pub use embed::EmbeddedTable;
pub use error::DatasetError;
pub use fingerprint::Fingerprint;
pub(crate) use fingerprint::hexadecimal;
pub use format::{ENDINGS, PACKED};
pub use images::{IMAGES, leads_to_images, open_image_toy};
pub use incoming::{ImageRows, ImageSource, Incoming, InstanceEncoder, image_sources};
pub use inspect::{ColumnMeaning, Inspection, MOST_VALUES, delimiter_in_words, inspect};
pub use label::Label;
pub use options::{ColumnChoice, Meaning, Missing, ReadOptions, Rules};
pub use origin::Origin;
pub use original::{LOOKING_UP, OriginalError, originals};
pub use preview::{Preview, preview};
pub use read::{READING, read_from, read_path, read_path_watched};
pub use rows::{Batch, Rows};
pub use schema::{Fill, Schema};
pub use sequence_rows::SequenceRows;
pub use sequences::open_sequence_toy;
pub use standardise::{Standardiser, bent};
pub use summary::ColumnSummary;
pub use table::{Brought, Dataset};
pub use time_axis::TimeAxis;
pub use time_part::TimePart;
pub use toys::{Toy, toys, write_toys};
pub use truth::Truth;

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
