//! What turns a sequence into numbers as an ONNX model: the encoders of moments, and the detectors
//! that follow from what they say.

use ndarray::Array2;
use prost::Message;
use serde_json::json;

use super::graph::{Graph, Value};
use super::proto::{Attribute, ElementType, Entry, Model};
use super::{OnnxError, bounded, wrapped};
use crate::network::{EMBEDDING, MomentEncoder};
use crate::sequence::{MOMENTS, SequenceModel, WORST, window_offsets};

/// What turns sequences into numbers as an ONNX model, the bytes of a file.
///
/// # Shapes
/// The model's input is `sequence` `[t, channels]`, raw, one sequence of any length from 4 on. Its
/// outputs are `embedded` and `embedded_cbc` `[t, 32]`, each moment by the encoder of cycle-back
/// regression and by that of classification; `embedding` `[1, d]`, the features; and `scores`
/// `[1, 16]`, what the detectors say that follow from the encoders: the metadata's `score_names`.
/// Those in `left_out` do not: they compare curves, not moments.
///
/// # Errors
/// [`OnnxError::TooLarge`].
pub fn encoder_to_bytes(model: &SequenceModel) -> Result<Vec<u8>, OnnxError> {
    bounded(&encoder_model(model)).map(|model| model.encode_to_vec())
}

/// The same as messages.
pub fn encoder_model(model: &SequenceModel) -> Model {
    let mut graph = Graph::default();
    let channels = model.channels().len();
    let raw = graph.input("sequence", channels, "raw values, a moment a row");
    graph.enter("windows");
    let length = length(&mut graph, &raw, 0);
    let windows = windows(&mut graph, &raw, &length, model);
    let indices = thinned(&mut graph, &length);
    let names = ["embedded", "embedded_cbc"];
    let mut scores = Vec::new();
    let mut embedding = None;
    for (at, (encoder, name)) in model.parts().encoders.iter().zip(names).enumerate() {
        graph.enter(name);
        let embedded = embed(&mut graph, &windows, encoder);
        let doc = "each moment in the space in which the same moments of sequences lie together";
        graph.output(name, &embedded, Some(EMBEDDING), doc);
        if at == 0 {
            embedding = Some(features(&mut graph, &embedded, &length, model));
        }
        graph.enter(&format!("{name}/compare"));
        let own = graph.gather(&embedded, &indices, 0);
        scores.push(compare(&mut graph, &own, model.references(at)));
    }
    let doc = "what the relevance network sees of the sequence: its features";
    if let Some(embedding) = embedding {
        graph.output("embedding", &embedding, Some(model.n_features()), doc);
    }
    let said = graph.beside(&scores);
    let [following, left_out] = names_of_scores(model);
    let doc = "what the detectors say that follow from the encoders; higher is more anomalous";
    graph.output("scores", &said, Some(following.len()), doc);
    let entry = |key: &str, value: serde_json::Value| Entry {
        key: key.to_owned(),
        value: value.to_string(),
    };
    let metadata = vec![
        entry("channels", json!(model.channels())),
        entry("score_names", json!(following)),
        entry("left_out", json!(left_out)),
    ];
    wrapped(
        graph.finish(
            "glad-encoder",
            "one sequence in; its moments, features and scores out",
        ),
        "Temporal cycle-consistency: the encoders of moments of a GLAD session of sequences.",
        metadata,
    )
}

/// The names of the detectors that follow from the encoders, and of the others.
fn names_of_scores(model: &SequenceModel) -> [Vec<String>; 2] {
    let (following, others) = model
        .scores()
        .into_iter()
        .partition(|score| score.of_moments);
    [following, others].map(|some: Vec<_>| some.into_iter().map(|score| score.name).collect())
}

/// The length of a value along an axis, of `i64` without dimensions.
fn length(graph: &mut Graph, value: &Value, axis: i64) -> Value {
    let shape = graph.op("Shape", &[value]);
    let axis = graph.scalar(axis);
    let length = graph.gather(&shape, &axis, 0);
    graph.cast(&length, ElementType::Int64)
}

/// `0, 1, … count − 1` of `i64`.
fn counted(graph: &mut Graph, count: &Value) -> Value {
    let (zero, one) = (graph.scalar(0_i64), graph.scalar(1_i64));
    graph.op("Range", &[&zero, count, &one])
}

