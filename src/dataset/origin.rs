//! Where a table came from.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{
    Continued, Dataset, DatasetError, ReadOptions, open_image_toy, open_sequence_toy, read_path,
    toys,
};
use crate::disk::is_file;
use crate::imaging::image_toys;
use crate::numeric::Unwatched;
use crate::sequence::sequence_toys;

/// Where a table came from, so that a session can find it again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Origin {
    /// A file.
    File {
        /// Its path from the root; text, as sessions travel between systems.
        path: String,
        /// How it was read.
        options: Box<ReadOptions>,
    },
    /// A bundled toy table, by name.
    Toy(String),
    /// A file that a session went on with.
    Continued(Box<Continued>),
}

impl Origin {
    /// The origin of a file read with options.
    pub fn of_file(path: &Path, options: &ReadOptions) -> Self {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        Self::File {
            path: path.to_string_lossy().into_owned(),
            options: Box::new(options.clone()),
        }
    }

    /// The path of a file; `None` for a toy table.
    pub fn path(&self) -> Option<PathBuf> {
        match self {
            Self::File { path, .. } => Some(PathBuf::from(path)),
            Self::Continued(continued) => Some(PathBuf::from(&continued.path)),
            Self::Toy(_) => None,
        }
    }

    /// How a file was read; as by default for a toy table.
    pub fn read_options(&self) -> ReadOptions {
        match self {
            Self::File { options, .. } => (**options).clone(),
            Self::Continued(continued) => continued.options.clone(),
            Self::Toy(_) => ReadOptions::default(),
        }
    }

    /// Its name in a sentence.
    pub fn name(&self) -> String {
        match self {
            Self::File { path, .. } => path.clone(),
            Self::Continued(continued) => continued.path.clone(),
            Self::Toy(name) => format!("the toy table {name}"),
        }
    }

    /// Reads the table again; one that is not where it was is looked for in `beside`, the folder of
    /// the session that asks, as the two often move together.
    ///
    /// # Errors
    /// It is in neither place, or does not read.
    pub fn open(&self, beside: Option<&Path>) -> Result<Dataset, DatasetError> {
        match self {
            Self::Toy(name) => toy_of(name),
            Self::File { path, .. } => self.open_at(&found(path, beside)),
            Self::Continued(continued) => self.open_at(&found(&continued.path, beside)),
        }
    }

    /// Reads the table from another place, as it was read before.
    ///
    /// # Errors
    /// It is not there, or does not read.
    pub fn open_at(&self, path: &Path) -> Result<Dataset, DatasetError> {
        match self {
            Self::Continued(continued) => continued.open(path),
            other => read_path(path, &other.read_options()),
        }
    }
}

/// Where a file is: at its path, else in a folder.
fn found(path: &str, beside: Option<&Path>) -> PathBuf {
    // A file name of another system may have its separators.
    let name = path.rsplit(['/', '\\']).next().unwrap_or_default();
    let path = Path::new(path);
    let moved = beside.map(|folder| folder.join(name));
    let moved = moved.filter(|moved| !is_file(path) && is_file(moved));
    moved.unwrap_or_else(|| path.to_owned())
}

/// Opens the bundled table, images or sequences of a name.
fn toy_of(name: &str) -> Result<Dataset, DatasetError> {
    if let Some(toy) = toys().iter().find(|toy| toy.name == name) {
        return Ok(toy.open());
    }
    if let Some(toy) = image_toys().iter().find(|toy| toy.name == name) {
        return open_image_toy(toy, &ReadOptions::default(), &mut Unwatched);
    }
    match sequence_toys().iter().find(|toy| toy.name == name) {
        Some(toy) => open_sequence_toy(toy, &mut Unwatched),
        None => Err(DatasetError::NotFound(PathBuf::from(name))),
    }
}
