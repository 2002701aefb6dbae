//! Labelling on the command line that is left off and taken up: nothing that was said is lost, nor
//! is what lies unsaved passed over in silence, and nothing has to be said twice.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use glad::numeric::Unwatched;
use glad::store::{images_of, open_session, read_session, sequences_of};

use crate::cli_session::{glad, label, told};
use crate::imaging::bytes_of;

/// Waves in two classes, one of them rare.
fn waves(path: &Path) {
    let mut text = "@classLabel true A B\n@data\n".to_owned();
    for k in 0..24 {
        let class = if k % 6 == 5 { "B" } else { "A" };
        let shift = f64::from(k) * if k % 6 == 5 { 0.2 } else { 0.02 };
        let values =
            (0..20).map(|moment| format!("{:.3}", (f64::from(moment) / 3.0 + shift).sin()));
        let _ = writeln!(text, "{}:{class}", values.collect::<Vec<_>>().join(","));
    }
    fs::write(path, text).expect("written");
}

/// The files of a folder that hold a word.
fn holding(folder: &Path, word: &str) -> Vec<String> {
    let files = fs::read_dir(folder).expect("a folder");
    let paths = files.map(|entry| entry.expect("an entry").path());
    let holds = |path: &PathBuf| {
        let bytes = fs::read(path).expect("a file");
        String::from_utf8_lossy(&bytes).contains(word)
    };
    let mut names: Vec<String> = (paths.filter(holds))
        .map(|path| path.file_name().unwrap_or_default().display().to_string())
        .collect();
    names.sort();
    names
}

#[test]
fn journals_of_other_data_are_all_kept_and_taken_up_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).display().to_string();
    waves(&folder.path().join("w.ts"));
    let (w, y, z) = (path("w.ts"), path("y.glad"), path("z.glad"));
    let sides: [[Vec<&str>; 2]; 2] = [
        [
            vec![&w, "--nominal", "A", "--save", &y],
            vec![&w, "--nominal", "B", "--save", &y],
        ],
        [
            vec!["clusters", "--save", &z],
            vec!["between", "--save", &z],
        ],
    ];
    for (case, [one, other]) in sides.into_iter().enumerate() {
        let said = |what: &str| format!("{what}{case}");
        let first = format!("note {}\nn\nquit\n", said("FIRST"));
        let second = format!("note {}\nn\nn\nquit\n", said("SECOND"));
        let third = format!("note {}\nn\nquit\n", said("THIRD"));
        label(&one, &first);
        let (status, text) = label(&other, &second);
        assert_eq!(status, Some(0), "{text}");
        assert!(text.contains(".journal~."), "which file it is: {text}");
        let (status, text) = label(&one, &third);
        assert_eq!(status, Some(0), "{text}");
        assert!(text.contains("recovered 1 answer from "), "{text}");
        assert!(
            text.contains(".journal~2"),
            "and where the other is: {text}"
        );
        // And to and fro once more: each has all of its own, and nothing is twice.
        let (_, text) = label(&other, "quit\n");
        assert!(text.contains("recovered 2 answers from "), "{text}");
        let (_, text) = label(&one, "save\nquit\n");
        assert!(text.contains("recovered 2 answers from "), "{text}");
        for what in ["FIRST", "SECOND", "THIRD"] {
            let names = holding(folder.path(), &said(what));
            assert_eq!(names.len(), 1, "{what}: {names:?}");
        }
        let saved = read_session(Path::new(one[one.len() - 1])).expect("a session");
        assert_eq!(saved.history_alone().answers().len(), 2);
    }
    // Only one of the sides is in the session; the other one is still aside.
    assert_eq!(holding(folder.path(), "SECOND0"), ["y.glad.journal~2"]);
}

#[test]
fn a_session_that_was_written_over_twice_is_still_there() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("s.glad").display().to_string();
    label(
        &["clusters", "--save", &path],
        "note BY HAND\nn\nsave\nquit\n",
    );
    for seed in ["1", "2", "3"] {
        let arguments = ["replay", "clusters", "--budget", "2", "--seed", seed];
        let (status, text) = told(&glad(&[&arguments[..], &["--save", &path]].concat()));
        assert_eq!(status, Some(0), "{text}");
    }
    assert_eq!(holding(folder.path(), "BY HAND"), ["s.glad~2"]);
}