/// The windows around all moments, standardised `[t, 5 · channels]`.
fn windows(graph: &mut Graph, raw: &Value, length: &Value, model: &SequenceModel) -> Value {
    let raw = graph.cast(raw, ElementType::Double);
    let means = graph.row(model.scale().means().iter().copied());
    let deviations = graph.row(model.scale().deviations().iter().copied());
    let centred = graph.sub(&raw, &means);
    let scaled = graph.div(&centred, &deviations);
    let scaled = graph.cast(&scaled, ElementType::Float);
    let moments = counted(graph, length);
    let column = graph.list([1_i64]);
    let moments = graph.op("Unsqueeze", &[&moments, &column]);
    let offsets = graph.row(window_offsets(model.stride()).map(|offset| offset as i64));
    let indices = graph.add(&moments, &offsets);
    let (zero, one) = (graph.scalar(0_i64), graph.scalar(1_i64));
    let last = graph.sub(length, &one);
    let indices = graph.max(&indices, &zero);
    let indices = graph.min(&indices, &last);
    let seen = graph.gather(&scaled, &indices, 0);
    let inputs = model.parts().encoders[0].inputs();
    let shape = graph.list([-1, inputs as i64]);
    graph.op("Reshape", &[&seen, &shape])
}

/// The places of the moments that are compared: at most [`MOMENTS`], evenly spaced.
fn thinned(graph: &mut Graph, length: &Value) -> Value {
    let (one, two) = (graph.scalar(1_i64), graph.scalar(2_i64));
    let most = graph.scalar(MOMENTS as i64);
    let count = graph.min(length, &most);
    let at = counted(graph, &count);
    let span = graph.sub(length, &one);
    let steps = graph.sub(&count, &one);
    let half = graph.div(&steps, &two);
    let index = graph.mul(&at, &span);
    let index = graph.add(&index, &half);
    graph.div(&index, &steps)
}

fn embed(graph: &mut Graph, windows: &Value, encoder: &MomentEncoder) -> Value {
    let mut value = windows.clone();
    let layers = encoder.layers();
    let last = layers.len() - 1;
    for (at, (weights, biases)) in layers.into_iter().enumerate() {
        let (inputs, outputs) = weights.dim();
        let weights = graph.constant(&[inputs, outputs], weights.iter().copied());
        let biases = graph.row(biases.iter().copied());
        value = graph.op("MatMul", &[&value, &weights]);
        value = graph.add(&value, &biases);
        if at < last {
            value = graph.op("Relu", &[&value]);
        }
    }
    value
}

/// The main directions of the time average and of the embedding at four aligned phases `[1, d]`.
fn features(graph: &mut Graph, embedded: &Value, length: &Value, model: &SequenceModel) -> Value {
    let average = reduced(graph, "ReduceMean", embedded, &[0], true);
    let anchors = &model.parts().anchors;
    let indices = match anchors.is_empty() {
        true => {
            let eights = graph.list(SequenceModel::PHASES.map(|eighths| eighths as i64));
            let eight = graph.scalar(8_i64);
            let indices = graph.mul(&eights, length);
            graph.div(&indices, &eight)
        }
        false => {
            let phases = SequenceModel::PHASES.len();
            let anchors = graph.constant(&[phases, 1, EMBEDDING], anchors.iter().copied());
            let off = graph.sub(embedded, &anchors);
            let squares = graph.square(&off);
            let squares = reduced_sum(graph, &squares);
            first(graph, &squares, 1)
        }
    };
    let phases = graph.gather(embedded, &indices, 0);
    let all = graph.with(
        "Concat",
        &[&average, &phases],
        vec![Attribute::int("axis", 0)],
    );
    let flat = graph.list([1_i64, -1]);
    let wide = graph.op("Reshape", &[&all, &flat]);
    let wide = graph.cast(&wide, ElementType::Double);
    let components = &model.parts().embedding;
    let means = graph.row(components.mean.iter().copied());
    let centred = graph.sub(&wide, &means);
    let shape = [components.mean.len(), components.count()];
    let directions = graph.constant(&shape, components.directions.iter().copied());
    let along = graph.op("MatMul", &[&centred, &directions]);
    graph.cast(&along, ElementType::Float)
}

