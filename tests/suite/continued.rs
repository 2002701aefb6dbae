//! A session goes on with the next day's table.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use glad::dataset::{Label, Origin, ReadOptions, read_by, read_path};
use glad::detector::{Fitted, Model, Settings};
use glad::evaluation::{Oracle, verify};
use glad::numeric::{Stream, Unwatched, stream};
use glad::session::{Answer, Session, Unvisited};
use glad::store::{
    Carried, Document, SavedSession, Since, fit_on_both, go_on_with, read_session, save_session,
};
use rand::RngExt;
use rand_distr::{Distribution, StandardNormal};

use crate::cli_session::{glad, told};
use crate::common::fit;

/// A day: a crowd, anomalies of two kinds, and as many odd rows that nobody wants to hear of.
fn day(rows: usize, seed: u64, shift: f64) -> String {
    let mut random: Stream = stream(seed, "day", 0);
    let mut text = "id,a,b,c,d,label\n".to_owned();
    for row in 0..rows {
        let draw = |random: &mut Stream| -> f64 { StandardNormal.sample(random) };
        let mut values = [(); 4].map(|()| draw(&mut random));
        let fate: f64 = random.random_range(0.0..1.0);
        let label = match fate {
            // Anomalies: high a with low b; odd rows: c and d high together.
            fate if fate < 0.017 => {
                values[0] += 5.0;
                values[1] -= 5.0;
                "anomaly"
            }
            fate if fate < 0.08 => {
                values[2] += 4.5;
                values[3] += 4.5;
                "nominal"
            }
            _ => "nominal",
        };
        values[3] += shift;
        let [a, b, c, d] = values;
        writeln!(text, "r{seed}-{row},{a},{b},{c},{d},{label}").expect("room");
    }
    text
}

fn settings() -> Settings {
    Settings {
        ensemble: "iforest:25+loda:6".parse().expect("kinds"),
        ..Settings::default()
    }
}

fn write(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    fs::write(&path, text).expect("room");
    path
}

/// Answers so many candidates by the truth, and returns the session with its model.
fn label(session: &mut Session, mut model: Arc<Model>, queries: usize) -> Arc<Model> {
    let dataset = Arc::clone(model.fitted().dataset());
    let oracle = Oracle::new(&dataset).expect("truth");
    for _ in 0..queries {
        model = session
            .catch_up(model, &mut Unwatched, &mut Unvisited)
            .expect("training");
        let candidate = session.candidates(&model)[0];
        session.answer(candidate, oracle.answer(candidate));
    }
    session
        .catch_up(model, &mut Unwatched, &mut Unvisited)
        .expect("training")
}

fn begin(path: &Path, queries: usize) -> (Session, Arc<Model>) {
    let dataset = Arc::new(read_path(path, &ReadOptions::default()).expect("a table"));
    let fitted: Arc<Fitted> = fit(&dataset, &settings());
    let mut session = Session::new(Arc::clone(fitted.primed()), 1);
    let model = label(&mut session, Arc::new(Model::primed(&fitted)), queries);
    (session, model)
}

fn anomalies(session: &Session, below: usize) -> usize {
    let answers = session.answers().into_iter();
    answers
        .filter(|(at, answer)| *at < below && *answer == Answer::Anomaly)
        .count()
}

fn open(saved: &SavedSession, path: &Path) -> (Session, Arc<Model>) {
    let dataset = saved.open_data(path, None).expect("a table");
    let fitted = saved.fit(&dataset, &mut Unwatched).expect("a detector");
    let mut document = Document::of(saved, &fitted, "it").expect("a session");
    let done = document.catch_up(&mut Unwatched, &mut Unvisited);
    done.expect("training");
    (document.session, document.model)
}

