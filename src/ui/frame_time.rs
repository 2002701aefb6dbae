//! How long frames take.

use std::collections::VecDeque;

/// Frames that the figures look back on.
const FRAMES: usize = 300;

/// The times of the last frames, in milliseconds of work (waiting for the screen not counted).
#[derive(Debug, Default)]
pub(super) struct FrameTimes {
    /// What the program itself takes.
    updates: VecDeque<f32>,
    /// The same with painting, which without a graphics card is most of it.
    whole: VecDeque<f32>,
}

impl FrameTimes {
    /// Takes in the seconds of the program's own part of a frame.
    pub(super) fn add_update(&mut self, seconds: f32) {
        add(&mut self.updates, seconds);
    }

    /// Takes in the seconds of a frame, painting included.
    pub(super) fn add_whole(&mut self, seconds: f32) {
        add(&mut self.whole, seconds);
    }

    /// Median and largest of the last frames, as a sentence.
    pub(super) fn sentence(&self) -> String {
        let [update, whole] = [&self.updates, &self.whole].map(median_and_worst);
        format!(
            "update {:.1} ms (worst {:.1}), with painting {:.1} ({:.1})",
            update[0], update[1], whole[0], whole[1]
        )
    }
}

fn add(times: &mut VecDeque<f32>, seconds: f32) {
    if times.len() == FRAMES {
        times.pop_front();
    }
    times.push_back(seconds * 1000.0);
}

fn median_and_worst(times: &VecDeque<f32>) -> [f32; 2] {
    let mut sorted: Vec<f32> = times.iter().copied().collect();
    sorted.sort_unstable_by(f32::total_cmp);
    let at = |index: usize| sorted.get(index).copied().unwrap_or(0.0);
    [at(sorted.len() / 2), at(sorted.len().saturating_sub(1))]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentence_tells_the_median_and_the_worst_of_the_last_frames() {
        let mut frames = FrameTimes::default();
        frames.add_update(1.0);
        for _ in 0..FRAMES {
            frames.add_update(0.001);
            frames.add_whole(0.002);
        }
        frames.add_whole(0.03);
        assert_eq!(
            frames.sentence(),
            "update 1.0 ms (worst 1.0), with painting 2.0 (30.0)"
        );
    }
}
