//! Experiments, run as a user runs them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use std::sync::Arc;

use glad::detector::Settings;
use glad::evaluation::{Design, Peers, Record, Report, Variant, markdown};

use crate::common::{toy, toy_path};

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

    let picture = fs::read_to_string(one.path().join("curves-clusters.svg")).expect("a picture");
    assert!(picture.starts_with("<svg") && picture.contains("anomalies found"));
    assert!(picture.contains("AAD with prior") && picture.trim_end().ends_with("</svg>"));

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
    // Of each table two rows, ours and the peer's; as many among the shares; and one of contests.
    assert_eq!(rows(&second, "| GLAD |"), 2 * 2 + 2 + 1);
    assert_eq!(rows(&plain, "| GLAD |"), 2 + 1);
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
    assert!(refused(&[&empty]).contains("there is no table (*.csv, *.tsv, *.parquet,"));
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

/// Two methods, two seeds, three queries on a table of 35 anomalies, and a peer.
#[test]
fn a_report_of_records_made_by_hand() {
    let design = Design {
        tables: vec![Arc::new(toy("clusters").open())],
        variants: vec![Variant::Baseline, Variant::Glad],
        settings: Settings::default(),
        seed: 0,
        seeds: 2,
        budget: 3,
        batch: 1,
    };
    assert_eq!(design.check(), Ok(()));
    assert_eq!(design.trials().len(), 4);
    let record = |method: &str, seed, found: [u32; 3], auroc| Record {
        dataset: "clusters".to_owned(),
        method: method.to_owned(),
        seed,
        key: String::new(),
        found: found.to_vec(),
        auroc,
        average_precision: 0.25,
    };
    let records = [
        record("baseline", 0, [0, 0, 1], 0.5),
        record("baseline", 1, [0, 0, 0], 0.5),
        record("glad", 0, [1, 2, 3], 0.75),
        record("glad", 1, [0, 1, 1], 1.0),
    ];
    let peers = "dataset,method,query,mean,sd,runs\nclusters,other,1,1,0,5\nclusters,other,2,2,0,5\nelsewhere,other,1,1,0,5\n";
    let peers = Peers::read(peers.as_bytes()).expect("peers");
    let report = Report::new(&design, &records, &peers);
    assert_eq!(
        (report.milestones.as_slice(), report.horizon),
        (&[3][..], 2)
    );
    let lines = &report.sections[0].lines;
    let labels: Vec<&str> = lines.iter().map(|line| line.label.as_str()).collect();
    assert_eq!(labels, ["baseline", "GLAD", "other"]);
    // GLAD: 3 and 1 found; areas of (1 + 2) and (0 + 1) of 3 up to query 2.
    let found = lines[1].found[0].expect("a spread");
    assert_eq!((found.mean, found.deviation), (2.0, Some(2_f64.sqrt())));
    let area = lines[1].area.expect("a spread").mean;
    assert!((area - 2.0 / 3.0).abs() < 1e-12);
    assert_eq!(lines[1].auroc.expect("a spread").mean, 0.875);
    assert_eq!((lines[2].found[0], lines[2].auroc), (None, None));
    // Against the baseline one table is won, and both seeds.
    let against = &report.contests[0];
    let round = against.rounds[0].as_ref().expect("a round");
    let replays = round.replays.expect("replays");
    assert_eq!(
        (against.against.as_str(), round.tables.wins),
        ("baseline", 1)
    );
    assert_eq!((replays.wins, replays.ties, replays.test.p), (2, 0, 0.5));
    // The peer has no third query, and a larger area.
    let against = &report.contests[1];
    assert_eq!(against.rounds[0], None);
    assert_eq!(
        against.rounds[1].as_ref().expect("a round").tables.losses,
        1
    );
    let text = markdown(&report);
    let row =
        "| GLAD | **2.0** ± 1.4 | 0.667 ± 0.471 | **0.875** ± 0.177 | **0.250** ± 0.000 | 2 |";
    assert!(text.contains(row), "{text}");
    assert!(
        text.contains("| other | – | **1.000** | – | – | 5 |"),
        "{text}"
    );
}

