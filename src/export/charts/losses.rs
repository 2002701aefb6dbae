//! The losses of priming and of the updates.

use super::{ChartKind, SessionChart};
use crate::chart::{Chart, LineChart};
use crate::figures::{Drawing, Figure};
use crate::numeric::number;

/// How the network was brought to the prior.
pub(super) fn priming(drawing: &Drawing<'_>) -> Option<SessionChart> {
    let losses = &drawing.model.fitted().priming().losses;
    if losses.len() < 2 {
        return None;
    }
    Some(SessionChart {
        kind: ChartKind::Losses,
        stem: "09-losses-priming".to_owned(),
        caption: "Before any label the relevance network is trained to the prior relevance b of each member, everywhere: the mean over members and instances of −b ln p − (1−b) ln(1−p), by epoch. Its least value is the entropy of b, not 0.".to_owned(),
        chart: Chart::Line(LineChart {
            title: "Priming: the network is trained to the prior".to_owned(),
            ..drawing.line(Figure::Priming)?
        }),
    })
}

/// How the updates went, one after the other.
pub(super) fn updates(drawing: &Drawing<'_>) -> Option<SessionChart> {
    let chart = drawing.line(Figure::Updates)?;
    (!chart.series.is_empty()).then(|| SessionChart {
        kind: ChartKind::Losses,
        stem: "10-losses-updates".to_owned(),
        caption: format!(
            "The loss of each step of {}, one after the other: the mean hinge over the labels plus λ times the prior, of the network and of the table of cells. Each training has more labels than the one before, so that the loss may jump from one to the next.",
            number::many(drawing.losses.len(), "training", "trainings"),
        ),
        chart: Chart::Line(LineChart {
            title: "Updates: the loss of each step".to_owned(),
            ..chart
        }),
    })
}
