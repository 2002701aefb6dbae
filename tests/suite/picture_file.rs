//! Pictures as files, and the difference between two.

use std::fs;
use std::path::Path;

use resvg::tiny_skia::{IntSize, Pixmap};

use crate::raster::Picture;

/// By how much a channel of a pixel may differ: other machines round otherwise.
const TRACE: u8 = 40;

/// Reads a picture.
#[track_caller]
pub fn read(path: &Path) -> Picture {
    let bytes = fs::read(path).expect("a picture");
    let pixmap = Pixmap::decode_png(&bytes).expect("a PNG");
    let pixels = pixmap.pixels().iter();
    Picture {
        width: pixmap.width() as usize,
        height: pixmap.height() as usize,
        pixels: pixels
            .map(|pixel| [pixel.red(), pixel.green(), pixel.blue()])
            .collect(),
    }
}

/// Writes a picture.
pub fn write(path: &Path, picture: &Picture) {
    let opaque = |&[r, g, b]: &[u8; 3]| [r, g, b, 255];
    let data: Vec<u8> = picture.pixels.iter().flat_map(opaque).collect();
    let size = IntSize::from_wh(picture.width as u32, picture.height as u32).expect("a size");
    let pixmap = Pixmap::from_vec(data, size).expect("opaque pixels");
    fs::write(path, pixmap.encode_png().expect("a PNG")).expect("room for a picture");
}

/// What differs between two pictures.
pub struct Difference {
    /// Pixels that differ by more than a trace; all, where the sizes are not the same.
    pub changed: usize,
    /// The known picture in pale grey, with what has changed in red.
    pub shown: Picture,
}

/// Compares a picture with the known one; `None` where they are the same to the bit.
pub fn difference(picture: &Picture, known: Option<&Picture>) -> Option<Difference> {
    let size = (picture.width, picture.height);
    let Some(known) = known.filter(|known| (known.width, known.height) == size) else {
        return Some(Difference {
            changed: picture.pixels.len(),
            shown: picture.clone(),
        });
    };
    if known == picture {
        return None;
    }
    let is_changed = |(a, b): &(&[u8; 3], &[u8; 3])| {
        let channels = a.iter().zip(b.iter());
        channels.into_iter().any(|(a, b)| a.abs_diff(*b) > TRACE)
    };
    let pairs = || known.pixels.iter().zip(&picture.pixels);
    let shown = pairs().map(|pair| match is_changed(&pair) {
        true => [255, 0, 0],
        false => [pair.0.iter().map(|&channel| channel / 6).sum::<u8>() + 127; 3],
    });
    Some(Difference {
        changed: pairs().filter(is_changed).count(),
        shown: Picture {
            width: picture.width,
            height: picture.height,
            pixels: shown.collect(),
        },
    })
}

#[test]
fn a_difference_is_counted_and_shown_and_a_trace_is_none() {
    let picture = |pixels: &[[u8; 3]]| Picture {
        width: pixels.len(),
        height: 1,
        pixels: pixels.to_vec(),
    };
    let known = picture(&[[10, 10, 10], [200, 0, 0], [255, 255, 255]]);
    assert!(difference(&known, Some(&known)).is_none());
    let other = picture(&[[10, 50, 10], [200, 0, 41], [255, 255, 255]]);
    let seen = difference(&other, Some(&known)).expect("a difference");
    assert_eq!((seen.changed, seen.shown.pixels[1]), (1, [255, 0, 0]));
    let smaller = picture(&[[0; 3]]);
    assert_eq!(
        difference(&smaller, Some(&known))
            .expect("another size")
            .changed,
        1
    );
    assert_eq!(difference(&smaller, None).expect("no picture").changed, 1);
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.png");
    write(&path, &other);
    assert_eq!(read(&path), other);
}
