//! What turns an image into numbers, as nodes: the networks of AnoGAN and the detectors of images.

use super::graph::{Graph, Value};
use super::image_nets::{convolved, flat_maps, made, to_channels_first};
use super::proto::{Attribute, ElementType};
use crate::imaging::{Directions, EdgeParts, ImageModel, Nearby, PatchParts, SCORES, SpreadParts};

/// What becomes of pixels `[n, side, side, channels]`.
pub(super) struct Lowered {
    /// The embedding `[n, d]`.
    pub(super) embedding: Value,
    /// The scores in the order of [`SCORES`], `[n, 1]` each; nothing where one is not made.
    pub(super) scores: Vec<Option<Value>>,
}

/// Lowers all that an image model says of pixels, but for the published mapping.
pub(super) fn lower(graph: &mut Graph, pixels: &Value, model: &ImageModel) -> Lowered {
    let parts = model.parts();
    let (side, channels) = (model.form().side, model.form().channels);
    let numbers = side * side * channels;
    let flat = graph.in_rows(pixels, numbers);
    let image = to_channels_first(graph, pixels);

    graph.enter("discriminator");
    let own = convolved(graph, &image, &parts.layers.discriminator);
    let features = flat_maps(graph, own.last().unwrap_or(&image));
    let places = flat_maps(graph, own.get(1).unwrap_or(&image));
    let made = made(graph, &image, &parts.layers);
    graph.enter("discriminator of what is made");
    let other = convolved(graph, &made, &parts.layers.discriminator);
    let other = flat_maps(graph, other.last().unwrap_or(&made));
    let made = flat_maps(graph, &made);

    graph.enter("anogan");
    let [residual, pixel_squares] = apart(graph, &flat, &made);
    let [discrimination, feature_squares] = apart(graph, &features, &other);
    let pixel_squares = divided(graph, &pixel_squares, numbers);
    let feature_count = parts.features.mean.len();
    let feature_squares = divided(graph, &feature_squares, feature_count);
    let squares = graph.add(&pixel_squares, &feature_squares);

    graph.enter("features");
    let (embedding, off_features) = placed(graph, &features, &parts.features);
    let near_features = nearby(graph, &embedding, &parts.feature_nearby);
    graph.enter("pixels");
    let (_, off_pixels) = placed(graph, &flat, &parts.pixels);
    let small = match parts.pixel_nearby.d == numbers {
        true => flat.clone(),
        false => halved(graph, pixels, [side, channels]),
    };
    let near_pixels = nearby(graph, &small, &parts.pixel_nearby);

    graph.enter("patches");
    let of_patches = patches(graph, &flat, &parts.patches);
    graph.enter("places");
    let of_places = patches(graph, &places, &parts.places);
    graph.enter("loose patches");
    let loose = parts.loose.as_ref();
    let loose = loose.map(|loose| patches(graph, &flat, loose));
    graph.enter("colours");
    let colours = parts.colours.as_ref().map(|(units, of)| {
        let told = opponents(graph, pixels, *units);
        let told = graph.in_rows(&told, numbers);
        patches(graph, &told, of)
    });
    graph.enter("edges");
    let edges = parts.edges.as_ref();
    let edges = edges.map(|edges| of_edges(graph, pixels, edges));

    let floats = [residual, discrimination, squares].map(|score| {
        let score = graph.cast(&score, ElementType::Float);
        Some(score)
    });
    let single = |of: Option<Vec<Value>>| of.and_then(|of| of.into_iter().next());
    let [edges, usual_edges, near_edges] = match edges {
        Some(edges) => edges.map(Some),
        None => [None, None, None],
    };
    let mut scores: Vec<Option<Value>> = floats.to_vec();
    scores.extend([near_features, off_features, near_pixels, off_pixels].map(Some));
    scores.extend(of_patches.into_iter().chain(of_places).map(Some));
    scores.extend([single(loose), single(colours)]);
    scores.extend([edges, usual_edges, near_edges]);
    // The published mapping is a search and no formula.
    scores.resize(SCORES.len(), None);
    Lowered { embedding, scores }
}

/// `Σ|a − b|` and `Σ(a − b)²` of rows, in double precision `[n, 1]`.
fn apart(graph: &mut Graph, a: &Value, b: &Value) -> [Value; 2] {
    let off = graph.sub(a, b);
    let off = graph.cast(&off, ElementType::Double);
    let size = graph.op("Abs", &[&off]);
    let square = graph.square(&off);
    [graph.sum(&size), graph.sum(&square)]
}

fn divided(graph: &mut Graph, a: &Value, by: usize) -> Value {
    let by = graph.scalar(by as f64);
    graph.div(a, &by)
}

/// A matrix `[rows, columns]`, its rows made to columns.
fn turned(values: &[f32], columns: usize) -> impl Iterator<Item = f32> + '_ {
    let rows = values.len() / columns.max(1);
    (0..columns).flat_map(move |column| (0..rows).map(move |row| values[row * columns + column]))
}

