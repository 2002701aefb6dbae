//! Arrays of numpy: images in one array, labels in another.

use super::{Raw, Waiting};
use crate::imaging::{Brightness, ImageError};
use crate::numeric::NpyHead;

/// The names of arrays of images and of labels, the first that is there.
const IMAGES: [&str; 6] = ["images", "x", "X", "arr_0", "train_images", "x_train"];
const LABELS: [&str; 6] = ["labels", "y", "Y", "arr_1", "train_labels", "y_train"];

/// Longest header of an array, and the bytes in front of it.
const HEADER: usize = 1 << 16;
const FRONT: usize = 12;

/// What the elements of an array are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    U8,
    /// A whole number of so many bytes.
    Whole {
        bytes: usize,
        signed: bool,
    },
    F32 {
        big: bool,
    },
    F64,
    /// So many bytes of text, or characters of four.
    Text {
        bytes: usize,
        wide: bool,
    },
}

impl Kind {
    fn bytes(self) -> usize {
        match self {
            Self::U8 => 1,
            Self::Whole { bytes, .. } => bytes,
            Self::F32 { .. } => 4,
            Self::F64 => 8,
            Self::Text { bytes, .. } => bytes,
        }
    }

    /// The kind of a numpy type such as `<f4`.
    fn of(descr: &str) -> Option<Self> {
        let (order, rest) = descr.split_at_checked(1)?;
        let (letter, count) = rest.split_at_checked(1)?;
        let count: usize = count
            .parse()
            .ok()
            .filter(|count| (1..=4096).contains(count))?;
        if order == ">" && count > 1 {
            return None;
        }
        let whole = |signed| Self::Whole {
            bytes: count,
            signed,
        };
        Some(match (letter, count) {
            ("u" | "b", 1) => Self::U8,
            ("u", 2 | 4 | 8) => whole(false),
            ("i", 1 | 2 | 4 | 8) => whole(true),
            ("f", 4) => Self::F32 { big: false },
            ("f", 8) => Self::F64,
            ("S", _) => Self::Text {
                bytes: count,
                wide: false,
            },
            ("U", _) => Self::Text {
                bytes: 4 * count,
                wide: true,
            },
            _ => return None,
        })
    }
}

/// An array as it stands in a file.
#[derive(Clone, Debug)]
pub(super) struct Array {
    shape: Vec<usize>,
    kind: Kind,
    bytes: Vec<u8>,
}

impl Array {
    /// Elements of a kind in row-major order.
    pub(super) fn new(shape: Vec<usize>, kind: Kind, bytes: Vec<u8>) -> Result<Self, String> {
        let due = shape
            .iter()
            .try_fold(kind.bytes(), |sum, size| sum.checked_mul(*size));
        match due == Some(bytes.len()) {
            true => Ok(Self { shape, kind, bytes }),
            false => Err(format!(
                "{} bytes follow a header of the sizes {shape:?}, which does not fit",
                bytes.len()
            )),
        }
    }

    /// Reads an `.npy` file.
    pub(super) fn read(mut bytes: Vec<u8>) -> Result<Self, String> {
        let head = NpyHead::read(&bytes).ok();
        let head = head.filter(|head| head.start <= HEADER + FRONT);
        let head = head.ok_or_else(|| "it has no header of numpy".to_owned())?;
        let descr = head.descr;
        let kind = Kind::of(&descr).ok_or_else(|| {
            format!(
                "its elements are {descr:?}, where numbers or texts in little-endian order are due"
            )
        })?;
        if head.fortran_order != Some(false) {
            return Err("it is in column-major order".to_owned());
        }
        let shape = head.shape;
        let shape = shape.map_err(|shape| format!("its sizes are {shape:?}"))?;
        bytes.drain(..head.start);
        Self::new(shape, kind, bytes)
    }

    /// An element as a number; `None` for texts.
    fn number(&self, index: usize) -> Option<f64> {
        let size = self.kind.bytes();
        let bytes = self.bytes.get(index * size..(index + 1) * size)?;
        let little = |bytes: &[u8]| {
            bytes
                .iter()
                .rev()
                .fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte))
        };
        Some(match self.kind {
            Kind::U8 => f64::from(bytes[0]),
            Kind::Whole {
                bytes: size,
                signed,
            } => {
                let value = little(bytes);
                let shift = 64 - 8 * size;
                match signed {
                    true => ((value << shift) as i64 >> shift) as f64,
                    false => value as f64,
                }
            }
            Kind::F32 { big } => {
                let bits = match big {
                    true => bytes
                        .iter()
                        .fold(0, |sum, byte| sum << 8 | u32::from(*byte)),
                    false => little(bytes) as u32,
                };
                f64::from(f32::from_bits(bits))
            }
            Kind::F64 => f64::from_bits(little(bytes)),
            Kind::Text { .. } => return None,
        })
    }

    /// An element as the name of a class.
    fn name(&self, index: usize) -> Option<String> {
        let Kind::Text { bytes: size, wide } = self.kind else {
            return self.number(index).map(|number| number.to_string());
        };
        let bytes = self.bytes.get(index * size..(index + 1) * size)?;
        let text = match wide {
            false => String::from_utf8_lossy(bytes).into_owned(),
            true => {
                let code = |four: &[u8]| {
                    four.iter()
                        .rev()
                        .fold(0, |sum, byte| sum << 8 | u32::from(*byte))
                };
                let letters = bytes.chunks_exact(4).map(code);
                letters
                    .map(|code| char::from_u32(code).unwrap_or('\u{fffd}'))
                    .collect()
            }
        };
        Some(text.trim_end_matches('\0').to_owned())
    }
}

