//! Nothing that an analyst did is lost or misplaced; without pixels.

use std::fs;
use std::path::Path;

use glad::app::{App, Command, OpenCommand, SaveCommand, SessionCommand, View, ViewCommand};
use glad::detector::Settings;
use glad::session::Answer;
use glad::worker::{Engine, InlineEngine, InlineStorage, Kind};

use crate::common::toy_path;
use crate::jobs::Held;

fn window(folder: &Path, engine: Box<dyn Engine>) -> App {
    let app = App::new(engine, Settings::default());
    let folder = Some(folder.join("data"));
    app.keep_by(
        Box::new(InlineStorage::default()),
        folder,
        "a test".to_owned(),
    )
}

fn open(app: &mut App, path: &Path) {
    let options = Default::default();
    app.apply(Command::Open(OpenCommand::File(path.to_owned(), options)));
    settle(app);
}

fn settle(app: &mut App) {
    for _ in 0..40 {
        app.receive();
    }
}

fn workspace(app: &App) -> View<'_> {
    app.workspace().expect("a table")
}

/// Answers so many candidates, one a minute.
fn label(app: &mut App, queries: u64) {
    for query in 0..queries {
        app.set_clock(1_764_050_400_000 + query * 60_000);
        app.apply(Command::Session(SessionCommand::Answer(match query % 3 {
            0 => Answer::Anomaly,
            _ => Answer::Nominal,
        })));
        settle(app);
    }
}

fn table(folder: &Path) -> std::path::PathBuf {
    let path = folder.join("t.csv");
    fs::copy(toy_path("clusters"), &path).expect("room");
    path
}

fn other_settings() -> Box<Settings> {
    Box::new(Settings {
        seed: 5,
        ..Settings::default()
    })
}

#[test]
fn after_recovering_the_candidate_is_the_best_open_row() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = table(folder.path());
    let mut app = window(folder.path(), Box::new(InlineEngine::default()));
    open(&mut app, &path);
    label(&mut app, 12);
    drop(app);
    let held = Held::default();
    let mut app = window(folder.path(), Box::new(held.clone()));
    open(&mut app, &path);
    for kind in [Kind::Read, Kind::Fit] {
        held.run(kind, &mut app);
    }
    settle(&mut app);
    assert!(app.offer().expect("an offer").contains("12 answers"));
    app.apply(Command::Save(SaveCommand::Recover(true)));
    settle(&mut app);
    // Each revision takes a second: longer than anybody waits.
    let mut now = 10.0;
    let mut built = 0;
    while held.waits(Kind::Train) > 0 {
        for _ in 0..4 {
            now += 0.25;
            app.tick(now);
        }
        let open = workspace(&app);
        assert_eq!(open.selected(), None, "none of a belief that is not theirs");
        assert_eq!(open.recovering(), Some((built + 1, 12)));
        held.run(Kind::Train, &mut app);
        built += 1;
    }
    settle(&mut app);
    app.tick(now + 10.0);
    let open = workspace(&app);
    assert_eq!((built, open.recovering()), (12, None));
    assert!(open.session().is_current(open.model()));
    let best = (open.model().top(open.dataset().n_instances()).into_iter())
        .find(|instance| !open.answers().contains_key(instance));
    assert_eq!(open.selected(), best);
}

