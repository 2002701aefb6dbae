//! What holds of every session, whatever the analyst does in whatever order.

use std::collections::BTreeMap;
use std::sync::Arc;

use glad::detector::{Model, SourcePerformance, Weights};
use glad::network::{AdamMoments, CellTable, Layout, NetworkState};
use glad::session::{
    Action, Answer, Confidence, Outcome, Reason, Reply, Session, Strategy as Picking, candidates,
    pick,
};
use proptest::prelude::*;

use crate::common::clusters;

/// Weights that tell which training they came from.
fn weights(training: u64) -> Arc<Weights> {
    Arc::new(Weights {
        network: NetworkState {
            layout: Layout::new(0, &[], 1),
            weights: vec![training as f32],
            adam: AdamMoments::default(),
        },
        cells: CellTable::default(),
        cautious: CellTable::default(),
        performance: SourcePerformance::default(),
    })
}

/// The training that a session's weights came from.
fn training(session: &Session) -> f32 {
    session.weights().expect("at hand").network.weights[0]
}

fn session(batch: usize) -> Session {
    Session::new(weights(0), batch)
}

/// Ends every training that is due, as a worker would.
fn train(session: &mut Session) {
    while let Some(plan) = session.due() {
        let trained = Outcome::Trained(weights(plan.revision));
        assert!(session.settle(&plan, trained));
    }
}

#[derive(Clone, Debug)]
enum Act {
    Answer(usize, Answer),
    Withdraw(usize),
    Retrain,
    Undo,
    Redo,
    Train,
}

fn act() -> impl Strategy<Value = Act> {
    let answer = (0..12_usize, 0..4_usize);
    prop_oneof![
        4 => answer.prop_map(|(instance, which)| Act::Answer(instance, Answer::ALL[which])),
        1 => (0..12_usize).prop_map(Act::Withdraw),
        1 => Just(Act::Retrain),
        2 => Just(Act::Undo),
        2 => Just(Act::Redo),
        3 => Just(Act::Train),
    ]
}

fn perform(session: &mut Session, act: &Act) {
    match act {
        Act::Answer(instance, answer) => session.answer(*instance, *answer),
        Act::Withdraw(instance) => {
            let instances = vec![*instance];
            session.act(Action::Withdraw { instances }, None);
        }
        Act::Retrain => {
            session.act(Action::Retrain, None);
        }
        Act::Undo => {
            session.undo();
        }
        Act::Redo => {
            session.redo();
        }
        Act::Train => train(session),
    }
}

/// All that an analyst can see of a session.
fn seen(session: &Session) -> (BTreeMap<usize, Answer>, u64, f32, bool, usize) {
    (
        session.answers(),
        session.revision(),
        training(session),
        session.due().is_some(),
        session.until_due(),
    )
}

proptest! {
    #[test]
    fn an_answer_and_then_an_undo_is_the_identity(
        acts in prop::collection::vec(act(), 0..40), batch in 1..4_usize, instance in 0..12_usize,
    ) {
        let mut session = session(batch);
        acts.iter().for_each(|act| perform(&mut session, act));
        train(&mut session);
        let before = seen(&session);
        session.answer(instance, Answer::Anomaly);
        train(&mut session);
        let undone = matches!(session.undo(), Some(Action::Answer { .. }));
        prop_assert!(undone);
        prop_assert_eq!(seen(&session), before);
    }

    #[test]
    fn undoing_and_redoing_everything_changes_nothing(
        acts in prop::collection::vec(act(), 0..40), batch in 1..4_usize,
    ) {
        let mut session = session(batch);
        acts.iter().for_each(|act| perform(&mut session, act));
        train(&mut session);
        let before = seen(&session);
        let steps = session.steps().len();
        while session.undo().is_some() {}
        prop_assert!(session.answers().is_empty());
        prop_assert_eq!(training(&session), 0.0);
        for _ in 0..steps {
            session.redo();
        }
        prop_assert_eq!(seen(&session), before);
    }

    /// How fast an analyst types must not change what is trained on.
    #[test]
    fn trainings_are_the_same_however_late_they_run(
        answers in prop::collection::vec((0..12_usize, 0..4_usize), 0..30), batch in 1..5_usize,
    ) {
        let run = |at_once: bool| {
            let mut session = session(batch);
            let mut plans = Vec::new();
            let mut drain = |session: &mut Session| {
                while let Some(plan) = session.due() {
                    session.settle(&plan, Outcome::Trained(weights(plan.revision)));
                    plans.push(plan);
                }
            };
            for &(instance, which) in &answers {
                session.answer(instance, Answer::ALL[which]);
                if at_once {
                    drain(&mut session);
                }
            }
            drain(&mut session);
            plans
        };
        prop_assert_eq!(run(true), run(false));
    }
}

