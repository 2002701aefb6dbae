//! Apache Parquet: columns with types, in groups of rows.

use std::io::Write;
use std::sync::{Mutex, PoisonError};

use parquet::basic::{ConvertedType, LogicalType, TimeUnit, Type as Physical};
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::DataType;
use parquet::errors::ParquetError;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::schema::types::ColumnDescriptor;

use super::blocks::{Block, Values};
use super::bytes::Bytes;
use super::civil;
use super::columns::{
    half, lines, push_decimal, push_float, push_integer, push_single, push_whole, rows_at_once,
};
use super::fields::Fields;
use super::guarded;
use super::render::{Chunks, Notes, push_field};
use crate::dataset::DatasetError;
use crate::dataset::text::{list, quote};
use crate::numeric::map_each;

/// A Parquet file, read from its first row to its last.
pub(super) struct Parquet {
    name: String,
    file: SerializedFileReader<Bytes>,
    /// The columns that are read.
    columns: Vec<Kept>,
    /// The next group of rows.
    group: usize,
    readers: Vec<Mutex<ColumnReader>>,
    /// Rows of the group that are still to be read.
    left: usize,
}

/// A column that is read.
#[derive(Clone, Copy, Debug)]
struct Kept {
    /// Its index in the file.
    index: usize,
    /// What its values are.
    shape: Shape,
    /// The level at which there is a value; 0 where there is always one.
    depth: i16,
}

/// What the values of a column stand for.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Shape {
    Plain,
    Unsigned,
    Half,
    /// A number of so many digits behind its point.
    Decimal(usize),
    Date,
    /// A time of day, in so many parts of a second.
    Clock(i64),
    /// A moment, in so many parts of a second, and whether it is of the zero meridian.
    Moment(i64, bool),
    Text,
}

impl Parquet {
    /// Opens a file; returns it with the names of its columns and the number of its rows.
    ///
    /// # Errors
    ///
    /// It is damaged or unfinished, or has no column of plain values.
    pub(super) fn open(
        bytes: Bytes,
        name: &str,
        notes: &Notes,
    ) -> Result<(Self, Vec<String>, u64), DatasetError> {
        let file = guarded(|| SerializedFileReader::new(bytes));
        let file = file.map_err(|told| broken(name, told))?;
        let file = file.map_err(|error| damaged(name, &error))?;
        let about = file.metadata();
        let rows = u64::try_from(about.file_metadata().num_rows()).unwrap_or(0);
        let schema = about.file_metadata().schema_descr_ptr();
        let (mut columns, mut names, mut left_out) = (Vec::new(), Vec::new(), Vec::new());
        for (index, column) in schema.columns().iter().enumerate() {
            let column_name = column.path().parts().join(".");
            match shape(column) {
                Some(shape) => {
                    let depth = column.max_def_level();
                    columns.push(Kept {
                        index,
                        shape,
                        depth,
                    });
                    names.push(column_name);
                }
                None => left_out.push(quote(&column_name)),
            }
        }
        if !left_out.is_empty() {
            notes.add(format!(
                "Columns that hold lists or bytes were left out: {}.",
                list(left_out)
            ));
        }
        if columns.is_empty() {
            return Err(DatasetError::Damaged(
                name.into(),
                "Parquet file",
                "no column holds plain values".to_owned(),
            ));
        }
        let table = Self {
            name: name.into(),
            file,
            columns,
            group: 0,
            readers: Vec::new(),
            left: 0,
        };
        Ok((table, names, rows))
    }

    /// Goes to the next group that has rows; false after the last.
    fn advance(&mut self) -> Result<bool, DatasetError> {
        while self.left == 0 {
            if self.group >= self.file.num_row_groups() {
                return Ok(false);
            }
            let opened = self.file.get_row_group(self.group).and_then(|group| {
                self.left = usize::try_from(group.metadata().num_rows()).unwrap_or(0);
                let readers = self
                    .columns
                    .iter()
                    .map(|column| group.get_column_reader(column.index).map(Mutex::new));
                readers.collect::<Result<Vec<_>, _>>()
            });
            self.readers = opened.map_err(|error| damaged(&self.name, &error))?;
            self.group += 1;
        }
        Ok(true)
    }
}

