//! Members of every kind, as the loop uses them.

use std::sync::Arc;

use glad::dataset::Dataset;
use glad::detector::{Fitted, Model, Settings};
use glad::ensemble::{Ensemble, EnsembleSettings, PointCells};
use glad::evaluation::{Oracle, auroc, replay};
use glad::numeric::{Unwatched, stream};
use ndarray::Array2;
use rand::RngExt;
use rand_distr::{Distribution, StandardNormal};

use crate::common::{fit, toy};

/// Every kind that stands for itself.
const KINDS: [&str; 14] = [
    "loda",
    "hbos",
    "iforest:20",
    "eif:20",
    "knn",
    "lof",
    "gmm",
    "cblof",
    "ocsvm",
    "pca",
    "autoencoder",
    "sigma",
    "iqr",
    "paper",
];

fn spec(text: &str) -> EnsembleSettings {
    text.parse().expect("an ensemble")
}

fn with(text: &str) -> Settings {
    Settings {
        ensemble: spec(text),
        ..Settings::default()
    }
}

/// Two features that follow each other closely, and two points off their line, the last two.
fn off_the_line() -> Array2<f32> {
    let mut random = stream(3, "line", 0);
    let mut x = Array2::from_shape_fn((402, 3), |_| StandardNormal.sample(&mut random));
    for row in 0..402 {
        x[[row, 1]] = x[[row, 0]] + 0.1 * x[[row, 1]];
    }
    for (row, at) in [(400, [3.5, -3.5, 3.0]), (401, [-4.0, 4.0, -3.5])] {
        (0..3).for_each(|feature| x[[row, feature]] = at[feature]);
    }
    x
}

#[test]
fn every_kind_ranks_gross_outliers_high_and_says_what_it_measures() {
    let x = off_the_line();
    let features = ["left", "right", "apart"].map(String::from);
    let mut told = Vec::new();
    for kind in KINDS.into_iter().filter(|kind| *kind != "paper") {
        let (ensemble, instance_cells) =
            Ensemble::fit(x.view(), &spec(kind), 5, &mut Unwatched).expect("a fit");
        let scores = ensemble.member_scores(&instance_cells, x.nrows());
        let sums: Vec<f32> = scores.rows().into_iter().map(|row| row.sum()).collect();
        assert!(sums.iter().all(|score| score.is_finite() && *score >= 0.0));
        for outlier in [400, 401] {
            let above = sums.iter().filter(|score| **score > sums[outlier]).count();
            assert!(above < 20, "{kind}: rank {above}");
        }
        let point = x.row(400).to_vec();
        let member = ensemble.members()[0].detector();
        let shares = member.feature_shares(&point);
        assert!(
            shares.len() == 3 && shares.iter().all(|share| *share >= 0.0),
            "{kind}"
        );
        let name = ensemble.names(&features)[0].clone();
        let words = member.describe(&features, &point);
        assert!(
            words.contains("how") && !words.contains("NaN"),
            "{kind}: {words}"
        );
        assert!(!told.contains(&words), "{kind} says what another says");
        assert!(!name.is_empty());
        told.push(words);
    }
}

#[test]
fn a_spot_of_a_point_is_that_of_the_instance_and_cells_are_in_range() {
    let x = off_the_line();
    let all = "loda+hbos+iforest:9+eif:9+knn+lof+gmm+cblof+ocsvm+pca+autoencoder+sigma+iqr";
    let (ensemble, instance_cells) =
        Ensemble::fit(x.view(), &spec(all), 5, &mut Unwatched).expect("a fit");
    let mut located = PointCells::default();
    for row in [0, 17, 400, 401] {
        ensemble.locate(&x.row(row).to_vec(), &mut located);
        let own = ensemble.point_cells_of(&instance_cells, row);
        assert_eq!(located.cells, own.cells);
        for (part, (here, there)) in located.scores.iter().zip(&own.scores).enumerate() {
            assert!(
                (here - there).abs() <= 1e-5 * there.abs(),
                "{row}, part {part}"
            );
        }
    }
    // Anywhere in space, far outside too.
    let mut random = stream(3, "space", 0);
    for scale in [1.0, 30.0, 1e6] {
        let point: Vec<f32> = (0..3)
            .map(|_| (random.random::<f32>() - 0.5) * scale)
            .collect();
        ensemble.locate(&point, &mut located);
        assert!(
            located.cells.is_sorted()
                && located
                    .cells
                    .iter()
                    .all(|cell| (*cell as usize) < ensemble.n_cells())
        );
        assert!(
            located
                .scores
                .iter()
                .all(|score| score.is_finite() && *score >= 0.0)
        );
    }
}

