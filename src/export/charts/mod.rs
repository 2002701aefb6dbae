//! The charts of a session: as pictures and as the data behind them.

mod change;
mod discovery;
mod files;
mod losses;
mod maps;
mod scores;

use super::Course;
use super::scene::Scene;
use crate::chart::Chart;

pub use files::write_charts;

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
/// as ranks; the losses of priming and of the updates.
pub fn session_charts(course: &Course) -> Vec<SessionChart> {
    let scene = Scene::of(course);
    let mut charts = vec![discovery::chart(course)];
    charts.extend(maps::scores(course, &scene));
    charts.push(scores::chart(course));
    charts.push(scores::members(course));
    charts.extend(maps::relevance(course, &scene));
    charts.extend(change::map(course, &scene));
    charts.extend(change::ranks(course));
    charts.extend(losses::priming(course));
    charts.extend(losses::updates(course));
    charts
}
