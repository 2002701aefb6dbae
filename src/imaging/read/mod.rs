//! Reads images of folders, archives and arrays.
//!
//! 1. Nothing is read without a limit: files, entries, pixels and what they unpack to.
//! 2. Entries of archives that lead out of them, and links, are refused.
//! 3. Images are decoded one by one, so that only their small forms are held.

mod archive;
mod elements;
mod files;
mod glance;
mod idx;
mod kinds;
mod labels;
mod like;
mod numpy;
mod shown;

use std::io::Read;
use std::path::Path;

use flate2::read::MultiGzDecoder;
use numpy::Asked;

use super::patched::{PATCH, WHOLE, cut};
use super::resize::Raw;
use super::{Brightness, ImageError, ImageForm, ImageOptions, ImageSet, PatchSet, classes};
use crate::disk::{fs::File, is_dir};
use crate::network::ImageShape;
use crate::numeric::{Watch, map_each};

pub use glance::{Glance, glance_at_images, look_at_images};
pub use like::read_images_like;
pub use shown::{Picture, read_picture};

/// The name of the phase, as [`Watch`] is told it.
pub const READING_IMAGES: &str = "reading images";

/// Fewest images of which anything can be learnt.
const FEWEST: usize = 16;
/// Most images, or entries of an archive.
const MOST: usize = 200_000;
/// Most numbers of all images.
const MOST_NUMBERS: usize = 400_000_000;
/// Most bytes of an array or of all files of an archive.
const MOST_BYTES: u64 = 2 << 30;
/// Most bytes of a picture file.
const MOST_OF_A_FILE: u64 = 64 << 20;
/// Most pixels along a side of a picture file.
const MOST_OF_A_SIDE: u32 = 16_384;

/// Images that are looked at to choose a size and colours.
const LOOKED_AT: usize = 64;
/// Images between two looks at whether anybody waits.
const STRIDE: usize = 256;

/// Images that wait to be decoded.
trait Waiting: Sync {
    /// How many there are.
    fn len(&self) -> usize;
    /// What an image is called, where it has a name.
    fn id(&self, index: usize) -> Option<String>;
    /// The class of an image.
    fn class(&self, index: usize) -> Option<String>;
    /// Decodes an image.
    fn raw(&self, index: usize) -> Result<Raw, ImageError>;
    /// Which numbers are black and white, where images are numbers of an array.
    fn brightness(&self) -> Option<Brightness> {
        None
    }
    /// Takes the scale of others that were learnt from.
    fn keep_to(&mut self, _learnt: Option<Brightness>) -> Result<(), ImageError> {
        Ok(())
    }
    /// Sentences for the analyst.
    fn notices(&self) -> Vec<String>;
}

/// Bytes of the head of an array of numpy.
const HEAD: u64 = 1 << 12;

/// Whether a path leads to images rather than to a table, by its content: a folder with
/// pictures, a picture, an array of numpy of three axes or four, an IDX file, or a zip archive of
/// pictures or such arrays.
pub fn holds_images(path: &Path) -> bool {
    if is_dir(path) {
        return files::holds_pictures(path);
    }
    let mut magic = Vec::new();
    let opened = open(path).and_then(|mut reader| {
        let read = reader.by_ref().take(HEAD).read_to_end(&mut magic);
        read.map_err(|error| unreadable(path, &error))
    });
    if opened.is_err() {
        return false;
    }
    match magic.as_slice() {
        [0x93, b'N', b'U', b'M', b'P', b'Y', ..] => numpy::is_stack(&magic),
        [0, 0, 8 | 0x0d, 3 | 4, ..] => true,
        [b'P', b'K', ..] => archive::holds_images(path),
        _ => kinds::begins_as_picture(&magic),
    }
}

/// Reads images and brings them to one size.
///
/// # Errors
/// [`ImageError`] with the place, the cause and the remedy.
pub fn read_images(
    path: &Path,
    options: &ImageOptions,
    watch: &mut dyn Watch,
) -> Result<ImageSet, ImageError> {
    let waiting = waiting(path, options.asked())?;
    let n = waiting.len();
    if n < FEWEST {
        return Err(ImageError::TooFew(n));
    }
    let (form, notice) = form(waiting.as_ref(), options)?;
    let mut set = take_in(waiting.as_ref(), path, form, options, watch)?;
    set.notices.insert(0, notice);
    if set.len() < FEWEST {
        return Err(ImageError::TooFew(set.len()));
    }
    let first = set.image(0);
    if (set.pixels.chunks_exact(first.len())).all(|image| image == first) {
        return Err(ImageError::Alike);
    }
    Ok(set)
}

