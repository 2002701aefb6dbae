//! The charts of the screen, as charts that can be written to files.

use super::Workspace;
use crate::chart::{
    Axis, Bar, BarChart, Chart, HeatChart, HistogramChart, LineChart, Scale, Sheet,
};
use crate::detector::{Picture, Why};
use crate::numeric::{Bins, Polyline};
use crate::session::charts::{
    DiscoveryCurves, SeenPlane, axis_names, chart_lines, histogram_chart, layer_name,
    priming_chart, updates_chart,
};
use crate::worker::{Change, ReliefMap, ScoreMap};

/// What a map of a member shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Value {
    /// Its relevance `p`.
    #[default]
    Relevance,
    /// Its own score `s`.
    Score,
    /// Their product.
    Product,
}

impl Value {
    /// Every choice.
    pub const ALL: [Self; 3] = [Self::Relevance, Self::Score, Self::Product];

    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Relevance => "relevance",
            Self::Score => "member score",
            Self::Product => "product",
        }
    }
}

impl ReliefMap {
    /// The ends of the colour scale that all members have in common.
    pub fn range(&self, value: Value) -> [f32; 2] {
        match value {
            Value::Relevance => [0.0, 1.0],
            Value::Score => self.scales[0],
            Value::Product => self.scales[1],
        }
    }
}

/// A chart of the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Figure {
    /// The anomaly score over the map.
    #[default]
    Map,
    /// All maps of members and of the two scores, on one sheet.
    Members(Value),
    /// The map of one of them.
    Member(usize, Value),
    /// The baseline's score, on the scale of the next.
    Baseline,
    /// The anomaly score, on the scale of the baseline's.
    Glad,
    /// What the last training changed.
    Change,
    /// The discovery curves.
    Discovery,
    /// The losses of priming.
    Priming,
    /// The losses of the updates.
    Updates,
    /// What the members contribute to the score of the current candidate.
    Contributions,
    /// What one of the first of them saw.
    Sight(usize),
    /// The features' shares of the explanation.
    Shares,
    /// The distribution of the feature at this place among them.
    Feature(usize),
}

/// Features whose distributions are offered.
const FEATURES: usize = 12;

impl Workspace {
    /// The charts that there are at the moment.
    pub fn figures(&self) -> Vec<Figure> {
        let mut all = Vec::new();
        all.extend(self.map().map(|_| Figure::Map));
        if let Some(relief) = self.relief() {
            all.extend(Value::ALL.map(Figure::Members));
            let layers = 0..relief.relief.layers.len();
            all.extend(layers.flat_map(|layer| Value::ALL.map(|of| Figure::Member(layer, of))));
            all.extend([Figure::Baseline, Figure::Glad]);
        }
        all.extend(self.change().map(|_| Figure::Change));
        all.extend([Figure::Discovery, Figure::Priming]);
        if self.losses().next().is_some() {
            all.push(Figure::Updates);
        }
        if let Some((why, true)) = self.why() {
            all.push(Figure::Contributions);
            all.extend((0..why.members.len()).map(Figure::Sight));
            all.push(Figure::Shares);
            all.extend((0..why.features.len().min(FEATURES)).map(Figure::Feature));
        }
        all
    }

    /// What a chart is called.
    pub fn figure_name(&self, figure: Figure) -> String {
        match figure {
            Figure::Map => "anomaly score over the map".to_owned(),
            Figure::Members(value) => format!("all members: {}", value.name()),
            Figure::Member(layer, value) => format!("{}: {}", self.layer_name(layer), value.name()),
            Figure::Baseline => "baseline score".to_owned(),
            Figure::Glad => "GLAD score".to_owned(),
            Figure::Change => "score after − before".to_owned(),
            Figure::Discovery => "discovery curve".to_owned(),
            Figure::Priming => "losses of priming".to_owned(),
            Figure::Updates => "losses of the updates".to_owned(),
            Figure::Contributions => "members of the candidate".to_owned(),
            Figure::Sight(place) => {
                let member = self.why().and_then(|(why, _)| why.members.get(place));
                let name = member.map_or("", |sight| &self.member_names()[sight.member]);
                format!("histogram of {name}")
            }
            Figure::Shares => "features of the candidate".to_owned(),
            Figure::Feature(place) => {
                let share = self.why().and_then(|(why, _)| why.features.get(place));
                let names = self.dataset().feature_names();
                let name = share.map_or("", |share| &names[share.feature]);
                format!("distribution of {name}")
            }
        }
    }

