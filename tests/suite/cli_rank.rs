//! `glad rank`.

use std::fs;

use crate::cli_session::{glad, told};
use crate::common::toy_path;

/// Score and rank of each line.
fn scored(file: &str) -> Vec<(f32, u32)> {
    let text = fs::read_to_string(file).expect("scores");
    let lines = text.lines().skip(1).map(|line| {
        let cells: Vec<&str> = line.split(',').collect();
        assert_eq!(cells[3], "", "nothing was labelled: {line}");
        (
            cells[1].parse().expect("a score"),
            cells[2].parse().expect("a rank"),
        )
    });
    lines.collect()
}

/// The share of pairs of an anomaly and a nominal row in the right order, from the files alone.
fn share_of_pairs(scores: &[(f32, u32)], table: &str) -> f64 {
    let text = fs::read_to_string(table).expect("a table");
    let mut lines = text.lines();
    let header: Vec<&str> = lines.next().expect("a header").split(',').collect();
    let label = header.iter().position(|name| *name == "label");
    let label = label.expect("a label column");
    let anomalous: Vec<bool> = lines
        .map(|line| line.split(',').nth(label) == Some("anomaly"))
        .collect();
    assert_eq!(anomalous.len(), scores.len());
    let of = |wanted: bool| {
        let rows = scores.iter().zip(&anomalous);
        let rows = rows.filter(move |(_, anomaly)| **anomaly == wanted);
        rows.map(|(row, _)| row.0).collect::<Vec<f32>>()
    };
    let (anomalies, nominals) = (of(true), of(false));
    let mut right = 0.0;
    for anomaly in &anomalies {
        for nominal in &nominals {
            right += match anomaly.total_cmp(nominal) {
                std::cmp::Ordering::Greater => 1.0,
                std::cmp::Ordering::Equal => 0.5,
                std::cmp::Ordering::Less => 0.0,
            };
        }
    }
    right / (anomalies.len() * nominals.len()) as f64
}

#[test]
fn a_table_is_ranked_without_an_answer_and_the_ranking_is_judged_by_its_labels() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).display().to_string();
    let table = toy_path("clusters").display().to_string();
    let (first, again) = (path("a.csv"), path("b.csv"));
    let (status, text) = told(&glad(&["rank", &table, "--out", &first]));
    assert_eq!(status, Some(0), "{text}");
    let scores = scored(&first);
    assert!(
        text.contains(&format!("the scores of {} instances", scores.len())),
        "{text}"
    );
    let expected = format!("AUROC {:.4}", share_of_pairs(&scores, &table));
    assert!(text.contains(&expected), "{expected} in {text}");
    let mut ranks: Vec<u32> = scores.iter().map(|row| row.1).collect();
    let best = scores.iter().max_by(|a, b| a.0.total_cmp(&b.0));
    assert_eq!(best.expect("rows").1, 1);
    ranks.sort_unstable();
    assert!(ranks.iter().copied().eq(1..=scores.len() as u32));
    // The same seed, the same bytes; by another seed the detectors are others.
    told(&glad(&["rank", "clusters", "--out", &again]));
    assert_eq!(fs::read(&first).expect("a"), fs::read(&again).expect("b"));
    told(&glad(&["rank", "clusters", "--seed", "1", "--out", &again]));
    assert_ne!(fs::read(&first).expect("a"), fs::read(&again).expect("b"));
    let parquet = path("a.parquet");
    told(&glad(&["rank", "clusters", "--out", &parquet]));
    assert_eq!(&fs::read(&parquet).expect("scores")[..4], b"PAR1");
}

#[test]
fn the_table_itself_is_not_written_over() {
    let folder = tempfile::tempdir().expect("a folder");
    let table = folder.path().join("t.csv");
    fs::copy(toy_path("clusters"), &table).expect("a copy");
    let before = fs::read(&table).expect("the table");
    let name = table.display().to_string();
    let (status, text) = told(&glad(&["rank", &name, "--out", &name]));
    assert_eq!(status, Some(2), "{text}");
    assert_eq!(fs::read(&table).expect("the table"), before);
}
