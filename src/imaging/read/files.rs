//! Pictures in files, of a folder or an archive.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

use image::{DynamicImage, ImageReader, Limits};

use super::kinds::{Unread, is_picture, unread};
use super::labels::{LABELS, listed};
use super::{MOST, MOST_OF_A_FILE, MOST_OF_A_SIDE, Raw, Waiting, unreadable};
use crate::disk::{fs, is_file};
use crate::imaging::ImageError;

/// Folders of this name hold no images but pictures of where the anomalies are.
const MASKS: [&str; 3] = ["ground_truth", "masks", "__MACOSX"];

/// Picture files with their classes.
#[derive(Debug)]
pub(super) struct Files {
    files: Vec<(String, Content)>,
    classes: BTreeMap<String, String>,
    notices: Vec<String>,
}

/// Where the bytes of a picture are.
#[derive(Debug)]
pub(super) enum Content {
    Path(PathBuf),
    Bytes(Vec<u8>),
}

/// Whether a path within a folder or an archive leads through a folder of masks.
pub(super) fn is_mask(name: &str) -> bool {
    name.split('/').any(|part| MASKS.contains(&part))
}

impl Files {
    /// The pictures of a folder and of those in it, by name; links to folders are not followed.
    pub(super) fn of_folder(root: &Path) -> Result<Self, ImageError> {
        let mut found = Found::default();
        walk(root, root, &mut found)?;
        let labels = root.join(LABELS);
        let labels = match is_file(&labels) {
            true => Some(fs::read(&labels).map_err(|error| unreadable(&labels, &error))?),
            false => None,
        };
        Self::of(&root.display().to_string(), found, labels.as_deref())
    }

    /// A single picture.
    pub(super) fn of_one(path: &Path) -> Self {
        let name = path.file_name().unwrap_or(path.as_os_str());
        let name = name.to_string_lossy().into_owned();
        Self {
            files: vec![(name, Content::Path(path.to_owned()))],
            classes: BTreeMap::new(),
            notices: Vec::new(),
        }
    }

    /// Pictures by name that were found at a place, with the list of their labels where there is one.
    pub(super) fn of(place: &str, found: Found, labels: Option<&[u8]>) -> Result<Self, ImageError> {
        let mut files = found.files;
        files.sort_by(|a, b| a.0.cmp(&b.0));
        let before = files.len();
        files.retain(|(name, _)| !is_mask(name));
        let mut notices = Vec::new();
        if files.len() < before {
            notices.push(format!(
                "{} in folders of masks left out.",
                crate::numeric::number::many(before - files.len(), "picture is", "pictures are")
            ));
        }
        match found.unread.words() {
            Some(kinds) if files.is_empty() => {
                return Err(ImageError::Kinds(place.to_owned(), kinds));
            }
            Some(kinds) => notices.push(format!(
                "Pictures of kinds that are not read are left out: {kinds}; save them as PNG or JPEG."
            )),
            None => {}
        }
        let mut classes = by_folder(&files);
        if let Some(bytes) = labels {
            let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
            let listed = listed(bytes, &names)?;
            notices.extend(listed.notices);
            // What the list says of a picture goes before its folder.
            for (file, label) in listed.classes {
                match label {
                    Some(label) => classes.insert(file, label),
                    None => classes.remove(&file),
                };
            }
        }
        Ok(Self {
            files,
            classes,
            notices,
        })
    }
}

/// What is found in a folder or an archive.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) files: Vec<(String, Content)>,
    pub(super) unread: Unread,
}

/// The folder that each picture is in, where there are several.
fn by_folder(files: &[(String, Content)]) -> BTreeMap<String, String> {
    let folder = |name: &str| -> Option<String> {
        let (folders, _) = name.rsplit_once('/')?;
        folders.rsplit('/').next().map(str::to_owned)
    };
    let names = files.iter().map(|(name, _)| name);
    names
        .filter_map(|name| Some((name.clone(), folder(name)?)))
        .collect()
}

/// Folders below a folder that are looked into.
const DEPTH: usize = 3;

/// Whether there is a picture in a folder or a few folders below, or nothing but pictures of kinds
/// that are not read, which is to be told.
pub(super) fn holds_pictures(folder: &Path) -> bool {
    /// Whether there are pictures that are read, others, and files that are none.
    fn seek(folder: &Path, depth: usize, [unread_ones, others]: &mut [bool; 2]) -> bool {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        let mut folders = Vec::new();
        for entry in entries {
            let name = entry.file_name().to_string_lossy().into_owned();
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => folders.push(entry.path()),
                Ok(_) if is_picture(&name) => return true,
                Ok(_) if unread(&name, || beginning(&entry.path())).is_some() => {
                    *unread_ones = true;
                }
                Ok(_) => *others |= !name.starts_with('.') && name != LABELS,
                _ => {}
            }
        }
        let mut found = [*unread_ones, *others];
        let is_found = depth > 0
            && folders
                .iter()
                .any(|folder| seek(folder, depth - 1, &mut found));
        [*unread_ones, *others] = found;
        is_found
    }
    let mut found = [false; 2];
    seek(folder, DEPTH, &mut found) || found == [true, false]
}

