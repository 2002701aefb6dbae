//! The application without pixels: its state, the commands that change it, and what the screen
//! says.
//!
//! Data flow in one direction: panels paint views of the [`App`] and hand back [`Command`]s;
//! [`App::apply`] is the only mutation by the analyst and [`App::receive`] the only one by the
//! worker. Neither waits for work: it goes to the [`Engine`](crate::worker::Engine).
//!
//! Commands are of three levels. What is done to the session is a [`SessionCommand`], what is looked
//! at a [`ViewCommand`]; both are carried out by the [`Workspace`]. All others are of the application
//! itself: opening, saving, writing, settings, playing, messages.

mod answers;
mod artifact;
mod browse;
mod colouring;
mod command;
mod curves;
mod explained;
mod insight;
mod jobs;
mod known_curves;
mod likeness;
mod message;
mod opening;
mod original;
mod player;
mod playing;
mod presets;
mod progress;
mod receive;
mod recovering;
mod refit;
mod relevance_sources;
mod saving;
mod saving_view;
mod session_command;
mod state;
mod thumbnail;
mod trained;
mod view;
mod view_command;
mod views;
mod workspace;
mod writing;

pub use browse::{ListQuery, Listed};
pub use colouring::Shade;
pub use command::{Command, OpenCommand};
pub use curves::Event;
pub use explained::Explained;
pub use insight::{Ask, MOST_LAYERS};
pub use likeness::{Choice, Compared, DIFFERS};
pub use message::{Message, Severity};
pub use opening::Opening;
pub use original::OriginalCell;
pub use player::{PACES, PlayCommand, PlayerView};
pub use presets::{PresetCommand, Presets};
pub use progress::KeptSession;
pub use saving::{SaveCommand, SaveState};
pub use session_command::SessionCommand;
pub use state::App;
pub use thumbnail::{Curves, Thumbnail};
pub use view::{CandidateRow, CandidateView, FeatureRow, StatusView};
pub use view_command::ViewCommand;
pub use workspace::Workspace;
pub use writing::{Scored, WriteCommand, Writing};

// The words of the layers below that panels need: `ui` knows this layer only.
pub use crate::chart::{Format, TAGS, diverging, is_light, pixels, sequential};
pub use crate::dataset::{
    ColumnChoice, ColumnSummary, ENDINGS, IMAGES, Inspection, InstanceEncoder, Label, Meaning,
    Missing, Origin, PACKED, Preview, ReadOptions, TimePart, Toy, toys,
};
pub use crate::detector::{
    Contribution, Layer, Losses, MemberView, Method, Move, Near, PartDetail, Picture, Preset,
    RelevanceGrid, RelevanceLayer, Ruling, Settings, Space, Viewpoint, Why,
};
pub use crate::disk::fs;
pub use crate::ensemble::{EnsembleSettings, KINDS, PRESETS};
pub use crate::figures::{
    Change, ChannelCurve, Curve, Embedding, Figure, Light, MOST_EMBEDDED, POINTS, PairAlignment,
    RelevanceMap, ScoreMap, SequenceCurves, Value, Way, axis_names, instance_pixels,
};
pub use crate::filter::{Field, Fields, Mistake, Rows};
pub use crate::imaging::{Gallery, ImageOptions, ImageToy, image_toys};
pub use crate::numeric::{Bins, Grid, Polyline, local, number};
pub use crate::sequence::{SequenceOptions, SequenceToy, sequence_toys};
pub use crate::session::{
    Answer, Confidence, Contradiction, Given, Mark, Pace, Pick, Remaining, Reply, Stop,
    StoppingRule, Strategy, Tag, TagNames,
};
pub use crate::worker::{
    Artifact, ArtifactKind, Drawn, FeatureRange, Kind, Lasso, LocalFile, Progress, StorageThread,
    ThreadEngine,
};
