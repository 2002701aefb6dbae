//! How long each part of the loop takes: `cargo bench --bench speed`.
//!
//! With `GLAD_BENCH_LARGE=1` also on tables of 100 000 and 1 000 000 instances, which takes
//! minutes and 2 GB of memory. Filters as usual: `cargo bench --bench speed -- update`.
//! `cargo bench --bench table` prints the figures of docs/PERFORMANCE.md.

#![allow(clippy::expect_used, reason = "benches may stop at once, as tests may")]

mod common;

use std::sync::Arc;

use common::steps::{SHAPES, Setting, Shape};
use common::tables::{self, Size, csv, sizes};
use divan::{AllocProfiler, Bencher, black_box};
use glad::dataset::{Dataset, Label, ReadOptions, Rules, Standardiser, read_from};
use glad::detector::{Fitted, Model, Settings, Viewpoint};
use glad::ensemble::Ensemble;
use glad::evaluation::{Oracle, replay};
use glad::network::{NetworkSettings, prime};
use glad::numeric::{Ranking, Unwatched, stream};
use glad::store::{SavedSession, save_session};
use glad::worker::{MapRequest, Request};
use ndarray::Array2;

#[global_allocator]
static ALLOCATIONS: AllocProfiler = AllocProfiler::system();

fn main() {
    divan::main();
}

/// The published ensemble, and the program's own.
const ENSEMBLES: [&str; 2] = ["loda:15", "loda:15*0.1+iforest:150+eif:75*0.6"];

/// A table, made without a file.
fn table(size: Size) -> Arc<Dataset> {
    let mut values = Vec::with_capacity(size.n * size.d);
    let mut truth = Vec::with_capacity(size.n);
    tables::rows(size, |is_anomaly, row| {
        values.extend_from_slice(row);
        truth.push(Some(match is_anomaly {
            true => Label::Anomaly,
            false => Label::Nominal,
        }));
    });
    let features = Array2::from_shape_vec((size.n, size.d), values).expect("rows of one length");
    let names = (0..size.d).map(|feature| format!("x{feature}")).collect();
    Arc::new(Dataset::from_parts("bench", names, features, Some(truth)).expect("a table"))
}

/// Fits a detector with default settings but for the ensemble.
fn fitted(table: &Arc<Dataset>, ensemble: &str) -> Arc<Fitted> {
    let settings = Settings {
        ensemble: ensemble.parse().expect("an ensemble"),
        ..Settings::default()
    };
    Arc::new(Fitted::fit(table, &settings, &mut Unwatched).expect("never cancelled"))
}

/// Every size with every ensemble.
fn cases() -> Vec<Case> {
    let with = |size| ENSEMBLES.map(|ensemble| Case { size, ensemble });
    sizes().into_iter().flat_map(with).collect()
}

#[derive(Clone, Copy, Debug)]
struct Case {
    size: Size,
    ensemble: &'static str,
}

impl std::fmt::Display for Case {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(to, "{} {}", self.size, self.ensemble)
    }
}

impl Case {
    fn model(self) -> Model {
        Model::primed(&fitted(&table(self.size), self.ensemble))
    }

    /// A model that has learnt from labels, so that no source of relevance is silent.
    fn trained(self) -> Model {
        let model = self.model();
        let labels = tables::labels(&model);
        (model.update(&labels, 1, &mut Unwatched)).expect("never cancelled")
    }
}

/// Fits the members and places and scores all instances.
#[divan::bench(args = cases(), max_time = 2)]
fn fit(bencher: Bencher<'_, '_>, case: &Case) {
    let features = table(case.size);
    let x = Standardiser::fit(features.features()).apply(features.features());
    let settings = case.ensemble.parse().expect("an ensemble");
    bencher.bench_local(|| Ensemble::fit(x.view(), &settings, 0, &mut Unwatched));
}

