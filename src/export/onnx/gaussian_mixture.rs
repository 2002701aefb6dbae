//! Mixtures of normal distributions.

use super::cells::Placed;
use super::graph::{Graph, Value};
use super::point::Point;
use super::proto::ElementType;
use crate::ensemble::{Gaussian, GaussianMixture};

/// Lowers a mixture; the cells are the components.
pub(super) fn lower(graph: &mut Graph, point: &Point, detector: &GaussianMixture) -> Placed {
    let components = detector.components();
    if components.is_empty() {
        let column = graph.column(&point.x, 0);
        let raw = graph.sub(&column, &column);
        let cells = graph.cast(&raw, ElementType::Int64);
        return Placed { cells, raw };
    }
    let logs = log_densities(graph, point, components);
    let cells = graph.first_largest(&logs);
    let most = graph.largest(&logs);
    let off = graph.sub(&logs, &most);
    let shares = graph.op("Exp", &[&off]);
    let sum = graph.sum(&shares);
    let sum = graph.op("Log", &[&sum]);
    let total = graph.add(&most, &sum);
    let raw = graph.op("Neg", &[&total]);
    Placed {
        cells,
        raw: graph.cast(&raw, ElementType::Float),
    }
}

/// `ln` of each component's weight times its density `[n, k]`, in double precision.
fn log_densities(graph: &mut Graph, point: &Point, components: &[Gaussian]) -> Value {
    let (d, k) = (point.d(), components.len());
    let means = components
        .iter()
        .flat_map(|component| component.mean().to_vec());
    let means = graph.constant(&[1, k, d], means);
    let axis = graph.list([1_i64]);
    let x = graph.op("Unsqueeze", &[&point.x, &axis]);
    let off = graph.sub(&x, &means);
    let whitened = match components.iter().any(Gaussian::is_askew) {
        true => whiten(graph, &off, components, d),
        false => {
            let scales = components
                .iter()
                .flat_map(|component| (0..d).map(|feature| component.weight(feature, feature)));
            let scales = graph.constant(&[1, k, d], scales);
            graph.mul(&off, &scales)
        }
    };
    let whitened = graph.cast(&whitened, ElementType::Double);
    let squares = graph.square(&whitened);
    let square = graph.sum(&squares);
    let axis = graph.list([-1_i64]);
    let square = graph.op("Squeeze", &[&square, &axis]);
    let peaks = graph.row(
        components
            .iter()
            .map(|component| f64::from(component.log_peak())),
    );
    let two = graph.scalar(2.0_f64);
    let half = graph.div(&square, &two);
    graph.sub(&peaks, &half)
}

/// `W · off` of each component `[n, k, d]`, added up in the order of the features as the program does.
fn whiten(graph: &mut Graph, off: &Value, components: &[Gaussian], d: usize) -> Value {
    let products: Vec<Value> = (0..d)
        .map(|feature| {
            let weights = components
                .iter()
                .flat_map(|component| (0..d).map(|row| component.weight(row, feature)));
            let weights = graph.constant(&[1, components.len(), d], weights);
            let place = graph.list([feature as i64]);
            let off = graph.gather(off, &place, 2);
            graph.mul(&weights, &off)
        })
        .collect();
    graph.total(products)
}