#[test]
fn what_is_not_in_the_session_yet_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("s.glad").display().to_string();
    let out = folder.path().join("l.csv").display().to_string();
    let arguments = ["clusters", "--save", &path];
    let (_, text) = label(&arguments, "n\nquit\n");
    let words = "1 answer lies in ";
    assert!(
        text.contains(words) && text.contains("`glad label clusters --save"),
        "{text}"
    );
    let other = folder.path().join("other.glad").display().to_string();
    let commands: [&[&str]; 5] = [
        &["info", &path],
        &["export", &path, "--labels", &out],
        &["replay", &path],
        &["score", &path, "clusters", "--out", &out],
        &["merge", &path, &path, "--out", &other],
    ];
    for command in commands {
        let (status, text) = told(&glad(command));
        assert_eq!(status, Some(2), "{text}");
        assert!(
            text.contains("There is no session") && text.contains(words),
            "{text}"
        );
    }
    // The end of the input, too.
    let (_, text) = label(&arguments, "save\nn\nu\n");
    assert!(text.contains("recovered 1 answer\n"), "{text}");
    assert!(text.contains("2 answers lie in "), "{text}");
    for command in [commands[0], commands[1], commands[2], commands[4]] {
        let (status, text) = told(&glad(command));
        assert_eq!(status, Some(0), "{text}");
        assert!(text.contains("note: 2 answers lie in "), "{text}");
    }
    // All that is done is saved: nothing to say.
    let (_, text) = label(&[&path], "save\nquit\n");
    assert!(
        text.contains("recovered 2 answers\n") && !text.contains(" lie"),
        "{text}"
    );
    let (_, text) = told(&glad(&["export", &path, "--labels", &out]));
    assert_eq!(text, format!("written: 3 answers in {out}\n"));
}

#[test]
fn sequences_beside_a_session_are_whole_or_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).display().to_string();
    waves(&folder.path().join("w.ts"));
    let (w, a, b, m) = (path("w.ts"), path("a.glad"), path("b.glad"), path("m.glad"));
    let out = path("new.csv");
    for (save, words) in [(&a, "n\nsave\n"), (&b, "a\nsave\n")] {
        let (status, text) = label(&[&w, "--nominal", "A", "--save", save], words);
        assert_eq!(status, Some(0), "{text}");
    }
    // A merged session has what its parts have, from whichever of them.
    let beside = sequences_of(Path::new(&a));
    let whole = fs::read(&beside).expect("sequences");
    fs::remove_file(&beside).expect("removed");
    let merge = ["merge", &a, &b, "--out", &m];
    let (status, text) = told(&glad(&merge));
    assert_eq!(status, Some(0), "{text}");
    assert_eq!(
        fs::read(sequences_of(Path::new(&m))).expect("sequences"),
        whole
    );
    let score = ["score", &m, &w, "--out", &out];
    let (status, text) = told(&glad(&score));
    assert_eq!(status, Some(0), "{text}");
    assert!(text.contains("scored 24 sequences"), "{text}");

    // One bit, wherever it is.
    let beside = sequences_of(Path::new(&m));
    let saved = read_session(Path::new(&m)).expect("a session");
    for step in 0..200 {
        let at = step * (whole.len() - 1) / 199;
        let mut bytes = whole.clone();
        bytes[at] ^= 1 << (step % 8);
        fs::write(&beside, &bytes).expect("room");
        let companion = saved.companion(Path::new(&m)).expect("sequences");
        assert!(companion.fault.is_some(), "byte {at}");
        let table = saved.open_data(Path::new(&m), None).expect("its table");
        assert!(table.sequences().is_none(), "byte {at}");
        if step % 66 == 1 {
            let (status, text) = told(&glad(&score));
            assert_eq!(status, Some(2), "byte {at}: {text}");
            assert!(text.contains("damaged"), "byte {at}: {text}");
        }
    }
    // Where it is missing it is said by whatever would show it.
    fs::remove_file(&beside).expect("removed");
    let (_, text) = told(&glad(&["info", &m]));
    assert!(text.contains("m.glad.sequences is not beside it"), "{text}");
    let opened = open_session(Path::new(&m), None, &mut Unwatched).expect("a session");
    let notices = opened.notices.join("\n");
    assert!(
        notices.contains("m.glad.sequences is not beside it"),
        "the window: {notices}"
    );
    let (status, text) = told(&glad(&["export", &m, "--report", &path("r.html")]));
    assert_eq!(status, Some(0), "{text}");
    assert!(text.contains("m.glad.sequences is not beside it"), "{text}");
    let (status, text) = told(&glad(&["export", &m, "--events", &path("e.csv")]));
    assert_eq!(status, Some(2), "{text}");
    assert!(text.contains("its sequences are not beside it"), "{text}");
}

