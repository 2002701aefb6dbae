//! How good a ranking and a discovery curve are.

use crate::dataset::Label;
use crate::numeric::Ranking;

/// The area under the receiver operating characteristic: the probability that an anomaly scores
/// above a nominal instance, equal scores counting half. Instances without a known label are left
/// out; `None` unless there are both kinds.
///
/// # Shapes
/// `scores` and `labels` `[n]`.
///
/// # Source
/// Hanley and McNeil 1982, *Radiology* 143; by the rank sum of Mann and Whitney.
pub fn auroc(scores: &[f32], labels: &[Option<Label>]) -> Option<f64> {
    let mut known: Vec<(f32, bool)> = known(scores, labels).collect();
    known.sort_by(|a, b| a.0.total_cmp(&b.0));
    let anomalies = known.iter().filter(|(_, anomaly)| *anomaly).count() as f64;
    let nominals = known.len() as f64 - anomalies;
    let mut below = 0.0;
    let mut pairs = 0.0;
    for ties in known.chunk_by(|a, b| a.0 == b.0) {
        let own = ties.iter().filter(|(_, anomaly)| *anomaly).count() as f64;
        let others = ties.len() as f64 - own;
        pairs += own * (below + others / 2.0);
        below += others;
    }
    (anomalies > 0.0 && nominals > 0.0).then(|| pairs / (anomalies * nominals))
}

/// The average precision: the mean, over the anomalies, of the share of anomalies down to the rank
/// of each. Equal scores stand in the order of their instances, as on screen; instances without a
/// known label are left out; `None` without an anomaly.
///
/// # Shapes
/// `scores` and `labels` `[n]`.
pub fn average_precision(scores: &[f32], labels: &[Option<Label>]) -> Option<f64> {
    let (scores, anomalous): (Vec<f32>, Vec<bool>) = known(scores, labels).unzip();
    let ranking = Ranking::new(&scores, scores.len());
    let (mut found, mut sum) = (0.0, 0.0);
    for (rank, &index) in ranking.top().iter().enumerate() {
        if anomalous[index as usize] {
            found += 1.0;
            sum += found / (rank + 1) as f64;
        }
    }
    (found > 0.0).then(|| sum / found)
}

fn known(scores: &[f32], labels: &[Option<Label>]) -> impl Iterator<Item = (f32, bool)> {
    let pairs = scores.iter().zip(labels);
    pairs.filter_map(|(score, label)| label.map(|label| (*score, label == Label::Anomaly)))
}

/// The area under the first `queries` steps of a discovery curve, as a share of the area if every
/// query had found an anomaly while there are any; a shorter curve goes on at its last value.
///
/// ```
/// use glad::evaluation::area_under_curve;
///
/// // Of two anomalies, the second and the third query found one each: (0 + 1 + 2) of (1 + 2 + 2).
/// assert_eq!(area_under_curve(&[0.0, 1.0, 2.0], 2, 3), 0.6);
/// ```
pub fn area_under_curve(found: &[f64], anomalies: usize, queries: usize) -> f64 {
    let best: usize = (1..=queries).map(|query| query.min(anomalies)).sum();
    let area: f64 = (1..=queries).map(|query| found_after(found, query)).sum();
    area / best.max(1) as f64
}

/// The anomalies found after so many queries, from 1 on; a shorter curve goes on at its last value,
/// for it ends where no instance is left to ask.
pub fn found_after(found: &[f64], query: usize) -> f64 {
    let index = query.min(found.len());
    index.checked_sub(1).map_or(0.0, |index| found[index])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const A: Option<Label> = Some(Label::Anomaly);
    const N: Option<Label> = Some(Label::Nominal);

    #[test]
    fn auroc_counts_the_pairs_in_order() {
        // Anomalies at 3 and 1, nominals at 2 and 1: above, above, below, equal: 2.5 of 4.
        let scores = [3.0, 2.0, 1.0, 1.0, 9.0];
        assert_eq!(auroc(&scores, &[A, N, A, N, None]), Some(2.5 / 4.0));
        assert_eq!(auroc(&[1.0; 4], &[A, N, N, A]), Some(0.5));
        assert_eq!(auroc(&[2.0, 1.0], &[A, N]), Some(1.0));
        assert_eq!(auroc(&[2.0, 1.0], &[A, A]), None);
    }

    #[test]
    fn average_precision_is_the_mean_at_the_anomalies() {
        // Ranks 1 and 3: (1/1 + 2/3) / 2.
        let found = average_precision(&[3.0, 2.0, 1.0, 0.0], &[A, N, A, N]).expect("anomalies");
        assert!((found - 5.0 / 6.0).abs() < 1e-12);
        // Equal scores by instance: the anomaly is second.
        assert_eq!(average_precision(&[1.0, 1.0], &[N, A]), Some(0.5));
        // What is not known takes no rank.
        assert_eq!(average_precision(&[9.0, 1.0], &[None, A]), Some(1.0));
        assert_eq!(average_precision(&[1.0], &[N]), None);
    }

    #[test]
    fn areas_of_curves_that_can_be_added_up() {
        assert_eq!(area_under_curve(&[1.0, 2.0, 3.0], 10, 3), 1.0);
        assert_eq!(area_under_curve(&[1.0, 1.0, 1.0], 1, 3), 1.0);
        assert_eq!(area_under_curve(&[0.0; 5], 3, 5), 0.0);
        // A table of two instances: the curve goes on at 1.
        assert_eq!(area_under_curve(&[0.0, 1.0], 1, 4), 0.75);
        assert_eq!(found_after(&[], 3), 0.0);
    }

    proptest! {
        #[test]
        fn auroc_is_the_share_of_pairs(rows in prop::collection::vec((0_u8..9, any::<bool>()), 2..60)) {
            let scores: Vec<f32> = rows.iter().map(|row| f32::from(row.0)).collect();
            let labels: Vec<Option<Label>> = rows.iter().map(|row| if row.1 { A } else { N }).collect();
            let (mut won, mut pairs) = (0.0, 0.0);
            for (a, _) in rows.iter().filter(|row| row.1) {
                for (b, _) in rows.iter().filter(|row| !row.1) {
                    pairs += 1.0;
                    won += if a > b { 1.0 } else if a == b { 0.5 } else { 0.0 };
                }
            }
            match auroc(&scores, &labels) {
                Some(found) => prop_assert!((found - won / pairs).abs() < 1e-12),
                None => prop_assert_eq!(pairs, 0.0),
            }
            // Turning the order round turns the area round.
            let turned: Vec<f32> = scores.iter().map(|score| -score).collect();
            if let (Some(one), Some(other)) = (auroc(&scores, &labels), auroc(&turned, &labels)) {
                prop_assert!((one + other - 1.0).abs() < 1e-12);
            }
        }

        #[test]
        fn finding_earlier_is_a_larger_area(steps in prop::collection::vec(any::<bool>(), 1..40), at in 0_usize..40) {
            let curve = |steps: &[bool]| -> Vec<f64> {
                steps.iter().scan(0.0, |sum, &hit| { *sum += f64::from(u8::from(hit)); Some(*sum) }).collect()
            };
            let anomalies = steps.iter().filter(|hit| **hit).count();
            let area = area_under_curve(&curve(&steps), anomalies, steps.len());
            prop_assert!((0.0..=1.0).contains(&area));
            let at = at % steps.len();
            if at > 0 && steps[at] && !steps[at - 1] {
                let mut earlier = steps.clone();
                earlier.swap(at, at - 1);
                prop_assert!(area_under_curve(&curve(&earlier), anomalies, steps.len()) > area);
            }
        }
    }
}
