//! Sessions on the command line: saved, checked, looked into, merged, labelled.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::Arc;

use glad::session::{Action, Answer, Session};
use glad::store::{SavedSession, kappa, read_session, save_session};

use crate::common::toy_path;

pub fn glad(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_glad"))
        .args(arguments)
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .env_remove("WAYLAND_SOCKET")
        .output()
        .expect("the program")
}

pub fn told(output: &Output) -> (Option<i32>, String) {
    let text = [&output.stdout[..], &output.stderr[..]].concat();
    (
        output.status.code(),
        String::from_utf8(text).expect("UTF-8"),
    )
}

/// An oracle session on a toy table, saved by the program.
pub fn saved(folder: &Path, name: &str, more: &[&str]) -> String {
    let path = folder.join(name).display().to_string();
    let table = toy_path("clusters").display().to_string();
    let mut arguments = vec!["replay", &table, "--budget", "8", "--save", &path];
    arguments.extend_from_slice(more);
    let output = glad(&arguments);
    assert!(output.status.success(), "{}", told(&output).1);
    path
}

#[test]
fn a_replay_is_saved_and_reproduces_itself() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = saved(folder.path(), "run.glad", &["--seed", "3"]);
    let (status, text) = told(&glad(&["replay", &path]));
    assert_eq!(status, Some(0), "{text}");
    assert!(text.contains("reproduces itself: 8 revisions"), "{text}");
    let (status, text) = told(&glad(&["info", &path]));
    assert_eq!(status, Some(0), "{text}");
    assert!(
        (10..=14).contains(&text.lines().count()),
        "about a dozen lines: {text}"
    );
    for expected in [
        "485 instances",
        "seed 3",
        "sha256 ",
        "8 steps",
        "trainings",
        "iforest:",
    ] {
        assert!(text.contains(expected), "{expected}: {text}");
    }
}

/// A file that says something else than what the program finds names the first difference.
#[test]
fn the_first_difference_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    // Whose number of members does not depend on the seed.
    let path = saved(folder.path(), "run.glad", &["--preset", "forests"]);
    let change = |change: fn(&mut SavedSession), expected: &str| {
        let mut session = read_session(Path::new(&path)).expect("a session");
        change(&mut session);
        let other = folder.path().join("other.glad");
        save_session(&other, &session).expect("room");
        let (status, text) = told(&glad(&["replay", &other.display().to_string()]));
        assert_eq!(status, Some(1), "{text}");
        assert!(text.contains(expected), "{expected}: {text}");
    };
    change(
        |session| {
            let instance = session.steps[4].action.instances()[0];
            session.steps[4].action = Action::answer(instance, Answer::Unsure);
        },
        "revision 5 ends with other weights (step 5, the answer unsure",
    );
    change(
        |session| {
            session.settings.seed = 9;
            // As in format 1, which did not hold them.
            session.fitted = None;
        },
        "revision 1 ends with other weights",
    );
    change(
        |session| {
            let weights = session.weights.as_mut().expect("weights");
            weights.network.weights[7] += 0.5;
        },
        "the weights in the file are not those that revision 8 ends with",
    );
    change(
        |session| {
            let fitted = session.fitted.as_deref().expect("detectors");
            let text = ron::to_string(fitted).expect("a text");
            let other = text.replacen("floor:0.0", "floor:0.5", 1);
            session.fitted = Some(Arc::new(ron::from_str(&other).expect("detectors")));
        },
        "its detectors are not those that its table and settings give",
    );
    change(
        |session| session.data.fingerprint.sha256 = "0".repeat(64),
        "its table has other values",
    );
}

