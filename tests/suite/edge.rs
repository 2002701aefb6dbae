//! Numbers at their edge: any finite value has a finite score, the farther the higher, and the
//! exported model says the same.

use std::fmt::Write;
use std::sync::{Arc, LazyLock};

use glad::dataset::{Dataset, ReadOptions, read_from};
use glad::detector::{Method, Model, Settings, Trained};
use glad::ensemble::KINDS;
use glad::export::onnx::to_bytes;
use ndarray::{Array1, Array2, ArrayView2, Axis};

use crate::common::{fit, toy};
use crate::onnx::{difference, run};

/// Rows of a bundled table, moved and scaled.
fn table(offset: f32, factor: f32, times: usize) -> Arc<Dataset> {
    let clusters = toy("clusters").open();
    let rows = clusters.features();
    let mut text = "a,b\n".to_owned();
    for row in rows.rows().into_iter().step_by(4) {
        for _ in 0..times {
            let [a, b] = [0, 1].map(|at| offset + factor * row[at]);
            writeln!(text, "{a:e},{b:e}").expect("room");
        }
    }
    let read = read_from(text.as_bytes(), "edge", &ReadOptions::default());
    Arc::new(read.expect("a table"))
}

/// Ordinary, tiny, huge, constant but for rounding, below the normal numbers, and threefold.
fn tables() -> Vec<(&'static str, Arc<Dataset>)> {
    vec![
        ("as it is", table(0.0, 1.0, 1)),
        ("tiny", table(0.0, 1e-30, 1)),
        ("huge", table(0.0, 1e36, 1)),
        ("far from zero", table(1e6, 1.0, 1)),
        ("below normal", table(0.0, 1e-41, 1)),
        ("duplicates", table(0.0, 1.0, 3)),
    ]
}

/// Each kind on each table, fitted once for all tests. Forests are small, for the time that it takes.
fn all() -> &'static [(String, Arc<Dataset>, Trained)] {
    static ALL: LazyLock<Vec<(String, Arc<Dataset>, Trained)>> = LazyLock::new(|| {
        let mut all = Vec::new();
        for (name, dataset) in tables() {
            let kinds = KINDS.map(|kind| kind.name);
            // Scores that come with a table are no function of its features.
            for kind in kinds.into_iter().filter(|kind| *kind != "given") {
                let small = match kind {
                    "iforest" | "eif" => format!("{kind}:9"),
                    "loda" => "loda:6".to_owned(),
                    _ => kind.to_owned(),
                };
                let settings = Settings {
                    method: Method::Aad,
                    ensemble: small.parse().expect("a kind"),
                    ..Settings::default()
                };
                let trained = Model::primed(&fit(&dataset, &settings)).trained();
                all.push((format!("{kind} on {name}"), Arc::clone(&dataset), trained));
            }
        }
        all
    });
    &ALL
}

/// Points far outside of any table.
fn far() -> Array2<f32> {
    let edge = [
        0.0,
        f32::MAX,
        f32::MIN,
        3e38,
        1e30,
        -1e20,
        1e-30,
        -1e-38,
        1e-40,
        f32::MIN_POSITIVE,
    ];
    let pairs = edge.iter().flat_map(|a| edge.map(|b| [*a, b]));
    let values: Vec<f32> = pairs.flatten().collect();
    Array2::from_shape_vec((edge.len().pow(2), 2), values).expect("pairs")
}

fn assert_finite(name: &str, trained: &Trained, rows: ArrayView2<'_, f32>) {
    let scored = trained.score(rows);
    for (row, score) in scored.scores.iter().enumerate() {
        assert!(
            score.is_finite() && *score >= 0.0,
            "{name} at {}: {score}",
            rows.row(row)
        );
    }
    let said = scored.member_scores.iter().chain(&scored.relevance);
    assert!(said.into_iter().all(|value| value.is_finite()), "{name}");
}

#[test]
fn every_finite_row_has_a_finite_score() {
    for (name, dataset, trained) in all() {
        assert_finite(name, trained, far().view());
        assert_finite(name, trained, dataset.features());
    }
}

