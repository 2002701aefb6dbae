//! How images are read and learnt.

use serde::{Deserialize, Serialize};

use crate::network::GanSettings;

/// How images are read, and how long their networks are trained.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ImageOptions {
    /// The side to which images are brought, 28, 32 or 64; `None` for the next to their own.
    pub side: Option<usize>,
    /// Whether colours are left out; `None` leaves them out where there are none.
    pub grey: Option<bool>,
    /// The classes that are nominal, where images come with classes; all others are anomalies.
    /// Empty for those that say so by their names.
    pub nominal: Vec<String>,
    /// Whether files that do not read are left out.
    pub skip_broken: bool,
    /// How often the networks see each image, at most; `None` for as often as by default.
    pub epochs: Option<u32>,
    /// Whether each image is also found again as published, by 500 steps, which takes long.
    #[serde(skip_serializing_if = "is_not")]
    pub mapping: bool,
}

fn is_not(asked: &bool) -> bool {
    !asked
}

impl ImageOptions {
    /// How the networks are trained.
    pub(super) fn training(&self) -> GanSettings {
        let mut settings = GanSettings::default();
        if let Some(epochs) = self.epochs {
            settings.epochs = epochs as usize;
            settings.encoder_epochs = settings.encoder_epochs.min(epochs as usize);
        }
        settings
    }
}