/// Whether an array, given by its beginning, has the axes of a stack of images.
pub(super) fn is_stack(beginning: &[u8]) -> bool {
    let shape = NpyHead::read(beginning).map(|head| head.shape);
    shape.is_ok_and(|shape| shape.is_ok_and(|shape| shape.len() > 2))
}

/// Images in one array.
#[derive(Debug)]
pub(super) struct Stack {
    images: Array,
    labels: Option<Array>,
    size: [usize; 3],
    /// Whether channels come before height and width.
    first: bool,
    brightness: Brightness,
    /// The least and the largest number.
    ends: [f64; 2],
}

impl Stack {
    /// The images of a single array.
    pub(super) fn of_array(path: &str, bytes: Vec<u8>) -> Result<Self, ImageError> {
        let array = Array::read(bytes).map_err(|why| ImageError::Array(path.to_owned(), why))?;
        Self::of_arrays(path, vec![("images".to_owned(), array)])
    }

    /// The images and labels among arrays with names.
    pub(super) fn of_arrays(
        path: &str,
        mut arrays: Vec<(String, Array)>,
    ) -> Result<Self, ImageError> {
        let wrong = |why: String| ImageError::Array(path.to_owned(), why);
        let mut take = |names: &[&str]| {
            let place = names
                .iter()
                .find_map(|name| arrays.iter().position(|(other, _)| other == name));
            place.map(|place| arrays.remove(place).1)
        };
        let (images, labels) = (take(&IMAGES), take(&LABELS));
        let images = match (images, arrays.as_slice()) {
            (Some(images), _) => images,
            (None, [(_, only)]) => only.clone(),
            (None, others) => {
                let names: Vec<&str> = others.iter().map(|(name, _)| name.as_str()).collect();
                return Err(wrong(format!(
                    "it holds {}, but none of images, x, arr_0 and train_images",
                    names.join(", ")
                )));
            }
        };
        let shape = images.shape.clone();
        let (size, first) = match *shape.as_slice() {
            [_, h, w] => ([h, w, 1], false),
            [_, h, w, c @ (1 | 3 | 4)] => ([h, w, c], false),
            [_, c @ (1 | 3), h, w] => ([h, w, c], true),
            _ => return Err(wrong(format!("its sizes are {shape:?}"))),
        };
        if size.contains(&0) || matches!(images.kind, Kind::Text { .. }) {
            return Err(wrong("its elements are no pixels".to_owned()));
        }
        if let Some(labels) = &labels
            && labels.shape.first() != shape.first()
        {
            return Err(wrong(format!(
                "its labels have the sizes {:?} beside images of {shape:?}",
                labels.shape
            )));
        }
        let ends = ends(&images).map_err(wrong)?;
        Ok(Self {
            brightness: Brightness::of(ends, images.kind == Kind::U8),
            ends,
            images,
            labels,
            size,
            first,
        })
    }
}

/// The least and the largest number.
fn ends(images: &Array) -> Result<[f64; 2], String> {
    if images.kind == Kind::U8 {
        let ends = (images.bytes.iter().min()).zip(images.bytes.iter().max());
        let (least, most) = ends.unwrap_or((&0, &0));
        return Ok([f64::from(*least), f64::from(*most)]);
    }
    let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
    let count = images.bytes.len() / images.kind.bytes();
    for index in 0..count {
        let value = images.number(index).unwrap_or(f64::NAN);
        if !value.is_finite() {
            let image = index / (count / images.shape[0].max(1)).max(1);
            return Err(format!(
                "image {} holds a number that is not finite",
                image + 1
            ));
        }
        low = low.min(value);
        high = high.max(value);
    }
    Ok([low, high])
}

impl Waiting for Stack {
    fn len(&self) -> usize {
        self.images.shape.first().copied().unwrap_or(0)
    }

    fn id(&self, _index: usize) -> Option<String> {
        None
    }

    fn class(&self, index: usize) -> Option<String> {
        let labels = self.labels.as_ref()?;
        let width: usize = labels.shape.iter().skip(1).product();
        labels.name(index * width)
    }

    fn raw(&self, index: usize) -> Result<Raw, ImageError> {
        let [height, width, stored] = self.size;
        let channels = stored.min(3);
        let start = index * height * width * stored;
        let at = |row: usize, column: usize, channel: usize| match self.first {
            true => (channel * height + row) * width + column,
            false => (row * width + column) * stored + channel,
        };
        let mut values = Vec::with_capacity(height * width * channels);
        for (row, column) in (0..height * width).map(|at| (at / width, at % width)) {
            values.extend((0..channels).map(|channel| {
                let value = self.images.number(start + at(row, column, channel));
                (self.brightness).share(value.unwrap_or(self.brightness.low))
            }));
        }
        Ok(Raw {
            height,
            width,
            channels,
            values,
        })
    }

    fn brightness(&self) -> Option<Brightness> {
        Some(self.brightness)
    }

    fn keep_to(&mut self, learnt: Option<Brightness>) -> Result<(), ImageError> {
        let kept = self.brightness.like(learnt, self.ends);
        self.brightness = kept.map_err(ImageError::Scale)?;
        Ok(())
    }

    fn notices(&self) -> Vec<String> {
        let Brightness { low, high, .. } = self.brightness;
        let mut notices = Vec::new();
        if self.images.kind != Kind::U8 {
            notices.push(format!(
                "Numbers from {low} (black) to {high} (white) are taken for brightness."
            ));
        }
        if self.first {
            notices.push("The array holds channels before height and width.".to_owned());
        }
        if self.size[2] == 4 {
            notices.push("The fourth channel, opacity, is left out.".to_owned());
        }
        notices
    }
}