impl Parquet {
    /// Reads the next rows of each column by `read`; `None` after the last.
    fn columns_by<T: Send>(
        &mut self,
        read: impl Fn(&mut ColumnReader, usize, usize) -> Result<T, ParquetError> + Sync,
    ) -> Result<Option<(Vec<T>, usize)>, DatasetError> {
        if !self.advance()? {
            return Ok(None);
        }
        let rows = self.left.min(rows_at_once(self.columns.len()));
        let columns = guarded(|| {
            map_each(self.columns.len(), |at| {
                let mut reader = self.readers[at]
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner);
                read(&mut reader, rows, at)
            })
        });
        let columns = columns.map_err(|told| broken(&self.name, told))?;
        let columns = columns.into_iter().collect::<Result<Vec<_>, _>>();
        let columns = columns.map_err(|error| damaged(&self.name, &error))?;
        self.left -= rows;
        Ok(Some((columns, rows)))
    }
}

impl Chunks for Parquet {
    const HAS_BLOCKS: bool = true;

    fn block(&mut self, texts: &[bool]) -> Result<Option<Block>, DatasetError> {
        let kept = self.columns.clone();
        let found = self.columns_by(|reader, rows, at| {
            let column = kept[at];
            match texts.get(at) {
                Some(false) => values(reader, rows, column),
                _ => read(reader, rows, column).map(Values::Fields),
            }
        })?;
        Ok(found.map(|(columns, rows)| Block { rows, columns }))
    }

    fn next(&mut self) -> Result<Option<Vec<u8>>, DatasetError> {
        let kept = self.columns.clone();
        let found = self.columns_by(|reader, rows, at| read(reader, rows, kept[at]))?;
        Ok(found.map(|(fields, rows)| lines(&fields, rows)))
    }
}

/// Reads the next rows of a column: as numbers where they are such in double precision, else as fields.
/// Those of single precision are the decimals that people see, so these are fields too.
fn values(reader: &mut ColumnReader, rows: usize, column: Kept) -> Result<Values, ParquetError> {
    let Kept { shape, depth, .. } = column;
    match (reader, shape) {
        (ColumnReader::DoubleColumnReader(reader), Shape::Plain) => {
            numbers(reader, rows, depth, |&value| value)
        }
        (ColumnReader::Int32ColumnReader(reader), Shape::Plain) => {
            numbers(reader, rows, depth, |&value| f64::from(value))
        }
        (ColumnReader::Int64ColumnReader(reader), Shape::Plain) => {
            numbers(reader, rows, depth, |&value| value as f64)
        }
        (reader, _) => read(reader, rows, column).map(Values::Fields),
    }
}

/// Reads the next rows of a column as numbers; nothing becomes NaN.
fn numbers<T: DataType>(
    reader: &mut ColumnReaderImpl<T>,
    rows: usize,
    depth: i16,
    number: impl Fn(&T::T) -> f64,
) -> Result<Values, ParquetError> {
    let (values, levels) = records(reader, rows)?;
    if values.len() == rows {
        return Ok(Values::Numbers(values.iter().map(number).collect()));
    }
    let mut values = values.iter();
    let numbers = (0..rows).map(|row| {
        let is_there = levels.get(row).is_none_or(|&level| level >= depth);
        let value = is_there.then(|| values.next()).flatten();
        value.map_or(f64::NAN, &number)
    });
    Ok(Values::Numbers(numbers.collect()))
}

/// The values of the next rows of a column, and the level of each row.
fn records<T: DataType>(
    reader: &mut ColumnReaderImpl<T>,
    rows: usize,
) -> Result<(Vec<T::T>, Vec<i16>), ParquetError> {
    let (mut values, mut levels) = (Vec::with_capacity(rows), Vec::new());
    let (read, ..) = reader.read_records(rows, Some(&mut levels), None, &mut values)?;
    match read == rows {
        true => Ok((values, levels)),
        false => Err(ParquetError::EOF(format!(
            "{read} values where {rows} were to come"
        ))),
    }
}

