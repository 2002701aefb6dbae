//! New instances for a detector that was trained on others: rows of a table, images or sequences.

use std::path::Path;

use ndarray::Array2;

use super::{
    Batch, DatasetError, Label, ReadOptions, Role, Rows, Schema, SequenceRows, images, sequences,
};
use crate::imaging::{ImageError, ImageModel, ImageSet, SCORES, read_images_like};
use crate::numeric::{Unwatched, Watch};
use crate::sequence::SequenceModel;

/// Images that become numbers at once.
const IMAGES: usize = 64;

/// What was learnt of instances that are no rows of a table, and turns new ones into features.
#[derive(Clone, Copy, Debug)]
pub enum InstanceEncoder<'a> {
    /// Of images.
    Images(&'a ImageModel),
    /// Of sequences.
    Sequences(&'a SequenceModel),
}

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
        if encoder.is_none() && sequences::are_meant(schema) {
            return Err(DatasetError::SequencesNotLearnt(path.into()));
        }
        if encoder.is_none() && sequences::is_meant(path, options) {
            return Err(DatasetError::NoTable(path.into()));
        }
        match (encoder, images::leads_to_images(path, options)) {
            (Some(InstanceEncoder::Images(model)), true) => {
                let asked = options.images.clone().unwrap_or_default();
                let set = read_images_like(path, model.form(), &asked, watch)?;
                Ok(Self::Images(Box::new(ImageRows::new(set, schema, model)?)))
            }
            (None, false) => Rows::open(path, schema, options).map(|rows| Self::Rows(rows.into())),
            (Some(InstanceEncoder::Sequences(model)), _) => {
                let rows = SequenceRows::open(path, schema, options, model, watch)?;
                Ok(Self::Sequences(Box::new(rows)))
            }
            (Some(InstanceEncoder::Images(_)), false) => Err(DatasetError::NoImages(path.into())),
            (None, true) if images::are_meant(schema) => Err(DatasetError::NotLearnt(path.into())),
            (None, true) => Err(DatasetError::NoTable(path.into())),
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
            Self::Images(images) => (images.next as u64, images.set.len() as u64),
            Self::Sequences(sequences) => sequences.progress(),
        }
    }

    /// Sentences for the analyst.
    pub fn notices(&self) -> Vec<String> {
        match self {
            Self::Rows(rows) => rows.notices(),
            Self::Images(images) => images.set.notices().to_vec(),
            Self::Sequences(sequences) => sequences.notices(),
        }
    }
}

/// Where a feature of an image comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImageSource {
    /// A direction of the embedding.
    Direction(usize),
    /// One of [`SCORES`].
    Score(usize),
}

/// New images, which what was learnt of others turns into instances.
///
/// An image of those that were learnt from gives the same bits as it did then.
pub struct ImageRows<'a> {
    set: ImageSet,
    model: &'a ImageModel,
    sources: Vec<ImageSource>,
    next: usize,
}

impl std::fmt::Debug for ImageRows<'_> {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(to, "ImageRows of {} after {}", self.set.name(), self.next)
    }
}

impl<'a> ImageRows<'a> {
    /// New images by what was learnt of others.
    ///
    /// # Errors
    /// The images are of another form, or the features are not those of images.
    pub fn new(
        set: ImageSet,
        schema: &Schema,
        model: &'a ImageModel,
    ) -> Result<Self, DatasetError> {
        model.validate(&set).map_err(ImageError::Shape)?;
        let sources = image_sources(schema, model).ok_or(DatasetError::NotOfImages)?;
        Ok(Self {
            set,
            model,
            sources,
            next: 0,
        })
    }

    fn next(&mut self, most: usize) -> Result<Option<Batch>, DatasetError> {
        let images = self.next..self.set.len().min(self.next + most.clamp(1, IMAGES));
        self.next = images.end;
        if images.is_empty() {
            return Ok(None);
        }
        let seen = self
            .model
            .look_at(&self.set, images.clone(), &mut Unwatched);
        let seen = seen.map_err(ImageError::from)?;
        let shape = (images.len(), self.sources.len());
        let features = Array2::from_shape_fn(shape, |(row, column)| match self.sources[column] {
            ImageSource::Direction(at) => seen.embedding[row * seen.d + at],
            ImageSource::Score(at) => seen.scores[at][row],
        });
        let name = |index: usize| match self.set.ids() {
            Some(ids) => ids[index].clone(),
            None => (index + 1).to_string(),
        };
        let label = |index: usize| match self.set.truth().and_then(|truth| truth[index]) {
            Some(true) => Label::Anomaly.name().to_owned(),
            Some(false) => Label::Nominal.name().to_owned(),
            None => String::new(),
        };
        Ok(Some(Batch {
            features,
            ids: images.clone().map(name).collect(),
            labels: images.map(label).collect(),
        }))
    }
}

/// Where the features of a schema come from; `None` where it is not one of such images.
pub fn image_sources(schema: &Schema, model: &ImageModel) -> Option<Vec<ImageSource>> {
    let columns = schema.columns().iter();
    let features =
        columns.filter(|column| matches!(column.role, Role::Feature | Role::Score { .. }));
    let found = features.map(|column| {
        let direction = (0..model.directions()).find(|at| images::direction(*at) == column.name);
        let score = || SCORES.iter().position(|score| score.name == column.name);
        direction
            .map(ImageSource::Direction)
            .or_else(|| score().map(ImageSource::Score))
    });
    found.collect()
}
