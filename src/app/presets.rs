//! Settings that the analyst saves in files, and those of others.

use std::path::{Path, PathBuf};

use super::{App, Message};
use crate::detector::Settings;
use crate::store::{read_preset, write_preset};

/// A wish about files of settings.
#[derive(Clone, Debug)]
pub enum PresetCommand {
    /// Write these settings to a file.
    Save(PathBuf, Box<Settings>),
    /// Read settings from a file; they are applied by [`super::Command::Refit`] only.
    Load(PathBuf),
}

/// What became of the last wish.
#[derive(Clone, Debug, Default)]
pub struct Presets {
    /// Settings that were read and not taken yet.
    loaded: Option<Box<Settings>>,
    /// The file that was written or read last.
    last: Option<PathBuf>,
    /// Why the last wish was not carried out.
    trouble: Option<String>,
}

impl Presets {
    /// The file that was written or read last, without trouble.
    pub fn last(&self) -> Option<&Path> {
        self.last.as_deref()
    }

    /// Why the last wish was not carried out.
    pub fn trouble(&self) -> Option<&str> {
        self.trouble.as_deref()
    }
}

impl App {
    /// Files of settings.
    pub fn presets(&self) -> &Presets {
        &self.presets
    }

    /// Settings that were read from a file, once.
    pub fn take_preset(&mut self) -> Option<Box<Settings>> {
        self.presets.loaded.take()
    }

    pub(super) fn preset(&mut self, command: PresetCommand) {
        let (path, outcome, what) = match command {
            PresetCommand::Save(path, settings) => {
                let written = write_preset(&path, &settings);
                (path, written.map(|()| None), "The settings are in")
            }
            PresetCommand::Load(path) => {
                let read = read_preset(&path).map(|settings| Some(Box::new(settings)));
                (path, read, "Not applied yet: the settings of")
            }
        };
        match outcome {
            Ok(loaded) => {
                let sentence = format!("{what} “{}”.", path.display());
                self.presets = Presets {
                    loaded,
                    last: Some(path),
                    trouble: None,
                };
                self.say(Message::note(sentence));
            }
            Err(error) => {
                let mut sentence = format!("{error}.");
                if let Some(first) = sentence.get_mut(..1) {
                    first.make_ascii_uppercase();
                }
                self.presets.trouble = Some(sentence);
            }
        }
    }
}
