//! Images as instances: reading them, the networks that learn what they look like, and what each
//! detector of images says of them.
//!
//! An [`ImageSet`] is read of a folder, an archive or an array ([`read_images`]); an
//! [`ImageModel`] is fitted to it without labels and turns images into numbers: an embedding, which
//! forests and the relevance network see, and beside it the scores of detectors that look at
//! pixels. Both make a table ([`Dataset::gallery`](crate::dataset::Dataset::gallery)), and from
//! there on images are instances as any others.
//!
//! Knows nothing of tables, ensembles, answers or windows.

mod anatomy;
mod brightness;
mod classes;
mod error;
mod gallery;
mod members;
mod model;
mod options;
mod patched;
mod read;
mod resize;
mod set;
mod toys;

pub use anatomy::{Directions, EdgeParts, ImageParts, Nearby, PatchParts, SpreadParts};
pub use brightness::Brightness;
pub use error::ImageError;
pub use gallery::Gallery;
pub use members::{ImageScore, SCORES, image_weights};
pub use model::{ImageModel, Seen};
pub use options::{ImageForm, ImageOptions};
pub use patched::PatchSet;
pub use read::{
    Glance, Picture, READING_IMAGES, glance_at_images, holds_images, look_at_images, read_images,
    read_images_like, read_picture,
};
pub use set::ImageSet;
pub use toys::{ImageToy, image_toys};
