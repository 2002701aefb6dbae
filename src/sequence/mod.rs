//! Sequences as instances: curves of one or more channels, and what is learnt from a set of them
//! without labels.
//!
//! A [`SequenceSet`] is read from a file ([`read_sequences`]); [`Learnt`] is what temporal
//! cycle-consistency and detectors of curves make of it: features and one score a member for each
//! sequence, which the rest of the program treats as it does those of a table.
//!
//! Knows nothing of tables, answers or relevance.

pub mod align;
pub mod curves;
mod error;
mod learn;
mod members;
mod model;
mod one;
mod options;
mod parts;
mod phase;
mod raw;
mod read;
mod set;
mod toys;
mod usual;

pub use align::{Alignment, kendall_tau};
pub use curves::window_offsets;
pub use error::SequenceError;
pub use learn::{COMPARING, Learnt};
pub use members::{MOMENTS, SequenceScore, WORST, sequence_weight};
pub use model::{Look, SequenceModel};
pub use one::Sequence;
pub use options::{SequenceLayout, SequenceOptions};
pub use parts::SequenceParts;
pub use phase::{PhaseReport, alignment, carry_over, phase_report};
pub use read::{Decode, Decoded, SequenceReader, TimesReader, is_sequences, read_sequences};
pub use set::SequenceSet;
pub use toys::{SequenceToy, sequence_toys};
pub use usual::{PLACES, TypicalCurve};
