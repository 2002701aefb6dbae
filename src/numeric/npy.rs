//! The head of an array in a file of NumPy (`.npy`).

use thiserror::Error;

/// The first bytes of an array.
const MAGIC: &[u8] = b"\x93NUMPY";

/// What the head says of the array behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NpyHead {
    /// The type of the elements, such as `<f4`.
    pub descr: String,
    /// Whether the first axis runs fastest, where it is said.
    pub fortran_order: Option<bool>,
    /// The sizes of the axes, or what stands there instead.
    pub shape: Result<Vec<usize>, String>,
    /// Where the elements begin, in bytes.
    pub start: usize,
}

/// Why there is no head.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NpyError {
    /// The file begins otherwise.
    #[error("it is no array of NumPy")]
    NoArray,
    /// The head ends too early, or is of an unknown version, or lacks an entry.
    #[error("the head of the array is damaged")]
    Damaged,
}

impl NpyHead {
    /// Reads the head at the beginning of a file, of which all may be given or a part.
    ///
    /// # Errors
    /// [`NpyError`].
    ///
    /// # Source
    /// `numpy.lib.format`, versions 1 to 3.
    pub fn read(bytes: &[u8]) -> Result<Self, NpyError> {
        let rest = bytes.strip_prefix(MAGIC).ok_or(NpyError::NoArray)?;
        let (length, at) = match rest {
            [1, _, low, high, ..] => (usize::from(u16::from_le_bytes([*low, *high])), 10),
            [2 | 3, _, a, b, c, d, ..] => (u32::from_le_bytes([*a, *b, *c, *d]) as usize, 12),
            _ => return Err(NpyError::Damaged),
        };
        let start = at + length;
        let text = bytes.get(at..start).ok_or(NpyError::Damaged)?;
        let text = String::from_utf8_lossy(text);
        let entry = |name| entry(&text, name).ok_or(NpyError::Damaged);
        let shape = entry("shape")?;
        let sizes = shape.trim_matches(['(', ')']).split(',').map(str::trim);
        let sizes = sizes.filter(|size| !size.is_empty()).map(str::parse);
        let sizes: Result<Vec<usize>, _> = sizes.collect();
        Ok(Self {
            descr: entry("descr")?.trim_matches(['\'', '"']).to_owned(),
            fortran_order: match entry("fortran_order") {
                Ok("True") => Some(true),
                Ok("False") => Some(false),
                _ => None,
            },
            shape: sizes.map_err(|_| shape.to_owned()),
            start,
        })
    }
}

/// Where a list ends; brackets in quotation marks, as in `'<M8[s]'`, are no ends.
fn closing(list: &str) -> Option<usize> {
    let mut is_quoted = false;
    list.bytes().position(|byte| {
        is_quoted ^= byte == b'\'';
        byte == b']' && !is_quoted
    })
}

/// The text of an entry of a head such as `{'descr': '<f4', 'shape': (3, 4), }`.
fn entry<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    let named = ['\'', '"'].map(|mark| format!("{mark}{name}{mark}"));
    let mut found = named
        .iter()
        .filter_map(|named| head.split_once(named.as_str()));
    let (_, after) = found.next()?;
    let after = after.trim_start().strip_prefix(':')?.trim_start();
    let end = match after.as_bytes().first()? {
        b'(' => after.find(')')? + 1,
        // The names and types of fields.
        b'[' => closing(after)? + 1,
        _ => after.find([',', '}'])?,
    };
    Some(after[..end].trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(version: u8, text: &str) -> Vec<u8> {
        let length = text.len() as u32;
        let size = match version {
            1 => (length as u16).to_le_bytes().to_vec(),
            _ => length.to_le_bytes().to_vec(),
        };
        [MAGIC, &[version, 0], &size, text.as_bytes()].concat()
    }

    #[test]
    fn heads_of_all_versions_are_read_and_others_refused() {
        let text = "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }   \n";
        for version in 1..=3 {
            let bytes = head(version, text);
            let read = NpyHead::read(&bytes).expect("a head");
            assert_eq!(
                (read.descr.as_str(), read.fortran_order),
                ("<f4", Some(false))
            );
            assert_eq!((read.shape, read.start), (Ok(vec![3, 4]), bytes.len()));
            let cut = NpyHead::read(&bytes[..bytes.len() - 1]);
            assert_eq!(cut, Err(NpyError::Damaged));
        }
        let row = head(
            1,
            "{'descr': '|u1', 'fortran_order': True, 'shape': (3,), }",
        );
        let row = NpyHead::read(&row).expect("a head");
        assert_eq!((row.fortran_order, row.shape), (Some(true), Ok(vec![3])));
        let fields = head(
            1,
            "{'descr': [('a', '<f8'), ('b', '<M8[s]')], 'fortran_order': False, 'shape': (3,), }",
        );
        let fields = NpyHead::read(&fields).expect("a head");
        assert_eq!(fields.descr, "[('a', '<f8'), ('b', '<M8[s]')]");
        let odd = head(
            1,
            "{'descr': '|u1', 'fortran_order': True, 'shape': (x,), }",
        );
        let odd = NpyHead::read(&odd).expect("a head");
        assert_eq!(odd.shape, Err("(x,)".to_owned()));
        assert_eq!(NpyHead::read(b"PK\x03\x04"), Err(NpyError::NoArray));
        assert_eq!(NpyHead::read(&head(4, text)), Err(NpyError::Damaged));
        assert_eq!(NpyHead::read(&head(1, "{}")), Err(NpyError::Damaged));
    }
}