/// The first bytes of a file.
fn beginning(path: &Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    let read = fs::File::open(path).and_then(|file| file.take(16).read_to_end(&mut bytes));
    read.map_or_else(|_| Vec::new(), |_| bytes)
}

fn walk(root: &Path, folder: &Path, found: &mut Found) -> Result<(), ImageError> {
    let entries = fs::read_dir(folder).map_err(|error| unreadable(folder, &error))?;
    for entry in entries {
        let entry = entry.map_err(|error| unreadable(folder, &error))?;
        let kind = entry
            .file_type()
            .map_err(|error| unreadable(folder, &error))?;
        let path = entry.path();
        if kind.is_dir() {
            walk(root, &path, found)?;
            continue;
        }
        let name = path.strip_prefix(root).unwrap_or(&path);
        let name = name.to_string_lossy().replace('\\', "/");
        if is_picture(&name) {
            found.files.push((name, Content::Path(path)));
        } else if !is_mask(&name) {
            found.unread.count(unread(&name, || beginning(&path)));
        }
        if found.files.len() > MOST {
            return Err(ImageError::TooMany(
                "pictures",
                found.files.len() as u64,
                MOST as u64,
            ));
        }
    }
    Ok(())
}

impl Waiting for Files {
    fn len(&self) -> usize {
        self.files.len()
    }

    fn id(&self, index: usize) -> Option<String> {
        self.files.get(index).map(|(name, _)| name.clone())
    }

    fn class(&self, index: usize) -> Option<String> {
        self.classes.get(&self.files.get(index)?.0).cloned()
    }

    fn raw(&self, index: usize) -> Result<Raw, ImageError> {
        let Some((name, content)) = self.files.get(index) else {
            return Err(ImageError::TooFew(self.files.len()));
        };
        let broken = |why: String| ImageError::Broken(name.clone(), why);
        match content {
            Content::Bytes(bytes) => decode(bytes).map_err(broken),
            Content::Path(path) => {
                (bytes_of(path).and_then(|bytes| decode(&bytes))).map_err(broken)
            }
        }
    }

    fn notices(&self) -> Vec<String> {
        self.notices.clone()
    }
}

/// The bytes of a picture file.
pub(super) fn bytes_of(path: &Path) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let file = fs::File::open(path).map_err(|error| error.to_string())?;
    let read = file.take(MOST_OF_A_FILE + 1).read_to_end(&mut bytes);
    read.map_err(|error| error.to_string())?;
    match bytes.len() as u64 > MOST_OF_A_FILE {
        true => Err("it is larger than 64 MB".to_owned()),
        false => Ok(bytes),
    }
}

/// Decodes a PNG or JPEG, whatever its name.
pub(super) fn picture(bytes: &[u8]) -> Result<DynamicImage, String> {
    let mut reader = ImageReader::new(Cursor::new(bytes))
        .with_guessed_format()
        .map_err(|error| error.to_string())?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(MOST_OF_A_SIDE);
    limits.max_image_height = Some(MOST_OF_A_SIDE);
    limits.max_alloc = Some(1 << 29);
    reader.limits(limits);
    reader.decode().map_err(|error| error.to_string())
}

fn decode(bytes: &[u8]) -> Result<Raw, String> {
    let picture = picture(bytes)?;
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    let (channels, values): (usize, Vec<f32>) = match &picture {
        DynamicImage::ImageLuma8(_) | DynamicImage::ImageLumaA8(_) => {
            let grey = picture.to_luma8();
            (
                1,
                grey.iter().map(|value| f32::from(*value) / 255.0).collect(),
            )
        }
        DynamicImage::ImageLuma16(_) | DynamicImage::ImageLumaA16(_) => {
            let grey = picture.to_luma16();
            (
                1,
                grey.iter()
                    .map(|value| f32::from(*value) / 65_535.0)
                    .collect(),
            )
        }
        _ => {
            let colours = picture.to_rgb8();
            (
                3,
                colours
                    .iter()
                    .map(|value| f32::from(*value) / 255.0)
                    .collect(),
            )
        }
    };
    Ok(Raw {
        height,
        width,
        channels,
        values,
    })
}
