//! Playing: the history of the session, step by step, or the oracle in the analyst's place.

use super::{App, Command, Message, Workspace};
use crate::numeric::local;
use crate::session::Answer;

/// A wish about playing.
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

/// Steps a second, the least and the most.
pub const PACES: (f64, f64) = (0.25, 20.0);

/// Seconds after which a model that is still being built is asked for again.
const SOON: f64 = 0.02;

/// What is played, and how fast.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Player {
    /// Whether the history moves on by itself.
    running: bool,
    /// Whether the oracle answers.
    oracle: bool,
    /// Steps a second.
    pace: f64,
    /// When the last step was played.
    last: Option<f64>,
}

impl Default for Player {
    fn default() -> Self {
        Self {
            running: false,
            oracle: false,
            pace: 2.0,
            last: None,
        }
    }
}

/// What the panel of playing shows.
#[derive(Clone, Debug, PartialEq)]
pub struct PlayerView {
    /// Steps done at the place that is looked at.
    pub place: usize,
    /// Steps of the whole history.
    pub steps: usize,
    /// The revision there.
    pub revision: u64,
    /// Whether the history is played back, so that nothing can be done to it.
    pub is_playing: bool,
    /// Whether it moves on by itself.
    pub is_running: bool,
    /// Whether the oracle answers.
    pub is_oracle: bool,
    /// Whether there is a truth that it could answer from.
    pub knows_truth: bool,
    /// Steps a second.
    pub pace: f64,
    /// What the last step done there was.
    pub act: String,
}

impl App {
    /// What the panel of playing shows; `None` without a session.
    pub fn player(&self) -> Option<PlayerView> {
        let workspace = self.workspace()?;
        let session = workspace.session();
        let player = workspace.player;
        Some(PlayerView {
            place: session.cursor(),
            steps: session.history().len(),
            revision: session.revision(),
            is_playing: session.is_playing(),
            is_running: player.running,
            is_oracle: player.oracle,
            knows_truth: workspace.dataset().truth().is_some(),
            pace: player.pace,
            act: workspace.last_act(),
        })
    }

    /// Carries out a wish about playing.
    pub(super) fn play(&mut self, command: PlayCommand) {
        let read_only = self.is_read_only();
        let Some(workspace) = &mut self.workspace else {
            return;
        };
        workspace.player.last = None;
        match command {
            PlayCommand::Go(place) => {
                workspace.player.oracle = false;
                workspace.play(place);
            }
            PlayCommand::Run(running) => {
                workspace.player.oracle = false;
                let session = &workspace.session;
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
        if !workspace.is_at_rest() {
            return Some(SOON);
        }
        workspace.player.last = Some(now);
        if player.oracle {
            self.answer_by_truth();
        } else {
            let place = workspace.session.cursor() + 1;
            workspace.play(place);
            workspace.player.running = place < workspace.session.history().len();
            self.request();
        }
        Some(1.0 / player.pace)
    }

    fn answer_by_truth(&mut self) {
        let Some(workspace) = &mut self.workspace else {
            return;
        };
        let truth = workspace.dataset().truth();
        match (truth, workspace.selected()) {
            (Some(truth), Some(instance)) if !workspace.answers().contains_key(&instance) => {
                let answer = truth.label(instance).map_or(Answer::Unsure, Answer::from);
                self.apply(Command::Answer(answer));
            }
            (Some(_), _) if !workspace.candidates().is_empty() => workspace.select_best(),
            _ => workspace.player.oracle = false,
        }
    }
}

impl Workspace {
    /// Looks at a place of the history, and at the instance that was answered there next.
    fn play(&mut self, place: usize) {
        self.session.play(place);
        self.refresh();
        let next = self.session.history().get(self.session.cursor());
        let next = next.and_then(|step| step.action.instances().first().copied());
        match next {
            Some(instance) => self.select(Some(instance)),
            None => self.select_best(),
        }
    }

    pub(super) fn leave_playing(&mut self) {
        self.player.running = false;
        if self.session.is_playing() {
            self.session.go_home();
            self.refresh();
            self.select_when_known();
        }
    }

    /// Whether the screen shows the model at the present position, and nothing is under way.
    fn is_at_rest(&self) -> bool {
        self.training.is_none()
            && self.is_settled()
            && self.session.due().is_none()
            && self.session.is_current(&self.model)
    }

    fn last_act(&self) -> String {
        let Some(step) = self.session.steps().last() else {
            return "before the first answer".to_owned();
        };
        let instances = step.action.instances();
        let what = self.dataset().id_column().unwrap_or("row");
        let names: Vec<String> = instances
            .iter()
            .take(3)
            .map(|&at| self.dataset().id(at))
            .collect();
        let more = if instances.len() > 3 { ", …" } else { "" };
        let name = step.action.name();
        let when = step
            .at
            .map_or_else(String::new, |at| format!(", {}", local(at)));
        match instances.is_empty() {
            true => format!("{name}{when}"),
            false => format!("{name}: {what} {}{more}{when}", names.join(", ")),
        }
    }
}
