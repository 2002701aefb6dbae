//! What was open when the page was left.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::app::{App, OpenCommand, Origin, ReadOptions, View, toys};

/// What is opened at the next start.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(in crate::ui) enum Last {
    /// A session that was saved.
    Session(PathBuf),
    /// A table; what was answered on it is in its journal.
    Table(Origin),
}

impl Last {
    /// What is open now; `None` where nothing is that could be opened again.
    pub(in crate::ui) fn of(app: &App) -> Option<Self> {
        if let Some(session) = app.kept_session() {
            return Some(Self::Session(session.path));
        }
        let origin = app.workspace().map(View::dataset)?.origin()?;
        Some(Self::Table(origin.clone()))
    }
}

/// What opens that again; at the first start the first toy table.
pub(super) fn command(last: Option<&Last>) -> OpenCommand {
    match last {
        Some(Last::Session(path)) => OpenCommand::Session(path.clone(), None),
        Some(Last::Table(Origin::Toy(name))) => {
            OpenCommand::named(name.into(), ReadOptions::default())
        }
        Some(Last::Table(origin)) => match origin.path() {
            Some(path) => OpenCommand::File(path, origin.read_options()),
            None => OpenCommand::Show(None),
        },
        None => toys()
            .first()
            .map_or(OpenCommand::Show(None), OpenCommand::Toy),
    }
}