/// What the moments of a sequence `[k, C]` are beside those of references, `[1, 8]`.
fn compare(graph: &mut Graph, own: &Value, references: &[Array2<f32>]) -> Value {
    let (count, width) = (references.len(), EMBEDDING);
    let longest = references.iter().map(Array2::nrows).max();
    let longest = longest.unwrap_or(0);
    // Shorter ones are filled up with their last moment, which is as near as it is itself.
    let index = |reference: &Array2<f32>, at: usize| at.min(reference.nrows() - 1);
    let filled = references.iter().flat_map(|reference| {
        (0..longest).flat_map(move |at| reference.row(index(reference, at)).to_vec())
    });
    let filled: Vec<f32> = filled.collect();
    let others = graph.constant(&[count, 1, longest, width], filled);
    let weights = references.iter().flat_map(|reference| {
        let length = reference.nrows();
        (0..longest).map(move |at| {
            if at < length {
                1.0 / length as f32
            } else {
                0.0
            }
        })
    });
    let weights: Vec<f32> = weights.collect();
    let weights = graph.constant(&[count, longest], weights);

    let axes = graph.list([0_i64, 2]);
    let own = graph.op("Unsqueeze", &[own, &axes]);
    let off = graph.sub(&own, &others);
    let squares = graph.square(&off);
    let squares = reduced_sum(graph, &squares);
    // `[references, k]`, and the way back `[references, longest]`.
    let there = reduced(graph, "ReduceMin", &squares, &[2], false);
    let back = reduced(graph, "ReduceMin", &squares, &[1], false);
    let there = graph.op("Sqrt", &[&there]);
    let back = graph.op("Sqrt", &[&back]);
    let there_at = first(graph, &squares, 2);
    let back_at = first(graph, &squares, 1);
    let k = length(graph, &there, 1);

    let mean = reduced(graph, "ReduceMean", &there, &[0, 1], false);
    let by_moment = graph.with(
        "Transpose",
        &[&there],
        vec![Attribute::ints("perm", &[1, 0])],
    );
    let half = count.div_ceil(2);
    let [smallest, _] = graph.smallest(&by_moment, half);
    let deviations = graph.column(&smallest, half - 1);
    let deviations = graph.flat(&deviations);
    let [worst, middle] = ends(graph, &deviations, &k);
    let home = graph.mul(&back, &weights);
    let home = graph.row_sums(&home);
    let missing = reduced(graph, "ReduceMean", &home, &[0], false);
    let order = order(graph, &there_at, &k);
    let cycle = cycle(graph, &there_at, &back_at, &k);
    let forth = reduced(graph, "ReduceMean", &there, &[1], false);
    let both = graph.add(&forth, &home);
    let two = graph.scalar(2.0_f32);
    let both = graph.div(&both, &two);
    let flat = graph.list([1_i64, -1]);
    let both = graph.op("Reshape", &[&both, &flat]);
    let fifth = count.min(5);
    let [near, _] = graph.smallest(&both, fifth);
    let near = graph.column(&near, fifth - 1);
    let frames = reduced(graph, "ReduceMin", &there, &[0], false);
    let frames = reduced(graph, "ReduceMean", &frames, &[0], false);
    let scores = [mean, worst, middle, missing, order, cycle, near, frames];
    let one = graph.list([1_i64, 1]);
    let scores = scores.map(|score| graph.op("Reshape", &[&score, &one]));
    graph.beside(&scores)
}

/// The mean of the worst of some deviations `[k]`, and the middle one.
fn ends(graph: &mut Graph, deviations: &Value, k: &Value) -> [Value; 2] {
    let at = counted(graph, k);
    let (rows, columns) = (graph.list([1_i64]), graph.list([0_i64]));
    let column = |graph: &mut Graph, value: &Value| graph.op("Unsqueeze", &[value, &rows]);
    let row = |graph: &mut Graph, value: &Value| graph.op("Unsqueeze", &[value, &columns]);
    let (own, others) = (column(graph, deviations), row(graph, deviations));
    let (own_at, others_at) = (column(graph, &at), row(graph, &at));
    let earlier = graph.op("Less", &[&others_at, &own_at]);
    let equal = graph.op("Equal", &[&others, &own]);
    let equal = graph.op("And", &[&equal, &earlier]);
    // How many others come before each, by size and then by place: its rank, in both directions.
    let mut rank = |kind: &str| {
        let before = graph.op(kind, &[&others, &own]);
        let before = graph.op("Or", &[&before, &equal]);
        let before = graph.cast(&before, ElementType::Int64);
        graph.row_sums(&before)
    };
    let (descending, ascending) = (rank("Greater"), rank("Less"));
    let share = graph.scalar(WORST);
    let most = graph.cast(k, ElementType::Double);
    let most = graph.mul(&most, &share);
    let most = graph.op("Ceil", &[&most]);
    let most = graph.cast(&most, ElementType::Int64);
    let worst = graph.op("Less", &[&descending, &most]);
    let worst = graph.cast(&worst, ElementType::Float);
    let worst = graph.mul(&worst, deviations);
    let worst = graph.row_sums(&worst);
    let most = graph.cast(&most, ElementType::Float);
    let worst = graph.div(&worst, &most);
    let (one, two) = (graph.scalar(1_i64), graph.scalar(2_i64));
    let half = graph.sub(k, &one);
    let half = graph.div(&half, &two);
    let middle = graph.op("Equal", &[&ascending, &half]);
    let middle = graph.cast(&middle, ElementType::Float);
    let middle = graph.mul(&middle, deviations);
    [worst, graph.row_sums(&middle)]
}