#[divan::bench(args = sizes(), max_time = 2)]
fn priming(bencher: Bencher<'_, '_>, size: &Size) {
    let features = table(*size);
    let x = Standardiser::fit(features.features()).apply(features.features());
    let settings = NetworkSettings::default();
    bencher.bench_local(|| {
        let mut random = stream(0, "priming", 0);
        prime(x.view(), &[0.5; 15], &settings, &mut random, &mut Unwatched)
    });
}

/// Trains on 30 labels, scores and ranks all instances: what an answer costs.
#[divan::bench(args = cases(), max_time = 2)]
fn update(bencher: Bencher<'_, '_>, case: &Case) {
    let model = case.model();
    let labels = tables::labels(&model);
    bencher.bench_local(|| model.update(black_box(&labels), 1, &mut Unwatched));
}

/// Scores and ranks all instances by weights at hand.
#[divan::bench(args = cases(), max_time = 2)]
fn scoring(bencher: Bencher<'_, '_>, case: &Case) {
    let model = case.trained();
    bencher.bench_local(|| Model::with_weights(model.fitted(), Arc::clone(model.weights())));
}

#[divan::bench(args = sizes(), max_time = 2)]
fn ranking(bencher: Bencher<'_, '_>, size: &Size) {
    let model = Case {
        size: *size,
        ensemble: ENSEMBLES[0],
    }
    .model();
    let count = model.fitted().tau_rank() + 1;
    bencher.bench_local(|| Ranking::new(black_box(model.scores()), count));
}

/// Scores a plane of 100 x 100 cells and traces its contours.
#[divan::bench(args = cases(), max_time = 2)]
fn map(bencher: Bencher<'_, '_>, case: &Case) {
    let request = MapRequest {
        model: Arc::new(case.trained()),
        viewpoint: Viewpoint::Principal,
        anchor: 0,
        known: None,
    };
    bencher.bench_local(|| Request::Map(request.clone()).run(&mut Unwatched));
}

#[divan::bench(args = sizes(), max_time = 2)]
fn opening(bencher: Bencher<'_, '_>, size: &Size) {
    let text = csv(*size);
    let options = ReadOptions::default();
    bencher.bench_local(|| read_from(black_box(text.as_bytes()), "bench", &options));
}

/// Opens by the rules of before columns had meanings: what telling these costs.
#[divan::bench(args = sizes(), max_time = 2)]
fn opening_by_first_rules(bencher: Bencher<'_, '_>, size: &Size) {
    let text = csv(*size);
    let options = ReadOptions {
        rules: Rules::First,
        ..ReadOptions::default()
    };
    bencher.bench_local(|| read_from(black_box(text.as_bytes()), "bench", &options));
}

/// Saves a session of 30 answers to a file.
#[divan::bench(args = cases(), max_time = 2)]
fn saving(bencher: Bencher<'_, '_>, case: &Case) {
    let table = table(case.size);
    let fitted = fitted(&table, case.ensemble);
    let oracle = Oracle::new(&table).expect("truth");
    let replay = replay(&fitted, oracle, 30, 1, &mut Unwatched, &mut |_| ());
    let session = replay.expect("never cancelled").session;
    let folder = std::env::temp_dir().join(format!("glad-save-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let path = folder.join("bench.glad");
    bencher.bench_local(|| save_session(&path, &SavedSession::of(&session, &fitted, false)));
    // With the version before, which is kept beside it.
    std::fs::remove_dir_all(&folder).expect("the folder just made");
}

/// Steps between two looks at the clock.
const STEPS: usize = 15;

/// 15 steps of training by hand, without allocation.
#[divan::bench(args = SHAPES)]
fn steps_by_hand(bencher: Bencher<'_, '_>, shape: Shape) {
    let setting = Setting::new(shape);
    setting.check();
    let mut network = setting.reference();
    bencher.bench_local(|| setting.by_hand(&mut network, STEPS));
}

/// 15 steps of training as the program takes them, with Burn's optimiser.
#[divan::bench(args = SHAPES)]
fn steps_by_burn(bencher: Bencher<'_, '_>, shape: Shape) {
    let setting = Setting::new(shape);
    bencher.bench_local(|| setting.by_burn(black_box(&setting.state), STEPS));
}
