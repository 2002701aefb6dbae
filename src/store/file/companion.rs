//! The images or sequences that the instances of a session are, beside its file: whether they are
//! there.

use std::path::{Path, PathBuf};

use super::beside::Beside;
use super::images::IMAGES;
use super::sequences::SEQUENCES;
use super::{FileError, SavedSession};
use crate::dataset::{Dataset, Role};

/// A file beside a session, without which its instances are numbers only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Companion {
    /// What it holds: images or sequences.
    pub what: &'static str,
    /// Where it is to be.
    pub path: PathBuf,
    /// Why it is of no use, as what follows its name.
    pub fault: Option<&'static str>,
}

impl Companion {
    /// What is missing with it, as a sentence; `None` where it is whole.
    pub fn sentence(&self) -> Option<String> {
        let (what, path) = (self.what, self.path.display());
        let fault = self.fault?;
        Some(format!(
            "The {what} of the session are not there: {path} {fault}. Answers and scores are whole, but report and charts go without them, and new {what} cannot be scored."
        ))
    }
}

impl SavedSession {
    /// What its instances are where they are no rows, and of which kind the file beside it is.
    fn learnt(&self) -> Option<(&'static str, Beside)> {
        let columns = &self.data.fingerprint.columns;
        let is_learnt = (columns.iter()).any(|column| matches!(column.role, Role::Score { .. }));
        let id = columns.iter().find(|column| column.role == Role::Id);
        match id.map(|column| column.name.as_str()) {
            Some("image") if is_learnt => Some(("images", IMAGES)),
            Some("sequence") if is_learnt => Some(("sequences", SEQUENCES)),
            _ => None,
        }
    }

    /// How other data differ from those of the session, with what that may come of.
    pub(in crate::store) fn differently(&self, difference: String) -> String {
        match self.learnt() {
            None => difference,
            Some((what, _)) => {
                format!("{difference}, as it is of other {what} or they were read by other options")
            }
        }
    }

    /// The file beside the session at `path`, where its instances are images or sequences.
    pub fn companion(&self, path: &Path) -> Option<Companion> {
        let (what, kind) = self.learnt()?;
        Some(Companion {
            what,
            path: kind.of(path),
            fault: kind.check(path, &self.data.fingerprint.sha256).err(),
        })
    }

    /// What the table of the session at `path` lacks of its images or sequences, as a sentence.
    pub fn lacks(&self, path: &Path, dataset: &Dataset) -> Option<String> {
        if dataset.gallery().is_some() || dataset.sequences().is_some() {
            return None;
        }
        let companion = self.companion(path)?;
        let fault = companion.fault.unwrap_or("does not fit the session");
        let fault = Some(fault);
        Companion { fault, ..companion }.sentence()
    }

    /// Writes the images or sequences beside one of some sessions on the same table beside that at
    /// `to` as well.
    ///
    /// # Errors
    /// [`FileError::Unwritable`].
    pub fn bring_companion(&self, from: &[&Path], to: &Path) -> Result<(), FileError> {
        let fingerprint = &self.data.fingerprint.sha256;
        for from in from {
            if IMAGES.copy(from, to, fingerprint)? || SEQUENCES.copy(from, to, fingerprint)? {
                break;
            }
        }
        Ok(())
    }
}
