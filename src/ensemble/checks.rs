//! What is checked of numbers that come from a file.

/// Says so where a list has not as many entries as it needs, or one that is no finite number.
pub(super) fn list(what: &str, values: &[f32], length: usize) -> Option<String> {
    if values.len() != length {
        let found = values.len();
        return Some(format!("{what} has {found} entries where {length} are due"));
    }
    let wrong = values.iter().find(|value| !value.is_finite());
    wrong.map(|value| format!("{what} has the entry {value}"))
}

#[cfg(test)]
mod tests {
    use super::list;

    #[test]
    fn lengths_and_values_are_checked() {
        assert_eq!(list("a row", &[1.0, 2.0], 2), None);
        let told = |values: &[f32]| list("a row", values, 2).expect("a complaint");
        assert_eq!(told(&[1.0]), "a row has 1 entries where 2 are due");
        assert_eq!(told(&[1.0, f32::NAN]), "a row has the entry NaN");
    }
}
