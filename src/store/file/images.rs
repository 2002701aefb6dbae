//! The images of a session and the networks that learnt from them: bytes beside its text.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::FileError;
use super::beside::Beside;
use crate::dataset::Dataset;
use crate::imaging::{Gallery, ImageModel, ImageSet, PatchSet};

pub(super) const IMAGES: Beside = Beside {
    ending: ".images",
    head: "glad images",
};

/// What is written.
#[derive(Serialize)]
struct Written<'a> {
    name: &'a str,
    side: usize,
    channels: usize,
    pixels: Vec<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    patches: Option<Patches>,
    model: &'a ImageModel,
}

/// The patches of images that are cut, as they stand in the file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Patches {
    stride: usize,
    pixels: Vec<u8>,
    first: Vec<usize>,
    places: Vec<[f32; 4]>,
}

/// What is read.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Stored {
    name: String,
    side: usize,
    channels: usize,
    pixels: Vec<u8>,
    #[serde(default)]
    patches: Option<Patches>,
    model: ImageModel,
}

/// Where the images of a session are: its own name with `.images` at the end.
pub fn images_of(path: &Path) -> PathBuf {
    IMAGES.of(path)
}

/// Writes the images of a session beside it, unless they are there already.
///
/// Pixels are kept in bytes, as they are looked at; what was learnt of them is in the session's
/// table and is not made of them again.
pub(super) fn write_images(
    path: &Path,
    fingerprint: &str,
    gallery: &Gallery,
) -> Result<(), FileError> {
    let set = gallery.set();
    let byte = |value: &f32| ((value + 1.0) / 2.0 * 255.0).round() as u8;
    IMAGES.write(path, fingerprint, || Written {
        name: set.name(),
        side: set.side(),
        channels: set.channels(),
        pixels: set.pixels().iter().map(byte).collect(),
        patches: set.patches().map(|patches| Patches {
            stride: patches.stride(),
            pixels: patches.pixels().iter().map(byte).collect(),
            first: patches.first().to_vec(),
            places: patches.places().to_vec(),
        }),
        model: gallery.model(),
    })
}

/// Reads the images beside a session, if they are there and belong to its table.
///
/// # Errors
/// A sentence where they are not.
pub(super) fn read_images(path: &Path, dataset: &Dataset) -> Result<Gallery, String> {
    let missing = |why: &str| {
        format!(
            "The images of the session are not shown: {} {why}; answers and scores are whole.",
            images_of(path).display()
        )
    };
    let stored = stored(path, &dataset.fingerprint().sha256).map_err(missing)?;
    let length = stored.side * stored.side * stored.channels;
    if stored.pixels.len() != dataset.n_instances().saturating_mul(length) {
        return Err(missing("holds another number of images"));
    }
    let light = |bytes: Vec<u8>| -> Vec<f32> {
        bytes
            .iter()
            .map(|byte| f32::from(*byte) / 127.5 - 1.0)
            .collect()
    };
    let patches = stored.patches.map(|cut| {
        let pixels = light(cut.pixels);
        PatchSet::of_parts(cut.stride, pixels, cut.first, cut.places, stored.channels)
    });
    let patches = patches.transpose().map_err(|_| missing("is damaged"))?;
    let pixels = light(stored.pixels);
    let set = ImageSet::of_pixels(stored.name, stored.side, stored.channels, pixels);
    let set = set.with_patches(patches);
    Gallery::of(set, stored.model).map_err(|error| missing(&error.to_string()))
}

/// Reads what the session at a path has learnt of images, by which new ones are scored; nothing
/// where it is not beside the session, or belongs to another one.
pub(super) fn read_model(path: &Path, fingerprint: &str) -> Option<ImageModel> {
    stored(path, fingerprint).ok().map(|stored| stored.model)
}

/// Reads the file beside a session with images of this fingerprint; why it cannot be, as what
/// follows its name.
fn stored(session: &Path, fingerprint: &str) -> Result<Stored, &'static str> {
    IMAGES.read(session, fingerprint)
}
