//! The history of a session and the place in it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Action, Answer, Outcome, Reply, Step, TrainingPlan};
use crate::detector::{LabelledInstance, Model, Weights};

/// A labelling session.
///
/// 1. Steps before the place are done, steps after it are undone; a new act drops the undone ones.
/// 2. An answer and then an undo is the identity, on answers, on weights and on what is due.
/// 3. Training falls due with the step that completes a batch of answers since the last training,
///    or that asks for it by hand, once there is a label. What it trains on are the answers up to
///    that step, however many more have been given meanwhile: how fast an analyst types must not
///    change the weights.
#[derive(Clone, Debug, PartialEq)]
pub struct Session {
    batch: usize,
    primed: Arc<Weights>,
    steps: Vec<Step>,
    place: usize,
}

impl Session {
    /// Begins a session from primed weights, with training after each `batch` answers.
    pub fn new(primed: Arc<Weights>, batch: usize) -> Self {
        Self {
            batch: batch.max(1),
            primed,
            steps: Vec::new(),
            place: 0,
        }
    }

    /// The number of answers after which training falls due.
    pub fn batch(&self) -> usize {
        self.batch
    }

    /// Changes that number for the answers to come.
    pub fn set_batch(&mut self, batch: usize) {
        self.batch = batch.max(1);
    }

    /// The steps that are done, oldest first.
    pub fn steps(&self) -> &[Step] {
        &self.steps[..self.place]
    }

    /// Records a sure answer to one instance, at no known time.
    pub fn answer(&mut self, instance: usize, answer: Answer) {
        self.act(Action::answer(instance, answer), None);
    }

    /// Records an act; `at` is when, in milliseconds since 1970 (UTC).
    ///
    /// Where there is nothing to train on, a wish to train is not recorded and the result is false;
    /// so it is with an answer to nothing.
    pub fn act(&mut self, action: Action, at: Option<u64>) -> bool {
        let possible = match &action {
            Action::Retrain => !labels_of(self.steps()).is_empty(),
            Action::Answer { instances, .. } => !instances.is_empty(),
            Action::Note { .. } => true,
        };
        if possible {
            self.steps.truncate(self.place);
            self.steps.push(Step {
                action,
                at,
                outcome: None,
            });
            self.place += 1;
        }
        possible
    }

    /// Whether there is a step to take back.
    pub fn can_undo(&self) -> bool {
        self.place > 0
    }

    /// Whether there is an undone step.
    pub fn can_redo(&self) -> bool {
        self.place < self.steps.len()
    }

    /// Takes the last step back and returns it.
    pub fn undo(&mut self) -> Option<&Action> {
        self.place = self.place.checked_sub(1)?;
        Some(&self.steps[self.place].action)
    }

    /// Does the next undone step again and returns it.
    pub fn redo(&mut self) -> Option<&Action> {
        let step = self.steps.get(self.place)?;
        self.place += 1;
        Some(&step.action)
    }

    /// The answers in force, by instance.
    pub fn answers(&self) -> BTreeMap<usize, Answer> {
        self.answers_in_order().collect()
    }

    /// The answers in force with how sure the analyst is of them, by instance.
    pub fn replies(&self) -> BTreeMap<usize, Reply> {
        replies_of(self.steps())
    }

