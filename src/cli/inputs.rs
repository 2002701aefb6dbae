//! What commands read: tables, settings.

use std::path::Path;

use super::{DataArguments, Failure};
use crate::dataset::{Dataset, read_path, toys};
use crate::detector::Settings;

/// Reads a table; a name that is no file but a bundled toy's stands for that toy.
pub(super) fn open_table(data: &Path, reading: &DataArguments) -> Result<Dataset, Failure> {
    let toy = toys().iter().find(|toy| data == Path::new(toy.name));
    match toy {
        Some(toy) if !data.exists() => Ok(toy.open()),
        _ => Ok(read_path(data, &reading.read_options())?),
    }
}

/// Reads settings in RON; the default where no file is named.
pub(super) fn open_settings(path: Option<&Path>) -> Result<Settings, Failure> {
    let Some(path) = path else {
        return Ok(Settings::default());
    };
    let text = std::fs::read_to_string(path)
        .map_err(|error| format!("cannot read the settings in {}: {error}", path.display()))?;
    ron::from_str(&text).map_err(|error| {
        format!(
            "the settings in {} do not read as RON: {error}",
            path.display()
        )
        .into()
    })
}
