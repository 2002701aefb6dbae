//! How fast an analyst answers.

use super::{Action, Session};

/// Milliseconds between two answers above which the analyst was elsewhere.
const PAUSE: u64 = 5 * 60_000;
/// Acts that the pace looks back on.
const WINDOW: usize = 30;

/// How fast an analyst answers at present.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pace {
    /// Instances answered a minute.
    pub per_minute: f64,
    /// The answers that it was learnt from.
    pub answers: usize,
}

impl Session {
    /// The pace of the last 30 acts of answering whose time is known; `None` where there are not two
    /// of them. Pauses of more than five minutes are left out: that time was spent elsewhere.
    pub fn pace(&self) -> Option<Pace> {
        let acts = self.steps().iter().rev().filter_map(|step| {
            let is_answer = matches!(step.action, Action::Answer { .. });
            Some((step.at.filter(|_| is_answer)?, step.action.answers()))
        });
        let acts: Vec<(u64, usize)> = acts.take(WINDOW).collect();
        let (mut spent, mut answers) = (0, 0);
        for pair in acts.windows(2) {
            let [(after, count), (before, _)] = [pair[0], pair[1]];
            let between = after.saturating_sub(before);
            if between <= PAUSE {
                spent += between;
                answers += count;
            }
        }
        (spent > 0 && answers > 0).then(|| Pace {
            per_minute: answers as f64 * 60_000.0 / spent as f64,
            answers,
        })
    }
}