#[test]
fn thirty_answers_on_tuesday_find_what_sixty_do_without_monday() {
    let folder = tempfile::tempdir().expect("a folder");
    let (rows, queries) = (700, 30);
    let monday = write(folder.path(), "monday.csv", &day(rows, 1, 0.0));
    let tuesday = write(folder.path(), "tuesday.csv", &day(rows, 2, 0.0));
    let (session, model) = begin(&monday, 60);
    let schema = model.fitted().frozen().schema();
    let new = read_by(&tuesday, schema, &ReadOptions::default(), &mut Unwatched).expect("a table");
    let on =
        go_on_with(&session, &model, new, Carried::Answered, &mut Unwatched).expect("it goes on");
    assert_eq!((on.rows, on.answers, on.is_longer), (rows, 60, false));
    let path = folder.path().join("tuesday.glad");
    save_session(&path, &on.session).expect("room");
    let saved = read_session(&path).expect("a session");
    let (mut session, seam) = open(&saved, &path);
    // Relevance stays.
    let [before, begun] = [&model, &seam].map(|model| model.weights());
    assert_eq!(
        (&before.network, &before.cells),
        (&begun.network, &begun.cells)
    );
    assert!(session.due().is_none(), "nothing is trained at the seam");
    let after = label(&mut session, seam, queries);
    let found = anomalies(&session, rows);
    let (fresh, _) = begin(&tuesday, 60);
    let alone = anomalies(&fresh, rows);
    assert!(
        found >= alone && alone > 3,
        "{found} after 30, {alone} of a fresh session with 60"
    );

    // What came after the seam reproduces itself, and undo goes back to it to the bit.
    let fitted = Arc::clone(after.fitted());
    let saved = SavedSession::of(&session, &fitted, false);
    let verdict = verify(&saved, &fitted, &mut Unwatched, &mut |_| ()).expect("not cancelled");
    assert_eq!(verdict, Ok(queries as u64));
    (0..queries).for_each(|_| assert!(session.undo().is_some()));
    let back = session
        .catch_up(after, &mut Unwatched, &mut Unvisited)
        .expect("nothing to do");
    assert_eq!(back.weights().digest(), fitted.primed().digest());
    assert_eq!(session.answers().len(), 60);

    // Fitted again on both, all answers go along.
    (0..queries).for_each(|_| assert!(session.redo().is_some()));
    let monday = begin(&monday, 60);
    let new = read_by(&tuesday, schema, &ReadOptions::default(), &mut Unwatched).expect("a table");
    let since = Since {
        session: &session,
        now_at: &on.now_at,
    };
    let both = fit_on_both(
        &monday.0,
        monday.1.fitted(),
        new,
        Some(since),
        &mut Unwatched,
    );
    let both = both.expect("a fit");
    assert_eq!(both.answers, 60 + queries);
    let path = folder.path().join("both.glad");
    save_session(&path, &both.session).expect("room");
    let (session, _) = open(&read_session(&path).expect("a session"), &path);
    let truth = session.answers().into_iter().all(|(at, answer)| {
        let dataset = both.session.data.embedded.as_ref().expect("the table");
        let labels = &dataset.truth.as_ref().expect("labels").1;
        labels[at] == answer.label()
    });
    assert!(truth, "each answer is with its own row");
    assert!(matches!(saved.data.origin, Some(Origin::Continued(_))));
}

#[test]
fn beside_candidates_of_a_larger_table_all_rows_are_carried_along() {
    let folder = tempfile::tempdir().expect("a folder");
    let sample = write(folder.path(), "sample.csv", &day(300, 1, 0.0));
    let top = write(folder.path(), "top.csv", &day(40, 2, 0.0));
    let (session, model) = begin(&sample, 6);
    let schema = model.fitted().frozen().schema();
    let new = read_by(&top, schema, &ReadOptions::default(), &mut Unwatched).expect("a table");
    let on = go_on_with(&session, &model, new, Carried::All, &mut Unwatched).expect("it goes on");
    assert_eq!((on.rows, on.answers, on.now_at.len()), (40, 6, 300));
    assert!(on.sentence().contains("all rows of the earlier table"));
    let path = folder.path().join("top.glad");
    save_session(&path, &on.session).expect("room");
    let (session, model) = open(&read_session(&path).expect("a session"), &path);
    let dataset = model.fitted().dataset();
    assert_eq!(dataset.n_instances(), 340);
    assert!(session.answers().into_keys().all(|at| at >= 40));
    // Rows of the sample score as they did, but for the scale of the sources of relevance: that is of all rows.
    let own = begin(&sample, 6).1;
    for instance in [7, 100, 299] {
        let (now, then) = (model.scores()[on.now_at[&instance]], own.scores()[instance]);
        assert!((now - then).abs() < 1e-3 * then, "{now} for {then}");
    }
}

