//! Values computed by an independent program (`tests/golden/make.py`) from the same formulas.

use glad::dataset::Dataset;
use glad::detector::{Fitted, Method, Settings};
use glad::ensemble::Histogram;
use glad::network::{
    AdamMoments, Feedback, Layout, NetworkState, Thresholds, UpdateInput, UpdateSettings, update,
};
use glad::numeric::{Unwatched, stream};
use ndarray::Array2;
use serde_json::Value;

fn golden(part: &str) -> Value {
    let all: Value = serde_json::from_str(include_str!("../golden/golden.json")).expect("JSON");
    all[part].clone()
}

fn numbers(value: &Value) -> Vec<f64> {
    let items = value.as_array().expect("a list");
    items
        .iter()
        .map(|item| item.as_f64().expect("a number"))
        .collect()
}

fn singles(value: &Value) -> Vec<f32> {
    numbers(value)
        .into_iter()
        .map(|number| number as f32)
        .collect()
}

fn matrix(value: &Value) -> Array2<f32> {
    let rows: Vec<Vec<f32>> = value
        .as_array()
        .expect("rows")
        .iter()
        .map(singles)
        .collect();
    let shape = (rows.len(), rows[0].len());
    Array2::from_shape_vec(shape, rows.concat()).expect("rows of one length")
}

#[test]
fn histograms_have_the_same_bins() {
    for case in golden("histograms").as_array().expect("cases") {
        let counts: Vec<u32> = numbers(&case["counts"])
            .into_iter()
            .map(|count| count as u32)
            .collect();
        assert_eq!(Histogram::fit(&singles(&case["values"])).counts(), counts);
    }
}

#[test]
fn members_give_the_same_scores() {
    let case = golden("ensemble");
    let names = vec!["x".to_owned(), "y".to_owned()];
    let dataset =
        Dataset::from_parts("golden", names, matrix(&case["features"]), None).expect("a table");
    let settings = Settings {
        method: Method::Baseline,
        paper_projections: true,
        ..Settings::default()
    };
    let fitted = Fitted::fit(&dataset, &settings, &mut Unwatched).expect("a fit");
    let expected = matrix(&case["member_scores"]);
    assert_eq!(fitted.member_scores().dim(), expected.dim());
    for (found, expected) in fitted.member_scores().iter().zip(&expected) {
        assert!((found - expected).abs() < 2e-4, "{found} is not {expected}");
    }
}

#[test]
fn an_update_ends_at_the_same_weights() {
    let case = golden("update");
    let number = |name: &str| case[name].as_f64().expect("a number");
    let (x, scores) = (matrix(&case["x"]), matrix(&case["member_scores"]));
    let signs = singles(&case["signs"]);
    let feedback: Vec<Feedback> = (0..signs.len())
        .filter(|&row| signs[row] != 0.0)
        .map(|row| Feedback {
            row,
            sign: signs[row],
            weight: 1.0,
        })
        .collect();
    let state = NetworkState {
        layout: Layout::new(2, &[6], 4),
        weights: singles(&case["weights"]),
        adam: AdamMoments::default(),
    };
    let x_tau = number("tau_row") as usize;
    let relevance = glad::network::relevance(&state.layout, &state.weights, x.view());
    let q_tau = relevance
        .row(x_tau)
        .iter()
        .zip(scores.row(x_tau))
        .map(|(p, s)| p * s)
        .sum();
    let settings = UpdateSettings {
        rate: number("rate"),
        c: number("c") as f32,
        lambda: number("lam") as f32,
        l2: number("l2") as f32,
        // The whole table is one step, so the drawn order is of no account.
        batch: Some(1000),
        passes: number("steps") as usize,
        repeats: number("repeats") as usize,
    };
    let input = UpdateInput {
        x: x.view(),
        scores: scores.view(),
        feedback: &feedback,
        thresholds: Thresholds { x_tau, q_tau },
        b: 0.5,
    };
    let mut random = stream(0, "golden", 0);
    let (trained, report) =
        update(&state, input, &settings, &mut random, &mut Unwatched).expect("never cancelled");
    for (found, expected) in report.losses.iter().zip(numbers(&case["losses"])) {
        assert!(
            (f64::from(*found) - expected).abs() < 1e-4,
            "loss {found} is not {expected}"
        );
    }
    for (found, expected) in trained.weights.iter().zip(singles(&case["trained"])) {
        assert!((found - expected).abs() < 2e-4, "{found} is not {expected}");
    }
}
