//! The same bits in the window and headless, on one thread and on another.

use std::sync::Arc;
use std::time::{Duration, Instant};

use glad::app::{App, Artifact, ArtifactKind, Command, OpenCommand, SessionCommand, WriteCommand};
use glad::dataset::Dataset;
use glad::detector::{Settings, Viewpoint};
use glad::evaluation::{Oracle, replay};
use glad::export::SCORING;
use glad::numeric::Unwatched;
use glad::session::Answer;
use glad::worker::{Engine, InlineEngine, Job, Kind, Lane, Request, Response, ThreadEngine};
use ndarray::Array2;

use crate::common::{clusters, toy};

/// Takes in what the worker brings until `done`.
fn wait(app: &mut App, done: impl Fn(&App) -> bool) {
    let began = Instant::now();
    loop {
        app.receive();
        app.tick(began.elapsed().as_secs_f64() / 1e6);
        if done(app) {
            return;
        }
        assert!(
            began.elapsed() < Duration::from_secs(60),
            "the worker never answered"
        );
        std::thread::sleep(Duration::from_millis(1));
    }
}

fn open(engine: Box<dyn Engine>) -> App {
    let mut app = App::new(engine, Settings::default());
    app.apply(Command::Open(OpenCommand::Toy(toy("clusters"))));
    wait(&mut app, |app| app.workspace().is_some());
    app
}

fn is_ready(app: &App) -> bool {
    app.workspace().is_some_and(|workspace| {
        workspace.selected().is_some()
            && !workspace.is_training()
            && workspace.session().due().is_none()
    })
}

/// Answers by the truth, as an analyst who knows would, and returns whom the window asked about.
fn label(app: &mut App, queries: usize) -> Vec<usize> {
    let dataset = toy("clusters").open();
    let oracle = Oracle::new(&dataset).expect("truth");
    let mut asked = Vec::new();
    for _ in 0..queries {
        wait(app, is_ready);
        let instance = app
            .workspace()
            .and_then(|workspace| workspace.selected())
            .expect("a candidate");
        asked.push(instance);
        app.apply(Command::Session(SessionCommand::Answer(
            oracle.answer(instance),
        )));
    }
    wait(app, is_ready);
    asked
}

/// Whom it asked about, the last weights and all scores, as bits.
fn bits(app: &App, asked: Vec<usize>) -> (Vec<usize>, Vec<u32>, Vec<u32>) {
    let workspace = app.workspace().expect("a table");
    let of = |values: &[f32]| values.iter().map(|value| value.to_bits()).collect();
    (
        asked,
        of(&workspace.model().weights().network.weights),
        of(workspace.model().scores()),
    )
}

#[test]
fn new_data_are_scored_on_the_thread_and_can_be_cancelled() {
    let folder = tempfile::tempdir().expect("a folder");
    let (table, output) = (folder.path().join("t.csv"), folder.path().join("s.csv"));
    let write = |rows: usize| {
        let rows = (0..rows).map(|row| format!("{},{}\n", row % 97, row % 89));
        std::fs::write(&table, "x,y\n".to_owned() + &rows.collect::<String>()).expect("room");
    };
    // Long enough that the wish to cancel comes in time.
    write(150_000);
    let engine = ThreadEngine::start(|| ()).expect("a thread");
    let mut app = open(Box::new(engine));
    wait(&mut app, is_ready);
    let score = || {
        Command::Write(WriteCommand::Save(
            Artifact::Table(table.clone()),
            output.clone(),
        ))
    };
    app.apply(score());
    wait(&mut app, |app| {
        app.writing_progress()
            .is_some_and(|now| now.phase == SCORING)
    });
    // Esc stops what the screen waits for, not this.
    app.apply(Command::CancelTraining);
    app.apply(Command::CancelJob(Kind::Write(ArtifactKind::Table)));
    let says = |app: &App, words: &str| {
        app.messages()
            .iter()
            .any(|message| message.text.contains(words))
    };
    wait(&mut app, |app| says(app, "The export was cancelled"));
    assert!(!output.exists());
    write(300);
    app.apply(score());
    wait(&mut app, |app| says(app, "The scores of 300 rows of"));
    let text = std::fs::read_to_string(&output).expect("scores");
    assert_eq!(text.lines().count(), 301);
}

#[test]
fn answers_are_trained_on_and_tables_opened_beside_a_long_export() {
    let folder = tempfile::tempdir().expect("a folder");
    let (table, output) = (folder.path().join("t.csv"), folder.path().join("s.csv"));
    let rows = (0..400_000).map(|row| format!("{},{}\n", row % 97, row % 89));
    std::fs::write(&table, "x,y\n".to_owned() + &rows.collect::<String>()).expect("room");
    let mut app = open(Box::new(ThreadEngine::start(|| ()).expect("a thread")));
    wait(&mut app, is_ready);
    app.apply(Command::Write(WriteCommand::Save(
        Artifact::Table(table),
        output.clone(),
    )));
    wait(&mut app, |app| {
        app.writing_progress()
            .is_some_and(|now| now.phase == SCORING)
    });
    label(&mut app, 2);
    let open = app.workspace().expect("a table");
    assert_eq!(open.session().revision(), 2);
    assert!(app.writing().is_running(ArtifactKind::Table), "it goes on");
    app.apply(Command::Open(OpenCommand::Toy(toy("between"))));
    wait(&mut app, |app| {
        let open = app.workspace().expect("a table");
        open.dataset().name() == "between"
    });
    wait(&mut app, |app| {
        !app.writing().is_running(ArtifactKind::Table)
    });
    let said = |message: &glad::app::Message| message.text.contains("400,000 rows");
    assert!(app.messages().iter().any(said));
    assert!(output.exists());
}