/// The coordinates of rows along directions `[n, k]`, and how far off these they are `[n, 1]`.
fn placed(graph: &mut Graph, x: &Value, by: &Directions<'_>) -> (Value, Value) {
    let d = by.mean.len();
    let k = by.directions.len() / d.max(1);
    let mean = graph.row(by.mean.iter().copied());
    let centred = graph.sub(x, &mean);
    let across = graph.constant(&[d, k], turned(by.directions, d));
    let along = graph.op("MatMul", &[&centred, &across]);
    let directions = graph.constant(&[k, d], by.directions.iter().copied());
    let back = graph.op("MatMul", &[&along, &directions]);
    let [_, squares] = apart(graph, &centred, &back);
    let off = graph.op("Sqrt", &[&squares]);
    (along, graph.cast(&off, ElementType::Float))
}

/// Squares below this share of those of both rows are those of a row at the very spot: what rounding
/// on the way here leaves of the distance to itself is a thousandth of it.
const SPOT: f64 = 1e-8;

/// The distance of rows to a near reference `[n, 1]`; the first at the very spot is left out.
///
/// By `|a|² + |b|² − 2 a·b` in double precision: the differences one by one would take the memory of
/// all pairs.
fn nearby(graph: &mut Graph, x: &Value, nearby: &Nearby<'_>) -> Value {
    let n = nearby.rows.len() / nearby.d.max(1);
    let x = graph.cast(x, ElementType::Double);
    let across = graph.doubles(&[nearby.d, n], turned(nearby.rows, nearby.d));
    let rows = nearby.rows.chunks_exact(nearby.d);
    let sizes = rows.map(|row| {
        row.iter()
            .map(|value| f64::from(*value).powi(2))
            .sum::<f64>()
    });
    let sizes: Vec<f64> = sizes.collect();
    let sizes = graph.row(sizes);
    let own = graph.square(&x);
    let own = graph.sum(&own);
    let both = graph.add(&own, &sizes);
    let product = graph.op("MatMul", &[&x, &across]);
    let two = graph.scalar(2.0_f64);
    let product = graph.mul(&product, &two);
    let squares = graph.sub(&both, &product);
    let spot = graph.scalar(SPOT);
    let spot = graph.mul(&both, &spot);
    let is_far = graph.op("Greater", &[&squares, &spot]);
    let here = graph.op("Not", &[&is_far]);
    let as_number = graph.cast(&here, ElementType::Int32);
    let first = graph.first_largest(&as_number);
    let places = graph.row(0..n as i64);
    let is_first = graph.op("Equal", &[&places, &first]);
    let itself = graph.op("And", &[&here, &is_first]);
    let (zero, infinity) = (graph.scalar(0.0_f64), graph.scalar(f64::INFINITY));
    let squares = graph.max(&squares, &zero);
    let squares = graph.pick(&itself, &infinity, &squares);
    let squares = graph.cast(&squares, ElementType::Float);
    let count = nearby.neighbour.min(n);
    let [smallest, _] = graph.smallest(&squares, count);
    let last = graph.columns(&smallest, count - 1..count);
    graph.op("Sqrt", &[&last])
}

/// Images of half the side, `[n, numbers]`.
fn halved(graph: &mut Graph, pixels: &Value, [side, channels]: [usize; 2]) -> Value {
    let half = (side / 2) as i64;
    let shape = graph.list([-1, half, 2, half, 2, channels as i64]);
    let blocks = graph.op("Reshape", &[pixels, &shape]);
    let axes = graph.list([2_i64, 4]);
    let keep = Attribute::int("keepdims", 0);
    let sums = graph.with("ReduceSum", &[&blocks, &axes], vec![keep]);
    let four = graph.scalar(4.0_f32);
    let means = graph.div(&sums, &four);
    graph.in_rows(&means, side * side * channels / 4)
}

/// The means over the most unusual patches of maps `[n, numbers]`, `[n, 1]` each.
fn patches(graph: &mut Graph, maps: &Value, parts: &PatchParts<'_>) -> Vec<Value> {
    let (raw, count) = (parts.raw, parts.places.len() / parts.raw.max(1));
    let places = parts.places.iter().map(|&place| place as i64);
    let places = graph.constant(&[count, raw], places);
    let mut own = graph.gather(maps, &places, 1);
    let mut k = raw;
    if let Some(by) = &parts.directions {
        k = by.directions.len() / raw.max(1);
        let mean = graph.list(by.mean.iter().copied());
        let centred = graph.sub(&own, &mean);
        let across = graph.constant(&[raw, k], turned(by.directions, raw));
        own = graph.op("MatMul", &[&centred, &across]);
    }
    let means = graph.constant(&[count, k], parts.means.iter().copied());
    let off = graph.sub(&own, &means);
    // One matrix a place.
    let by_place = vec![Attribute::ints("perm", &[1, 0, 2])];
    let off = graph.with("Transpose", &[&off], by_place);
    let whiteners = parts.whiteners.chunks_exact(k * k);
    let whiteners: Vec<f32> = whiteners.flat_map(|own| turned(own, k)).collect();
    let whiteners = graph.constant(&[count, k, k], whiteners);
    let white = graph.op("MatMul", &[&off, &whiteners]);
    let squares = graph.square(&white);
    let squares = graph.row_sums(&squares);
    let far = graph.op("Sqrt", &[&squares]);
    let by_image = vec![Attribute::ints("perm", &[1, 0])];
    let far = graph.with("Transpose", &[&far], by_image);
    let near = graph.op("Neg", &[&far]);
    let means = parts.one_in.iter().map(|one_in| {
        let most = count.div_ceil(*one_in);
        let [worst, _] = graph.smallest(&near, most);
        let worst = graph.cast(&worst, ElementType::Double);
        let sum = graph.sum(&worst);
        let by = graph.scalar(-(most as f64));
        let mean = graph.div(&sum, &by);
        graph.cast(&mean, ElementType::Float)
    });
    means.collect()
}

