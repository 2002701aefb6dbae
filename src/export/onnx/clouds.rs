//! Mixtures of normal distributions.

use super::cells::Placed;
use super::graph::{Graph, Value};
use super::point::Point;
use super::proto::ElementType;
use crate::ensemble::{Cloud, Clouds};

/// Lowers a mixture; the cells are the clouds.
pub(super) fn lower(graph: &mut Graph, point: &Point, detector: &Clouds) -> Placed {
    let clouds = detector.clouds();
    if clouds.is_empty() {
        let column = graph.column(&point.x, 0);
        let raw = graph.sub(&column, &column);
        let cells = graph.cast(&raw, ElementType::Int64);
        return Placed { cells, raw };
    }
    let logs = log_densities(graph, point, clouds);
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

/// `ln` of each cloud's weight times its density `[n, k]`, in double precision.
fn log_densities(graph: &mut Graph, point: &Point, clouds: &[Cloud]) -> Value {
    let (d, k) = (point.d(), clouds.len());
    let means = clouds.iter().flat_map(|cloud| cloud.mean().to_vec());
    let means = graph.constant(&[1, k, d], means);
    let axis = graph.list([1_i64]);
    let x = graph.op("Unsqueeze", &[&point.x, &axis]);
    let off = graph.sub(&x, &means);
    let whitened = match clouds.iter().any(Cloud::is_askew) {
        true => whiten(graph, &off, clouds, d),
        false => {
            let scales = clouds
                .iter()
                .flat_map(|cloud| (0..d).map(|feature| cloud.weight(feature, feature)));
            let scales = graph.constant(&[1, k, d], scales);
            graph.mul(&off, &scales)
        }
    };
    let whitened = graph.cast(&whitened, ElementType::Double);
    let squares = graph.square(&whitened);
    let square = graph.sum(&squares);
    let axis = graph.list([-1_i64]);
    let square = graph.op("Squeeze", &[&square, &axis]);
    let peaks = graph.row(clouds.iter().map(|cloud| f64::from(cloud.log_peak())));
    let two = graph.scalar(2.0_f64);
    let half = graph.div(&square, &two);
    graph.sub(&peaks, &half)
}

/// `W · off` of each cloud `[n, k, d]`, added up in the order of the features as the program does.
fn whiten(graph: &mut Graph, off: &Value, clouds: &[Cloud], d: usize) -> Value {
    let products: Vec<Value> = (0..d)
        .map(|feature| {
            let weights = clouds
                .iter()
                .flat_map(|cloud| (0..d).map(|row| cloud.weight(row, feature)));
            let weights = graph.constant(&[1, clouds.len(), d], weights);
            let place = graph.list([feature as i64]);
            let off = graph.gather(off, &place, 2);
            graph.mul(&weights, &off)
        })
        .collect();
    graph.total(products)
}
