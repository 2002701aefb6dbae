//! The elements of an array: what they are, and as numbers or names.

use crate::imaging::ImageError;

/// What the elements of an array are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    U8,
    /// A whole number of so many bytes.
    Whole {
        bytes: usize,
        signed: bool,
        big: bool,
    },
    F16 {
        big: bool,
    },
    F32 {
        big: bool,
    },
    F64 {
        big: bool,
    },
    /// So many bytes of text, or characters of four.
    Text {
        bytes: usize,
        wide: bool,
    },
}

impl Kind {
    pub(super) fn bytes(self) -> usize {
        match self {
            Self::U8 => 1,
            Self::F16 { .. } => 2,
            Self::F32 { .. } => 4,
            Self::F64 { .. } => 8,
            Self::Whole { bytes, .. } | Self::Text { bytes, .. } => bytes,
        }
    }

    /// The kind of a numpy type such as `<f4`.
    pub(super) fn of(descr: &str) -> Option<Self> {
        let (order, rest) = descr.split_at_checked(1)?;
        let (letter, count) = rest.split_at_checked(1)?;
        let count: usize = count
            .parse()
            .ok()
            .filter(|count| (1..=4096).contains(count))?;
        let big = order == ">";
        let whole = |signed| Self::Whole {
            bytes: count,
            signed,
            big,
        };
        Some(match (letter, count) {
            ("u" | "b", 1) => Self::U8,
            ("u", 2 | 4 | 8) => whole(false),
            ("i", 1 | 2 | 4 | 8) => whole(true),
            ("f", 2) => Self::F16 { big },
            ("f", 4) => Self::F32 { big },
            ("f", 8) => Self::F64 { big },
            ("S", _) => Self::Text {
                bytes: count,
                wide: false,
            },
            ("U", _) if !big => Self::Text {
                bytes: 4 * count,
                wide: true,
            },
            _ => return None,
        })
    }

    /// An element as a number; `None` for texts.
    pub(super) fn number(self, bytes: &[u8]) -> Option<f64> {
        let add = |sum: u64, byte: &u8| sum << 8 | u64::from(*byte);
        let bits = |big: bool| match big {
            true => bytes.iter().fold(0, add),
            false => bytes.iter().rev().fold(0, add),
        };
        Some(match self {
            Self::U8 => f64::from(*bytes.first()?),
            Self::Whole {
                bytes: size,
                signed,
                big,
            } => {
                let shift = 64 - 8 * size;
                match signed {
                    true => ((bits(big) << shift) as i64 >> shift) as f64,
                    false => bits(big) as f64,
                }
            }
            Self::F16 { big } => half(bits(big) as u16),
            Self::F32 { big } => f64::from(f32::from_bits(bits(big) as u32)),
            Self::F64 { big } => f64::from_bits(bits(big)),
            Self::Text { .. } => return None,
        })
    }
}

/// A number of half precision (IEEE 754 binary16).
fn half(bits: u16) -> f64 {
    let (exponent, fraction) = (i32::from(bits >> 10 & 0x1f), f64::from(bits & 0x3ff));
    let sign = if bits >> 15 == 1 { -1.0 } else { 1.0 };
    sign * match exponent {
        0 => fraction * 2_f64.powi(-24),
        0x1f if fraction == 0.0 => f64::INFINITY,
        0x1f => f64::NAN,
        _ => (1.0 + fraction / 1024.0) * 2_f64.powi(exponent - 15),
    }
}

/// Why an array does not read.
#[derive(Debug)]
pub(super) enum Fault {
    /// It ends too early: its bytes, and those that are due.
    Cut(usize, usize),
    /// A phrase.
    Other(String),
}

impl From<String> for Fault {
    fn from(why: String) -> Self {
        Self::Other(why)
    }
}

impl Fault {
    /// The same with the file.
    pub(super) fn told(self, path: &str) -> ImageError {
        match self {
            Self::Cut(found, due) => ImageError::Cut(path.to_owned(), found, due),
            Self::Other(why) => ImageError::Array(path.to_owned(), why),
        }
    }

    /// The same of a file of labels.
    pub(super) fn of_labels(self, path: &str) -> ImageError {
        match self {
            Self::Other(why) => ImageError::Labels(path.to_owned(), why),
            cut @ Self::Cut(..) => cut.told(path),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_of_any_order_and_precision_are_numbers() {
        for (descr, bytes, due) in [
            ("|u1", &[200][..], 200.0),
            ("<i2", &[0xff, 0xff], -1.0),
            (">u2", &[1, 0], 256.0),
            (">f4", &[0x3f, 0x80, 0, 0], 1.0),
            (">f8", &[0xbf, 0xf0, 0, 0, 0, 0, 0, 0], -1.0),
            ("<f2", &[0x00, 0x38], 0.5),
            (">f2", &[0xc0, 0x00], -2.0),
            ("<f2", &[0x01, 0x00], 2_f64.powi(-24)),
        ] {
            let kind = Kind::of(descr).expect(descr);
            assert_eq!(kind.bytes(), bytes.len());
            assert_eq!(kind.number(bytes), Some(due), "{descr}");
        }
        assert!(half(0x7c01).is_nan() && half(0xfc00) == f64::NEG_INFINITY);
        assert_eq!(Kind::of("<c8"), None);
    }
}
