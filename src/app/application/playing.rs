//! Plays: the history of the session by the clock, or the answers of the oracle.

use super::App;
use crate::app::{Command, Message, PACES, PlayCommand, PlayerView, SessionCommand};
use crate::session::Answer;

/// Seconds after which a model that is still being built is asked for again.
const SOON: f64 = 0.02;

impl App {
    /// What the panel of playing shows; `None` without a session.
    pub fn player(&self) -> Option<PlayerView> {
        let workspace = self.workspace.as_ref()?;
        let player = workspace.player;
        let open = workspace.view();
        let session = open.session();
        Some(PlayerView {
            cursor: session.cursor(),
            steps: session.history().len(),
            revision: session.revision(),
            is_playing: session.is_playing(),
            is_running: player.running,
            is_oracle: player.oracle,
            knows_truth: open.dataset().truth().is_some(),
            pace: player.pace,
            act: open.last_act(),
        })
    }

    /// Carries out what was asked for about playing.
    pub(super) fn play(&mut self, command: PlayCommand) {
        let read_only = self.is_read_only();
        let Some(workspace) = &mut self.workspace else {
            return;
        };
        workspace.player.last = None;
        match command {
            PlayCommand::Go(cursor) => {
                workspace.player.oracle = false;
                workspace.play(cursor);
            }
            PlayCommand::Run(running) => {
                workspace.player.oracle = false;
                let session = &workspace.open.session;
                if running && session.cursor() == session.history().len() {
                    workspace.play(0);
                }
                workspace.player.running = running;
            }
            PlayCommand::Pace(pace) => workspace.player.pace = pace.clamp(PACES.0, PACES.1),
            PlayCommand::Leave => workspace.leave_playing(),
            PlayCommand::Oracle(answers) => {
                workspace.leave_playing();
                workspace.player.oracle = answers && !read_only;
                if answers && read_only {
                    self.say(Message::note(
                        "This window is read-only: the oracle cannot answer here.",
                    ));
                }
            }
        }
    }

    /// Plays on; returns the seconds after which to call again, if something is played.
    pub(super) fn tick_player(&mut self, now: f64) -> Option<f64> {
        let workspace = self.workspace.as_mut()?;
        let player = workspace.player;
        if !player.running && !player.oracle {
            return None;
        }
        let last = *workspace.player.last.get_or_insert(now);
        let left = 1.0 / player.pace - (now - last);
        if left > 0.0 {
            return Some(left);
        }
        // What is not seen yet is not passed over.
        if !workspace.open.is_at_rest() {
            return Some(SOON);
        }
        workspace.player.last = Some(now);
        if player.oracle {
            self.answer_by_truth();
        } else {
            let cursor = workspace.open.session.cursor() + 1;
            workspace.play(cursor);
            workspace.player.running = cursor < workspace.open.session.history().len();
            self.request();
        }
        Some(1.0 / player.pace)
    }

    fn answer_by_truth(&mut self) {
        let Some(workspace) = &mut self.workspace else {
            return;
        };
        let open = workspace.view();
        match (open.dataset().truth(), open.selected()) {
            (Some(truth), Some(instance)) if !open.answers().contains_key(&instance) => {
                let answer = truth.label(instance).map_or(Answer::Unsure, Answer::from);
                self.apply(Command::Session(SessionCommand::Answer(answer)));
            }
            (Some(_), _) if !open.candidates().is_empty() => workspace.select_best(),
            _ => workspace.player.oracle = false,
        }
    }
}
