//! The discovery curve.

use super::{ChartKind, SessionChart};
use crate::chart::{Axis, Chart, LineChart};
use crate::export::Course;
use crate::session::charts::DiscoveryCurves;

/// Anomalies found against queries: of the session, of its baseline, and the most possible where
/// the truth is known.
pub(super) fn chart(course: &Course) -> SessionChart {
    let session = course.curve();
    let knows_truth = course.dataset().truth().is_some();
    let curves = DiscoveryCurves {
        session: &session,
        baseline: &course.baseline(session.len()),
        knows_truth,
        oracle: &[],
        anomalies: course.true_anomalies(),
    };
    let chart = curves.chart("Anomalies found against queries spent".to_owned());
    let points = chart.series.iter().flat_map(|series| &series.points);
    let most = points.map(|point| point[1]).fold(5.0, f64::max);
    let mut caption = "The discovery curve: each query shows one instance to the analyst, and an instance counts as found by its answer in force. The baseline is the same ensemble with uniform relevance, without feedback".to_owned();
    caption.push_str(match knows_truth {
        true => ", counted by the table's own labels.",
        false => {
            "; as the table has no labels of its own, only what the analyst has labelled counts for it, so that it may be better than it looks."
        }
    });
    SessionChart {
        kind: ChartKind::Discovery,
        stem: "01-discovery-curve".to_owned(),
        caption,
        chart: Chart::Line(LineChart {
            x: Axis::with_range("queries spent", 0.0, session.len().max(10) as f64),
            y: Axis::with_range("anomalies found", 0.0, most * 1.04),
            ..chart
        }),
    }
}
