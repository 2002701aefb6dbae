//! From a session to its file.

use std::path::Path;
use std::sync::Arc;

use ron::ser::PrettyConfig;

use super::FORMAT;
use super::generation::keep_generation;
use super::header::with_header;
use super::images::write_images;
use super::limits::MAX_DEPTH;
use super::sequences::write_sequences;
use super::{FileError, SavedData, SavedSession, SavedStep, read_session_text, unwritable};
use crate::dataset::{Dataset, EmbeddedTable};
use crate::detector::Fitted;
use crate::disk::replace;
use crate::session::{OutcomeDigest, Session};

/// Levels of the text that begin lines of their own: whole steps and whole lists of weights stay on
/// one line each.
const LINES: usize = 3;

impl SavedSession {
    /// Takes a session down, as this version of the program writes it.
    ///
    /// The weights of its place must be at hand: a session that still builds them is to be saved
    /// afterwards. Without them the file would open all the same, and build them then.
    pub fn of(session: &Session, fitted: &Fitted, embed: bool) -> Self {
        let steps = session.history().iter().map(|step| SavedStep {
            action: step.action.clone(),
            at: step.at,
            outcome: step.outcome.as_ref().map(OutcomeDigest::of),
        });
        let at_hand = session.revision() > 0;
        Self {
            format: FORMAT,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            data: SavedData::of(fitted.dataset(), embed),
            settings: fitted.settings().clone(),
            batch: session.batch(),
            automatic: session.is_automatic(),
            stopping: session.stopping(),
            first: session.first().to_vec(),
            steps: steps.collect(),
            cursor: session.cursor(),
            weights: session
                .weights()
                .filter(|_| at_hand)
                .map(|weights| (**weights).clone()),
            fitted: Some(Arc::clone(fitted.frozen())),
            calibration: None,
            layout: None,
            journal: None,
            gallery: fitted.dataset().gallery().cloned(),
            sequences: fitted.dataset().sequences().cloned(),
        }
    }

    /// The text of the file.
    ///
    /// # Errors
    /// [`FileError::Invalid`] when a value has no text, which no session holds.
    pub fn to_text(&self) -> Result<String, FileError> {
        let pretty = PrettyConfig::new()
            .depth_limit(LINES)
            .indentor("  ")
            .struct_names(false);
        let options = ron::Options::default().with_recursion_limit(MAX_DEPTH);
        let body = options.to_string_pretty(self, pretty);
        let body =
            body.map_err(|error| FileError::Invalid("the session".to_owned(), error.to_string()))?;
        Ok(with_header(&(body + "\n")))
    }
}

impl SavedData {
    /// Says which table a session is of; `embed` puts all of it into the file. That of images or
    /// sequences is always in it: another machine would learn them with other bits.
    pub fn of(dataset: &Dataset, embed: bool) -> Self {
        let is_learnt = dataset.gallery().is_some() || dataset.sequences().is_some();
        Self {
            name: dataset.name().to_owned(),
            fingerprint: dataset.fingerprint().clone(),
            origin: dataset.origin().cloned(),
            embedded: (embed || is_learnt).then(|| EmbeddedTable::of(dataset)),
        }
    }
}

/// Writes a session's file so that at every moment either the old one or the new one is there; what
/// was there before stays as [`backup_of`](super::backup_of) it, and what that was is gone only where
/// its answers are in one of the two.
///
/// No file is written that could not be read: where it is the weights that could not, the file goes
/// without them, and they are built again from the answers when it is opened.
///
/// # Errors
/// [`FileError::Unwritable`].
pub fn save_session(path: &Path, session: &SavedSession) -> Result<(), FileError> {
    if let Some(gallery) = &session.gallery {
        write_images(path, &session.data.fingerprint.sha256, gallery)?;
    }
    if let Some(learnt) = &session.sequences {
        write_sequences(path, &session.data.fingerprint.sha256, learnt)?;
    }
    let text = session.to_text()?;
    if read_session_text(text.as_bytes(), "it").is_ok() {
        return write_safely(path, &text, session);
    }
    let mut answers = session.clone();
    (answers.weights, answers.calibration) = (None, None);
    let text = answers.to_text()?;
    match read_session_text(text.as_bytes(), "what would be written") {
        Ok(_) => write_safely(path, &text, session),
        Err(error) => Err(FileError::Unwritable(path.to_owned(), error.to_string())),
    }
}

/// Writes a file as a whole ([`replace`]); what was there stays ([`keep_generation`]).
fn write_safely(path: &Path, text: &str, session: &SavedSession) -> Result<(), FileError> {
    let written = replace(path, text.as_bytes(), || keep_generation(path, session));
    written.map(drop).map_err(|error| unwritable(path, &error))
}