/// Reads the next rows of a column and renders them.
fn read(reader: &mut ColumnReader, rows: usize, column: Kept) -> Result<Fields, ParquetError> {
    let Kept { shape, depth, .. } = column;
    match reader {
        ColumnReader::BoolColumnReader(reader) => {
            typed(reader, rows, depth, |to, value| write!(to, "{value}"))
        }
        ColumnReader::Int32ColumnReader(reader) => {
            typed(reader, rows, depth, |to, &value| match shape {
                Shape::Unsigned => {
                    push_whole(to, u64::from(value.cast_unsigned()));
                    Ok(())
                }
                _ => integer(to, i64::from(value), shape),
            })
        }
        ColumnReader::Int64ColumnReader(reader) => {
            typed(reader, rows, depth, |to, &value| match shape {
                Shape::Unsigned => {
                    push_whole(to, value.cast_unsigned());
                    Ok(())
                }
                _ => integer(to, value, shape),
            })
        }
        ColumnReader::Int96ColumnReader(reader) => typed(reader, rows, depth, |to, value| {
            civil::push_moment(to, value.to_nanos(), 1_000_000_000, false);
            Ok(())
        }),
        ColumnReader::FloatColumnReader(reader) => {
            typed(reader, rows, depth, |to, &value| push_single(to, value))
        }
        ColumnReader::DoubleColumnReader(reader) => {
            typed(reader, rows, depth, |to, &value| push_float(to, value))
        }
        ColumnReader::ByteArrayColumnReader(reader) => typed(reader, rows, depth, |to, value| {
            bytes(to, value.data(), shape)
        }),
        ColumnReader::FixedLenByteArrayColumnReader(reader) => {
            typed(reader, rows, depth, |to, value| {
                bytes(to, value.data(), shape)
            })
        }
    }
}

/// Reads the next rows of a column and renders them; nothing becomes an empty field.
fn typed<T: DataType>(
    reader: &mut ColumnReaderImpl<T>,
    rows: usize,
    depth: i16,
    mut render: impl FnMut(&mut Vec<u8>, &T::T) -> std::io::Result<()>,
) -> Result<Fields, ParquetError> {
    let (values, levels) = records(reader, rows)?;
    let mut fields = Fields::with_room(rows);
    let mut values = values.iter();
    for row in 0..rows {
        let is_there = levels.get(row).is_none_or(|&level| level >= depth);
        let value = is_there.then(|| values.next()).flatten();
        fields.push(|to| value.map_or(Ok(()), |value| render(to, value)))?;
    }
    Ok(fields)
}

/// What the values of a column are; `None` for lists and bytes.
fn shape(column: &ColumnDescriptor) -> Option<Shape> {
    if column.max_rep_level() > 0 {
        return None;
    }
    let scale = usize::try_from(column.type_scale())
        .ok()
        .filter(|&scale| scale <= 76);
    let known = match column.logical_type_ref() {
        Some(LogicalType::Decimal(_)) => Some(Shape::Decimal(scale?)),
        Some(LogicalType::Date) => Some(Shape::Date),
        Some(LogicalType::Time(time)) => Some(Shape::Clock(parts(&time.unit))),
        Some(LogicalType::Timestamp(time)) => {
            Some(Shape::Moment(parts(&time.unit), time.is_adjusted_to_u_t_c))
        }
        Some(LogicalType::Integer(integer)) if !integer.is_signed => Some(Shape::Unsigned),
        Some(LogicalType::Float16) => Some(Shape::Half),
        Some(LogicalType::String | LogicalType::Enum | LogicalType::Json) => Some(Shape::Text),
        _ => match column.converted_type() {
            ConvertedType::DECIMAL => Some(Shape::Decimal(scale?)),
            ConvertedType::DATE => Some(Shape::Date),
            ConvertedType::TIME_MILLIS => Some(Shape::Clock(1000)),
            ConvertedType::TIME_MICROS => Some(Shape::Clock(1_000_000)),
            ConvertedType::TIMESTAMP_MILLIS => Some(Shape::Moment(1000, true)),
            ConvertedType::TIMESTAMP_MICROS => Some(Shape::Moment(1_000_000, true)),
            ConvertedType::UINT_8
            | ConvertedType::UINT_16
            | ConvertedType::UINT_32
            | ConvertedType::UINT_64 => Some(Shape::Unsigned),
            ConvertedType::UTF8 | ConvertedType::ENUM | ConvertedType::JSON => Some(Shape::Text),
            _ => None,
        },
    };
    match (column.physical_type(), known) {
        // Older programs do not say which bytes are text.
        (Physical::BYTE_ARRAY, None) => Some(Shape::Text),
        (Physical::BYTE_ARRAY, Some(shape @ (Shape::Text | Shape::Decimal(_)))) => Some(shape),
        (Physical::FIXED_LEN_BYTE_ARRAY, Some(shape @ (Shape::Half | Shape::Decimal(_)))) => {
            Some(shape)
        }
        (Physical::BYTE_ARRAY | Physical::FIXED_LEN_BYTE_ARRAY, _) => None,
        (_, known) => Some(known.unwrap_or(Shape::Plain)),
    }
}

