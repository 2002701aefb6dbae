//! What the dialog that opens tables shows.

use std::path::PathBuf;

use crate::dataset::{Preview, ReadOptions};

/// What the open dialog shows.
#[derive(Clone, Debug, Default)]
pub struct Opening {
    /// The file, once one is chosen.
    pub path: Option<PathBuf>,
    /// How it will be read.
    pub options: ReadOptions,
    /// Its beginning, once it is read, or what is wrong with it.
    pub preview: Option<Result<Preview, String>>,
    /// Why the table was not opened like this before: values are missing, which can be filled.
    pub missing: Option<String>,
}
