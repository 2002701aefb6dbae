//! The figures of a session, drawn once for screen, file and report.
//!
//! 1. What a figure shows (grid, values, levels of lines, ends of the colour scale) is decided here
//!    and nowhere else: [`ScoreMap`], [`RelevanceMap`], [`Change`]. A window paints them with its own
//!    brush; a file and a report get them as a [`Chart`](crate::chart::Chart) from a [`Drawing`].
//!    They differ in resolution only.
//! 2. The anomaly score has one scale and one set of levels for a viewpoint, and its baseline has the
//!    same: two maps side by side, or one on the screen and one on paper, can be compared by colour.
//! 3. This room knows no file, no thread and no window: *when* a map is computed and *where* it goes
//!    is for others to say.

mod candidate;
mod change_map;
mod coloured_map;
mod curves;
mod drawing;
mod embedding;
mod figure;
mod instances;
mod levels;
mod peaks;
mod plane;
mod relevance_map;
mod score_map;
mod sequence_curves;
mod shade;

pub use change_map::Change;
pub use curves::DiscoveryCurves;
pub use drawing::Drawing;
pub use embedding::{Embedding, MOST_EMBEDDED};
pub use figure::{Figure, Value};
pub use instances::{Light, Way, instance_pixels, instance_png};
pub use peaks::Curve;
pub use plane::axis_names;
pub use relevance_map::{LAYERS, LayerLines, RelevanceMap};
pub use score_map::ScoreMap;
pub use sequence_curves::{ChannelCurve, POINTS, PairAlignment, SequenceCurves};
pub use shade::{Colouring, Shade};
