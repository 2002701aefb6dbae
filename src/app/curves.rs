//! A sequence beside the usual course of its set.

use super::Workspace;
use crate::sequence::PLACES;

/// Points of a curve that are painted at most; of more, each pixel's least and largest are kept.
const POINTS: usize = 2_000;

/// The current candidate's curves, channel by channel.
#[derive(Clone, Debug, PartialEq)]
pub struct CurvesView {
    /// The channels.
    pub channels: Vec<ChannelView>,
    /// How far each moment is from the nearest moments of other sequences, in the embedding, by
    /// place.
    pub deviations: Vec<[f64; 2]>,
    /// The largest deviation of any moment of the set.
    pub most: f32,
    /// What is called by a place: its unit.
    pub across: &'static str,
}

/// One channel of a sequence.
#[derive(Clone, Debug, PartialEq)]
pub struct ChannelView {
    /// Its name.
    pub name: String,
    /// Its values by place.
    pub own: Vec<[f64; 2]>,
    /// The usual course, where places are comparable: place, 10 % quantile, median, 90 % quantile.
    pub usual: Vec<[f64; 4]>,
}

impl Workspace {
    /// The curves of an instance, over the usual course or by their own time; `None` where
    /// instances are no sequences, and over the usual course while it is not explained yet.
    pub fn curves(&self, instance: usize, aligned: bool) -> Option<CurvesView> {
        let learnt = self.dataset().sequences()?;
        let sequence = learnt.set().sequences().get(instance)?;
        let places: Vec<f64> = match aligned {
            true => {
                let (why, _) = self.why().filter(|(why, _)| why.instance == instance)?;
                why.course.iter().map(|&place| f64::from(place)).collect()
            }
            false => (0..sequence.len()).map(|moment| moment as f64).collect(),
        };
        let channels = learnt.set().channels().iter().enumerate();
        let channels = channels.map(|(channel, name)| {
            let values = sequence.values.column(channel);
            let own = places
                .iter()
                .zip(values)
                .map(|(place, value)| [*place, f64::from(*value)]);
            let band = |place: usize| {
                let usual = learnt.usual();
                let at = [place, channel];
                let across = place as f64 / (PLACES - 1) as f64;
                [
                    across,
                    usual.low[at].into(),
                    usual.middle[at].into(),
                    usual.high[at].into(),
                ]
            };
            ChannelView {
                name: name.clone(),
                own: decimated(own.collect(), POINTS),
                usual: if aligned {
                    (0..PLACES).map(band).collect()
                } else {
                    Vec::new()
                },
            }
        });
        let channels = channels.collect();
        let own = places.iter().zip(learnt.deviations(instance));
        let deviations = own.map(|(place, deviation)| [*place, f64::from(*deviation)]);
        Some(CurvesView {
            channels,
            deviations: decimated(deviations.collect(), POINTS),
            most: learnt.largest_deviation(),
            across: if aligned { "usual course" } else { "moment" },
        })
    }
}

/// At most about `most` points that lose no peak: of each stretch the least and the largest, in the
/// order in which they come.
fn decimated(points: Vec<[f64; 2]>, most: usize) -> Vec<[f64; 2]> {
    if points.len() <= most {
        return points;
    }
    let stretch = (2 * points.len()).div_ceil(most.max(2));
    let mut kept = Vec::with_capacity(most + 2);
    for some in points.chunks(stretch) {
        let by_value = |a: &usize, b: &usize| some[*a][1].total_cmp(&some[*b][1]);
        let least = (0..some.len()).min_by(by_value).unwrap_or(0);
        let largest = (0..some.len()).max_by(by_value).unwrap_or(0);
        kept.push(some[least.min(largest)]);
        if least != largest {
            kept.push(some[least.max(largest)]);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimation_loses_no_peak() {
        let mut points: Vec<[f64; 2]> = (0..100_000)
            .map(|at| [f64::from(at), (f64::from(at) / 900.0).sin()])
            .collect();
        points[77_777][1] = 9.0;
        points[33_333][1] = -9.0;
        let kept = decimated(points, 500);
        assert!(kept.len() <= 502, "{}", kept.len());
        assert!(kept.contains(&[77_777.0, 9.0]) && kept.contains(&[33_333.0, -9.0]));
        assert!(kept.is_sorted_by(|a, b| a[0] < b[0]));
        assert_eq!(decimated(vec![[0.0, 1.0]; 3], 500).len(), 3);
    }
}
