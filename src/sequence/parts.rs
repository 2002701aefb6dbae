//! What is kept of a model of sequences.

use serde::{Deserialize, Serialize};

use super::SequenceSet;
use super::curves::{equal_length, stride_before, window_width};
use crate::network::{EMBEDDING, MomentEncoder};
use crate::numeric::Components;

/// The phases at which the relevance network sees the embedding, in eighths of the typical
/// sequence.
pub(super) const PHASES: [usize; 4] = [1, 3, 5, 7];

/// What was found by training or iteration, of which the rest follows without a choice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SequenceParts {
    /// The encoders of cycle-back regression and of cycle-back classification.
    pub encoders: [MomentEncoder; 2],
    /// The main directions of the embedding of sequences: the features.
    pub embedding: Components,
    /// The main curves.
    pub main: Components,
    /// What the encoder of cycle-back regression makes of the typical sequence at four phases of it,
    /// phase by phase `[4 · C]`: other sequences are seen at their moments that are nearest to
    /// these. Empty in files of before, whose sequences are seen by their own time.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub anchors: Vec<f32>,
    /// The moments between those of a window that the encoders look at. Absent in files of before,
    /// where it follows from the usual length alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stride: Option<usize>,
}

impl SequenceParts {
    /// The moments between those of a window, for sequences of this usual length.
    pub(super) fn stride(&self, usual: usize) -> usize {
        self.stride.unwrap_or_else(|| stride_before(usual))
    }

    /// Checks that they can have been learnt from a set.
    pub(super) fn validate(&self, set: &SequenceSet) -> Result<(), String> {
        let (width, usual) = (set.channels().len(), set.usual_length());
        let inputs = window_width(width);
        let equal = equal_length(usual) * width;
        let fits = self
            .encoders
            .iter()
            .all(|encoder| encoder.inputs() == inputs)
            && self.embedding.mean.len() == (PHASES.len() + 1) * EMBEDDING
            && self.main.mean.len() == equal
            && [0, PHASES.len() * EMBEDDING].contains(&self.anchors.len())
            && self.anchors.iter().all(|anchor| anchor.is_finite())
            && (1..=usual.max(2)).contains(&self.stride(usual));
        match fits {
            true => Ok(()),
            false => Err("what was learnt does not fit the sequences".to_owned()),
        }
    }
}
