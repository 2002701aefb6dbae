//! Zip archives: of pictures, or of numpy's arrays (`.npz`).

use std::io::{BufReader, Read};
use std::path::Path;

use zip::ZipArchive;

use super::files::{Content, Files, Found, is_mask};
use super::kinds::{is_picture, unread};
use super::labels::LABELS;
use super::numpy::{Array, Asked, Stack, is_stack};
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
    let (mut unread_ones, mut others) = (false, false);
    let mut is_image = |archive: &mut Archive, index: usize| -> Option<bool> {
        let entry = archive
            .by_index(index)
            .ok()
            .filter(|entry| !entry.is_dir())?;
        let name = entry.name().ok()?.into_owned();
        let mut head = Vec::new();
        let read = entry.take(super::HEAD).read_to_end(&mut head);
        let is_image = is_picture(&name) || name.ends_with(".npy") && is_stack(&head);
        let is_unread = unread(&name, || head).is_some();
        unread_ones |= is_unread;
        others |= !is_unread && name != LABELS && !name.starts_with("__MACOSX");
        Some(read.is_ok() && is_image)
    };
    let is_found =
        (0..archive.len().min(MOST)).any(|index| is_image(&mut archive, index) == Some(true));
    is_found || unread_ones && !others
}

/// Opens an archive of pictures or arrays.
pub(super) fn open(path: &Path, asked: Asked<'_>) -> Result<Box<dyn Waiting>, ImageError> {
    let mut archive = archive(path)?;
    if archive.len() > MOST {
        return Err(ImageError::TooMany(
            "entries",
            archive.len() as u64,
            MOST as u64,
        ));
    }
    let mut entries = Vec::with_capacity(archive.len());
    let mut found = Found::default();
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
            if !is_mask(&name) {
                let beginning = || {
                    let mut head = Vec::new();
                    let read = entry.take(16).read_to_end(&mut head);
                    read.map_or_else(|_| Vec::new(), |_| head)
                };
                found.unread.count(unread(&name, beginning));
            }
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
            let array = Array::read(bytes);
            let place = format!("{name} of {}", shown(path));
            Some(
                array
                    .map_err(|fault| fault.told(&place))
                    .map(|array| (name, array)),
            )
        });
        let arrays = arrays.collect::<Result<Vec<_>, ImageError>>()?;
        return Ok(Box::new(Stack::of_arrays(&shown(path), arrays, asked)?));
    }
    asked.no_array(&shown(path))?;
    let labels = entries.iter().position(|(name, _)| name == LABELS);
    let labels = labels.map(|place| entries.remove(place).1);
    let files = entries.into_iter();
    let files = files.map(|(name, bytes)| (name, Content::Bytes(bytes)));
    found.files = files.collect();
    Ok(Box::new(Files::of(&shown(path), found, labels.as_deref())?))
}