impl ImageOptions {
    /// What is asked of arrays.
    fn asked(&self) -> Asked<'_> {
        Asked {
            array: self.array.as_deref(),
            whole_range: self.whole_range,
        }
    }
}

fn waiting(path: &Path, asked: Asked<'_>) -> Result<Box<dyn Waiting>, ImageError> {
    let waiting = opened(path, asked)?;
    match waiting.len() {
        0 => Err(ImageError::NoImage(shown(path))),
        _ => Ok(waiting),
    }
}

fn opened(path: &Path, asked: Asked<'_>) -> Result<Box<dyn Waiting>, ImageError> {
    if is_dir(path) {
        asked.no_array(&shown(path))?;
        return Ok(Box::new(files::Files::of_folder(path)?));
    }
    let mut reader = open(path)?;
    let mut magic = Vec::new();
    let read = reader.by_ref().take(4).read_to_end(&mut magic);
    read.map_err(|error| unreadable(path, &error))?;
    if magic.starts_with(b"PK") {
        return archive::open(path, asked);
    }
    if kinds::begins_as_picture(&magic) {
        asked.no_array(&shown(path))?;
        return Ok(Box::new(files::Files::of_one(path)));
    }
    let mut bytes = magic;
    let read = reader.take(MOST_BYTES).read_to_end(&mut bytes);
    read.map_err(|error| unreadable(path, &error))?;
    match bytes.as_slice() {
        [0x93, ..] => Ok(Box::new(numpy::Stack::of_array(
            &shown(path),
            bytes,
            asked,
        )?)),
        _ => Ok(Box::new(idx::open(path, bytes, asked)?)),
    }
}

/// Decodes, brings to a side and channels, and labels.
fn take_in(
    waiting: &dyn Waiting,
    path: &Path,
    form: ImageForm,
    options: &ImageOptions,
    watch: &mut dyn Watch,
) -> Result<ImageSet, ImageError> {
    let channels = form.channels;
    // Images that are cut are shown larger than the networks see their patches.
    let side = form.stride.map_or(form.side, |_| WHOLE);
    let n = waiting.len();
    if n > MOST {
        return Err(ImageError::TooMany("images", n as u64, MOST as u64));
    }
    let length = side * side * channels;
    if n * length > MOST_NUMBERS {
        let most = (MOST_NUMBERS / length) as u64;
        return Err(ImageError::TooMany("images of this size", n as u64, most));
    }
    let mut notices = waiting.notices();
    let mut pixels = Vec::with_capacity(n * length);
    let mut patches = form.stride.map(PatchSet::new);
    let (mut ids, mut of, mut broken) = (Vec::new(), Vec::new(), Vec::new());
    for start in (0..n).step_by(STRIDE) {
        watch.step(READING_IMAGES, start, n)?;
        let count = STRIDE.min(n - start);
        let decoded = map_each(count, |at| {
            (waiting.raw(start + at)).map(|raw| {
                let patched = form.stride.map(|stride| cut(&raw, stride, channels));
                (raw.fitted(side, channels), patched)
            })
        });
        for (at, image) in decoded.into_iter().enumerate() {
            match image {
                Ok((image, patched)) => {
                    pixels.extend(image);
                    if let (Some(patches), Some(patched)) = (&mut patches, patched) {
                        patches.take(patched);
                        if patches.pixels.len() > MOST_NUMBERS {
                            return Err(too_many_patches(channels));
                        }
                    }
                    ids.push(waiting.id(start + at));
                    of.push(waiting.class(start + at));
                }
                Err(ImageError::Broken(name, _)) if options.skip_broken => broken.push(name),
                Err(error) => return Err(error),
            }
        }
    }
    if let Some(first) = broken.first() {
        notices.push(format!(
            "{} did not read and {} left out, the first “{first}”.",
            crate::numeric::number::many(broken.len(), "image", "images"),
            if broken.len() == 1 { "was" } else { "were" }
        ));
    }
    let (truth, words) = classes::labels(&of, options)?;
    notices.extend(words);
    Ok(ImageSet {
        name: set_name(path),
        side,
        channels,
        pixels,
        ids: ids.into_iter().collect(),
        truth,
        brightness: waiting.brightness(),
        patches,
        notices,
    })
}

