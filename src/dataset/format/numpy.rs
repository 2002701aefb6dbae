//! Arrays of NumPy as tables: `.npy` of two axes or with named fields, and `.npz` with one of these
//! and arrays of one axis beside it.

use std::io::{Read, Write};
use std::sync::Arc;

use super::civil;
use super::columns::half;
use super::render::{Chunks, DELIMITER, Notes, push_field};
use crate::dataset::text::{list, quote};
use crate::dataset::{DatasetError, MAX_COLUMNS};
use crate::numeric::NpyHead;

/// Rows that are rendered at a time.
const ROWS: usize = 1 << 12;

/// Most bytes of arrays that are taken into memory.
pub(super) const MAX_BYTES: u64 = 4 << 30;

/// Names of the array that is the table, where an archive holds several.
const TABLES: [&str; 8] = [
    "X", "x", "data", "features", "X_train", "table", "values", "arr_0",
];

/// What an element is.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Element {
    Bool,
    Signed,
    Unsigned,
    Float,
    /// Letters of one byte.
    Narrow,
    /// Letters of four bytes.
    Wide,
    /// Moments, in so many parts of a second; days and longer in seconds times as many.
    Moment(i64, i64),
}

/// A type of NumPy such as `<f8`.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Kind {
    element: Element,
    size: usize,
    big: bool,
}

impl Kind {
    fn of(descr: &str) -> Option<Self> {
        let (order, rest) = descr.split_at_checked(1)?;
        let (letter, rest) = rest.split_at_checked(1)?;
        let (digits, unit) = match rest.find('[') {
            Some(at) => (&rest[..at], rest[at..].trim_matches(['[', ']'])),
            None => (rest, ""),
        };
        let count: usize = digits
            .parse()
            .ok()
            .filter(|count| (1..=4096).contains(count))?;
        let (element, size) = match (letter, count) {
            ("b", 1) => (Element::Bool, 1),
            ("i", 1 | 2 | 4 | 8) => (Element::Signed, count),
            ("u", 1 | 2 | 4 | 8) => (Element::Unsigned, count),
            ("f", 2 | 4 | 8) => (Element::Float, count),
            ("S", _) => (Element::Narrow, count),
            ("U", _) => (Element::Wide, 4 * count),
            ("M", 8) => {
                let (seconds, parts) = match unit {
                    "W" => (604_800, 1),
                    "D" => (86_400, 1),
                    "h" => (3600, 1),
                    "m" => (60, 1),
                    "s" => (1, 1),
                    "ms" => (1, 1000),
                    "us" => (1, 1_000_000),
                    "ns" => (1, 1_000_000_000),
                    _ => return None,
                };
                (Element::Moment(parts, seconds), 8)
            }
            ("m", 8) => (Element::Signed, 8),
            _ => return None,
        };
        let big = order == ">";
        Some(Self { element, size, big })
    }
}

/// A column of an array: where its first element is, and how far apart two are.
#[derive(Clone, Debug)]
struct Column {
    name: String,
    kind: Kind,
    array: Arc<Vec<u8>>,
    start: usize,
    stride: usize,
}

/// An array as it stands in a file.
struct Array {
    name: String,
    bytes: Arc<Vec<u8>>,
    head: NpyHead,
}

/// The columns of arrays, rendered row by row.
pub(super) struct Numpy {
    columns: Vec<Column>,
    rows: usize,
    next: usize,
}