#[test]
fn drift_is_told_and_a_longer_table_is_recognised() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = day(300, 1, 0.0);
    let monday = write(folder.path(), "monday.csv", &text);
    let (session, model) = begin(&monday, 5);
    let schema = model.fitted().frozen().schema();
    let go_on = |name: &str, text: &str| {
        let path = write(folder.path(), name, text);
        let new = read_by(&path, schema, &ReadOptions::default(), &mut Unwatched);
        go_on_with(
            &session,
            &model,
            new.expect("a table"),
            Carried::Answered,
            &mut Unwatched,
        )
        .expect("it goes on")
    };
    let drifted = go_on("later.csv", &day(300, 3, 12.0));
    let sentences = drifted.drift.expect("drift").sentences().join("\n");
    assert!(
        sentences.contains("“d” (0 % below, 100 % above)"),
        "{sentences}"
    );
    assert!(
        sentences.contains("the mean score has moved for"),
        "{sentences}"
    );
    let steady = go_on("same.csv", &day(300, 4, 0.0));
    let sentences = steady.drift.expect("drift").sentences();
    assert_eq!(sentences, ["No column and no member has drifted."]);
    let more: String = day(300, 5, 0.0)
        .lines()
        .skip(1)
        .take(40)
        .map(|line| format!("{line}\n"))
        .collect();
    let longer = go_on("longer.csv", &(text + &more));
    assert_eq!(
        (longer.rows, longer.answers, longer.is_longer),
        (40, 5, true)
    );
    let known: BTreeSet<usize> = session.answers().into_keys().collect();
    let now: BTreeSet<usize> = longer
        .session
        .history_alone()
        .answers()
        .into_keys()
        .collect();
    assert_eq!(known, now);
    assert_eq!(longer.session.data.fingerprint.instances, 340);
}

#[test]
fn glad_continue_goes_on_and_glad_label_with_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name).display().to_string();
    write(folder.path(), "monday.csv", &day(200, 1, 0.0));
    write(folder.path(), "tuesday.csv", &day(200, 2, 3.0));
    let run = |words: &[&str]| {
        let (status, text) = told(&glad(words));
        assert_eq!(status, Some(0), "{words:?}: {text}");
        text
    };
    let [monday, tuesday] = ["monday.csv", "tuesday.csv"].map(at);
    let sessions = ["monday.glad", "tuesday.glad", "both.glad"].map(at);
    run(&["label", &monday, "--save", &sessions[0], "--oracle", "4"]);
    let said = run(&["continue", &sessions[0], &tuesday, "--save", &sessions[1]]);
    assert!(
        said.contains("200 new rows; 4 answers go on counting"),
        "{said}"
    );
    assert!(said.contains("Drift: "), "{said}");
    run(&["label", &tuesday, "--save", &sessions[1], "--oracle", "3"]);
    let said = run(&["info", &sessions[1]]);
    assert!(said.contains("204 instances"), "{said}");
    let said = run(&["replay", &sessions[1]]);
    assert!(said.contains("reproduces itself: 3 revisions"), "{said}");
    let (status, said) = told(&glad(&[
        "continue",
        &sessions[0],
        &tuesday,
        "--save",
        &sessions[1],
    ]));
    assert_eq!(status, Some(2), "{said}");
    assert!(said.contains("is there already"), "{said}");
    run(&[
        "continue",
        &sessions[1],
        &tuesday,
        "--save",
        &sessions[2],
        "--refit",
    ]);
    run(&["label", &tuesday, "--save", &sessions[2], "--oracle", "2"]);
    let said = run(&["info", &sessions[2]]);
    assert!(
        said.contains("in this file"),
        "the table is still in it: {said}"
    );
    let kept = read_session(Path::new(&sessions[2])).expect("a session");
    let labels = kept.history_alone().answers().into_values();
    assert!(
        labels
            .filter_map(Answer::label)
            .any(|label| label == Label::Nominal)
    );
}
