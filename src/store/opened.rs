//! A session that is opened from its file.

use std::path::{Path, PathBuf};

use super::{Document, OpenError, Seam, read_with_unsaved};
use crate::numeric::Watch;

/// A session that was opened from its file.
#[derive(Clone, Debug)]
pub struct OpenedSession {
    /// The file.
    pub path: PathBuf,
    /// The session with its model.
    pub document: Document,
    /// What should be said of it.
    pub notices: Vec<String>,
    /// Where it went on with another table, if it did just now.
    pub seam: Option<Box<Seam>>,
}

/// Opens a session; its table is looked for at `data` if that is given.
///
/// # Errors
/// [`OpenError`], one sentence.
pub fn open_session(
    path: &Path,
    data: Option<&Path>,
    watch: &mut dyn Watch,
) -> Result<OpenedSession, OpenError> {
    watch.step("reading the session", 0, 1)?;
    let (saved, _) = read_with_unsaved(path)?;
    watch.step("reading the table", 0, 1)?;
    let dataset = saved.open_data(path, data)?;
    let lacks = saved.lacks(path, &dataset);
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let document = Document::on(&saved, &dataset, &name, watch)?;
    let version = env!("CARGO_PKG_VERSION");
    let other = (saved.program != version).then(|| {
        format!(
            "This session was saved by glad {}, and this is glad {version}: training goes on from its weights, but going back in its history may come out a little differently.",
            saved.program
        )
    });
    Ok(OpenedSession {
        path: path.to_owned(),
        document,
        notices: other.into_iter().chain(lacks).collect(),
        seam: None,
    })
}