impl Numpy {
    /// Opens arrays with their names, of which one is the table: the `wanted` one, or the first that
    /// can be one. Returns it with the names of its columns, and the names of the arrays.
    ///
    /// # Errors
    ///
    /// No array is a table, or it holds what no table can hold.
    pub(super) fn open(
        arrays: Vec<(String, Vec<u8>)>,
        name: &str,
        wanted: Option<&str>,
        notes: &Notes,
    ) -> Result<(Self, Vec<String>), DatasetError> {
        let refused = |told: String| DatasetError::Damaged(name.into(), "NumPy file", told);
        let mut read = Vec::with_capacity(arrays.len());
        for (entry, bytes) in arrays {
            let head = NpyHead::read(&bytes).map_err(|error| refused(error.to_string()))?;
            let name = entry.trim_end_matches(".npy").to_owned();
            let bytes = Arc::new(bytes);
            read.push(Array { name, bytes, head });
        }
        let is_table = |array: &&Array| array.axes() == 2 || array.head.descr.starts_with('[');
        let named = |wanted: &str| read.iter().find(|array| array.name == wanted);
        let main = match wanted {
            Some(wanted) => {
                let names = || read.iter().map(|array| array.name.clone()).collect();
                let missing = || DatasetError::NoSuchSheet(name.into(), wanted.into(), names());
                Some(named(wanted).ok_or_else(missing)?)
            }
            None => TABLES
                .iter()
                .filter_map(|table| named(table))
                .find(is_table),
        };
        let main = main.or_else(|| read.iter().find(is_table));
        let Some(main) = main.or_else(|| read.iter().find(|array| array.axes() == 1)) else {
            return Err(refused(
                "a table is an array of two axes, or has named fields".to_owned(),
            ));
        };
        if main.head.descr.contains('O') {
            return Err(DatasetError::Foreign(
                name.into(),
                "an array of NumPy that holds objects of Python",
                "save its table as CSV or Parquet",
            ));
        }
        let rows = main.rows();
        let names = read.iter().find_map(|array| array.names_for(main));
        let mut columns = main.columns(names.as_deref()).map_err(refused)?;
        if read.len() > 1
            && main.axes() == 1
            && !main.head.descr.starts_with('[')
            && let [column] = &mut columns[..]
        {
            main.name.clone_into(&mut column.name);
        }
        let mut left_out = Vec::new();
        for array in read.iter().filter(|array| array.name != main.name) {
            let is_beside = array.axes() == 1 || (array.axes() == 2 && array.width() == 1);
            match array.columns(None) {
                Ok(mut beside) if is_beside && array.rows() == rows && beside.len() == 1 => {
                    array.name.clone_into(&mut beside[0].name);
                    columns.append(&mut beside);
                }
                _ if array.names_for(main).is_some() => {}
                _ => left_out.push(quote(&array.name)),
            }
        }
        if !left_out.is_empty() {
            notes.add(format!(
                "Of the arrays, {} is read as the table; these have other sizes and are left out: {}. Another can be chosen (--sheet).",
                quote(&main.name),
                list(left_out)
            ));
        }
        if columns.len() > MAX_COLUMNS {
            return Err(DatasetError::TooManyColumns(columns.len()));
        }
        let names = columns.iter().map(|column| column.name.clone()).collect();
        let table = Self {
            columns,
            rows,
            next: 0,
        };
        Ok((table, names))
    }

    /// The number of rows.
    pub(super) fn rows(&self) -> u64 {
        self.rows as u64
    }
}

impl Array {
    fn axes(&self) -> usize {
        self.head.shape.as_ref().map_or(0, Vec::len)
    }

    fn axis(&self, at: usize) -> usize {
        let shape = self.head.shape.as_ref();
        shape
            .ok()
            .and_then(|shape| shape.get(at).copied())
            .unwrap_or(0)
    }

    fn rows(&self) -> usize {
        self.axis(0)
    }

    fn width(&self) -> usize {
        self.axis(1)
    }

    /// The texts of this array, where there is one for each column of another.
    fn names_for(&self, main: &Self) -> Option<Vec<String>> {
        let is_fit = self.axes() == 1 && main.axes() == 2 && self.rows() == main.width();
        let is_text = matches!(
            Kind::of(&self.head.descr)?.element,
            Element::Narrow | Element::Wide
        );
        let column = self.columns(None).ok()?.pop()?;
        let names = (0..self.rows()).map(|row| {
            let mut text = Vec::new();
            column.push(row, &mut text);
            text.pop();
            String::from_utf8_lossy(&text).trim_matches('"').to_owned()
        });
        (is_fit && is_text).then(|| names.collect())
    }

    /// The columns of this array.
    fn columns(&self, names: Option<&[String]>) -> Result<Vec<Column>, String> {
        let shape = self.head.shape.as_ref();
        let shape = shape.map_err(|shape| format!("its sizes are {shape}"))?;
        let column = |name: String, kind, start, stride| Column {
            name,
            kind,
            array: Arc::clone(&self.bytes),
            start: self.head.start + start,
            stride,
        };
        let descr = self.head.descr.as_str();
        let (columns, bytes) = match (descr.starts_with('['), shape.as_slice()) {
            (true, [rows]) => {
                let fields = fields(descr).ok_or_else(|| {
                    format!("its fields {descr} are more than numbers, texts and times")
                })?;
                let stride = fields.iter().map(|(_, kind)| kind.size).sum::<usize>();
                let mut at = 0;
                let columns = fields.into_iter().map(|(name, kind)| {
                    at += kind.size;
                    column(name, kind, at - kind.size, stride)
                });
                (columns.collect::<Vec<_>>(), rows.checked_mul(stride))
            }
            (false, [rows, ..]) if shape.len() < 3 => {
                let kind = Kind::of(descr).ok_or_else(|| {
                    format!("its elements {descr} are neither numbers nor texts nor times")
                })?;
                let width = shape.get(1).copied().unwrap_or(1);
                if width > MAX_COLUMNS {
                    return Err(format!(
                        "it has {width} columns, where at most {MAX_COLUMNS} are possible"
                    ));
                }
                let by_column = self.head.fortran_order == Some(true);
                let (step, stride) = match by_column {
                    true => (rows.saturating_mul(kind.size), kind.size),
                    false => (kind.size, width.saturating_mul(kind.size)),
                };
                let name = |at: usize| match names.and_then(|names| names.get(at)) {
                    Some(name) => name.clone(),
                    None => format!("column {}", at + 1),
                };
                let columns = (0..width).map(|at| column(name(at), kind, at * step, stride));
                let bytes = rows
                    .checked_mul(width)
                    .and_then(|all| all.checked_mul(kind.size));
                (columns.collect(), bytes)
            }
            _ => {
                return Err(format!(
                    "it has the sizes {shape:?}, where a table has two axes"
                ));
            }
        };
        let there = self.bytes.len() - self.head.start;
        match bytes {
            Some(bytes) if bytes <= there => Ok(columns),
            _ => Err(format!(
                "{there} bytes follow the head of an array of the sizes {shape:?}"
            )),
        }
    }
}

