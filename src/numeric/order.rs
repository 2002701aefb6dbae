//! Ranks and quantiles.

use std::cmp::Ordering;

use super::map_blocks;

/// Values from which on a rank is found on all cores.
const MANY: usize = 1 << 17;

/// Values that are counted at once.
const BLOCK: usize = 1 << 18;

/// The order from the largest value to the smallest.
///
/// 1. Ties stand in the order of their indices, and NaN after every number, so that the same
///    values always give the same order.
/// 2. Only the beginning is sorted: the cost is linear in the number of values.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranking {
    top: Vec<u32>,
}

impl Ranking {
    /// Sorts the `count` largest of `values`.
    ///
    /// ```
    /// use glad::numeric::Ranking;
    ///
    /// let values = [1.0, 3.0, 3.0, 2.0];
    /// let ranking = Ranking::new(&values, 2);
    /// assert_eq!(ranking.top(), [1, 2]);
    /// assert_eq!(ranking.rank_of(&values, 0), 3);
    /// ```
    pub fn new(values: &[f32], count: usize) -> Self {
        let count = count.min(values.len());
        let ranked =
            |(index, &value): (u32, &f32)| (u64::from(key(value)) << 32) | u64::from(index);
        // The least key that may belong to the top, so that few of many values are looked at twice.
        let most = match count {
            0 => return Self { top: Vec::new() },
            _ if count < values.len() => key_at_rank(values, count - 1),
            _ => u32::MAX,
        };
        let blocks = map_blocks(values.len(), BLOCK, |rows| {
            let first = rows.start as u32;
            let candidates = (first..).zip(&values[rows]);
            let candidates = candidates.filter(|(_, value)| key(**value) <= most);
            candidates.map(ranked).collect::<Vec<u64>>()
        });
        let mut top = blocks.concat();
        top.sort_unstable();
        top.truncate(count);
        // The low half is the index.
        let top = top.into_iter().map(|ranked| ranked as u32);
        Self { top: top.collect() }
    }

    /// The indices of the largest values, the largest first.
    pub fn top(&self) -> &[u32] {
        &self.top
    }

    /// How many of the `values` that were ranked stand before the one at `index`: 0 for the
    /// largest.
    pub fn rank_of(&self, values: &[f32], index: usize) -> usize {
        let is_before = |other: usize| descending(values, other, index) == Ordering::Less;
        match self.top.last() {
            Some(&last) if last as usize == index || !is_before(last as usize) => {
                self.top.partition_point(|&other| is_before(other as usize))
            }
            _ => (0..values.len()).filter(|&other| is_before(other)).count(),
        }
    }
}

fn descending(values: &[f32], a: usize, b: usize) -> Ordering {
    key(values[a]).cmp(&key(values[b])).then(a.cmp(&b))
}

/// A whole number that is the smaller the larger a value is; NaN counts as the least value.
fn key(value: f32) -> u32 {
    let value = match value.is_nan() {
        true => f32::NEG_INFINITY,
        false => value,
    };
    let bits = value.to_bits();
    // Positive values ascend with their bits, negative ones descend.
    match bits >> 31 {
        0 => !(bits | 0x8000_0000),
        _ => bits,
    }
}

/// The key at a rank counted from 0 at the least; the rank is below the number of values.
///
/// Of many values the high halves of their keys are counted first, on all cores, and only those
/// that share the one at the rank are copied and looked at.
fn key_at_rank(values: &[f32], rank: usize) -> u32 {
    if values.len() < MANY {
        let mut keys: Vec<u32> = values.iter().map(|&value| key(value)).collect();
        return *keys.select_nth_unstable(rank).1;
    }
    let counts = map_blocks(values.len(), BLOCK, |rows| {
        let mut counts = vec![0_u32; 1 << 16];
        for &value in &values[rows] {
            counts[(key(value) >> 16) as usize] += 1;
        }
        counts
    });
    let (mut left, mut half) = (rank, 0);
    for at in 0..1 << 16 {
        let here: usize = counts.iter().map(|counts| counts[at] as usize).sum();
        if left < here {
            half = at as u32;
            break;
        }
        left -= here;
    }
    let shared = map_blocks(values.len(), BLOCK, |rows| {
        let keys = values[rows].iter().map(|&value| key(value));
        keys.filter(|key| key >> 16 == half).collect::<Vec<u32>>()
    });
    let mut shared = shared.concat();
    *shared.select_nth_unstable(left).1
}

