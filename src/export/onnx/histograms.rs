//! Projections with histograms: those of LODA and of HBOS, many at once.

use super::cells::Placed;
use super::graph::{Graph, Value};
use super::point::Point;
use super::proto::ElementType;
use crate::ensemble::{Histogram, Projection};

/// Lowers some projections; the cells are the bins, projection after projection.
pub(super) fn lower(graph: &mut Graph, point: &Point, projections: &[&Projection]) -> Placed {
    let along = along(graph, point, projections);
    let histograms: Vec<&Histogram> = projections
        .iter()
        .map(|projection| projection.histogram())
        .collect();
    let lows = graph.row(histograms.iter().map(|histogram| histogram.low()));
    let cells = bins(graph, &along, &lows, &histograms);
    let within = graph.list(histograms.iter().flat_map(|histogram| scores(histogram)));
    let within = graph.look_up(&within, &cells);
    Placed {
        raw: beyond(graph, &along, &lows, &histograms, &within),
        cells,
    }
}

/// The score of each bin.
fn scores(histogram: &Histogram) -> impl Iterator<Item = f32> {
    (0..histogram.counts().len()).map(|bin| histogram.bin_score(bin))
}

/// The places along the projections `[n, k]`: only the features that a direction has are looked
/// at, and added up in their order.
fn along(graph: &mut Graph, point: &Point, projections: &[&Projection]) -> Value {
    let terms: Vec<Vec<(i64, f32)>> = projections
        .iter()
        .map(|projection| {
            let weights = (0..).zip(projection.direction().iter().copied());
            weights.filter(|(_, weight)| *weight != 0.0).collect()
        })
        .collect();
    let most = terms.iter().map(Vec::len).max().unwrap_or(0).max(1);
    let products: Vec<Value> = (0..most)
        .map(|term| {
            let some = |terms: &Vec<(i64, f32)>| terms.get(term).copied().unwrap_or((0, 0.0));
            let features = graph.list(terms.iter().map(|terms| some(terms).0));
            let weights = graph.row(terms.iter().map(|terms| some(terms).1));
            let values = graph.gather(&point.x, &features, 1);
            graph.mul(&values, &weights)
        })
        .collect();
    graph.total(products)
}

/// The bins, those of a projection after those of the ones before; the first or the last for places
/// outside the range.
fn bins(graph: &mut Graph, along: &Value, lows: &Value, histograms: &[&Histogram]) -> Value {
    let counts = || histograms.iter().map(|histogram| histogram.counts().len());
    let widths = graph.row(histograms.iter().map(|histogram| histogram.width()));
    let lasts = graph.row(counts().map(|count| count as f32 - 1.0));
    let zero = graph.scalar(0.0_f32);
    let firsts = counts().scan(0, |next, count| {
        let first = *next;
        *next += count as i64;
        Some(first)
    });
    let firsts = graph.row(firsts);
    let off = graph.sub(along, lows);
    let bins = graph.div(&off, &widths);
    let bins = graph.max(&bins, &zero);
    let bins = graph.min(&bins, &lasts);
    let bins = graph.cast(&bins, ElementType::Int64);
    graph.add(&bins, &firsts)
}

/// The score of a bin, or beyond the range what grows with the distance from it.
fn beyond(
    graph: &mut Graph,
    along: &Value,
    lows: &Value,
    histograms: &[&Histogram],
    within: &Value,
) -> Value {
    let of = |of: fn(&Histogram) -> f32| histograms.iter().map(move |histogram| of(histogram));
    let highs = graph.row(of(Histogram::high));
    let hairs = graph.row(of(Histogram::hair));
    let widths = graph.row(of(Histogram::width).map(f64::from));
    let floors = graph.row(histograms.iter().map(|histogram| histogram.empty_score()));
    let (zero, one) = (graph.scalar(0.0_f32), graph.scalar(1.0_f64));
    let below = graph.sub(lows, along);
    let above = graph.sub(along, &highs);
    let distance = graph.max(&below, &above);
    let is_beyond = graph.op("Greater", &[&distance, &hairs]);
    let distance = graph.max(&distance, &zero);
    let distance = graph.cast(&distance, ElementType::Double);
    let in_widths = graph.div(&distance, &widths);
    let grown = graph.add(&one, &in_widths);
    let grown = graph.op("Log", &[&grown]);
    let far = graph.add(&floors, &grown);
    let far = graph.cast(&far, ElementType::Float);
    graph.pick(&is_beyond, &far, within)
}
