//! A session from one run to the next: taken up, told to a journal, played back.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::event::Log;
use super::{Answer, Event, Outcome, Position, Session, Step, StoppingRule, candidates};
use crate::detector::{Model, Weights};

impl Session {
    /// Takes up a history where it was left: `place` of its `steps` are done. `first` are asked
    /// before all others.
    pub fn resume(
        primed: Arc<Weights>,
        batch: usize,
        steps: Vec<Step>,
        cursor: usize,
        first: Vec<usize>,
    ) -> Self {
        Self {
            batch: batch.max(1),
            automatic: true,
            stopping: StoppingRule::default(),
            primed,
            cursor: cursor.min(steps.len()),
            steps,
            first,
            log: None,
            home: None,
        }
    }

    /// Remembers from here on what happens, for [`Self::take_log`].
    pub fn keep_log(&mut self) {
        self.log.get_or_insert_default();
    }

    /// The same, where the stream of what happens does not begin here but at a position of it.
    pub fn keep_log_from(&mut self, position: Position) {
        self.log = Some(Log {
            events: Vec::new(),
            position,
        });
    }

    /// What happened since this was last asked.
    pub fn take_log(&mut self) -> Vec<Event> {
        let log = self.log.as_mut();
        log.map(|log| std::mem::take(&mut log.events))
            .unwrap_or_default()
    }

    /// Whether something happened since then.
    pub fn has_log(&self) -> bool {
        self.log.as_ref().is_some_and(|log| !log.events.is_empty())
    }

    /// How far the stream of what happened has got, taken or not.
    pub fn position(&self) -> Position {
        self.log
            .as_ref()
            .map_or_else(Position::default, |log| log.position)
    }

    /// All steps, the undone ones too.
    pub fn history(&self) -> &[Step] {
        &self.steps
    }

    /// How many steps are done.
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// Instances to ask about before all others: those on which two analysts disagreed.
    pub fn first(&self) -> &[usize] {
        &self.first
    }

    /// Whom to ask about next: [`candidates()`], after those that come first.
    pub fn candidates(&self, model: &Model) -> Vec<usize> {
        self.candidates_without(model, &self.answers())
    }

    /// The same, where the answers in force are at hand.
    pub fn candidates_without(
        &self,
        model: &Model,
        answers: &BTreeMap<usize, Answer>,
    ) -> Vec<usize> {
        let mut asked = self.first.clone();
        asked.retain(|instance| !answers.contains_key(instance));
        let mut others = candidates(model, answers, self.batch);
        others.retain(|instance| !asked.contains(instance));
        asked.append(&mut others);
        asked
    }

    /// Plays the history back: looks at another place of it. Until [`Self::go_home`] nothing can be
    /// done, nothing is told to the journal, and nothing is trained that was not trained before.
    pub fn play(&mut self, cursor: usize) {
        self.home.get_or_insert(self.cursor);
        self.cursor = cursor.min(self.steps.len());
    }

    /// Ends playing back: all is as it was.
    pub fn go_home(&mut self) {
        if let Some(home) = self.home.take() {
            self.cursor = home;
        }
    }

    /// Whether the history is being played back.
    pub fn is_playing(&self) -> bool {
        self.home.is_some()
    }

    /// Moves on to the next place whose weights are at hand.
    pub fn forward_to_built(&mut self) {
        while self.weights().is_none() && self.cursor < self.steps.len() {
            match self.is_playing() {
                true => self.cursor += 1,
                false => drop(self.redo()),
            }
        }
    }

    /// Takes in what became of a training in an earlier run; false where none fell due with the
    /// step.
    pub(super) fn recall(&mut self, step: usize, outcome: Outcome) -> bool {
        let open = self
            .steps()
            .get(step)
            .is_some_and(|step| step.outcome.is_none());
        if open {
            self.steps[step].outcome = Some(outcome);
        }
        open
    }

    /// Brings the weights that a step is known to have ended with; others are not taken.
    pub(crate) fn bring(&mut self, step: usize, weights: &Weights) {
        if let Some(step) = self.steps.get_mut(step)
            && step.outcome == Some(Outcome::Unbuilt(weights.digest()))
        {
            step.outcome = Some(Outcome::Trained(Arc::new(weights.clone())));
        }
    }

    /// Forgets what happened, and no longer remembers it.
    pub fn drop_log(&mut self) {
        self.log = None;
    }
}
