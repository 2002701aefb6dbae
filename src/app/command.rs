//! What an analyst can ask for.

use std::path::{Path, PathBuf};

use super::view::View;
use super::view_state::likeness::Choice;
use super::view_state::list_query::ListQuery;
use super::{Artifact, ArtifactKind, Figure, Message};
use crate::dataset::{ReadOptions, Toy, toys};
use crate::detector::{Settings, Space, Viewpoint};
use crate::disk::exists;
use crate::imaging::{ImageToy, image_toys};
use crate::session::{Answer, Confidence, Mark, Reply, StoppingRule, Strategy, Tag};
use crate::worker::{FeatureRange, Kind};

/// Something that the analyst asks for, handed back by a panel or a key.
#[derive(Clone, Debug)]
pub enum Command {
    /// Something about opening a table.
    Open(OpenCommand),
    /// Something about saving the session.
    Save(SaveCommand),
    /// Something about writing files.
    Write(WriteCommand),
    /// Something about files of settings.
    Preset(PresetCommand),
    /// Fit the open table with other settings.
    Refit(Box<Settings>),
    /// Train after so many answers.
    SetBatch(usize),
    /// Something about playing the session.
    Play(PlayCommand),
    /// Something done to the session.
    Session(SessionCommand),
    /// Something else to be looked at.
    View(ViewCommand),
    /// Stop the running training or fit.
    CancelTraining,
    /// Stop work of this kind, such as an export.
    CancelJob(Kind),
    /// Tell the analyst something.
    Say(Message),
    /// Put a message away.
    Dismiss(usize),
}

impl Command {
    /// Asks for something that a panel shows, where it is needed.
    pub fn for_panel(workspace: View<'_>, ask: Ask) -> Option<Self> {
        workspace
            .wants(ask)
            .then_some(Self::View(ViewCommand::Ask(ask)))
    }
}

/// What the analyst asks for about opening a table.
#[derive(Clone, Debug)]
pub enum OpenCommand {
    /// Show the dialog; with a file its beginning is read.
    Show(Option<PathBuf>),
    /// Read the beginning of a file in another way.
    Preview(PathBuf, ReadOptions),
    /// Fit the next table with these settings.
    Detect(Box<Settings>),
    /// Open the file of the dialog.
    Accept,
    /// Let the open session go on with the file of the dialog.
    GoOn,
    /// Fit the detectors again on the table that the session went on with and the one before.
    FitOnBoth,
    /// Put the dialog away.
    Close,
    /// Open a file without the dialog: a table, or a session.
    File(PathBuf, ReadOptions),
    /// Open a session, with its table at the second path if that is given.
    Session(PathBuf, Option<PathBuf>),
    /// Leave a session closed whose table was not found.
    Forget,
    /// Open a bundled toy table.
    Toy(&'static Toy),
    /// Learn from bundled images and open them.
    Images(&'static ImageToy),
}

impl OpenCommand {
    /// What opens a table, images or sequences: a file, or what is bundled under this name.
    pub fn named(path: PathBuf, options: ReadOptions) -> Self {
        let is_toy = |name: &str| !exists(&path) && path == Path::new(name);
        if let Some(toy) = toys().iter().find(|toy| is_toy(toy.name)) {
            return Self::Toy(toy);
        }
        match image_toys().iter().find(|toy| is_toy(toy.name)) {
            Some(toy) => Self::Images(toy),
            // Names of bundled sequences are known where files are read.
            None => Self::File(path, options),
        }
    }
}

/// What the analyst asks for about saving the session.
#[derive(Clone, Debug)]
pub enum SaveCommand {
    /// Save it, in its file if it has one.
    Save,
    /// Save it in another file, with the table in it or without.
    SaveAs(PathBuf, bool),
    /// Show the dialog that asks where to save it.
    AskWhere,
    /// Put that dialog away.
    Close,
    /// Take up the answers of an earlier run (true), or leave them aside.
    Recover(bool),
    /// Fit the table anew with the settings that were asked about (true), or leave it as it is.
    Refit(bool),
}

/// What the analyst asks for about writing files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WriteCommand {
    /// Show the dialog that writes this; for charts, with the figure of the last time.
    Ask(ArtifactKind),
    /// Show the dialog that writes charts, for this figure.
    AskChart(Figure),
    /// Write this to a file or a folder; the ending of a file's name says how.
    Save(Artifact, PathBuf),
    /// Fill missing values of the table that is scored as in that of the session, or refuse them.
    Fill(bool),
    /// Put the dialog away; what is being written is written.
    Close,
}

/// What the analyst asks for about files of settings.
#[derive(Clone, Debug)]
pub enum PresetCommand {
    /// Write these settings to a file.
    Save(PathBuf, Box<Settings>),
    /// Read settings from a file; they are applied by [`Command::Refit`] only.
    Load(PathBuf),
}

/// What the analyst asks for about playing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PlayCommand {
    /// Look at this place of the history: so many steps done.
    Go(usize),
    /// Play on from here, or pause.
    Run(bool),
    /// Play so many steps a second.
    Pace(f64),
    /// End playing back: everything is as it was before.
    Leave,
    /// Let the truth answer in the analyst's place, or stop it.
    Oracle(bool),
}

