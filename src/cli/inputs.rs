//! What commands read: tables, settings.

use std::path::{Path, PathBuf};

use clap::Args;

use super::progress::RowBar;
use super::{DataArguments, Failure};
use crate::dataset::{
    Dataset, DatasetError, ReadOptions, Source, Toy, open_image_toy, read_path_watched, toys,
};
use crate::detector::{Preset, Settings};
use crate::ensemble::{EnsembleSettings, KINDS};
use crate::imaging::{
    ImageForm, ImageOptions, ImageSet, ImageToy, image_toys, look_at_images, read_images_like,
};
use crate::store::{is_session, read_preset};

/// Refuses a session where data are due, and says what can be done with it.
pub(super) fn refuse_session(data: &Path) -> Result<(), Failure> {
    if !is_session(data) {
        return Ok(());
    }
    let path = data.display();
    Err(format!(
        "“{path}” is a session of GLAD: see what is in it with glad info {path}, go on with glad label {path}, or score others with glad score {path} DATA --out FILE"
    )
    .into())
}

/// Reads a table or images; a name that is no file but a bundled toy's stands for that toy.
pub(super) fn open_table(data: &Path, reading: &DataArguments) -> Result<Dataset, Failure> {
    open_table_by(data, &reading.read_options())
}

/// The same by options.
pub(super) fn open_table_by(data: &Path, options: &ReadOptions) -> Result<Dataset, Failure> {
    refuse_session(data)?;
    let mut bar = RowBar::new();
    let opened = match (data.exists(), table_toy(data), image_toy(data)) {
        (false, Some(toy), _) => Ok(toy.open()),
        (false, None, Some(toy)) => options
            .suited(Source::Images, data)
            .and_then(|options| open_image_toy(toy, &options, &mut bar)),
        _ => read_path_watched(data, options, &mut bar),
    };
    bar.clear();
    Ok(opened?)
}

/// What is at a path, or of a bundled toy's name.
pub(super) fn kind(data: &Path, reading: &DataArguments) -> Result<Source, Failure> {
    refuse_session(data)?;
    let found = Source::probe(data, &reading.read_options());
    match (data.exists(), found) {
        (false, Source::Table) if image_toy(data).is_some() => Ok(Source::Images),
        (false, Source::Table) if table_toy(data).is_none() => {
            Err(DatasetError::NotFound(data.into()).into())
        }
        _ => Ok(found),
    }
}

fn table_toy(name: &Path) -> Option<&'static Toy> {
    toys().iter().find(|toy| name == Path::new(toy.name))
}

fn image_toy(name: &Path) -> Option<&'static ImageToy> {
    (image_toys().iter()).find(|toy| name == Path::new(toy.name))
}

/// Whether there are images to be read, of which nothing need be learnt.
pub(super) fn has_images(data: &Path, reading: &DataArguments) -> Result<bool, Failure> {
    if !data.exists() && image_toy(data).is_some() {
        return Ok(true);
    }
    let leads = kind(data, reading)? == Source::Images;
    if leads {
        look_at_images(data, &image_options(data, reading)?)?;
    }
    Ok(leads)
}

/// How images are to be read.
fn image_options(data: &Path, reading: &DataArguments) -> Result<ImageOptions, Failure> {
    let options = reading.read_options().suited(Source::Images, data)?;
    Ok(options.images.map(|asked| *asked).unwrap_or_default())
}

/// Reads images in the form of those that were learnt from.
pub(super) fn open_images_like(
    data: &Path,
    form: ImageForm,
    reading: &DataArguments,
) -> Result<ImageSet, Failure> {
    if let Some(toy) = image_toy(data).filter(|_| !data.exists()) {
        return Ok(toy.open());
    }
    let mut bar = RowBar::new();
    let set = read_images_like(data, form, &image_options(data, reading)?, &mut bar);
    bar.clear();
    Ok(set?)
}

/// Where settings come from.
#[derive(Clone, Debug, Default, Args)]
pub struct SettingsArguments {
    /// Settings in RON; what the file leaves out keeps its default.
    #[arg(long, value_name = "FILE", conflicts_with = "preset")]
    pub settings: Option<PathBuf>,
    /// Ready-made settings, detectors and learner together [default: default].
    #[arg(long, value_enum, value_name = "NAME")]
    pub preset: Option<Preset>,
}

impl SettingsArguments {
    /// Whether any are asked for.
    pub(super) fn are_given(&self) -> bool {
        self.settings.is_some() || self.preset.is_some()
    }

    /// The settings that are asked for.
    pub(super) fn open(&self) -> Result<Settings, Failure> {
        match (&self.settings, self.preset) {
            (Some(path), _) => Ok(read_preset(path)?),
            (None, Some(preset)) => Ok(preset.settings(&Settings::default())),
            (None, None) => Ok(Settings::default()),
        }
    }
}

/// What --ensemble takes.
pub(super) fn kinds() -> String {
    let lines = KINDS.map(|kind| format!("  {:<13} {}\n", kind.usual(), kind.scores));
    let lines = lines.concat();
    let default = EnsembleSettings::default();
    format!(
        "The detectors, as kind[:count][*weight] with + between, such as loda+hbos+iforest:30*0.5: \
         the count is that of the kind, the weight (1 where none is written) the spread of its \
         scores beside the others'.\n\n{lines}\n[default: {default}]"
    )
}
