//! How long frames take.

use std::collections::VecDeque;

/// Frames that the figures look back on.
const FRAMES: usize = 300;

/// The times of the last frames, in milliseconds of work (waiting for the screen not counted).
#[derive(Debug, Default)]
pub(super) struct FrameTimes {
    times: VecDeque<f32>,
}

impl FrameTimes {
    /// Takes in the seconds of a frame.
    pub(super) fn add(&mut self, seconds: f32) {
        if self.times.len() == FRAMES {
            self.times.pop_front();
        }
        self.times.push_back(seconds * 1000.0);
    }

    /// Median and largest of the last frames, as a sentence.
    pub(super) fn sentence(&self) -> String {
        let mut sorted: Vec<f32> = self.times.iter().copied().collect();
        sorted.sort_unstable_by(f32::total_cmp);
        let median = sorted.get(sorted.len() / 2).copied().unwrap_or(0.0);
        let largest = sorted.last().copied().unwrap_or(0.0);
        format!(
            "frame {median:.1} ms, worst of {} {largest:.1} ms",
            sorted.len()
        )
    }
}
