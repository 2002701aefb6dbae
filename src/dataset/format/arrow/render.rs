//! The columns of a batch as the fields of lines.

use std::io::{self, Write};
use std::ops::Range;

use arrow_array::cast::AsArray;
use arrow_array::types::*;
use arrow_array::{Array, RecordBatch};
use arrow_schema::{DataType, Schema, TimeUnit};

use crate::dataset::format::civil;
use crate::dataset::format::columns::{
    half, push_decimal, push_float, push_integer, push_single, push_whole,
};
use crate::dataset::format::fields::Fields;
use crate::dataset::format::render::push_field;

/// What is read of a schema.
#[derive(Default)]
pub(super) struct Found {
    /// The columns of the schema, ascending.
    pub(super) projection: Vec<usize>,
    /// What is read of these, each a column of the table.
    pub(super) leaves: Vec<Leaf>,
    /// The names of those.
    pub(super) names: Vec<String>,
    /// The names of what is not read.
    pub(super) left_out: Vec<String>,
}

/// A column of plain values, perhaps inside others: an index in the batch, then of each part.
pub(super) struct Leaf(Vec<usize>);

/// Most parts within parts.
const DEEP: usize = 16;

/// The columns of plain values of a schema.
pub(super) fn leaves(schema: &Schema) -> Found {
    let mut found = Found::default();
    for (index, field) in schema.fields().iter().enumerate() {
        let before = found.leaves.len();
        // Of the columns of a batch only those in the projection are there.
        let path = vec![found.projection.len()];
        found.add(field.name().clone(), field.data_type(), path);
        if found.leaves.len() > before {
            found.projection.push(index);
        }
    }
    found
}

impl Found {
    fn add(&mut self, name: String, kind: &DataType, path: Vec<usize>) {
        match kind {
            DataType::Struct(parts) if path.len() < DEEP => {
                for (at, part) in parts.iter().enumerate() {
                    let path = path.iter().copied().chain([at]).collect();
                    self.add(format!("{name}.{}", part.name()), part.data_type(), path);
                }
            }
            _ if is_plain(kind) => {
                self.leaves.push(Leaf(path));
                self.names.push(name);
            }
            _ => self.left_out.push(name),
        }
    }
}

/// Whether a column holds one value a row that can be shown.
fn is_plain(kind: &DataType) -> bool {
    match kind {
        DataType::Dictionary(_, values) => is_plain(values),
        DataType::Null | DataType::Boolean => true,
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => true,
        DataType::Duration(_) | DataType::Timestamp(..) => true,
        DataType::Decimal32(..) | DataType::Decimal64(..) => true,
        DataType::Decimal128(..) | DataType::Decimal256(..) => true,
        _ => kind.is_numeric() || (kind.is_temporal() && !matches!(kind, DataType::Interval(_))),
    }
}

impl Leaf {
    /// The fields of some rows of a batch.
    pub(super) fn render(&self, batch: &RecordBatch, rows: Range<usize>) -> Result<Fields, String> {
        let Some((&first, parts)) = self.0.split_first() else {
            return Err("a column has no place".to_owned());
        };
        let mut array = batch.column(first).as_ref();
        let mut above: Vec<&dyn Array> = Vec::new();
        for &part in parts {
            above.push(array);
            array = array.as_struct().column(part).as_ref();
        }
        let is_there = |row: usize| above.iter().all(|part| part.is_valid(row));
        fields(array, rows, &is_there).map_err(|error| error.to_string())
    }
}

