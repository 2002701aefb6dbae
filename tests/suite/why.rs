//! The explanation of an instance, the relevance maps and the change of a training, number by
//! number.

use std::sync::Arc;

use glad::dataset::{Dataset, Label};
use glad::detector::{
    LabelledInstance, Layer, Model, Picture, Plane, Settings, Viewpoint, Why, choose_layers, moves,
    relevance_grid, score_and_baseline,
};
use glad::evaluation::{Oracle, Replay};
use glad::numeric::Unwatched;
use glad::session::{candidates, labels_in_order, remaining};

use glad::figures::{RelevanceMap, ScoreMap, Value};
use glad::worker::{Before, Engine, InlineEngine, Job, Request, Response};

use crate::common::{clusters, fit, toy};

fn answered(model: &Model, labels: &[(usize, Label)]) -> Model {
    let labels: Vec<LabelledInstance> = labels
        .iter()
        .map(|&(instance, label)| LabelledInstance {
            instance,
            label,
            weight: 1.0,
        })
        .collect();
    model.update(&labels, 1, &mut Unwatched).expect("an update")
}

fn true_labels(model: &Model, count: usize) -> Vec<(usize, Label)> {
    let truth = model.fitted().dataset().truth().expect("the truth");
    let mut labels: Vec<(usize, Label)> = model
        .top(count)
        .into_iter()
        .map(|instance| (instance, truth.label(instance).expect("a label")))
        .collect();
    labels.sort_unstable_by_key(|label| label.0);
    labels
}

fn settings(ensemble: &str) -> Settings {
    Settings {
        ensemble: ensemble.parse().expect("an ensemble"),
        ..Settings::default()
    }
}

#[test]
fn products_of_parts_members_and_features_add_up_to_the_score() {
    let primed = Model::primed(clusters());
    let labels = true_labels(&primed, 12);
    let model = Arc::new(answered(&primed, &labels));
    let instance = model.top(1)[0];
    let why = Why::of(&model, instance, labels);
    let score = model.scores()[instance];
    let close = |a: f32, b: f32| (a - b).abs() < 1e-3 * score;
    let parts: f32 = model
        .score_parts(instance)
        .iter()
        .map(|part| part.product)
        .sum();
    let members: f32 = why.contributions.iter().map(|one| one.product).sum();
    assert!(
        close(parts, score) && close(members, score),
        "{parts} {members} {score}"
    );
    let shares: f32 = why.features.iter().map(|one| one.share).sum();
    assert!((shares - 1.0).abs() < 1e-5);
    for (sight, one) in why.members.iter().zip(&why.contributions) {
        assert_eq!(sight.member, one.member);
        assert!((one.score * one.relevance - one.product).abs() < 1e-3 * score);
        let own = model.fitted().ensemble().parts_of(one.member);
        let product: f32 = model.score_parts(instance)[own]
            .iter()
            .map(|part| part.product)
            .sum();
        assert!(close(product, one.product));
        assert!(
            sight
                .top
                .windows(2)
                .all(|pair| pair[0].product >= pair[1].product)
        );
        let n = model.fitted().n();
        assert_eq!(sight.scores.counts.iter().sum::<u32>() as usize, n);
        let lower = model.fitted().member_scores();
        let lower = lower
            .column(one.member)
            .iter()
            .filter(|&&other| other < one.score)
            .count();
        assert!((sight.quantile - lower as f64 / n as f64).abs() < 1e-9);
        for part in &sight.top {
            assert!((1..=n).contains(&part.fellows));
            assert!(
                matches!(
                    part.picture,
                    Picture::Path { .. } | Picture::Histogram { .. }
                ),
                "trees have a path, projections a histogram"
            );
        }
    }
}

#[test]
fn neighbours_are_by_distance_in_standard_deviations() {
    // x has deviation 2, y has deviation 10: (0, 0) is 1 from (2, 0) and 2 from (0, 20).
    let values = [[0.0, 0.0], [2.0, 0.0], [0.0, 20.0], [4.0, 20.0]];
    let features = ndarray::Array2::from_shape_fn((40, 2), |(row, column)| values[row % 4][column]);
    let names = ["x", "y"].map(String::from).to_vec();
    let table = Dataset::from_parts("square", names, features, None).expect("a table");
    let fitted = fit(&Arc::new(table), &settings("hbos"));
    let deviations = fitted.scaling().deviations().to_vec();
    let model = Arc::new(Model::primed(&fitted));
    let labels = vec![
        (0, Label::Nominal),
        (1, Label::Nominal),
        (2, Label::Anomaly),
    ];
    let why = Why::of(&model, 0, labels);
    let near: Vec<(usize, Label)> = why
        .neighbours
        .iter()
        .map(|one| (one.instance, one.label))
        .collect();
    assert_eq!(
        near,
        [(1, Label::Nominal), (2, Label::Anomaly)],
        "the candidate itself is left out"
    );
    let by_hand = [2.0 / deviations[0], 20.0 / deviations[1]];
    for (near, by_hand) in why.neighbours.iter().zip(by_hand) {
        assert!((f64::from(near.distance) - by_hand).abs() < 1e-5);
    }
}

