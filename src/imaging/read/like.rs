//! New images, brought to the form of others that were learnt from.

use std::path::Path;

use super::numpy::Asked;
use super::{Waiting, some, take_in, waiting};
use crate::imaging::{ImageError, ImageForm, ImageOptions, ImageSet};
use crate::numeric::Watch;

/// Reads images, be they few or alike, and brings them to the side, the channels and the scale of
/// brightness of others that were learnt from.
///
/// # Errors
/// As [`read_images`](super::read_images); [`ImageError::Shape`] where the options ask for another side or colours.
pub fn read_images_like(
    path: &Path,
    form: ImageForm,
    options: &ImageOptions,
    watch: &mut dyn Watch,
) -> Result<ImageSet, ImageError> {
    let ImageForm { side, channels, .. } = form;
    let is_grey = channels == 1;
    if options
        .patches
        .is_some_and(|asked| form.stride != Some(asked))
    {
        return Err(ImageError::Shape(format!(
            "The images that were learnt from were {}, and new ones are the same: leave --patches away.",
            match form.stride {
                Some(stride) => format!("cut into patches every {stride} pixels"),
                None => "not cut into patches".to_owned(),
            }
        )));
    }
    if options.side.is_some_and(|asked| asked != side)
        || options.grey.is_some_and(|asked| asked != is_grey)
    {
        let colours = if is_grey { "grey" } else { "colour" };
        return Err(ImageError::Shape(format!(
            "The images that were learnt from were brought to {side} × {side} pixels in {colours}, and new ones are brought to the same: leave --side and --grey away."
        )));
    }
    let asked = Asked {
        whole_range: true,
        ..options.asked()
    };
    let mut waiting = waiting(path, asked)?;
    waiting.keep_to(form.brightness)?;
    let notice = changed(waiting.as_ref(), form);
    let mut set = take_in(waiting.as_ref(), path, form, options, watch)?;
    set.notices.splice(0..0, notice);
    Ok(set)
}

/// A sentence where new images are not of the size or the colours of those that were learnt from.
fn changed(waiting: &dyn Waiting, form: ImageForm) -> Option<String> {
    let some = some(waiting);
    let (side, is_grey) = (form.side, form.channels == 1);
    let size = some
        .iter()
        .find(|raw| (raw.height, raw.width) != (side, side));
    let mut words = Vec::new();
    if let (Some(raw), None) = (size, form.stride) {
        words.push(format!(
            "those of {} × {} pixels are brought to {side} × {side}",
            raw.width, raw.height
        ));
    }
    let colours = some.iter().filter(|raw| raw.is_coloured()).count();
    match is_grey {
        true if colours > 0 => words.push("colours are left out".to_owned()),
        false if colours < some.len() => {
            words.push("grey ones have no colours to look at".to_owned())
        }
        _ => {}
    }
    (!words.is_empty()).then(|| {
        format!(
            "As the session learnt from {} images of {side} × {side}, {}.",
            if is_grey { "grey" } else { "coloured" },
            words.join(", and ")
        )
    })
}
