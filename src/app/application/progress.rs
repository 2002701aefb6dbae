//! How far the analyst is, and whether to go on.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::App;
use crate::app::{Message, View};
use crate::session::{Answer, Stop};

/// A session in a file, as lists of sessions show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptSession {
    /// Its file.
    pub path: PathBuf,
    /// What its table is called.
    pub table: String,
    /// Instances answered.
    pub answers: usize,
    /// Those of them that are anomalies.
    pub anomalies: usize,
    /// When it was last worked on, in milliseconds since 1970 (UTC), where that is known.
    pub at: Option<u64>,
}

impl App {
    /// The open session, if it has a file.
    pub fn kept_session(&self) -> Option<KeptSession> {
        let workspace = self.workspace()?;
        let answers = workspace.answers();
        let anomalies = answers.values().filter(|said| **said == Answer::Anomaly);
        Some(KeptSession {
            path: self.session_file()?.to_owned(),
            table: workspace.dataset().name().to_owned(),
            answers: answers.len(),
            anomalies: anomalies.count(),
            at: workspace
                .session()
                .steps()
                .iter()
                .rev()
                .find_map(|step| step.at),
        })
    }

    /// Tells once that a part of the stopping rule is met; when it is no longer, it can be told
    /// again.
    pub(super) fn tell_stops(&mut self) {
        let Some(workspace) = &mut self.workspace else {
            return;
        };
        // Played back, the history is not met again.
        if workspace.open.session.is_playing() {
            return;
        }
        let kinds: Vec<_> = (workspace.open.derived.stops.iter())
            .map(std::mem::discriminant)
            .collect();
        let is_new = |stop: &&Stop| {
            !workspace
                .open
                .told_stops
                .contains(&std::mem::discriminant(*stop))
        };
        let new = workspace.open.derived.stops.iter().filter(is_new);
        let words: Vec<String> = new.map(View::stop_in_words).collect();
        workspace.open.told_stops = kinds;
        if !words.is_empty() {
            let words = words.join(", and ");
            self.say(Message::note(format!(
                "Your stopping rule is met: {words}."
            )));
        }
    }
}
