//! What the product is for: more anomalies with fewer answers.

use std::sync::Arc;

use glad::detector::Settings;
use glad::evaluation::{Oracle, replay};
use glad::numeric::Unwatched;
use glad::session::baseline_curve;

use crate::common::{fit, toy};

const SEEDS: u64 = 4;

/// Mean anomalies found by GLAD and by its baseline, over the seeds.
fn found(name: &str, queries: usize) -> (f64, f64) {
    let dataset = Arc::new(toy(name).open());
    let oracle = Oracle::new(&dataset).expect("truth");
    let (mut glad, mut baseline) = (0, 0);
    for seed in 0..SEEDS {
        let fitted = fit(
            &dataset,
            &Settings {
                seed,
                ..Settings::default()
            },
        );
        let run =
            replay(&fitted, oracle, queries, 1, &mut Unwatched, &mut |_| ()).expect("a replay");
        glad += run.found.last().copied().unwrap_or(0);
        let truth = dataset.truth().expect("truth");
        let curve = baseline_curve(&fitted.baseline_order(queries), queries, |row| {
            truth.label(row)
        });
        baseline += curve.last().copied().unwrap_or(0);
    }
    (
        f64::from(glad) / SEEDS as f64,
        f64::from(baseline) / SEEDS as f64,
    )
}

/// Asserts that GLAD finds at least `margin` times what its baseline finds.
fn assert_ahead(name: &str, queries: usize, margin: f64) {
    let (glad, baseline) = found(name, queries);
    assert!(
        glad >= margin * baseline,
        "{name}, {queries} queries: {glad} found, {baseline} without feedback"
    );
}

#[test]
fn two_clusters_beside_a_long_cloud() {
    assert_ahead("clusters", 30, 1.4);
}

#[test]
fn groups_between_clusters() {
    assert_ahead("between", 60, 2.0);
}

#[test]
fn groups_in_subspaces_of_their_own() {
    assert_ahead("subspaces", 60, 1.4);
}
