//! Arrays of NumPy: `[n, t]` or `[n, t, d]`.

use std::io::Read;
use std::path::Path;

use super::super::SequenceError;
use super::super::raw::RawSequence;
use super::RawSequences;
use super::how::Numbers;
use crate::disk::fs::File;
use crate::numeric::{NpyError, NpyHead};

/// How the values of an array are written.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Kind {
    letter: u8,
    size: usize,
    big: bool,
}

/// The head of an array.
struct Head {
    kind: Kind,
    fortran: bool,
    shape: Vec<usize>,
    /// Where the values begin.
    start: usize,
}

/// Most channels of an array that is taken for sequences by its shape alone: more is an image.
const FEW_CHANNELS: usize = 16;

/// Fewest steps of an array of two dimensions that is taken for sequences by its shape alone: fewer
/// are the columns of a table.
const FEW_STEPS: usize = 24;

/// Whether a file holds floats in two dimensions, or in three of which the last are few.
pub(super) fn is_sequences(path: &Path) -> bool {
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(4096).read_to_end(&mut bytes));
    read.is_ok() && are_sequences(&bytes)
}

/// The same of the beginning of an array.
pub(super) fn are_sequences(bytes: &[u8]) -> bool {
    head(bytes, "").is_ok_and(|head| {
        let fits = match head.shape[..] {
            [_, t] => t >= FEW_STEPS,
            [_, _, d] => d <= FEW_CHANNELS,
            _ => false,
        };
        fits && head.kind.letter == b'f'
    })
}

/// Reads the classes of sequences: `[n]` numbers or texts.
pub(super) fn classes(bytes: &[u8], name: &str) -> Result<Vec<String>, SequenceError> {
    let told = NpyHead::read(bytes).ok();
    let letters = told.as_ref().and_then(|head| head.descr.strip_prefix("<U"));
    let letters = letters.and_then(|count| count.parse::<usize>().ok());
    if let (Some(count @ 1..=1000), Some(head)) = (letters, &told) {
        let texts = bytes[head.start..].chunks_exact(4 * count).map(|text| {
            let codes = text.as_chunks::<4>().0.iter();
            let letters = codes.filter_map(|four| char::from_u32(u32::from_le_bytes(*four)));
            letters.take_while(|letter| *letter != '\0').collect()
        });
        return Ok(texts.collect());
    }
    let head = head(bytes, name)?;
    if head.shape.len() != 1 {
        return Err(SequenceError::new(
            name,
            format!(
                "classes have the shape {:?}; one for each sequence is due",
                head.shape
            ),
        ));
    }
    let values = bytes[head.start..].chunks_exact(head.kind.size);
    Ok(values
        .map(|bytes| value(bytes, head.kind).to_string())
        .collect())
}

pub(super) fn read(
    bytes: &[u8],
    name: &str,
    numbers: &Numbers,
) -> Result<(Vec<String>, RawSequences), SequenceError> {
    let head = head(bytes, name)?;
    let refuse = |sentence: String| Err(SequenceError::new(name, sentence));
    let (n, t, d) = match head.shape[..] {
        [n, t] => (n, t, 1),
        [n, t, d] => (n, t, d),
        _ => {
            return refuse(format!(
                "the array has the shape {:?}; sequences are [n, t] or [n, t, channels]",
                head.shape
            ));
        }
    };
    let count = n.checked_mul(t).and_then(|count| count.checked_mul(d));
    let found = (bytes.len() - head.start) / head.kind.size;
    let Some(count) = count.filter(|count| *count <= found) else {
        return refuse(format!(
            "the array is to hold {n} × {t} × {d} values but holds {found}; write it again"
        ));
    };
    let values: Vec<f32> = bytes[head.start..]
        .chunks_exact(head.kind.size)
        .take(count)
        .map(|bytes| numbers.known(value(bytes, head.kind)))
        .collect();
    let fortran = head.fortran;
    let at = move |i: usize, j: usize, k: usize| match fortran {
        false => (i * t + j) * d + k,
        true => i + n * (j + t * k),
    };
    let name = name.to_owned();
    let sequences = (0..n).map(move |i| {
        Ok(RawSequence {
            place: format!("sequence {} of {name}", i + 1),
            id: (i + 1).to_string(),
            channels: (0..d)
                .map(|k| (0..t).map(|j| values[at(i, j, k)]).collect())
                .collect(),
            ..RawSequence::default()
        })
    });
    let channels = (1..=d)
        .map(|channel| format!("channel {channel}"))
        .collect();
    Ok((channels, Box::new(sequences)))
}