/// The fields of some rows of an array, empty where a row `is_there` not, or has no value.
fn fields(
    array: &dyn Array,
    rows: Range<usize>,
    is_there: &dyn Fn(usize) -> bool,
) -> io::Result<Fields> {
    macro_rules! each {
        ($values:expr, |$to:ident, $value:ident| $write:expr) => {{
            let values = $values;
            write_each(array, rows, is_there, &|$to, row| {
                let $value = values.value(row);
                $write
            })
        }};
    }
    macro_rules! integers {
        ($kind:ty) => {
            each!(array.as_primitive::<$kind>(), |to, value| {
                push_integer(to, i64::from(value));
                Ok(())
            })
        };
    }
    macro_rules! decimals {
        ($kind:ty, $scale:expr) => {
            each!(array.as_primitive::<$kind>(), |to, value| {
                push_decimal(to, i128::from(value), i32::from(*$scale));
                Ok(())
            })
        };
    }
    match array.data_type() {
        DataType::Boolean => each!(array.as_boolean(), |to, value| write!(to, "{value}")),
        DataType::Int8 => integers!(Int8Type),
        DataType::Int16 => integers!(Int16Type),
        DataType::Int32 => integers!(Int32Type),
        DataType::Int64 => integers!(Int64Type),
        DataType::UInt8 => integers!(UInt8Type),
        DataType::UInt16 => integers!(UInt16Type),
        DataType::UInt32 => integers!(UInt32Type),
        DataType::UInt64 => each!(array.as_primitive::<UInt64Type>(), |to, value| {
            push_whole(to, value);
            Ok(())
        }),
        DataType::Float16 => each!(array.as_primitive::<Float16Type>(), |to, value| {
            push_single(to, half(value.to_bits()))
        }),
        DataType::Float32 => {
            each!(array.as_primitive::<Float32Type>(), |to, value| {
                push_single(to, value)
            })
        }
        DataType::Float64 => {
            each!(array.as_primitive::<Float64Type>(), |to, value| {
                push_float(to, value)
            })
        }
        DataType::Decimal32(_, scale) => decimals!(Decimal32Type, scale),
        DataType::Decimal64(_, scale) => decimals!(Decimal64Type, scale),
        DataType::Decimal128(_, scale) => decimals!(Decimal128Type, scale),
        DataType::Decimal256(_, scale) => {
            let long = || io::Error::other("a number of more digits than are read here");
            each!(array.as_primitive::<Decimal256Type>(), |to, value| {
                let value = value.to_i128().ok_or_else(long)?;
                push_decimal(to, value, i32::from(*scale));
                Ok(())
            })
        }
        DataType::Utf8 => each!(array.as_string::<i32>(), |to, text| push_text(to, text)),
        DataType::LargeUtf8 => each!(array.as_string::<i64>(), |to, text| push_text(to, text)),
        DataType::Utf8View => each!(array.as_string_view(), |to, text| push_text(to, text)),
        DataType::Dictionary(..) => of_dictionary(array, rows, is_there),
        DataType::Null => write_each(array, rows, &|_| false, &|_, _| Ok(())),
        _ => times(array, rows, is_there),
    }
}

