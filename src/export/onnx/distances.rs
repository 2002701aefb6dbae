//! Distances to single points: nearest neighbours, local density, large clusters.

use super::cells::{Placed, in_bands};
use super::graph::{Graph, Value};
use super::point::Point;
use super::proto::ElementType;
use crate::ensemble::{Banded, Cblof, Knn, Lof, References};

/// Lowers the distance to the `k`-th nearest reference.
pub(super) fn neighbours(graph: &mut Graph, point: &mut Point, detector: &Knn) -> Placed {
    let count = detector.neighbours();
    let [squares, _] = nearest(graph, point, detector.references(), count);
    let last = graph.columns(&squares, count - 1..count);
    let raw = graph.op("Sqrt", &[&last]);
    in_bands(graph, raw, detector.bands())
}

/// Lowers the local outlier factor.
pub(super) fn density(graph: &mut Graph, point: &mut Point, detector: &Lof) -> Placed {
    let count = detector.neighbours();
    let [squares, places] = nearest(graph, point, detector.references(), count);
    let reaches = graph.list(detector.reaches().iter().copied());
    let densities = graph.list(detector.densities().iter().copied());
    let (k, one) = (graph.scalar(count as f64), graph.scalar(1.0_f64));
    let least = graph.scalar(Lof::LEAST_REACH);
    let distances = graph.op("Sqrt", &[&squares]);
    let reaches = graph.look_up(&reaches, &places);
    let reaches = graph.max(&distances, &reaches);
    let around = graph.look_up(&densities, &places);
    let [reach, around] = [reaches, around].map(|values| {
        let values = graph.cast(&values, ElementType::Double);
        let sum = graph.sum(&values);
        graph.div(&sum, &k)
    });
    let reach = graph.max(&reach, &least);
    let own = graph.div(&one, &reach);
    let ratio = graph.div(&around, &own);
    let raw = graph.ln(&ratio);
    in_bands(graph, raw, detector.bands())
}

/// The squared distances to the nearest references, and which these are; the first reference at
/// the very spot is left out, as the program does.
fn nearest(
    graph: &mut Graph,
    point: &mut Point,
    references: &References,
    count: usize,
) -> [Value; 2] {
    let squares = point.squares(graph, |feature| references.column(feature).to_vec());
    let zero = graph.scalar(0.0_f32);
    let infinity = graph.scalar(f32::INFINITY);
    let places = graph.row(0..references.len() as i64);
    let here = graph.op("Equal", &[&squares, &zero]);
    let as_number = graph.cast(&here, ElementType::Int32);
    let first = graph.first_largest(&as_number);
    let is_first = graph.op("Equal", &[&places, &first]);
    let itself = graph.op("And", &[&here, &is_first]);
    let squares = graph.pick(&itself, &infinity, &squares);
    graph.smallest(&squares, count)
}

/// Lowers the distance to the nearest large cluster; the cells are the clusters.
pub(super) fn clusters(graph: &mut Graph, point: &mut Point, detector: &Cblof) -> Placed {
    let centres = detector.centres();
    let squares = point.squares(graph, |feature| {
        centres.iter().map(|centre| centre[feature]).collect()
    });
    let large = graph.columns(&squares, 0..detector.large());
    let nearest = graph.first_smallest(&large);
    let nearest = graph.gather_by_row(&large, &nearest);
    Placed {
        cells: graph.first_smallest(&squares),
        raw: graph.op("Sqrt", &[&nearest]),
    }
}
