//! Where a table came from.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::dataset::{Continued, ReadOptions};

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
}
