//! Values computed by an independent program (`tests/golden/make.py`) from the same formulas.

use std::sync::Arc;

use glad::dataset::Dataset;
use glad::detector::{BalanceSettings, Method, Settings};
use glad::ensemble::Histogram;
use glad::network::{
    AdamMoments, CellInput, CellSettings, CellTable, Feedback, LabelledCells, Layout, NetworkState,
    Thresholds, UpdateInput, UpdateSettings, update,
};
use glad::numeric::Unwatched;
use ndarray::Array2;
use serde_json::Value;

use crate::common::fit;

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
    let features = matrix(&case["features"]);
    let dataset = Dataset::from_parts("golden", names, features, None).expect("a table");
    let settings = Settings {
        method: Method::Baseline,
        ensemble: "paper".parse().expect("an ensemble"),
        balance: BalanceSettings::none(),
        ..Settings::default()
    };
    let fitted = fit(&Arc::new(dataset), &settings);
    let expected = matrix(&case["member_scores"]);
    assert_eq!(fitted.member_scores().dim(), expected.dim());
    for (found, expected) in fitted.member_scores().iter().zip(&expected) {
        assert!((found - expected).abs() < 2e-4, "{found} is not {expected}");
    }
}

fn assert_near(found: &[f32], expected: &[f64], tolerance: f64) {
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(expected) {
        let found = f64::from(*found);
        assert!(
            (found - expected).abs() < tolerance,
            "{found} is not {expected}"
        );
    }
}

#[test]
fn an_update_of_the_network_ends_at_the_same_weights() {
    let case = golden("network");
    let number = |name: &str| case[name].as_f64().expect("a number");
    let rows = |name: &str| -> Vec<usize> {
        numbers(&case[name])
            .into_iter()
            .map(|row| row as usize)
            .collect()
    };
    let (x, scores) = (matrix(&case["x"]), matrix(&case["member_scores"]));
    let (signs, hinges) = (singles(&case["signs"]), singles(&case["hinges"]));
    let labelled = rows("labelled").into_iter().zip(signs.iter().zip(&hinges));
    let feedback: Vec<Feedback> = labelled
        .map(|(row, (&sign, &hinge))| Feedback { row, sign, hinge })
        .collect();
    let state = NetworkState {
        layout: Layout::new(2, &[6], 4),
        weights: singles(&case["weights"]),
        adam: AdamMoments::default(),
    };
    let settings = UpdateSettings {
        rate: number("rate"),
        lambda: number("lam") as f32,
        l2: number("l2") as f32,
        ..UpdateSettings::default()
    };
    let input = UpdateInput {
        x: x.view(),
        scores: scores.view(),
        feedback: &feedback,
        prior: &vec![rows("prior_rows"); number("steps") as usize],
        thresholds: Thresholds {
            x_tau: Some(number("tau_row") as usize),
            q_tau: number("q_tau") as f32,
            margin: number("margin") as f32,
            softness: number("softness") as f32,
        },
        b: &singles(&case["b"]),
        shares: &[],
    };
    let (trained, losses) =
        update(&state, input, &settings, &mut Unwatched).expect("never cancelled");
    assert_near(&losses, &numbers(&case["losses"]), 1e-4);
    assert_near(&trained.weights, &numbers(&case["trained"]), 2e-4);
}

#[test]
fn an_update_of_the_cells_ends_at_the_same_logits() {
    let case = golden("cells");
    let number = |name: &str| case[name].as_f64().expect("a number");
    let (cells, scores) = (matrix(&case["cells"]), matrix(&case["scores"]));
    let (signs, hinges) = (singles(&case["signs"]), singles(&case["hinges"]));
    let labelled: Vec<LabelledCells> = (0..signs.len())
        .map(|row| LabelledCells {
            cells: cells.row(row).iter().map(|&cell| cell as u32).collect(),
            scores: scores.row(row).to_vec(),
            sign: signs[row],
            hinge: hinges[row],
        })
        .collect();
    let input = CellInput {
        labelled: &labelled,
        prior: &singles(&case["prior"]),
        thresholds: Thresholds {
            x_tau: None,
            q_tau: number("q_tau") as f32,
            margin: number("margin") as f32,
            softness: number("softness") as f32,
        },
    };
    let settings = CellSettings {
        rate: number("rate"),
        lambda: number("lam") as f32,
        steps: number("steps") as usize,
        ..CellSettings::default()
    };
    let table = CellTable::default();
    let (table, losses) = table
        .update(input, &settings, &mut Unwatched)
        .expect("never cancelled");
    let listed: Vec<f64> = table.cells.iter().map(|&cell| f64::from(cell)).collect();
    assert_eq!(listed, numbers(&case["listed"]));
    assert_near(&losses, &numbers(&case["losses"]), 1e-4);
    assert_near(&table.logits, &numbers(&case["logits"]), 1e-4);
}