/// The value with a key.
fn value_of(key: u32) -> f32 {
    f32::from_bits(match key >> 31 {
        0 => !key & 0x7fff_ffff,
        _ => key,
    })
}

/// Returns the value at a rank counted from 0 at the largest, as [`Ranking`] counts.
///
/// ```
/// assert_eq!(glad::numeric::value_at_rank(&[1.0, 3.0, 2.0], 1), Some(2.0));
/// ```
pub fn value_at_rank(values: &[f32], rank: usize) -> Option<f32> {
    (rank < values.len()).then(|| value_of(key_at_rank(values, rank)))
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
    let rank = q.clamp(0.0, 1.0) * last as f64;
    let below = rank.floor() as usize;
    let above = (below + 1).min(last);
    let share = (rank - below as f64) as f32;
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
        let values = [f32::NAN, 0.0, 0.0, 5.0];
        assert_eq!(Ranking::new(&values, 9).top(), [3, 1, 2, 0]);
        assert_eq!(Ranking::new(&values, 0).top(), [] as [u32; 0]);
    }

    #[test]
    fn many_values_have_the_ranks_that_sorting_gives_them() {
        // Ties, both signs, NaN, and values that share the high half of their key.
        let value = |at: u32| match at % 7 {
            0 => f32::NAN,
            1 => -((at.wrapping_mul(2_654_435_761) >> 9) as f32),
            2 => 1.0,
            _ => 1.0 + (at.wrapping_mul(2_654_435_761) >> 16) as f32 * 1e-7,
        };
        let values: Vec<f32> = (0..MANY as u32 + 12_345).map(value).collect();
        let mut order: Vec<usize> = (0..values.len()).collect();
        order.sort_by(|&a, &b| descending(&values, a, b));
        for count in [1, 2, 1000, values.len() / 2, values.len() - 1, values.len()] {
            let top = Ranking::new(&values, count);
            let top = top.top().iter().map(|&index| index as usize);
            assert!(top.eq(order[..count].iter().copied()), "the first {count}");
            let last = values[order[count - 1]];
            let found = value_at_rank(&values, count - 1).expect("a value");
            assert!(found == last || last.is_nan() && found == f32::NEG_INFINITY);
        }
        assert_eq!(value_at_rank(&values, values.len()), None);
    }

    #[test]
    fn empty_values_have_no_quantile() {
        assert!(quantile(&[], 0.5).is_nan());
        assert!(quantile_of(&[], 0.5).is_nan());
    }

    proptest! {
        #[test]
        fn ranks_are_a_permutation_and_the_top_descends(
            values in prop::collection::vec((-9_i8..9).prop_map(f32::from), 0..120), count in 0..130_usize,
        ) {
            let ranking = Ranking::new(&values, count);
            let mut seen: Vec<usize> = (0..values.len()).map(|index| ranking.rank_of(&values, index)).collect();
            for (rank, &index) in ranking.top().iter().enumerate() {
                prop_assert_eq!(seen[index as usize], rank);
                prop_assert_eq!(value_at_rank(&values, rank), Some(values[index as usize]));
            }
            prop_assert_eq!(ranking.top().len(), count.min(values.len()));
            prop_assert!(ranking.top().windows(2).all(|pair| values[pair[0] as usize] >= values[pair[1] as usize]));
            seen.sort_unstable();
            prop_assert_eq!(seen, (0..values.len()).collect::<Vec<_>>());
        }

        #[test]
        fn quantile_of_lies_between_zero_and_one(values in prop::collection::vec(-1e6_f32..1e6, 1..100), at in -2e6_f32..2e6) {
            let fraction = quantile_of(&sorted(values), at);
            prop_assert!((0.0..=1.0).contains(&fraction));
        }
    }
}
