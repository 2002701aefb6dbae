//! Sentences for the analyst.

use std::path::PathBuf;

/// How much a message matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// Good to know.
    Note,
    /// Something asked for could not be done.
    Error,
}

/// One sentence for the analyst, on screen until it is put away, or for a while (see [`Message::is_passing`]).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// How much it matters.
    pub severity: Severity,
    /// The sentence.
    pub text: String,
    /// Whether it goes by itself after a while: it tells that something asked for was done.
    pub is_passing: bool,
    /// The file or folder that was made, which can be opened.
    pub made: Option<PathBuf>,
}

impl Message {
    /// Something good to know.
    pub fn note(text: impl Into<String>) -> Self {
        Self {
            severity: Severity::Note,
            text: text.into(),
            is_passing: false,
            made: None,
        }
    }

    /// Something asked for that was done.
    pub fn done(text: impl Into<String>) -> Self {
        Self {
            is_passing: true,
            ..Self::note(text)
        }
    }

    /// A file or folder that was made.
    pub fn made(text: impl Into<String>, path: PathBuf) -> Self {
        Self {
            made: Some(path),
            ..Self::done(text)
        }
    }

    /// Something that could not be done.
    pub fn error(text: impl Into<String>) -> Self {
        Self {
            severity: Severity::Error,
            text: text.into(),
            is_passing: false,
            made: None,
        }
    }
}
