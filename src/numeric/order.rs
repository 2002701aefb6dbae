//! Ranks and quantiles.

/// Returns the indices of `values` from the largest value to the smallest.
///
/// Ties stand in the order of their indices, and NaN after every number, so that the same values
/// always give the same order: the order is a permutation of `0..values.len()`.
///
/// ```
/// assert_eq!(glad::numeric::order_descending(&[1.0, 3.0, 3.0, 2.0]), [1, 2, 3, 0]);
/// ```
pub fn order_descending(values: &[f32]) -> Vec<usize> {
    let key = |index: usize| {
        let value = values[index];
        if value.is_nan() {
            f32::NEG_INFINITY
        } else {
            value
        }
    };
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_unstable_by(|&a, &b| key(b).total_cmp(&key(a)).then(a.cmp(&b)));
    order
}

/// Returns the finite values in ascending order.
pub fn sorted(values: impl IntoIterator<Item = f32>) -> Vec<f32> {
    let mut values: Vec<f32> = values
        .into_iter()
        .filter(|value| value.is_finite())
        .collect();
    values.sort_unstable_by(f32::total_cmp);
    values
}

/// Returns the value below which a fraction `q` of ascending `sorted` values lies, interpolated
/// linearly between neighbours (Hyndman and Fan 1996, type 7); NaN when there are none.
///
/// ```
/// assert_eq!(glad::numeric::quantile(&[1.0, 2.0, 4.0], 0.5), 2.0);
/// assert_eq!(glad::numeric::quantile(&[1.0, 2.0, 4.0], 0.75), 3.0);
/// ```
pub fn quantile(sorted: &[f32], q: f64) -> f32 {
    let Some(last) = sorted.len().checked_sub(1) else {
        return f32::NAN;
    };
    let place = q.clamp(0.0, 1.0) * last as f64;
    let below = place.floor() as usize;
    let above = (below + 1).min(last);
    let share = (place - below as f64) as f32;
    sorted[below] + share * (sorted[above] - sorted[below])
}

/// Returns the fraction of ascending `sorted` values that lie below `value`, counting equal ones
/// half, so that a value in the middle of its own ties gets their middle.
///
/// ```
/// assert_eq!(glad::numeric::quantile_of(&[1.0, 2.0, 2.0, 3.0], 2.0), 0.5);
/// ```
pub fn quantile_of(sorted: &[f32], value: f32) -> f64 {
    if sorted.is_empty() {
        return f64::NAN;
    }
    let below = sorted.partition_point(|&other| other < value);
    let up_to = sorted.partition_point(|&other| other <= value);
    (below + up_to) as f64 / (2 * sorted.len()) as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn nan_comes_last_and_ties_keep_their_order() {
        assert_eq!(order_descending(&[f32::NAN, 0.0, 0.0, 5.0]), [3, 1, 2, 0]);
    }

    #[test]
    fn empty_values_have_no_quantile() {
        assert!(quantile(&[], 0.5).is_nan());
        assert!(quantile_of(&[], 0.5).is_nan());
    }

    proptest! {
        #[test]
        fn an_order_is_a_permutation_and_descends(values in prop::collection::vec(-1e6_f32..1e6, 0..200)) {
            let order = order_descending(&values);
            let mut seen = order.clone();
            seen.sort_unstable();
            prop_assert_eq!(seen, (0..values.len()).collect::<Vec<_>>());
            prop_assert!(order.windows(2).all(|pair| values[pair[0]] >= values[pair[1]]));
        }

        #[test]
        fn quantile_of_lies_between_zero_and_one(values in prop::collection::vec(-1e6_f32..1e6, 1..100), at in -2e6_f32..2e6) {
            let fraction = quantile_of(&sorted(values), at);
            prop_assert!((0.0..=1.0).contains(&fraction));
        }
    }
}
