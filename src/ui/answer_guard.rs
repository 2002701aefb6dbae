//! Which instance the analyst has had before the eyes: the one that an answer is for.
//!
//! Keys can come faster than candidates. An answer is for what is on the screen when it is pressed:
//!
//! 1. Keys act in the order in which they were pressed, each on what the one before left.
//! 2. An answer is recorded for the current candidate if the candidate's pane has shown it for
//!    [`GUARD`] seconds, no menu lies over it, and no lasso holds others that could be meant.
//! 3. Every other answer is refused, and the foot of the window says how many and why: none vanishes,
//!    and none goes to a row that nobody can have read.
//! 4. A key that is held down repeats no answer.

use crate::app::{App, Command, SessionCommand, View, number};

/// Seconds that a candidate has to be shown before it can be answered: shorter than anybody reads,
/// longer than the time between two keys of one hand's movement.
pub(super) const GUARD: f64 = 0.15;

/// Seconds for which a refusal is told.
const TOLD: f64 = 5.0;

/// Why an answer is not recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// The candidate has only just appeared.
    TooSoon,
    /// There is no candidate on the screen yet.
    NotThere,
    /// Its pane is closed, or behind another one.
    Hidden,
    /// A menu or a list lies over the window.
    Covered,
    /// So many instances are selected by the lasso.
    Selected(usize),
    /// The key is held down.
    Held,
}

/// What was shown, and what was refused.
#[derive(Debug, Default)]
pub(super) struct AnswerGuard {
    /// The candidate that the last frame showed, and since when.
    shown: Option<(usize, f64)>,
    refused: Option<(Refusal, usize, f64)>,
}

/// Whether a command answers the current candidate.
pub(super) fn answers_current(command: &Command) -> bool {
    matches!(
        command,
        Command::Session(
            SessionCommand::Answer(_) | SessionCommand::Current(_) | SessionCommand::TagCurrent(_)
        )
    )
}

impl AnswerGuard {
    /// A frame has shown this candidate, or none.
    pub(super) fn show(&mut self, candidate: Option<usize>, now: f64) {
        let same = self.shown.filter(|(shown, _)| Some(*shown) == candidate);
        self.shown = same.or(candidate.map(|candidate| (candidate, now)));
    }

    /// Why an answer to the current candidate is not to be recorded, if so.
    pub(super) fn refusal(&self, app: &App, is_covered: bool, now: f64) -> Option<Refusal> {
        if is_covered {
            return Some(Refusal::Covered);
        }
        let workspace = app.workspace()?;
        let lasso = workspace.lasso().map_or(0, |lasso| lasso.instances.len());
        if lasso > 0 {
            return Some(Refusal::Selected(lasso));
        }
        match (workspace.selected(), self.shown) {
            // Where nothing is left to ask, the application says so.
            (None, _) if !workspace.is_training() => None,
            (None, _) => Some(Refusal::NotThere),
            (Some(_), None) => Some(Refusal::Hidden),
            (Some(at), Some((shown, since))) => {
                (at != shown || now - since < GUARD).then_some(Refusal::TooSoon)
            }
        }
    }

    /// Tells of an answer that is not recorded.
    pub(super) fn refuse(&mut self, refusal: Refusal, now: f64) {
        let before = self.told(now).map_or(0, |(_, count)| count);
        self.refused = Some((refusal, before + 1, now));
    }

    /// The last refusal and how many there were in a row, while they are told.
    fn told(&self, now: f64) -> Option<(&Refusal, usize)> {
        let (refusal, count, at) = self.refused.as_ref()?;
        (now - at < TOLD).then_some((refusal, *count))
    }

    /// What is said of answers that were refused, while it is, and the seconds until it is not.
    pub(super) fn sentence(&self, now: f64) -> Option<(String, f64)> {
        let (refusal, count) = self.told(now)?;
        let why = match refusal {
            Refusal::TooSoon => "the candidate had only just appeared".to_owned(),
            Refusal::NotThere => "the next candidate was not there yet".to_owned(),
            Refusal::Hidden => "the candidate was not in sight; its pane is shown now".to_owned(),
            Refusal::Covered => "a menu is open (Esc closes it)".to_owned(),
            Refusal::Selected(held) => format!(
                "{} selected: answer them by the buttons of the map, or press Esc",
                number::many(*held, "instance is", "instances are")
            ),
            Refusal::Held => "the key was held down".to_owned(),
        };
        let what = number::many(count, "answer", "answers");
        let left = self
            .refused
            .as_ref()
            .map_or(0.0, |(.., at)| TOLD - (now - at));
        Some((format!("{what} not recorded: {why}"), left))
    }
}

/// How many instances the lasso holds; Esc lets them go.
pub(super) fn has_selection(workspace: Option<View<'_>>) -> bool {
    workspace.is_some_and(|open| open.lasso().is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refusals_in_a_row_are_counted_and_told_for_a_while() {
        let mut answer_guard = AnswerGuard::default();
        assert_eq!(answer_guard.sentence(0.0), None);
        answer_guard.refuse(Refusal::TooSoon, 1.0);
        answer_guard.refuse(Refusal::NotThere, 2.0);
        let (text, left) = answer_guard.sentence(3.0).expect("a sentence");
        assert_eq!(
            text,
            "2 answers not recorded: the next candidate was not there yet"
        );
        assert_eq!(left, TOLD - 1.0);
        assert_eq!(answer_guard.sentence(2.0 + TOLD), None);
        answer_guard.refuse(Refusal::Held, 9.0);
        let (text, _) = answer_guard.sentence(9.0).expect("a sentence");
        assert!(text.starts_with("1 answer not recorded"), "{text}");
    }

    #[test]
    fn a_candidate_is_shown_since_it_first_was() {
        let mut answer_guard = AnswerGuard::default();
        answer_guard.show(Some(3), 1.0);
        answer_guard.show(Some(3), 2.0);
        assert_eq!(answer_guard.shown, Some((3, 1.0)));
        answer_guard.show(Some(4), 3.0);
        assert_eq!(answer_guard.shown, Some((4, 3.0)));
        answer_guard.show(None, 4.0);
        assert_eq!(answer_guard.shown, None);
    }
}
