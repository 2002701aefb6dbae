//! The exported model says of any finite rows what the detector says, run by tract:
//! `cargo fuzz run onnx seeds/onnx`.
//!
//! The first byte chooses the detectors, the second the table that they were trained on; the rest
//! are the numbers of the rows, four bytes each.
#![no_main]

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex};

use glad::dataset::{ReadOptions, read_from};
use glad::detector::{Fitted, LabelledInstance, Model, Settings, Trained};
use glad::export::onnx::to_bytes;
use glad::numeric::Unwatched;
use libfuzzer_sys::fuzz_target;
use ndarray::Array2;
use tract_onnx::prelude::*;

/// Rows of an input.
const ROWS: usize = 8;
/// Columns of every table.
const COLUMNS: usize = 2;
/// The largest difference, of numbers above 1 relative to them.
const LARGEST: f32 = 1e-5;

const ENSEMBLES: [&str; 14] = [
    "loda:5+iforest:6+eif:5*0.6",
    "loda:4",
    "hbos",
    "iforest:6",
    "eif:5",
    "knn",
    "lof",
    "gmm",
    "cblof",
    "ocsvm",
    "pca",
    "autoencoder",
    "sigma",
    "iqr",
];
/// Offset and factor of the tables: as they are, tiny, huge, far from zero.
const TABLES: [(f32, f32); 4] = [(0.0, 1.0), (0.0, 1e-30), (0.0, 1e36), (1e6, 1.0)];

type Plan = Arc<TypedRunnableModel>;

/// A detector, and its exported model ready to run.
struct Pair {
    trained: Trained,
    plan: Plan,
}

static PAIRS: LazyLock<Mutex<HashMap<(usize, usize), Arc<Pair>>>> = LazyLock::new(Mutex::default);

fn pair(ensemble: usize, table: usize) -> Arc<Pair> {
    let mut pairs = PAIRS.lock().expect("no panic before");
    let made = pairs.entry((ensemble, table));
    Arc::clone(made.or_insert_with(|| Arc::new(make(ENSEMBLES[ensemble], TABLES[table]))))
}

fn make(ensemble: &str, (offset, factor): (f32, f32)) -> Pair {
    let mut text = "a,b\n".to_owned();
    for row in 0..90 {
        let (a, b) = match row % 30 {
            29 => (9.0, -4.0),
            _ => ((row * 7 % 31) as f32 / 8.0, (row * 5 % 17) as f32 / 4.0),
        };
        text += &format!("{:e},{:e}\n", offset + factor * a, offset + factor * b);
    }
    let table = read_from(text.as_bytes(), "table", &ReadOptions::default()).expect("a table");
    let settings = Settings {
        ensemble: ensemble.parse().expect("kinds"),
        ..Settings::default()
    };
    let fitted = Fitted::fit(&Arc::new(table), &settings, &mut Unwatched).expect("a fit");
    let primed = Model::primed(&Arc::new(fitted));
    let label = |instance, label| LabelledInstance {
        instance,
        label,
        weight: 1.0,
    };
    let labels = [
        label(29, glad::dataset::Label::Anomaly),
        label(3, glad::dataset::Label::Nominal),
    ];
    let trained = primed
        .update(&labels, 1, &mut Unwatched)
        .expect("an update")
        .trained();
    let bytes = to_bytes(&trained).expect("a model");
    let plan = onnx()
        .model_for_read(&mut &*bytes)
        .and_then(|model| model.with_input_fact(0, f32::fact([ROWS, COLUMNS]).into()))
        .and_then(|model| model.into_optimized())
        .and_then(|model| model.into_runnable())
        .expect("a plan");
    Pair { trained, plan }
}

fuzz_target!(|bytes: &[u8]| {
    let [ensemble, table, numbers @ ..] = bytes else {
        return;
    };
    let given = numbers.chunks_exact(4).map(|four| {
        let number = f32::from_le_bytes([four[0], four[1], four[2], four[3]]);
        if number.is_finite() { number } else { 0.0 }
    });
    let mut values: Vec<f32> = given.take(ROWS * COLUMNS).collect();
    if values.is_empty() {
        return;
    }
    values.resize(ROWS * COLUMNS, 0.0);
    let pair = pair(
        usize::from(*ensemble) % ENSEMBLES.len(),
        usize::from(*table) % TABLES.len(),
    );
    let input = Tensor::from_shape(&[ROWS, COLUMNS], &values).expect("a tensor");
    let rows = Array2::from_shape_vec((ROWS, COLUMNS), values).expect("rows");
    let ours = pair.trained.score(rows.view());
    let found = pair.plan.run(tvec!(input.into())).expect("outputs");
    let all: [(&str, Vec<f32>); 3] = [
        ("score", ours.scores.clone()),
        ("member score", ours.member_scores.iter().copied().collect()),
        ("relevance", ours.relevance.iter().copied().collect()),
    ];
    for (output, (what, ours)) in all.into_iter().enumerate() {
        let found = found[output].to_plain_array_view::<f32>().expect("numbers");
        assert_eq!(found.len(), ours.len());
        for (found, own) in found.iter().zip(&ours) {
            let off = (found - own).abs() / own.abs().max(1.0);
            assert!(
                own.is_finite() && off <= LARGEST,
                "{} on {:?}: {what} {found} where ours is {own}, rows {rows}",
                ENSEMBLES[usize::from(*ensemble) % ENSEMBLES.len()],
                TABLES[usize::from(*table) % TABLES.len()],
            );
        }
    }
});