#[test]
fn ensembles_of_any_kind_come_back_from_text_equal() {
    let all = "loda+hbos+iforest:3+eif:3+knn+lof+gmm+cblof+ocsvm+pca+autoencoder+sigma+iqr";
    let (ensemble, _) =
        Ensemble::fit(off_the_line().view(), &spec(all), 5, &mut Unwatched).expect("a fit");
    let text = ron::to_string(&ensemble).expect("text");
    let back: Ensemble = ron::from_str(&text).expect("an ensemble");
    assert!(back == ensemble);
    for member in back.members() {
        let detector = member.detector();
        assert_eq!(detector.validate(3), Ok(()), "{member:?}");
    }
    // Those of many kinds know how many features they are for.
    let wide = back
        .members()
        .iter()
        .filter(|member| member.detector().validate(4).is_err());
    assert!(wide.count() >= 9);
}

#[test]
fn answers_help_ensembles_of_any_kind() {
    let dataset = Arc::new(toy("between").open());
    let oracle = Oracle::new(&dataset).expect("truth");
    for kinds in ["knn+lof+pca", "gmm+cblof+ocsvm", "sigma+iqr+hbos+knn"] {
        let fitted = fit(&dataset, &with(kinds));
        let found = replay(&fitted, oracle, 40, 1, &mut Unwatched, &mut |_| ()).expect("a replay");
        let baseline = glad::session::baseline_curve(&fitted.baseline_order(40), 40, |row| {
            dataset.truth().expect("truth").label(row)
        });
        // Where the detectors alone find all but one of 35 in 40 questions, one is within chance.
        let [found_all, without] =
            [found.found.last(), baseline.last()].map(|last| last.copied().unwrap_or_default());
        assert!(
            found_all + 1 >= without,
            "{kinds}: {:?}, {:?} without feedback",
            found.found.last(),
            baseline.last()
        );
    }
}

#[test]
fn the_same_seed_fits_the_same_members() {
    let dataset: Arc<Dataset> = Arc::new(toy("clusters").open());
    let settings = with("knn+lof+gmm+cblof+ocsvm+pca+autoencoder+sigma+iqr+paper");
    let scores = |settings: &Settings| -> Vec<f32> {
        let fitted: Arc<Fitted> = fit(&dataset, settings);
        Model::primed(&fitted).scores().to_vec()
    };
    let first = scores(&settings);
    assert_eq!(first, scores(&settings));
    let other = Settings {
        seed: 1,
        ..settings
    };
    assert_ne!(first, scores(&other));
    let truth = dataset.truth().expect("truth").labels();
    assert!(auroc(&first, truth).expect("both kinds") > 0.8);
}

#[test]
fn members_of_one_kind_have_names_of_their_own() {
    let (ensemble, _) = Ensemble::fit(
        off_the_line().view(),
        &spec("knn:2+sigma+iqr+knn:9+loda:2"),
        5,
        &mut Unwatched,
    )
    .expect("a fit");
    let names = ensemble.names(&["a", "b", "c"].map(String::from));
    let expected = [
        "nearest neighbours",
        "three-sigma rule",
        "quartile rule",
        "nearest neighbours (4)",
        "projection 1 (c, b)",
        "projection 2 (c, a)",
    ];
    assert_eq!(names, expected);
}

#[test]
fn many_points_lie_together_where_each_lies_alone() {
    let x = off_the_line();
    let settings = spec("loda:5+hbos+iforest:10+eif:5");
    let (ensemble, _) =
        Ensemble::fit(x.view(), &settings, 3, &mut Unwatched).expect("never cancelled");
    // Also where no instance lies.
    let points = x.mapv(|value| 1.7 * value - 0.3);
    let values = points.as_slice().expect("standard layout");
    let together = ensemble.locate_all(values, x.ncols());
    assert_eq!(together.len(), x.nrows());
    for (located, point) in together.iter().zip(values.chunks_exact(x.ncols())) {
        let mut alone = PointCells::default();
        ensemble.locate(point, &mut alone);
        assert_eq!(*located, alone);
    }
}