#[test]
fn bad_sessions_get_one_sentence_and_status_2() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = saved(folder.path(), "run.glad", &[]);
    let text = fs::read_to_string(&path).expect("the file");
    let bad = folder.path().join("bad.glad");
    let bad_path = bad.display().to_string();
    for (content, expected) in [
        (text.replacen("format 3", "format 7", 1), "newer GLAD"),
        (text.replacen("seed: 0", "seed: 1", 1), "is damaged"),
        (text[..text.len() / 2].to_owned(), "is damaged"),
    ] {
        fs::write(&bad, content).expect("room");
        for command in ["info", "replay"] {
            let (status, sentence) = told(&glad(&[command, &bad_path]));
            assert_eq!(status, Some(2), "{sentence}");
            assert!(sentence.contains(expected), "{expected}: {sentence}");
            assert_eq!(sentence.trim_end().lines().count(), 1, "{sentence}");
        }
    }
    let (status, sentence) = told(&glad(&["info", "no/such.glad"]));
    assert!(
        status == Some(2) && sentence.contains("There is no session"),
        "{sentence}"
    );
    let table = toy_path("clusters").display().to_string();
    let (status, sentence) = told(&glad(&["info", &table]));
    assert!(
        status == Some(2) && sentence.contains("is not a GLAD session"),
        "{sentence}"
    );
    let (status, sentence) = told(&glad(&["merge", &path, &bad_path, "--out", "x.glad"]));
    assert!(
        status == Some(2) && sentence.contains("is damaged"),
        "{sentence}"
    );
}

#[test]
fn a_session_with_its_table_in_it_needs_no_other_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let table = folder.path().join("t.csv");
    fs::copy(toy_path("between"), &table).expect("room");
    let path = folder.path().join("run.glad").display().to_string();
    let data = table.display().to_string();
    let output = glad(&["replay", &data, "--budget", "3", "--save", &path, "--embed"]);
    assert!(output.status.success(), "{}", told(&output).1);
    fs::remove_file(&table).expect("the table");
    let (status, text) = told(&glad(&["replay", &path]));
    assert_eq!(status, Some(0), "{text}");
}

#[test]
fn a_table_that_moved_is_found_when_it_is_said_where() {
    let folder = tempfile::tempdir().expect("a folder");
    let place = |name: &str| folder.path().join(name).display().to_string();
    let (table, moved, path) = (place("t.csv"), place("moved.csv"), place("run.glad"));
    fs::copy(toy_path("between"), &table).expect("room");
    let output = glad(&["replay", &table, "--budget", "3", "--save", &path]);
    assert!(output.status.success(), "{}", told(&output).1);
    fs::rename(&table, &moved).expect("a move");
    let export = ["export", &path, "--labels", &place("l.csv")];
    for command in [&["replay", &path][..], &export] {
        let (status, text) = told(&glad(command));
        assert_eq!(status, Some(2), "{text}");
        assert!(text.contains("Say where it is by --table FILE."), "{text}");
        let there = [command, &["--table", &moved]].concat();
        let (status, text) = told(&glad(&there));
        assert_eq!(status, Some(0), "{text}");
        let other = toy_path("clusters").display().to_string();
        let (status, text) = told(&glad(&[command, &["--table", &other]].concat()));
        assert_ne!(status, Some(0), "{text}");
    }
    let export = ["export", &path, "--labels", &moved, "--table", &moved];
    let (status, text) = told(&glad(&export));
    assert_eq!(status, Some(2), "it is read for this: {text}");
    // What the session has learnt is in its file: another table is scored without its own.
    let scores = place("s.csv");
    let (status, text) = told(&glad(&["score", &path, &moved, "--out", &scores]));
    assert_eq!(status, Some(0), "{text}");
    let (status, text) = told(&glad(&["replay", &moved, "--table", &moved]));
    assert_eq!(status, Some(2), "{text}");
}

/// Makes a session of the answers of one analyst.
fn answered(path: &Path, like: &str, answers: &[(usize, Answer)]) {
    let mut session = read_session(Path::new(like)).expect("a session");
    let mut history: Session = session.history_alone();
    while history.undo().is_some() {}
    session.steps.clear();
    session.cursor = 0;
    session.weights = None;
    for &(instance, answer) in answers {
        history.answer(instance, answer);
        session.steps.push(glad::store::SavedStep {
            action: Action::answer(instance, answer),
            at: None,
            outcome: None,
        });
        session.cursor += 1;
    }
    save_session(path, &session).expect("room");
}

