//! The relevance network, and the mixture of the two sources.

use ndarray::Array2;

use super::cells::Said;
use super::graph::{Graph, Value};
use super::point::Point;
use super::proto::ElementType;
use crate::detector::{Frozen, Trained};
use crate::network::{LEAK, NetworkState, relevance};

/// The relevance of each member by the network `[n, m]`, or `[1, m]` where it sees no features.
fn by_network(graph: &mut Graph, point: &Point, network: &NetworkState) -> Value {
    let layout = &network.layout;
    if layout.inputs() == 0 {
        let nothing = Array2::zeros((1, 0));
        let constant = relevance(layout, &network.weights, nothing.view());
        return graph.row(constant.iter().copied());
    }
    let last = layout.layers() - 1;
    let clamped = graph.clamp(&point.x, Frozen::REACH);
    // In double precision: far out, a huge score is multiplied with a tiny relevance, and ONNX
    // Runtime's sigmoid in single precision is exact to 1e-7, but not relative to its value.
    let mut value = graph.cast(&clamped, ElementType::Double);
    for layer in 0..=last {
        let (inputs, outputs) = layout.shape(layer);
        let weights = network.weights[layout.weights(layer)].iter().copied();
        let weights = graph.doubles(&[inputs, outputs], weights);
        let biases = network.weights[layout.biases(layer)].iter().copied();
        let biases = graph.doubles(&[1, outputs], biases);
        value = graph.op("MatMul", &[&value, &weights]);
        value = graph.add(&value, &biases);
        value = match layer + 1 < last {
            true => {
                let leak = graph.scalar(f64::from(LEAK));
                let leaked = graph.mul(&value, &leak);
                graph.max(&value, &leaked)
            }
            false => graph.sigmoid(&value),
        };
    }
    graph.cast(&value, ElementType::Float)
}

/// What counts of the relevance by network, and the prior for the rest.
fn restrain(graph: &mut Graph, relevance: &Value, trained: &Trained) -> Value {
    let counted = trained.counted();
    if counted >= 1.0 {
        return relevance.clone();
    }
    let b = trained.frozen().b().iter().map(|b| (1.0 - counted) * b);
    let (prior, share) = (graph.row(b), graph.scalar(counted));
    let moved = graph.mul(relevance, &share);
    graph.add(&moved, &prior)
}

/// Score times relevance, where what is held of the scores keeps the prior: `(s − h) p + h b`.
fn hold(graph: &mut Graph, scores: &Value, relevance: &Value, held: &[f32], b: &[f32]) -> Value {
    let prior = held.iter().zip(b).map(|(held, b)| held * b);
    let prior = graph.row(prior);
    let held = graph.row(held.iter().copied());
    let rest = graph.sub(scores, &held);
    let moved = graph.mul(&rest, relevance);
    graph.add(&moved, &prior)
}

/// The outputs of the graph.
pub(super) struct Outputs {
    /// The anomaly score `[n]`.
    pub(super) score: Value,
    /// The relevance of each member `[n, m]`; 0 where its score is 0.
    pub(super) relevance: Value,
}

/// Mixes relevance by cell and by network as far as each is believed.
pub(super) fn mix(graph: &mut Graph, point: &Point, said: &Said, trained: &Trained) -> Outputs {
    let mixture = trained.mixture();
    let mut sources = Vec::new();
    graph.enter("relevance by network");
    if mixture.network > 0.0 {
        let relevance = by_network(graph, point, &trained.weights().network);
        let relevance = restrain(graph, &relevance, trained);
        let products = match trained.held() {
            Some(held) => hold(graph, &said.scores, &relevance, &held, trained.frozen().b()),
            None => graph.mul(&said.scores, &relevance),
        };
        sources.push((mixture.network, products));
    }
    graph.enter("mixture");
    if mixture.cells > 0.0 || sources.is_empty() {
        sources.insert(0, (mixture.cells, said.by_cells.clone()));
    }
    let mut products = Vec::new();
    let mut totals = Vec::new();
    for (share, source) in &sources {
        let share = graph.scalar(*share);
        products.push(graph.mul(&share, source));
        let total = graph.row_sums(source);
        totals.push(graph.mul(&share, &total));
    }
    let products = graph.total(products);
    let zero = graph.scalar(0.0_f32);
    let is_some = graph.op("Greater", &[&said.scores, &zero]);
    let relevance = graph.div(&products, &said.scores);
    Outputs {
        score: graph.total(totals),
        relevance: graph.pick(&is_some, &relevance, &zero),
    }
}
