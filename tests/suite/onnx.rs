//! The ONNX model says what the detector says: run by tract, in pure Rust; tests/onnx/check.py has
//! ONNX Runtime run it.

use std::sync::Arc;

use glad::dataset::{Missing, ReadOptions, read_from};
use glad::detector::{Method, Settings, Trained};
use glad::ensemble::KINDS;
use glad::export::onnx::{model, to_bytes};
use ndarray::{Array2, ArrayView2, s};
use tract_onnx::prelude::*;

use crate::cli_session::{glad, saved, told};
use crate::common::{clusters, fit, taught, toy};

/// What tract makes of a model's outputs, given values of a shape.
pub fn outputs(model: &[u8], sizes: &[usize], values: &[f32]) -> Vec<Vec<f32>> {
    let input = Tensor::from_shape(sizes, values).expect("a tensor");
    let plan = onnx()
        .model_for_read(&mut &*model)
        .expect("a model")
        .with_input_fact(0, f32::fact(sizes).into())
        .expect("an input")
        .into_optimized()
        .expect("a model that can be run")
        .into_runnable()
        .expect("a plan");
    let outputs = plan.run(tvec!(input.into())).expect("outputs");
    let values = outputs.iter().map(|output| {
        let values = output.to_plain_array_view::<f32>().expect("numbers");
        values.iter().copied().collect()
    });
    values.collect()
}

/// Score, member scores and relevance of rows.
pub fn run(model: &[u8], features: ArrayView2<'_, f32>) -> [Vec<f32>; 3] {
    let (n, d) = features.dim();
    let values: Vec<f32> = features.iter().copied().collect();
    let mut outputs = outputs(model, &[n, d], &values).into_iter();
    [(); 3].map(|()| outputs.next().expect("three outputs"))
}

/// The largest difference, of large numbers relative to them.
pub fn difference<'a>(found: &[f32], expected: impl ExactSizeIterator<Item = &'a f32>) -> f32 {
    assert_eq!(found.len(), expected.len());
    let pairs = found.iter().zip(expected);
    pairs
        .map(|(found, expected)| (found - expected).abs() / expected.abs().max(1.0))
        .fold(0.0, f32::max)
}

fn assert_same(trained: &Trained, features: ArrayView2<'_, f32>) {
    let expected = trained.score(features);
    let model = to_bytes(trained).expect("a model");
    let [score, member_scores, relevance] = run(&model, features);
    for (what, off) in [
        ("score", difference(&score, expected.scores.iter())),
        (
            "member scores",
            difference(&member_scores, expected.member_scores.iter()),
        ),
        (
            "relevance",
            difference(&relevance, expected.relevance.iter()),
        ),
    ] {
        assert!(off <= 1e-5, "{what} differs by {off}");
    }
}

fn settings(ensemble: &str) -> Settings {
    Settings {
        ensemble: ensemble.parse().expect("kinds"),
        ..Settings::default()
    }
}

/// Rows of a table, and points far out.
fn some_rows(features: ArrayView2<'_, f32>) -> Array2<f32> {
    let mut rows = features.slice(s![..;7, ..]).to_owned();
    for (row, by) in [(3, 4.0), (5, -30.0), (8, 1e4)] {
        rows.row_mut(row).mapv_inplace(|value| value * by + by);
    }
    rows
}

#[test]
fn tract_scores_as_the_detector_with_the_default_ensemble() {
    let trained = taught(clusters()).trained();
    let features = clusters().dataset().features();
    assert_same(&trained, some_rows(features).view());
}

#[test]
fn tract_scores_as_the_detector_with_every_kind_of_member() {
    for name in ["between", "subspaces"] {
        let dataset = Arc::new(toy(name).open());
        // Forests and projections with fewer than usual, for the time that it takes.
        // What came with sequences is tested with them.
        let many = ["iforest:100", "eif:50", "loda:15", "paper", "hbos", "given"];
        let alone = KINDS.map(glad::ensemble::KindEntry::usual).into_iter();
        let mixed = ["iforest:9+eif:7*0.6", "loda:6", "hbos+iforest:3+loda:2"];
        for kind in alone
            .filter(|kind| !many.contains(&kind.as_str()))
            .chain(mixed.map(str::to_owned))
        {
            let fitted = fit(&dataset, &settings(&kind));
            let trained = taught(&fitted).trained();
            assert_same(&trained, some_rows(dataset.features()).view());
        }
    }
}

