//! Settings that the analyst saves in files, and those of others.

use super::App;
use crate::app::{Message, PresetCommand, Presets};
use crate::detector::Settings;
use crate::store::{read_preset, write_preset};

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
