//! Words for what a detector sees.

/// Names the features with the largest weights, the largest first.
pub(super) fn heaviest(weights: &[f32], features: &[String], count: usize) -> String {
    let mut order: Vec<usize> = (0..weights.len().min(features.len())).collect();
    order.retain(|&place| weights[place] > 0.0);
    order.sort_by(|&a, &b| weights[b].total_cmp(&weights[a]).then(a.cmp(&b)));
    let names: Vec<&str> = order
        .iter()
        .take(count)
        .map(|&place| features[place].as_str())
        .collect();
    match names.as_slice() {
        [] => "no feature".to_owned(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::heaviest;

    #[test]
    fn the_largest_come_first_and_zeros_not_at_all() {
        let names = ["a", "b", "c", "d"].map(String::from);
        assert_eq!(heaviest(&[0.1, 0.0, 0.5, 0.2], &names, 3), "c, d and a");
        assert_eq!(heaviest(&[0.0, 0.0, 0.5, 0.0], &names, 3), "c");
        assert_eq!(heaviest(&[0.0; 4], &names, 3), "no feature");
    }
}
