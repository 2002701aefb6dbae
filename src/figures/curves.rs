//! Charts of curves and distributions.

use crate::chart::{Axis, HistogramChart, LineChart, Series, Stroke};
use crate::detector::Losses;
use crate::numeric::Bins;

/// The curves of the discovery chart.
#[derive(Clone, Copy, Debug, Default)]
pub struct DiscoveryCurves<'a> {
    /// The session's.
    pub session: &'a [u32],
    /// The baseline's over as many queries.
    pub baseline: &'a [u32],
    /// Whether the baseline's counts the truth and not just the answers so far.
    pub knows_truth: bool,
    /// An oracle's; empty for none.
    pub oracle: &'a [u32],
    /// The anomalies of the table, where they are known.
    pub anomalies: Option<usize>,
}

impl DiscoveryCurves<'_> {
    /// The name of the baseline's curve.
    pub fn baseline_name(&self) -> &'static str {
        match self.knows_truth {
            true => "baseline (no feedback)",
            false => "baseline, of those labelled",
        }
    }

    /// The chart of them.
    pub(super) fn chart(&self, title: String) -> LineChart {
        let series = |name: &str, curve: &[u32], stroke: Stroke| Series {
            name: name.to_owned(),
            points: (std::iter::once([0.0, 0.0]))
                .chain(
                    curve
                        .iter()
                        .zip(1..)
                        .map(|(&found, query)| [f64::from(query), f64::from(found)]),
                )
                .collect(),
            stroke,
            ..Series::default()
        };
        let mut all = vec![
            series("this session", self.session, Stroke::Line),
            series(self.baseline_name(), self.baseline, Stroke::Dashed),
        ];
        if !self.oracle.is_empty() {
            all.push(series("oracle replay", self.oracle, Stroke::Dashed));
        }
        if let Some(anomalies) = self.anomalies {
            let end = self.session.len().max(self.oracle.len());
            let best: Vec<u32> = (1..=end).map(|query| query.min(anomalies) as u32).collect();
            all.push(series("best possible", &best, Stroke::Dashed));
        }
        let points = all.iter().flat_map(|series| &series.points);
        let most = points.map(|point| point[1]).fold(5.0, f64::max);
        let end = self.session.len().max(self.oracle.len()).max(10);
        LineChart {
            title,
            x: Axis::with_range("queries spent", 0.0, end as f64),
            y: Axis::with_range("anomalies found", 0.0, most * 1.04),
            series: all,
        }
    }
}

fn steps(losses: &[f32], first: usize) -> Vec<[f64; 2]> {
    let steps = losses.iter().enumerate();
    steps
        .map(|(step, &loss)| [(first + step) as f64, f64::from(loss)])
        .collect()
}

/// The loss of each epoch of priming.
pub(super) fn priming_chart(title: String, losses: &[f32]) -> LineChart {
    LineChart {
        title,
        x: Axis::new("epoch"),
        y: Axis::new("prior loss (nats)"),
        series: vec![Series {
            name: "prior loss".to_owned(),
            points: steps(losses, 1),
            ..Series::default()
        }],
    }
}

/// The losses of each step of the updates, one after the other.
pub(super) fn updates_chart<'a>(
    title: String,
    updates: impl Iterator<Item = &'a Losses>,
) -> LineChart {
    let (mut network, mut cells) = (Vec::new(), Vec::new());
    let mut first = 1;
    for losses in updates {
        network.extend(steps(&losses.network, first));
        cells.extend(steps(&losses.cells, first));
        first += losses.network.len().max(losses.cells.len());
    }
    let series = |name: &str, points, stroke| Series {
        name: name.to_owned(),
        points,
        stroke,
        ..Series::default()
    };
    let mut all = vec![
        series("network", network, Stroke::Line),
        series("cells", cells, Stroke::Dashed),
    ];
    all.retain(|series| !series.points.is_empty());
    LineChart {
        title,
        x: Axis::new("step"),
        y: Axis::new("loss"),
        series: all,
    }
}

/// A distribution with the value of an instance on it.
pub(super) fn histogram_chart(title: String, label: &str, bins: &Bins, at: f32) -> HistogramChart {
    HistogramChart {
        title,
        label: label.to_owned(),
        low: f64::from(bins.low),
        width: f64::from(bins.width),
        counts: bins.counts.clone(),
        at: Some(f64::from(at)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn curves_begin_at_nothing_and_losses_go_on_from_update_to_update() {
        let curves = DiscoveryCurves {
            session: &[1, 1],
            baseline: &[0, 1],
            anomalies: Some(1),
            ..DiscoveryCurves::default()
        };
        let chart = curves.chart(String::new());
        assert_eq!(chart.series.len(), 3);
        assert_eq!(chart.series[0].points, [[0.0, 0.0], [1.0, 1.0], [2.0, 1.0]]);
        assert_eq!(chart.series[2].points[2], [2.0, 1.0], "one is all there is");
        let update = Losses {
            cells: vec![2.0],
            network: vec![4.0, 3.0],
        };
        let chart = updates_chart(String::new(), [&update, &update].into_iter());
        assert_eq!(chart.series[0].points[2], [3.0, 4.0]);
        assert_eq!(chart.series[1].points, [[1.0, 2.0], [3.0, 2.0]]);
    }
}