#[test]
fn what_detectors_of_sequences_say_comes_over() {
    let dataset = crate::sequences::strokes();
    let trained = taught(&fit(dataset, &settings("given*4+iforest:3"))).trained();
    assert_same(&trained, some_rows(dataset.features()).view());
}

#[test]
fn other_methods_and_deeper_networks_come_over() {
    let dataset = Arc::new(toy("subspaces").open());
    let rows = some_rows(dataset.features());
    for method in [Method::Aad, Method::Baseline] {
        let settings = Settings {
            method,
            ..settings("loda:5+iforest:4")
        };
        let trained = taught(&fit(&dataset, &settings)).trained();
        assert_same(&trained, rows.view());
    }
    let mut deep = settings("loda:5+pca");
    deep.network.hidden = vec![9, 7, 8];
    assert_same(&taught(&fit(&dataset, &deep)).trained(), rows.view());
}

/// Forty rows with a number, a text column and another number, which has a gap; three stand out.
fn with_text_and_gaps() -> String {
    let mut text = "a,colour,b,label\n".to_owned();
    for row in 0..40 {
        let colour = ["red", "blue", "red"][row % 3];
        let (a, label) = match row % 13 {
            12 => (90.0, "anomaly"),
            _ => ((row * 7 % 11) as f32 / 3.0, "nominal"),
        };
        let b = match row {
            5 => String::new(),
            _ => (row * 5 % 9).to_string(),
        };
        text += &format!("{a},{colour},{b},{label}\n");
    }
    text
}

#[test]
fn gaps_are_filled_within_and_the_metadata_say_what_features_are_made_of() {
    let options = ReadOptions {
        missing: Missing::Median,
        ..ReadOptions::default()
    };
    let dataset = read_from(with_text_and_gaps().as_bytes(), "t", &options).expect("a table");
    let fitted = fit(&Arc::new(dataset), &settings("hbos+iforest:5+sigma"));
    let trained = taught(&fitted).trained();
    let filled = trained.frozen().schema().feature_fills();
    assert_eq!(filled[1..], [0.0, 1.0, 4.0]);
    let gaps = [f32::NAN; 4];
    let rows = ArrayView2::from_shape((2, 4), &[&gaps, filled.as_slice()].concat())
        .expect("rows")
        .to_owned();
    let found = run(&to_bytes(&trained).expect("a model"), rows.view());
    let expected = trained.score(rows.slice(s![1.., ..]));
    assert_eq!(found[0][0], found[0][1]);
    assert!(difference(&found[0][1..], expected.scores.iter()) <= 1e-5);

    let metadata = model(&trained).metadata_props;
    let said = |key: &str| {
        let entry = metadata.iter().find(|entry| entry.key == key);
        let value = &entry.expect("an entry").value;
        serde_json::from_str::<serde_json::Value>(value).expect("JSON")
    };
    assert_eq!(
        said("feature_names"),
        serde_json::json!(["a", "colour=blue", "colour=red", "b"])
    );
    assert_eq!(
        said("columns")[1],
        serde_json::json!({
            "name": "colour", "kind": "categories", "values": ["blue", "red"], "missing": "red"
        })
    );
    assert_eq!(said("columns")[2]["missing"], serde_json::json!(4.0));
    assert_eq!(
        said("member_names").as_array().map(Vec::len),
        Some(fitted.ensemble().len())
    );
}

#[test]
fn glad_export_writes_the_model() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("m.onnx").display().to_string();
    let session = saved(folder.path(), "run.glad", &[]);
    let (status, text) = told(&glad(&["export", &session, "--onnx", &file]));
    assert_eq!(status, Some(0), "{text}");
    assert!(text.contains("written: the trained model, "), "{text}");
    let bytes = std::fs::read(&file).expect("a model");
    let found = run(&bytes, ArrayView2::from(&[[0.5, 1.0]]));
    assert!(found[0][0] > 0.0);
    let (status, text) = told(&glad(&["export", &session, "--onnx", &session]));
    assert_eq!((status, text.lines().count()), (Some(2), 1), "{text}");
}