/// `1 − τ` of the places `[references, k]` of nearest moments, the mean over references.
fn order(graph: &mut Graph, indices: &Value, k: &Value) -> Value {
    let (before, after) = (graph.list([2_i64]), graph.list([1_i64]));
    let own = graph.op("Unsqueeze", &[indices, &before]);
    let later = graph.op("Unsqueeze", &[indices, &after]);
    let steps = graph.sub(&later, &own);
    let steps = graph.cast(&steps, ElementType::Float);
    let signs = graph.op("Sign", &[&steps]);
    // Each pair of moments stands there twice with opposite signs: the half above the diagonal.
    let at = counted(graph, k);
    let (column, row) = (graph.list([1_i64]), graph.list([0_i64]));
    let own_at = graph.op("Unsqueeze", &[&at, &column]);
    let later_at = graph.op("Unsqueeze", &[&at, &row]);
    let is_later = graph.op("Greater", &[&later_at, &own_at]);
    let is_later = graph.cast(&is_later, ElementType::Float);
    let signs = graph.mul(&signs, &is_later);
    let sums = graph.row_sums(&signs);
    let sums = graph.row_sums(&sums);
    let (one, two) = (graph.scalar(1_i64), graph.scalar(2_i64));
    let less = graph.sub(k, &one);
    let pairs = graph.mul(k, &less);
    let pairs = graph.div(&pairs, &two);
    let pairs = graph.cast(&pairs, ElementType::Float);
    let tau = graph.div(&sums, &pairs);
    let tau = reduced(graph, "ReduceMean", &tau, &[0], false);
    let one = graph.scalar(1.0_f32);
    graph.sub(&one, &tau)
}

/// How far from where it began one comes back, as a share of the moments, the mean over references.
fn cycle(graph: &mut Graph, there: &Value, back: &Value, k: &Value) -> Value {
    let returned = graph.gather_by_row(back, there);
    let at = counted(graph, k);
    let off = graph.sub(&returned, &at);
    let off = graph.cast(&off, ElementType::Float);
    let off = graph.op("Abs", &[&off]);
    let off = graph.row_sums(&off);
    let all = graph.mul(k, k);
    let all = graph.cast(&all, ElementType::Float);
    let off = graph.div(&off, &all);
    reduced(graph, "ReduceMean", &off, &[0], false)
}

/// The sums along the last axis.
fn reduced_sum(graph: &mut Graph, value: &Value) -> Value {
    let last = graph.list([-1_i64]);
    let keep = Attribute::int("keepdims", 0);
    graph.with("ReduceSum", &[value, &last], vec![keep])
}

fn reduced(graph: &mut Graph, kind: &str, value: &Value, axes: &[i64], keep: bool) -> Value {
    let attributes = vec![
        Attribute::ints("axes", axes),
        Attribute::int("keepdims", i64::from(keep)),
    ];
    graph.with(kind, &[value], attributes)
}

/// The place of the first smallest along an axis.
fn first(graph: &mut Graph, value: &Value, axis: i64) -> Value {
    let attributes = [("axis", axis), ("keepdims", 0), ("select_last_index", 0)];
    let attributes = attributes.map(|(name, value)| Attribute::int(name, value));
    graph.with("ArgMin", &[value], attributes.to_vec())
}
