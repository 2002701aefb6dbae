//! The history of a session and the place in it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::event::Log;
use super::given::given_in_order;
use super::{
    Action, Answer, Event, MAX_NOTE, Mark, Outcome, OutcomeDigest, Reply, Step, StoppingRule, Tag,
    TrainingPlan,
};
use crate::detector::{LabelledInstance, Model, Weights};

/// A labelling session.
///
/// 1. Steps before the place are done, steps after it are undone; a new act drops the undone ones.
/// 2. An answer and then an undo is the identity, on answers, on weights and on what is due.
/// 3. Training falls due with the step that completes a batch of answers since the last training,
///    or that asks for it by hand, once there is a label. What it trains on are the answers up to
///    that step, however many more have been given meanwhile: how fast an analyst types must not
///    change the weights. It can be left to be asked for alone ([`Self::set_automatic`]).
/// 4. A session that was opened from a file has the weights at its position; those of earlier
///    revisions fall due like a training when the place moves to them.
#[derive(Clone, Debug, PartialEq)]
pub struct Session {
    pub(super) batch: usize,
    pub(super) automatic: bool,
    pub(super) stopping: StoppingRule,
    pub(super) primed: Arc<Weights>,
    pub(super) steps: Vec<Step>,
    pub(super) cursor: usize,
    pub(super) first: Vec<usize>,
    /// What happened since it was last told, where somebody wants to know.
    pub(super) log: Option<Log>,
    /// Where the analyst was before the history was played back.
    pub(super) home: Option<usize>,
}

impl Session {
    /// Begins a session from primed weights, with training after each `batch` answers.
    pub fn new(primed: Arc<Weights>, batch: usize) -> Self {
        Self {
            batch: batch.max(1),
            automatic: true,
            stopping: StoppingRule::default(),
            primed,
            steps: Vec::new(),
            cursor: 0,
            first: Vec::new(),
            log: None,
            home: None,
        }
    }

    fn note(&mut self, event: impl FnOnce() -> Event) {
        if let Some(log) = &mut self.log {
            log.push(event());
        }
    }

    /// The number of answers after which training falls due.
    pub fn batch(&self) -> usize {
        self.batch
    }

    /// Changes that number for the answers to come.
    pub fn set_batch(&mut self, batch: usize) {
        if batch.max(1) != self.batch {
            self.batch = batch.max(1);
            self.note(|| Event::Batch(batch.max(1)));
        }
    }

    /// Whether training falls due by itself.
    pub fn is_automatic(&self) -> bool {
        self.automatic
    }

    /// Lets training fall due by itself, or only when it is asked for.
    pub fn set_automatic(&mut self, automatic: bool) {
        if automatic != self.automatic {
            self.automatic = automatic;
            self.note(|| Event::Automatic(automatic));
        }
    }

    /// Changes when the analyst wants to stop.
    pub fn set_stopping(&mut self, rule: StoppingRule) {
        if rule != self.stopping {
            self.stopping = rule;
            self.note(|| Event::Stopping(rule));
        }
    }

    /// The steps that are done, oldest first.
    pub fn steps(&self) -> &[Step] {
        &self.steps[..self.cursor]
    }

    /// Records a sure answer to one instance, at no known time.
    pub fn answer(&mut self, instance: usize, answer: Answer) {
        self.act(Action::answer(instance, answer), None);
    }

    /// Records an act; `at` is when, in milliseconds since 1970 (UTC).
    ///
    /// Where there is nothing to train on, a wish to train is not recorded and the result is false;
    /// so it is with an answer to nothing, with taking back what was not given, and with a note of
    /// more than [`MAX_NOTE`] bytes.
    pub fn act(&mut self, action: Action, at: Option<u64>) -> bool {
        let possible = match &action {
            Action::Retrain => !labels_of(self.steps()).is_empty(),
            Action::Answer { instances, reply } => !instances.is_empty() && reply.is_sound(),
            Action::Withdraw { instances } => {
                let given = self.answers();
                instances
                    .iter()
                    .any(|instance| given.contains_key(instance))
            }
            Action::Carry {
                replies,
                notes,
                names,
                marks,
                ..
            } => {
                let is_empty = replies.is_empty() && notes.is_empty();
                !(is_empty && names.is_empty() && marks.is_empty())
            }
            Action::Mark { name, mark } => self.takes_mark(name, *mark),
            Action::Tag { instances, tag } => self.changes_tags(instances, *tag),
            Action::NameTag { tag, name } => {
                let (before, mut after) = (self.tag_names(), self.tag_names());
                after.set(*tag, name);
                before.validate(*tag, name).is_ok() && before != after
            }
            // A longer one could not be read back.
            Action::Note { text, .. } => text.len() <= MAX_NOTE,
        };
        let possible = possible && !self.is_playing();
        if possible {
            self.note(|| Event::Act(action.clone(), at));
            self.steps.truncate(self.cursor);
            self.steps.push(Step {
                action,
                at,
                outcome: None,
            });
            self.cursor += 1;
        }
        possible
    }

