//! Which kinds of pictures are read, and which are told to be left out.

use std::collections::BTreeMap;

/// Endings of pictures that are read.
const READ: [&str; 3] = ["png", "jpg", "jpeg"];

/// Endings of pictures that are not.
const UNREAD: [&str; 20] = [
    "bmp", "gif", "tif", "tiff", "webp", "heic", "heif", "avif", "jp2", "jxl", "jfif", "tga",
    "ppm", "pgm", "pbm", "pnm", "dcm", "psd", "exr", "svg",
];

/// What pictures begin with, those that are read first.
const BEGINNINGS: [&[u8]; 7] = [
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"BM",
    b"II*\0",
    b"MM\0*",
    b"RIFF",
];

/// Whether a file that begins so is a PNG or JPEG.
pub(super) fn begins_as_picture(beginning: &[u8]) -> bool {
    BEGINNINGS[..2].iter().any(|due| beginning.starts_with(due))
}

fn ending(name: &str) -> Option<String> {
    let file = name.rsplit('/').next().unwrap_or(name);
    let (stem, ending) = file.rsplit_once('.')?;
    (!stem.is_empty()).then(|| ending.to_ascii_lowercase())
}

/// Whether a name is that of a picture that can be read.
pub(super) fn is_picture(name: &str) -> bool {
    ending(name).is_some_and(|ending| READ.contains(&ending.as_str()))
}

/// What a picture that is not read is counted as: its ending, or that it has none, which its
/// beginning tells; `None` for what is no picture.
pub(super) fn unread(name: &str, beginning: impl FnOnce() -> Vec<u8>) -> Option<String> {
    let file = name.rsplit('/').next().unwrap_or(name);
    match ending(name) {
        Some(ending) => UNREAD
            .contains(&ending.as_str())
            .then(|| format!(".{ending}")),
        None if file.starts_with('.') => None,
        None => {
            let beginning = beginning();
            let is_one = BEGINNINGS.iter().any(|due| beginning.starts_with(due));
            is_one.then(|| "without an ending".to_owned())
        }
    }
}

/// Pictures that are left out, by kind.
#[derive(Debug, Default)]
pub(super) struct Unread(BTreeMap<String, usize>);

impl Unread {
    pub(super) fn count(&mut self, kind: Option<String>) {
        if let Some(kind) = kind {
            *self.0.entry(kind).or_default() += 1;
        }
    }

    /// How many of which kind; `None` where there are none.
    pub(super) fn words(&self) -> Option<String> {
        let words = self.0.iter().map(|(kind, count)| format!("{count} {kind}"));
        let words: Vec<String> = words.collect();
        (!words.is_empty()).then(|| words.join(", "))
    }
}
