//! The charts of a session: as pictures and as the data behind them.

mod change;
mod discovery;
mod files;
mod losses;
mod maps;
mod scores;
mod sequences;

use std::sync::Arc;

use super::SessionRecord;
use crate::chart::Chart;
use crate::figures::{Change, DiscoveryCurves, Drawing, LAYERS, RelevanceMap, ScoreMap};

pub use files::{write_charts, write_pictures};

/// The side of a map in pixels.
const SIDE: f64 = 400.0;

/// What a chart is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChartKind {
    /// Anomalies found against queries spent.
    Discovery,
    /// The anomaly score over a plane.
    ScoreMap,
    /// How often scores occur.
    Scores,
    /// What each member contributes.
    Members,
    /// A member's relevance over the plane.
    Relevance,
    /// What the last batch changed.
    Change,
    /// The losses of priming and of the updates.
    Losses,
    /// The curves of a sequence over the usual record.
    Curves,
}

/// A chart of a session.
#[derive(Clone, Debug, PartialEq)]
pub struct SessionChart {
    /// What it is about.
    pub kind: ChartKind,
    /// The name of its files, without ending; harmless letters only.
    pub stem: String,
    /// What it shows, in a sentence or two.
    pub caption: String,
    /// The chart.
    pub chart: Chart,
}

/// Draws all charts of a session for which there are data, in the order of their names.
///
/// The discovery curve; the score map of GLAD and that of the baseline on one scale; how often
/// scores occur; what each member contributes; a relevance map for each of the six members that
/// contribute most (and, of more, for each kind summed); what the last batch changed, as a map and
/// as ranks; the losses of priming and of the updates; where instances are sequences, the curves of
/// the first candidate.
pub fn session_charts(record: &SessionRecord) -> Vec<SessionChart> {
    let model = record.model();
    let viewpoint = ScoreMap::usual_viewpoint(record.dataset().n_features());
    let current = record.candidates().first().copied();
    let map = ScoreMap::of(Arc::clone(model), viewpoint, current.unwrap_or(0), None);
    let map = Arc::new(map);
    let relevance_map = RelevanceMap::of(Arc::clone(&map), LAYERS);
    let before = record.before.as_ref().map(Arc::clone);
    let change = before.map(|before| Change::of(Arc::clone(&map), before));
    let session = record.curve();
    let drawing = Drawing {
        model,
        revision: record.session().revision(),
        names: &record.names,
        columns: &record.columns,
        replies: &record.session().replies(),
        current,
        map: Some(&map),
        relevance_map: Some(&relevance_map),
        change: change.as_ref(),
        why: None,
        curves: DiscoveryCurves {
            session,
            baseline: &record.baseline(),
            knows_truth: record.dataset().truth().is_some(),
            oracle: &[],
            anomalies: record.true_anomalies(),
        },
        losses: record.losses.iter().collect(),
    };
    let mut charts: Vec<SessionChart> = discovery::chart(&drawing).into_iter().collect();
    charts.extend(maps::scores(record, &drawing).into_iter().flatten());
    charts.push(scores::chart(record));
    charts.push(scores::members(record));
    charts.extend(maps::relevance(record, &drawing, &relevance_map));
    charts.extend(change::map(record, &drawing));
    charts.extend((change.as_ref()).and_then(|change| change::ranks(record, change)));
    charts.extend(losses::priming(&drawing));
    charts.extend(losses::updates(&drawing));
    charts.extend(sequences::charts(record));
    charts
}
