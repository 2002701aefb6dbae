//! Bundled tables to learn the program with, and the generators that made them.
//!
//! The files are in the binary, so that a welcome screen can open them without a path; the
//! generators are there so that nobody has to wonder what is in the files.

mod between;
mod clusters;
mod sheet;
mod subspaces;

use std::io;
use std::path::{Path, PathBuf};

use super::table::read::read_from;
use super::{Dataset, DatasetError, Origin, ReadOptions};
use crate::disk::{exists, fs, replace};

/// A bundled table with known truth.
#[derive(Clone, Copy, Debug)]
pub struct Toy {
    /// The name on the command line: `clusters`.
    pub name: &'static str,
    /// The name on screen.
    pub title: &'static str,
    /// What the table is about.
    pub sentence: &'static str,
    /// The file that [`write_toys`] writes.
    pub file_name: &'static str,
    text: &'static str,
    generator: fn() -> String,
}

static TOYS: [Toy; 3] = [
    Toy {
        name: "clusters",
        title: "Two clusters",
        sentence: "Two clusters of anomalies beside a long cloud, whose far ends look just as odd \
                   until you say otherwise.",
        file_name: "clusters.csv",
        text: include_str!("../../../datasets/clusters.csv"),
        generator: clusters::csv,
    },
    Toy {
        name: "between",
        title: "In between",
        sentence: "Small tight groups of anomalies hidden between four nominal clusters of \
                   different shape and density.",
        file_name: "between.csv",
        text: include_str!("../../../datasets/between.csv"),
        generator: between::csv,
    },
    Toy {
        name: "subspaces",
        title: "Subspaces",
        sentence: "Ten correlated features in which each of three groups of anomalies deviates in \
                   two or three of its own.",
        file_name: "subspaces.csv",
        text: include_str!("../../../datasets/subspaces.csv"),
        generator: subspaces::csv,
    },
];

/// The bundled tables, easiest first.
pub fn toys() -> &'static [Toy] {
    &TOYS
}

impl Toy {
    /// Opens the table.
    pub fn open(&self) -> Dataset {
        match read_from(self.text.as_bytes(), self.name, &ReadOptions::default()) {
            Ok(mut dataset) => {
                dataset.origin = Some(Origin::Toy(self.name.to_owned()));
                dataset
            }
            // The text is a constant of the program, and a test opens every one.
            Err(error) => unreachable!("{}: {error}", self.name),
        }
    }

    /// Generates the text of the file anew; the same bytes as the bundled file.
    pub fn generate(&self) -> String {
        (self.generator)()
    }
}

/// Writes the bundled tables into a folder, which is made if need be, and returns their paths.
///
/// # Errors
///
/// The folder cannot be made or written to, or holds a file of the same name that is different.
pub fn write_toys(dir: &Path) -> Result<Vec<PathBuf>, DatasetError> {
    let unwritable =
        |path: &Path, error: io::Error| DatasetError::Unwritable(path.into(), error.to_string());
    fs::create_dir_all(dir).map_err(|error| unwritable(dir, error))?;
    let paths: Vec<PathBuf> = TOYS.iter().map(|toy| dir.join(toy.file_name)).collect();
    let differs = |path: &Path, toy: &Toy| {
        exists(path) && fs::read(path).map_or(true, |found| found != toy.text.as_bytes())
    };
    for (path, toy) in paths.iter().zip(&TOYS) {
        if differs(path, toy) {
            return Err(DatasetError::Occupied(path.clone()));
        }
    }
    for (path, toy) in paths.iter().zip(&TOYS) {
        replace(path, toy.text.as_bytes(), || Ok(())).map_err(|error| unwritable(path, error))?;
    }
    Ok(paths)
}