/// Red against green, blue against green, and brightness, each in its unit.
fn opponents(graph: &mut Graph, pixels: &Value, units: [f32; 3]) -> Value {
    let third = 1.0 / 3.0;
    let mixed = [[1.0, -1.0, 0.0], [0.0, -1.0, 1.0], [third; 3]];
    let mixed = (0..3).flat_map(|from| (0..3).map(move |to| mixed[to][from] / units[to]));
    let mixed: Vec<f32> = mixed.collect();
    let mixed = graph.constant(&[3, 3], mixed);
    graph.op("MatMul", &[pixels, &mixed])
}

/// The scores by the edges of images, as they stand in [`SCORES`].
fn of_edges(graph: &mut Graph, pixels: &Value, parts: &EdgeParts<'_>) -> [Value; 3] {
    let told = match parts.units {
        Some(units) => opponents(graph, pixels, units),
        None => pixels.clone(),
    };
    let image = to_channels_first(graph, &told);
    let side = (parts.windows[0].len() as f64).sqrt() as usize;
    let across = parts.windows[2].len() / side.max(1);
    let numbers = parts.spreads[0].directions.mean.len();
    let [smooth, slope] = [0, 1].map(|window| {
        let window = &parts.windows[window];
        let rows = graph.constant(&[side, side], window.iter().copied());
        (rows, graph.constant(&[side, side], turned(window, side)))
    });
    let smooth_down = graph.op("MatMul", &[&smooth.0, &image]);
    let slope_across = graph.op("MatMul", &[&smooth_down, &slope.1]);
    let smooth_across = graph.op("MatMul", &[&image, &smooth.1]);
    let slope_down = graph.op("MatMul", &[&slope.0, &smooth_across]);
    let axis = graph.list([2_i64]);
    let [slope_across, slope_down] =
        [slope_across, slope_down].map(|slope| graph.op("Unsqueeze", &[&slope, &axis]));
    let turns = parts.turns.len();
    let [cosines, sines] = [0, 1].map(|part| {
        let values = parts.turns.iter().map(|turn| turn[part]);
        graph.constant(&[turns, 1, 1], values)
    });
    let x = graph.mul(&slope_across, &cosines);
    let y = graph.mul(&slope_down, &sines);
    let along = graph.add(&x, &y);
    let strong = graph.op("Relu", &[&along]);
    let wide = &parts.windows[2];
    let rows = graph.constant(&[across, side], wide.iter().copied());
    let columns = graph.constant(&[side, across], turned(wide, side));
    let pooled = graph.op("MatMul", &[&strong, &columns]);
    let pooled = graph.op("MatMul", &[&rows, &pooled]);
    let faint = graph.scalar(parts.faint);
    let pooled = graph.add(&pooled, &faint);
    let strengths = graph.op("Sqrt", &[&pooled]);
    let by_place = vec![Attribute::ints("perm", &[0, 3, 4, 1, 2])];
    let strengths = graph.with("Transpose", &[&strengths], by_place);
    let flat = graph.in_rows(&strengths, numbers);
    let (all, along) = spread(graph, &flat, &parts.spreads[0]);
    let (usual, _) = spread(graph, &flat, &parts.spreads[1]);
    let near = nearby(graph, &along, &parts.nearby);
    [all, usual, near]
}

/// How far rows are from a mean in standard deviations `[n, 1]`, and their coordinates in units of
/// these `[n, k]`.
fn spread(graph: &mut Graph, x: &Value, parts: &SpreadParts<'_>) -> (Value, Value) {
    let (along, off) = placed(graph, x, &parts.directions);
    let deviations = graph.row(parts.variances.iter().map(|variance| variance.sqrt()));
    let along = graph.div(&along, &deviations);
    let squares = graph.square(&along);
    let squares = graph.sum(&squares);
    let beyond = graph.square(&off);
    let rest = graph.scalar(parts.rest);
    let beyond = graph.div(&beyond, &rest);
    let all = graph.add(&squares, &beyond);
    (graph.op("Sqrt", &[&all]), along)
}
