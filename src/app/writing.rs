//! What is being written to files, and what the dialog of it shows.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::{ArtifactKind, Figure, Format, Message};
use crate::export::TopRow;

/// What is being written, and what the dialog shows.
#[derive(Clone, Debug, Default)]
pub struct Writing {
    pub(super) asked: Option<ArtifactKind>,
    pub(super) running: BTreeSet<ArtifactKind>,
    /// What is there already and is replaced when the dialog asks for it again.
    pub(super) in_the_way: Option<PathBuf>,
    /// Why nothing was written.
    pub(super) trouble: Option<String>,
    /// The figure of the last chart that was asked for.
    pub(super) figure: Figure,
    /// How the last chart was written.
    pub(super) format: Option<Format>,
    /// The folder where the last file went.
    pub(super) folder: Option<PathBuf>,
    pub(super) scored: Option<Scored>,
    /// What was said of missing values in tables to score; `None`: as in the session's own.
    pub(super) fills: Option<bool>,
}

/// How the scores of another table came out.
#[derive(Clone, Debug)]
pub struct Scored {
    /// What there is to say of it.
    pub sentences: Vec<String>,
    /// The rows with the highest scores, by rank.
    pub top: Vec<TopRow>,
}

impl Writing {
    /// What the dialog is shown for; `None` while it is not.
    pub fn asked(&self) -> Option<ArtifactKind> {
        self.asked
    }

    /// The figure that the dialog of charts was asked for.
    pub fn figure(&self) -> Figure {
        self.figure
    }

    /// Whether an artifact of this kind is being written.
    pub fn is_running(&self, kind: ArtifactKind) -> bool {
        self.running.contains(&kind)
    }

    /// Why nothing was written.
    pub fn trouble(&self) -> Option<&str> {
        self.trouble.as_deref()
    }

    /// What came of the scoring for which the dialog is shown; `None` before it is done.
    pub fn scored(&self) -> Option<&Scored> {
        self.scored.as_ref()
    }

    pub(super) fn show(&mut self, asked: Option<ArtifactKind>) {
        (self.asked, self.trouble, self.in_the_way) = (asked, None, None);
        self.scored = None;
    }

    /// Begins to write; says whether what is there may be replaced, as it was told before.
    pub(super) fn begin(&mut self, kind: ArtifactKind, path: &Path) -> bool {
        (self.trouble, self.scored) = (None, None);
        self.running.insert(kind);
        self.in_the_way.take().as_deref() == Some(path)
    }

    /// Nothing was written. The dialog says so while it is shown for that; else the sentence comes
    /// back, to be said elsewhere.
    pub(super) fn refuse(&mut self, kind: ArtifactKind, sentence: String) -> Option<Message> {
        match self.asked == Some(kind) {
            true => {
                self.trouble = Some(sentence);
                None
            }
            false => Some(Message::error(sentence)),
        }
    }
}