/// The parts of a second that a time is counted in.
fn parts(unit: &TimeUnit) -> i64 {
    match unit {
        TimeUnit::MILLIS => 1000,
        TimeUnit::MICROS => 1_000_000,
        TimeUnit::NANOS => 1_000_000_000,
    }
}

fn integer(to: &mut Vec<u8>, value: i64, shape: Shape) -> std::io::Result<()> {
    match shape {
        Shape::Decimal(scale) => push_decimal(to, i128::from(value), scale as i32),
        Shape::Date => civil::push_date(to, value),
        Shape::Clock(parts) => civil::push_clock(to, value, parts),
        Shape::Moment(parts, zero) => civil::push_moment(to, value, parts, zero),
        _ => push_integer(to, value),
    }
    Ok(())
}

fn bytes(to: &mut Vec<u8>, value: &[u8], shape: Shape) -> std::io::Result<()> {
    match (shape, value) {
        (Shape::Half, [low, high]) => write!(to, "{}", half(u16::from_le_bytes([*low, *high]))),
        (Shape::Decimal(scale), _) if value.len() <= 16 => {
            let negative = value.first().is_some_and(|byte| byte & 0x80 != 0);
            let start = if negative { -1_i128 } else { 0 };
            let number = value
                .iter()
                .fold(start, |number, &byte| (number << 8) | i128::from(byte));
            push_decimal(to, number, scale as i32);
            Ok(())
        }
        (Shape::Text, _) => match std::str::from_utf8(value) {
            Ok(text) => {
                push_field(to, text);
                to.pop();
                Ok(())
            }
            Err(_) => Err(std::io::Error::other("a text that is not UTF-8")),
        },
        _ => Err(std::io::Error::other(
            "a number of a length that is not read here",
        )),
    }
}

fn broken(name: &str, told: String) -> DatasetError {
    DatasetError::Damaged(name.into(), "Parquet file", told)
}

fn damaged(name: &str, error: &ParquetError) -> DatasetError {
    let told = match error {
        other if other.to_string().contains("Disabled feature") => {
            let codec = other.to_string();
            let codec = codec.rsplit(": ").next().unwrap_or_default();
            return DatasetError::Packed(
                name.into(),
                format!(
                    "its columns are packed by {codec}, which is not read here; write it with another compression, such as snappy or zstd"
                ),
            );
        }
        ParquetError::NYI(told) => {
            format!("{told}; write it with another compression, such as snappy or zstd")
        }
        other => other.to_string(),
    };
    broken(name, told)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_of_few_bytes_keep_their_sign() {
        let mut to = Vec::new();
        bytes(&mut to, &[0xff, 0x85], Shape::Decimal(1)).unwrap();
        assert_eq!(to, b"-12.3");
    }
}
