//! Charts of a session: what the window, an export and a report draw alike.

use std::collections::BTreeMap;

use super::Answer;
use crate::chart::{
    Axis, HeatChart, HistogramChart, LineChart, Mark, Scale, Series, Shape, Stroke,
};
use crate::dataset::Dataset;
use crate::detector::{Layer, Losses, Viewpoint};
use crate::numeric::{Bins, Crowd, Grid, Polyline};

/// Dots along each side of a map at most.
const DOTS: f32 = 160.0;

/// The side of a map in pixels.
const SIDE: f64 = 460.0;

/// What all maps of one plane have in common.
#[derive(Clone, Debug)]
pub struct SeenPlane<'a> {
    /// What lies across and up: [`axis_names`].
    pub axes: [String; 2],
    /// The cells.
    pub grid: &'a Grid,
    /// Where the instances lie.
    pub places: &'a [[f32; 2]],
    /// The answers in force.
    pub answers: &'a BTreeMap<usize, Answer>,
    /// The instance that is looked at.
    pub current: Option<usize>,
}

/// What lies across and up a map.
pub fn axis_names(dataset: &Dataset, viewpoint: Viewpoint) -> [String; 2] {
    let name = |feature: usize| {
        let names = dataset.feature_names();
        names.get(feature).cloned().unwrap_or_default()
    };
    match viewpoint {
        Viewpoint::Features(across, up) => [name(across), name(up)],
        Viewpoint::Principal => ["1st", "2nd"].map(|which| {
            format!("{which} principal component (standard deviations of the features)")
        }),
    }
}

impl SeenPlane<'_> {
    /// A map of values over the plane, with the instances and their answers on it; its lines are
    /// to be added.
    pub fn chart(&self, title: String, values: &[f32], value: &str, scale: Scale) -> HeatChart {
        let Grid { x, y } = self.grid;
        let [across, up] = self.axes.clone();
        HeatChart {
            title,
            x: Axis::with_range(across, f64::from(x.low()), f64::from(x.high())),
            y: Axis::with_range(up, f64::from(y.low()), f64::from(y.high())),
            columns: x.cells(),
            values: values.to_vec(),
            value_label: value.to_owned(),
            scale,
            marks: self.marks(),
            side: SIDE,
            ..HeatChart::default()
        }
    }

    /// Dots below, then what has been answered, anomalies last, and the current instance on top.
    fn marks(&self) -> Vec<Mark> {
        let mark = |instance: usize, shape: Shape| {
            let [x, y] = self.places.get(instance)?.map(f64::from);
            Some(Mark { at: [x, y], shape })
        };
        let of = |answer: &Answer| match answer {
            Answer::Anomaly => Some(Shape::Anomaly),
            Answer::Nominal => Some(Shape::Nominal),
            Answer::Unsure => Some(Shape::Unsure),
            Answer::Skip => None,
        };
        let shapes = [Shape::Unsure, Shape::Nominal, Shape::Anomaly];
        let answers = shapes.into_iter().flat_map(|shape| {
            let same = self.answers.iter();
            same.filter(move |(_, answer)| of(answer) == Some(shape))
                .map(move |(&instance, _)| (instance, shape))
        });
        let is_open = |instance: &usize| self.answers.get(instance).and_then(of).is_none();
        let open = self.dots().filter(is_open);
        (open.map(|instance| (instance, Shape::Dot)))
            .chain(answers)
            .chain(self.current.map(|current| (current, Shape::Current)))
            .filter_map(|(instance, shape)| mark(instance, shape))
            .collect()
    }

    /// Instances of which none would cover the dot of another.
    fn dots(&self) -> impl Iterator<Item = usize> {
        let Grid { x, y } = self.grid;
        let spacing = [x, y].map(|axis| (axis.high() - axis.low()) / DOTS);
        let crowd = Crowd::new(self.places);
        let seen = crowd.seen([x.low(), y.low()], [x.high(), y.high()], spacing);
        seen.collect::<Vec<usize>>().into_iter()
    }
}

/// The name of a map of members, by the names of the members.
pub fn layer_name(layer: &Layer, names: &[String]) -> String {
    let name = |member: &usize| names.get(*member).map_or("", String::as_str);
    match layer {
        Layer::Member(member) => name(member).to_owned(),
        Layer::Kind(members) => {
            let first = members.first().map_or("", name);
            let kind = first
                .trim_end_matches(|end: char| end.is_ascii_digit())
                .trim_end();
            format!("all {} like {kind}", members.len())
        }
    }
}

/// Lines as charts have them.
pub fn chart_lines<'a>(lines: impl IntoIterator<Item = &'a Polyline>) -> Vec<Vec<[f64; 2]>> {
    let point = |at: &[f32; 2]| at.map(f64::from);
    let lines = lines.into_iter();
    lines.map(|line| line.iter().map(point).collect()).collect()
}

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
    pub fn chart(&self, title: String) -> LineChart {
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
            spread: Vec::new(),
            stroke,
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
        LineChart {
            title,
            x: Axis::new("queries spent"),
            y: Axis::new("anomalies found"),
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
pub fn priming_chart(title: String, losses: &[f32]) -> LineChart {
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
pub fn updates_chart<'a>(title: String, updates: impl Iterator<Item = &'a Losses>) -> LineChart {
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
    LineChart {
        title,
        x: Axis::new("step"),
        y: Axis::new("loss"),
        series: vec![
            series("network", network, Stroke::Line),
            series("cells", cells, Stroke::Dashed),
        ],
    }
}

/// A distribution with the value of an instance on it.
pub fn histogram_chart(title: String, label: &str, bins: &Bins, at: f32) -> HistogramChart {
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
    use crate::numeric::Axis as Cut;

    #[test]
    fn answered_instances_are_marked_above_the_others() {
        let grid = Grid {
            x: Cut::new(0.0, 2.0, 2),
            y: Cut::new(0.0, 4.0, 1),
        };
        let plane = SeenPlane {
            axes: ["a".to_owned(), "b".to_owned()],
            grid: &grid,
            places: &[[0.5, 1.0], [1.5, 3.0], [1.0, 2.0]],
            answers: &BTreeMap::from([
                (1, Answer::Nominal),
                (2, Answer::Skip),
                (9, Answer::Anomaly),
            ]),
            current: Some(0),
        };
        let chart = plane.chart("t".to_owned(), &[1.0, 2.0], "score", Scale::default());
        let shapes: Vec<Shape> = chart.marks.iter().map(|mark| mark.shape).collect();
        assert_eq!(
            shapes,
            [Shape::Dot, Shape::Dot, Shape::Nominal, Shape::Current]
        );
        assert_eq!(chart.marks[2].at, [1.5, 3.0]);
        assert_eq!((chart.columns, chart.y.range), (2, Some((0.0, 4.0))));
        assert_eq!(chart.csv(), "a,b,score\n0.5,2,1\n1.5,2,2\n");
    }

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
