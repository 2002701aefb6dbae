//! `glad inspect`, and what `label`, `rank` and `score` make of the meanings of columns.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::cli_session::glad;

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

/// A logger's table with a title, units, decimal commas, ids, times and a filler.
fn logger(folder: &Path) -> PathBuf {
    let mut table = String::from("Logger 7, shed\nNr_ID;Zeit;Temperatur;Druck\n;;[°C];[hPa]\n");
    for row in 0..90_i32 {
        let temperature = match row % 15 {
            0 => "-200,0".to_owned(),
            _ => format!("{},{}", 18 + row % 7, row % 10),
        };
        let (day, hour) = (1 + row / 24, row % 24);
        let pressure = 990 + row * 7 % 13;
        writeln!(
            table,
            "{};{day:02}.03.2024 {hour:02}:00;{temperature};{pressure},5",
            700 + row * 3
        )
        .expect("memory");
    }
    let path = folder.join("logger.csv");
    fs::write(&path, table).expect("room");
    path
}

#[test]
fn inspect_prints_one_object_with_all_that_is_recognised() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = logger(folder.path()).display().to_string();
    let output = glad(&["inspect", &path, "--json"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let found: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    for (key, value) in [
        ("rows", Value::from(90)),
        ("lines", Value::from(93)),
        ("format", Value::from("text")),
        ("encoding", Value::from("UTF-8")),
        ("delimiter", Value::from(";")),
        ("decimal", Value::from(",")),
        ("header_lines", Value::from(2)),
        ("skipped", Value::from(vec![1])),
    ] {
        assert_eq!(found[key], value, "{key}: {found}");
    }
    // The beginning of a file as small as this is all of it.
    let output = glad(&["inspect", &path, "--json", "--beginning"]);
    let beginning: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(beginning, found);
    let columns = found["columns"].as_array().expect("a list");
    let told: Vec<(&str, &str, &str)> = columns
        .iter()
        .map(|column| {
            let word = |key: &str| column[key].as_str().unwrap_or_default();
            (word("name"), word("meaning"), word("unit"))
        })
        .collect();
    let expected = [
        ("Nr_ID", "id", ""),
        ("Zeit", "time", ""),
        ("Temperatur", "number", "°C"),
        ("Druck", "number", "hPa"),
    ];
    assert_eq!(told, expected);
    let notes = found["notes"].to_string();
    for part in [
        "before the table",
        "units",
        "decimal comma",
        "--missing -200",
    ] {
        assert!(notes.contains(part), "{part}: {notes}");
    }
    let output = glad(&[
        "inspect",
        &path,
        "--missing",
        "-200",
        "--column",
        "Zeit=out",
    ]);
    let (out, told) = (text(&output.stdout), text(&output.stderr));
    assert!(
        out.contains("(6 missing)") && !told.contains("--missing"),
        "{out}{told}"
    );
    assert!(
        out.lines()
            .any(|line| line.starts_with("Zeit") && line.contains("out")),
        "{out}"
    );
    let output = glad(&["inspect", &path, "--column", "Zeit=never"]);
    assert!(text(&output.stderr).contains("number, category, time, id, label, out"));
}

#[test]
fn a_session_keeps_what_was_chosen_and_scores_by_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = logger(folder.path()).display().to_string();
    let place = |name: &str| folder.path().join(name).display().to_string();
    let (save, scores) = (place("run.glad"), place("scores.csv"));
    let chosen = ["--missing", "-200", "--impute"];
    let mut child = Command::new(env!("CARGO_BIN_EXE_glad"))
        .args([&["label", &path, "--save", &save], &chosen[..]].concat())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program");
    let mut input = child.stdin.take().expect("a pipe");
    input.write_all(b"a\nn\nsave\n").expect("a reader");
    drop(input);
    let output = child.wait_with_output().expect("an end");
    let out = text(&output.stdout);
    assert!(output.status.success(), "{out}{}", text(&output.stderr));
    // What is asked for and what is kept have one name, and the card says when it was.
    let asked = out
        .lines()
        .find(|line| line.starts_with("? Nr_ID "))
        .expect("a question");
    let id = asked.split(' ').nth(2).expect("an id");
    assert!(out.contains(&format!("kept Nr_ID {id} anomaly")), "{out}");
    assert!(asked.contains("Zeit 2024-03-0"), "{asked}");
    // The same file gives the same scores, and so does one with points and names in capitals.
    let output = glad(&["score", &save, &path, "--out", &scores]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let first = fs::read_to_string(&scores).expect("scores");
    assert_eq!(first.lines().count(), 91);
    let plain = fs::read_to_string(&path).expect("the table");
    let plain = plain.replace("Logger 7, shed\n", "").replace(',', ".");
    let plain = plain.replace("Temperatur;Druck", "TEMPERATUR;DRUCK");
    let other = place("other.csv");
    fs::write(&other, plain).expect("room");
    let output = glad(&["score", &save, &other, "--out", &scores]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(text(&output.stderr).contains("without regard to case"));
    assert_eq!(fs::read_to_string(&scores).expect("scores"), first);
    // And the session reproduces itself.
    let output = glad(&["replay", &save]);
    assert!(
        text(&output.stdout).contains("reproduces itself"),
        "{}",
        text(&output.stdout)
    );
}