/// The fields of a type such as `[('id', '<i8'), ('a', '<f8')]`.
fn fields(descr: &str) -> Option<Vec<(String, Kind)>> {
    let mut rest = descr.strip_prefix('[')?.strip_suffix(']')?.trim();
    let mut fields = Vec::new();
    while !rest.is_empty() {
        let inside = rest.strip_prefix('(')?;
        let (field, after) = inside.split_once(')')?;
        let mut parts = field.split('\'').skip(1).step_by(2);
        let (name, kind, more) = (parts.next()?, parts.next()?, parts.next());
        let is_plain = more.is_none() && field.trim_end().ends_with('\'');
        fields.push((name.to_owned(), Kind::of(kind).filter(|_| is_plain)?));
        rest = after.trim_start_matches(',').trim_start();
    }
    (!fields.is_empty()).then_some(fields)
}

impl Chunks for Numpy {
    fn next(&mut self) -> Result<Option<Vec<u8>>, DatasetError> {
        let end = (self.next + ROWS).min(self.rows);
        if self.next == end {
            return Ok(None);
        }
        let mut text = Vec::new();
        for row in self.next..end {
            self.columns
                .iter()
                .for_each(|column| column.push(row, &mut text));
            if let Some(last) = text.last_mut() {
                *last = b'\n';
            }
        }
        self.next = end;
        Ok(Some(text))
    }
}

impl Column {
    /// Adds the field of a row and its delimiter; nothing for what is no value.
    fn push(&self, row: usize, to: &mut Vec<u8>) {
        let at = self.start + row * self.stride;
        // The length was compared with the sizes.
        let bytes = self.array.get(at..at + self.kind.size).unwrap_or_default();
        let bits = |bytes: &[u8]| match self.kind.big {
            true => bytes
                .iter()
                .fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte)),
            false => bytes
                .iter()
                .rev()
                .fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte)),
        };
        let signed = |bytes: &[u8]| {
            let shift = 64 - 8 * self.kind.size as u32;
            (bits(bytes) << shift).cast_signed() >> shift
        };
        // Writing into memory does not fail.
        let _ = match self.kind.element {
            Element::Bool => write!(to, "{}", bits(bytes) != 0),
            Element::Unsigned => write!(to, "{}", bits(bytes)),
            Element::Signed if signed(bytes) == i64::MIN && self.kind.size == 8 => Ok(()),
            Element::Signed => write!(to, "{}", signed(bytes)),
            Element::Float => push_float(to, bits(bytes), self.kind.size),
            Element::Moment(..) if signed(bytes) == i64::MIN => Ok(()),
            Element::Moment(parts, seconds) => {
                let value = signed(bytes).saturating_mul(seconds);
                civil::push_moment(to, value, parts, false);
                Ok(())
            }
            Element::Narrow => {
                push_text(to, &String::from_utf8_lossy(bytes));
                Ok(())
            }
            Element::Wide => {
                let letter = |four: &[u8]| char::from_u32(bits(four) as u32).unwrap_or('\u{fffd}');
                let text: String = bytes.chunks_exact(4).map(letter).collect();
                push_text(to, &text);
                Ok(())
            }
        };
        to.push(DELIMITER);
    }
}

fn push_float(to: &mut Vec<u8>, bits: u64, size: usize) -> std::io::Result<()> {
    let value = match size {
        2 => f64::from(half(bits as u16)),
        4 => {
            let value = f32::from_bits(bits as u32);
            return if value.is_nan() {
                Ok(())
            } else {
                write!(to, "{value}")
            };
        }
        _ => f64::from_bits(bits),
    };
    if value.is_nan() {
        Ok(())
    } else {
        write!(to, "{value}")
    }
}

/// Adds a text of a fixed length, which ends in NULs.
fn push_text(to: &mut Vec<u8>, text: &str) {
    push_field(to, text.trim_end_matches('\0'));
    to.pop();
}

/// Reads the arrays of an archive or file, within bounds.
pub(super) fn take(
    mut reader: impl Read,
    name: &str,
    taken: &mut u64,
) -> Result<Vec<u8>, DatasetError> {
    let mut bytes = Vec::new();
    let most = MAX_BYTES.saturating_sub(*taken);
    let read = reader.by_ref().take(most + 1).read_to_end(&mut bytes);
    read.map_err(|error| DatasetError::of_io(name, &error))?;
    *taken += bytes.len() as u64;
    match bytes.len() as u64 > most {
        true => Err(DatasetError::Packed(
            name.into(),
            "its arrays hold more than 4 GiB: save the table as Parquet".into(),
        )),
        false => Ok(bytes),
    }
}