const QUERIES: usize = 12;

#[test]
fn window_and_replay_give_the_same_bits_on_any_engine() {
    let mut inline = open(Box::new(InlineEngine::default()));
    let asked = label(&mut inline, QUERIES);
    let inline = bits(&inline, asked);

    let mut threaded = open(Box::new(ThreadEngine::start(|| ()).expect("a thread")));
    let asked = label(&mut threaded, QUERIES);
    assert_eq!(bits(&threaded, asked), inline);

    let dataset = toy("clusters").open();
    let oracle = Oracle::new(&dataset).expect("truth");
    let headless =
        replay(clusters(), oracle, QUERIES, 1, &mut Unwatched, &mut |_| ()).expect("a replay");
    let asked: Vec<usize> = headless
        .session
        .answers_in_order()
        .map(|(instance, _)| instance)
        .collect();
    let of = |values: &[f32]| {
        values
            .iter()
            .map(|value| value.to_bits())
            .collect::<Vec<_>>()
    };
    let network = &headless.model.weights().network.weights;
    assert_eq!((asked, of(network), of(headless.model.scores())), inline);
}

#[test]
fn undo_brings_back_the_bits_of_before() {
    let mut app = open(Box::new(ThreadEngine::start(|| ()).expect("a thread")));
    label(&mut app, 4);
    let before = bits(&app, Vec::new());
    let candidate = app.workspace().and_then(|workspace| workspace.selected());
    app.apply(Command::Session(SessionCommand::Answer(Answer::Nominal)));
    wait(&mut app, is_ready);
    assert_ne!(
        bits(&app, Vec::new()).1,
        before.1,
        "an answer changes the weights"
    );
    app.apply(Command::Session(SessionCommand::Undo));
    wait(&mut app, |app| {
        is_ready(app)
            && app
                .workspace()
                .is_some_and(|open| open.session().is_current(open.model()))
    });
    assert_eq!(bits(&app, Vec::new()), before);
    assert_eq!(
        app.workspace().and_then(|workspace| workspace.selected()),
        candidate
    );
}

/// A table that takes a while.
fn large() -> Arc<Dataset> {
    let value = |(row, column): (usize, usize)| ((row * 7919 + column * 104_729) % 10_007) as f32;
    let names = (0..20).map(|column| format!("f{column}")).collect();
    let features = Array2::from_shape_fn((60_000, 20), value);
    Arc::new(Dataset::from_parts("large", names, features, None).expect("a table"))
}

#[test]
fn a_running_fit_can_be_cancelled() {
    let mut engine = ThreadEngine::start(|| ()).expect("a thread");
    engine.submit(Job::new(1, Request::Fit(large(), Settings::default())));
    let began = Instant::now();
    while engine.progress(Lane::Model).is_none() {
        assert!(
            began.elapsed() < Duration::from_secs(60),
            "the fit never began"
        );
        std::thread::yield_now();
    }
    engine.cancel_running();
    let response = loop {
        if let Some((_, response)) = engine.poll() {
            break response;
        }
        assert!(
            began.elapsed() < Duration::from_secs(60),
            "the fit never ended"
        );
        std::thread::sleep(Duration::from_millis(1));
    };
    assert!(
        matches!(response, Response::Fitted(_, Err(_))),
        "cancelled before its end"
    );
}

#[test]
fn a_dead_worker_is_told_and_the_answers_stay() {
    let mut app = open(Box::new(InlineEngine::default()));
    label(&mut app, 2);
    // A place that no table has: the map of it is a fault, which the worker must survive.
    let mut engine = ThreadEngine::start(|| ()).expect("a thread");
    let model = Arc::clone(app.workspace().expect("a table").model());
    let fault = glad::worker::MapRequest {
        model: Arc::clone(&model),
        viewpoint: Viewpoint::Principal,
        anchor: usize::MAX,
        known: None,
    };
    engine.submit(Job::new(1, Request::Map(fault)));
    let began = Instant::now();
    let response = loop {
        if let Some((_, response)) = engine.poll() {
            break response;
        }
        assert!(
            began.elapsed() < Duration::from_secs(60),
            "the worker never answered"
        );
        std::thread::sleep(Duration::from_millis(1));
    };
    assert!(matches!(response, Response::Died(_)));
    let rank = Request::Rank(Arc::clone(&model), Arc::clone(model.weights()));
    engine.submit(Job::new(1, rank));
    let ranked = loop {
        if let Some((_, response)) = engine.poll() {
            break response;
        }
        assert!(
            began.elapsed() < Duration::from_secs(60),
            "the worker works on"
        );
        std::thread::sleep(Duration::from_millis(1));
    };
    assert!(matches!(ranked, Response::Ranked(_)));
    assert_eq!(app.workspace().expect("a table").answers().len(), 2);
}