    /// The name of a map of members.
    pub fn layer_name(&self, layer: usize) -> String {
        let layer = self.relief().and_then(|map| map.relief.layers.get(layer));
        layer.map_or_else(String::new, |layer| {
            layer_name(&layer.layer, self.member_names())
        })
    }

    /// The chart itself; `None` while what it shows is not there.
    pub(super) fn chart(&self, figure: Figure) -> Option<Chart> {
        let heat = |chart: HeatChart| Some(Chart::Heat(Box::new(chart)));
        match figure {
            Figure::Map => heat(self.map_chart(self.map()?)),
            Figure::Members(value) => Some(Chart::Sheet(self.sheet(self.relief()?, value))),
            Figure::Member(layer, value) => heat(self.layer_chart(self.relief()?, layer, value)?),
            Figure::Baseline => heat(self.total_chart(self.relief()?, 0)),
            Figure::Glad => heat(self.total_chart(self.relief()?, 1)),
            Figure::Change => heat(self.change_chart(self.change()?)),
            Figure::Discovery => Some(Chart::Line(self.discovery_chart())),
            Figure::Priming => {
                let losses = &self.model().fitted().priming().losses;
                Some(Chart::Line(priming_chart(self.titled(figure), losses)))
            }
            Figure::Updates => {
                let losses = self.losses().map(|(_, losses)| losses);
                Some(Chart::Line(updates_chart(self.titled(figure), losses)))
            }
            Figure::Contributions | Figure::Shares => {
                Some(Chart::Bars(self.bars(self.why()?.0, figure)))
            }
            Figure::Sight(_) | Figure::Feature(_) => {
                let chart = self.histogram(self.why()?.0, figure)?;
                Some(Chart::Histogram(chart))
            }
        }
    }

    /// The name of a chart with that of the table and the revision.
    fn titled(&self, figure: Figure) -> String {
        let revision = self.session().revision();
        let name = self.figure_name(figure);
        format!("{}: {name}, revision {revision}", self.dataset().name())
    }

    fn map_chart(&self, map: &ScoreMap) -> HeatChart {
        let (low, high) = map.range;
        let plane = SeenPlane {
            axes: axis_names(self.dataset(), map.viewpoint),
            grid: &map.surface.grid,
            places: &map.places,
            answers: self.answers(),
            current: self.selected(),
        };
        let scale = Scale::Sequential { low, high };
        let title = self.titled(Figure::Map);
        let mut chart = plane.chart(title, &map.surface.values, "anomaly score", scale);
        chart.lines = chart_lines(map.contours.iter().flat_map(|(_, lines)| lines));
        chart.threshold = chart_lines(&map.top);
        chart
    }

    fn relief_plane<'a>(&'a self, map: &'a ReliefMap) -> SeenPlane<'a> {
        SeenPlane {
            axes: axis_names(self.dataset(), map.asked.viewpoint),
            grid: &map.relief.grid,
            places: &map.asked.places,
            answers: self.answers(),
            current: self.selected(),
        }
    }

    fn layer_chart(&self, map: &ReliefMap, place: usize, value: Value) -> Option<HeatChart> {
        let (layer, lines) = (map.relief.layers.get(place)?, map.lines.get(place)?);
        let (values, lines): (&[f32], &[Polyline]) = match value {
            Value::Relevance => (&layer.relevance, &lines.relevance),
            Value::Score => (&layer.scores, &lines.scores),
            Value::Product => (&layer.products, &lines.products),
        };
        let [low, high] = map.range(value);
        let title = self.figure_name(Figure::Member(place, value));
        let scale = Scale::Sequential { low, high };
        let mut chart = self
            .relief_plane(map)
            .chart(title, values, value.name(), scale);
        chart.lines = chart_lines(lines);
        chart.arrow = layer.direction.map(|direction| direction.map(f64::from));
        Some(chart)
    }

