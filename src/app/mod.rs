//! The application without pixels: its state, the commands that change it, and what the screen
//! says.
//!
//! Data flow in one direction: panels paint views of the [`App`] and hand back [`Command`]s;
//! [`App::apply`] is the only mutation by the analyst and [`App::receive`] the only one by the
//! worker. Neither waits for work: it goes to the [`Engine`](crate::worker::Engine).
//!
//! Commands are of three levels, each with a struct that carries them out. What is done to the session
//! is a [`SessionCommand`], carried out by the open session, which does not know what is looked at;
//! what is looked at is a [`ViewCommand`], carried out by the view's state, which can read the session
//! and not change it. All others are of the application itself: opening, saving, writing, settings,
//! playing, messages. Panels get a [`View`] of both halves, in which nothing can be changed.

mod application;
mod artifact;
mod command;
mod message;
mod open_session;
mod opening;
mod player;
mod presets;
mod saving;
mod thumbnail;
mod view;
mod view_state;
mod workspace;
mod writing;

pub use application::{App, KeptSession, StatusView};
pub use command::{
    Ask, Command, OpenCommand, PlayCommand, PresetCommand, SaveCommand, SessionCommand,
    ViewCommand, WriteCommand,
};
pub use message::{Message, Severity};
pub use opening::Opening;
pub use player::{PACES, PlayerView};
pub use presets::Presets;
pub use saving::SaveState;
pub use thumbnail::{Curves, Mosaic, Thumbnail};
pub use view::{
    CandidateRow, CandidateView, Compared, DIFFERS, Event, Explained, FeatureRow, Listed,
    OriginalCell, View,
};
pub use view_state::insight::MOST_LAYERS;
pub use view_state::likeness::Choice;
pub use view_state::list_query::ListQuery;
pub use writing::{Scored, Writing};

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
pub use crate::disk::{fs, now};
pub use crate::ensemble::{EnsembleSettings, KINDS, PRESETS};
pub use crate::figures::{
    Change, ChannelCurve, Colouring, Curve, Embedding, Figure, Light, MOST_EMBEDDED, POINTS,
    PairAlignment, RelevanceMap, ScoreMap, SequenceCurves, Shade, Value, Way, axis_names,
    instance_pixels,
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
