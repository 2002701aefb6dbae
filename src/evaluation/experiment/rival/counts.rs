//! Depths by the labels in a leaf.

use super::Learner;
use super::grove::Grove;
use crate::dataset::Label;

/// ALIF: a leaf without labels keeps its depth; in one with labels the depth follows the share `a`
/// of anomalies among them, along a line from the deepest (`a = 0`) to the usual depth `c(ψ)`
/// (`a = 1/2`) and on to 1 (`a = 1`). The score is minus the mean depth.
///
/// # Source
/// Marcelli, Barbariol, Savarino, Beghi and Susto 2022, *Active Learning-based Isolation Forest*,
/// arXiv:2207.03934.
pub(super) struct Counts {
    /// Nominals and anomalies among the labels of each leaf.
    labels: Vec<[u32; 2]>,
}

impl Counts {
    pub(super) fn new(grove: &Grove) -> Self {
        Self {
            labels: vec![[0; 2]; grove.depths.len()],
        }
    }
}

/// The depth of a leaf by the share of anomalies among its labels.
fn depth(share: f64, deepest: f64, usual: f64) -> f64 {
    match share <= 0.5 {
        true => deepest + 2.0 * share * (usual - deepest),
        false => usual + (2.0 * share - 1.0) * (1.0 - usual),
    }
}

impl Learner for Counts {
    fn learn(&mut self, grove: &Grove, labels: &[(usize, Label)], _: &[f32]) {
        if let Some(&(instance, label)) = labels.last() {
            for &leaf in grove.of(instance) {
                self.labels[leaf as usize][usize::from(label == Label::Anomaly)] += 1;
            }
        }
    }

    fn worth(&self, grove: &Grove) -> Vec<f64> {
        let deepest = grove.deepest as f64 + grove.usual;
        let depths = self.labels.iter().zip(&grove.depths);
        let depths = depths.map(|([nominals, anomalies], own)| match nominals + anomalies {
            0 => *own,
            all => depth(f64::from(*anomalies) / f64::from(all), deepest, grove.usual),
        });
        depths.map(|depth| -depth / grove.trees as f64).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_depth_goes_from_the_deepest_by_the_usual_to_one() {
        let at = [0.0, 0.25, 0.5, 0.75, 1.0].map(|share| depth(share, 18.0, 10.0));
        assert_eq!(at, [18.0, 14.0, 10.0, 5.5, 1.0]);
    }

    #[test]
    fn labels_change_their_own_leaves_only() {
        let x = ndarray::Array2::from_shape_fn((30, 1), |(row, _)| row as f32);
        let grove = Grove::grow(x.view(), 4, 30, 8, 1);
        let mut counts = Counts::new(&grove);
        let before = counts.worth(&grove);
        counts.learn(&grove, &[(3, Label::Anomaly)], &[]);
        counts.learn(&grove, &[(3, Label::Anomaly), (7, Label::Nominal)], &[]);
        let after = counts.worth(&grove);
        for leaf in 0..before.len() {
            let has = |instance| grove.of(instance).contains(&(leaf as u32));
            let expected = match (has(3), has(7)) {
                (false, false) => before[leaf],
                (true, false) => -1.0 / 4.0,
                (false, true) => -(8.0 + grove.usual) / 4.0,
                (true, true) => -grove.usual / 4.0,
            };
            assert!((after[leaf] - expected).abs() < 1e-12);
        }
    }
}
