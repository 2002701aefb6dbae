//! Members that are a formula of all features: rules, one-class SVM, principal components,
//! autoencoder, and scores that are a feature themselves.

use super::cells::{Placed, in_bands};
use super::graph::{Graph, Value};
use super::point::Point;
use super::proto::ElementType;
use crate::ensemble::{Autoencoder, Banded, Given, OneClassSvm, OutlierRule, Pca};
use crate::network::AutoencoderNetwork;

/// Lowers a score that is a feature.
pub(super) fn given(graph: &mut Graph, point: &Point, given: &Given) -> Placed {
    let raw = graph.column(&point.x, given.score().feature);
    in_bands(graph, raw, given.bands())
}

/// Lowers the bounds of single features; the cells are the sides of the features.
pub(super) fn rule(graph: &mut Graph, point: &Point, rule: &OutlierRule) -> Placed {
    let lows = graph.row(rule.bounds().iter().map(|bounds| bounds[0]));
    let highs = graph.row(rule.bounds().iter().map(|bounds| bounds[1]));
    let units = graph.row(rule.units().iter().copied());
    let (zero, one) = (graph.scalar(0.0_f32), graph.scalar(1.0_f64));
    let below = graph.sub(&lows, &point.x);
    let above = graph.sub(&point.x, &highs);
    let side = graph.op("Greater", &[&above, &below]);
    let side = graph.cast(&side, ElementType::Int64);
    let outside = graph.max(&below, &above);
    let outside = graph.max(&outside, &zero);
    let in_units = graph.div(&outside, &units);
    let in_units = graph.cast(&in_units, ElementType::Double);
    let grown = graph.add(&one, &in_units);
    let excess = graph.ln(&grown);
    let farthest = graph.first_largest(&excess);
    let most = graph.gather_by_row(&excess, &farthest);
    let side = graph.gather_by_row(&side, &farthest);
    let (two, first) = (graph.scalar(2_i64), graph.scalar(1_i64));
    let cell = graph.mul(&farthest, &two);
    let cell = graph.add(&cell, &side);
    let cell = graph.add(&cell, &first);
    // Cell 0 is that of instances within all bounds.
    let is_outside = graph.op("Greater", &[&most, &zero]);
    let is_outside = graph.cast(&is_outside, ElementType::Int64);
    let excess = graph.cast(&excess, ElementType::Double);
    let sum = graph.sum(&excess);
    Placed {
        cells: graph.mul(&cell, &is_outside),
        raw: graph.cast(&sum, ElementType::Float),
    }
}

/// Lowers a one-class SVM.
pub(super) fn boundary(graph: &mut Graph, point: &mut Point, detector: &OneClassSvm) -> Placed {
    let phases = graph.row(detector.phases().iter().copied());
    let scale = (2.0 / detector.phases().len() as f32).sqrt();
    let scale = graph.scalar(f64::from(scale));
    let weights = graph.row(detector.weights().iter().copied().map(f64::from));
    let rho = graph.scalar(detector.rho());
    let d = point.d();
    let at = point.dot(graph, |feature| {
        let own = detector.directions().iter().skip(feature);
        own.step_by(d).copied().collect()
    });
    let at = graph.add(&at, &phases);
    let at = graph.cast(&at, ElementType::Double);
    let waves = graph.op("Cos", &[&at]);
    let weighed = graph.mul(&waves, &weights);
    let sum = graph.sum(&weighed);
    let sum = graph.mul(&scale, &sum);
    let sum = graph.cast(&sum, ElementType::Float);
    let raw = graph.sub(&rho, &sum);
    in_bands(graph, raw, detector.bands())
}

/// Lowers the distance from the principal components.
pub(super) fn subspace(graph: &mut Graph, point: &mut Point, detector: &Pca) -> Placed {
    let directions = detector.directions();
    let along = match directions.is_empty() {
        true => point.x.clone(),
        false => point.dot(graph, |feature| {
            directions
                .iter()
                .map(|direction| direction[feature])
                .collect()
        }),
    };
    let mut rest = point.x.clone();
    for (place, direction) in directions.iter().enumerate() {
        let along = graph.column(&along, place);
        let direction = graph.row(direction.iter().copied());
        let part = graph.mul(&along, &direction);
        rest = graph.sub(&rest, &part);
    }
    let raw = length(graph, &rest);
    in_bands(graph, raw, detector.bands())
}

/// Lowers the distance from what an autoencoder brings back.
pub(super) fn reconstruction(graph: &mut Graph, point: &Point, detector: &Autoencoder) -> Placed {
    let layers = detector.autoencoder().layers();
    let clamped = graph.clamp(&point.x, AutoencoderNetwork::CLAMP);
    let mut value = graph.cast(&clamped, ElementType::Double);
    for (place, layer) in layers.iter().enumerate() {
        let outputs = layer.biases.len();
        let weights = graph.doubles(&[layer.inputs, outputs], layer.weights.iter().copied());
        let biases = graph.doubles(&[1, outputs], layer.biases.iter().copied());
        value = graph.op("MatMul", &[&value, &weights]);
        value = graph.add(&value, &biases);
        if place + 1 < layers.len() {
            value = graph.op("Tanh", &[&value]);
        }
    }
    let back = graph.cast(&value, ElementType::Float);
    let off = graph.sub(&point.x, &back);
    let raw = length(graph, &off);
    in_bands(graph, raw, detector.bands())
}

/// The length of each row `[n, 1]`.
fn length(graph: &mut Graph, rows: &Value) -> Value {
    let rows = graph.cast(rows, ElementType::Double);
    let squares = graph.square(&rows);
    let sum = graph.sum(&squares);
    let length = graph.op("Sqrt", &[&sum]);
    graph.cast(&length, ElementType::Float)
}
