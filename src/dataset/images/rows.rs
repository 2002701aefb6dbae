//! New images, which what was learnt of others turns into instances.

use ndarray::Array2;

use super::direction;
use crate::dataset::{Batch, DatasetError, Label, Role, Schema};
use crate::imaging::{ImageError, ImageModel, ImageSet, SCORES};
use crate::numeric::Unwatched;

/// Images that become numbers at once.
const IMAGES: usize = 64;

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

    /// How many images have been read, and how many there are.
    pub(in crate::dataset) fn progress(&self) -> (u64, u64) {
        (self.next as u64, self.set.len() as u64)
    }

    /// Sentences for the analyst.
    pub(in crate::dataset) fn notices(&self) -> Vec<String> {
        self.set.notices().to_vec()
    }

    /// Reads up to `most` more images; `None` after the last.
    pub(in crate::dataset) fn next(&mut self, most: usize) -> Result<Option<Batch>, DatasetError> {
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
        let direction = (0..model.directions()).find(|at| direction(*at) == column.name);
        let score = || SCORES.iter().position(|score| score.name == column.name);
        direction
            .map(ImageSource::Direction)
            .or_else(|| score().map(ImageSource::Score))
    });
    found.collect()
}
