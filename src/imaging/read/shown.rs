//! A picture file as it is, to be shown beside a row that names it.

use std::path::Path;

use super::files::{bytes_of, picture};
use crate::imaging::ImageError;

/// A picture: its size, and four bytes a pixel (red, green, blue, opacity), line by line from the
/// top.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Pixels across.
    pub width: usize,
    /// Pixels down.
    pub height: usize,
    /// The bytes.
    pub rgba: Vec<u8>,
}

/// Reads a PNG or JPEG file, made smaller where a side is longer than so many pixels.
///
/// # Errors
/// [`ImageError::Broken`] where it is none, or is too large to be one.
pub fn read_picture(path: &Path, side: u32) -> Result<Picture, ImageError> {
    let read = bytes_of(path).and_then(|bytes| picture(&bytes));
    let picture = read.map_err(|why| ImageError::Broken(path.display().to_string(), why))?;
    let small = match picture.width().max(picture.height()) > side {
        true => picture.thumbnail(side, side),
        false => picture,
    };
    let rgba = small.into_rgba8();
    Ok(Picture {
        width: rgba.width() as usize,
        height: rgba.height() as usize,
        rgba: rgba.into_raw(),
    })
}
