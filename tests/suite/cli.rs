//! The command line, run as a user runs it.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

use crate::common::toy_path;

/// Runs `glad` without a display, its outputs piped.
fn glad(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_glad"))
        .args(arguments)
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .env_remove("WAYLAND_SOCKET")
        .output()
        .expect("the program")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

fn clusters() -> String {
    toy_path("clusters").display().to_string()
}

/// Asserts that the program refuses with one sentence on standard error, and returns it.
fn refused(arguments: &[&str]) -> String {
    let output = glad(arguments);
    let sentence = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{arguments:?}: {sentence}");
    assert!(sentence.starts_with("error: "), "{sentence}");
    assert_eq!(
        sentence.trim_end().lines().count(),
        1,
        "one sentence: {sentence}"
    );
    assert!(!sentence.contains("panicked"), "{sentence}");
    assert!(output.stdout.is_empty(), "nothing but the sentence");
    sentence
}

#[test]
fn a_json_line_has_exactly_the_keys_that_scripts_rely_on() {
    let output = glad(&[
        "replay",
        &clusters(),
        "--budget",
        "5",
        "--seeds",
        "2",
        "--seed",
        "3",
        "--json",
    ]);
    assert!(output.status.success());
    assert!(
        output.stderr.is_empty(),
        "no progress bar in a pipe: {}",
        text(&output.stderr)
    );
    let lines = text(&output.stdout);
    let records: Vec<Value> = lines
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    assert_eq!(records.len(), 2);
    for (record, seed) in records.iter().zip([3, 4]) {
        let keys: Vec<&String> = record.as_object().expect("an object").keys().collect();
        let mut expected = [
            "dataset", "method", "seed", "n", "d", "members", "found", "seconds",
        ];
        expected.sort_unstable();
        assert_eq!(keys, expected);
        assert_eq!(
            (&record["dataset"], &record["method"]),
            (&"clusters".into(), &"glad".into())
        );
        assert_eq!(
            (&record["seed"], &record["n"], &record["d"]),
            (&seed.into(), &485.into(), &2.into())
        );
        let found: Vec<u64> = record["found"]
            .as_array()
            .expect("a curve")
            .iter()
            .filter_map(Value::as_u64)
            .collect();
        assert!(
            found.len() == 5 && found.is_sorted(),
            "cumulative, one entry a query: {found:?}"
        );
        let seconds: Vec<&String> = record["seconds"]
            .as_object()
            .expect("times")
            .keys()
            .collect();
        assert_eq!(seconds, ["fit", "prime", "update_median"]);
    }
}

#[test]
fn the_text_shows_the_method_beside_its_baseline() {
    let output = glad(&[
        "replay",
        "clusters",
        "--budget",
        "12",
        "--projections",
        "paper",
    ]);
    let shown = text(&output.stdout);
    assert!(output.status.success() && output.stderr.is_empty());
    assert!(
        shown.contains("clusters: 485 instances, 2 features, 35 anomalies"),
        "{shown}"
    );
    assert!(
        shown.contains("4 members") && shown.contains("baseline"),
        "{shown}"
    );
    assert!(shown.contains("milliseconds"), "{shown}");
}

#[test]
fn the_same_seed_finds_the_same_and_methods_differ() {
    let curve = |method: &str| {
        let output = glad(&[
            "replay",
            &clusters(),
            "--budget",
            "25",
            "--method",
            method,
            "--json",
        ]);
        let record: Value = serde_json::from_str(&text(&output.stdout)).expect("JSON");
        record["found"].clone()
    };
    assert_eq!(curve("glad"), curve("glad"));
    assert_ne!(curve("glad"), curve("baseline"));
    assert_ne!(curve("aad"), curve("baseline"));
}

#[test]
fn without_a_display_the_toy_is_replayed_in_the_terminal() {
    let output = glad(&[]);
    let shown = text(&output.stdout);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let sentence = shown.lines().next().expect("a line");
    assert!(
        sentence.contains("to get") && sentence.contains("window"),
        "{sentence}"
    );
    assert!(shown.contains("anomalies found"), "{shown}");
}

#[test]
fn without_a_display_a_table_is_read_and_the_command_for_it_named() {
    let sentence = refused(&[&clusters()]);
    assert!(sentence.contains("glad replay"), "{sentence}");
    let sentence = refused(&["no/such.csv"]);
    assert!(sentence.contains("There is no file"), "{sentence}");
}

#[test]
fn toys_are_written_bit_for_bit() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = glad(&["datasets", "write", &folder.path().display().to_string()]);
    assert!(output.status.success());
    for name in ["clusters", "between", "subspaces"] {
        let bundled = fs::read(toy_path(name)).expect("the bundled file");
        let written = folder.path().join(format!("{name}.csv"));
        assert_eq!(fs::read(written).expect("the written file"), bundled);
    }
}