/// Kinds whose score has no bound.
const BOUNDLESS: [&str; 8] = [
    "gmm",
    "cblof",
    "pca",
    "autoencoder",
    "sigma",
    "iqr",
    "hbos",
    "loda",
];

#[test]
fn the_farther_the_higher() {
    for (name, dataset, trained) in all() {
        let kind = name.split(' ').next().expect("a kind");
        if !BOUNDLESS.contains(&kind) {
            continue;
        }
        let features = dataset.features().mapv(f64::from);
        let centre = features.mean_axis(Axis(0)).expect("rows");
        let deviation = features.std_axis(Axis(0), 0.0);
        for direction in [[1.0, 0.0], [0.0, 1.0], [-1.0, 0.0], [0.0, -1.0]] {
            let mut rows: Vec<Array1<f32>> = Vec::new();
            for power in 1..80 {
                let far = 10_f64.powi(power);
                let place = |at: usize| (centre[at] + far * deviation[at] * direction[at]) as f32;
                rows.push([place(0), place(1)].into_iter().collect());
                if !rows[rows.len() - 1].iter().all(|value| value.is_finite()) {
                    rows.pop();
                    break;
                }
            }
            let views: Vec<_> = rows.iter().map(|row| row.view()).collect();
            let rows = ndarray::stack(Axis(0), &views).expect("rows");
            let scores = trained.score(rows.view()).scores;
            // The table's own range ends within a few steps; from there on each is farther.
            let away = &scores[1..];
            assert!(
                away.windows(2)
                    .all(|pair| pair[1] >= pair[0] * (1.0 - 1e-6)),
                "{name} along {direction:?}: {scores:?}"
            );
            assert!(
                away.len() < 2 || away[away.len() - 1] > away[0],
                "{name} along {direction:?}: {scores:?}"
            );
        }
    }
}

#[test]
fn the_exported_model_says_the_same_of_every_finite_row() {
    for (name, dataset, trained) in all() {
        let rows = ndarray::concatenate(Axis(0), &[far().view(), dataset.features()]);
        let rows = rows.expect("two features");
        let expected = trained.score(rows.view());
        let model = to_bytes(trained).expect("a model");
        let [scores, member_scores, relevance] = run(&model, rows.view());
        assert!(scores.iter().all(|score| score.is_finite()), "{name}");
        let off = difference(&scores, expected.scores.iter())
            .max(difference(&member_scores, expected.member_scores.iter()))
            .max(difference(&relevance, expected.relevance.iter()));
        assert!(off <= 1e-5, "{name} differs by {off}");
        // No two rows change places.
        let mut order: Vec<usize> = (0..scores.len()).collect();
        order.sort_by(|a, b| expected.scores[*a].total_cmp(&expected.scores[*b]));
        let size = |row: usize| expected.scores[row].abs().max(1.0);
        assert!(
            order
                .windows(2)
                .all(|pair| scores[pair[1]] >= scores[pair[0]] - 2e-6 * size(pair[1])),
            "{name}"
        );
    }
}

#[test]
fn one_line_of_many_columns_is_refused_at_once_wherever_it_is_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let session = crate::cli_session::saved(folder.path(), "run.glad", &[]);
    for text in [",", "1,", "a,"] {
        let line = folder.path().join("line.csv").display().to_string();
        std::fs::write(&line, text.repeat((100 << 20) / text.len())).expect("room");
        let out = folder.path().join("out.csv").display().to_string();
        let commands: [&[&str]; 2] = [
            &["score", &session, &line, "--out", &out],
            &["rank", &line, "--out", &out],
        ];
        for command in commands {
            let before = std::time::Instant::now();
            let (status, said) = crate::cli_session::told(&crate::cli_session::glad(command));
            assert_eq!((status, said.lines().count()), (Some(2), 1), "{said}");
            assert!(before.elapsed().as_secs() < 30, "{command:?}");
        }
    }
}
