//! `glad export` and `glad score`.

use std::fs;

use crate::cli_session::{glad, saved, told};
use crate::common::toy_path;

#[test]
fn a_session_is_exported_and_scores_its_own_table_alike() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).display().to_string();
    let run = saved(folder.path(), "run.glad", &[]);
    let (labels, scores, again) = (path("l.csv"), path("s.csv"), path("again.csv"));
    let arguments = ["export", &run, "--labels", &labels, "--scores", &scores];
    let (status, text) = told(&glad(&arguments));
    assert_eq!(status, Some(0), "{text}");
    assert!(text.contains("written: 8 answers in "), "{text}");
    assert!(
        text.contains("written: the scores of 485 instances in "),
        "{text}"
    );
    assert_eq!(
        fs::read_to_string(&labels).expect("labels").lines().count(),
        9
    );
    let table = toy_path("clusters").display().to_string();
    let (status, text) = told(&glad(&["score", &run, &table, "--out", &again]));
    assert_eq!(status, Some(0), "{text}");
    assert!(text.contains("scored 485 rows"), "{text}");
    let but_labels = |file: &str| {
        let text = fs::read_to_string(file).expect("scores");
        let lines = text.lines().map(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            [&cells[..3], &cells[4..]].concat().join(",")
        });
        lines.collect::<Vec<_>>()
    };
    assert_eq!(but_labels(&scores), but_labels(&again));
    let parquet = path("s.parquet");
    let (status, text) = told(&glad(&["score", &run, &table, "--out", &parquet]));
    assert_eq!(status, Some(0), "{text}");
    assert_eq!(&fs::read(&parquet).expect("scores")[..4], b"PAR1");
}

#[test]
fn other_columns_are_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).display().to_string();
    let run = saved(folder.path(), "run.glad", &[]);
    let out = path("out.csv");
    fs::write(path("less.csv"), "x,z\n1,2\n3,4\n").expect("room");
    let (status, text) = told(&glad(&["score", &run, &path("less.csv"), "--out", &out]));
    assert_eq!((status, text.lines().count()), (Some(2), 1), "{text}");
    assert!(
        text.contains("lacks 1 of the session's columns, “y”"),
        "{text}"
    );
    // More columns, and the known ones in another order.
    fs::write(path("more.csv"), "y,more,x\n0.5,q,1\n-0.25,r,3\n").expect("room");
    let (status, text) = told(&glad(&["score", &run, &path("more.csv"), "--out", &out]));
    assert_eq!(status, Some(0), "{text}");
    assert!(
        text.contains("note: The table has columns that the session does not know"),
        "{text}"
    );
    let scored = fs::read_to_string(&out).expect("scores");
    fs::write(path("plain.csv"), "x,y\n1,0.5\n3,-0.25\n").expect("room");
    let (status, text) = told(&glad(&["score", &run, &path("plain.csv"), "--out", &out]));
    assert_eq!(status, Some(0), "{text}");
    assert_eq!(fs::read_to_string(&out).expect("scores"), scored);
    // A value that is missing, and one that is no number.
    fs::write(path("bad.csv"), "x,y\n1,\n").expect("room");
    let (status, text) = told(&glad(&["score", &run, &path("bad.csv"), "--out", &out]));
    assert_eq!(status, Some(2), "{text}");
    assert!(text.contains("Line 2, column “y”"), "{text}");
    let imputed = ["score", &run, &path("bad.csv"), "--impute", "--out", &out];
    assert_eq!(told(&glad(&imputed)).0, Some(0));
    fs::write(path("bad.csv"), "x,y\n1,2\n1,far\n").expect("room");
    let (status, text) = told(&glad(&["score", &run, &path("bad.csv"), "--out", &out]));
    assert_eq!(status, Some(2), "{text}");
    assert!(
        text.contains("Line 3, column “y”: “far” is not a number"),
        "{text}"
    );
}

#[test]
fn an_export_needs_an_output_and_never_writes_over_what_it_reads() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = saved(folder.path(), "run.csv", &[]);
    let (status, text) = told(&glad(&["export", &run]));
    assert_eq!(status, Some(2), "{text}");
    assert!(
        text.contains("--labels") && text.contains("--scores"),
        "{text}"
    );
    let before = fs::read(&run).expect("the session");
    for what in ["--labels", "--scores"] {
        let (status, text) = told(&glad(&["export", &run, what, &run]));
        assert_eq!((status, text.lines().count()), (Some(2), 1), "{text}");
        assert!(text.contains("write to another file"), "{text}");
    }
    assert_eq!(fs::read(&run).expect("the session"), before);
    let table = toy_path("clusters").display().to_string();
    let (status, text) = told(&glad(&["score", "gone.glad", &table, "--out", "x.csv"]));
    assert_eq!((status, text.lines().count()), (Some(2), 1), "{text}");
}

#[test]
fn a_merged_session_is_trained_before_it_is_exported() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).display().to_string();
    let one = saved(folder.path(), "a.glad", &[]);
    let other = saved(folder.path(), "b.glad", &["--batch", "4"]);
    let merged = path("m.glad");
    let (status, text) = told(&glad(&["merge", &one, &other, "--out", &merged]));
    assert_eq!(status, Some(0), "{text}");
    let scores = |session: &str, name: &str| {
        let out = path(name);
        let (status, text) = told(&glad(&["export", session, "--scores", &out]));
        assert_eq!(status, Some(0), "{text}");
        let text = fs::read_to_string(&out).expect("scores");
        let lines = text
            .lines()
            .skip(1)
            .map(|line| line.split(',').nth(1).expect("a score").to_owned());
        lines.collect::<Vec<_>>()
    };
    let untaught = {
        let table = toy_path("clusters").display().to_string();
        let fresh = path("fresh.glad");
        let arguments = [
            "replay", &table, "--budget", "1", "--batch", "2", "--save", &fresh,
        ];
        let (status, text) = told(&glad(&arguments));
        assert_eq!(status, Some(0), "{text}");
        scores(&fresh, "fresh.csv")
    };
    assert_ne!(scores(&merged, "m.csv"), untaught);
}