    /// The answers in the order in which they were given, replaced ones included.
    pub fn answers_in_order(&self) -> impl Iterator<Item = (usize, Answer)> + '_ {
        replies_in_order(self.steps()).map(|(instance, reply)| (instance, reply.answer))
    }

    /// The notes in force, by instance.
    pub fn notes(&self) -> BTreeMap<usize, &str> {
        let mut notes = BTreeMap::new();
        for step in self.steps() {
            if let Action::Note { instance, text } = &step.action {
                notes.insert(*instance, text.as_str());
            }
        }
        notes.retain(|_, text| !text.is_empty());
        notes
    }

    /// The number of trainings behind the present weights.
    pub fn revision(&self) -> u64 {
        trained_before(self.steps())
    }

    /// The weights of the present place: those of the last training done, or the primed ones.
    pub fn weights(&self) -> &Arc<Weights> {
        last_weights(self.steps()).unwrap_or(&self.primed)
    }

    /// The weights that the last training changed; `None` before any.
    pub fn previous_weights(&self) -> Option<&Arc<Weights>> {
        let is_training = |step: &Step| matches!(step.outcome, Some(Outcome::Trained(_)));
        let last = self.steps().iter().rposition(is_training)?;
        Some(last_weights(&self.steps()[..last]).unwrap_or(&self.primed))
    }

    /// The instances that were answered for the last training: since the one before it.
    pub fn last_batch(&self) -> Vec<usize> {
        let is_training = |step: &Step| matches!(step.outcome, Some(Outcome::Trained(_)));
        let Some(last) = self.steps().iter().rposition(is_training) else {
            return Vec::new();
        };
        let before = self.steps()[..last].iter().rposition(is_training);
        let batch = &self.steps()[before.map_or(0, |before| before + 1)..=last];
        let answers = batch.iter().filter(|step| step.action.answers() > 0);
        answers
            .flat_map(|step| step.action.instances().to_vec())
            .collect()
    }

    /// The earliest training that is due and has no outcome yet.
    pub fn due(&self) -> Option<TrainingPlan> {
        let done = self
            .steps()
            .iter()
            .rposition(|step| step.outcome.is_some())
            .map_or(0, |last| last + 1);
        let mut since = 0;
        for (step, Step { action, .. }) in self.steps().iter().enumerate().skip(done) {
            let wanted = match action {
                Action::Answer { instances, .. } => {
                    since += instances.len();
                    since >= self.batch
                }
                Action::Note { .. } => false,
                Action::Retrain => true,
            };
            if wanted {
                let until = &self.steps[..=step];
                let labels = labels_of(until);
                if !labels.is_empty() {
                    return Some(TrainingPlan {
                        step,
                        revision: trained_before(until) + 1,
                        labels,
                    });
                }
            }
        }
        None
    }

    /// The number of answers after which training falls due, from the present place.
    pub fn until_due(&self) -> usize {
        let since = self
            .steps()
            .iter()
            .rev()
            .take_while(|step| step.outcome.is_none());
        let answers: usize = since.map(|step| step.action.answers()).sum();
        self.batch.saturating_sub(answers).max(1)
    }

    /// Takes in what became of a training; false when its step was undone or replaced meanwhile,
    /// and the outcome dropped.
    pub fn settle(&mut self, plan: &TrainingPlan, outcome: Outcome) -> bool {
        let wanted = self.due().as_ref() == Some(plan);
        if wanted {
            self.steps[plan.step].outcome = Some(outcome);
        }
        wanted
    }

    /// Whether a model is the one of the present place.
    pub fn is_current(&self, model: &Model) -> bool {
        Arc::ptr_eq(model.weights(), self.weights())
    }
}

fn replies_in_order(steps: &[Step]) -> impl Iterator<Item = (usize, Reply)> + '_ {
    steps.iter().flat_map(|step| {
        let (instances, reply) = match &step.action {
            Action::Answer { instances, reply } => (instances.as_slice(), Some(*reply)),
            Action::Note { .. } | Action::Retrain => (&[][..], None),
        };
        (instances.iter()).filter_map(move |&instance| Some((instance, reply?)))
    })
}

fn replies_of(steps: &[Step]) -> BTreeMap<usize, Reply> {
    replies_in_order(steps).collect()
}

fn labels_of(steps: &[Step]) -> Vec<LabelledInstance> {
    let labelled = replies_of(steps)
        .into_iter()
        .filter_map(|(instance, reply)| {
            Some(LabelledInstance {
                instance,
                label: reply.answer.label()?,
                weight: reply.confidence.weight(),
            })
        });
    labelled.collect()
}

fn last_weights(steps: &[Step]) -> Option<&Arc<Weights>> {
    steps.iter().rev().find_map(|step| match &step.outcome {
        Some(Outcome::Trained(weights)) => Some(weights),
        _ => None,
    })
}

fn trained_before(steps: &[Step]) -> u64 {
    steps
        .iter()
        .filter(|step| matches!(step.outcome, Some(Outcome::Trained(_))))
        .count() as u64
}
