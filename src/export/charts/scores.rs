//! How often scores occur, and what the members contribute.

use super::{ChartKind, SessionChart};
use crate::chart::short;
use crate::chart::{Axis, Bar, BarChart, Chart, HistogramSeries, OverlaidHistogram};
use crate::dataset::Label;
use crate::detector::leading_members;
use crate::export::SessionRecord;
use crate::numeric::{Bins, number};

/// Bins of the scores.
const BINS: usize = 60;
/// Members whose contribution is drawn.
const MEMBERS: usize = 20;

/// The distribution of the anomaly score over the table, and over the labelled instances.
pub(super) fn chart(record: &SessionRecord) -> SessionChart {
    let model = record.model();
    let bins = Bins::of(model.scores(), BINS);
    let count = |label: Label| {
        let mut counts = vec![0; bins.counts.len()];
        let labels = record.labels().into_iter();
        for (instance, _) in labels.filter(|(_, given)| *given == label) {
            if let Some(bin) = bins.bin_of(model.scores()[instance]) {
                counts[bin] += 1;
            }
        }
        counts
    };
    let one = |name: &str, counts: Vec<u32>| HistogramSeries {
        name: name.to_owned(),
        counts,
    };
    let q_tau = model.q_tau();
    let chart = OverlaidHistogram {
        title: "How often scores occur".to_owned(),
        x: Axis::new("anomaly score"),
        low: f64::from(bins.low),
        width: f64::from(bins.width),
        series: vec![
            one("all instances", bins.counts.clone()),
            one("labelled anomaly", count(Label::Anomaly)),
            one("labelled nominal", count(Label::Nominal)),
        ],
        marks: vec![(format!("q_tau, {}", number::value(q_tau)), f64::from(q_tau))],
    };
    SessionChart {
        kind: ChartKind::Scores,
        stem: "04-score-distribution".to_owned(),
        caption: format!(
            "How often each anomaly score occurs in {}; heights are logarithmic, so that a single instance is seen beside thousands. Right of q_tau lies the top τ, {} of the instances.",
            record.whole().0,
            number::percent(record.fitted().settings().tau)
        ),
        chart: Chart::Heaps(chart),
    }
}

/// What each member contributes to the scores of the top τ.
pub(super) fn members(record: &SessionRecord) -> SessionChart {
    let leading = leading_members(record.model());
    let total: f32 = leading.iter().map(|(_, sum)| sum).sum();
    let share = |sum: f32| f64::from(sum / total.max(f32::MIN_POSITIVE));
    let bars = leading.iter().take(MEMBERS).map(|&(member, sum)| Bar {
        name: short(&record.names[member], 36),
        value: 100.0 * share(sum),
        note: number::percent(share(sum)),
    });
    let chart = BarChart {
        title: "What the members contribute in the top τ".to_owned(),
        value: Axis::new("share of the anomaly scores of the top τ (%)"),
        bars: bars.collect(),
    };
    let rest = match leading.len() > MEMBERS {
        true => format!(" The first {MEMBERS} of {} are shown.", leading.len()),
        false => String::new(),
    };
    SessionChart {
        kind: ChartKind::Members,
        stem: "05-members".to_owned(),
        caption: format!(
            "The share of each member's products s·p in the anomaly scores of the top τ (of its first 2,000 instances at most).{rest}"
        ),
        chart: Chart::Bars(chart),
    }
}
