//! How far the analyst is, and whether to go on.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::{App, Message, Workspace};
use crate::numeric::number;
use crate::session::{Answer, Pace, Stop};

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

impl Workspace {
    /// How fast the analyst answers at present; `None` before it is known.
    pub fn pace(&self) -> Option<Pace> {
        self.derived.pace
    }

    /// Minutes that the candidates without an answer take at this pace.
    pub fn minutes_left(&self) -> Option<f64> {
        let pace = self.pace()?;
        Some(self.remaining().candidates as f64 / pace.per_minute)
    }

    /// The parts of the analyst's stopping rule that are met.
    pub fn stops(&self) -> &[Stop] {
        &self.derived.stops
    }

    /// A part of the stopping rule that is met, in words.
    pub fn stop_in_words(stop: &Stop) -> String {
        match stop {
            Stop::Nominals(row) => {
                format!("{} in a row", number::many(*row, "nominal", "nominals"))
            }
            Stop::Expected(left) => format!("about {left:.1} anomalies are left"),
            Stop::Budget(spent) => {
                format!("{} spent", number::many(*spent, "query", "queries"))
            }
        }
    }
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
                .session
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
        if workspace.session.is_playing() {
            return;
        }
        let kinds: Vec<_> = (workspace.derived.stops.iter())
            .map(std::mem::discriminant)
            .collect();
        let is_new = |stop: &&Stop| {
            !workspace
                .told_stops
                .contains(&std::mem::discriminant(*stop))
        };
        let new = workspace.derived.stops.iter().filter(is_new);
        let words: Vec<String> = new.map(Workspace::stop_in_words).collect();
        workspace.told_stops = kinds;
        if !words.is_empty() {
            let words = words.join(", and ");
            self.say(Message::note(format!(
                "Your stopping rule is met: {words}."
            )));
        }
    }
}
