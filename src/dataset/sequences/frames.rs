//! Videos as sequences: folders of frames, each of which is one moment.

use std::cmp::Ordering;
use std::path::Path;

use ndarray::Array2;

use crate::dataset::{DatasetError, ReadOptions};
use crate::imaging::{ImageForm, ImageOptions, read_images_like};
use crate::numeric::Watch;
use crate::sequence::{Sequence, SequenceOptions, SequenceReader};

/// The side that frames are brought to, in grey.
const SIDE: usize = 28;

/// Cells along each side: the brightness of each is a channel.
const CELLS: usize = 4;

/// Reads a folder of folders of frames: each folder with pictures is a sequence, in the order of
/// their names and the numbers in them; a folder above it, where there is one, names its class.
///
/// A channel is the brightness of one of 4 × 4 cells, from −1 to 1. That is the same for every set,
/// so that what was learnt of one can look at another; the encoder learns the rest.
pub(in crate::dataset) fn read(
    path: &Path,
    options: &ReadOptions,
    asked: &SequenceOptions,
    watch: &mut dyn Watch,
) -> Result<SequenceReader, DatasetError> {
    let images = options.images.as_deref().cloned().unwrap_or_default();
    let images = ImageOptions {
        side: None,
        grey: None,
        patches: None,
        nominal: Vec::new(),
        ..images
    };
    let form = ImageForm {
        side: SIDE,
        channels: 1,
        brightness: None,
        stride: None,
    };
    let set = read_images_like(path, form, &images, watch)?;
    let mut frames: Vec<(&str, &str, usize)> = Vec::new();
    for (at, id) in set.ids().unwrap_or_default().iter().enumerate() {
        let (folder, frame) = id.rsplit_once('/').unwrap_or(("", id));
        frames.push((folder, frame, at));
    }
    frames.sort_by(|a, b| natural(a.0, b.0).then_with(|| natural(a.1, b.1)));
    let videos = frames.chunk_by(|a, b| a.0 == b.0).map(|frames| {
        let folder = frames[0].0;
        let values = Array2::from_shape_fn((frames.len(), CELLS * CELLS), |(at, cell)| {
            brightness(set.image(frames[at].2), cell)
        });
        Sequence {
            id: folder.to_owned(),
            class: folder.rsplit_once('/').map(|(above, _)| {
                let class = above.rsplit('/').next();
                class.unwrap_or(above).to_owned()
            }),
            values,
            phases: None,
        }
    });
    let channels = (0..CELLS * CELLS).map(|cell| {
        format!(
            "brightness at row {}, column {}",
            cell / CELLS + 1,
            cell % CELLS + 1
        )
    });
    let videos: Vec<Sequence> = videos.collect();
    Ok(SequenceReader::of_sequences(
        set.name(),
        channels.collect(),
        videos,
        asked,
    ))
}

/// The mean of a cell of a frame.
fn brightness(frame: &[f32], cell: usize) -> f32 {
    let side = SIDE / CELLS;
    let (top, left) = (cell / CELLS * side, cell % CELLS * side);
    let rows = (top..top + side).map(|row| &frame[row * SIDE + left..row * SIDE + left + side]);
    rows.flatten().sum::<f32>() / (side * side) as f32
}

/// The order in which people number files: `frame 10` comes after `frame 9`.
fn natural(first: &str, second: &str) -> Ordering {
    let (mut a, mut b) = (first, second);
    loop {
        let ((head_a, number_a, rest_a), (head_b, number_b, rest_b)) = (split(a), split(b));
        let order = head_a
            .cmp(head_b)
            .then_with(|| by_number(number_a, number_b));
        if order != Ordering::Equal || (rest_a.is_empty() && rest_b.is_empty()) {
            return order.then_with(|| first.cmp(second));
        }
        (a, b) = (rest_a, rest_b);
    }
}

/// A text up to its first number, that number, and what follows.
fn split(text: &str) -> (&str, &str, &str) {
    let start = text.find(|letter: char| letter.is_ascii_digit());
    let (head, rest) = text.split_at(start.unwrap_or(text.len()));
    let end = rest.find(|letter: char| !letter.is_ascii_digit());
    let (number, rest) = rest.split_at(end.unwrap_or(rest.len()));
    (head, number, rest)
}

fn by_number(a: &str, b: &str) -> Ordering {
    let [a, b] = [a, b].map(|digits| digits.trim_start_matches('0'));
    a.len().cmp(&b.len()).then_with(|| a.cmp(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_stand_in_the_order_of_their_numbers() {
        let mut names = [
            "f10.png", "f9.png", "f09.png", "e2", "f1b2", "f1a10", "f1a9",
        ];
        names.sort_by(|a, b| natural(a, b));
        assert_eq!(
            names,
            [
                "e2", "f1a9", "f1a10", "f1b2", "f09.png", "f9.png", "f10.png"
            ]
        );
    }

    #[test]
    fn a_cell_is_the_mean_of_its_pixels() {
        let mut frame = vec![-1.0; SIDE * SIDE];
        for row in 7..14 {
            for column in 21..28 {
                frame[row * SIDE + column] = 1.0;
            }
        }
        let cells: Vec<f32> = (0..16).map(|cell| brightness(&frame, cell)).collect();
        assert_eq!(cells[7], 1.0);
        assert_eq!(cells.iter().sum::<f32>(), -14.0);
    }
}
