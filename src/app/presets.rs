//! Files of settings: what became of the last one.

use std::path::{Path, PathBuf};

use crate::detector::Settings;

/// What became of the last command.
#[derive(Clone, Debug, Default)]
pub struct Presets {
    /// Settings that were read and not taken yet.
    pub(super) loaded: Option<Box<Settings>>,
    /// The file that was written or read last.
    pub(super) last: Option<PathBuf>,
    /// Why the last command was not carried out.
    pub(super) trouble: Option<String>,
}

impl Presets {
    /// The file that was written or read last, without trouble.
    pub fn last(&self) -> Option<&Path> {
        self.last.as_deref()
    }

    /// Why the last command was not carried out.
    pub fn trouble(&self) -> Option<&str> {
        self.trouble.as_deref()
    }
}
