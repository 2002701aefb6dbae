//! Small pictures of the toy tables.

use crate::dataset::{Label, Toy};

/// The instances of a toy table over its first two features.
#[derive(Clone, Debug, PartialEq)]
pub struct Thumbnail {
    /// Where each lies, across and up from 0 to 1, and whether it is an anomaly.
    pub places: Vec<([f32; 2], bool)>,
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
        let place = |instance: usize| {
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
        let all = (0..dataset.n_instances()).map(|at| (place(at), is_anomaly(at)));
        let mut places: Vec<([f32; 2], bool)> = all.collect();
        places.sort_by_key(|(_, is_anomaly)| *is_anomaly);
        Self { places }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::toys;

    #[test]
    fn a_thumbnail_has_every_instance_within_the_unit_square() {
        for toy in toys() {
            let thumbnail = Thumbnail::of(toy);
            assert_eq!(thumbnail.places.len(), toy.open().n_instances());
            let inside =
                |([x, y], _): &([f32; 2], bool)| (0.0..=1.0).contains(x) && (0.0..=1.0).contains(y);
            assert!(thumbnail.places.iter().all(inside));
            assert!(thumbnail.places.last().expect("instances").1);
        }
    }
}