#[test]
fn training_falls_due_after_each_batch_with_a_label() {
    let mut session = session(2);
    session.answer(3, Answer::Unsure);
    session.answer(4, Answer::Skip);
    assert!(session.due().is_none(), "there is no label to train on");
    session.answer(5, Answer::Nominal);
    let plan = session.due().expect("three answers, one of them a label");
    assert_eq!((plan.step, plan.revision, plan.labels.len()), (2, 1, 1));
}

#[test]
fn a_cancelled_training_keeps_its_labels_for_the_next() {
    let mut session = session(1);
    session.answer(3, Answer::Anomaly);
    let plan = session.due().expect("a training");
    session.settle(&plan, Outcome::Cancelled);
    assert!(session.due().is_none() && session.revision() == 0);
    session.answer(4, Answer::Nominal);
    let plan = session.due().expect("a training");
    assert_eq!((plan.revision, plan.labels.len()), (1, 2));
}

#[test]
fn an_outcome_whose_step_was_undone_is_dropped() {
    let mut session = session(1);
    session.answer(3, Answer::Anomaly);
    let plan = session.due().expect("a training");
    session.undo();
    assert!(!session.settle(&plan, Outcome::Trained(weights(1))));
    assert_eq!(training(&session), 0.0);
    session.answer(3, Answer::Nominal);
    assert!(
        !session.settle(&plan, Outcome::Trained(weights(1))),
        "the label is another now"
    );
}

#[test]
fn retraining_needs_a_label() {
    let mut session = session(10);
    session.answer(3, Answer::Skip);
    assert!(!session.act(Action::Retrain, None));
    session.answer(4, Answer::Nominal);
    assert!(session.act(Action::Retrain, None));
    assert_eq!(session.due().map(|plan| plan.revision), Some(1));
}

#[test]
fn instances_answered_together_are_one_act() {
    let mut session = session(2);
    let together = Action::Answer {
        instances: vec![3, 5, 9],
        reply: Reply::new(Answer::Nominal, Confidence::Fairly),
    };
    assert!(session.act(together, Some(1_000)));
    let plan = session.due().expect("three answers");
    let weights: Vec<_> = plan
        .labels
        .iter()
        .map(|label| (label.instance, label.weight))
        .collect();
    assert_eq!(weights, [(3, 0.5), (5, 0.5), (9, 0.5)]);
    session.undo();
    assert!(session.answers().is_empty() && session.due().is_none());
    let nothing = Action::Answer {
        instances: Vec::new(),
        reply: Answer::Anomaly.into(),
    };
    assert!(!session.act(nothing, None), "an answer to nothing is none");
}

#[test]
fn a_note_is_an_act_that_trains_nothing() {
    let mut session = session(1);
    let note = |text: &str| Action::Note {
        instance: 4,
        text: text.to_owned(),
    };
    session.act(note("a valve, not a fault"), None);
    assert_eq!(session.notes()[&4], "a valve, not a fault");
    assert!(session.due().is_none() && session.until_due() == 1);
    session.act(note(""), None);
    assert!(session.notes().is_empty());
    session.undo();
    assert_eq!(session.notes().len(), 1);
}

#[test]
fn candidates_are_the_best_without_an_answer() {
    let model = Model::primed(clusters());
    let top = model.fitted().tau_rank() + 1;
    let mut answers = BTreeMap::new();
    let first = candidates(&model, &answers, 1);
    assert_eq!(first, model.top(top));
    answers.insert(first[0], Answer::Nominal);
    answers.insert(first[2], Answer::Unsure);
    let next = candidates(&model, &answers, 1);
    assert_eq!(next.len(), top);
    assert_eq!(next[..2], [first[1], first[3]]);
    assert_eq!(
        candidates(&model, &answers, 40).len(),
        40,
        "a batch is never cut short"
    );
}

#[test]
fn the_weights_before_the_last_training_and_its_answers_are_known() {
    let mut session = session(2);
    assert!(session.previous_weights().is_none() && session.last_batch().is_empty());
    for (instance, answer) in Answer::ALL.into_iter().enumerate() {
        session.answer(instance, answer);
        train(&mut session);
    }
    let before = |session: &Session| {
        let before = session.previous_weights().expect("a training");
        before.network.weights[0]
    };
    assert_eq!((training(&session), before(&session)), (2.0, 1.0));
    assert_eq!(session.last_batch(), [2, 3]);
    session.undo();
    assert_eq!((training(&session), before(&session)), (1.0, 0.0));
    assert_eq!(session.last_batch(), [0, 1]);
}