/// A file of a test's own, and the sentence of its refusal by `replay`.
fn refused_file(folder: &Path, content: impl AsRef<[u8]>, expected: &str) {
    let path = folder.join("bad.csv");
    fs::write(&path, content).expect("a file");
    let path = path.display().to_string();
    for arguments in [&["replay", path.as_str(), "--json"][..], &[path.as_str()]] {
        let sentence = refused(arguments);
        if arguments.len() > 1 || !sentence.contains("glad replay") {
            assert!(sentence.contains(expected), "{sentence}");
        }
    }
}

#[test]
fn bad_input_gets_one_sentence_and_status_2() {
    let folder = tempfile::tempdir().expect("a folder");
    let cases: [(&[u8], &str); 15] = [
        (b"", "is empty"),
        (b"label,x,y\n", "no rows"),
        (b"label,x,y\nnominal,1,2\n", "1 row where at least"),
        (b"x\n1\n2\n3\n4\n", "one column only"),
        (
            b"label,x,y\nnominal,1,2\nanomaly,3\nnominal,4,5\n",
            "Line 3 has 2 fields",
        ),
        (
            b"label,x,y\nnominal,1,2\nanomaly,nan,3\nnominal,4,5\n",
            "the value is missing",
        ),
        (
            b"label,x,y\nnominal,1,2\nanomaly,inf,3\nnominal,4,5\n",
            "is not finite",
        ),
        (
            b"label,x,y\na,1,2\nb,3,3\nc,4,5\na,6,7\n",
            "taken for the labels",
        ),
        (
            b"label,x,y\nanomaly,1,2\nanomaly,3,3\nanomaly,4,5\n",
            "at least one anomaly and one nominal",
        ),
        (
            b"label,x,y\nnominal,1,2\nanomaly,1,2\nnominal,1,2\n",
            "it is constant",
        ),
        (
            b"label,x,y\nnominal,1,2\nanomaly,\x01\x02\x03,2\nnominal,1,3\n",
            "a binary file",
        ),
        (b"x,y\n1,2\n3,3\n4,5\n", "no label column"),
        (
            b"label,x,y\nnominal,1,2\nanomaly,1e99,3\nnominal,4,5\n",
            "too large",
        ),
        (b"\x1f\x8b\x08\x00\x00", "gzip"),
        (b"PK\x03\x04\x00", "zip archive"),
    ];
    for (content, expected) in cases {
        refused_file(folder.path(), content, expected);
    }
}

/// A line of a gigabyte, gzipped to a megabyte: refused before it fills the memory.
#[test]
fn a_line_of_a_gigabyte_is_refused() {
    use std::io::Write;
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("long.csv.gz");
    let file = fs::File::create(&path).expect("a file");
    let mut packed = flate2::write::GzEncoder::new(file, flate2::Compression::fast());
    packed.write_all(b"label,x,y\nnominal,1,").expect("room");
    let block = vec![b'7'; 1 << 20];
    for _ in 0..1024 {
        packed.write_all(&block).expect("room");
    }
    packed.finish().expect("room");
    let sentence = refused(&["replay", &path.display().to_string()]);
    assert!(
        sentence.contains("does not end within 16 MiB"),
        "{sentence}"
    );
}

#[test]
fn bad_arguments_are_told() {
    let data = clusters();
    for (arguments, expected) in [
        (&["--budget", "0"][..], "--budget is 0"),
        (&["--budget", "1000000"], "nothing left to ask"),
        (&["--batch", "0"], "--batch is 0"),
        (&["--tau", "0.9"], "tau is 0.9"),
        (&["--label", "nope"], "no column"),
    ] {
        let mut all = vec!["replay", data.as_str()];
        all.extend_from_slice(arguments);
        let sentence = refused(&all);
        assert!(sentence.contains(expected), "{sentence}");
    }
    let wide = toy_path("subspaces").display().to_string();
    let sentence = refused(&["replay", &wide, "--projections", "paper"]);
    assert!(sentence.contains("2 features"), "{sentence}");
}
