//! Figures as charts.

use std::collections::BTreeMap;

use super::curves::{priming_chart, updates_chart};
use super::plane::{SeenPlane, chart_lines, layer_name};
use super::{Change, DiscoveryCurves, Figure, RelevanceMap, ScoreMap, Value, axis_names, levels};
use crate::chart::{Chart, HeatChart, LineChart, Scale, Sheet};
use crate::dataset::{ColumnSummary, Dataset};
use crate::detector::{Losses, Model, Why};
use crate::numeric::Grid;
use crate::session::Reply;

/// Features whose distributions are offered.
const FEATURES: usize = 12;
/// The side of a map on a sheet, in pixels.
const SMALL: f64 = 300.0;

/// What figures are drawn of: a session at its place, and what has been computed of it.
#[derive(Clone, Debug)]
pub struct Drawing<'a> {
    /// The model.
    pub model: &'a Model,
    /// The revision that it is of.
    pub revision: u64,
    /// The names of the members.
    pub names: &'a [String],
    /// The distribution of each feature.
    pub columns: &'a [ColumnSummary],
    /// What was said in the answers in force.
    pub replies: &'a BTreeMap<usize, Reply>,
    /// The instance that is looked at.
    pub current: Option<usize>,
    /// The map of the score.
    pub map: Option<&'a ScoreMap>,
    /// The maps of the members.
    pub relevance_map: Option<&'a RelevanceMap>,
    /// What the last training changed.
    pub change: Option<&'a Change>,
    /// The explanation of the instance that is looked at.
    pub why: Option<&'a Why>,
    /// The discovery curves.
    pub curves: DiscoveryCurves<'a>,
    /// The losses of each training that is known, in their order.
    pub losses: Vec<&'a Losses>,
}

impl<'a> Drawing<'a> {
    /// The figures that there are.
    pub fn figures(&self) -> Vec<Figure> {
        let mut all = Vec::new();
        all.extend(self.map.map(|_| Figure::Map));
        if let Some(relevance_map) = self.relevance_map {
            all.extend(Value::ALL.map(Figure::Members));
            let layers = 0..relevance_map.relevance_grid.layers.len();
            all.extend(layers.flat_map(|layer| Value::ALL.map(|of| Figure::Member(layer, of))));
            all.push(Figure::Baseline);
        }
        all.extend(self.change.map(|_| Figure::Change));
        all.extend([Figure::Discovery, Figure::Priming]);
        if !self.losses.is_empty() {
            all.push(Figure::Updates);
        }
        if let Some(why) = self.why {
            all.push(Figure::Contributions);
            all.extend((0..why.members.len()).map(Figure::MemberView));
            all.push(Figure::Shares);
            all.extend((0..why.features.len().min(FEATURES)).map(Figure::Feature));
            if let Some(learnt) = self.dataset().sequences() {
                all.extend((0..learnt.set().channels().len()).map(Figure::Channel));
                all.push(Figure::Deviation);
            }
        }
        all
    }

    /// What a figure is called.
    pub fn name(&self, figure: Figure) -> String {
        match figure {
            Figure::Map => "anomaly score over the map".to_owned(),
            Figure::Members(value) => format!("all members: {}", value.name()),
            Figure::Member(layer, value) => format!("{}: {}", self.layer_name(layer), value.name()),
            Figure::Baseline => "baseline score".to_owned(),
            Figure::Change => "score after − before".to_owned(),
            Figure::Discovery => "discovery curve".to_owned(),
            Figure::Priming => "losses of priming".to_owned(),
            Figure::Updates => "losses of the updates".to_owned(),
            Figure::Contributions => "members of the candidate".to_owned(),
            Figure::MemberView(index) => {
                let member = self.why.and_then(|why| why.members.get(index));
                let name = member.map_or("", |view| &self.names[view.member]);
                format!("histogram of {name}")
            }
            Figure::Shares => "features of the candidate".to_owned(),
            Figure::Feature(index) => {
                let share = self.why.and_then(|why| why.features.get(index));
                let names = self.dataset().feature_names();
                let name = share.map_or("", |share| &names[share.feature]);
                format!("distribution of {name}")
            }
            Figure::Channel(channel) => {
                let learnt = self.dataset().sequences();
                let name = learnt.and_then(|learnt| learnt.set().channels().get(channel));
                format!("{} over the usual course", name.map_or("", String::as_str))
            }
            Figure::Deviation => "deviation of the moments".to_owned(),
        }
    }

    /// The name of a map of members.
    pub fn layer_name(&self, layer: usize) -> String {
        let layer = self
            .relevance_map
            .and_then(|map| map.relevance_grid.layers.get(layer));
        layer.map_or_else(String::new, |layer| layer_name(&layer.layer, self.names))
    }