/// The fields of points and spans of time.
fn times(
    array: &dyn Array,
    rows: Range<usize>,
    is_there: &dyn Fn(usize) -> bool,
) -> io::Result<Fields> {
    // A moment of a zone is one of the zero meridian.
    let is_zero = matches!(array.data_type(), Timestamp(_, Some(_)));
    macro_rules! each {
        ($kind:ty, |$to:ident, $value:ident| $write:expr) => {{
            let values = array.as_primitive::<$kind>();
            write_each(array, rows, is_there, &|$to, row| {
                let $value = i64::from(values.value(row));
                $write;
                Ok(())
            })
        }};
    }
    macro_rules! clocks {
        ($kind:ty, $parts:expr) => {
            each!($kind, |to, value| civil::push_clock(to, value, $parts))
        };
    }
    macro_rules! moments {
        ($kind:ty, $parts:expr) => {
            each!($kind, |to, value| civil::push_moment(
                to, value, $parts, is_zero
            ))
        };
    }
    macro_rules! spans {
        ($kind:ty, $parts:expr) => {
            each!($kind, |to, value| push_span(to, value, $parts))
        };
    }
    use DataType::{Date32, Date64, Duration, Time32, Time64, Timestamp};
    use TimeUnit::{Microsecond, Millisecond, Nanosecond, Second};
    match array.data_type() {
        Date32 => each!(Date32Type, |to, value| civil::push_date(to, value)),
        Date64 => each!(Date64Type, |to, value| match value % 86_400_000 {
            0 => civil::push_date(to, value / 86_400_000),
            _ => civil::push_moment(to, value, 1000, false),
        }),
        Time32(Second) => clocks!(Time32SecondType, 1),
        Time32(_) => clocks!(Time32MillisecondType, 1000),
        Time64(Microsecond) => clocks!(Time64MicrosecondType, 1_000_000),
        Time64(_) => clocks!(Time64NanosecondType, 1_000_000_000),
        Timestamp(Second, _) => moments!(TimestampSecondType, 1),
        Timestamp(Millisecond, _) => moments!(TimestampMillisecondType, 1000),
        Timestamp(Microsecond, _) => moments!(TimestampMicrosecondType, 1_000_000),
        Timestamp(Nanosecond, _) => moments!(TimestampNanosecondType, 1_000_000_000),
        Duration(Second) => spans!(DurationSecondType, 1),
        Duration(Millisecond) => spans!(DurationMillisecondType, 1000),
        Duration(Microsecond) => spans!(DurationMicrosecondType, 1_000_000),
        Duration(Nanosecond) => spans!(DurationNanosecondType, 1_000_000_000),
        other => Err(io::Error::other(format!("values of the type {other}"))),
    }
}

/// A span of time as ISO 8601 writes it, counted in so many parts of a second.
fn push_span(to: &mut Vec<u8>, value: i64, parts: i64) {
    if value < 0 {
        to.push(b'-');
    }
    to.extend_from_slice(b"PT");
    let digits = parts.ilog10() as i32;
    push_decimal(to, i128::from(value.unsigned_abs()), digits);
    to.push(b'S');
}

fn push_text(to: &mut Vec<u8>, text: &str) -> io::Result<()> {
    push_field(to, text);
    // The delimiter is added by who asks.
    to.pop();
    Ok(())
}

/// The fields of a column that tells its values by their indices among different ones: each of these
/// is rendered once.
fn of_dictionary(
    array: &dyn Array,
    rows: Range<usize>,
    is_there: &dyn Fn(usize) -> bool,
) -> io::Result<Fields> {
    let dictionary = array.as_any_dictionary();
    let values = dictionary.values();
    if values.is_empty() {
        return write_each(array, rows, &|_| false, &|_, _| Ok(()));
    }
    let keys = array.slice(rows.start, rows.len());
    let keys = keys.as_any_dictionary().normalized_keys();
    let first = rows.start;
    if values.len() > MANY * rows.len() {
        return write_each(array, rows, is_there, &|to, row| {
            let key = keys[row - first];
            let one = fields(values.as_ref(), key..key + 1, &|_| true)?;
            to.extend_from_slice(without_delimiter(one.of(0)));
            Ok(())
        });
    }
    let known = fields(values.as_ref(), 0..values.len(), &|_| true)?;
    write_each(array, rows, is_there, &|to, row| {
        to.extend_from_slice(without_delimiter(known.of(keys[row - first])));
        Ok(())
    })
}

/// Of so many times as many different values as rows, most are not met.
const MANY: usize = 4;

fn without_delimiter(field: &[u8]) -> &[u8] {
    field.split_last().map_or(field, |(_, field)| field)
}

fn write_each(
    array: &dyn Array,
    rows: Range<usize>,
    is_there: &dyn Fn(usize) -> bool,
    write: &dyn Fn(&mut Vec<u8>, usize) -> io::Result<()>,
) -> io::Result<Fields> {
    let mut fields = Fields::with_room(rows.len());
    for row in rows {
        fields.push(|to| match array.is_valid(row) && is_there(row) {
            true => write(to, row),
            false => Ok(()),
        })?;
    }
    Ok(fields)
}
