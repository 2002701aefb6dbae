//! New instances for a detector that was trained on others: rows of a table, images or sequences.

use std::path::Path;

use super::Source;
use crate::dataset::sequences;
use crate::dataset::{
    Batch, DatasetError, ImageRows, InstanceEncoder, ReadOptions, Rows, Schema, SequenceRows,
};
use crate::disk::exists;
use crate::imaging::read_images_like;
use crate::numeric::Watch;
use crate::sequence::SequenceModel;

/// New instances that are read by the schema of those that were trained on, from beginning to end.
#[derive(Debug)]
pub enum Incoming<'a> {
    /// The rows of a table of any length.
    Rows(Box<Rows<'a>>),
    /// Images.
    Images(Box<ImageRows<'a>>),
    /// The sequences of a file of any length.
    Sequences(Box<SequenceRows<'a>>),
}

impl<'a> Incoming<'a> {
    /// Opens a table; or what the detector was trained on where that was something else, of which
    /// the `encoder` was learnt.
    ///
    /// # Errors
    /// It does not read, or is not of the kind that was trained on.
    pub fn open(
        path: &Path,
        schema: &'a Schema,
        options: &ReadOptions,
        encoder: Option<InstanceEncoder<'a>>,
        watch: &mut dyn Watch,
    ) -> Result<Self, DatasetError> {
        let learnt = Source::of(schema);
        let found = Source::probe(path, options);
        if found == Source::Table && !exists(path) {
            return Err(DatasetError::NotFound(path.into()));
        }
        // What is not of the kind that was learnt is told as that, whatever the options are.
        let options = match (learnt, found) {
            (Source::Sequences, _) => &options.suited(Source::Sequences, path)?,
            (learnt, found) if learnt == found => &options.suited(found, path)?,
            _ => options,
        };
        match (encoder, found) {
            (None, _) if learnt == Source::Sequences => {
                Err(DatasetError::SequencesNotLearnt(path.into()))
            }
            (None, Source::Images) if learnt == Source::Images => {
                Err(DatasetError::NotLearnt(path.into()))
            }
            (None, Source::Images | Source::Sequences) => Err(DatasetError::NoTable(path.into())),
            (None, Source::Table) => {
                Rows::open(path, schema, options).map(|rows| Self::Rows(rows.into()))
            }
            (Some(InstanceEncoder::Images(model)), Source::Images) => {
                let asked = options.images.clone().unwrap_or_default();
                let set = read_images_like(path, model.form(), &asked, watch)?;
                Ok(Self::Images(Box::new(ImageRows::new(set, schema, model)?)))
            }
            (Some(InstanceEncoder::Images(_)), _) => Err(DatasetError::NoImages(path.into())),
            (Some(InstanceEncoder::Sequences(model)), Source::Images)
                if !are_channels(path, options, model, watch) =>
            {
                Err(DatasetError::NoSequences(path.into()))
            }
            (Some(InstanceEncoder::Sequences(model)), _) => {
                let rows = SequenceRows::open(path, schema, options, model, watch)?;
                Ok(Self::Sequences(Box::new(rows)))
            }
        }
    }

    /// Reads up to `most` more instances; `None` after the last.
    ///
    /// # Errors
    /// A row does not fit the table or the schema.
    pub fn next(&mut self, most: usize) -> Result<Option<Batch>, DatasetError> {
        match self {
            Self::Rows(rows) => rows.next(most),
            Self::Images(images) => images.next(most),
            Self::Sequences(sequences) => sequences.next(most),
        }
    }

    /// How much of it has been read, and how much there is, in units of its own.
    pub fn progress(&self) -> (u64, u64) {
        match self {
            Self::Rows(rows) => rows.bytes(),
            Self::Images(images) => images.progress(),
            Self::Sequences(sequences) => sequences.progress(),
        }
    }

    /// Sentences for the analyst.
    pub fn notices(&self) -> Vec<String> {
        match self {
            Self::Rows(rows) => rows.notices(),
            Self::Images(images) => images.notices(),
            Self::Sequences(sequences) => sequences.notices(),
        }
    }
}

/// Whether what would be images by itself has just the channels of sequences that were learnt from,
/// as an array of many channels has.
fn are_channels(
    path: &Path,
    options: &ReadOptions,
    model: &SequenceModel,
    watch: &mut dyn Watch,
) -> bool {
    let found = sequences::reader(path, options, watch);
    found.is_ok_and(|(reader, _)| reader.channels() == model.channels())
}
