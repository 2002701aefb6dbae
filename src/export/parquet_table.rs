//! A table of scores as Parquet, by the column writers of the format itself.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, DataType, FloatType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::{Type, TypePtr};

use super::row::columns;
use super::{Draft, ExportError, ScoreRow};

/// Most rows of a row group …
const ROWS: usize = 1 << 16;
/// … and about the most values.
const VALUES: usize = 1 << 22;

/// A Parquet file in the making: rows are gathered by column until they are a row group.
pub struct ParquetTable {
    path: PathBuf,
    writer: SerializedFileWriter<Draft>,
    most: usize,
    ids: Vec<ByteArray>,
    ranks: Vec<i64>,
    labels: Vec<Option<ByteArray>>,
    members: Vec<ByteArray>,
    /// The score, the relevance and the score of each member, column by column.
    numbers: Vec<Vec<f32>>,
}

impl ParquetTable {
    /// Begins a table for `members` members.
    pub(super) fn new(draft: Draft, path: &Path, members: usize) -> Result<Self, ExportError> {
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_created_by(concat!("glad ", env!("CARGO_PKG_VERSION")).to_owned())
            .build();
        let writer = schema(members)
            .and_then(|schema| SerializedFileWriter::new(draft, schema, Arc::new(properties)));
        Ok(Self {
            writer: writer.map_err(|error| unwritable(path, &error))?,
            path: path.into(),
            most: (VALUES / (2 * members + 5)).clamp(1, ROWS),
            ids: Vec::new(),
            ranks: Vec::new(),
            labels: Vec::new(),
            members: Vec::new(),
            numbers: vec![Vec::new(); 2 * members + 1],
        })
    }

    /// Adds a row.
    pub(super) fn row(&mut self, row: &ScoreRow<'_>) -> Result<(), ExportError> {
        self.ids.push(row.id.into());
        self.ranks.push(i64::from(row.rank));
        self.labels.push(
            Some(row.label)
                .filter(|label| !label.is_empty())
                .map(ByteArray::from),
        );
        self.members.push(row.member.into());
        let numbers = [row.score].into_iter();
        let numbers = numbers.chain(row.relevance.iter().copied());
        let numbers = numbers.chain(row.member_scores.iter().copied());
        for (column, number) in self.numbers.iter_mut().zip(numbers) {
            column.push(number);
        }
        match self.ids.len() >= self.most {
            true => self.write_group(),
            false => Ok(()),
        }
    }

    fn write_group(&mut self) -> Result<(), ExportError> {
        let written = self.try_write_group();
        written.map_err(|error| unwritable(&self.path, &error))
    }

    fn try_write_group(&mut self) -> Result<(), ParquetError> {
        if self.ids.is_empty() {
            return Ok(());
        }
        let mut group = self.writer.next_row_group()?;
        let [score, rest @ ..] = self.numbers.as_slice() else {
            return Ok(());
        };
        column::<ByteArrayType>(&mut group, &self.ids, None)?;
        column::<FloatType>(&mut group, score, None)?;
        column::<Int64Type>(&mut group, &self.ranks, None)?;
        let known: Vec<ByteArray> = self.labels.iter().flatten().cloned().collect();
        let levels: Vec<i16> = self
            .labels
            .iter()
            .map(|label| i16::from(label.is_some()))
            .collect();
        column::<ByteArrayType>(&mut group, &known, Some(&levels))?;
        column::<ByteArrayType>(&mut group, &self.members, None)?;
        for numbers in rest {
            column::<FloatType>(&mut group, numbers, None)?;
        }
        group.close()?;
        self.ids.clear();
        self.ranks.clear();
        self.labels.clear();
        self.members.clear();
        self.numbers.iter_mut().for_each(Vec::clear);
        Ok(())
    }

    /// Puts the table in its place.
    pub(super) fn finish(mut self) -> Result<(), ExportError> {
        self.write_group()?;
        let draft = self.writer.into_inner();
        draft
            .map_err(|error| unwritable(&self.path, &error))?
            .finish()
    }
}

/// Writes the next column of a row group.
fn column<T: DataType>(
    group: &mut SerializedRowGroupWriter<'_, Draft>,
    values: &[T::T],
    levels: Option<&[i16]>,
) -> Result<(), ParquetError> {
    let Some(mut column) = group.next_column()? else {
        return Err(ParquetError::General("too many columns".to_owned()));
    };
    column.typed::<T>().write_batch(values, levels, None)?;
    column.close()
}

fn schema(members: usize) -> Result<TypePtr, ParquetError> {
    let fields = columns(members).into_iter().map(|name| {
        let (physical, logical, repetition) = match name.as_str() {
            "id" | "member" => (
                Physical::BYTE_ARRAY,
                Some(LogicalType::String),
                Repetition::REQUIRED,
            ),
            "label" => (
                Physical::BYTE_ARRAY,
                Some(LogicalType::String),
                Repetition::OPTIONAL,
            ),
            "rank" => (Physical::INT64, None, Repetition::REQUIRED),
            _ => (Physical::FLOAT, None, Repetition::REQUIRED),
        };
        let field = Type::primitive_type_builder(&name, physical)
            .with_repetition(repetition)
            .with_logical_type(logical)
            .build();
        field.map(Arc::new)
    });
    let fields = fields.collect::<Result<Vec<_>, _>>()?;
    let schema = Type::group_type_builder("scores")
        .with_fields(fields)
        .build()?;
    Ok(Arc::new(schema))
}

fn unwritable(path: &Path, error: &ParquetError) -> ExportError {
    ExportError::Unwritable(path.into(), error.to_string())
}