#[test]
fn a_histogram_of_a_feature_is_in_its_own_units_with_the_candidate_in_its_bin() {
    let fitted = fit(&Arc::new(toy("clusters").open()), &settings("hbos"));
    let model = Arc::new(Model::primed(&fitted));
    let instance = model.top(1)[0];
    let why = Why::of(&model, instance, Vec::new());
    assert!(why.ruling.is_none(), "no member rules before any label");
    for sight in &why.members {
        let Picture::Histogram {
            feature: Some(feature),
            low,
            width,
            counts,
            at,
        } = &sight.top[0].picture
        else {
            panic!("a histogram of a feature");
        };
        let column = model.fitted().dataset().features();
        let column = column.column(*feature);
        assert!((at - column[instance]).abs() < 1e-3);
        // Whoever is nearer to an edge than rounding may be in either bin.
        let bin = ((at - low) / width) as usize;
        let in_bin = counts[bin.min(counts.len() - 1)] as usize;
        assert!(
            in_bin.abs_diff(sight.top[0].fellows) <= 1,
            "{in_bin} {}",
            sight.top[0].fellows
        );
        assert_eq!(counts.iter().sum::<u32>() as usize, column.len());
    }
}

#[test]
fn the_region_of_the_ruling_member_is_counted_right() {
    let primed = Model::primed(clusters());
    let labels = true_labels(&primed, 20);
    let model = Arc::new(answered(&primed, &labels));
    let truth = model.fitted().dataset().truth().expect("the truth");
    let instance = model
        .top(60)
        .into_iter()
        .find(|&at| truth.label(at) == Some(Label::Anomaly));
    let instance = instance.expect("an anomaly near the top");
    let why = Why::of(&model, instance, labels);
    let ruling = why
        .ruling
        .as_ref()
        .expect("a member rules after anomalies were found");
    let parts = model.parts_of(&(0..model.fitted().n()).collect::<Vec<_>>());
    let features = model.fitted().dataset().features();
    let covered: Vec<usize> = (0..model.fitted().n())
        .filter(|&row| ruling.region.contains(&features.row(row).to_vec()))
        .collect();
    assert!(covered.contains(&instance));
    assert_eq!(covered.len(), ruling.region.covered);
    let inside = covered
        .iter()
        .filter(|&&row| parts.relevance(row, ruling.member) > ruling.b + 1e-3);
    assert_eq!(inside.count(), ruling.region.inside);
    assert!(ruling.relevance > ruling.b && ruling.region.conditions.len() <= 3);
    assert_eq!(ruling.region.fitted, model.fitted().n());
}

#[test]
fn layers_of_a_relief_are_what_members_say_there() {
    let fitted = fit(&Arc::new(toy("clusters").open()), &settings("paper"));
    let primed = Model::primed(&fitted);
    let model = answered(&primed, &true_labels(&primed, 10));
    let plane = Plane::new(&model, Viewpoint::Features(0, 1));
    let locations = plane.locations(&model);
    let layers = choose_layers(&model, 6);
    assert_eq!(layers, (0..4).map(Layer::Member).collect::<Vec<_>>());
    let relevance_grid = relevance_grid(&model, &plane, &locations, 0, 12, layers);
    let [score, baseline] = score_and_baseline(&model, &plane, &locations, 0, 12);
    // The paper's directions, as they are seen on the map of the raw features.
    let paper: [[f32; 2]; 4] = [[7.5, 4.0], [4.0, 6.0], [-2.0, 2.0], [-1.0, 8.0]];
    for (layer, [x, y]) in relevance_grid.layers.iter().zip(paper) {
        let [across, up] = layer.direction.expect("a direction");
        let cosine = (across * x + up * y) / (across.hypot(up) * x.hypot(y));
        assert!((cosine - 1.0).abs() < 1e-4, "{cosine}");
    }
    for cell in 0..relevance_grid.grid.len() {
        let sum = |of: fn(&glad::detector::RelevanceLayer) -> &Vec<f32>| -> f32 {
            relevance_grid
                .layers
                .iter()
                .map(|layer| of(layer)[cell])
                .sum()
        };
        let score = score.values[cell];
        assert!((sum(|layer| &layer.products) - score).abs() < 1e-3 * score.max(1.0));
        // The prior of projections is one half.
        assert!((0.5 * sum(|layer| &layer.scores) - baseline.values[cell]).abs() < 1e-3);
        for layer in &relevance_grid.layers {
            assert!((0.0..=1.0).contains(&layer.relevance[cell]));
        }
    }
}

#[test]
fn with_many_members_the_leading_ones_have_layers_and_each_kind_is_summed() {
    let fitted = fit(&Arc::new(toy("subspaces").open()), &settings("loda:5+hbos"));
    let model = Model::primed(&fitted);
    let m = fitted.ensemble().len();
    let layers = choose_layers(&model, 3);
    let kinds: Vec<&Layer> = layers
        .iter()
        .filter(|layer| matches!(layer, Layer::Kind(_)))
        .collect();
    assert_eq!((layers.len(), kinds.len()), (5, 2));
    assert_eq!(
        kinds.iter().map(|kind| kind.members().len()).sum::<usize>(),
        m
    );
    let leading = glad::detector::leading_members(&model);
    assert!(leading.windows(2).all(|pair| pair[0].1 >= pair[1].1));
    assert_eq!(layers[0], Layer::Member(leading[0].0));
}

