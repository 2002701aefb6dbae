//! A sequence beside the usual course of its set, channel by channel.

use super::peaks::Curve;
use super::{Drawing, Figure};
use crate::chart::{Axis, LineChart, Series, Stroke};
use crate::detector::Why;
use crate::sequence::{Alignment, Learnt, PLACES, kendall_tau};

/// Points of a curve that are drawn at most; of more, each stretch's least and largest are kept.
pub const POINTS: usize = 2_000;

/// The curves of one sequence.
#[derive(Clone, Debug, PartialEq)]
pub struct SequenceCurves {
    /// The channels.
    pub channels: Vec<ChannelCurve>,
    /// How far each moment is from the nearest moments of other sequences, in the embedding, by
    /// place.
    pub deviations: Curve,
    /// The largest deviation of any moment of the set.
    pub most: f32,
    /// What is called by a place: its unit.
    pub across: &'static str,
}

/// One channel of a sequence.
#[derive(Clone, Debug, PartialEq)]
pub struct ChannelCurve {
    /// Its name.
    pub name: String,
    /// Its values by place.
    pub own: Curve,
    /// The usual course, where places are comparable: place, 10 % quantile, median, 90 % quantile.
    pub usual: Vec<[f64; 4]>,
}

/// How two sequences of a set lie to each other.
#[derive(Clone, Debug, PartialEq)]
pub struct PairAlignment {
    /// The two instances.
    pub pair: (usize, usize),
    /// Their moments, and the path.
    pub alignment: Alignment,
    /// Kendall's τ of the nearest moments of the first in the second.
    pub tau: f64,
    /// The largest distance of two moments.
    pub most: f32,
}

impl PairAlignment {
    /// Aligns two sequences of a set, which has both.
    pub fn of(learnt: &Learnt, pair: (usize, usize)) -> Self {
        let alignment = learnt.align(pair.0, pair.1);
        Self {
            pair,
            tau: kendall_tau(&alignment.nearest()),
            most: alignment.distances.iter().copied().fold(0.0, f32::max),
            alignment,
        }
    }
}

impl SequenceCurves {
    /// The curves of a sequence over the usual course, or by their own time; `None` where there is
    /// no such sequence.
    pub fn of(learnt: &Learnt, instance: usize, aligned: bool) -> Option<Self> {
        let sequence = learnt.set().sequences().get(instance)?;
        let course = learnt.course(instance).iter();
        let places: Vec<f64> = match aligned {
            true => course.map(|&place| f64::from(place)).collect(),
            false => (0..sequence.len()).map(|moment| moment as f64).collect(),
        };
        let across = |values: &mut dyn Iterator<Item = f32>| {
            let points = places.iter().zip(values);
            let points = points.map(|(place, value)| [*place, f64::from(value)]);
            Curve::new(points.collect())
        };
        let channels = learnt.set().channels().iter().enumerate();
        let channels = channels.map(|(channel, name)| ChannelCurve {
            name: name.clone(),
            own: across(&mut sequence.values.column(channel).iter().copied()),
            usual: match aligned {
                true => usual(learnt, channel),
                false => Vec::new(),
            },
        });
        let channels = channels.collect();
        Some(Self {
            channels,
            deviations: across(&mut learnt.deviations(instance).iter().copied()),
            most: learnt.largest_deviation(),
            across: match aligned {
                true => "usual course",
                false => "moment",
            },
        })
    }

    /// A channel as a chart.
    pub fn channel_chart(&self, title: String, channel: usize) -> Option<LineChart> {
        let channel = self.channels.get(channel)?;
        let own = Series {
            name: "this sequence".to_owned(),
            points: whole(&channel.own),
            ..Series::default()
        };
        let usual = channel.usual.iter();
        let median = Series {
            name: "median, 10 to 90 %".to_owned(),
            points: usual
                .clone()
                .map(|[at, _, middle, _]| [*at, *middle])
                .collect(),
            band: usual.map(|[_, low, _, high]| [*low, *high]).collect(),
            stroke: Stroke::Dashed,
            ..Series::default()
        };
        let has_usual = !channel.usual.is_empty();
        Some(LineChart {
            title,
            x: self.axis(),
            y: Axis::new(&channel.name),
            series: [own]
                .into_iter()
                .chain(has_usual.then_some(median))
                .collect(),
        })
    }

    /// The deviation of each moment as a chart; the axis ends at the largest of the set.
    pub fn deviation_chart(&self, title: String) -> LineChart {
        LineChart {
            title,
            x: self.axis(),
            y: Axis::with_range("deviation", 0.0, f64::from(self.most)),
            series: vec![Series {
                name: "deviation".to_owned(),
                points: whole(&self.deviations),
                ..Series::default()
            }],
        }
    }

    fn axis(&self) -> Axis {
        Axis::new(match self.across {
            "moment" => "moment",
            _ => "usual course (share)",
        })
    }
}

/// A curve as it stands on paper.
fn whole(curve: &Curve) -> Vec<[f64; 2]> {
    curve.within(f64::NEG_INFINITY, f64::INFINITY, POINTS)
}

fn usual(learnt: &Learnt, channel: usize) -> Vec<[f64; 4]> {
    let usual = learnt.usual();
    let band = |place: usize| {
        let at = [place, channel];
        let [low, middle, high] = [&usual.low, &usual.middle, &usual.high].map(|of| of[at]);
        let across = place as f64 / (PLACES - 1) as f64;
        [across, low.into(), middle.into(), high.into()]
    };
    (0..PLACES).map(band).collect()
}

impl Drawing<'_> {
    /// The curves of the instance that is looked at, where instances are sequences.
    pub(super) fn curves_of(&self, why: &Why) -> Option<SequenceCurves> {
        let learnt = self.dataset().sequences()?;
        SequenceCurves::of(learnt, why.instance, true)
    }

    /// A channel of a sequence, or the deviation of its moments.
    pub(super) fn sequence_chart(&self, why: &Why, figure: Figure) -> Option<LineChart> {
        let curves = self.curves_of(why)?;
        let title = self.of_candidate(why, figure);
        match figure {
            Figure::Channel(channel) => curves.channel_chart(title, channel),
            _ => Some(curves.deviation_chart(title)),
        }
    }
}
