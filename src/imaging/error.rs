//! Everything that can be wrong with images, one sentence each.

use thiserror::Error;

use crate::numeric::Cancelled;
use crate::numeric::number::many;

/// Why images cannot be read; `Display` is one sentence with the place and the remedy.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ImageError {
    /// Reading failed midway (file, the system's words).
    #[error("Reading “{0}” failed ({1}): check that the file is still there.")]
    Unreadable(String, String),
    /// A file does not decode (file, why).
    #[error(
        "The image “{0}” does not read ({1}): remove it, or leave out what does not read (--skip-broken)."
    )]
    Broken(String, String),
    /// An array does not read (file, why).
    #[error(
        "“{0}” does not read as an array of images ({1}): save u8 or f32 as [n, height, width] or [n, height, width, channels]."
    )]
    Array(String, String),
    /// An archive does not read (file, why).
    #[error("“{0}” does not read as an archive ({1}): pack it again.")]
    Archive(String, String),
    /// An entry of an archive leads out of it (archive, entry).
    #[error(
        "The archive “{0}” has an entry that leads out of it, {1:?}: pack it again without “..”, absolute paths and links."
    )]
    Escape(String, String),
    /// A file ends too early (file, its bytes, those that are due).
    #[error("“{0}” is cut off: it has {1} of {2} bytes: copy it again.")]
    Cut(String, usize, usize),
    /// A number of an array is not finite (file, where and what).
    #[error("“{0}” has a pixel that is no number ({1}): give every pixel a finite one.")]
    NotFinite(String, String),
    /// Labels and images are not equally many (file, labels, images).
    #[error("“{}” has {} for {}: give each image one label.", .0, many(*.1, "label", "labels"), many(*.2, "image", "images"))]
    LabelCount(String, usize, usize),
    /// Pictures are of kinds that are not read (where, how many of which).
    #[error(
        "“{0}” holds pictures of kinds that are not read ({1}) and no others: save them as PNG or JPEG."
    )]
    Kinds(String, String),
    /// There is none (where).
    #[error("There is no image in “{0}”: name a folder, an archive or an array with some.")]
    NoImage(String),
    /// An array that is named is not there (where, its name, those that are).
    #[error("“{0}” has no array “{1}” of images: {2}.")]
    NoArray(String, String, String),
    /// There is more than is read (what, how many, most).
    #[error("There are {1} {0}, where at most {2} are read: take fewer.")]
    TooMany(&'static str, u64, u64),
    /// There are too few images (how many).
    #[error("There {} {}, where at least 16 are needed to learn what they look like.", if *.0 == 1 { "is" } else { "are" }, many(*.0, "image", "images"))]
    TooFew(usize),
    /// A class that is named is not there (its name, those that are).
    #[error("No image is of the class “{0}”: there are {1}.")]
    NoClass(String, String),
    /// A list of labels does not read (file, why).
    #[error("The labels in “{0}” do not read ({1}).")]
    Labels(String, String),
    /// A size that there are no networks for.
    #[error("{0}")]
    Shape(String),
    /// The numbers of an array are of another scale than those that were learnt from (how).
    #[error("The array does not fit what was learnt: {0}.")]
    Scale(String),
    /// All images are alike.
    #[error("All images are alike, so that none is unlike the others.")]
    Alike,
    /// Nobody waits for it any more.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
}
