//! Settings in a file of their own: saved under a name, and shared with others.

use std::io::Read;
use std::path::{Path, PathBuf};

use ron::ser::PrettyConfig;
use thiserror::Error;

use super::file::plainly;
use crate::detector::Settings;
use crate::disk::{fs::File, replace};

/// Bytes of a file of settings; a longer one is none.
const LONGEST: u64 = 1 << 20;

/// Why settings cannot be read from a file, or written to it.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PresetError {
    /// It cannot be read (path, the system's words).
    #[error("cannot read the settings in “{}”: {}", .0.display(), .1)]
    Unreadable(PathBuf, String),
    /// It is too long to be a file of settings.
    #[error("“{}” is too large for a file of settings", .0.display())]
    TooLarge(PathBuf),
    /// It is no text in RON, or names what is no setting (path, what and where).
    #[error("the settings in “{}” do not read as RON: {}", .0.display(), .1)]
    Invalid(PathBuf, String),
    /// A setting is out of its range (path, which and why).
    #[error("the settings in “{}” cannot be applied: {}", .0.display(), .1)]
    Refused(PathBuf, String),
    /// It cannot be written (path, the system's words).
    #[error("cannot write the settings to “{}”: {}", .0.display(), .1)]
    Unwritable(PathBuf, String),
}

/// Reads settings in RON; what the file leaves out is as by default.
///
/// # Errors
/// [`PresetError`], one sentence.
pub fn read_preset(path: &Path) -> Result<Settings, PresetError> {
    let mut text = String::new();
    let file = File::open(path).and_then(|file| file.take(LONGEST + 1).read_to_string(&mut text));
    match file {
        Err(error) => return Err(PresetError::Unreadable(path.to_owned(), error.to_string())),
        Ok(_) if text.len() as u64 > LONGEST => {
            return Err(PresetError::TooLarge(path.to_owned()));
        }
        Ok(_) => {}
    }
    let read: Result<Settings, _> = ron::from_str(&text);
    let settings =
        read.map_err(|error| PresetError::Invalid(path.to_owned(), error.to_string()))?;
    match settings.validate() {
        Ok(()) => Ok(settings),
        Err(error) => Err(PresetError::Refused(path.to_owned(), error.to_string())),
    }
}

/// Writes settings in RON, every one of them: a later program with other defaults reads the same. An
/// old file is whole until the new one takes its place.
///
/// # Errors
/// [`PresetError::Unwritable`].
pub fn write_preset(path: &Path, settings: &Settings) -> Result<(), PresetError> {
    let failed = |words: String| PresetError::Unwritable(path.to_owned(), words);
    let text = ron::ser::to_string_pretty(settings, PrettyConfig::new());
    let text = text.map_err(|error| failed(error.to_string()))?;
    let text = format!("// Settings of GLAD.\n{text}\n");
    let written = replace(path, text.as_bytes(), || Ok(()));
    written.map_or_else(|error| Err(failed(plainly(&error))), |_| Ok(()))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn settings_come_back_and_what_is_none_is_told() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("mine.ron");
        let settings = Settings {
            tau: 0.07,
            seed: 9,
            ..Settings::default()
        };
        write_preset(&path, &settings).expect("room");
        assert_eq!(read_preset(&path), Ok(settings));
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1);
        let told = |text: &str| {
            fs::write(&path, text).expect("room");
            read_preset(&path).expect_err("a refusal").to_string()
        };
        assert!(told("(tau: 0.9)").contains("cannot be applied"));
        assert!(told("(tea: 1)").contains("do not read as RON"));
        fs::write(&path, "(tau: 0.1)").expect("room");
        assert_eq!(read_preset(&path).map(|read| read.tau), Ok(0.1));
        let gone = folder.path().join("gone/mine.ron");
        assert!(matches!(
            read_preset(&gone),
            Err(PresetError::Unreadable(..))
        ));
        let told = write_preset(&gone, &Settings::default());
        let told = told.expect_err("no folder").to_string();
        assert!(told.contains("the folder is gone"), "{told}");
    }
}
