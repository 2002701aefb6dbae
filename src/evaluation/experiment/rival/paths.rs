//! Weights on the edges of the trees, moved by a gradient.

use super::Learner;
use super::grove::Grove;
use crate::dataset::Label;

/// The length of a step, the authors' choice for the linear loss.
const STEP: f64 = 1.0;

/// OMD: each edge has a weight, 1 to begin with, and an instance scores minus the sum of those on
/// its paths, so that short paths score high.
///
/// ```text
/// θ ← θ − η ∂(−y Score(x)) / ∂w        w = max(0, θ)
/// ```
///
/// with y = +1 for an anomaly and −1 for a nominal: online mirror descent on a linear loss, with
/// the Euclidean mirror map and weights that are not negative. (θ goes on below 0 where w stays.)
///
/// # Source
/// Siddiqui, Fern, Dietterich, Wright, Theriault and Archer 2018, *Feedback-Guided Anomaly
/// Discovery via Online Optimization*, KDD, algorithm 1 with the linear loss.
pub(super) struct Paths {
    theta: Vec<f64>,
}

impl Paths {
    pub(super) fn new(grove: &Grove) -> Self {
        Self {
            theta: vec![1.0; grove.edges],
        }
    }
}

impl Learner for Paths {
    fn learn(&mut self, grove: &Grove, labels: &[(usize, Label)], _: &[f32]) {
        if let Some(&(instance, label)) = labels.last() {
            let by = -STEP * f64::from(label.sign());
            for &leaf in grove.of(instance) {
                for &edge in &grove.paths[leaf as usize] {
                    self.theta[edge as usize] += by;
                }
            }
        }
    }

    fn worth(&self, grove: &Grove) -> Vec<f64> {
        let weight = |&edge: &u32| self.theta[edge as usize].max(0.0);
        let lengths = grove.paths.iter();
        lengths
            .map(|path| -path.iter().map(weight).sum::<f64>())
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_moves_the_edges_that_are_shared_with_its_instance() {
        let x = ndarray::Array2::from_shape_fn((20, 1), |(row, _)| row as f32);
        let grove = Grove::grow(x.view(), 1, 20, 24, 1);
        let mut paths = Paths::new(&grove);
        let before = grove.scores(&paths.worth(&grove));
        let path = |instance: usize| &grove.paths[grove.of(instance)[0] as usize];
        assert_eq!(before[4], -(path(4).len() as f32));

        paths.learn(&grove, &[(4, Label::Nominal)], &before);
        let after = grove.scores(&paths.worth(&grove));
        for instance in 0..20 {
            let shared = path(instance).iter().filter(|edge| path(4).contains(edge));
            assert_eq!(after[instance], before[instance] - shared.count() as f32);
        }
        // Two anomalies at the same place: θ = 0 after one, −1 after two, and the weight stays 0.
        for _ in 0..3 {
            paths.learn(&grove, &[(4, Label::Anomaly)], &after);
        }
        let own = path(4);
        assert!(own.iter().all(|&edge| paths.theta[edge as usize] == -1.0));
        assert_eq!(grove.scores(&paths.worth(&grove))[4], 0.0);
    }
}