    /// A figure as a chart; `None` while what it shows is not there.
    pub fn chart(&self, figure: Figure) -> Option<Chart> {
        match figure {
            Figure::Map | Figure::Member(..) | Figure::Baseline | Figure::Change => {
                Some(Chart::Heat(Box::new(self.heat(figure)?)))
            }
            Figure::Members(value) => Some(Chart::Sheet(self.sheet(value)?)),
            Figure::Discovery | Figure::Priming | Figure::Updates => {
                Some(Chart::Line(self.line(figure)?))
            }
            Figure::Contributions | Figure::Shares => {
                Some(Chart::Bars(self.bars(self.why?, figure)))
            }
            Figure::Channel(_) | Figure::Deviation => {
                Some(Chart::Line(self.sequence_chart(self.why?, figure)?))
            }
            Figure::MemberView(_) | Figure::Feature(_) => {
                Some(Chart::Histogram(self.histogram(self.why?, figure)?))
            }
        }
    }

    /// A figure over a plane.
    pub fn heat(&self, figure: Figure) -> Option<HeatChart> {
        match figure {
            Figure::Map | Figure::Baseline => self.score_chart(figure),
            Figure::Member(index, value) => self.layer_chart(index, value),
            Figure::Change => self.change_chart(),
            _ => None,
        }
    }

    /// A figure of curves.
    pub fn line(&self, figure: Figure) -> Option<LineChart> {
        let title = self.titled(figure);
        match figure {
            Figure::Discovery => Some(self.curves.chart(title)),
            Figure::Priming => Some(priming_chart(title, &self.model.fitted().priming().losses)),
            Figure::Updates => Some(updates_chart(title, self.losses.iter().copied())),
            _ => None,
        }
    }

    pub(super) fn dataset(&self) -> &'a Dataset {
        self.model.fitted().dataset()
    }

    /// The name of a figure with that of the table and the revision.
    pub(super) fn titled(&self, figure: Figure) -> String {
        let name = self.name(figure);
        format!(
            "{}: {name}, revision {}",
            self.dataset().name(),
            self.revision
        )
    }

    fn plane<'b>(&'b self, map: &'b ScoreMap, grid: &'b Grid) -> SeenPlane<'b> {
        SeenPlane {
            axes: axis_names(self.dataset(), map.viewpoint),
            grid,
            locations: &map.locations,
            replies: self.replies,
            current: self.current,
        }
    }

    /// The anomaly score or its baseline: on one scale, with lines at the same values.
    fn score_chart(&self, figure: Figure) -> Option<HeatChart> {
        let map = self.map?;
        let (values, lines, threshold): (&[f32], _, &[_]) = match figure {
            Figure::Baseline => (&map.baseline, &map.baseline_lines, &[]),
            _ => (&map.surface.values, &map.lines, &map.top),
        };
        let [low, high] = map.range;
        let scale = Scale::Sequential { low, high };
        let plane = self.plane(map, &map.surface.grid);
        Some(HeatChart {
            lines: chart_lines(lines),
            levels: as_ticks(&map.levels),
            threshold: chart_lines(threshold),
            ..plane.chart(self.titled(figure), values, "anomaly score", scale)
        })
    }

    fn layer_chart(&self, index: usize, value: Value) -> Option<HeatChart> {
        let map = self.relevance_map?;
        let (values, lines) = map.layer(index, value)?;
        let [low, high] = map.range(value);
        let scale = match map.middle(value) {
            Some(middle) => Scale::Around { middle, low, high },
            None => Scale::Sequential { low, high },
        };
        let plane = self.plane(&map.map, &map.relevance_grid.grid);
        let title = self.titled(Figure::Member(index, value));
        let direction = map.relevance_grid.layers[index].direction;
        Some(HeatChart {
            lines: chart_lines(lines),
            levels: as_ticks(&map.levels(value)),
            arrow: direction.map(|direction| direction.map(f64::from)),
            ..plane.chart(title, values, value.label(), scale)
        })
    }

    fn change_chart(&self) -> Option<HeatChart> {
        let change = self.change?;
        let most = change.largest.max(f32::MIN_POSITIVE);
        let scale = Scale::Diverging { most };
        let plane = self.plane(&change.map, &change.difference.grid);
        let title = self.titled(Figure::Change);
        let value = "anomaly score after − before";
        Some(HeatChart {
            lines: chart_lines(&change.lines),
            levels: as_ticks(&levels::of_difference(most)),
            ..plane.chart(title, &change.difference.values, value, scale)
        })
    }

    /// The maps of all members and of the two scores.
    fn sheet(&self, value: Value) -> Option<Sheet> {
        let layers = 0..self.relevance_map?.relevance_grid.layers.len();
        let members = layers.map(|layer| Figure::Member(layer, value));
        let figures = members.chain([Figure::Baseline, Figure::Map]);
        let small = |figure| {
            let chart = self.heat(figure)?;
            Some(HeatChart {
                title: self.name(figure),
                side: SMALL,
                ..chart
            })
        };
        let charts: Vec<HeatChart> = figures.filter_map(small).collect();
        Some(Sheet {
            title: self.titled(Figure::Members(value)),
            of: "map".to_owned(),
            columns: (charts.len() as f64).sqrt().ceil() as usize,
            charts,
        })
    }
}

fn as_ticks(levels: &[f32]) -> Vec<f64> {
    levels.iter().copied().map(f64::from).collect()
}
