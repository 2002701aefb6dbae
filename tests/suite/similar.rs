//! Similar rows: who is nearest, and what answering them alike does.

use std::sync::Arc;

use glad::app::{App, Ask, Choice, Command, OpenCommand, SessionCommand, ViewCommand};
use glad::detector::{Model, Settings, Similar, Space};
use glad::numeric::{Cancelled, Unwatched, Watch};
use glad::session::Answer;
use glad::worker::InlineEngine;

use crate::common::{clusters, toy};

/// By the definition, row by row.
fn distance(model: &Model, space: Space, a: usize, b: usize) -> f64 {
    let fitted = model.fitted();
    let (x, scores) = (fitted.x_of(&[a, b]), fitted.member_scores());
    let squares: f64 = match space {
        Space::Features => (x.row(0).iter().zip(x.row(1)))
            .map(|(a, b)| f64::from(a - b).powi(2))
            .sum(),
        Space::Scores => (scores.row(a).iter().zip(scores.row(b)))
            .map(|(a, b)| f64::from(a - b).powi(2))
            .sum(),
    };
    squares.sqrt()
}

#[test]
fn the_nearest_are_those_of_the_definition() {
    let model = Arc::new(Model::primed(clusters()));
    for space in Space::ALL {
        let found = Similar::find(&model, 40, space, 25, &mut Unwatched).expect("an end");
        assert_eq!(found.near.len(), 25);
        let mut all: Vec<(f64, usize)> = (0..clusters().n())
            .filter(|&other| other != 40)
            .map(|other| (distance(&model, space, 40, other), other))
            .collect();
        all.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        for (near, (expected, _)) in found.near.iter().zip(&all) {
            assert!((f64::from(near.distance) - expected).abs() < 1e-5);
        }
        assert!(found.near.iter().all(|near| near.instance != 40));
    }
}

struct Impatient;

impl Watch for Impatient {
    fn step(&mut self, _: &'static str, _: usize, _: usize) -> Result<(), Cancelled> {
        Err(Cancelled)
    }
}

#[test]
fn the_search_can_be_cancelled() {
    let model = Arc::new(Model::primed(clusters()));
    let found = Similar::find(&model, 0, Space::Scores, 5, &mut Impatient);
    assert!(found.is_err());
}

#[test]
fn rows_are_answered_alike_as_one_act_that_says_what_it_will_do() {
    let mut app = App::new(Box::new(InlineEngine::default()), Settings::default());
    app.apply(Command::Open(OpenCommand::Toy(toy("clusters"))));
    app.receive();
    app.apply(Command::SetBatch(100));
    let current = app.workspace().and_then(|open| open.selected());
    let current = current.expect("a candidate");
    app.apply(Command::View(ViewCommand::Ask(Ask::Similar)));
    app.receive();
    let open = app.workspace().expect("a table");
    let near: Vec<usize> = open
        .similar()
        .expect("found")
        .iter()
        .map(|near| near.instance)
        .collect();
    assert_eq!(near.len(), 100);
    assert_eq!(open.beside_candidate(), Some(near[0]));
    let features = open.compare_features(current, near[0]);
    assert_eq!(features.len(), open.dataset().n_features());
    assert!(
        features
            .windows(2)
            .all(|pair| pair[0].apart.abs() >= pair[1].apart.abs())
    );
    let first = app
        .workspace()
        .expect("a table")
        .compare_scores(current, near[99]);
    assert!(
        first.iter().any(|one| one.differs()),
        "the hundredth is far"
    );
    // Two of them have answers already.
    let other = |instance: usize, answer: Answer| {
        Command::Session(SessionCommand::Give(vec![instance], answer.into()))
    };
    app.apply(other(near[1], Answer::Nominal));
    app.apply(other(near[2], Answer::Anomaly));
    app.apply(Command::View(ViewCommand::Select(current)));
    app.apply(Command::View(ViewCommand::Alike(Choice::All(
        near[..3].to_vec(),
    ))));
    app.apply(Command::View(ViewCommand::Alike(Choice::Include(
        near[3], true,
    ))));
    app.apply(Command::View(ViewCommand::Alike(Choice::Include(
        near[0], false,
    ))));
    let open = app.workspace().expect("a table");
    let chosen: Vec<usize> = open.chosen_alike().collect();
    assert_eq!(chosen, near[1..4]);
    assert_eq!(
        open.alike_in_words(&chosen, Answer::Anomaly.into()),
        "3 rows will be answered anomaly, 1 of which has another answer now, 1 has it already; one undo takes all of it back."
    );
    app.apply(Command::Session(SessionCommand::Give(
        chosen,
        Answer::Anomaly.into(),
    )));
    let answers = app.workspace().expect("a table").answers();
    assert!(near[1..4].iter().all(|at| answers[at] == Answer::Anomaly));
    app.apply(Command::Session(SessionCommand::Undo));
    let answers = app.workspace().expect("a table").answers();
    assert_eq!(answers[&near[1]], Answer::Nominal);
    assert!(!answers.contains_key(&near[3]));
    // In the other space it is looked for anew.
    app.apply(Command::View(ViewCommand::Select(current)));
    app.apply(Command::View(ViewCommand::Alike(Choice::Space(
        Space::Features,
    ))));
    assert!(app.workspace().expect("a table").similar().is_none());
    app.apply(Command::View(ViewCommand::Ask(Ask::Similar)));
    app.receive();
    assert!(app.workspace().expect("a table").similar().is_some());
}