#[test]
fn an_answer_that_is_taken_back_is_open_again_and_trained_without() {
    let mut session = session(1);
    session.answer(3, Answer::Anomaly);
    session.answer(4, Answer::Nominal);
    train(&mut session);
    let back = Action::Withdraw { instances: vec![3] };
    assert!(session.act(back.clone(), None));
    let plan = session.due().expect("a training on what is left");
    let left: Vec<usize> = plan.labels.iter().map(|label| label.instance).collect();
    assert_eq!(left, [4]);
    assert_eq!(session.answers_in_order().count(), 1);
    assert!(!session.act(back, None), "there is nothing to take back");
    session.undo();
    assert_eq!(session.answers().len(), 2);
}

#[test]
fn answers_and_notes_are_carried_over_as_one_act_that_is_trained_on() {
    let mut old = session(5);
    assert!(old.carried().is_none());
    old.act(Action::answer(7, Answer::Anomaly), Some(10));
    old.act(Action::answer(2, Answer::Unsure), Some(20));
    old.act(Action::answer(8, Answer::Nominal), None);
    old.act(Action::answer(7, Answer::Nominal), Some(30));
    let text = "odd".to_owned();
    old.act(Action::Note { instance: 9, text }, Some(40));
    let carried = old.carried().expect("answers");
    let mut new = session(5);
    assert!(new.act(carried, Some(99)));
    assert_eq!(new.answers(), old.answers());
    assert_eq!(new.notes(), old.notes());
    assert_eq!(new.given(), old.given(), "with their times, newest first");
    let given: Vec<_> = new
        .given()
        .iter()
        .map(|one| (one.instance, one.at))
        .collect();
    assert_eq!(given, [(7, Some(30)), (8, None), (2, Some(20))]);
    let in_order = |session: &Session| session.answers_in_order().collect::<Vec<_>>();
    assert_eq!(
        in_order(&new),
        in_order(&old),
        "the discovery curve is the same"
    );
    assert_eq!(new.times().min(), Some(10));
    // And once more, as an analyst tries one setting after the other.
    let mut newer = session(5);
    assert!(newer.act(new.carried().expect("answers"), Some(100)));
    assert_eq!(newer.given(), old.given());
    assert_eq!(new.due().map(|plan| plan.labels.len()), Some(2));
    new.undo();
    assert!(new.answers().is_empty() && new.due().is_none());
}

#[test]
fn what_was_carried_over_before_times_were_has_the_time_of_the_act() {
    let written = "Carry(replies:[(7,(answer:Anomaly,confidence:Sure)),(2,(answer:Nominal,confidence:Fairly))],notes:[(9,\"odd\")])";
    let carried: Action = ron::from_str(written).expect("an act of an older program");
    let mut session = session(5);
    assert!(session.act(carried.clone(), Some(50)));
    let given: Vec<_> = session
        .given()
        .iter()
        .map(|one| (one.instance, one.at))
        .collect();
    assert_eq!(given, [(2, Some(50)), (7, Some(50))]);
    assert_eq!(
        ron::to_string(&carried).expect("a text"),
        written,
        "and stays as it was"
    );
}

#[test]
fn training_can_be_left_to_be_asked_for() {
    let mut session = session(1);
    session.set_automatic(false);
    session.answer(3, Answer::Anomaly);
    session.answer(4, Answer::Nominal);
    assert!(session.due().is_none());
    session.act(Action::Retrain, None);
    assert_eq!(session.due().map(|plan| plan.labels.len()), Some(2));
}

#[test]
fn a_round_is_picked_from_the_candidates_by_each_strategy() {
    let model = Model::primed(clusters());
    let open = candidates(&model, &BTreeMap::new(), 4);
    let picked = |strategy| pick(&model, &open, 4, strategy);
    let top: Vec<usize> = picked(Picking::Top)
        .iter()
        .map(|pick| pick.instance)
        .collect();
    assert_eq!(top, open[..4]);
    for strategy in Picking::ALL {
        let round = picked(strategy);
        assert_eq!(
            (round.len(), round[0].instance),
            (4, open[0]),
            "{strategy:?}"
        );
        assert!(round.iter().all(|pick| open.contains(&pick.instance)));
    }
    let far = picked(Picking::Diverse);
    let distances: Vec<f32> = far[1..]
        .iter()
        .map(|pick| match pick.reason {
            Reason::Distance(distance) => distance,
            other => panic!("{other:?}"),
        })
        .collect();
    assert!(distances.is_sorted_by(|a, b| a >= b), "{distances:?}");
    for pick in picked(Picking::Member) {
        let leading = model.most_relevant(pick.instance);
        assert!(matches!(pick.reason, Reason::Member(member, _) if member == leading));
    }
    assert!(pick(&model, &[], 4, Picking::Diverse).is_empty());
}
