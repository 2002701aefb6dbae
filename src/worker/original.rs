//! Rows as they stand in the file of the table, with the pictures that they name.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::dataset::{Origin, originals};
use crate::detector::Model;
use crate::imaging::{Picture, read_picture};
use crate::numeric::Watch;

/// Which rows to look up.
#[derive(Clone, Debug)]
pub struct OriginalRequest {
    /// A model on the table.
    pub model: Arc<Model>,
    /// The instances; the pictures of the first are read, too.
    pub instances: Vec<usize>,
}

/// Rows of the table's file.
#[derive(Clone, Debug)]
pub struct Originals {
    /// The text of every column, by instance; or why there is none, as a sentence.
    pub rows: Result<BTreeMap<usize, Vec<String>>, String>,
    /// The first instance that was asked for, and what its cells name, by column.
    pub files: Option<(usize, BTreeMap<usize, LocalFile>)>,
}

/// A file on this machine that a cell names.
#[derive(Clone, Debug)]
pub struct LocalFile {
    /// Where it is.
    pub path: PathBuf,
    /// The picture in it, where it is one that can be read.
    pub picture: Option<Arc<Picture>>,
}

/// The longer side of a picture as it is shown, in pixels.
const SIDE: u32 = 480;

impl OriginalRequest {
    pub(super) fn run(self, watch: &mut dyn Watch) -> Originals {
        let fitted = self.model.fitted();
        let dataset = fitted.dataset();
        let rows = originals(dataset, fitted.frozen().schema(), &self.instances, watch);
        let folder = dataset.origin().and_then(Origin::path);
        let folder = folder.as_deref().and_then(Path::parent);
        let first = self.instances.first();
        let texts = first.and_then(|first| Some((*first, rows.as_ref().ok()?.get(first)?)));
        let files = texts.map(|(first, texts)| {
            let look = |(column, text): (usize, &String)| {
                let path = local_file(folder?, text)?;
                let picture = read_picture(&path, SIDE).ok().map(Arc::new);
                Some((column, LocalFile { path, picture }))
            };
            (first, texts.iter().enumerate().filter_map(look).collect())
        });
        Originals {
            rows: rows.map_err(|error| error.to_string()),
            files,
        }
    }
}

/// The picture or document that a cell names, if there is such a file on this machine: a path from
/// the root, or from the folder of the table.
pub fn local_file(folder: &Path, text: &str) -> Option<PathBuf> {
    let text = text.trim();
    let text = text.strip_prefix("file://").unwrap_or(text);
    let is_path = !text.is_empty() && !text.contains("://") && text.len() < 4096;
    // An empty folder is the current one.
    is_path
        .then(|| folder.join(text))
        .filter(|path| is_shown(path) && path.is_file())
}

/// Endings of files that are looked at and not run: a table may come from strangers.
const SHOWN: [&str; 18] = [
    "png", "jpg", "jpeg", "gif", "bmp", "webp", "tif", "tiff", "pdf", "txt", "csv", "tsv", "wav",
    "mp3", "flac", "mp4", "mkv", "webm",
];

fn is_shown(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str());
    ending.is_some_and(|ending| SHOWN.iter().any(|shown| shown.eq_ignore_ascii_case(ending)))
}
