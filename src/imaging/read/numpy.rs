//! Arrays of numpy: images in one array, labels in another.

pub(super) use super::elements::{Fault, Kind};
use super::{Raw, Waiting};
use crate::imaging::{Brightness, ImageError};
use crate::numeric::NpyHead;

/// The names of arrays of images and of labels, the first that is there.
const IMAGES: [&str; 6] = ["images", "x", "X", "arr_0", "train_images", "x_train"];
const LABELS: [&str; 6] = ["labels", "y", "Y", "arr_1", "train_labels", "y_train"];

/// Longest header of an array, and the bytes in front of it.
const HEADER: usize = 1 << 16;
const FRONT: usize = 12;

/// An array as it stands in a file.
#[derive(Clone, Debug)]
pub(super) struct Array {
    shape: Vec<usize>,
    kind: Kind,
    bytes: Vec<u8>,
}

impl Array {
    /// Elements of a kind in row-major order.
    pub(super) fn new(shape: Vec<usize>, kind: Kind, bytes: Vec<u8>) -> Result<Self, Fault> {
        let due = shape
            .iter()
            .try_fold(kind.bytes(), |sum, size| sum.checked_mul(*size));
        match due {
            Some(due) if due == bytes.len() => Ok(Self { shape, kind, bytes }),
            Some(due) if due > bytes.len() => Err(Fault::Cut(bytes.len(), due)),
            _ => Err(Fault::from(format!(
                "{} bytes follow a header of the sizes {shape:?}, which does not fit",
                bytes.len()
            ))),
        }
    }

    /// Reads an `.npy` file.
    pub(super) fn read(mut bytes: Vec<u8>) -> Result<Self, Fault> {
        let head = NpyHead::read(&bytes).ok();
        let head = head.filter(|head| head.start <= HEADER + FRONT);
        let head = head.ok_or_else(|| "it has no header of numpy".to_owned())?;
        let descr = head.descr;
        let kind = Kind::of(&descr)
            .ok_or_else(|| format!("its elements are {descr:?}, where numbers or texts are due"))?;
        let shape = head.shape;
        let shape = shape.map_err(|shape| format!("its sizes are {shape:?}"))?;
        let whole = bytes.len();
        bytes.drain(..head.start);
        let array = Self::new(shape, kind, bytes).map_err(|fault| match fault {
            Fault::Cut(_, due) => Fault::Cut(whole, head.start + due),
            other => other,
        })?;
        Ok(match head.fortran_order {
            Some(true) => array.by_rows(),
            _ => array,
        })
    }

    /// The same elements in row-major order, of an array in column-major order.
    fn by_rows(self) -> Self {
        let size = self.kind.bytes();
        let mut bytes = Vec::with_capacity(self.bytes.len());
        let mut at = vec![0; self.shape.len()];
        for _ in 0..self.bytes.len() / size {
            let mut from = 0;
            for (index, length) in at.iter().zip(&self.shape).rev() {
                from = from * length + index;
            }
            bytes.extend(&self.bytes[from * size..(from + 1) * size]);
            // The next in row-major order: the last index runs first.
            for (index, length) in at.iter_mut().zip(&self.shape).rev() {
                *index += 1;
                if *index < *length {
                    break;
                }
                *index = 0;
            }
        }
        Self { bytes, ..self }
    }

    /// An element as a number; `None` for texts.
    fn number(&self, index: usize) -> Option<f64> {
        let size = self.kind.bytes();
        let bytes = self.bytes.get(index * size..(index + 1) * size)?;
        self.kind.number(bytes)
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

/// What is asked of arrays.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Asked<'a> {
    /// The name of the array of the images.
    pub(super) array: Option<&'a str>,
    /// Whether whole numbers of 16 bits go from 0 to 65 535.
    pub(super) whole_range: bool,
}

impl Asked<'_> {
    /// Refuses the choice of an array where there are none to choose among.
    pub(super) fn no_array(self, path: &str) -> Result<(), ImageError> {
        let none = "it holds no arrays, so leave --sheet away";
        match self.array {
            Some(name) => Err(ImageError::NoArray(path.into(), name.into(), none.into())),
            None => Ok(()),
        }
    }
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
    /// The arrays beside it that are not read.
    left: Vec<String>,
}

