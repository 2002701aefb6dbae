//! Whether paired differences favour one side.

/// Pairs up to which the distribution of the rank sum is counted out.
const EXACT: usize = 200;

/// The outcome of a Wilcoxon signed-rank test.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SignedRank {
    /// The number of differences that are not 0.
    pub pairs: usize,
    /// The sum of the ranks of the positive differences.
    pub positive: f64,
    /// The probability, were both sides alike, of a rank sum at least as far from its middle.
    pub p: f64,
}

/// Tests whether `differences` lie as often, and as far, above 0 as below.
///
/// Differences of 0 are left out; equal magnitudes share the mean of their ranks. Up to 200
/// differences the distribution of the rank sum over all `2^n` signs is counted out, ties included;
/// above that it is taken for normal, with the variance corrected for ties and the step of a half.
///
/// # Source
/// Wilcoxon 1945, *Individual comparisons by ranking methods*, Biometrics Bulletin 1.
///
/// ```
/// // Of the eight ways to sign three differences, two are as one-sided as this.
/// assert_eq!(glad::numeric::signed_rank(&[0.5, 2.0, 1.0]).p, 0.25);
/// ```
pub fn signed_rank(differences: &[f64]) -> SignedRank {
    let mut found: Vec<f64> = differences.to_vec();
    found.retain(|difference| *difference != 0.0 && !difference.is_nan());
    found.sort_by(|a, b| a.abs().total_cmp(&b.abs()));
    let ranks = doubled_ranks(&found);
    let signed = found.iter().zip(&ranks);
    let positive: usize = signed
        .filter(|(difference, _)| **difference > 0.0)
        .map(|(_, rank)| rank)
        .sum();
    let p = match found.len() {
        0 => 1.0,
        1..=EXACT => exact(&ranks, positive),
        _ => normal(&ranks, positive),
    };
    SignedRank {
        pairs: found.len(),
        positive: positive as f64 / 2.0,
        p,
    }
}

/// Twice the rank of each magnitude, so that the shared ranks of ties are whole numbers.
fn doubled_ranks(sorted: &[f64]) -> Vec<usize> {
    let mut ranks = Vec::with_capacity(sorted.len());
    for ties in sorted.chunk_by(|a, b| a.abs() == b.abs()) {
        let first = ranks.len() + 1;
        ranks.extend(std::iter::repeat_n(2 * first + ties.len() - 1, ties.len()));
    }
    ranks
}

/// The two-sided probability, from that of every sum of ranks whose signs are drawn like coins.
fn exact(ranks: &[usize], positive: usize) -> f64 {
    let total: usize = ranks.iter().sum();
    let mut chances = vec![0.0; total + 1];
    chances[0] = 1.0;
    let mut reached = 0;
    for &rank in ranks {
        reached += rank;
        for sum in (0..=reached).rev() {
            let with = if sum >= rank {
                chances[sum - rank]
            } else {
                0.0
            };
            chances[sum] = (chances[sum] + with) / 2.0;
        }
    }
    let below: f64 = chances[..=positive].iter().sum();
    let above: f64 = chances[positive..].iter().sum();
    (2.0 * below.min(above)).min(1.0)
}

fn normal(ranks: &[usize], positive: usize) -> f64 {
    let total: usize = ranks.iter().sum();
    let squares: f64 = ranks.iter().map(|&rank| (rank as f64).powi(2)).sum();
    // In doubled ranks: each adds its rank or nothing, so its variance is its square over four.
    let off = (positive as f64 - total as f64 / 2.0).abs();
    let z = (off - 1.0).max(0.0) / (squares / 4.0).sqrt();
    (2.0 * upper_tail(z)).min(1.0)
}

/// The probability that a standard normal value exceeds `z >= 0`.
fn upper_tail(z: f64) -> f64 {
    let density = (-z * z / 2.0).exp() / (2.0 * std::f64::consts::PI).sqrt();
    if z < 3.0 {
        // The power series of the probability between 0 and z.
        let mut term = z;
        let mut sum = z;
        for k in 1..60 {
            term *= z * z / f64::from(2 * k + 1);
            sum += term;
        }
        return 0.5 - density * sum;
    }
    // Laplace's continued fraction.
    let fraction = (1..60)
        .rev()
        .fold(0.0, |below, k| f64::from(k) / (z + below));
    density / (z + fraction)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn small_cases_are_those_that_can_be_counted() {
        // Ranks 1, 2, 3 with 1 negative: W+ = 5; of 8 sums 0,1,2,3,3,4,5,6 two are 5 or more.
        let found = signed_rank(&[-1.0, 2.0, 3.0]);
        assert_eq!((found.pairs, found.positive, found.p), (3, 5.0, 0.5));
        // Five of five: 2 / 32.
        assert_eq!(signed_rank(&[1.0, 2.0, 3.0, 4.0, 5.0]).p, 0.0625);
        // Nothing, and nothing but ties, say nothing.
        assert_eq!(signed_rank(&[]).p, 1.0);
        assert_eq!(signed_rank(&[0.0, 0.0]).pairs, 0);
    }

    #[test]
    fn equal_magnitudes_share_their_rank() {
        // Ranks 1.5, 1.5, 3 with one of the smaller ones negative: W+ = 4.5. The eight sums are
        // 0, 1.5, 1.5, 3, 3, 4.5, 4.5, 6: three of them are 4.5 or more.
        let found = signed_rank(&[1.0, -1.0, 7.0]);
        assert_eq!((found.positive, found.p), (4.5, 0.75));
    }

    #[test]
    #[expect(clippy::approx_constant, reason = "a patient's score, not π")]
    fn a_published_case() {
        // Hollander and Wolfe, depression scores of nine patients: W+ = 40 of 45, p = 0.0391.
        let before = [1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30];
        let after = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29];
        let differences: Vec<f64> = before.iter().zip(after).map(|(b, a)| b - a).collect();
        let found = signed_rank(&differences);
        assert_eq!(found.positive, 40.0);
        assert!((found.p - 0.0391).abs() < 5e-5, "{}", found.p);
    }

    #[test]
    fn normal_tails_are_those_of_the_tables() {
        for (z, expected) in [
            (0.0, 0.5),
            (1.96, 0.024_998),
            (2.999, 0.001_354_3),
            (3.001, 0.001_345_5),
            (5.0, 2.8665e-7),
        ] {
            let found = upper_tail(z);
            assert!((found - expected).abs() < 1e-4 * expected, "{z}: {found}");
        }
    }

    #[test]
    fn the_normal_form_joins_the_exact_one() {
        let differences: Vec<f64> = (1..=150)
            .map(|k| f64::from(k) * if k % 5 < 2 { -1.0 } else { 1.0 })
            .collect();
        let ranks = doubled_ranks(&differences);
        let found = signed_rank(&differences);
        assert!((found.p - normal(&ranks, 2 * found.positive as usize)).abs() < 2e-3);
    }

    proptest! {
        #[test]
        fn turning_all_signs_changes_nothing(values in prop::collection::vec(-20_i8..20, 0..40)) {
            let values: Vec<f64> = values.into_iter().map(f64::from).collect();
            let turned: Vec<f64> = values.iter().map(|value| -value).collect();
            let (one, other) = (signed_rank(&values), signed_rank(&turned));
            prop_assert!((one.p - other.p).abs() < 1e-12 && one.p > 0.0 && one.p <= 1.0);
            let pairs = one.pairs as f64;
            prop_assert_eq!(one.positive + other.positive, pairs * (pairs + 1.0) / 2.0);
        }
    }
}
