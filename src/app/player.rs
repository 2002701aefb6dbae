//! Playing: the history of the session, step by step, or the oracle in the analyst's place.

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
    pub cursor: usize,
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
