//! Zip archives: of pictures, or of numpy's arrays (`.npz`).

use std::io::{BufReader, Read};
use std::path::Path;

use zip::ZipArchive;

use super::files::{Content, Files, LABELS, is_picture};
use super::numpy::{Array, Stack, is_stack};
use super::{MOST, MOST_BYTES, MOST_OF_A_FILE, Waiting, shown, unreadable};
use crate::disk::fs::File;
use crate::imaging::ImageError;

type Archive = ZipArchive<BufReader<File>>;

fn archive(path: &Path) -> Result<Archive, ImageError> {
    let file = File::open(path).map_err(|error| unreadable(path, &error))?;
    ZipArchive::new(BufReader::new(file))
        .map_err(|error| ImageError::Archive(shown(path), error.to_string()))
}

/// Whether an archive holds pictures, or arrays of which one is a stack of images.
pub(super) fn holds_images(path: &Path) -> bool {
    let Ok(mut archive) = archive(path) else {
        return false;
    };
    let is_image = |archive: &mut Archive, index: usize| -> Option<bool> {
        let entry = archive.by_index(index).ok()?;
        let name = entry.name().ok()?.into_owned();
        let mut head = Vec::new();
        if name.ends_with(".npy") {
            entry.take(super::HEAD).read_to_end(&mut head).ok()?;
        }
        Some(is_picture(&name) || is_stack(&head))
    };
    (0..archive.len().min(MOST)).any(|index| is_image(&mut archive, index) == Some(true))
}

/// Opens an archive of pictures or arrays.
pub(super) fn open(path: &Path) -> Result<Box<dyn Waiting>, ImageError> {
    let mut archive = archive(path)?;
    if archive.len() > MOST {
        return Err(ImageError::TooMany(
            "entries",
            archive.len() as u64,
            MOST as u64,
        ));
    }
    let mut entries = Vec::with_capacity(archive.len());
    let mut total = 0;
    for index in 0..archive.len() {
        let wrong = |error: &dyn std::fmt::Display| {
            ImageError::Archive(shown(path), format!("entry {}: {error}", index + 1))
        };
        let entry = archive.by_index(index).map_err(|error| wrong(&error))?;
        if entry.is_dir() {
            continue;
        }
        let name = entry.name().map_err(|error| wrong(&error))?.into_owned();
        if entry.is_symlink() || entry.enclosed_name().is_none() {
            return Err(ImageError::Escape(shown(path), name));
        }
        let is_array = name.ends_with(".npy");
        if !is_array && !is_picture(&name) && name != LABELS {
            continue;
        }
        // What an entry says of its size need not be true: what is read is counted.
        let most = if is_array { MOST_BYTES } else { MOST_OF_A_FILE };
        let mut bytes = Vec::new();
        let read = entry.take(most + 1).read_to_end(&mut bytes);
        read.map_err(|error| wrong(&error))?;
        total += bytes.len() as u64;
        if bytes.len() as u64 > most || total > MOST_BYTES {
            return Err(ImageError::TooMany(
                "bytes in the archive",
                total,
                MOST_BYTES,
            ));
        }
        entries.push((name, bytes));
    }
    if entries.iter().any(|(name, _)| name.ends_with(".npy")) {
        let arrays = entries.into_iter().filter_map(|(name, bytes)| {
            let name = name.strip_suffix(".npy")?.to_owned();
            Some(Array::read(bytes).map(|array| (name, array)))
        });
        let arrays = arrays.collect::<Result<Vec<_>, String>>();
        let arrays = arrays.map_err(|why| ImageError::Array(shown(path), why))?;
        return Ok(Box::new(Stack::of_arrays(&shown(path), arrays)?));
    }
    let labels = entries.iter().position(|(name, _)| name == LABELS);
    let labels = labels.map(|place| entries.remove(place).1);
    let files = entries.into_iter();
    let files = files.map(|(name, bytes)| (name, Content::Bytes(bytes)));
    Ok(Box::new(Files::of(files.collect(), labels.as_deref())?))
}
