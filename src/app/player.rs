//! Playing: the history of the session, step by step, or the oracle in the analyst's place.

use super::Workspace;
use crate::numeric::local;

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

/// Steps a second, the least and the most.
pub const PACES: (f64, f64) = (0.25, 20.0);

/// What is played, and how fast.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Player {
    /// Whether the history moves on by itself.
    pub(super) running: bool,
    /// Whether the oracle answers.
    pub(super) oracle: bool,
    /// Steps a second.
    pub(super) pace: f64,
    /// When the last step was played.
    pub(super) last: Option<f64>,
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

impl Workspace {
    /// Looks at a place of the history, and at the instance that was answered there next.
    pub(super) fn play(&mut self, place: usize) {
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
    pub(super) fn is_at_rest(&self) -> bool {
        self.training.is_none()
            && self.is_settled()
            && self.session.due().is_none()
            && self.session.is_current(&self.model)
    }

    pub(super) fn last_act(&self) -> String {
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
