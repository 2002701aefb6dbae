//! How images are read and learnt.

use serde::{Deserialize, Serialize};

use super::Brightness;
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
    /// Images are cut into patches of 64 × 64, so many pixels apart; `None` brings them to one size.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub patches: Option<usize>,
    /// Whether each image is also found again as published, by 500 steps, which takes long.
    #[serde(skip_serializing_if = "is_not")]
    pub mapping: bool,
    /// The classes that are anomalies; all others are nominal.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub anomalies: Vec<String>,
    /// Whether the classes are no truth, whatever they are called.
    #[serde(skip_serializing_if = "is_not")]
    pub unlabelled: bool,
    /// Which array of an archive holds the images; `None` takes the one of a usual name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub array: Option<String>,
    /// Whether whole numbers of 16 bits go from 0 to 65 535, as in a PNG. Sessions of before took
    /// their own least and largest.
    #[serde(skip_serializing_if = "is_not")]
    pub whole_range: bool,
}

/// What images are brought to before anything looks at them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ImageForm {
    /// Height and width that the networks see.
    pub side: usize,
    /// 1 for grey, 3 for colour.
    pub channels: usize,
    /// Which numbers are black and white, where images are numbers of an array.
    pub brightness: Option<Brightness>,
    /// The pixels between two patches, where images are cut into these.
    pub stride: Option<usize>,
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