    /// Whether there is a step to take back.
    pub fn can_undo(&self) -> bool {
        self.cursor > 0 && !self.is_playing()
    }

    /// Whether there is an undone step.
    pub fn can_redo(&self) -> bool {
        self.cursor < self.steps.len() && !self.is_playing()
    }

    /// Takes the last step back and returns it.
    pub fn undo(&mut self) -> Option<&Action> {
        if self.can_undo() {
            self.note(|| Event::Undo);
            self.cursor -= 1;
            return Some(&self.steps[self.cursor].action);
        }
        None
    }

    /// Does the next undone step again and returns it.
    pub fn redo(&mut self) -> Option<&Action> {
        if self.can_redo() {
            self.note(|| Event::Redo);
            self.cursor += 1;
            return Some(&self.steps[self.cursor - 1].action);
        }
        None
    }

    /// The answers in force, by instance.
    pub fn answers(&self) -> BTreeMap<usize, Answer> {
        self.answers_in_order().collect()
    }

    /// The answers in force with how sure the analyst is of them, by instance.
    pub fn replies(&self) -> BTreeMap<usize, Reply> {
        replies_of(self.steps())
    }

    /// The answers in the order in which they were given, replaced ones included; those that were
    /// taken back are left out.
    pub fn answers_in_order(&self) -> impl Iterator<Item = (usize, Answer)> + '_ {
        let given = given_in_order(self.steps()).into_iter();
        given.map(|given| (given.instance, given.reply.answer))
    }

    /// The notes in force, by instance.
    pub fn notes(&self) -> BTreeMap<usize, &str> {
        let mut notes = BTreeMap::new();
        for step in self.steps() {
            match &step.action {
                Action::Note { instance, text } => {
                    notes.insert(*instance, text.as_str());
                }
                Action::Carry { notes: carried, .. } => {
                    let carried = carried.iter();
                    notes.extend(carried.map(|(instance, text)| (*instance, text.as_str())));
                }
                Action::Answer { .. }
                | Action::Withdraw { .. }
                | Action::Tag { .. }
                | Action::NameTag { .. }
                | Action::Mark { .. }
                | Action::Retrain => {}
            }
        }
        notes.retain(|_, text| !text.is_empty());
        notes
    }

    /// All answers and notes as one act, for a session with other settings; the answers with their
    /// times and in their order, replaced ones included, so that the list of them and the discovery
    /// curve stay as they are. `None` where there are none.
    pub fn carried(&self) -> Option<Action> {
        let given = given_in_order(self.steps());
        let notes = self.notes().into_iter();
        let notes: Vec<(usize, String)> = notes
            .map(|(instance, text)| (instance, text.to_owned()))
            .collect();
        let names = self.tag_names();
        let names: Vec<(Tag, String)> = (names.iter())
            .map(|(tag, name)| (tag, name.to_owned()))
            .collect();
        let marks: Vec<(String, Mark)> = self.marks().into_iter().collect();
        let is_any =
            !(given.is_empty() && notes.is_empty() && names.is_empty() && marks.is_empty());
        is_any.then(|| Action::Carry {
            times: given.iter().map(|given| given.at).collect(),
            replies: (given.iter().map(|given| (given.instance, given.reply))).collect(),
            notes,
            names,
            marks,
        })
    }

    /// The number of trainings behind the present weights.
    pub fn revision(&self) -> u64 {
        trained_before(self.steps())
    }

    /// The weights at the present position: those of the last training done, or the primed ones;
    /// `None` where they are still to be built.
    pub fn weights(&self) -> Option<&Arc<Weights>> {
        self.weights_of(self.steps())
    }

    fn weights_of<'a>(&'a self, steps: &'a [Step]) -> Option<&'a Arc<Weights>> {
        match steps.iter().rev().find(|step| step.is_revision()) {
            Some(step) => step.weights(),
            None => Some(&self.primed),
        }
    }

    /// The weights that the last training changed; `None` before any, and where they are not at
    /// hand.
    pub fn previous_weights(&self) -> Option<&Arc<Weights>> {
        let last = self.steps().iter().rposition(Step::is_revision)?;
        self.weights_of(&self.steps()[..last])
    }

    /// The instances that were answered for the last training: since the one before it.
    pub fn last_batch(&self) -> Vec<usize> {
        let Some(last) = self.steps().iter().rposition(Step::is_revision) else {
            return Vec::new();
        };
        let before = self.steps()[..last].iter().rposition(Step::is_revision);
        let batch = &self.steps()[before.map_or(0, |before| before + 1)..=last];
        let answers = batch.iter().filter(|step| step.action.answers() > 0);
        answers
            .flat_map(|step| step.action.instances().to_vec())
            .collect()
    }

    /// The weights that a training goes on from.
    pub fn weights_before(&self, plan: &TrainingPlan) -> &Arc<Weights> {
        let before = self.steps[..plan.step.min(self.steps.len())].iter().rev();
        before
            .filter_map(Step::weights)
            .next()
            .unwrap_or(&self.primed)
    }

    /// The digest of the weights that a training is known to end with: it was done before, and is
    /// done again because they are not at hand.
    pub fn known_digest(&self, plan: &TrainingPlan) -> Option<u64> {
        match self.steps.get(plan.step)?.outcome {
            Some(Outcome::Unbuilt(digest)) => Some(digest),
            _ => None,
        }
    }

    /// The next training: of the revisions that lead to the present position the earliest that is not
    /// at hand, else the earliest that fell due and has no outcome yet.
    pub fn due(&self) -> Option<TrainingPlan> {
        let playing = self.is_playing();
        self.unbuilt()
            .or_else(|| (!playing).then(|| self.fallen_due()).flatten())
    }

    fn unbuilt(&self) -> Option<TrainingPlan> {
        let steps = self.steps();
        let last = steps.iter().rposition(Step::is_revision)?;
        let built = steps[..=last]
            .iter()
            .rposition(|step| step.weights().is_some());
        let after = built.map_or(0, |built| built + 1);
        let step = (after..=last).find(|&step| steps[step].is_revision())?;
        Some(self.plan(step))
    }

    fn fallen_due(&self) -> Option<TrainingPlan> {
        let done = self
            .steps()
            .iter()
            .rposition(|step| step.outcome.is_some())
            .map_or(0, |last| last + 1);
        let mut since = 0;
        for (step, Step { action, .. }) in self.steps().iter().enumerate().skip(done) {
            let wanted = match action {
                Action::Answer { .. } | Action::Withdraw { .. } => {
                    since += action.answers();
                    self.automatic && since >= self.batch
                }
                Action::Note { .. }
                | Action::Tag { .. }
                | Action::NameTag { .. }
                | Action::Mark { .. } => false,
                Action::Carry { .. } | Action::Retrain => true,
            };
            if wanted && !labels_of(&self.steps[..=step]).is_empty() {
                return Some(self.plan(step));
            }
        }
        None
    }

    fn plan(&self, step: usize) -> TrainingPlan {
        TrainingPlan {
            step,
            revision: trained_before(&self.steps[..step]) + 1,
            labels: labels_of(&self.steps[..=step]),
        }
    }

    /// The number of answers after which training falls due, from the present position.
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
    /// and the outcome dropped. What was trained in an earlier run cannot be cancelled now.
    pub fn settle(&mut self, plan: &TrainingPlan, outcome: Outcome) -> bool {
        let known = self.known_digest(plan).is_some();
        let possible = !known || matches!(outcome, Outcome::Trained(_));
        let wanted = possible && self.due().as_ref() == Some(plan);
        if wanted {
            if !known {
                self.note(|| Event::Settled(plan.step, OutcomeDigest::of(&outcome)));
            }
            self.steps[plan.step].outcome = Some(outcome);
        }
        wanted
    }

    /// Whether a model is the one at the present position.
    pub fn is_current(&self, model: &Model) -> bool {
        self.weights()
            .is_some_and(|weights| Arc::ptr_eq(model.weights(), weights))
    }
}

fn replies_of(steps: &[Step]) -> BTreeMap<usize, Reply> {
    let given = given_in_order(steps).into_iter();
    given.map(|given| (given.instance, given.reply)).collect()
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

fn trained_before(steps: &[Step]) -> u64 {
    steps.iter().filter(|step| step.is_revision()).count() as u64
}
