//! New sequences, which what was learnt of others turns into instances.

use std::path::Path;

use ndarray::{Array2, Axis};

use super::{class_label, embedding_name, reader};
use crate::dataset::text::list;
use crate::dataset::{Batch, DatasetError, ReadOptions, Role, Schema};
use crate::numeric::{Watch, map_each};
use crate::sequence::{Sequence, SequenceModel, SequenceOptions, SequenceReader};

/// Sequences that become numbers at once.
const SEQUENCES: usize = 256;

/// Where a feature of a sequence comes from.
#[derive(Clone, Copy, Debug)]
enum SequenceSource {
    /// A direction of the embedding.
    Direction(usize),
    /// What a detector says.
    Score(usize),
}

/// New sequences of a file of any length, read one after another.
///
/// A sequence of those that were learnt from gives the same bits as it did then.
pub struct SequenceRows<'a> {
    reader: SequenceReader,
    model: &'a SequenceModel,
    sources: Vec<SequenceSource>,
    /// The index in the file of each channel that is known; `None` where they are the same.
    indices: Option<Vec<usize>>,
    asked: SequenceOptions,
    unused: Vec<String>,
}

impl std::fmt::Debug for SequenceRows<'_> {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(to, "SequenceRows of {:?}", self.reader)
    }
}

impl<'a> SequenceRows<'a> {
    /// Opens a file or a folder of sequences with the channels that are known, found by name.
    ///
    /// # Errors
    /// It does not read, or lacks a channel.
    pub fn open(
        path: &Path,
        schema: &Schema,
        options: &ReadOptions,
        model: &'a SequenceModel,
        watch: &mut dyn Watch,
    ) -> Result<Self, DatasetError> {
        let (reader, asked) = reader(path, options, watch)?;
        let found = reader.channels();
        let index = |channel: &String| {
            let index = found.iter().position(|name| name == channel);
            index.ok_or_else(|| DatasetError::NoSuchChannel(channel.clone(), found.to_vec()))
        };
        let wanted = model.channels();
        let indices = wanted.iter().map(index).collect::<Result<Vec<_>, _>>()?;
        let unused = found.iter().filter(|name| !wanted.contains(name));
        Ok(Self {
            sources: sources(schema, model).ok_or(DatasetError::NotOfSequences)?,
            indices: (found != wanted).then_some(indices),
            unused: unused.cloned().collect(),
            asked,
            reader,
            model,
        })
    }

    /// Reads up to `most` more sequences; `None` after the last.
    ///
    /// # Errors
    /// A sequence does not read.
    pub fn next(&mut self, most: usize) -> Result<Option<Batch>, DatasetError> {
        let mut sequences = Vec::new();
        while sequences.len() < most.clamp(1, SEQUENCES) {
            let Some(sequence) = self.reader.next_sequence()? else {
                break;
            };
            sequences.push(self.known(sequence));
        }
        if sequences.is_empty() {
            return Ok(None);
        }
        let looks = map_each(sequences.len(), |at| self.model.look(&sequences[at]));
        let shape = (sequences.len(), self.sources.len());
        let features = Array2::from_shape_fn(shape, |(row, column)| match self.sources[column] {
            SequenceSource::Direction(at) => looks[row].features[at],
            SequenceSource::Score(at) => looks[row].scores[at],
        });
        let label = |sequence: &Sequence| {
            let class = sequence.class.as_deref().unwrap_or_default();
            let label = class_label(class, &self.asked);
            match self.asked.unlabelled {
                true => String::new(),
                false => label.map_or(class, |label| label.name()).to_owned(),
            }
        };
        Ok(Some(Batch {
            features,
            labels: sequences.iter().map(label).collect(),
            ids: sequences.into_iter().map(|sequence| sequence.id).collect(),
        }))
    }

    /// A sequence with the channels that are known, in their order.
    fn known(&self, mut sequence: Sequence) -> Sequence {
        if let Some(indices) = &self.indices {
            sequence.values = sequence.values.select(Axis(1), indices);
        }
        sequence
    }

    /// The bytes of the file that have been read, and all; zeros where it is read as a whole.
    pub fn progress(&self) -> (u64, u64) {
        self.reader.progress()
    }

    /// Sentences for the analyst.
    pub fn notices(&self) -> Vec<String> {
        let mut notices = self.reader.notices();
        if !self.unused.is_empty() {
            notices.push(format!(
                "There are channels that the session does not use: {}.",
                list(self.unused.iter().cloned())
            ));
        }
        notices
    }
}

/// Where the features of a schema come from; `None` where it is not one of such sequences.
fn sources(schema: &Schema, model: &SequenceModel) -> Option<Vec<SequenceSource>> {
    let scores = model.scores();
    let columns = schema.columns().iter();
    let features =
        columns.filter(|column| matches!(column.role, Role::Feature | Role::Score { .. }));
    let found = features.map(|column| {
        let direction = (0..model.n_features()).find(|at| embedding_name(*at) == column.name);
        let score = || scores.iter().position(|score| score.name == column.name);
        direction
            .map(SequenceSource::Direction)
            .or_else(|| score().map(SequenceSource::Score))
    });
    found.collect()
}