#[test]
fn the_learners_of_others_stand_beside_ours_with_the_share_that_each_found() {
    let out = tempfile::tempdir().expect("a folder");
    let folder = out.path().display().to_string();
    let arguments = [
        "clusters",
        "--ensemble",
        "iforest:20",
        "--budget",
        "60",
        "--seeds",
        "2",
        "--methods",
        "baseline,glad,aad_forest,omd,alif",
        "--out",
        &folder,
    ];
    let one = experiment(&arguments, "1");
    assert!(one.status.success(), "{}", text(&one.stderr));
    let told = text(&one.stdout);
    let shares = told.split("### Mean share found").nth(1).expect("shares");
    let share = |label: &str, place: usize| -> f64 {
        let row = shares
            .lines()
            .find(|line| line.starts_with(&format!("| {label} |")));
        let cell = row.expect("a row").split('|').nth(place + 2);
        cell.expect("a cell").trim().parse().expect("a number")
    };
    // After 60 questions each of them has found more than who does not learn.
    for label in ["GLAD", "AAD over a forest", "OMD", "ALIF"] {
        assert!(share(label, 1) > share("baseline", 1), "{label}: {told}");
    }
    // Two threads, and results that are there already, change nothing.
    let other = tempfile::tempdir().expect("a folder");
    let mut again = arguments;
    let elsewhere = other.path().display().to_string();
    again[10] = &elsewhere;
    assert_eq!(text(&experiment(&again, "2").stdout), told);
    assert_eq!(text(&experiment(&arguments, "2").stdout), told);
}

#[test]
fn an_experiment_over_a_folder_goes_on_past_a_bad_table_and_names_it() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::copy(toy_path("clusters"), folder.path().join("clusters.csv")).expect("a copy");
    fs::write(
        folder.path().join("broken.csv"),
        "label,x,y\n0,1,2\n1,2\n0,3,1\n",
    )
    .expect("room");
    let path = folder.path().display().to_string();
    let few = [
        "--ensemble",
        "loda:4",
        "--budget",
        "4",
        "--seeds",
        "1",
        "--methods",
        "baseline",
    ];
    let output = experiment(&[&[path.as_str()], &few[..]].concat(), "2");
    let (out, told) = (text(&output.stdout), text(&output.stderr));
    assert!(output.status.success(), "{told}");
    assert!(out.contains("### clusters"), "{out}");
    assert!(
        told.contains("broken.csv is left out: Line 3 has 2 fields"),
        "{told}"
    );
}

#[test]
fn a_folder_of_sequences_in_subfolders_is_one_set() {
    let folder = tempfile::tempdir().expect("a folder");
    let wave = |number: usize, moment: usize, odd: bool| match odd && moment > 9 {
        true => 2.0,
        false => (0.4 * moment as f64 + 0.1 * number as f64).sin(),
    };
    for (class, n) in [("nominal", 24), ("anomaly", 3)] {
        let inside = folder.path().join(class);
        fs::create_dir(&inside).expect("a folder");
        for number in 0..n {
            let moments = (0..20).map(|moment| wave(number, moment, class == "anomaly"));
            let lines: Vec<String> = moments.map(|value| format!("{value:.4}")).collect();
            let text = format!("x\n{}\n", lines.join("\n"));
            fs::write(inside.join(format!("{number}.csv")), text).expect("room");
        }
    }
    let path = folder.path().display().to_string();
    let few = ["--budget", "4", "--seeds", "1", "--methods", "baseline"];
    let output = experiment(&[&[path.as_str()], &few[..]].concat(), "2");
    let (out, told) = (text(&output.stdout), text(&output.stderr));
    assert!(output.status.success(), "{told}");
    assert!(out.contains("(27 × "), "{out}");
}
