//! The discovery curve.

use std::collections::{BTreeMap, BTreeSet};

use super::Answer;
use crate::dataset::Label;

/// Anomalies found against queries spent: entry `k` is the number found by the first `k + 1`.
pub type DiscoveryCurve = Vec<u32>;

/// Counts the anomalies that a sequence of answers found.
///
/// An instance counts once, by the answer in force at the end: a label that was corrected does not
/// stay a discovery.
pub fn curve_of(answers: impl Iterator<Item = (usize, Answer)>) -> DiscoveryCurve {
    let answers: Vec<(usize, Answer)> = answers.collect();
    let in_force: BTreeMap<usize, Answer> = answers.iter().copied().collect();
    let mut met = BTreeSet::new();
    let mut found = 0;
    (answers.iter().filter(|(instance, _)| met.insert(*instance)))
        .map(|(instance, _)| {
            found += u32::from(in_force[instance] == Answer::Anomaly);
            found
        })
        .collect()
}

/// Lists the labels in force, in the order in which their instances were first answered.
pub fn labels_in_order(answers: impl Iterator<Item = (usize, Answer)>) -> Vec<Label> {
    let answers: Vec<(usize, Answer)> = answers.collect();
    let in_force: BTreeMap<usize, Answer> = answers.iter().copied().collect();
    let mut met = BTreeSet::new();
    (answers.iter().filter(|(instance, _)| met.insert(*instance)))
        .filter_map(|(instance, _)| in_force[instance].label())
        .collect()
}

/// Counts the anomalies among the first `queries` instances of a ranking, as far as their labels
/// are known.
pub fn baseline_curve(
    order: &[usize],
    queries: usize,
    label: impl Fn(usize) -> Option<Label>,
) -> DiscoveryCurve {
    let mut found = 0;
    (order.iter().take(queries))
        .map(|&instance| {
            found += u32::from(label(instance) == Some(Label::Anomaly));
            found
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_corrected_label_does_not_stay_a_discovery() {
        let answers = [
            (4, Answer::Anomaly),
            (2, Answer::Nominal),
            (7, Answer::Anomaly),
            (4, Answer::Nominal),
        ];
        assert_eq!(curve_of(answers.into_iter()), [0, 0, 1]);
        let labels = labels_in_order(answers.into_iter());
        assert_eq!(labels, [Label::Nominal, Label::Nominal, Label::Anomaly]);
    }

    #[test]
    fn the_baseline_counts_what_is_known() {
        let label = |instance| match instance {
            3 => Some(Label::Anomaly),
            1 => None,
            _ => Some(Label::Nominal),
        };
        assert_eq!(baseline_curve(&[0, 3, 1, 2], 3, label), [0, 1, 1]);
    }
}
