//! The discovery curve.

use super::{ChartKind, SessionChart};
use crate::chart::{Chart, LineChart};
use crate::figures::{Drawing, Figure};

/// Anomalies found against queries: of the session, of its baseline, and the most possible where
/// the truth is known.
pub(super) fn chart(drawing: &Drawing<'_>) -> Option<SessionChart> {
    let mut caption = "The discovery curve: each query shows one instance to the analyst, and an instance counts as found by its answer in force. The baseline is the same ensemble with uniform relevance, without feedback".to_owned();
    caption.push_str(match drawing.curves.knows_truth {
        true => ", counted by the table's own labels.",
        false => {
            "; as the table has no labels of its own, only what the analyst has labelled counts for it, so that it may be better than it looks."
        }
    });
    Some(SessionChart {
        kind: ChartKind::Discovery,
        stem: "01-discovery-curve".to_owned(),
        caption,
        chart: Chart::Line(LineChart {
            title: "Anomalies found against queries spent".to_owned(),
            ..drawing.line(Figure::Discovery)?
        }),
    })
}