#[test]
fn merging_counts_agreement_and_asks_about_disputes_first() {
    use Answer::{Anomaly, Nominal, Skip, Unsure};
    let folder = tempfile::tempdir().expect("a folder");
    let like = saved(folder.path(), "run.glad", &[]);
    let (a, b) = (folder.path().join("a.glad"), folder.path().join("b.glad"));
    answered(
        &a,
        &like,
        &[
            (0, Anomaly),
            (1, Anomaly),
            (2, Nominal),
            (3, Nominal),
            (4, Unsure),
            (5, Anomaly),
            (7, Skip),
        ],
    );
    answered(
        &b,
        &like,
        &[
            (0, Anomaly),
            (1, Nominal),
            (2, Nominal),
            (3, Anomaly),
            (4, Nominal),
            (6, Nominal),
            (7, Unsure),
        ],
    );
    let out = folder.path().join("merged.glad");
    let paths = [&a, &b, &out].map(|path| path.display().to_string());
    let (status, text) = told(&glad(&["merge", &paths[0], &paths[1], "--out", &paths[2]]));
    assert_eq!(status, Some(0), "{text}");
    // 2 of 4 agree, and half would by chance: kappa 0.
    for expected in [
        "4 instances have labels by both, 1 only by the first, 2 only by the second",
        "agreement: 2 of 4 (50.0 %), Cohen's kappa 0.000",
        "disagreements: 2",
        "2: anomaly by the first, nominal by the second",
        "4: nominal by the first, anomaly by the second",
    ] {
        assert!(text.contains(expected), "{expected}: {text}");
    }
    let merged = read_session(&out).expect("a session");
    assert_eq!(merged.first, [1, 3]);
    let answers: Vec<_> = merged.history_alone().answers().into_iter().collect();
    assert_eq!(
        answers,
        [
            (0, Anomaly),
            (2, Nominal),
            (4, Nominal),
            (5, Anomaly),
            (6, Nominal),
            (7, Unsure)
        ]
    );
    let (status, text) = told(&glad(&["replay", &paths[2]]));
    assert_eq!(status, Some(0), "it opens: {text}");
    assert!(text.contains("nothing was trained in it yet"), "{text}");
}

#[test]
fn kappa_by_hand() {
    assert_eq!(kappa([[0, 0], [0, 0]]), None);
    assert_eq!(kappa([[9, 0], [0, 0]]), None, "one label only");
    assert_eq!(kappa([[5, 0], [0, 5]]), Some(1.0));
    assert_eq!(kappa([[0, 5], [5, 0]]), Some(-1.0));
    // p_o = 0.8; p_e = 0.3 · 0.3 + 0.7 · 0.7 = 0.58; (0.8 − 0.58) / 0.42.
    let skewed = kappa([[2, 1], [1, 6]]).expect("both labels");
    assert!((skewed - 0.22 / 0.42).abs() < 1e-12);
}

/// Words on standard input, confirmations on standard output.
pub fn label(arguments: &[&str], words: &str) -> (Option<i32>, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_glad"))
        .arg("label")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program");
    let mut input = child.stdin.take().expect("a pipe");
    // The program may have refused before it read.
    drop(input.write_all(words.as_bytes()));
    drop(input);
    told(&child.wait_with_output().expect("an end"))
}

#[test]
fn labelling_in_the_terminal_goes_on_where_it_was() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("run.glad");
    let save = path.display().to_string();
    let arguments = ["clusters", "--save", &save];
    let (status, text) = label(&arguments, "a\nn\nnote odd one\nundo\nwhat\nskip\nquit\n");
    assert_eq!(status, Some(0), "{text}");
    assert!(
        text.contains("kept undo") && text.contains("say anomaly"),
        "{text}"
    );
    assert!(!path.exists(), "it was never saved");
    let (status, text) = label(&arguments, "n\nsave\nu\n");
    assert_eq!(status, Some(0), "{text}");
    assert!(
        text.contains("recovered 3 answers") && text.contains("saved "),
        "{text}"
    );
    let (status, text) = label(&["clusters", "--save", &save, "--oracle", "3"], "");
    assert_eq!(status, Some(0), "{text}");
    assert!(text.contains("recovered 1 answer\n"), "{text}");
    let session = read_session(&path).expect("a session");
    assert_eq!(session.history_alone().answers().len(), 8);
    let (status, text) = told(&glad(&["replay", &save]));
    assert_eq!(status, Some(0), "{text}");
}