#[test]
fn moves_are_the_ranks_before_and_after() {
    let before = Model::primed(clusters());
    let after = answered(&before, &true_labels(&before, 5));
    let moved = moves(&before, &after);
    assert!(!moved.is_empty());
    for one in &moved {
        assert_eq!(one.before, before.rank_of(one.instance));
        assert_eq!(one.after, after.rank_of(one.instance));
    }
    assert!(
        moved
            .windows(2)
            .all(|pair| pair[0].distance() >= pair[1].distance())
    );
    assert!(moves(&before, &before).is_empty());
}

#[test]
fn what_is_left_of_the_toys_lies_in_most_of_the_intervals() {
    let (mut held, mut looks) = (0, 0);
    for name in ["clusters", "between", "subspaces"] {
        let fitted = fit(&Arc::new(toy(name).open()), &settings("iforest:30"));
        let truth = fitted.dataset().truth().expect("the truth");
        let oracle = Oracle::new(fitted.dataset()).expect("an oracle");
        let mut replay = Replay::begin(&fitted, 5);
        for _ in 0..10 {
            let round = replay.round(oracle, 5, &mut Unwatched, &mut |_| ());
            round.expect("a round");
            let session = &replay.session;
            let open = candidates(&replay.model, &session.answers(), 5);
            let left = open
                .iter()
                .filter(|&&at| truth.label(at) == Some(Label::Anomaly));
            let left = left.count();
            let told = remaining(&labels_in_order(session.answers_in_order()), open.len());
            looks += 1;
            held += usize::from((told.low..=told.high).contains(&left));
        }
    }
    assert!(held * 10 >= looks * 7, "{held} of {looks}");
}

#[test]
fn a_difference_map_is_the_score_after_less_the_score_before() {
    let before = Arc::new(Model::primed(clusters()));
    let after = Arc::new(answered(&before, &true_labels(&before, 6)));
    let viewpoint = Viewpoint::Features(0, 1);
    let map = Arc::new(ScoreMap::of(Arc::clone(&after), viewpoint, 0, None));
    let mut changes = Vec::new();
    for known in [
        Before::Known(Arc::clone(&before)),
        Before::Weights(Arc::clone(before.weights())),
    ] {
        let request = Request::Change(Arc::clone(&map), known);
        let mut engine = InlineEngine::default();
        engine.submit(Job::new(1, request));
        let Some((_, Response::Changed(change))) = engine.poll() else {
            panic!("a change");
        };
        changes.push(change);
    }
    let [change, ranked_anew] = &changes[..] else {
        panic!("two changes");
    };
    assert_eq!(change.difference, ranked_anew.difference, "to the bit");
    let cells = change.difference.grid.x.cells();
    let surface =
        |model: &Model| glad::detector::surface(model, &map.plane, &map.locations, 0, cells).values;
    let (new, old) = (surface(&after), surface(&before));
    for (cell, value) in change.difference.values.iter().enumerate() {
        assert_eq!(*value, new[cell] - old[cell]);
    }
    let beyond = change
        .difference
        .values
        .iter()
        .filter(|value| value.abs() > change.largest);
    assert!(beyond.count() <= (cells * cells).div_ceil(100));
    assert_eq!(change.moves, moves(&before, &after));
}

#[test]
fn relief_maps_have_scales_that_hold_their_values() {
    let model = Arc::new(Model::primed(clusters()));
    let map = ScoreMap::of(model, Viewpoint::Features(0, 1), 0, None);
    let both: Vec<f32> = [&map.surface.values[..], &map.baseline].concat();
    assert!(both.iter().all(|value| *value >= map.range[0]));
    let best = |scores: &[f32]| scores.iter().copied().fold(0.0, f32::max);
    let fitted = map.model.fitted();
    let highest = best(map.model.scores()).max(best(&fitted.baseline_scores()));
    assert_eq!(map.range[1], highest, "as high as an instance");
    let map = RelevanceMap::of(Arc::new(map), 6);
    assert_eq!(map.lines.len(), map.relevance_grid.layers.len());
    for value in [Value::Score, Value::Product] {
        let layers = 0..map.relevance_grid.layers.len();
        let all: Vec<f32> = layers
            .flat_map(|layer| map.layer(layer, value).expect("a layer").0.to_vec())
            .collect();
        let [low, high] = map.range(value);
        assert!(all.iter().all(|value| *value >= low));
        let beyond = all.iter().filter(|value| **value > high).count();
        assert!(beyond <= all.len().div_ceil(100));
    }
    // Before any label nobody's relevance differs from its prior: there is no line to draw.
    assert!(map.lines.iter().all(|lines| lines.relevance.is_empty()));
}
