//! Discovery curves as pictures.

use super::{Line, Report, Section};
use crate::chart::{Axis, LineChart, Series, Stroke};

/// The discovery curves of each table, peers broken, with a band of a standard deviation around
/// the methods that were run here; with the names of the tables.
pub fn curve_charts(report: &Report) -> Vec<(String, LineChart)> {
    let charts = report.sections.iter();
    charts
        .map(|section| (section.dataset.clone(), chart(section)))
        .collect()
}

fn chart(section: &Section) -> LineChart {
    let [n, d, anomalies] = section.size;
    LineChart {
        title: format!("{}: {n} × {d}, {anomalies} anomalies", section.dataset),
        x: Axis::new("queries"),
        y: Axis::new("anomalies found"),
        series: section.lines.iter().map(series).collect(),
    }
}

fn series(line: &Line) -> Series {
    let points = line.curve.iter().zip(1..);
    let spread = line.curve.iter().map(|spread| spread.deviation);
    Series {
        name: line.label.clone(),
        points: points
            .map(|(spread, query)| [f64::from(query), spread.mean])
            .collect(),
        spread: match line.is_peer() {
            true => Vec::new(),
            false => spread.map(|deviation| deviation.unwrap_or(0.0)).collect(),
        },
        stroke: match line.is_peer() {
            true => Stroke::Dashed,
            false => Stroke::Line,
        },
        ..Series::default()
    }
}
