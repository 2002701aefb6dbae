//! Distances to near neighbours, from a table of distances.

/// The `count`-th smallest, from 1, or the last where they are fewer; 0 where there is none.
pub(super) fn at_rank(mut distances: Vec<f32>, count: usize) -> f32 {
    let last = distances.len().min(count);
    if last == 0 {
        return 0.0;
    }
    *distances.select_nth_unstable_by(last - 1, f32::total_cmp).1
}

/// References among `n` instances: all, or `most` of them, evenly spaced.
///
/// Fewer of them are among more of them, where the two numbers are powers of two.
pub(in super::super) fn references(n: usize, most: usize) -> Vec<usize> {
    match n <= most {
        true => (0..n).collect(),
        false => (0..most).map(|at| at * n / most).collect(),
    }
}

/// The distance to the first and the fifth nearest of some references.
///
/// `itself` is the instance among them that is compared, which does not count.
pub(super) fn near(
    references: &[usize],
    itself: Option<usize>,
    distance: impl Fn(usize) -> f32,
) -> [f32; 2] {
    let others = references
        .iter()
        .enumerate()
        .filter(|(_, instance)| Some(**instance) != itself);
    let distances: Vec<f32> = others.map(|(place, _)| distance(place)).collect();
    [at_rank(distances.clone(), 1), at_rank(distances, 5)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_are_found_without_the_instance_itself() {
        let places = [0.0_f32, 1.0, 3.0, 10.0];
        let of = |own: usize, itself| {
            near(&[0, 1, 2, 3], itself, |other| {
                (places[own] - places[other]).abs()
            })
        };
        assert_eq!(of(0, Some(0)), [1.0, 10.0]);
        assert_eq!(of(2, Some(2)), [2.0, 7.0]);
        assert_eq!(of(2, None), [0.0, 7.0]);
        assert_eq!(at_rank(vec![], 5), 0.0);
        assert_eq!(references(10, 4), [0, 2, 5, 7]);
        let (few, many) = (references(1000, 64), references(1000, 256));
        assert!(few.iter().all(|instance| many.contains(instance)));
    }
}