fn head(bytes: &[u8], name: &str) -> Result<Head, SequenceError> {
    let refuse = |sentence: &str| SequenceError::new(name, sentence);
    let damaged = || refuse("the head of the array is damaged; write it again with numpy.save");
    let head = NpyHead::read(bytes).map_err(|error| match error {
        NpyError::NoArray => refuse("this is no array of NumPy; write it with numpy.save"),
        NpyError::Damaged => damaged(),
    })?;
    let kind = kind(&head.descr).ok_or_else(|| {
        refuse(&format!(
            "values of type {} are no numbers that sequences are made of; write float32 or float64",
            head.descr.escape_debug()
        ))
    })?;
    Ok(Head {
        kind,
        fortran: head.fortran_order == Some(true),
        shape: head.shape.map_err(|_| damaged())?,
        start: head.start,
    })
}

fn kind(text: &str) -> Option<Kind> {
    let (big, text) = match text.split_at_checked(1)? {
        ("<" | "|" | "=", rest) => (false, rest),
        (">", rest) => (true, rest),
        _ => return None,
    };
    let letter = *text.as_bytes().first()?;
    let size = text.get(1..)?.parse().ok()?;
    let fits = matches!((letter, size), (b'f', 4 | 8) | (b'i' | b'u', 1 | 2 | 4 | 8));
    fits.then_some(Kind { letter, size, big })
}

fn value(bytes: &[u8], kind: Kind) -> f32 {
    let mut eight = [0_u8; 8];
    for (at, byte) in bytes.iter().enumerate() {
        let place = if kind.big { bytes.len() - 1 - at } else { at };
        eight[place] = *byte;
    }
    let whole = u64::from_le_bytes(eight);
    match (kind.letter, kind.size) {
        (b'f', 4) => f32::from_bits(whole as u32),
        (b'f', _) => f64::from_bits(whole) as f32,
        (b'u', _) => whole as f32,
        // Moves the sign bit to the top and back.
        (_, size) => {
            let shift = 64 - 8 * size;
            (((whole << shift) as i64) >> shift) as f32
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Result<(Vec<String>, Vec<RawSequence>), SequenceError> {
        let (channels, rows) = super::read(bytes, "x", &Numbers::default())?;
        Ok((channels, rows.collect::<Result<_, _>>()?))
    }

    const MAGIC: &[u8] = b"\x93NUMPY";

    pub(in super::super) fn array(
        kind: &str,
        fortran: &str,
        shape: &str,
        values: &[u8],
    ) -> Vec<u8> {
        let mut head =
            format!("{{'descr': '{kind}', 'fortran_order': {fortran}, 'shape': {shape}, }}");
        while (10 + head.len()) % 64 != 63 {
            head.push(' ');
        }
        head.push('\n');
        let mut bytes = MAGIC.to_vec();
        bytes.extend([1, 0]);
        bytes.extend((head.len() as u16).to_le_bytes());
        bytes.extend(head.as_bytes());
        bytes.extend(values);
        bytes
    }

    #[test]
    fn arrays_of_two_and_three_dimensions_are_read() {
        let values: Vec<u8> = (0..12).flat_map(|v| (v as f64).to_le_bytes()).collect();
        let (channels, raw) =
            read(&array("<f8", "False", "(2, 3, 2)", &values)).expect("sequences");
        assert_eq!(channels.len(), 2);
        assert_eq!(raw[1].channels, [[6.0, 8.0, 10.0], [7.0, 9.0, 11.0]]);
        let (_, raw) = read(&array("<f8", "True", "(3, 4)", &values)).expect("sequences");
        assert_eq!(raw[1].channels, [[1.0, 4.0, 7.0, 10.0]]);
        let (_, raw) = read(&array(
            ">i2",
            "False",
            "(2, 2)",
            &[0, 1, 255, 254, 0, 3, 0, 4],
        ))
        .expect("sequences");
        assert_eq!(raw[0].channels, [[1.0, -2.0]]);
    }

    #[test]
    fn what_is_no_array_of_sequences_is_refused() {
        let told = |bytes: &[u8]| read(bytes).expect_err("a refusal").to_string();
        assert!(told(b"PK").contains("no array of NumPy"));
        assert!(told(&array("<f8", "False", "(2, 3)", &[0; 40])).contains("holds 5"));
        assert!(told(&array("<f8", "False", "(6,)", &[0; 48])).contains("shape [6]"));
        assert!(told(&array("<U8", "False", "(2, 3)", &[0; 48])).contains("type <U8"));
        assert!(told(&MAGIC[..6]).contains("damaged"));
    }
}