    fn total_chart(&self, map: &ReliefMap, which: usize) -> HeatChart {
        let (figure, values) = match which {
            0 => (Figure::Baseline, &map.relief.baseline),
            _ => (Figure::Glad, &map.relief.score),
        };
        let [low, high] = map.scales[2];
        let scale = Scale::Sequential { low, high };
        let title = self.figure_name(figure);
        let mut chart = self.relief_plane(map).chart(title, values, "score", scale);
        chart.lines = chart_lines(&map.totals[which]);
        chart
    }

    fn sheet(&self, map: &ReliefMap, value: Value) -> Sheet {
        let layers = 0..map.relief.layers.len();
        let layers = layers.filter_map(|layer| self.layer_chart(map, layer, value));
        let mut charts: Vec<HeatChart> = layers.collect();
        charts.extend([0, 1].map(|which| self.total_chart(map, which)));
        for chart in &mut charts {
            chart.side = 300.0;
        }
        Sheet {
            title: self.titled(Figure::Members(value)),
            of: "map".to_owned(),
            columns: (charts.len() as f64).sqrt().ceil() as usize,
            charts,
        }
    }

    fn change_chart(&self, change: &Change) -> HeatChart {
        let plane = SeenPlane {
            axes: axis_names(self.dataset(), change.viewpoint),
            grid: &change.difference.grid,
            places: &change.places,
            answers: self.answers(),
            current: self.selected(),
        };
        let most = change.largest.max(f32::MIN_POSITIVE);
        let scale = Scale::Diverging { most };
        let values = &change.difference.values;
        let title = self.titled(Figure::Change);
        let mut chart = plane.chart(title, values, "difference of the score", scale);
        chart.lines = chart_lines(&change.lines);
        chart
    }

    fn discovery_chart(&self) -> LineChart {
        let replayed = self.oracle().map_or(&[][..], |oracle| oracle.curve());
        let curves = DiscoveryCurves {
            session: self.curve(),
            baseline: self.baseline(),
            knows_truth: self.baseline_knows_truth(),
            oracle: replayed,
            anomalies: self.true_anomalies(),
        };
        curves.chart(self.titled(Figure::Discovery))
    }

    fn of_candidate(&self, why: &Why, figure: Figure) -> String {
        let id = self.dataset().id(why.instance);
        let row = self.dataset().id_column().unwrap_or("row");
        format!("{}, {row} {id}", self.titled(figure))
    }

    fn bars(&self, why: &Why, figure: Figure) -> BarChart {
        let bar = |name: &str, value: f32, share: f32| Bar {
            name: name.to_owned(),
            value: f64::from(value),
            note: format!("{:.1} %", 100.0 * share),
        };
        let (value, bars) = match figure {
            Figure::Contributions => {
                let names = self.member_names();
                let all = why.contributions.iter();
                let bars = all.map(|one| bar(&names[one.member], one.product, one.share));
                ("product s·p", bars.collect())
            }
            _ => {
                let names = self.dataset().feature_names();
                let all = why.features.iter();
                let bars = all.map(|one| bar(&names[one.feature], one.share, one.share));
                ("share of the explanation", bars.collect())
            }
        };
        BarChart {
            title: self.of_candidate(why, figure),
            value: Axis::new(value),
            bars,
        }
    }

    fn histogram(&self, why: &Why, figure: Figure) -> Option<HistogramChart> {
        let title = self.of_candidate(why, figure);
        let names = self.dataset().feature_names();
        if let Figure::Feature(place) = figure {
            let feature = why.features.get(place)?.feature;
            let at = self.dataset().features()[[why.instance, feature]];
            let bins = self.columns()[feature].bins();
            return Some(histogram_chart(title, &names[feature], bins, at));
        }
        let Figure::Sight(place) = figure else {
            return None;
        };
        let sight = why.members.get(place)?;
        match sight.top.first().map(|part| &part.picture) {
            Some(Picture::Histogram {
                feature,
                low,
                width,
                counts,
                at,
            }) => {
                let label = feature.map_or("the projection (standard deviations)", |feature| {
                    names[feature].as_str()
                });
                let bins = Bins {
                    low: *low,
                    width: *width,
                    counts: counts.clone(),
                };
                Some(histogram_chart(title, label, &bins, *at))
            }
            _ => {
                let score = why.contributions.get(place)?.score;
                Some(histogram_chart(title, "member score", &sight.scores, score))
            }
        }
    }
}
