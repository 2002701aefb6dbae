//! What the last batch of answers changed.

use super::{ChartKind, SIDE, SessionChart};
use crate::chart::{Axis, Bar, BarChart, Chart, HeatChart, short};
use crate::export::SessionRecord;
use crate::figures::{Change, Drawing, Figure};
use crate::numeric::number;

/// Instances whose move is drawn.
const MOVES: usize = 20;

/// From which revision to which, after how many answers.
pub(in crate::export) fn from_to(record: &SessionRecord) -> String {
    let session = record.session();
    let revision = session.revision();
    let answers = number::many(session.last_batch().len(), "answer", "answers");
    format!(
        "from revision {} to {revision}, after {answers}",
        revision.saturating_sub(1)
    )
}

/// The difference of the score over the plane.
pub(super) fn map(record: &SessionRecord, drawing: &Drawing<'_>) -> Option<SessionChart> {
    let chart = drawing.heat(Figure::Change)?;
    Some(SessionChart {
        kind: ChartKind::Change,
        stem: "07-change-map".to_owned(),
        caption: format!(
            "The anomaly score after the last training less that before it ({}): red where it rose, blue where it fell. Lines at quarters of the largest difference.",
            from_to(record)
        ),
        chart: Chart::Heat(Box::new(HeatChart {
            title: "What the last batch changed".to_owned(),
            side: SIDE,
            ..chart
        })),
    })
}

/// The instances whose rank moved most.
pub(super) fn ranks(record: &SessionRecord, change: &Change) -> Option<SessionChart> {
    let bars = change.moves.iter().take(MOVES).map(|one| {
        let up = (1.0 + one.before as f64) / (1.0 + one.after as f64);
        Bar {
            name: short(&record.name_of(one.instance), 32),
            value: up.ln(),
            note: format!(
                "{} → {}",
                number::count(one.before + 1),
                number::count(one.after + 1)
            ),
        }
    });
    let chart = BarChart {
        title: "Ranks that the last batch moved most".to_owned(),
        value: Axis::new("ln(rank before / rank after): to the right, more anomalous now"),
        bars: bars.collect(),
    };
    (!chart.bars.is_empty()).then(|| SessionChart {
        kind: ChartKind::Change,
        stem: "08-change-ranks".to_owned(),
        caption: format!(
            "The instances whose rank moved most ({}), by the ratio of the ranks: from 30 to 3 counts as much as from 300 to 30.",
            from_to(record)
        ),
        chart: Chart::Bars(chart),
    })
}
