//! The ONNX model says what the detector says: run by tract, in pure Rust; tests/onnx/check.py has
//! ONNX Runtime run it.

use std::sync::Arc;

use glad::detector::{Settings, Trained};
use glad::export::onnx::write;
use ndarray::{Array2, ArrayView2, s};
use tract_onnx::prelude::*;

use crate::common::{clusters, fit, taught, toy};

/// What tract makes of a model's outputs: score, member scores, relevance.
fn run(model: &[u8], features: ArrayView2<'_, f32>) -> [Vec<f32>; 3] {
    let (n, d) = features.dim();
    let input = Tensor::from_shape(&[n, d], &features.iter().copied().collect::<Vec<_>>());
    let plan = onnx()
        .model_for_read(&mut &*model)
        .expect("a model")
        .with_input_fact(0, f32::fact([n, d]).into())
        .expect("an input")
        .into_optimized()
        .expect("a model that can be run")
        .into_runnable()
        .expect("a plan");
    let outputs = plan
        .run(tvec!(input.expect("a tensor").into()))
        .expect("outputs");
    [0, 1, 2].map(|output| {
        let values = outputs[output]
            .to_plain_array_view::<f32>()
            .expect("numbers");
        values.iter().copied().collect()
    })
}

/// The largest difference, of large numbers relative to them.
fn difference<'a>(found: &[f32], expected: impl ExactSizeIterator<Item = &'a f32>) -> f32 {
    assert_eq!(found.len(), expected.len());
    let pairs = found.iter().zip(expected);
    pairs
        .map(|(found, expected)| (found - expected).abs() / expected.abs().max(1.0))
        .fold(0.0, f32::max)
}

fn assert_same(trained: &Trained, features: ArrayView2<'_, f32>) {
    let expected = trained.score(features);
    let model = write(trained).expect("a model");
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
        for kind in [
            "iforest:9+eif:7*0.6",
            "loda:6",
            "hbos+iforest:3+loda:2",
            "knn",
            "lof",
            "gmm",
            "cblof",
            "ocsvm",
            "pca",
            "autoencoder",
            "sigma",
            "iqr",
        ] {
            let fitted = fit(&dataset, &settings(kind));
            let trained = taught(&fitted).trained();
            assert_same(&trained, some_rows(dataset.features()).view());
        }
    }
}
