//! Where a table came from.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{Dataset, DatasetError, ReadOptions, read_path, toys};

/// Where a table came from, so that a session can find it again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Origin {
    /// A file.
    File {
        /// Its path from the root; text, as sessions travel between systems.
        path: String,
        /// How it was read.
        options: ReadOptions,
    },
    /// A bundled toy table, by name.
    Toy(String),
}

impl Origin {
    /// The origin of a file read with options.
    pub fn of_file(path: &Path, options: &ReadOptions) -> Self {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        Self::File {
            path: path.to_string_lossy().into_owned(),
            options: options.clone(),
        }
    }

    /// The path of a file; `None` for a toy table.
    pub fn path(&self) -> Option<PathBuf> {
        match self {
            Self::File { path, .. } => Some(PathBuf::from(path)),
            Self::Toy(_) => None,
        }
    }

    /// How a file was read; as by default for a toy table.
    pub fn read_options(&self) -> ReadOptions {
        match self {
            Self::File { options, .. } => options.clone(),
            Self::Toy(_) => ReadOptions::default(),
        }
    }

    /// Its name in a sentence.
    pub fn name(&self) -> String {
        match self {
            Self::File { path, .. } => path.clone(),
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
            Self::Toy(name) => match toys().iter().find(|toy| toy.name == name) {
                Some(toy) => Ok(toy.open()),
                None => Err(DatasetError::NotFound(PathBuf::from(name))),
            },
            Self::File { path, options } => {
                let path = Path::new(path);
                // A file name of another system may have its separators.
                let name = path.to_string_lossy();
                let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
                let moved = beside.map(|folder| folder.join(name));
                match moved.filter(|moved| !path.is_file() && moved.is_file()) {
                    Some(moved) => read_path(&moved, options),
                    None => read_path(path, options),
                }
            }
        }
    }
}
