//! What images are, before anything is learnt of them.

use std::collections::BTreeMap;
use std::path::Path;

use super::{Raw, form, some, waiting};
use crate::imaging::{ImageError, ImageOptions};

/// Whether images can be read: opens them, and decodes some.
///
/// # Errors
/// As [`read_images`](super::read_images).
pub fn look_at_images(path: &Path, options: &ImageOptions) -> Result<(), ImageError> {
    form(waiting(path, options.asked())?.as_ref(), options).map(|_| ())
}

/// What images would be read as, and what the first of them are.
#[derive(Clone, Debug, PartialEq)]
pub struct Glance {
    /// How many there are.
    pub count: usize,
    /// A sentence about the size and the colours that they are brought to, and others.
    pub notices: Vec<String>,
    /// The classes, in order, each with how many are of it.
    pub classes: Vec<(String, usize)>,
    /// The size in words.
    pub size: String,
    /// Of the first ones the name, the class, and width, height and channels or why it does not read.
    pub first: Vec<(String, String, Result<[usize; 3], String>)>,
}

/// Images that a [`Glance`] tells of.
const GLANCED: usize = 50;

/// Looks at images before anything is learnt of them.
///
/// # Errors
/// As [`read_images`](super::read_images), but for files that do not read.
pub fn glance_at_images(path: &Path, options: &ImageOptions) -> Result<Glance, ImageError> {
    let waiting = waiting(path, options.asked())?;
    let n = waiting.len();
    let (_, sentence) = form(waiting.as_ref(), options)?;
    let mut notices = vec![sentence];
    notices.extend(waiting.notices());
    let mut classes = BTreeMap::<String, usize>::new();
    for class in (0..n).filter_map(|index| waiting.class(index)) {
        *classes.entry(class).or_default() += 1;
    }
    let first = (0..n.min(GLANCED)).map(|index| {
        let id = waiting.id(index).unwrap_or_else(|| (index + 1).to_string());
        let raw = waiting.raw(index).map_err(|error| error.to_string());
        let size = raw.map(|raw| [raw.width, raw.height, raw.channels]);
        (id, waiting.class(index).unwrap_or_default(), size)
    });
    Ok(Glance {
        count: n,
        size: size(&some(waiting.as_ref())),
        first: first.collect(),
        classes: classes.into_iter().collect(),
        notices,
    })
}

/// The sizes of images in words, and whether they have colours.
fn size(some: &[Raw]) -> String {
    let colours = match some.iter().filter(|raw| raw.is_coloured()).count() {
        0 => "grey",
        count if count == some.len() => "colour",
        _ => "grey and colour",
    };
    let area = |raw: &&Raw| raw.height * raw.width;
    let (least, most) = (some.iter().min_by_key(area), some.iter().max_by_key(area));
    match (least, most) {
        (Some(least), Some(most)) if (least.width, least.height) != (most.width, most.height) => {
            format!(
                "from {} × {} to {} × {} pixels, {colours}",
                least.width, least.height, most.width, most.height
            )
        }
        (Some(one), _) => format!("{} × {} pixels, {colours}", one.width, one.height),
        _ => "unknown, as none of them reads".to_owned(),
    }
}
