//! What turns new images or sequences into instances.

use super::Dataset;
use crate::imaging::{Gallery, ImageModel};
use crate::sequence::SequenceModel;

/// What was learnt of instances that are no rows of a table, and turns new ones into features.
#[derive(Clone, Copy, Debug)]
pub enum InstanceEncoder<'a> {
    /// Of images.
    Images(&'a ImageModel),
    /// Of sequences.
    Sequences(&'a SequenceModel),
}

impl Dataset {
    /// What turns new images or sequences into instances, where the instances are such.
    pub fn encoder(&self) -> Option<InstanceEncoder<'_>> {
        let images = self.gallery.as_deref().map(Gallery::model);
        let sequences = self.sequences.as_deref().map(|learnt| &**learnt.model());
        images
            .map(InstanceEncoder::Images)
            .or(sequences.map(InstanceEncoder::Sequences))
    }
}
