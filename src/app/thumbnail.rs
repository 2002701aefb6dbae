//! Small pictures of the toy tables, images and sequences.

use crate::dataset::{Label, Toy};
use crate::imaging::ImageToy;
use crate::sequence::{Sequence, SequenceToy};

/// The instances of a toy table over its first two features.
#[derive(Clone, Debug, PartialEq)]
pub struct Thumbnail {
    /// Where each lies, across and up from 0 to 1, and whether it is an anomaly.
    pub locations: Vec<([f32; 2], bool)>,
}

impl Thumbnail {
    /// The picture of a toy table; nominal instances come first.
    pub fn of(toy: &Toy) -> Self {
        let dataset = toy.open();
        let features = dataset.features();
        let ends = [0, 1].map(|feature| {
            let column = features.column(feature);
            let low = column.iter().copied().fold(f32::INFINITY, f32::min);
            let high = column.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            (low, (high - low).max(f32::MIN_POSITIVE))
        });
        let location = |instance: usize| {
            [0, 1].map(|feature: usize| {
                let (low, span) = ends[feature];
                (features[[instance, feature]] - low) / span
            })
        };
        let truth = dataset.truth();
        let is_anomaly = |instance: usize| {
            let label = truth.and_then(|truth| truth.label(instance));
            label == Some(Label::Anomaly)
        };
        let all = (0..dataset.n_instances()).map(|at| (location(at), is_anomaly(at)));
        let mut locations: Vec<([f32; 2], bool)> = all.collect();
        locations.sort_by_key(|(_, is_anomaly)| *is_anomaly);
        Self { locations }
    }
}

/// Some images of a bundled set.
#[derive(Clone, Debug, PartialEq)]
pub struct Mosaic {
    /// Pixels along a side of each.
    pub side: usize,
    /// The grey pixels of each, and whether it is an anomaly.
    pub images: Vec<(Vec<u8>, bool)>,
}

impl Mosaic {
    /// So many images of a bundled set, the last quarter of them anomalies.
    pub fn of(toy: &ImageToy, count: usize) -> Self {
        let set = toy.open();
        let truth = set.truth().unwrap_or_default();
        let those = |is_anomaly: bool, count: usize| {
            let all = truth.iter().enumerate();
            let all = all.filter(move |(_, truth)| **truth == Some(is_anomaly));
            all.map(move |(at, _)| (at, is_anomaly)).take(count)
        };
        let anomalies = count / 4;
        let image = |(at, is_anomaly): (usize, bool)| {
            let grey = |value: &f32| ((value + 1.0) * 127.5) as u8;
            (set.image(at).iter().map(grey).collect(), is_anomaly)
        };
        let chosen = those(false, count - anomalies).chain(those(true, anomalies));
        Self {
            side: set.side(),
            images: chosen.map(image).collect(),
        }
    }
}

/// Some sequences of a bundled set over their first channel.
#[derive(Clone, Debug, PartialEq)]
pub struct Curves {
    /// The points of each, across and up from 0 to 1, and whether it is an anomaly.
    pub lines: Vec<(Vec<[f32; 2]>, bool)>,
}

/// Nominal sequences in a picture.
const NOMINALS: usize = 30;

impl Curves {
    /// The picture of a bundled set; nominal sequences come first.
    pub fn of(toy: &SequenceToy) -> Self {
        // A test opens every one.
        let sequences = toy
            .open()
            .map_or_else(|_| Vec::new(), |set| set.sequences().to_vec());
        let is_anomaly = |sequence: &Sequence| sequence.class.as_deref() == Some("anomaly");
        let all = || {
            sequences
                .iter()
                .flat_map(|sequence| sequence.values.column(0).to_vec())
        };
        let low = all().fold(f32::INFINITY, f32::min);
        let span = (all().fold(f32::NEG_INFINITY, f32::max) - low).max(f32::MIN_POSITIVE);
        let line = |sequence: &Sequence| {
            let end = (sequence.len() - 1).max(1) as f32;
            let values = sequence.values.column(0);
            let points = values.iter().enumerate();
            let points = points.map(|(at, value)| [at as f32 / end, (value - low) / span]);
            (points.collect(), is_anomaly(sequence))
        };
        let nominal = sequences
            .iter()
            .filter(|sequence| !is_anomaly(sequence))
            .take(NOMINALS);
        let anomalous = sequences
            .iter()
            .filter(|sequence| is_anomaly(sequence))
            .take(4);
        Self {
            lines: nominal.chain(anomalous).map(line).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::toys;
    use crate::imaging::image_toys;

    #[test]
    fn a_picture_of_sequences_lies_within_the_unit_square() {
        for toy in crate::sequence::sequence_toys() {
            let curves = Curves::of(toy);
            assert_eq!(curves.lines.len(), NOMINALS + 4);
            let inside = |[x, y]: &[f32; 2]| (0.0..=1.0).contains(x) && (0.0..=1.0).contains(y);
            assert!(
                curves
                    .lines
                    .iter()
                    .all(|(points, _)| points.iter().all(inside))
            );
            assert!(!curves.lines[0].1 && curves.lines[NOMINALS].1);
        }
    }

    #[test]
    fn a_thumbnail_has_every_instance_within_the_unit_square() {
        for toy in toys() {
            let thumbnail = Thumbnail::of(toy);
            assert_eq!(thumbnail.locations.len(), toy.open().n_instances());
            let inside =
                |([x, y], _): &([f32; 2], bool)| (0.0..=1.0).contains(x) && (0.0..=1.0).contains(y);
            assert!(thumbnail.locations.iter().all(inside));
            assert!(thumbnail.locations.last().expect("instances").1);
        }
    }

    #[test]
    fn a_mosaic_shows_some_images_and_anomalies_among_them() {
        for toy in image_toys() {
            let mosaic = Mosaic::of(toy, 8);
            let anomalies = mosaic.images.iter().filter(|(_, is_anomaly)| *is_anomaly);
            assert_eq!(
                (mosaic.images.len(), anomalies.count()),
                (8, 2),
                "{}",
                toy.name
            );
            let area = mosaic.side * mosaic.side;
            let is_whole = |(pixels, _): &(Vec<u8>, bool)| {
                pixels.len() == area && pixels.iter().any(|pixel| *pixel != pixels[0])
            };
            assert!(mosaic.images.iter().all(is_whole), "{}", toy.name);
        }
    }
}
