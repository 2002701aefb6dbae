//! The networks of AnoGAN as nodes. Maps are `[n, channels, side, side]` here, as the operators have
//! them, and `[n, side, side, channels]` in the program.

use super::graph::{Graph, Value};
use super::proto::Attribute;
use crate::network::{ConvLayer, DenseLayer, GanLayers};

/// Pixels `[n, side, side, channels]` as maps.
pub(super) fn to_channels_first(graph: &mut Graph, pixels: &Value) -> Value {
    graph.with(
        "Transpose",
        &[pixels],
        vec![Attribute::ints("perm", &[0, 3, 1, 2])],
    )
}

/// Maps in rows `[n, numbers]`, in the order of the program.
pub(super) fn flat_maps(graph: &mut Graph, maps: &Value) -> Value {
    let last = vec![Attribute::ints("perm", &[0, 2, 3, 1])];
    let maps = graph.with("Transpose", &[maps], last);
    let axis = Attribute::int("axis", 1);
    graph.with("Flatten", &[&maps], vec![axis])
}

/// What a convolution is told.
fn attributes() -> Vec<Attribute> {
    vec![
        Attribute::ints("kernel_shape", &[4, 4]),
        Attribute::ints("strides", &[2, 2]),
        Attribute::ints("pads", &[1, 1, 1, 1]),
    ]
}

/// The weights `[4, 4, large, small]` of a layer as `[small, large, 4, 4]`: so both the convolution
/// and the transposed one have them.
fn weights(graph: &mut Graph, layer: &ConvLayer<'_>) -> Value {
    let (large, small) = (layer.large, layer.small);
    let values = (0..small).flat_map(|to| {
        (0..large).flat_map(move |from| {
            (0..16).map(move |place| layer.weights[(place * large + from) * small + to])
        })
    });
    graph.constant(&[small, large, 4, 4], values)
}

/// What convolutions with leaky ReLU make of maps, one after another.
pub(super) fn convolved(graph: &mut Graph, image: &Value, layers: &[ConvLayer<'_>]) -> Vec<Value> {
    let leak = graph.scalar(GanLayers::LEAK);
    let mut found: Vec<Value> = Vec::with_capacity(layers.len());
    for layer in layers {
        let before = found.last().unwrap_or(image).clone();
        let weights = weights(graph, layer);
        let bias = graph.list(layer.bias.iter().copied());
        let after = graph.with("Conv", &[&before, &weights, &bias], attributes());
        let below = graph.mul(&after, &leak);
        found.push(graph.max(&after, &below));
    }
    found
}

/// What the generator makes in the place of an image: by the encoder's `z` of it.
pub(super) fn made(graph: &mut Graph, image: &Value, layers: &GanLayers<'_>) -> Value {
    graph.enter("encoder");
    let seen = convolved(graph, image, &layers.encoder);
    let seen = flat_maps(graph, seen.last().unwrap_or(image));
    let z = dense(graph, &seen, &layers.head);
    let bias = graph.row(layers.head.bias.iter().copied());
    let z = graph.add(&z, &bias);
    graph.enter("generator");
    let maps = dense(graph, &z, &layers.first);
    let (side, channels) = match layers.generator.first() {
        Some(layer) => (layer.side / 2, layer.small),
        None => (1, layers.first.outputs),
    };
    let shape = graph.list([-1, side as i64, side as i64, channels as i64]);
    let maps = graph.op("Reshape", &[&maps, &shape]);
    let bias = graph.list(layers.first.bias.iter().copied());
    let maps = graph.add(&maps, &bias);
    let maps = graph.op("Relu", &[&maps]);
    let mut maps = to_channels_first(graph, &maps);
    let last = layers.generator.len().saturating_sub(1);
    for (place, layer) in layers.generator.iter().enumerate() {
        let weights = weights(graph, layer);
        let bias = graph.list(layer.bias.iter().copied());
        maps = graph.with("ConvTranspose", &[&maps, &weights, &bias], attributes());
        maps = match place == last {
            true => graph.op("Tanh", &[&maps]),
            false => graph.op("Relu", &[&maps]),
        };
    }
    maps
}

fn dense(graph: &mut Graph, x: &Value, layer: &DenseLayer<'_>) -> Value {
    let inputs = layer.weights.len() / layer.outputs.max(1);
    let weights = graph.constant(&[inputs, layer.outputs], layer.weights.iter().copied());
    graph.op("MatMul", &[x, &weights])
}