#[test]
fn a_session_of_images_is_gone_on_with_as_it_was_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let name = |file: &str| folder.path().join(file).display().to_string();
    bytes_of(&folder.path().join("own.npy"), 0..40);
    let (own, run) = (name("own.npy"), name("run.glad"));
    let reading = [own.as_str(), "--epochs", "1", "--save", &run];
    let (_, text) = label(&reading, "n\nquit\n");
    assert!(text.contains("1 answer lies in"), "{text}");
    // From the journal alone, too.
    let (status, text) = label(&[&own, "--save", &run], "n\nsave\nquit\n");
    assert_eq!(status, Some(0), "{text}");
    assert!(text.contains("recovered 1 answer\n"), "{text}");
    let whole = fs::read(images_of(Path::new(&run))).expect("images");
    let (status, text) = label(&[&own, "--save", &run], "n\nsave\nquit\n");
    assert_eq!(status, Some(0), "{text}");
    assert_eq!(fs::read(images_of(Path::new(&run))).expect("images"), whole);
    let (_, text) = label(&[&run], "n\nsave\nquit\n");
    let saved = read_session(Path::new(&run)).expect("a session");
    assert_eq!(saved.history_alone().answers().len(), 4, "{text}");
    let (_, text) = told(&glad(&["info", &run]));
    assert!(
        text.contains("read with    --epochs 1") && text.contains("images       own:"),
        "{text}"
    );
    let (status, text) = label(&[&own, "--epochs", "2", "--save", &run], "quit\n");
    assert_eq!(status, Some(2), "{text}");
    assert!(
        text.contains("it was read with --epochs 1, and not with --epochs 2"),
        "{text}"
    );
    // Words of images, not of tables.
    let csv = name("l.csv");
    let (_, text) = told(&glad(&["export", &run, "--labels", &csv]));
    assert!(text.contains("written: 4 answers"), "{text}");
    let labels = fs::read_to_string(&csv).expect("labels");
    assert!(labels.starts_with("id,image,answer,"), "{labels}");
    let (status, text) = told(&glad(&["export", &run, "--events", &csv]));
    assert_eq!(status, Some(2), "{text}");
    assert!(text.contains("events are marked in sequences"), "{text}");
}

#[test]
fn a_table_is_gone_on_with_as_it_was_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let name = |file: &str| folder.path().join(file).display().to_string();
    let (table, run) = (name("t.csv"), name("run.glad"));
    let mut text = "x,y,z\n".to_owned();
    for k in 0..60 {
        let y = if k == 7 {
            String::new()
        } else {
            (k * k % 13).to_string()
        };
        let _ = writeln!(text, "{},{y},{}", k % 7, k % 11);
    }
    fs::write(&table, text).expect("written");
    label(&[&table, "--impute", "--save", &run], "n\nsave\nquit\n");
    let (status, text) = label(&[&table, "--save", &run], "n\nsave\nquit\n");
    assert_eq!(status, Some(0), "{text}");
    let (status, text) = label(&[&table, "--every", "2", "--save", &run], "quit\n");
    assert_eq!(status, Some(2), "{text}");
    assert!(
        text.contains("has 30 instances") && text.contains("it was read without --every 2"),
        "{text}"
    );
    let (status, text) = label(&["clusters", "--save", &run], "quit\n");
    assert_eq!(status, Some(2), "{text}");
    assert!(text.contains("clusters gives another table"), "{text}");
    let (status, text) = label(&[&table], "quit\n");
    assert_eq!(status, Some(2), "{text}");
    assert!(text.contains("--save FILE"), "{text}");
}

#[test]
fn what_cannot_be_is_refused_with_its_cause() {
    use std::io::Write as _;
    use std::process::{Command, Stdio};
    let folder = tempfile::tempdir().expect("a folder");
    let name = |file: &str| folder.path().join(file).display().to_string();
    let gone = name("gone/x.glad");
    let (status, text) = label(&["clusters", "--save", &gone], "n\n");
    assert_eq!(status, Some(2), "{text}");
    assert!(
        text.contains("the folder is gone") && !text.contains("your work is kept"),
        "{text}"
    );
    // A byte that is no text is the input's, and the line is skipped.
    let save = name("s.glad");
    let mut child = Command::new(env!("CARGO_BIN_EXE_glad"))
        .args(["label", "clusters", "--save", &save])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program");
    let mut input = child.stdin.take().expect("a pipe");
    input
        .write_all(b"n\nnote \xff\nn\nsave\n")
        .expect("written");
    drop(input);
    let (status, text) = told(&child.wait_with_output().expect("an end"));
    assert_eq!(status, Some(0), "{text}");
    assert!(
        text.contains("line 2 of the input is not text in UTF-8"),
        "{text}"
    );
    let saved = read_session(Path::new(&save)).expect("a session");
    assert_eq!(saved.history_alone().answers().len(), 2);
    let (status, text) = told(&glad(&["export", &save, "--charts", &name("s.glad~x")]));
    assert_eq!(status, Some(0), "{text}");
    let csv = name("l.csv");
    fs::write(&csv, "x").expect("room");
    let (status, text) = told(&glad(&["export", &save, "--charts", &csv]));
    assert_eq!(status, Some(2), "{text}");
    assert!(
        text.contains("is a file, and charts are written into a folder"),
        "{text}"
    );
}