fn too_many_patches(channels: usize) -> ImageError {
    let most = MOST_NUMBERS / (PATCH * PATCH * channels);
    ImageError::TooMany("patches or more", most as u64 + 1, most as u64)
}

/// Some of the images, from all over.
fn some(waiting: &dyn Waiting) -> Vec<Raw> {
    let n = waiting.len();
    let step = n.div_ceil(LOOKED_AT).max(1);
    let some = (0..n).step_by(step);
    some.filter_map(|index| waiting.raw(index).ok()).collect()
}

/// What images are brought to, with a sentence about them.
fn form(waiting: &dyn Waiting, options: &ImageOptions) -> Result<(ImageForm, String), ImageError> {
    let some = some(waiting);
    let mut sides: Vec<usize> = some.iter().map(|raw| raw.height.max(raw.width)).collect();
    sides.sort_unstable();
    let usual = sides.get(sides.len() / 2).copied().unwrap_or(28);
    let side = match (options.patches, options.side) {
        (Some(0), _) => {
            let why = "Patches are at least one pixel apart (--patches).";
            return Err(ImageError::Shape(why.to_owned()));
        }
        (Some(_), Some(side)) if side != PATCH => {
            let why = format!("Patches are of {PATCH} × {PATCH} pixels: leave --side away.");
            return Err(ImageError::Shape(why));
        }
        (Some(_), _) => PATCH,
        (None, Some(side)) => side,
        (None, None) => match usual {
            0..=28 => 28,
            29..=47 => 32,
            _ => 64,
        },
    };
    let coloured = some.iter().any(Raw::is_coloured);
    let channels = match options.grey {
        Some(true) => 1,
        Some(false) => 3,
        None if coloured => 3,
        None => 1,
    };
    let width = 1;
    let shape = ImageShape {
        side,
        channels,
        width,
    };
    shape.validate().map_err(ImageError::Shape)?;
    let colours = if channels == 1 { "grey" } else { "colour" };
    let changed = some
        .iter()
        .any(|raw| (raw.height, raw.width) != (side, side));
    let sentence = match changed {
        _ if options.patches.is_some() => {
            let stride = options.patches.unwrap_or(PATCH);
            format!(
                "Images of about {usual} pixels in {colours} are cut into patches of {PATCH} × {PATCH}, {stride} pixels apart; the score of an image is that of the most unusual tenth of them."
            )
        }
        false => format!("Images of {side} × {side} pixels in {colours}."),
        true => format!(
            "Images of about {usual} pixels are brought to {side} × {side} in {colours}; other sides are 28, 32 and 64 (--side), and --patches 32 cuts large ones into patches instead."
        ),
    };
    let form = ImageForm {
        side,
        channels,
        brightness: waiting.brightness(),
        stride: options.patches,
    };
    Ok((form, sentence))
}

/// Opens a file, unpacked where it is gzipped.
fn open(path: &Path) -> Result<Box<dyn Read>, ImageError> {
    let file = |path: &Path| File::open(path).map_err(|error| unreadable(path, &error));
    let mut magic = Vec::new();
    let read = file(path)?.take(2).read_to_end(&mut magic);
    read.map_err(|error| unreadable(path, &error))?;
    Ok(match magic == [0x1f, 0x8b] {
        true => Box::new(MultiGzDecoder::new(file(path)?)),
        false => Box::new(file(path)?),
    })
}

fn unreadable(path: &Path, error: &std::io::Error) -> ImageError {
    ImageError::Unreadable(shown(path), error.to_string())
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

/// The name of a set: its file's, without what tells its kind.
fn set_name(path: &Path) -> String {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let name = path.file_name().unwrap_or(path.as_os_str());
    let mut name = name.to_string_lossy().into_owned();
    for ending in [".gz", ".zip", ".npz", ".npy", ".idx3-ubyte"] {
        if name.to_ascii_lowercase().ends_with(ending) {
            name.truncate(name.len() - ending.len());
        }
    }
    name
}