impl Stack {
    /// The images of a single array.
    pub(super) fn of_array(
        path: &str,
        bytes: Vec<u8>,
        asked: Asked<'_>,
    ) -> Result<Self, ImageError> {
        asked.no_array(path)?;
        let array = Array::read(bytes).map_err(|fault| fault.told(path))?;
        Self::of_arrays(path, vec![("images".to_owned(), array)], asked)
    }

    /// The images and labels among arrays with names.
    pub(super) fn of_arrays(
        path: &str,
        mut arrays: Vec<(String, Array)>,
        asked: Asked<'_>,
    ) -> Result<Self, ImageError> {
        let wrong = |why: String| ImageError::Array(path.to_owned(), why);
        let names = |arrays: &[(String, Array)]| -> Vec<String> {
            arrays.iter().map(|(name, _)| name.clone()).collect()
        };
        let place = |arrays: &[(String, Array)], name: &str| {
            arrays.iter().position(|(other, _)| other == name)
        };
        let usual = || IMAGES.iter().find_map(|name| place(&arrays, name));
        let at = match asked.array {
            Some(name) => Some(place(&arrays, name).ok_or_else(|| {
                let others = format!("it holds {}", names(&arrays).join(", "));
                ImageError::NoArray(path.to_owned(), name.to_owned(), others)
            })?),
            None => usual().or((arrays.len() == 1).then_some(0)),
        };
        let Some(at) = at else {
            return Err(wrong(format!(
                "it holds {}, but none of images, x, arr_0, train_images and x_train: name it (--sheet)",
                names(&arrays).join(", ")
            )));
        };
        let (name, images) = arrays.remove(at);
        let labels = match asked.array {
            Some(_) => beside(&name).and_then(|label| place(&arrays, &label)),
            None => LABELS.iter().find_map(|name| place(&arrays, name)),
        };
        let labels = labels.map(|at| arrays.remove(at).1);
        let left = names(&arrays);
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
            let counts = [labels, &images].map(|array| array.shape.first().copied().unwrap_or(1));
            return Err(ImageError::LabelCount(
                path.to_owned(),
                counts[0],
                counts[1],
            ));
        }
        let ends = ends(&images, size, first)
            .map_err(|why| ImageError::NotFinite(path.to_owned(), why))?;
        let is_sixteen = matches!(
            images.kind,
            Kind::Whole {
                bytes: 2,
                signed: false,
                ..
            }
        );
        Ok(Self {
            brightness: match is_sixteen && asked.whole_range {
                true => Brightness::of_sixteen(ends),
                false => Brightness::of(ends, images.kind == Kind::U8),
            },
            ends,
            left,
            images,
            labels,
            size,
            first,
        })
    }
}

/// The name of the labels of an array: `y_test` of `x_test`.
fn beside(images: &str) -> Option<String> {
    let by_letter = match images.split_at_checked(1)? {
        ("x", rest) => Some(format!("y{rest}")),
        ("X", rest) => Some(format!("Y{rest}")),
        _ => None,
    };
    let by_word = images.replace("images", "labels");
    by_letter.or((by_word != images).then_some(by_word))
}

/// The least and the largest number; a phrase with the place of one that is none.
fn ends(
    images: &Array,
    [height, width, stored]: [usize; 3],
    first: bool,
) -> Result<[f64; 2], String> {
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
            let length = (height * width * stored).max(1);
            let within = index % length;
            let pixel = match first {
                true => within % (height * width),
                false => within / stored,
            };
            return Err(format!(
                "image {}, row {}, column {}: {value}",
                index / length + 1,
                pixel / width + 1,
                pixel % width + 1
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
        if !self.left.is_empty() {
            notices.push(format!(
                "Other arrays of the archive are not read: {} (--sheet NAME chooses another).",
                self.left.join(", ")
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
