//! Experiments, run as a user runs them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::common::toy_path;

/// A small experiment on two toy tables in a folder of its own.
fn experiment(arguments: &[&str], threads: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_glad"))
        .arg("experiment")
        .args(arguments)
        .env("RAYON_NUM_THREADS", threads)
        .output()
        .expect("the program")
}

fn run(out: &Path, more: &[&str], threads: &str) -> String {
    let out = out.display().to_string();
    let mut arguments = vec![
        "clusters",
        "between",
        "--ensemble",
        "loda:4",
        "--budget",
        "6",
        "--seeds",
        "2",
        "--methods",
        "baseline,glad,aad-with-prior",
        "--out",
        &out,
    ];
    arguments.extend_from_slice(more);
    let output = experiment(&arguments, threads);
    assert!(output.status.success(), "{}", text(&output.stderr));
    text(&output.stdout)
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

fn refused(arguments: &[&str]) -> String {
    let output = experiment(arguments, "2");
    let sentence = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{arguments:?}: {sentence}");
    assert_eq!(sentence.trim_end().lines().count(), 1, "{sentence}");
    assert!(output.stdout.is_empty());
    sentence
}

/// The files that an experiment leaves, the lines of results in one order.
fn left_behind(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut files: Vec<(PathBuf, String)> = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| {
            let path = entry.expect("an entry").path();
            let content = fs::read_to_string(&path).expect("text");
            let mut lines: Vec<&str> = content.lines().collect();
            if path.extension().is_some_and(|ending| ending == "jsonl") {
                lines.sort_unstable();
            }
            (path.file_name().expect("a name").into(), lines.join("\n"))
        })
        .collect();
    files.sort();
    files
}

#[test]
fn interrupted_or_not_and_on_one_core_or_two_it_finds_the_same() {
    let (one, other) = (
        tempfile::tempdir().expect("a folder"),
        tempfile::tempdir().expect("a folder"),
    );
    let whole = run(one.path(), &[], "1");
    let results = fs::read(one.path().join("results.jsonl")).expect("results");
    assert_eq!(text(&results).lines().count(), 2 * 3 * 2);
    assert!(
        whole.contains("### clusters (485 × 2, 35 anomalies)"),
        "{whole}"
    );
    assert!(whole.contains("| AAD with prior |") && whole.contains("over tables and seeds"));

    // What an interruption leaves: some lines, and one that was torn.
    let ends: Vec<usize> = (0..results.len())
        .filter(|&at| results[at] == b'\n')
        .collect();
    fs::write(other.path().join("results.jsonl"), &results[..ends[4] + 30]).expect("a file");
    let resumed = run(other.path(), &[], "2");
    assert_eq!(resumed, whole);
    assert_eq!(left_behind(other.path()), left_behind(one.path()));

    // Nothing is left to run: a result that was altered by hand shows.
    let altered = text(&results).replacen("\"auroc\":0.", "\"auroc\":0.000", 1);
    fs::write(one.path().join("results.jsonl"), altered).expect("a file");
    assert_ne!(run(one.path(), &[], "2"), whole);
    // With other settings those results do not count, and their own are added.
    let lines = || {
        text(&fs::read(one.path().join("results.jsonl")).expect("results"))
            .lines()
            .count()
    };
    run(one.path(), &["--batch", "2"], "2");
    assert_eq!(lines(), 2 * 2 * 3 * 2);
}

#[test]
fn peers_are_rows_and_an_experiment_can_be_anothers_peer() {
    let folder = tempfile::tempdir().expect("a folder");
    let first = folder.path().join("first");
    let plain = run(&first, &[], "2");
    let peers = first.join("curves.csv").display().to_string();
    let second = run(&folder.path().join("second"), &["--peers", &peers], "2");
    assert!(second.contains("| GLAD |") && second.len() > plain.len());
    let rows =
        |shown: &str, name: &str| shown.lines().filter(|line| line.starts_with(name)).count();
    // Of each table two rows, ours and the peer's; and three of contests.
    assert_eq!(rows(&second, "| GLAD |"), 2 * 2 + 1);
    assert_eq!(rows(&plain, "| GLAD |"), 2);
    // Against itself everything is a tie.
    let tied = second
        .lines()
        .find(|line| line.starts_with("| GLAD | 0/2/0"));
    assert!(tied.is_some(), "{second}");
}

#[test]
fn bad_input_is_told_in_a_sentence() {
    let folder = tempfile::tempdir().expect("a folder");
    let empty = folder.path().display().to_string();
    assert!(refused(&[&empty]).contains("there is no table (*.csv, *.tsv) in"));
    assert!(refused(&["clusters", "--budget", "0"]).contains("--budget is 0"));
    assert!(refused(&["clusters", "clusters"]).contains("two tables are named clusters"));
    assert!(refused(&["clusters", "--methods", "glad,glad"]).contains("glad is named twice"));
    assert!(refused(&["clusters", "--peers", "no/such.csv"]).contains("cannot read the peers"));
    assert!(
        refused(&["clusters", "--settings", "no/such.ron"]).contains("cannot read the settings")
    );
    let file = toy_path("clusters").display().to_string();
    assert!(refused(&["clusters", "--peers", &file]).contains("columns of peers' curves are"));
    assert!(refused(&["clusters", "--out", &file]).contains("cannot write to"));
    assert!(refused(&["subspaces", "--ensemble", "paper"]).contains("2 features"));
    fs::write(folder.path().join("results.jsonl"), "{}\n").expect("a file");
    let sentence = refused(&["clusters", "--out", &empty]);
    assert!(sentence.contains("line 1 is not a result"), "{sentence}");
    fs::write(folder.path().join("no_truth.csv"), "x,y\n1,2\n2,4\n3,1\n").expect("a file");
    assert!(refused(&[&empty]).contains("no label column"));
}
