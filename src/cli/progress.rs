//! A progress bar on a terminal, and the clock of a replay.

use std::io::{IsTerminal, stderr, stdout};
use std::time::Instant;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::numeric::{Cancelled, Watch};

/// Makes a bar over all queries; hidden unless both outputs are a terminal, so that nothing of it
/// ends in a pipe or a log.
pub(super) fn bar(queries: u64) -> ProgressBar {
    let shown = stdout().is_terminal() && stderr().is_terminal();
    let target = if shown {
        ProgressDrawTarget::stderr()
    } else {
        ProgressDrawTarget::hidden()
    };
    let bar = ProgressBar::with_draw_target(Some(queries), target);
    if let Ok(style) =
        ProgressStyle::with_template("{bar:40} {pos}/{len} queries  {msg}  {eta} left")
    {
        bar.set_style(style);
    }
    bar
}

/// A bar over the rows of a table or the steps of a training, how many there are being known or
/// not; hidden as [`bar`] is.
pub(super) struct RowBar(ProgressBar);

impl RowBar {
    pub(super) fn new() -> Self {
        let bar = bar(0);
        if let Ok(style) = ProgressStyle::with_template("{msg}: {human_pos}  {elapsed}") {
            bar.set_style(style);
        }
        Self(bar)
    }

    /// Takes it off the screen.
    pub(super) fn clear(&self) {
        self.0.finish_and_clear();
    }
}

impl Watch for RowBar {
    fn step(&mut self, phase: &'static str, done: usize, _total: usize) -> Result<(), Cancelled> {
        self.0.set_message(phase);
        self.0.set_position(done as u64);
        Ok(())
    }
}

/// Times the phases of a fit by when each reports first.
pub(super) struct PhaseClock {
    began: Instant,
    priming: Option<Instant>,
}

impl PhaseClock {
    pub(super) fn start() -> Self {
        Self {
            began: Instant::now(),
            priming: None,
        }
    }

    /// Seconds of fitting detectors, and of priming.
    pub(super) fn stop(self) -> (f64, f64) {
        let end = Instant::now();
        let middle = self.priming.unwrap_or(end);
        (
            (middle - self.began).as_secs_f64(),
            (end - middle).as_secs_f64(),
        )
    }
}

impl Watch for PhaseClock {
    fn step(&mut self, phase: &'static str, _done: usize, _total: usize) -> Result<(), Cancelled> {
        if phase == crate::network::PRIMING && self.priming.is_none() {
            self.priming = Some(Instant::now());
        }
        Ok(())
    }
}