/// Something that the analyst does to the session: nothing of it is possible while the session is
/// another window's, or is played back.
#[derive(Clone, Debug, PartialEq)]
pub enum SessionCommand {
    /// Answer the current candidate, as surely as was chosen for it.
    Answer(Answer),
    /// Answer the current candidate, as surely as this.
    Current(Reply),
    /// Give instances the same answer, as one act.
    Give(Vec<usize>, Reply),
    /// Take the answers to instances back, as one act.
    Withdraw(Vec<usize>),
    /// Answer that the current candidate is an anomaly with this tag. Where that is said already the
    /// tag is taken away; an anomaly with another tag or none gets this one, without another answer.
    TagCurrent(Tag),
    /// Give anomalies a tag, or none, as one act.
    Tag(Vec<usize>, Option<Tag>),
    /// Name a tag; an empty name takes the one that it has away.
    NameTag(Tag, String),
    /// Mark an event at a moment of a sequence, or take it away.
    Mark(String, Option<Mark>),
    /// Write a note on an instance; an empty one removes it.
    Note(usize, String),
    /// Whether training falls due by itself.
    SetAutomatic(bool),
    /// When the analyst wants to stop.
    SetStopping(StoppingRule),
    /// Take the last step back.
    Undo,
    /// Do the last undone step again.
    Redo,
    /// Train now.
    Retrain,
}

/// Something that changes what is on the screen, and not the session.
#[derive(Clone, Debug, PartialEq)]
pub enum ViewCommand {
    /// Go to the next instance of the list.
    Next,
    /// Go to the previous instance of the list.
    Previous,
    /// Look at an instance.
    Select(usize),
    /// Look at the instance that has this id, or whose id begins so.
    Find(String),
    /// Look at the map from elsewhere.
    Look(Viewpoint),
    /// Show on the map the two features that explain the current candidate best.
    Explaining,
    /// List other rows, or in another order.
    List(ListQuery),
    /// Choose among the instances that are like the current candidate.
    Alike(Choice),
    /// Lay rows out, alike by this; what is there of another space goes when it is done.
    Embed(Space),
    /// Give so many members a relevance map of their own.
    SetLayers(usize),
    /// Replay the session with the oracle in idle times, or not.
    SetOracle(bool),
    /// How sure the next answer is.
    SetConfidence(Confidence),
    /// How the instances of a round are picked.
    SetStrategy(Strategy),
    /// Select the instances within a line on the map, in its coordinates.
    Lasso(Vec<[f32; 2]>),
    /// Select those within a line around rows that are laid out.
    LassoEmbedded(Vec<[f32; 2]>),
    /// Select those whose features lie in all of these ranges.
    Brush(Vec<FeatureRange>),
    /// Select nothing.
    ClearLasso,
    /// Compute something that a panel shows.
    Ask(Ask),
}

/// Something that a panel shows and the worker computes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ask {
    /// The explanation of the current candidate.
    Why,
    /// The relevance maps.
    RelevanceGrid,
    /// What the last training changed.
    Change,
    /// The map of the model before the last training.
    Earlier,
    /// The replay by the oracle.
    Oracle,
    /// The rows of the list.
    List,
    /// The instances that are like the current candidate.
    Similar,
    /// The row of the current candidate as it stands in the file.
    Original,
    /// Rows, laid out.
    Embedding,
    /// The curves of a sequence, over the usual course or by its own time.
    Curves(usize, bool),
    /// How the current candidate and the sequence beside it lie to each other.
    Alignment,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_what_is_bundled_stand_for_it_where_no_file_has_them() {
        let named = |name: &str| OpenCommand::named(name.into(), ReadOptions::default());
        assert!(matches!(named("subspaces"), OpenCommand::Toy(toy) if toy.name == "subspaces"));
        assert!(matches!(named("woven"), OpenCommand::Images(toy) if toy.name == "woven"));
        assert!(matches!(named("strokes"), OpenCommand::File(..)));
        assert!(matches!(named("subspaces.csv"), OpenCommand::File(..)));
        // The folder of the sources is there wherever the tests run.
        assert!(matches!(named("src"), OpenCommand::File(..)));
    }
}
