//! What commands read: tables, settings.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::{DataArguments, Failure};
use crate::dataset::{Dataset, read_path, toys};
use crate::detector::{Preset, Settings};
use crate::session::read_preset;

/// Reads a table; a name that is no file but a bundled toy's stands for that toy.
pub(super) fn open_table(data: &Path, reading: &DataArguments) -> Result<Dataset, Failure> {
    let toy = toys().iter().find(|toy| data == Path::new(toy.name));
    match toy {
        Some(toy) if !data.exists() => Ok(toy.open()),
        _ => Ok(read_path(data, &reading.read_options())?),
    }
}

/// Where settings come from.
#[derive(Clone, Debug, Default, Args)]
pub struct SettingsArguments {
    /// Settings in RON; what the file leaves out keeps its default.
    #[arg(long, value_name = "FILE", conflicts_with = "preset")]
    pub settings: Option<PathBuf>,
    /// Ready-made settings, detectors and learner together [default: default].
    #[arg(long, value_enum, value_name = "NAME")]
    pub preset: Option<PresetArgument>,
}

/// Ready-made settings by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PresetArgument(Preset);

impl ValueEnum for PresetArgument {
    fn value_variants<'a>() -> &'a [Self] {
        const ALL: [PresetArgument; 4] = [
            PresetArgument(Preset::ALL[0]),
            PresetArgument(Preset::ALL[1]),
            PresetArgument(Preset::ALL[2]),
            PresetArgument(Preset::ALL[3]),
        ];
        &ALL
    }

    fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
        let Self(preset) = self;
        Some(clap::builder::PossibleValue::new(preset.key()).help(preset.meaning()))
    }
}

impl PresetArgument {
    /// The settings that it stands for.
    pub fn settings(self) -> Settings {
        self.0.settings(&Settings::default())
    }
}

impl SettingsArguments {
    /// The settings that are asked for.
    pub(super) fn open(&self) -> Result<Settings, Failure> {
        match (&self.settings, self.preset) {
            (Some(path), _) => Ok(read_preset(path)?),
            (None, Some(preset)) => Ok(preset.settings()),
            (None, None) => Ok(Settings::default()),
        }
    }
}
