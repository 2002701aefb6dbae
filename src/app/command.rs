//! What an analyst can ask for.

use std::path::{Path, PathBuf};

use super::{
    Ask, Message, PlayCommand, PresetCommand, SaveCommand, SessionCommand, ViewCommand, Workspace,
    WriteCommand,
};
use crate::dataset::{ReadOptions, Toy, toys};
use crate::detector::Settings;
use crate::disk::exists;
use crate::imaging::{ImageToy, image_toys};
use crate::worker::Kind;

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

impl Command {
    /// Asks for something that a panel shows, where it is needed.
    pub fn for_panel(workspace: &Workspace, ask: Ask) -> Option<Self> {
        workspace
            .wants(ask)
            .then_some(Self::View(ViewCommand::Ask(ask)))
    }
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
