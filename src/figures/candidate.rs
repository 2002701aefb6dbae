//! Charts of the explanation of an instance.

use super::curves::histogram_chart;
use super::{Drawing, Figure};
use crate::chart::{Axis, Bar, BarChart, HistogramChart};
use crate::detector::{Picture, Why};
use crate::numeric::Bins;

impl Drawing<'_> {
    pub(super) fn of_candidate(&self, why: &Why, figure: Figure) -> String {
        let id = self.dataset().id(why.instance);
        let row = self.dataset().id_name();
        format!("{}, {row} {id}", self.titled(figure))
    }

    /// What the members contribute to the score, or the features' shares.
    pub(super) fn bars(&self, why: &Why, figure: Figure) -> BarChart {
        let bar = |name: &str, value: f32, share: f32| Bar {
            name: name.to_owned(),
            value: f64::from(value),
            note: format!("{:.1} %", 100.0 * share),
        };
        let (value, bars) = match figure {
            Figure::Contributions => {
                let all = why.contributions.iter();
                let bars = all.map(|one| bar(&self.names[one.member], one.product, one.share));
                ("contribution s·p", bars.collect())
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

    /// What a member saw, or how a feature is distributed, with the instance on it.
    pub(super) fn histogram(&self, why: &Why, figure: Figure) -> Option<HistogramChart> {
        let title = self.of_candidate(why, figure);
        let names = self.dataset().feature_names();
        if let Figure::Feature(index) = figure {
            let feature = why.features.get(index)?.feature;
            let at = self.dataset().features()[[why.instance, feature]];
            let bins = self.columns[feature].bins();
            return Some(histogram_chart(title, &names[feature], bins, at));
        }
        let Figure::MemberView(index) = figure else {
            return None;
        };
        let view = why.members.get(index)?;
        match view.top.first().map(|part| &part.picture) {
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
                let score = why.contributions.get(index)?.score;
                Some(histogram_chart(title, "member score", &view.scores, score))
            }
        }
    }
}
