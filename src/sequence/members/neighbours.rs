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
pub(super) fn references(n: usize, most: usize) -> Vec<usize> {
    match n <= most {
        true => (0..n).collect(),
        false => (0..most).map(|at| at * n / most).collect(),
    }
}

/// The distance of each of `n` instances to its `count`-th nearest among `references`, itself left
/// out, by a function of two instances.
pub(super) fn neighbour_distances(
    n: usize,
    references: &[usize],
    counts: &[usize],
    distance: impl Fn(usize, usize) -> f32 + Sync,
) -> Vec<Vec<f32>> {
    let all = crate::numeric::map_each(n, |instance| {
        let others = references.iter().filter(|other| **other != instance);
        let distances: Vec<f32> = others.map(|&other| distance(instance, other)).collect();
        counts
            .iter()
            .map(|&count| at_rank(distances.clone(), count))
            .collect::<Vec<f32>>()
    });
    (0..counts.len())
        .map(|at| all.iter().map(|found| found[at]).collect())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_nearest_is_found_without_the_instance_itself() {
        let places = [0.0_f32, 1.0, 3.0, 10.0];
        let found =
            neighbour_distances(4, &[0, 1, 2, 3], &[2], |a, b| (places[a] - places[b]).abs());
        assert_eq!(found, [[3.0, 2.0, 3.0, 9.0]]);
        assert_eq!(at_rank(vec![], 5), 0.0);
        assert_eq!(references(10, 4), [0, 2, 5, 7]);
    }
}