#[test]
fn a_refit_is_asked_for_first_and_keeps_times_and_order() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut app = window(folder.path(), Box::new(InlineEngine::default()));
    open(&mut app, &table(folder.path()));
    // Without anything to carry over there is nothing to ask.
    app.apply(Command::Refit(other_settings()));
    settle(&mut app);
    assert_eq!(workspace(&app).model().fitted().settings().seed, 5);
    app.apply(Command::Refit(Box::default()));
    settle(&mut app);
    label(&mut app, 7);
    let at = workspace(&app).given()[2].instance;
    app.apply(Command::View(ViewCommand::Select(at)));
    app.set_clock(1_764_060_000_000);
    app.apply(Command::Session(SessionCommand::Answer(Answer::Unsure)));
    settle(&mut app);
    let given = workspace(&app).given().to_vec();
    let curve = workspace(&app).curve().clone();
    let seed = workspace(&app).model().fitted().settings().seed;

    app.apply(Command::Refit(other_settings()));
    settle(&mut app);
    let question = app.refit_question().expect("a question");
    assert!(
        question.contains("7 answers") && question.contains("Undo stops there"),
        "{question}"
    );
    app.apply(Command::Save(SaveCommand::Refit(false)));
    settle(&mut app);
    assert_eq!(app.refit_question(), None);
    assert_eq!(workspace(&app).model().fitted().settings().seed, seed);
    assert_eq!(
        workspace(&app).session().steps().len(),
        8,
        "all is as it was"
    );

    app.set_clock(1_764_070_000_000);
    app.apply(Command::Refit(other_settings()));
    app.apply(Command::Save(SaveCommand::Refit(true)));
    settle(&mut app);
    assert_eq!(workspace(&app).model().fitted().settings().seed, 5);
    assert_eq!(workspace(&app).given(), given, "times and order are theirs");
    assert_eq!(*workspace(&app).curve(), curve);
    // And on the disk.
    let file = folder.path().join("s.glad");
    app.apply(Command::Save(SaveCommand::SaveAs(file.clone(), false)));
    settle(&mut app);
    let saved = glad::store::read_session(&file).expect("a session");
    assert_eq!(saved.history_alone().given(), given);
}

/// Read in one way, in another, and in the first again: what was said of each is offered with it.
#[test]
fn journals_that_were_put_aside_are_offered_where_they_fit() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = table(folder.path());
    let read = |every: Option<u32>| {
        let mut app = window(folder.path(), Box::new(InlineEngine::default()));
        let options = glad::dataset::ReadOptions {
            every,
            ..Default::default()
        };
        app.apply(Command::Open(OpenCommand::File(path.clone(), options)));
        settle(&mut app);
        app
    };
    let mut app = read(None);
    label(&mut app, 3);
    drop(app);
    let mut app = read(Some(2));
    assert!(app.offer().is_none());
    label(&mut app, 2);
    drop(app);
    let mut app = read(None);
    let offer = app.offer().expect("an offer");
    assert!(offer.contains("Recover 3 answers"), "{offer}");
    app.apply(Command::Save(SaveCommand::Recover(true)));
    settle(&mut app);
    assert_eq!(workspace(&app).answers().len(), 3);
    let told: Vec<&str> = (app.messages().iter())
        .map(|message| message.text.as_str())
        .collect();
    assert!(
        told.iter()
            .any(|text| text.contains("t.csv.glad.journal~2")),
        "{told:?}"
    );
    label(&mut app, 1);
    drop(app);
    let mut app = read(Some(2));
    assert!(app.offer().expect("an offer").contains("Recover 2 answers"));
    app.apply(Command::Save(SaveCommand::Recover(true)));
    settle(&mut app);
    assert_eq!(workspace(&app).answers().len(), 2);
    drop(app);
    let app = read(None);
    assert!(app.offer().expect("an offer").contains("Recover 4 answers"));
}

/// Other settings put the session where answers lie that are not its own.
#[test]
fn a_refit_does_not_take_the_answers_of_another_run_along() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = table(folder.path());
    let file = folder.path().join("s.glad");
    let fresh = || window(folder.path(), Box::new(InlineEngine::default()));
    let mut app = fresh();
    open(&mut app, &path);
    label(&mut app, 2);
    app.apply(Command::Save(SaveCommand::SaveAs(file.clone(), false)));
    settle(&mut app);
    drop(app);
    let mut app = fresh();
    open(&mut app, &path);
    label(&mut app, 3);
    drop(app);
    let mut app = fresh();
    open(&mut app, &file);
    app.apply(Command::Refit(other_settings()));
    app.apply(Command::Save(SaveCommand::Refit(true)));
    settle(&mut app);
    label(&mut app, 1);
    drop(app);
    let aside = glad::store::read_journal(&folder.path().join("t.csv.glad.journal~"));
    let aside = aside.expect("it reads").expect("the other run");
    assert_eq!(glad::store::Found::answers(&aside.events), 3);
}
